"""What waits for a prescriber: why, and for how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

import streamlit as st

from recommender.documents.consultation import Consultation
from recommender.documents.staff import Staff
from recommender.export.labels import Labels
from recommender.export.visit.words import typed
from recommender.languages import clinic_time, current, short_day
from recommender.records.domain.authorising import waiting_plan
from recommender.records.domain.workflow import left_to_a_prescriber
from recommender.records.visits.visit_lists import PAGE, VisitLine
from recommender.web.clinic import list_words as said
from recommender.web.clinic.stores import consultations
from recommender.web.clinic.ui.listing import Cell, note_if_cut, record_row, record_table
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_KEPT: Final = SessionValue[Mapping["_AsShown", Cell]]("waiting-reasons")
_AsShown = tuple[str, datetime, str]  # a record, when it was changed last, and the language


def waiting_page(visit: Visit) -> None:
    """The records that wait, the longest first."""
    staff = visit.staff
    if staff is None:
        return
    st.title(said.WAITING_TITLE, anchor=False)
    fields.note(said.WAITING_LEAD)
    waiting = consultations().queue(by=staff)
    lines = waiting[:PAGE]  # each is opened to say what it waits for
    reasons, today = _reasons(lines, staff), clinic_time.today()
    rows = [record_row(line, reasons[_as_shown(line)], _since(line, today), on="decide") for line in lines]
    caption = said.counted(said.VISITS, len(waiting))
    header = (said.PATIENT, said.WAITS_FOR, said.SINCE)
    record_table(caption, header, rows, staff=staff, key="waiting", empty=said.WAITING_NONE)
    note_if_cut(len(rows), len(waiting))
    if rows:
        fields.note(said.SINCE_HINT)


def _reasons(lines: Sequence[VisitLine], staff: Staff) -> Mapping[_AsShown, Cell]:
    """Why each waits: a record is opened once for as long as nobody changes it, and what has left the queue is forgotten."""
    before = _KEPT.get({})
    now = {
        key: before.get(key) or _reason(consultations().get(line.id, by=staff).consultation)
        for line in lines
        for key in [_as_shown(line)]
    }
    _KEPT.put(now)
    return now


def _as_shown(line: VisitLine) -> _AsShown:
    return line.id, line.changed_at, current()


def _reason(consultation: Consultation) -> Cell:
    if consultation.signature is not None:
        return Cell(said.TO_SIGN.format(name=typed(consultation.signature.by.name)))
    labels = Labels(consultation.nurse.assessment)
    asked = waiting_plan(consultation)
    if asked is not None and asked.asked_by is not None:
        plan = [
            f"{labels.of('area', area)} – {labels.of('treatment', one.treatment)}" for one in asked.asked for area in one.areas
        ]
        return Cell(said.TO_AUTHORISE.format(name=typed(asked.asked_by.name)), detail="; ".join(plan))
    options = left_to_a_prescriber(consultation)
    named = [f"{labels.of('area', option.area)} – {labels.of('treatment', option.treatment)}" for option in options]
    return Cell(said.TO_DECIDE, detail="; ".join(named))


def _since(line: VisitLine, today: date) -> Cell:
    since = clinic_time.local(line.changed_at).date()
    days = (today - since).days
    return Cell(short_day(since), detail=said.counted(said.DAYS, days) if days > 0 else said.TODAY)
