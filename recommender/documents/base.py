"""The base of every model: one place for the settings of pydantic, and for a text that has to be there."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, StringConstraints, model_serializer

#: a text that is not empty, without space around it
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class FrozenModel(BaseModel):
    """A model that is never changed, and refuses a field that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class GrownModel(FrozenModel):
    """A part of records that had fewer fields in earlier versions: a later one (``LATER``) is written only where it is used.

    So a record that was signed before is the same to the last byte, and its signature holds.
    """

    LATER: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _without_unused(self, written: SerializerFunctionWrapHandler) -> dict[str, Any]:
        found: dict[str, Any] = written(self)
        return {name: value for name, value in found.items() if value or name not in self.LATER}
