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
    "review how the rules are followed",
    "read the history of changes",
    "hand out a patient's data",
    "merge patients",
    "erase a patient",
    "manage accounts",
    "see one's own account",
    "keep the clinic's lots",
    "lift a recall",
]

_OWN: frozenset[Act] = frozenset({"see one's own account"})
_LOTS: frozenset[Act] = frozenset({"keep the clinic's lots"})
ALLOWED: Mapping[StaffRole, frozenset[Act]] = {
    "nurse": _OWN | _LOTS | {"read records", "write a draft", "ask for an authorisation", "sign", "add an addendum"},
    "prescriber": _OWN
    | _LOTS
    | {
        "read records",
        "write a draft",
        "authorise a treatment",
        "decide against a hold",
        "sign",
        "co-sign",
        "add an addendum",
        "lift a recall",
        "review how the rules are followed",
    },
    "lead": _OWN
    | _LOTS
    | {
        "read records",
        "lift a recall",
        "review how the rules are followed",
        "read the history of changes",
        "hand out a patient's data",
        "merge patients",
        "erase a patient",
    },
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
