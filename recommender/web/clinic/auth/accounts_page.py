"""Accounts: adding one, changing its role or password, closing and opening it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from recommender.documents.problems import RecommenderError
from recommender.documents.staff import LONGEST_NUMBER, ROLES, Staff, StaffRole
from recommender.export import Summary
from recommender.export.blocks import Line, Table
from recommender.export.visit.words import typed
from recommender.languages import current
from recommender.records.accounts.accounts import Account
from recommender.web.clinic import list_words as said
from recommender.web.clinic import words
from recommender.web.clinic.auth.new_password import empty_fields, forget_passwords, new_password, password_field
from recommender.web.clinic.stores import accounts
from recommender.web.clinic.ui.messages import show_kept_status, show_problems, status_for_next_page
from recommender.web.components.summary import summary
from recommender.web.result.summary_html import SummaryHtml
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def accounts_page(visit: Visit) -> None:
    """Every account, one to change, and one to add."""
    staff = visit.staff
    if staff is None:
        return
    st.title(said.ACCOUNTS_TITLE, anchor=False)
    show_kept_status()
    empty_fields()
    every = accounts().all(by=staff)
    _listed(every)
    st.header(said.CHANGE_TITLE, anchor=False)
    fields.note(said.CHANGE_LEAD)
    _change(every, staff)
    st.header(said.ADD_TITLE, anchor=False)
    _add(staff)


def _listed(every: Sequence[Account]) -> None:
    rows = tuple(
        (
            Line(typed(one.name)),
            Line(one.login),
            Line(words.ROLES[one.role]),
            Line(typed(one.registration) or said.NOTHING),
            Line(said.OPEN if one.active else said.SHUT),
        )
        for one in every
    )
    table = Table(said.ACCOUNTS_CAPTION, said.ACCOUNTS_COLUMNS, rows)
    summary(SummaryHtml(Summary("", current(), (table,), ())).text(), key="accounts")


def _change(every: Sequence[Account], staff: Staff) -> None:
    by_login = {one.login: one for one in every}
    login = st.selectbox(
        said.WHOSE, list(by_login), format_func=lambda name: f"{typed(by_login[name].name)} ({name})", key="account", width=420
    )
    if login is None:
        return
    one = by_login[login]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        role = _role(said.ROLE_NEW, f"role-{login}", one.role)
        if st.button(said.ROLE_CHANGE, key="account-role"):
            done = said.CHANGED.format(login=login)
            _do(lambda: accounts().change_role(login, role, by=staff), done, named={login: f"role-{login}"})
        if st.button(said.DO_SHUT if one.active else said.DO_OPEN, key="account-active"):
            done = said.CHANGED.format(login=login)
            _do(lambda: accounts().set_active(login, active=not one.active, by=staff), done, named={login: "account"})
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        number = _registration(said.REGISTRATION_NEW, f"registration-{login}", one.registration)
        if st.button(said.REGISTRATION_SET, key="account-registration"):
            done = said.CHANGED.format(login=login)
            named = {"registration number": f"registration-{login}", login: "account"}
            _do(lambda: accounts().set_registration(login, number, by=staff), done, named=named)
    with st.form(f"password-of-{login}", border=False):
        password = new_password(f"of-{login}", said.PASSWORD_NEW, said.NEW_AGAIN)
        pressed = st.form_submit_button(said.PASSWORD_SET, key="account-password")
    if pressed and (new := password()) is not None:
        named = {"password": password_field(f"of-{login}"), login: "account"}
        _do(lambda: accounts().set_password(login, new, by=staff), said.CHANGED.format(login=login), named=named)


def _add(staff: Staff) -> None:
    with st.form("add-account", border=False):
        name = st.text_input(said.NAME, key="add-name", max_chars=200, autocomplete="off", width=420)
        fields.note(said.LOGIN_HINT)
        login = st.text_input(said.LOGIN, key="add-login", max_chars=80, autocomplete="off", width=420)
        role = _role(said.ROLE, "add-role", "nurse")
        number = _registration(said.REGISTRATION, "add-registration", "")
        password = new_password("add", said.PASSWORD, said.AGAIN)
        pressed = st.form_submit_button(said.ADD, key="account-add", type="primary")
    if pressed and (new := password()) is not None:
        done = said.ADDED.format(name=typed(name) or login.strip(), login=login.strip().casefold())
        named = {
            "password": password_field("add"),
            "name": "add-login",
            "shown name": "add-name",
            "registration number": "add-registration",
            login.strip().casefold(): "add-login",
        }
        add = ("add-name", "add-login", "add-registration")
        _do(
            lambda: accounts().add(login, new, role=role, name=name, registration=number, by=staff),
            done,
            named=named,
            forget=add,
        )


def _role(label: str, key: str, now: StaffRole) -> StaffRole:
    return st.selectbox(
        label, list(ROLES), index=ROLES.index(now), format_func=lambda role: words.ROLES[role], key=key, width=240
    )


def _registration(label: str, key: str, now: str) -> str:
    return st.text_input(label, now, key=key, max_chars=LONGEST_NUMBER, autocomplete="off", width=240) or ""


def _do(change: Callable[[], object], done: str, *, named: Mapping[str, str] | None = None, forget: Sequence[str] = ()) -> None:
    """Do it and say so; or say why it was not done, with the fields that its problems are about, and leave what was typed."""
    try:
        change()
    except RecommenderError as error:
        show_problems(error, named)
        return
    forget_passwords(*forget)
    status_for_next_page(done)
    st.rerun()
