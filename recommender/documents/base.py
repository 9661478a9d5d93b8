"""The base of every model: one place for the settings of pydantic, and for a text that has to be there."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

#: a text that is not empty, without space around it
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class FrozenModel(BaseModel):
    """A model that is never changed, and refuses a field that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
