"""The records: finding a patient, adding one, and what was changed last."""

from __future__ import annotations

from typing import Final, NamedTuple, cast, get_args

import streamlit as st

from recommender.documents.consultation import State
from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.documents.typed import LONGEST
from recommender.languages import clinic_time, short_day
from recommender.records.domain.permissions import ALLOWED
from recommender.records.visits.patients import MOST_FOUND, Identity, Patient, SamePatient
from recommender.records.visits.visit_lists import PAGE, VisitLine
from recommender.web.clinic import list_words
from recommender.web.clinic import words as said
from recommender.web.clinic.navigation import go_to, unsaved_draft_token
from recommender.web.clinic.records.patient_fields import PatientFields
from recommender.web.clinic.stores import consultations, patients
from recommender.web.clinic.ui.day_fields import day_field
from recommender.web.clinic.ui.downloads import save_lines
from recommender.web.clinic.ui.listing import (
    Cell,
    RecordRow,
    begun_on,
    day_cell,
    injected_cell,
    record_row,
    record_table,
    state_cell,
)
from recommender.web.clinic.ui.messages import show_error, show_kept_status
from recommender.web.clinic.ui.typed_days import read_birth
from recommender.web.patient.journey import CONSULTATION
from recommender.web.state.address import ADDRESS, PATIENT
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_ASKED: Final = SessionValue["_Asked"]("new-asked")
_TURNED: Final = SessionValue[list[VisitLine]]("pages")  # the last line of each page before the one that is shown


class _Asked(NamedTuple):
    """Somebody who is to be added, and those who may be the same person."""

    who: Identity
    found: tuple[Patient, ...]


def records_page(visit: Visit) -> None:
    """Find or add a patient; below, the visits changed last. Where answers wait for their patient, nothing but that."""
    if visit.staff is None:
        return
    answers = unsaved_draft_token(visit)
    st.title(said.KEEP_TITLE if answers else said.RECORDS_TITLE, anchor=False)
    show_kept_status()
    if answers:
        fields.note(said.KEEP_FOR, kind="intro")
    elif "write a draft" in ALLOWED[visit.staff.role]:
        _answered(visit.staff)
    _find(visit, visit.staff)
    if "write a draft" in ALLOWED[visit.staff.role]:
        with st.expander(said.NEW_PATIENT, expanded=bool(answers), key="new-patient-for" if answers else "new-patient"):
            _new(visit, visit.staff)
    if not answers:
        _latest(visit.staff)
    elif st.button(said.KEEP_BACK, key="keep-back", type="tertiary"):
        go_to(CONSULTATION.name, **{ADDRESS: answers})


def _answered(staff: Staff) -> None:
    """Visits begun by somebody that a prescriber has answered or given back; nothing where there are none."""
    lines = consultations().answered(by=staff)
    if lines:
        st.header(list_words.ANSWERED_TITLE, anchor=False)
        caption = list_words.ANSWERED_CAPTION.format(visits=list_words.counted(list_words.VISITS, len(lines)))
        rows = [_listed(line) for line in lines]
        record_table(caption, list_words.COLUMNS, rows, staff=staff, key="answered", empty="")


def _find(visit: Visit, staff: Staff) -> None:
    st.header(said.FIND_TITLE, anchor=False)
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        name = st.text_input(said.FIND_NAME, key="find-name", max_chars=200, autocomplete="off")
        with st.container(width=280):
            born = day_field(said.FIND_BORN, "find-born", read_birth)
    if born.problem or (not name.strip() and born.day is None):
        return
    found = patients().search(name[:LONGEST], by=staff, born_on=born.day)
    if not found:
        fields.note(said.FIND_NONE, kind="plain")
    with fields.of_people("found"):
        for patient in found:
            _to_patient(visit, patient, f"patient-{patient.id}")
    if len(found) == MOST_FOUND:
        fields.note(said.FIND_MANY.format(number=MOST_FOUND))


def _new(visit: Visit, staff: Staff) -> None:
    typed = PatientFields("new")
    pressed, anyway = st.button(said.PATIENT_ADD, key="new-add", type="primary"), bool(st.session_state.get("new-anyway"))
    asked = _ASKED.take()
    who = typed.typed() if pressed or asked else None
    if who is None:
        return
    if pressed or (anyway and asked and asked.who == who):
        asked = _add(visit, staff, typed, who, anyway=anyway)
    if asked and asked.who == who:
        _ask(visit, asked)


def _add(visit: Visit, staff: Staff, typed: PatientFields, who: Identity, *, anyway: bool) -> _Asked | None:
    """Add somebody; where they may be here already, that is to be asked first."""
    try:
        added = patients().add(who, by=staff, anyway=anyway)
    except SamePatient as same:
        return _Asked(who, same.found)
    except RecommenderError as error:
        typed.refused(error)
        return None
    go_to("patient", **{PATIENT: added.id, ADDRESS: unsaved_draft_token(visit)})
    return None


def _ask(visit: Visit, asked: _Asked) -> None:
    """Whether somebody is one of those who are here already, or another person."""
    _ASKED.put(asked)
    show_error(said.SAME, field="name-new", pressed=False)
    with fields.of_people("same"):
        for patient in asked.found:
            _to_patient(visit, patient, f"same-{patient.id}")
    st.button(said.SAME_ADD, key="new-anyway")


def _to_patient(visit: Visit, patient: Patient, key: str) -> None:
    if st.button(fields.plain(named(patient.identity)), key=key, type="tertiary"):
        go_to("patient", **{PATIENT: patient.id, ADDRESS: unsaved_draft_token(visit)})


def _latest(staff: Staff) -> None:
    st.header(said.LATEST, anchor=False)
    state = st.segmented_control(
        said.FILTER, list(said.FILTERS), default="", format_func=said.FILTERS.__getitem__, key="filter", required=True
    )
    wanted = cast("State", state) if state in get_args(State) else None
    key = f"latest-{state}"
    turned = _TURNED.begun(list, of=key)
    if state == said.TODAY:
        _today(staff)
        return
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


def _today(staff: Staff) -> None:
    """The visits of this day, and how many follow-ups are due on it."""
    today = clinic_time.today()
    lines = consultations().of_day(today, by=staff)
    caption = list_words.TODAY_CAPTION.format(visits=list_words.counted(list_words.VISITS, len(lines)), day=short_day(today))
    rows = [_listed(line) for line in lines]
    record_table(caption, list_words.COLUMNS, rows, staff=staff, key="latest-today", empty=said.NONE_TODAY)
    due = len(consultations().due(today, today, by=staff))
    if due and st.button(list_words.DUE_NOW.of(due).format(number=due), key="due-now", type="tertiary"):
        go_to("due")
    save_lines(lines, name=f"visits-{today.isoformat()}.csv", key="csv-today")


def _listed(line: VisitLine) -> RecordRow:
    injected = injected_cell(line.injected_on, expired=line.used_expired)
    begun = Cell(begun_on(line.begun_at))
    return record_row(line, begun, state_cell(line.state, line.stage), injected, day_cell(line.follow_up_on))


def named(identity: Identity) -> str:
    """A patient by name and by what tells two of one name apart."""
    return ", ".join(filter(None, (identity.name, about(identity))))


def about(identity: Identity) -> str:
    """Who a patient is beside the name: other names, day of birth, contact."""
    born = said.BORN.format(day=short_day(identity.born_on)) if identity.born_on else ""
    also = said.ALSO.format(names=", ".join(identity.also)) if identity.also else ""
    return ", ".join(filter(None, (also, born, identity.contact)))
