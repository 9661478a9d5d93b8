"""A patient's data: exporting and erasing it, for a clinical lead."""

from __future__ import annotations

import streamlit as st

from recommender.documents.staff import Staff
from recommender.records.domain.permissions import ALLOWED
from recommender.records.reports.patient_data import patient_data_json
from recommender.records.visits.patients import Patient
from recommender.web.clinic import list_words as said
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.stores import patients, record_store
from recommender.web.clinic.ui.downloads import save_json
from recommender.web.clinic.ui.messages import show_error, status_for_next_page
from recommender.web.ui import fields


def patient_data(patient: Patient, staff: Staff) -> None:
    """Export and erasure, each for whoever may."""
    if "hand out a patient's data" in ALLOWED[staff.role]:
        _hand_out(patient, staff)
    if "erase a patient" in ALLOWED[staff.role]:
        _erase(patient, staff)


def _hand_out(patient: Patient, staff: Staff) -> None:
    st.header(said.DATA_TITLE, anchor=False)
    fields.note(said.DATA_LEAD)
    if st.button(said.DATA_MAKE, key=f"hand-out-{patient.id}"):  # shown in this run alone: nothing of it is held
        save_json(
            patient_data_json(record_store(), patient.id, by=staff),
            name=f"patient-{patient.id}.json",
            key=f"dossier-{patient.id}",
        )


def _erase(patient: Patient, staff: Staff) -> None:
    st.header(said.ERASE_TITLE, anchor=False)
    fields.note(said.ERASE_LEAD.format(id=patient.id))
    given = st.text_input(said.ERASE_ID, key=f"erase-id-{patient.id}", max_chars=80, autocomplete="off", width=320)
    if not st.button(said.ERASE, key=f"erase-{patient.id}"):
        return
    if given.strip() != patient.id:
        show_error(said.ERASE_WRONG, field=f"erase-id-{patient.id}")
        return
    number = patients().erase(patient.id, by=staff)
    st.session_state.clear()  # lists and fields hold what is erased
    status_for_next_page(said.ERASED.format(visits=said.counted(said.VISITS, number)))
    go_to("records")
