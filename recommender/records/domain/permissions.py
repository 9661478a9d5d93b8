"""Who works with the records, and what each role may do: whatever is not listed here is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from recommender.documents.problems import Problem, RecommenderError
from recommender.documents.staff import ROLES, Role, Staff

Act = Literal[
    "read records",
    "write a draft",
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
ALLOWED: Mapping[Role, frozenset[Act]] = {
    "nurse": _OWN | {"read records", "write a draft", "sign", "add an addendum"},
    "prescriber": _OWN | {"read records", "write a draft", "decide against a hold", "sign", "co-sign", "add an addendum"},
    "lead": _OWN | {"read records", "hand out a patient's data", "merge patients", "erase a patient"},
    "admin": _OWN | {"manage accounts"},
}


class NotAllowed(RecommenderError):  # noqa: N818 (read as a sentence: this is not allowed)
    """What was asked for is not this role's to do, or not at this point of a record's life."""

    heading = "This is not allowed"


def require(by: Staff, act: Act) -> None:
    """Refuse, with NotAllowed, what the role of somebody does not allow."""
    if act not in ALLOWED[by.role]:
        allowed = tuple(role for role in ROLES if act in ALLOWED[role])
        raise NotAllowed([Problem(by.role, f"may not {act}", allowed)])
