"""The clinic's own products with their lots: one to add, and each to close or to recall."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Treatment
from recommender.export.visit.words import typed
from recommender.languages import clinic_time, short_day
from recommender.records.domain.permissions import ALLOWED
from recommender.records.visits.lots import Lot, LotChange
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.reports.recall_page import LOT_FIELD
from recommender.web.clinic.stores import lots
from recommender.web.clinic.treatment import product_words as said
from recommender.web.clinic.ui import day_words
from recommender.web.clinic.ui.messages import show_error, show_kept_status, status_for_next_page
from recommender.web.clinic.ui.typed_days import LONGEST, InvalidDay, read_back, read_last_day
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

#: how many lots were added in this session: after each the fields are others, and empty
_ADDED: Final = SessionValue[int]("lots-added")


def products_page(visit: Visit) -> None:
    """The lots by their state, after one to add."""
    staff = visit.staff
    if staff is None:
        return
    st.title(said.TITLE, anchor=False)
    show_kept_status()
    fields.note(said.LEAD)
    every = lots().all(by=staff)
    by_state = {state: [one for one in every if one.state == state] for state in ("open", "recalled", "closed")}
    st.header(said.OPEN, anchor=False)
    if not by_state["open"]:
        fields.note(said.NONE, kind="plain")
    _listed(by_state["open"], staff)
    st.header(said.ADD_TITLE, anchor=False)
    _add(visit, staff)
    if by_state["recalled"]:
        st.header(said.RECALLED, anchor=False)
        _listed(by_state["recalled"], staff)
    if by_state["closed"]:
        with st.expander(f"{said.CLOSED} ({len(by_state['closed'])})", key="closed-lots"):
            _listed(by_state["closed"], staff)


def _listed(found: Sequence[Lot], staff: Staff) -> None:
    for one in found:
        with st.container(border=True, key=f"lot-{one.id}"):
            _lot(one, staff)


def _lot(one: Lot, staff: Staff) -> None:
    name = said.NAME.format(brand=typed(one.brand), lot=typed(one.lot))
    good = said.GOOD.format(day=short_day(one.expires_on))
    detail = ", ".join(part for part in (typed(one.product), good, typed(one.dilution)) if part)
    st.html(f"<div class='plain'><b>{escape(name)}</b><br>{escape(detail)}</div>")
    if one.state == "open" and not one.may_be_used(clinic_time.today()):
        fields.note(said.EXPIRED.format(day=short_day(one.expires_on)), kind="error")
    number = fields.plain(one.lot)
    with st.container(horizontal=True, gap="small"):
        match one.state:
            case "open":
                _button(one, "close", said.CLOSE.format(lot=number), staff)
                _asked(one, "recall", (said.RECALL.format(lot=number), said.RECALL_ASK, said.RECALL_SURE), staff)
            case "closed":
                _button(one, "open", said.REOPEN.format(lot=number), staff)
                _asked(one, "recall", (said.RECALL.format(lot=number), said.RECALL_ASK, said.RECALL_SURE), staff)
            case "recalled" if "lift a recall" in ALLOWED[staff.role]:
                _asked(one, "lift", (said.LIFT.format(lot=number), said.LIFT_ASK, said.LIFT_SURE), staff)
        visits = said.VISITS.of(one.visits).format(number=one.visits, lot=number)
        if (one.visits or one.state == "recalled") and st.button(visits, key=f"visits-{one.id}", type="tertiary"):
            _to_recall(one)


def _asked(one: Lot, change: LotChange, words: tuple[str, str, str], staff: Staff) -> None:
    """A change that is asked about first: its name, what it does, and the press that does it."""
    label, ask, sure = words
    with st.popover(label, type="tertiary", key=f"{change}-ask-{one.id}"):
        fields.note(ask, kind="plain")
        _button(one, change, sure, staff)


def _button(one: Lot, change: LotChange, label: str, staff: Staff) -> None:
    if not st.button(label, key=f"{change}-{one.id}"):
        return
    try:
        lots().change(one.id, change, by=staff)
    except RecommenderError as error:
        for problem in error.problems:
            show_error(f"{problem.where} {problem.message}.")
        return
    status_for_next_page(said.CHANGED[change].format(lot=one.lot))
    if change == "recall":
        _to_recall(one)
    st.rerun()


def _to_recall(one: Lot) -> None:
    """Every visit in which a lot was used."""
    st.session_state[LOT_FIELD] = one.lot
    go_to("recall")


def _add(visit: Visit, staff: Staff) -> None:
    keys = {name: f"add-{name}-{_ADDED.get(0)}" for name in said.FIELDS}
    kinds: dict[str, tuple[Treatment, tuple[str, ...]]] = {
        product.name: (facts.treatment, product.brands)
        for facts in visit.rules.reference.treatments
        for product in facts.products
    }
    kind = st.selectbox(said.KIND, list(kinds), index=None, key=keys["product"], placeholder=said.CHOOSE, width=420)
    treatment, brands = kinds.get(kind or "", ("botulinum_toxin", ()))
    brand = st.selectbox(
        said.BRAND,
        brands,
        index=None,
        key=keys["brand"],
        placeholder=said.CHOOSE_OR_TYPE,
        accept_new_options=True,
        width=420,
    )
    with st.container(horizontal=True, gap="small"):
        lot = st.text_input(said.LOT, key=keys["lot"], max_chars=200, autocomplete="off", width=200)
        expires = st.text_input(
            said.EXPIRES,
            key=keys["expires_on"],
            max_chars=LONGEST,
            placeholder=day_words.MONTH_HINT,
            autocomplete="off",
            width=200,
        )
    if told := read_back(expires, read_last_day):
        fields.note(told)
    dilution = ""
    if treatment == "botulinum_toxin":
        dilution = st.text_input(said.DILUTION, key=keys["dilution"], max_chars=200, autocomplete="off", width=420)
    if not st.button(said.ADD, key="add-lot", type="primary"):
        return
    try:
        expires_on = read_last_day(expires) if expires.strip() else None
    except InvalidDay as error:
        show_error(str(error), field=keys["expires_on"])
        return
    try:
        added = lots().add(
            treatment,
            product=kind or "",
            brand=brand or "",
            lot=lot,
            expires_on=expires_on,
            dilution=dilution,
            by=staff,
        )
    except RecommenderError as error:
        for problem in error.problems:
            show_error(f"{said.FIELDS[problem.where]}: {problem.message}.", field=keys[problem.where])
        return
    _ADDED.put(_ADDED.get(0) + 1)
    status_for_next_page(said.ADDED.format(lot=added.lot, brand=added.brand))
    st.rerun()
