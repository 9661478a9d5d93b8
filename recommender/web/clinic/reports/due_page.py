"""Follow-ups that are due between two days, and whom to reach how."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from recommender.export.visit.words import typed
from recommender.languages import clinic_time, short_day
from recommender.web.clinic import list_words as said
from recommender.web.clinic.stores import consultations
from recommender.web.clinic.ui.day_fields import span_of_days
from recommender.web.clinic.ui.downloads import save_lines
from recommender.web.clinic.ui.listing import Cell, injected_cell, note_if_cut, record_row, record_table
from recommender.web.state.session import Visit
from recommender.web.ui import fields

BACK: Final = timedelta(days=90)
AHEAD: Final = timedelta(days=14)


def due_page(visit: Visit) -> None:
    """The follow-ups of a span of days, the earliest first, the overdue ones marked."""
    staff = visit.staff
    if staff is None:
        return
    today = clinic_time.today()
    st.title(said.DUE_TITLE, anchor=False)
    fields.note(said.DUE_LEAD)
    span = span_of_days((said.DUE_FROM, "due-from", today - BACK), (said.DUE_TO, "due-to", today + AHEAD))
    if span is None:
        return
    first, last = span
    lines = consultations().due(first, last, by=staff)
    rows = [
        record_row(
            line,
            _when(line.follow_up_on or last, today),
            Cell(typed(line.patient.contact) or said.NOTHING),
            injected_cell(line.injected_on, expired=line.used_expired),
        )
        for line in lines
    ]
    overdue = sum((line.follow_up_on or last) < today for line in lines)
    caption = said.DUE_CAPTION.format(visits=said.counted(said.VISITS, len(rows)), overdue=overdue)
    header = (said.PATIENT, said.FOLLOW_UP, said.CONTACT, said.INJECTED_ON)
    record_table(caption, header, rows, staff=staff, key="due", empty=said.DUE_NONE)
    note_if_cut(len(rows), len(rows))
    save_lines(lines, name="follow-ups.csv", key="due-csv")


def _when(day: date, today: date) -> Cell:
    days = (day - today).days
    if days < 0:
        return Cell(short_day(day), mark=said.OVERDUE.format(days=said.counted(said.DAYS, -days)), tone="warning")
    told_in = said.DUE_IN.format(days=said.counted(said.DAYS, days))
    return Cell(short_day(day), detail=told_in if days else said.DUE_TODAY)
