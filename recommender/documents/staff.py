"""Somebody with an account, as they stand in a record."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal, get_args

from pydantic import Field

from recommender.documents.base import GrownModel

StaffRole = Literal["nurse", "prescriber", "lead", "admin"]
ROLES: tuple[StaffRole, ...] = get_args(StaffRole)
LONGEST_NUMBER: Final = 60


class Staff(GrownModel):
    """Somebody with an account, as they stand in a record: name and registration number stay as they were on that day."""

    LATER: ClassVar[frozenset[str]] = frozenset({"registration"})

    id: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    role: StaffRole
    registration: Annotated[str, Field(max_length=LONGEST_NUMBER)] = ""
