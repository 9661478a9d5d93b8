"""Who sees which page. A page that is not listed opens to nobody, and neither does one to somebody who is not signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from recommender.documents.staff import Role, Staff
from recommender.records.errors import RecordsError
from recommender.records.staff import ALLOWED, Act
from recommender.web.clinic.archive import sign_ins

COOKIE: Final = "recommender_staff"

#: page of the clinic → what somebody must be allowed to do to see it, in the order of the menu
PAGES: Final[Mapping[str, Act]] = {
    "records": "read records",
    "patient": "read records",
    "consultation": "write a draft",
    "decide": "write a draft",
    "treat": "write a draft",
    "record": "read records",
    "waiting": "read records",
    "due": "read records",
    "recall": "read records",
    "overrides": "read records",
    "agreement": "read records",
    "accounts": "manage accounts",
    "me": "see one's own account",
}


def token() -> str:
    """The token of the visitor's session, as their cookie says; empty where there is none."""
    return st.context.cookies.get(COOKIE, "")


def signed_in() -> Staff | None:
    """Who is signed in, and as what, at this moment; None for everybody else, and for everybody while the records are shut."""
    given = token()
    try:
        return sign_ins().who(given) if given else None
    except RecordsError:  # the door says so; a patient's form on a nurse's tablet goes on
        return None


def may_see(staff: Staff | None, page: str) -> bool:
    """Whether somebody may see a page of the clinic."""
    return staff is not None and page in PAGES and PAGES[page] in ALLOWED[staff.role]


def first_page(role: Role) -> str:
    """Where somebody of a role begins."""
    return next(page for page, act in PAGES.items() if act in ALLOWED[role])
