"""Visits in a list: whose, when, how they stand, and a way to each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from recommender.records.consultations import Line
from recommender.web import fields
from recommender.web.clinic import words as said
from recommender.web.clinic.turning import turn_to
from recommender.web.journey import CONSULTATION
from recommender.web.session import RECORD


def visits_listed(lines: Sequence[Line], *, key: str, empty: str) -> None:
    """One line a visit; pressing it opens the record."""
    if not lines:
        fields.note(empty, kind="plain")
    for line in lines:
        day = line.begun_at.date().isoformat()
        if st.button(f"{line.patient.name} · {day} · {said.STATES[line.state]}", key=f"{key}-{line.id}", type="tertiary"):
            open_record(line.id, line.state)


def open_record(identifier: str, state: str) -> None:
    """Turn to a record: to its findings while it is written, to the whole of it afterwards."""
    turn_to(CONSULTATION.name if state == "draft" else "record", **{RECORD: identifier})
