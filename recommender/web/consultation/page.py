"""The nurse's page: what is seen, what is still to find out, and the result next to it, all of one draft."""

from __future__ import annotations

from contextlib import suppress
from html import escape
from typing import Any, Final

import streamlit as st

from recommender.documents.answer_path import AGE
from recommender.export import Cover
from recommender.languages import clinic_time, short_day
from recommender.records.domain.completeness import offered_at, to_grade
from recommender.records.domain.known import Known, contradictions
from recommender.records.errors import NotFound
from recommender.records.handover.store import are_on
from recommender.records.visits.consultations import Kept
from recommender.web.actions import button, press_in_next_run
from recommender.web.clinic import list_words
from recommender.web.clinic import words as clinic_words
from recommender.web.clinic.navigation import go_to, unsaved_draft_token
from recommender.web.clinic.records.known_panel import contradictions_panel
from recommender.web.clinic.records.record_head import next_part, record_head
from recommender.web.clinic.stores import age_of, day_of, known_of_record, patients
from recommender.web.clinic.ui.question_names import product_words
from recommender.web.components.downloads import downloads
from recommender.web.components.face_picker import face_picker
from recommender.web.components.fragment_reader import fragment_reader
from recommender.web.components.opener import opener, text_opened
from recommender.web.components.sheet import sheet
from recommender.web.components.summary import summary
from recommender.web.consultation import words as said
from recommender.web.consultation.checklist import Checklist
from recommender.web.consultation.clinical_result import against, contraindications, options_in_short
from recommender.web.consultation.conflicts import resolve_conflicts
from recommender.web.consultation.patient_differences import patient_differences
from recommender.web.consultation.what_if import what_if
from recommender.web.handover import words as handover_words
from recommender.web.handover.comparison import compare_with_shown_result
from recommender.web.handover.receive import CODE, FILE, LINK, problems_with
from recommender.web.patient.journey import Journey, JourneyStep
from recommender.web.result.page import explained_summary, files_of
from recommender.web.result.summary_html import SummaryHtml
from recommender.web.state.address import ADDRESS, RECORD
from recommender.web.state.autosave import FACE, SHEET, applied
from recommender.web.state.session import Visit
from recommender.web.ui import fields

_RESULT: Final = "result-now"


def consultation_page(visit: Visit, journey: Journey, step: JourneyStep) -> list[dict[str, Any]]:
    """The consultation of a nurse's draft or of a record, or the ways to begin one."""
    if not visit.is_nurses:
        _ways_in(visit, step)
        wrong = bool(problems_with(CODE))
        return [{"key": CODE, "described": f"{CODE}-error" if wrong else "", "invalid": wrong}]
    kept = record_head(visit, visit.staff, step.name) if visit.staff and visit.record else None
    if kept is not None and kept.consultation.state != "draft":
        go_to("record", **{RECORD: kept.id})
    given = kept.consultation.patient.answers.document() if kept and kept.consultation.patient else visit.draft.given
    graded = to_grade(kept.consultation) if kept else offered_at(journey.assessment)
    typed = {one.path: one.typed for one in kept.consultation.unsaved} if kept else {}
    known = {AGE: clinic_words.AGE_KNOWN} if kept and visit.staff and age_of(kept, by=visit.staff) is not None else {}
    records = known_of_record(kept, visit.rules, by=visit.staff) if kept and visit.staff else Known()
    shown = _last_injected(visit, kept, records) if kept else {}
    checklist = Checklist(
        visit.voice,
        visit.draft,
        journey,
        given=given,
        graded=graded,
        typed=typed,
        known=known,
        facts=records.facts,
        shown=shown,
    )
    if kept is None:
        st.title(said.TITLE, anchor=False)
        _not_kept(visit)
    with st.container(key="bar"):
        _bar(journey, checklist)
    _at_a_glance(visit, checklist)
    compare_with_shown_result(visit)
    if kept is not None:
        patient = kept.consultation.patient.answers if kept.consultation.patient else None
        contradictions_panel(contradictions(records.facts, visit.draft.answers(), patient), visit.rules)
        resolve_conflicts(visit, checklist)
        patient_differences(visit, kept.consultation, journey.assessment)
    with st.container(key="consultation"):
        asked, concluded = st.columns([11, 9], gap="large")
        with asked:
            _asked(visit, step, checklist)
        with concluded:
            _concluded(visit, journey, step, checklist)
    if kept is not None:
        next_part(kept, step.name)
    return []


def _last_injected(visit: Visit, kept: Kept, records: Known) -> dict[str, str]:
    """What the records say of the last injection, which may not be the one that is meant."""
    if not records.injected:
        return {}
    day, product = records.injected[0]
    ago = list_words.counted(list_words.DAYS, (day_of(kept) - day).days)
    named = product_words(visit.voice.reference, product)
    told = said.LAST_INJECTED.format(day=short_day(day), product=named, ago=ago)
    return dict.fromkeys(("after_treatment.treatment", "after_treatment.days_ago"), told)


