"""One patient: who they are, their visits, one by one and side by side, and the beginning of another."""

from __future__ import annotations

import streamlit as st

from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.knowledge.rulebase import RuleBase
from recommender.records.consultations import Kept
from recommender.records.errors import NotFound
from recommender.records.patients import Identity, Patient, PatientConflict
from recommender.records.staff import ALLOWED
from recommender.web import fields
from recommender.web.clinic import list_words
from recommender.web.clinic import words as said
from recommender.web.clinic.archive import consultations, patients
from recommender.web.clinic.beginning import keep_as_visit
from recommender.web.clinic.listing import Cell, Listed, record_table
from recommender.web.clinic.patient_data import patient_data
from recommender.web.clinic.record_head import unknown_record
from recommender.web.clinic.records_page import FIRST_DAY
from recommender.web.clinic.side_by_side import side_by_side
from recommender.web.clinic.telling import wrong
from recommender.web.clinic.turning import turn_to, unkept
from recommender.web.journey import CONSULTATION
from recommender.web.session import PATIENT, Visit


def patient_page(visit: Visit) -> None:
    """The patient whom the address names."""
    staff = visit.staff
    if staff is None:
        return
    try:
        patient = patients().get(visit.patient, by=staff)
    except NotFound:
        unknown_record()
        return
    st.title(fields.plain(patient.identity.name), anchor=False)
    if patient.identity.born_on:
        fields.note(said.BORN.format(day=patient.identity.born_on), kind="plain")
    if "write a draft" in ALLOWED[staff.role]:
        _begin(visit, patient)
    _visits(patient, staff, visit.rules)
    if "write a draft" in ALLOWED[staff.role]:
        with st.expander(said.PATIENT_EDIT):
            _edit(patient, staff)
    patient_data(patient, staff)


def _begin(visit: Visit, patient: Patient) -> None:
    if unkept(visit):
        if st.button(said.KEEP_VISIT, key="keep-visit", type="primary"):
            keep_as_visit(visit, patient.id)
            st.rerun()
    elif st.button(said.BEGIN_VISIT, key="begin-visit", type="primary"):
        turn_to(CONSULTATION.name, **{PATIENT: patient.id})


def _visits(patient: Patient, staff: Staff, rules: RuleBase) -> None:
    st.header(said.VISITS, anchor=False)
    found = consultations().of_patient(patient.id, by=staff)
    rows = [_listed(kept) for kept in reversed(found)]
    caption = list_words.counted(list_words.VISITS, len(rows))
    header = (list_words.VISIT, list_words.STATE, list_words.INJECTED_ON, list_words.FOLLOW_UP)
    record_table(caption, header, rows, staff=staff, key=f"visits-{patient.id}", empty=said.NO_VISITS)
    if found:
        side_by_side(found, rules, key=patient.id)


def _listed(kept: Kept) -> Listed:
    visit = kept.consultation
    day = kept.begun_at.date().isoformat()
    seen_again = visit.follow_up.on if visit.follow_up else None
    days = (Cell(one.isoformat() if one else list_words.NOTHING) for one in (visit.injected_on, seen_again))
    return Listed(kept.id, visit.state, day, said.VISIT_OPEN.format(day=day), (Cell(said.STATES[visit.state]), *days))


def _edit(patient: Patient, staff: Staff) -> None:
    version = _version_shown(patient)
    name = st.text_input(said.PATIENT_NAME, patient.identity.name, key=f"name-{patient.id}", max_chars=200, autocomplete="off")
    born_on = st.date_input(
        said.PATIENT_BORN, patient.identity.born_on, key=f"born-{patient.id}", min_value=FIRST_DAY, max_value="today"
    )
    contact = st.text_input(
        said.PATIENT_CONTACT, patient.identity.contact, key=f"contact-{patient.id}", max_chars=500, autocomplete="off"
    )
    if not st.button(said.PATIENT_SAVE, key=f"save-{patient.id}"):
        return
    try:
        saved = patients().change(patient.id, version, Identity(name=name, born_on=born_on, contact=contact), by=staff)
    except PatientConflict as conflict:
        st.session_state[f"patient-version-{patient.id}"] = conflict.stored.version
        theirs = conflict.stored.identity
        wrong(said.PATIENT_CLASH.format(theirs=f"{theirs.name}, {theirs.born_on or '–'}, {theirs.contact or '–'}"))
        return
    except (RecommenderError, ValueError):
        wrong(said.NAME_MISSING, field=f"name-{patient.id}")
        return
    st.session_state[f"patient-version-{patient.id}"] = saved.version
    st.rerun()


def _version_shown(patient: Patient) -> int:
    """The version that stands in the fields: they begin anew with what is stored whenever the page was left."""
    key = f"patient-version-{patient.id}"
    if f"name-{patient.id}" not in st.session_state:
        st.session_state[key] = patient.version
    version: int = st.session_state.setdefault(key, patient.version)
    return version
