"""The result: the whole summary, and the files to save. It adds no conclusion of its own."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final, NamedTuple, cast

import streamlit as st

from recommender import explain
from recommender.documents import Assessment
from recommender.documents.vocabulary import Outcome
from recommender.export import NOT_DRAWN, Cover, Summary, is_drawable, media_type, render, summary_with_explanation
from recommender.export.sections.one_screen import is_all
from recommender.export.sections.short_answer import TAKE_ALONG
from recommender.languages import clinic_time, day_in_words, translate
from recommender.web import words
from recommender.web.about import words as about_words
from recommender.web.actions import button
from recommender.web.components.downloads import downloads
from recommender.web.components.summary import summary
from recommender.web.handover.panel import handover_panel
from recommender.web.patient.journey import Journey, JourneyStep
from recommender.web.result.summary_html import SummaryHtml
from recommender.web.state.installation import is_shared
from recommender.web.state.session import SAID, Visit
from recommender.web.ui import fields

_NOT_PRINTED: Final = "after-summary"  # not printed
_SHOWN: Final = "result-shown"


class _Shown(NamedTuple):
    """What the page shows, compressed so that it can be kept in the session."""

    title: str
    outcome: Outcome
    is_all: bool
    packed: bytes


def result_page(visit: Visit, journey: Journey, step: JourneyStep) -> None:
    """What the rules conclude from the draft."""
    shown = _shown(visit, journey)
    st.title(shown.title, anchor=False)
    day = f'<p class="on-paper"><b>{words.ASSESSED_ON}:</b> {day_in_words(clinic_time.today())}</p>'
    summary(f'<div class="patient">{day}{zlib.decompress(shown.packed).decode()}</div>', key="summary")
    with st.container(key=_NOT_PRINTED):
        if shown.is_all:
            button("resume", words.RESULT_AGE if journey.stopped else words.RESULT_CHANGE, step)
        else:
            _take_along(visit, journey, step)


def is_emergency(step: JourneyStep) -> bool:
    """Whether the page that was just drawn is a call for help, with nothing beside it."""
    kept = st.session_state.get(_SHOWN)
    return step.kind == "result" and kept is not None and cast("_Shown", kept[1]).outcome == "emergency"


def _take_along(visit: Visit, journey: Journey, step: JourneyStep) -> None:
    """Files, printing, handing over, and where to go next."""
    st.header(words.TAKE_TITLE, anchor=TAKE_ALONG)
    fields.note(words.TAKE_LEAD)
    with st.expander(words.TAKE_COVER):
        fields.note(words.TAKE_COVER_HINT)
        kept_by_browser = "off" if is_shared() else "name"
        name = st.text_input(words.TAKE_NAME, max_chars=100, key="cover-name", autocomplete=kept_by_browser)
        note = st.text_area(words.TAKE_NOTE, max_chars=2000, key="cover-note")
    cover = Cover(name=name or "", note=note or "", on=clinic_time.today(), tone=visit.draft.tone)
    files = files_of(lambda: journey.assessment, cover)
    downloads(files, key="downloads", printed=True)
    if not is_drawable(f"{name} {note}"):
        fields.note(translate(NOT_DRAWN))
    handover_panel(visit, journey, step)
    with st.container(horizontal=True, gap="small"):
        if visit.draft.after:
            button("begin", words.RESULT_OTHER, step)
        else:
            button("resume", words.RESULT_CHANGE, step)
        button("how", about_words.OPEN, step)


def _shown(visit: Visit, journey: Journey) -> _Shown:
    """What the page says; worked out once for the same answers."""
    kept = st.session_state.get(_SHOWN)
    if kept is None or kept[0] is not journey.concluded or kept[2] != visit.draft.tone:
        assessment = journey.assessment
        said = _explained(visit, assessment).in_tone(visit.draft.tone)
        text = SummaryHtml(said, {TAKE_ALONG: words.TAKE_TITLE}).text()
        shown = _Shown(said.title, assessment.outcome, is_all(assessment), zlib.compress(text.encode()))
        kept = (journey.concluded, shown, visit.draft.tone)
        st.session_state[_SHOWN] = kept
    return cast("_Shown", kept[1])


def _explained(visit: Visit, assessment: Assessment) -> Summary:
    return summary_with_explanation(assessment, explain(visit.rules, assessment))


def explained_summary(visit: Visit, assessment: Assessment) -> Summary:
    """The summary with its explanation; made once for the same answers."""
    kept = st.session_state.get(SAID)
    if kept is None or kept[0] is not assessment:
        kept = (assessment, _explained(visit, assessment))
        st.session_state[SAID] = kept
    return cast("Summary", kept[1])


def files_of(assessment: Callable[[], Assessment], cover: Cover) -> Callable[[str], tuple[bytes, str]]:
    """A function that makes the file of a format when it is asked for; no file is kept."""

    def made(name: str) -> tuple[bytes, str]:
        return render(assessment(), name, cover=cover, in_subprocess=True), media_type(name)

    return made
