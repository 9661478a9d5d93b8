"""The frame of the clinic's pages: menu, who is signed in, the page itself, or why it is not shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from html import escape
from pkgutil import resolve_name
from typing import Any

import streamlit as st

from recommender.documents.staff import Staff
from recommender.languages import SOURCE, speaking, spoken
from recommender.web.clinic import pages
from recommender.web.clinic import words as said
from recommender.web.clinic.auth import access, provider
from recommender.web.clinic.auth.access import may_see
from recommender.web.clinic.auth.routes import SIGN_IN
from recommender.web.clinic.auth.words import SHUT, WITH_PROVIDER
from recommender.web.clinic.navigation import go_to, unsaved_draft_token
from recommender.web.clinic.records.record_head import unknown_record
from recommender.web.clinic.stores import consultations, sign_ins
from recommender.web.components.page_effects import Leave
from recommender.web.patient.idle_timeout import leave_after
from recommender.web.patient.journey import CONSULTATION
from recommender.web.patient.leaving_words import SOON_STAFF
from recommender.web.server.base_path import base_path
from recommender.web.state.address import ADDRESS
from recommender.web.state.session import Visit
from recommender.web.ui import fields


@cache
def function_of(named: str) -> Callable[[Visit], None]:
    """What a page names to draw it or to save its fields. Its module is loaded in English: what it imports is kept as it is."""
    with speaking(SOURCE):
        found: Callable[[Visit], None] = resolve_name(f"{pages.__package__}.{named}")
    return found


def clinic_page(visit: Visit, page: str) -> list[Any]:
    """Draw a page of the clinic."""
    if pages.PAGES[page].part and not visit.record:
        unknown_record()
    else:
        function_of(pages.PAGES[page].draw)(visit)
    return []


def autosave_clinic(visit: Visit, page: str) -> None:
    """Save the fields of a page at the start of a rerun, so that nothing typed is lost whatever was pressed."""
    keep = pages.PAGES[page].keep if page in pages.PAGES else ""
    if keep:
        function_of(keep)(visit)


def menu(visit: Visit, page: str) -> None:
    """Who is signed in, the pages that they may open, and signing out."""
    staff = visit.staff
    if staff is None:
        return
    with st.container(key="menu", horizontal=True, gap="small"):
        for name, label in pages.menu().items():
            if may_see(staff, name) and st.button(
                _counted(name, label, staff), key=f"menu-{name}", type="primary" if name == page else "tertiary"
            ):
                go_to(name, **{ADDRESS: unsaved_draft_token(visit) if name != CONSULTATION.name else ""})
        fields.note(said.SIGNED_IN_AS.format(name=staff.name, role=said.ROLES[staff.role]), kind="who", people=[staff.name])
        if st.button(said.SIGN_OUT, key="sign-out", type="tertiary"):
            sign_out()


def _counted(page: str, label: str, staff: Staff) -> str:
    """The name of a page in the menu, with how many visits wait on it."""
    waiting = consultations().waiting(by=staff) if page == "waiting" else 0
    return f"{label} ({waiting})" if waiting else label


def effects_of_menus(visit: Visit, page: str) -> list[dict[str, Any]]:
    """Marks the menu and the parts of a record as navigation, with the current page."""
    shown = "records" if visit.record else page
    return [
        fields.group_of("menu", said.MENU, role="navigation"),
        *(fields.current_of(f"menu-{name}", current=name == shown) for name in pages.menu()),
        fields.group_of("parts", said.PARTS, role="navigation"),
        *(fields.current_of(f"part-{name}", current=name == page) for name in pages.parts()),
    ]


def sign_out() -> None:
    """End the sign-in session and clear the session state; whoever came from the provider is signed out there too."""
    came_from_provider = provider.claims() is not None
    access.end_session()
    for key in list(st.session_state):
        del st.session_state[key]
    if came_from_provider:
        st.logout()
        st.stop()
    go_to("records")


def leave_when_idle() -> Leave:
    """The idle timeout of the clinic's pages: the idle time of a sign-in session, with a warning before."""
    idle = sign_ins().limits.idle.total_seconds()
    return leave_after(idle, f"{base_path()}{SIGN_IN}?why=idle", spoken(SOON_STAFF), at_once=True, returns=False)


def access_denied(visit: Visit, page: str) -> None:
    """Say why the page is not shown to this visitor, and where to go."""
    if visit.staff is None and access.records_unavailable():
        st.title(spoken(SHUT), anchor=False)
        fields.note(said.OUT_OF_REACH_LEAD, kind="intro")
    elif visit.staff is None and access.has_no_account():
        st.title(said.NO_ACCOUNT, anchor=False)
        fields.note(said.NO_ACCOUNT_WHY[provider.why_unknown()], kind="intro")
        if st.button(said.SIGN_OUT, key="sign-out-there", type="primary"):
            st.logout()
            st.stop()
    elif visit.staff is None:
        st.title(said.STAFF_ONLY, anchor=False)
        fields.note(said.STAFF_ONLY_LEAD, kind="intro")
        if page == "consultation":
            fields.note(said.STAFF_ONLY_LINK, kind="plain")
        if provider.is_on() and st.button(spoken(WITH_PROVIDER), key="with-provider", type="primary"):
            st.login()
        st.html(f'<p class="sign-in"><a class="go" target="_self" href="{base_path()}{SIGN_IN}">{escape(said.SIGN_IN)}</a></p>')
    else:
        st.title(said.NOT_YOURS, anchor=False)
        fields.note(said.NOT_YOURS_LEAD.format(role=said.ROLES[visit.staff.role]), kind="intro")
    draft = st.query_params.get(ADDRESS, "")
    back = f"{base_path()}/{f'?{ADDRESS}={escape(draft)}' if visit.has_begun and not visit.is_nurses else ''}"
    st.html(f'<p class="sign-in"><a target="_self" href="{back}">{escape(said.TO_THE_FORM)}</a></p>')
