"""The head of a record's pages: whose it is, how it stands, who changed it meanwhile, and its parts."""

from __future__ import annotations

import streamlit as st

from recommender.documents.staff import Staff
from recommender.records.consultations import Kept
from recommender.web import fields
from recommender.web.clinic import words as said
from recommender.web.clinic.access import may_see
from recommender.web.clinic.archive import consultations, patients
from recommender.web.clinic.turning import turn_to
from recommender.web.session import NOT_KEPT, PATIENT, RECORD, Visit


def unknown_record() -> None:
    """What stands where the address names no record, or one that is not there any more."""
    st.title(said.UNKNOWN, anchor=False)
    fields.note(said.UNKNOWN_LEAD, kind="plain")


def record_head(visit: Visit, staff: Staff, page: str) -> Kept:
    """The title of a record's page, its parts to turn to, and what somebody else changed while it was open; the record."""
    kept = consultations().get(visit.record, by=staff)
    patient = patients().get(kept.patient_id, by=staff)
    st.title(said.RECORD_OF.format(name=fields.plain(patient.identity.name)), anchor=False)
    born = f"{said.BORN.format(day=patient.identity.born_on)} · " if patient.identity.born_on else ""
    fields.note(f"{born}{kept.begun_at.date().isoformat()} · {said.STATES[kept.consultation.state]}", kind="plain")
    with st.container(key="parts", horizontal=True, gap="small"):
        for name, label in said.RECORD_PARTS.items():
            is_open = may_see(staff, name) and (name == "record" or kept.consultation.state == "draft")
            look = "primary" if name == page else "secondary"
            if is_open and st.button(label, key=f"part-{name}", type=look):  # type: ignore[arg-type]
                turn_to(name, **{RECORD: kept.id})
        if st.button(said.ALL_VISITS, key="part-patient", type="tertiary"):
            turn_to("patient", **{PATIENT: kept.patient_id})
    _changed_by_others(visit, staff, kept)
    return kept


def _changed_by_others(visit: Visit, staff: Staff, kept: Kept) -> None:
    """Who else changed this record while this page was open; it is told until the page is left."""
    seen, told = visit.key("version"), visit.key("told")
    changes = consultations().changes_since(kept.id, st.session_state.get(seen, kept.version), by=staff)
    st.session_state[seen] = kept.version
    for change in changes:
        if change.by != staff.id:
            st.session_state[told] = said.CHANGED.format(name=change.name, time=change.at.astimezone().strftime("%H:%M"))
            break
    if visit.key(NOT_KEPT) in st.session_state:
        fields.note(st.session_state[visit.key(NOT_KEPT)], kind="error")
    if told in st.session_state:
        fields.note(st.session_state[told], kind="done")
