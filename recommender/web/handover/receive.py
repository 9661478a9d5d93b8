"""Beginning a consultation with a patient's file, link or code. What is not valid begins nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import streamlit as st

from recommender import assess
from recommender.documents import AnswersError
from recommender.records.errors import NotFound
from recommender.records.handover.store import CodeError, are_on
from recommender.web.clinic.records.begin_visit import keep_as_visit
from recommender.web.handover import words as said
from recommender.web.handover.link import read_fragment
from recommender.web.handover.patient_file import read_file
from recommender.web.handover.shown_result import shown_result_of
from recommender.web.patient.journey import CONSULTATION, Journey, JourneyStep
from recommender.web.state.address import PATIENT
from recommender.web.state.draft import Draft
from recommender.web.state.form_errors import errors, report
from recommender.web.state.installation import handover_store
from recommender.web.state.session import Visit

FILE: Final = "patient-file"
LINK: Final = "patient-link"
CODE: Final = "patient-code"
_KEPT: Final = "what is kept under the code"
_PROBLEMS_SHOWN: Final = 10


def open_file(visit: Visit, _journey: Journey, step: JourneyStep, text: str) -> None:
    """Begin with the text of a patient's file."""
    try:
        _begin_with(visit, read_file(text))
    except AnswersError as error:
        _refuse(step, FILE, error)


def open_link(visit: Visit, _journey: Journey, step: JourneyStep, text: str) -> None:
    """Begin with the fragment of a patient's link."""
    try:
        _begin_with(visit, read_fragment(text))
    except AnswersError as error:
        _refuse(step, LINK, error)


def open_code(visit: Visit, _journey: Journey, step: JourneyStep, _: str) -> None:
    """Begin with what is kept under the code that was typed; it is deleted once the draft that holds it is saved."""
    if not are_on():
        return
    typed, address = str(st.session_state.get(CODE) or ""), st.context.ip_address or ""
    try:
        with handover_store().collected(typed, address=address) as text:
            _begin_with(visit, read_file(text, name=_KEPT))
    except CodeError as error:
        report(step.name, {f"{CODE}.0": said.CODE_REFUSED[error.why]})
    except AnswersError as error:
        _refuse(step, CODE, error)


def problems_with(way_in: str) -> list[str]:
    """The problems with the last file, link or code: the first ten, and how many more."""
    return [text for key, text in errors().items() if key.startswith(f"{way_in}.")]


def _refuse(step: JourneyStep, way_in: str, error: AnswersError) -> None:
    told = [str(problem) for problem in error.problems[:_PROBLEMS_SHOWN]]
    more = [said.MORE.format(number=error.count - len(told))] if error.count > len(told) else []
    report(step.name, {f"{way_in}.{number}": text for number, text in enumerate([*told, *more])})


def _begin_with(visit: Visit, opened: Draft) -> None:
    """Begin with a patient's answers; where the patient saw a result, keep what the rules conclude here to compare."""
    if opened.handed is not None:
        opened.handed["here"] = shown_result_of(assess(visit.rules, opened.answers())).model_dump(mode="json")
    begin_with(visit, opened)


def begin_with(visit: Visit, opened: Draft) -> None:
    """Begin a consultation with a draft: as a visit of the patient whom the address names, else unkept until one is chosen."""
    patient = visit.patient
    visit.begin(opened)
    visit.go(CONSULTATION.name)
    if patient:
        with suppress(NotFound):  # no such patient any more: the draft waits until one is chosen
            if not keep_as_visit(visit, patient):
                visit.go("patient")  # the answers say another age: whose they are is asked there
                st.query_params[PATIENT] = patient
