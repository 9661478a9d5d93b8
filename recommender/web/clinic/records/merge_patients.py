"""Two entries of one patient: everybody sees that there may be two, and a clinical lead merges them."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.records.domain.permissions import ALLOWED
from recommender.records.errors import NotFound
from recommender.records.visits.merging import merge
from recommender.records.visits.patients import Patient
from recommender.web.clinic import list_words
from recommender.web.clinic import words as said
from recommender.web.clinic.records.records_page import named
from recommender.web.clinic.stores import consultations, patients, record_store
from recommender.web.clinic.ui.messages import show_error, show_status
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_MERGES: Final = SessionValue[int]("merges")  # in this session
_DONE: Final = SessionValue[str]("merge-done")


def merge_section(patient: Patient, staff: Staff) -> None:
    """The other entries of the same name and, for whoever may, the fields to merge them."""
    same = patients().same_as(patient.id, by=staff)
    may = "merge patients" in ALLOWED[staff.role]
    if not same and not may:
        return
    st.header(said.MERGE_TITLE, anchor=False)
    if done := _DONE.take():
        show_status(done)  # here, where it was pressed: the page keeps its place
    if same:
        fields.note(said.SAME, kind="plain")
        fields.points((f"{named(one.identity)} ({one.id})" for one in same), people=[one.identity.name for one in same])
    if may:
        fields.note(said.MERGE_LEAD.format(id=patient.id))
        _merge(patient, staff)


def _merge(patient: Patient, staff: Staff) -> None:
    merges = _MERGES.get(0)
    key = f"merge-id-{patient.id}-{merges}"  # empty again after a merge
    given = (st.text_input(said.MERGE_ID, key=key, max_chars=80, autocomplete="off", width=320) or "").strip()
    if not given:
        return
    try:
        other = patients().get(given, by=staff)
    except NotFound:
        show_error(said.MERGE_NOBODY, field=key, pressed=False)
        return
    visits = list_words.counted(list_words.VISITS, len(consultations().of_patient(other.id, by=staff)))
    fields.note(
        said.MERGE_FOUND.format(patient=named(other.identity), visits=visits), kind="plain", people=[other.identity.name]
    )
    sure = st.checkbox(said.MERGE_SURE, key=f"merge-sure-{other.id}")
    if not st.button(said.MERGE, key=f"merge-{patient.id}", disabled=not sure):
        return
    try:
        _, moved = merge(record_store(), other.id, patient.id, by=staff)
    except RecommenderError as error:
        for problem in error.problems:
            show_error(f"{problem.where}: {problem.message}.", field=key)
        return
    st.session_state.clear()  # lists and fields hold the entry that is gone
    _MERGES.put(merges + 1)
    _DONE.put(said.MERGED.format(visits=list_words.counted(list_words.VISITS, moved)))
    st.rerun()
