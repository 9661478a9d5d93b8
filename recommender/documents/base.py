"""The base of every model: one place for the settings of pydantic."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A model that is never changed, and refuses a field that it does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
