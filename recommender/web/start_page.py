"""The start: what this is, the way in, and the way for somebody who is worried about an injection they had."""

from __future__ import annotations

from html import escape

import streamlit as st

from recommender.web import fields, words
from recommender.web.journey import Journey
from recommender.web.keeping import kept_visit
from recommender.web.question_pages import emergency_call
from recommender.web.session import Visit


def start_page(visit: Visit, journey: Journey) -> None:
    """The first page."""
    if st.session_state.pop("deleted", False):
        fields.note(words.DELETED, kind="done")
    elif visit.expired:
        fields.note(words.EXPIRED, kind="done")
    st.title(words.START_TITLE, anchor=False)
    fields.note(words.START_LEAD, kind="intro")
    st.html(f"<ul class='points'>{''.join(f'<li>{escape(point)}</li>' for point in words.START_POINTS)}</ul>")
    with st.container(horizontal=True, gap="small"):
        if visit.has_begun and len(journey.steps) > 1:
            st.button(words.START_ON, key="go-on", type="primary", on_click=_go_on)
        else:
            st.button(words.START_NOW, key="begin", type="primary", on_click=begin)
    with st.container(key="worried", border=True, gap="small"):
        st.header(words.AFTER_TITLE, anchor=False)
        fields.note(words.AFTER_LEAD, kind="plain")
        emergency_call(visit)
        st.button(words.AFTER_NOW, key="begin-after", on_click=begin, kwargs={"after": True})


def begin(*, after: bool = False) -> None:
    """Start a draft, or go on with the one there is, on one of the two ways."""
    visit = kept_visit()
    visit.draft.after = after
    visit.save()
    visit.go(visit.journey().steps[1].name)


def _go_on() -> None:
    visit = Visit()
    steps = visit.journey().steps
    visit.go(next((step.name for step in steps if step.kind == "check"), steps[1].name))
