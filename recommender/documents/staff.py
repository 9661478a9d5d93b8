"""Somebody with an account, as they stand in a record."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from recommender.documents.base import FrozenModel

StaffRole = Literal["nurse", "prescriber", "lead", "admin"]
ROLES: tuple[StaffRole, ...] = get_args(StaffRole)


class Staff(FrozenModel):
    """Somebody with an account, as they stand in a record: the name stays as it was on that day."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    role: StaffRole
