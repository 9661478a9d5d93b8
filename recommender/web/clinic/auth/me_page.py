"""The page of one's own account: name and role, ending all sessions, a new password."""

from __future__ import annotations

import streamlit as st

from recommender.documents.problems import RecommenderError
from recommender.export.visit.words import typed
from recommender.web.clinic import list_words as said
from recommender.web.clinic import words
from recommender.web.clinic.auth import access, provider
from recommender.web.clinic.auth.new_password import (
    SECRET,
    empty_fields,
    forget_passwords,
    new_password,
    password_field,
    secret,
)
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.stores import sign_ins
from recommender.web.clinic.ui.messages import show_kept_status, show_problems, status_for_next_page
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def me_page(visit: Visit) -> None:
    """The account of whoever is signed in."""
    staff = visit.staff
    if staff is None:
        return
    st.title(said.ME_TITLE, anchor=False)
    show_kept_status()
    empty_fields()
    fields.note(said.ME_IS.format(name=typed(staff.name), role=words.ROLES[staff.role]), kind="intro")
    if provider.claims() is None:  # whoever came from a provider has no password here
        st.header(said.OWN_TITLE, anchor=False)
        fields.note(said.OWN_LEAD)
        _change_password()
    st.header(said.EVERYWHERE_TITLE, anchor=False)
    fields.note(said.EVERYWHERE_LEAD)
    if st.button(said.EVERYWHERE, key="sign-out-everywhere"):
        sign_ins().sign_out_everywhere(staff.id)
        st.session_state.clear()
        go_to("records")


def _change_password() -> None:
    with st.form("own-password-form", border=False):
        present = secret("present", said.PRESENT, autocomplete="current-password")
        password = new_password("own", said.PASSWORD_NEW, said.NEW_AGAIN)
        pressed = st.form_submit_button(said.PASSWORD_SET, key="own-password", type="primary")
    if not pressed or (new := password()) is None:
        return
    try:
        sign_ins().change_password(access.token(), present, new)
    except RecommenderError as error:
        show_problems(error, {"password": password_field("own"), "current password": f"{SECRET}present"})
        return
    forget_passwords()
    status_for_next_page(said.OWN_DONE)
    st.rerun()
