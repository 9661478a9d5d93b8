"""The start: what this is, the way in, and the way for somebody who is worried about an injection they had."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from recommender.export.drawings.face import face_svg
from recommender.export.drawings.svg import svg_address
from recommender.knowledge.reference import Reference
from recommender.languages import clinic_time, day_in_words
from recommender.web import words
from recommender.web.actions import button
from recommender.web.consultation import words as consultation_words
from recommender.web.patient.journey import JourneyStep
from recommender.web.patient.question_pages import emergency_call
from recommender.web.state.device import LeftOff
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def start_title(reference: Reference) -> str:
    """The question that people bring, in the words that may be said to them."""
    one, other = (facts.name for facts in reference.treatments)
    return words.START_TITLE.format(one=one, other=other[:1].lower() + other[1:])


def face_html() -> str:
    """A face with a place for each of the two treatments, in its colour and pattern; the words beside it say all there is."""
    drawn = face_svg({"glabella": "botulinum_toxin", "lips": "dermal_filler"}, title="", description="")
    return f'<img class="portrait" alt="" src="{svg_address(drawn)}">'


def changed_at(left_off: LeftOff) -> str:
    """When the answers to go on with were last changed."""
    at = clinic_time.local(datetime.fromtimestamp(left_off.changed, tz=UTC))
    return words.START_CHANGED.format(day=day_in_words(at.date()), time=f"{at:%H:%M}")


def start_page(visit: Visit, step: JourneyStep) -> None:
    """The first page."""
    # in no container: another one would take over its heading for a moment, and the focus with it
    st.title(start_title(visit.voice.reference), anchor=False)
    with st.container(key="opening-words"):
        fields.note(words.START_LEAD, kind="intro")
        st.html(face_html())
    left_off = visit.left_off
    with st.container(horizontal=True, gap="small"):
        if left_off is not None:
            button("come-back", words.START_ON, step, type="primary")
            button("begin", words.START_ANEW, step)
        else:
            button("begin", words.START_NOW, step, type="primary")
    if left_off is not None:
        fields.note(changed_at(left_off))
    with st.container(key="worried", border=True, gap="small"):
        st.header(words.AFTER_TITLE, anchor=False)
        fields.note(words.AFTER_LEAD, kind="plain")
        emergency_call(visit)
        button("begin-after", words.AFTER_NOW, step)
    fields.points(words.START_POINTS)
    button("consult", consultation_words.LINK, step, type="tertiary")
