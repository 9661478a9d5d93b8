"""One patient: who they are, their visits, one by one and side by side, and the beginning of another."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.knowledge.rulebase import RuleBase
from recommender.languages import clinic_time
from recommender.records.domain.authorising import stage_of
from recommender.records.domain.permissions import ALLOWED
from recommender.records.errors import NotFound
from recommender.records.visits.consultations import Kept
from recommender.records.visits.patients import Patient, PatientConflict
from recommender.web.clinic import list_words
from recommender.web.clinic import words as said
from recommender.web.clinic.navigation import go_to, unsaved_draft_token
from recommender.web.clinic.records.begin_visit import age_differs, disagreeing_age, keep_as_visit
from recommender.web.clinic.records.known_panel import known_panel
from recommender.web.clinic.records.merge_patients import merge_section
from recommender.web.clinic.records.patient_data import patient_data
from recommender.web.clinic.records.patient_fields import PatientFields
from recommender.web.clinic.records.record_head import unknown_record
from recommender.web.clinic.records.records_page import about, named
from recommender.web.clinic.records.side_by_side import side_by_side
from recommender.web.clinic.records.timeline_section import timeline_section
from recommender.web.clinic.reports import words as report_words
from recommender.web.clinic.stores import consultations, known_of_patient, patients
from recommender.web.clinic.ui.listing import RecordRow, begun_on, day_cell, draft_page, injected_cell, record_table, state_cell
from recommender.web.clinic.ui.messages import show_error, show_kept_status
from recommender.web.patient.journey import CONSULTATION
from recommender.web.state.address import PATIENT
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_VERSION: Final = SessionValue[int]("patient-version")


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
    with fields.of_people("title"):
        st.title(fields.plain(patient.identity.name), anchor=False)
    show_kept_status()
    if told := about(patient.identity):
        fields.note(told, kind="plain", people=(*patient.identity.also, patient.identity.contact))
    known_panel(known_of_patient(patient.id, visit.rules, on=clinic_time.today(), by=staff), visit.rules)
    if "write a draft" in ALLOWED[staff.role]:
        _begin(visit, patient)
    _visits(patient, staff, visit.rules)
    if "write a draft" in ALLOWED[staff.role]:
        with st.expander(said.PATIENT_EDIT):
            _edit(patient, staff)
    if "read the history of changes" in ALLOWED[staff.role] and st.button(
        report_words.HISTORY_SEE, key="history", type="tertiary"
    ):
        go_to("history", **{PATIENT: patient.id})
    merge_section(patient, staff)
    patient_data(patient, staff)


def _begin(visit: Visit, patient: Patient) -> None:
    if not unsaved_draft_token(visit):
        if st.button(said.BEGIN_VISIT, key="begin-visit", type="primary"):
            go_to(CONSULTATION.name, **{PATIENT: patient.id})
        return
    age = disagreeing_age(visit.draft, patient.identity)
    label = said.KEEP_VISIT
    if age is not None:
        fields.note(age_differs(visit.draft, patient.identity, age), kind="error", people=[patient.identity.name])
        fields.note(said.AGE_DIFFERS_ASK, kind="plain")
        label = said.AGE_DIFFERS_KEEP.format(name=patient.identity.name, age=age)
    if st.button(label, key=f"keep-visit-{age}", type="primary"):
        keep_as_visit(visit, patient.id, sure_of=age)
        st.rerun()


def _visits(patient: Patient, staff: Staff, rules: RuleBase) -> None:
    st.header(said.VISITS, anchor=False)
    found = consultations().of_patient(patient.id, by=staff)
    rows = [_listed(kept) for kept in reversed(found)]
    caption = list_words.counted(list_words.VISITS, len(rows))
    header = (list_words.VISIT, list_words.STATE, list_words.INJECTED_ON, list_words.FOLLOW_UP)
    record_table(caption, header, rows, staff=staff, key=f"visits-{patient.id}", empty=said.NO_VISITS)
    if found:
        side_by_side(found, rules, key=patient.id)
        timeline_section(found, rules, staff, key=patient.id)


def _listed(kept: Kept) -> RecordRow:
    visit = kept.consultation
    day = begun_on(kept.begun_at)
    injected = injected_cell(visit.injected_on, expired=bool(visit.expired_products))
    seen_again = day_cell(visit.follow_up.on if visit.follow_up else None)
    stage = stage_of(visit)
    cells = (state_cell(visit.state, stage), injected, seen_again)
    return RecordRow(kept.id, visit.state, day, said.VISIT_OPEN.format(day=day), cells, draft_page=draft_page(stage))


def _edit(patient: Patient, staff: Staff) -> None:
    version = _version_shown(patient)
    typed = PatientFields(patient.id, patient.identity)
    if not st.button(said.PATIENT_SAVE, key=f"save-{patient.id}") or (who := typed.typed()) is None:
        return
    try:
        saved = patients().change(patient.id, version, who, by=staff)
    except PatientConflict as conflict:
        _VERSION.put(conflict.stored.version, of=patient.id)
        show_error(said.PATIENT_CLASH.format(theirs=named(conflict.stored.identity)))
    except RecommenderError as error:
        typed.refused(error)
    else:
        _VERSION.put(saved.version, of=patient.id)
        st.rerun()


def _version_shown(patient: Patient) -> int:
    """The version that stands in the fields: they begin anew with what is stored whenever the page was left."""
    if f"name-{patient.id}" not in st.session_state:
        _VERSION.put(patient.version, of=patient.id)
    return _VERSION.begun(lambda: patient.version, of=patient.id)
