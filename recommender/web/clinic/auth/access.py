"""Who sees which page. A page that is not listed is shown to nobody, and none to somebody who is not signed in."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.documents.staff import Staff, StaffRole
from recommender.records.accounts.sign_ins import SignedIn
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
    """Who is signed in now, and in which role; None for everybody else, while a patient holds a consent form, and for everybody
    while the records are unavailable.
    """
    said = _OUT_OF_REACH.take()
    try:
        found = _sessions()
        return found[0].staff if found and not any(one.held for one in found) else None
    except RecordsError as error:  # the page says so; a patient's form on a nurse's tablet goes on
        _OUT_OF_REACH.put(str(error))
        if said != str(error):
            print(error, flush=True)  # noqa: T201 (the log of the server: it names files)
        return None


def records_unavailable() -> bool:
    """Whether the records could not be read in this rerun, so that nobody counts as signed in."""
    return _OUT_OF_REACH.found() is not None


def held() -> SignedIn | None:
    """The session whose consent form a patient holds in this browser: nothing else is shown to it."""
    try:
        return next((one for one in _sessions() if one.held), None)
    except RecordsError:
        return None


def hand_over(record: str) -> None:
    """Let the patient hold the consent form of a record, in every tab of this browser; raises RecordsError."""
    for given in _tokens():
        if sign_ins().session_of(given) is not None:
            sign_ins().hand_over(given, record)


def _sessions() -> list[SignedIn]:
    """The sessions of this visitor, the provider's first; a new sign-in there ends the one before on the same device."""
    told = provider.claims()
    if told is not None and provider_sign_ins().open_session(told):
        sign_ins().sign_out(token())
        _ARRIVED.put(True)  # noqa: FBT003 (what is kept)
    return [one for given in _tokens() if (one := sign_ins().session_of(given)) is not None]


def _tokens() -> list[str]:
    told = provider.claims()
    return [given for given in (told.token if told else "", token()) if given]


def just_signed_in() -> bool:
    """Whether the visitor has come from the provider in this rerun; True once."""
    return bool(_ARRIVED.take())


def end_session() -> None:
    """Sign the visitor out, whichever way they signed in."""
    for given in _tokens():
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