def _not_kept(visit: Visit) -> None:
    with st.container(key="whose", border=True):
        fields.note(f"{clinic_words.WHOSE}: {clinic_words.WHOSE_LEAD}", kind="plain")
        if st.button(clinic_words.WHOSE_CHOOSE, key="whose-choose", type="primary"):
            go_to("records", **{ADDRESS: unsaved_draft_token(visit)})


def _ways_in(visit: Visit, step: JourneyStep) -> None:
    st.title(said.INTRO_TITLE, anchor=False)
    if visit.staff and visit.patient:
        with suppress(NotFound):
            name = patients().get(visit.patient, by=visit.staff).identity.name
            fields.note(clinic_words.FOR_PATIENT.format(name=name), kind="done", people=[name])
    fragment_reader(problems_with(LINK), key=LINK)
    fields.note(said.INTRO_LEAD, kind="intro")
    fields.points(said.INTRO_POINTS)
    button("begin-consultation", said.BEGIN_BLANK, step, type="primary")
    if are_on():
        _code(step)
    st.header(said.FILE_TITLE, anchor=False)
    fields.note(said.FILE_LEAD)
    opener(problems_with(FILE), key=FILE)
    for name, key in (("open-file", FILE), ("open-link", LINK)):
        text = text_opened(key)
        if text is not None:
            press_in_next_run(name, text)


def _code(step: JourneyStep) -> None:
    st.header(handover_words.CODE_ENTER, anchor=False)
    fields.note(handover_words.CODE_ENTER_LEAD)
    found = "".join(f"<p>{escape(text)}</p>" for text in problems_with(CODE))
    st.html(f'<div class="error" id="{CODE}-error">{found}</div>')
    st.text_input(handover_words.CODE_FIELD, key=CODE, max_chars=60, width=320, autocomplete="off")
    button("open-code", handover_words.CODE_BUTTON, step)


def _bar(journey: Journey, checklist: Checklist) -> None:
    """The worst thing, then the outcome so far; stays in view while scrolling."""
    assessment = journey.assessment
    outcome = said.OUTCOMES[assessment.outcome]
    worst = next(iter(against(assessment)), None)
    first = f"<b>{escape(worst.sentence)}.</b> " if worst else ""
    if assessment.outcome == "emergency":
        call = fields.call_html(assessment.words["emergency_number"], said=outcome)
        st.html(f'{call}<div class="now urgent"><span role="status">{first}</span></div>' if worst and worst.stops else call)
        return
    left = said.LEFT.format(number=checklist.left) if checklist.left else said.NONE_LEFT
    unread = f" · {said.UNREAD.format(number=checklist.unread)}" if checklist.unread else ""
    is_urgent = assessment.outcome in ("same_day", "stop") or (worst is not None and worst.stops)
    st.html(
        f'<div class="now {"urgent" if is_urgent else "calm"}"><span role="status">{first}<b>{said.NOW}:</b> {escape(outcome)} '
        f'<span class="left">{escape(left + unread)}</span></span> <a href="#{_RESULT}">{said.JUMP}</a></div>'
    )


def _at_a_glance(visit: Visit, checklist: Checklist) -> None:
    """What is still to find out, on top of the page: each is answered below, where it has its place."""
    with st.container():  # there with or without anything open, so that what comes below keeps its place
        found = [row for part in checklist.parts() for row in part.rows if row.open]
        if found:
            with st.expander(said.GLANCE.format(number=len(found)), key=visit.key("glance")):
                fields.points(f"{row.name} ({row.note})" for row in found)


def _asked(visit: Visit, step: JourneyStep, checklist: Checklist) -> None:
    with st.container():  # there with or without the button, so that the sheet keeps its place and what it has to tell
        if not visit.draft.has_signs:
            button("ask-after", said.AFTER_OFF if visit.draft.after else said.AFTER_ON, step)
    st.header(said.SEEN_TITLE, anchor=False)
    fields.note(said.SEEN_LEAD)
    face_picker(visit.voice.reference.questions.areas, visit.draft.places, key=visit.key(FACE), dense=True)
    sheet(checklist.parts(), key=visit.key(SHEET), applied=applied(visit))


def _concluded(visit: Visit, journey: Journey, step: JourneyStep, checklist: Checklist) -> None:
    assessment = journey.assessment
    st.header(said.RESULT_TITLE, anchor=_RESULT)
    contraindications(assessment)
    options_in_short(assessment)
    what_if(visit, journey, step, checklist)
    text = SummaryHtml(explained_summary(visit, assessment)).text()
    summary(f"<details><summary>{escape(said.IN_FULL)}</summary>{text}</details>", key=visit.key("result"))
    with st.expander(said.FILES_TITLE, key=visit.key("files-panel"), on_change="rerun") as panel:
        if panel.open:
            downloads(files_of(lambda: assessment, Cover(on=clinic_time.today())), key=visit.key("downloads"))
