"""Roles and permissions: what is not listed here is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from recommender.documents.problems import Problem, RecommenderError
from recommender.documents.staff import ROLES, Staff, StaffRole

Act = Literal[
    "read records",
    "write a draft",
    "ask for an authorisation",
    "authorise a treatment",
    "decide against a hold",
    "sign",
    "co-sign",
    "add an addendum",
    "hand out a patient's data",
    "merge patients",
    "erase a patient",
    "manage accounts",
    "see one's own account",
]

_OWN: frozenset[Act] = frozenset({"see one's own account"})
ALLOWED: Mapping[StaffRole, frozenset[Act]] = {
    "nurse": _OWN | {"read records", "write a draft", "ask for an authorisation", "sign", "add an addendum"},
    "prescriber": _OWN
    | {
        "read records",
        "write a draft",
        "authorise a treatment",
        "decide against a hold",
        "sign",
        "co-sign",
        "add an addendum",
    },
    "lead": _OWN | {"read records", "hand out a patient's data", "merge patients", "erase a patient"},
    "admin": _OWN | {"manage accounts"},
}


class NotAllowed(RecommenderError):  # noqa: N818 (read as a sentence: this is not allowed)
    """Not this role's to do, or not in this state of a record."""

    heading = "This is not allowed"


def require(by: Staff, act: Act) -> None:
    """Refuse, with NotAllowed, what somebody's role does not allow."""
    if act not in ALLOWED[by.role]:
        allowed = tuple(role for role in ROLES if act in ALLOWED[role])
        raise NotAllowed([Problem(by.role, f"may not {act}", allowed)])
