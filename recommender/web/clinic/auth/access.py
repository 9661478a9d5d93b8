"""Who sees which page. A page that is not listed is shown to nobody, and none to somebody who is not signed in."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.documents.staff import Staff, StaffRole
from recommender.records.domain.permissions import ALLOWED, Act
from recommender.records.errors import RecordsError
from recommender.web.clinic import pages
from recommender.web.clinic.auth import provider
from recommender.web.clinic.stores import provider_sign_ins, sign_ins
from recommender.web.state.session_values import SessionValue

COOKIE: Final = "recommender_staff"
_ARRIVED: Final = SessionValue[bool]("arrived")
_OUT_OF_REACH: Final = SessionValue[str]("records-out-of-reach")


def token() -> str:
    """The token of the sign-in session, from the visitor's cookie; empty where there is none."""
    return st.context.cookies.get(COOKIE, "")


def signed_in() -> Staff | None:
    """Who is signed in now, and in which role; None for everybody else, and for everybody while the records are unavailable."""
    given = token()
    said = _OUT_OF_REACH.take()
    try:
        return _by_provider() or (sign_ins().who(given) if given else None)
    except RecordsError as error:  # the page says so; a patient's form on a nurse's tablet goes on
        _OUT_OF_REACH.put(str(error))
        if said != str(error):
            print(error, flush=True)  # noqa: T201 (the log of the server: it names files)
        return None


def records_unavailable() -> bool:
    """Whether the records could not be read in this rerun, so that nobody counts as signed in."""
    return _OUT_OF_REACH.found() is not None


def _by_provider() -> Staff | None:
    """Who signed in at the clinic's own provider; a new sign-in on the same device ends the one before."""
    told = provider.claims()
    if told is None:
        return None
    if provider_sign_ins().open_session(told):
        sign_ins().sign_out(token())
        _ARRIVED.put(True)  # noqa: FBT003 (what is kept)
    return sign_ins().who(told.token)


def just_signed_in() -> bool:
    """Whether the visitor has come from the provider in this rerun; True once."""
    return bool(_ARRIVED.take())


def end_session() -> None:
    """Sign the visitor out, whichever way they signed in."""
    told = provider.claims()
    for given in (token(), told.token if told else ""):
        sign_ins().sign_out(given)


def has_no_account() -> bool:
    """Whether the provider has signed somebody in who has no account here; False also while the records are unavailable."""
    told = provider.claims()
    try:
        return told is not None and not provider_sign_ins().has_account(told)
    except RecordsError:
        return False


def may(staff: Staff | None, act: Act) -> bool:
    """Whether somebody is signed in and their role allows it."""
    return staff is not None and act in ALLOWED[staff.role]


def may_see(staff: Staff | None, page: str) -> bool:
    """Whether somebody may see a page of the clinic."""
    return page in pages.PAGES and may(staff, pages.PAGES[page].needs)


def first_page(role: StaffRole) -> str:
    """The page that a role sees first."""
    return next(name for name, page in pages.PAGES.items() if page.needs in ALLOWED[role])
