"""The records: finding a patient, adding one, and what was changed last."""

from __future__ import annotations

from datetime import date
from typing import cast, get_args

import streamlit as st

from recommender.documents.consultation import State
from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.records.patients import Identity
from recommender.records.staff import ALLOWED
from recommender.web import fields
from recommender.web.clinic import words as said
from recommender.web.clinic.archive import consultations, patients
from recommender.web.clinic.listing import visits_listed
from recommender.web.clinic.turning import turn_to, unkept
from recommender.web.session import ADDRESS, PATIENT, Visit

FIRST_DAY = date(1900, 1, 1)


def records_page(visit: Visit) -> None:
    """Find or add a patient; below, the visits changed last."""
    if visit.staff is None:
        return
    st.title(said.RECORDS_TITLE, anchor=False)
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
        if st.button(_named(patient.identity), key=f"patient-{patient.id}", type="tertiary"):
            turn_to("patient", **{PATIENT: patient.id, ADDRESS: unkept(visit)})


def _new(visit: Visit, staff: Staff) -> None:
    name = st.text_input(said.PATIENT_NAME, key="new-name", max_chars=200, autocomplete="off")
    born_on = st.date_input(said.PATIENT_BORN, value=None, key="new-born", min_value=FIRST_DAY, max_value="today")
    contact = st.text_input(said.PATIENT_CONTACT, key="new-contact", max_chars=500, autocomplete="off")
    if st.button(said.PATIENT_ADD, key="new-add", type="primary"):
        try:
            added = patients().add(Identity(name=name, born_on=born_on, contact=contact), by=staff)
        except (RecommenderError, ValueError):
            fields.note(said.NAME_MISSING, kind="error")
            return
        turn_to("patient", **{PATIENT: added.id, ADDRESS: unkept(visit)})


def _latest(staff: Staff) -> None:
    st.header(said.LATEST, anchor=False)
    state = st.segmented_control(
        said.FILTER, list(said.FILTERS), default="", format_func=said.FILTERS.__getitem__, key="filter", required=True
    )
    wanted = cast("State", state) if state in get_args(State) else None
    visits_listed(consultations().latest(by=staff, state=wanted), key=f"latest-{state}", empty=said.NO_RECORDS)


def _named(identity: Identity) -> str:
    born = f", {said.BORN.format(day=identity.born_on)}" if identity.born_on else ""
    return f"{identity.name}{born}"
