"""The head of a record's pages: patient, state, who else changed it, and links to its parts."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Final

import streamlit as st

from recommender.documents.consultation import Return
from recommender.documents.staff import Staff
from recommender.languages import clinic_time, short_day
from recommender.records.domain.ages import age_problem, of_age
from recommender.records.domain.workflow import record_findings
from recommender.records.visits.consultations import Conflict, Kept
from recommender.web.clinic import list_words, pages
from recommender.web.clinic import words as said
from recommender.web.clinic.auth.access import may_see
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.records.known_panel import known_panel
from recommender.web.clinic.stores import age_of, consultations, known_of_record, patients
from recommender.web.clinic.treatment.authorise_told import standing_told
from recommender.web.clinic.ui.listing import begun_on
from recommender.web.consultation.clinical_result import contraindications
from recommender.web.patient.journey import CONSULTATION
from recommender.web.state.address import PATIENT, RECORD
from recommender.web.state.session import NOT_KEPT, Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_SEEN: Final = SessionValue[int]("version")
_CHANGED: Final = SessionValue[tuple[str, str]]("told")  # who changed it: a sentence, and a name in it


def unknown_record() -> None:
    """Shown where the address names no record, or one that no longer exists."""
    st.title(said.UNKNOWN, anchor=False)
    fields.note(said.UNKNOWN_LEAD, kind="plain")


def record_head(visit: Visit, staff: Staff, page: str) -> Kept:
    """Draw the title of a record's page, links to its parts, and what somebody else changed meanwhile; returns the record."""
    kept = consultations().get(visit.record, by=staff)
    patient = patients().get(kept.patient_id, by=staff)
    with fields.of_people("title"):
        st.title(said.RECORD_OF.format(name=fields.plain(patient.identity.name)), anchor=False)
    kept, age = _of_age(visit, staff, kept), age_of(kept, by=staff)
    born = f"{born_told(patient.identity.born_on, age)} · " if patient.identity.born_on else ""
    fields.note(f"{born}{begun_on(kept.begun_at)} · {said.STATES[kept.consultation.state]}", kind="plain")
    if kept.consultation.state != "draft" and age_problem(kept.consultation, age):
        fields.note(said.AGE_SINCE.format(said=kept.consultation.nurse.answers.person.age, age=age), kind="error")
    _prescriber(visit, kept)
    with st.container(key="parts", horizontal=True, gap="small"):
        for name, label in pages.parts().items():
            is_open = may_see(staff, name) and (name == "record" or kept.consultation.state == "draft")
            look = "primary" if name == page else "secondary"
            if is_open and st.button(label, key=f"part-{name}", type=look):  # type: ignore[arg-type]
                go_to(name, **{RECORD: kept.id})
        if st.button(said.ALL_VISITS, key="part-patient", type="tertiary"):
            go_to("patient", **{PATIENT: kept.patient_id})
    _changed_by_others(visit, staff, kept)
    if kept.consultation.state in ("draft", "signed"):
        if page != CONSULTATION.name:  # Findings says it in the bar that always stands
            contraindications(kept.consultation.nurse.assessment)
        known_panel(known_of_record(kept, visit.rules, by=staff), visit.rules)
    return kept


def _prescriber(visit: Visit, kept: Kept) -> None:
    """What a prescriber said of a draft or is asked, on each of its pages; the latest reason for which it was given back."""
    if kept.consultation.state != "draft":
        return
    for kind, told in standing_told(kept.consultation, visit.voice.reference):
        fields.note(told, kind=kind)
    if kept.consultation.returns:
        fields.note(returned_told(kept.consultation.returns[-1]), kind="error")


def returned_told(one: Return) -> str:
    """Who gave a record back, when and why."""
    day = short_day(clinic_time.local(one.at).date())
    return said.RETURNED.format(name=one.by.name, day=day, because=one.because)


def next_part(kept: Kept, page: str) -> None:
    """The way on at the end of a page of a draft, which may be long."""
    parts = pages.parts()
    names = list(parts)
    following = names[names.index(page) + 1]
    if st.button(said.NEXT_PART.format(page=parts[following]), key=f"next-{page}", type="primary"):
        go_to(following, **{RECORD: kept.id})


def born_told(born_on: date, age: int | None) -> str:
    """The day of birth, and the age that follows from it."""
    years = f", {list_words.counted(list_words.YEARS, age)}" if age is not None else ""
    return f"{said.BORN.format(day=short_day(born_on))}{years}"


def _of_age(visit: Visit, staff: Staff, kept: Kept) -> Kept:
    """The record with its findings concluded for the age that the day of birth gives, where they say another one or none."""
    age = age_of(kept, by=staff)
    if kept.consultation.state != "draft" or not may_see(staff, CONSULTATION.name) or not age_problem(kept.consultation, age):
        return kept
    rules, findings = visit.rules.in_language(kept.consultation.language), of_age(kept.consultation.nurse.answers, age)
    with suppress(Conflict):  # somebody else was first: the next run has it
        kept = consultations().save(
            kept.id, kept.version, record_findings(kept.consultation, rules, findings=findings, by=staff), by=staff
        )
    return kept


def _changed_by_others(visit: Visit, staff: Staff, kept: Kept) -> None:
    """Who else changed this record while this page was open; it is told until the page is left."""
    changes = consultations().changes_since(kept.id, _SEEN.get(kept.version, of=visit), by=staff)
    _SEEN.put(kept.version, of=visit)
    for change in changes:
        if change.by != staff.id:
            time = clinic_time.local(change.at).strftime("%H:%M")
            _CHANGED.put((said.CHANGED.format(name=change.name, time=time), change.name), of=visit)
            break
    if visit.key(NOT_KEPT) in st.session_state:
        fields.note(st.session_state[visit.key(NOT_KEPT)], kind="error")
    if changed := _CHANGED.found(of=visit):
        fields.note(changed[0], kind="done", people=changed[1:])
