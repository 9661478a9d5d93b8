"""The records: finding a patient, adding one, and what was changed last."""

from __future__ import annotations

from datetime import date
from typing import cast, get_args

import streamlit as st

from recommender.documents.consultation import State
from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.records.consultations import PAGE, Line
from recommender.records.patients import Identity
from recommender.records.staff import ALLOWED
from recommender.web import fields
from recommender.web.clinic import list_words
from recommender.web.clinic import words as said
from recommender.web.clinic.archive import consultations, patients
from recommender.web.clinic.files import save_lines
from recommender.web.clinic.listing import Cell, Listed, listed, record_table
from recommender.web.clinic.telling import told_before, wrong
from recommender.web.clinic.turning import turn_to, unkept
from recommender.web.session import ADDRESS, PATIENT, Visit

FIRST_DAY = date(1900, 1, 1)


def records_page(visit: Visit) -> None:
    """Find or add a patient; below, the visits changed last."""
    if visit.staff is None:
        return
    st.title(said.RECORDS_TITLE, anchor=False)
    told_before()
    _find(visit, visit.staff)
    if "write a draft" in ALLOWED[visit.staff.role]:
        with st.expander(said.NEW_PATIENT):
            _new(visit, visit.staff)
    _latest(visit.staff)


def _find(visit: Visit, staff: Staff) -> None:
    st.header(said.FIND_TITLE, anchor=False)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        name = st.text_input(said.FIND_NAME, key="find-name", autocomplete="off")
        born_on = st.date_input(said.FIND_BORN, value=None, key="find-born", min_value=FIRST_DAY, max_value="today")
    if not name.strip() and born_on is None:
        return
    found = patients().search(name, by=staff, born_on=born_on)
    if not found:
        fields.note(said.FIND_NONE, kind="plain")
    for patient in found:
        if st.button(fields.plain(_named(patient.identity)), key=f"patient-{patient.id}", type="tertiary"):
            turn_to("patient", **{PATIENT: patient.id, ADDRESS: unkept(visit)})


def _new(visit: Visit, staff: Staff) -> None:
    name = st.text_input(said.PATIENT_NAME, key="new-name", max_chars=200, autocomplete="off")
    born_on = st.date_input(said.PATIENT_BORN, value=None, key="new-born", min_value=FIRST_DAY, max_value="today")
    contact = st.text_input(said.PATIENT_CONTACT, key="new-contact", max_chars=500, autocomplete="off")
    if st.button(said.PATIENT_ADD, key="new-add", type="primary"):
        try:
            added = patients().add(Identity(name=name, born_on=born_on, contact=contact), by=staff)
        except (RecommenderError, ValueError):
            wrong(said.NAME_MISSING, field="new-name")
            return
        turn_to("patient", **{PATIENT: added.id, ADDRESS: unkept(visit)})


def _latest(staff: Staff) -> None:
    st.header(said.LATEST, anchor=False)
    state = st.segmented_control(
        said.FILTER, list(said.FILTERS), default="", format_func=said.FILTERS.__getitem__, key="filter", required=True
    )
    wanted = cast("State", state) if state in get_args(State) else None
    key = f"latest-{state}"
    turned: list[Line] = st.session_state.setdefault(f"pages-{key}", [])  # the last line of each page before this one
    lines = consultations().latest(by=staff, state=wanted, after=turned[-1] if turned else None)
    counted = list_words.counted(list_words.VISITS, len(lines))
    caption = (list_words.EARLIER_CAPTION if turned else list_words.LATEST_CAPTION).format(visits=counted)
    rows = [_listed(line) for line in lines]
    record_table(caption, list_words.COLUMNS, rows, staff=staff, key=key, part=str(len(turned)), empty=said.NO_RECORDS)
    with st.container(horizontal=True, gap="small"):
        if turned and st.button(list_words.LATER, key=f"later-{key}"):
            turned.pop()
            st.rerun()
        is_full = len(lines) == PAGE and bool(consultations().latest(by=staff, state=wanted, after=lines[-1]))
        if is_full and st.button(said.MORE, key=f"earlier-{key}"):
            turned.append(lines[-1])
            st.rerun()
    save_lines(lines, name="visits.csv", key=f"csv-{key}")


def _listed(line: Line) -> Listed:
    days = (Cell(day.isoformat() if day else list_words.NOTHING) for day in (line.injected_on, line.follow_up_on))
    return listed(line, Cell(line.begun_at.date().isoformat()), Cell(said.STATES[line.state]), *days)


def _named(identity: Identity) -> str:
    born = f", {said.BORN.format(day=identity.born_on)}" if identity.born_on else ""
    return f"{identity.name}{born}"
