"""Pages that ask: a group of questions, the places on the face, what is seen at a place, and its details."""

from __future__ import annotations

from typing import Any

import streamlit as st

from recommender.documents.answer_path import AGE
from recommender.export.drawings.face import face_svg
from recommender.export.drawings.illustrations import illustration_svg, illustrations_for
from recommender.web import words
from recommender.web.components.drawings import drawings
from recommender.web.components.face_picker import face_picker
from recommender.web.patient.journey import Journey, JourneyStep
from recommender.web.state.session import Visit
from recommender.web.ui import fields

Effects = list[dict[str, Any]]


def group_page(visit: Visit, journey: Journey, step: JourneyStep) -> Effects:
    """The questions of one group that are needed or were answered."""
    assert step.group is not None
    keys = asked_now(journey, step)
    st.title(step.group.title, anchor=False)
    if step.group.intro:
        fields.note(step.group.intro, kind="intro")
    if any(fields.answer_of(key).group == "symptoms" for key in keys):
        emergency_call(visit)
    if keys == (AGE,):
        return [_age(visit)]
    fields.note(words.SKIP_NOTE)
    return [_question(visit, journey, key) for key in keys]


def _age(visit: Visit) -> dict[str, Any]:
    said = fields.question_words(visit.voice.reference.questions, AGE)
    fields.note(said.help or "", name=f"{fields.css_name(AGE)}-hint")
    fields.number(visit, AGE)
    fields.why(said.why)
    return fields.effects_of(AGE, described=bool(said.help))


def _question(visit: Visit, journey: Journey, key: str, area: str = "") -> dict[str, Any]:
    said = fields.question_words(visit.voice.reference.questions, key)
    name = fields.css_name(key)
    with st.container(key=f"question-{name}", gap="xxsmall"):
        fields.explained(said, key, with_test=bool(area))
        pictures = illustrations_for(area, fields.answer_of(key).name) if area else ()
        if pictures:
            drawn = [(illustration_svg(p, tone=visit.draft.tone), words.PICTURES[p]) for p in pictures]
            drawings(drawn, key=f"pictures-{name}", size="card")
        if key in words.NUMBERS:
            fields.number(visit, key)
        else:
            fields.choice(visit, key)
        if key in journey.emergencies:
            emergency_call(visit, said=visit.voice.reference.wording.outcomes["emergency"])
        fields.why(said.why)
    return fields.effects_of(key, described=bool(said.help))


def places_page(visit: Visit) -> Effects:
    """The face to point at, and the list."""
    st.title(words.PLACES_TITLE, anchor=False)
    fields.note(words.PLACES_HINT, kind="intro")
    face_picker(visit.voice.reference.questions.areas, visit.draft.places, key="face", tone=visit.draft.tone)
    fields.note(words.PLACES_UNSURE)
    fields.note(words.PLACES_NONE)
    fields.why(words.PLACES_WHY)
    return []


def seen_page(visit: Visit, step: JourneyStep) -> Effects:
    """What is seen at one place."""
    said = visit.voice.reference.questions.areas[step.area]
    st.title(words.SEEN_TITLE.format(place=said.label), anchor=False)
    if said.hint:
        fields.note(said.hint, kind="intro")
    picture, choices = st.columns([1, 2], gap="large")
    with picture:
        drawn = face_svg({step.area: "selected"}, title=said.label, description=said.hint or said.label, tone=visit.draft.tone)
        drawings([(drawn, "")], key=f"where-{step.name}", size="face")
    with choices:
        fields.note(words.SEEN_HINT)
        others = tuple(kind for kind in visit.draft.kinds(step.area) if kind not in said.kinds)
        fields.several(visit, step.area, (*said.kinds, *others))
        fields.note(words.SEEN_NONE)
        fields.why(words.SEEN_WHY)
    return [fields.group_of(fields.SEEN, words.SEEN_TITLE.format(place=said.label))]


def details_page(visit: Visit, journey: Journey, step: JourneyStep) -> Effects:
    """The details of what is seen at one place, with the self-tests."""
    questions = visit.voice.reference.questions
    st.title(words.DETAILS_TITLE.format(place=questions.areas[step.area].label), anchor=False)
    fields.note(words.DETAILS_HINT, kind="intro")
    fields.note(words.SKIP_NOTE)
    effects, heading = [], ""
    for key in asked_now(journey, step):
        kind = questions.kinds[fields.kind_of(key)].label
        if kind != heading:
            heading = kind
            st.header(heading, anchor=False)
        effects.append(_question(visit, journey, key, step.area))
    return effects


def asked_now(journey: Journey, step: JourneyStep) -> tuple[str, ...]:
    """What a page asks now; a question that was shown stays while the person is on the page."""
    kept = st.session_state.get("asked")
    before = kept[1] if kept and kept[0] == step.name else frozenset()
    keys = journey.keys(step, also=before)
    st.session_state["asked"] = (step.name, frozenset(keys))
    return keys


def emergency_call(visit: Visit, *, said: str = "") -> None:
    """Whom to call; ``said`` is why, where an answer was just given that asks for it."""
    st.html(fields.call_html(visit.emergency_number, said=said))
