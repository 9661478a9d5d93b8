"""Beginning the record of a visit: from the draft that a nurse has opened or filled in."""

from __future__ import annotations

import os
from typing import Final

import streamlit as st

from recommender.documents.problems import Problem
from recommender.records import life
from recommender.records.errors import RecordsError
from recommender.web.clinic.archive import consultations
from recommender.web.clinic.record_drafts import gradings_of
from recommender.web.session import Visit

DAYS_VARIABLE: Final = "RECOMMENDER_DAYS_TO_THINK"
_MOST_DAYS: Final = 365


def days_to_think() -> int:
    """How many days this clinic makes everybody think; raises RecordsError where the setting is no number of days."""
    given = os.environ.get(DAYS_VARIABLE, "0")
    if not (given.isascii() and given.isdigit() and int(given) <= _MOST_DAYS):
        raise RecordsError([Problem(DAYS_VARIABLE, f"is {given[:20]!r}: name a number of days", ("0", f"to {_MOST_DAYS}"))])
    return int(given)


def keep_as_visit(visit: Visit, patient: str) -> None:
    """Make the nurse's draft a visit of a patient, with the patient's answers as they were given, and turn to it."""
    staff = visit.staff
    if staff is None:
        return
    begun = life.begin(visit.rules, visit.draft.given, by=staff, clinic_days=days_to_think())
    found = life.find(begun, visit.rules, findings=visit.draft.answers(), by=staff)
    kept = consultations().begin(patient, life.write(found, by=staff, gradings=gradings_of(visit.draft)), by=staff)
    handed = visit.draft.handed
    visit.keep_as(kept.id, staff)
    if handed is not None:
        st.session_state[handed_key(kept.id)] = handed


def handed_key(record: str) -> str:
    """Where this session remembers what a patient's own page had said of the answers that a visit began with."""
    return f"handed-{record}"
