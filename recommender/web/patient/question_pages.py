"""Pages that ask: groups of questions, the places on the face, and what is seen at a place with its details."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from recommender.documents.answer_path import AGE
from recommender.export.drawings.face import face_svg
from recommender.export.drawings.illustrations import illustration_svg, illustrations_for
from recommender.web import words
from recommender.web.components.drawings import drawings
from recommender.web.components.face_picker import face_picker
from recommender.web.patient import tick_groups
from recommender.web.patient.journey import Journey, JourneyStep
from recommender.web.state.session import Visit
from recommender.web.ui import fields

Effects = list[dict[str, Any]]
_ASKED: Final = "asked"


def group_page(visit: Visit, journey: Journey, step: JourneyStep) -> Effects:
    """The questions of the groups of a page that are needed or were answered."""
    keys = asked_now(journey, step)
    st.title(step.title, anchor=False)
    tick_groups.begin(step)
    if all(group.none is not None for group in step.groups):
        return _ticked(visit, step, keys)
    if step.groups[0].intro:
        fields.note(step.groups[0].intro, kind="intro")
    if any(fields.answer_of(key).group == "symptoms" for key in keys):
        emergency_call(visit)
    if keys == (AGE,):
        return [_age(visit)]
    fields.note(words.SKIP_NOTE)
    return [_question(visit, journey, key) for key in keys]


def _ticked(visit: Visit, step: JourneyStep, keys: tuple[str, ...]) -> Effects:
    """Groups of statements to tick."""
    alone = len(step.groups) == 1
    if not alone:
        fields.note(words.TICK_NOTE)
    asked = tick_groups.groups_asked(step, keys)
    return [tick_groups.tick_group(visit, group, own, alone=alone) for group, own in asked]


def _age(visit: Visit) -> dict[str, Any]:
    said = fields.question_words(visit.voice.reference.questions, AGE)
    fields.note(said.help or "", name=f"{fields.css_name(AGE)}-hint")
    fields.number(visit, AGE)
    fields.why(said.why)
    return fields.effects_of(AGE, described=bool(said.help))


def _question(visit: Visit, journey: Journey, key: str, area: str = "") -> dict[str, Any]:
    questions = visit.voice.reference.questions
    said = fields.question_words(questions, key)
    name = fields.css_name(key)
    with st.container(key=f"question-{name}", gap="xxsmall"):
        fields.explained(said, key, test=questions.test_of(fields.answer_of(key)))
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
    st.html(fields.by_pointer_html(words.PLACES_HINT, words.PLACES_HINT_TOUCH, kind="intro"))
    face_picker(visit.voice.reference.questions.areas, visit.draft.places, key="face", tone=visit.draft.tone)
    fields.note(words.PLACES_UNSURE)
    fields.note(words.PLACES_NONE)
    fields.why(words.PLACES_WHY)
    return []


def seen_page(visit: Visit, journey: Journey, step: JourneyStep) -> Effects:
    """What is seen at one place, and under it the details of what was ticked."""
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
    return [fields.group_of(fields.SEEN, words.SEEN_TITLE.format(place=said.label)), *_details(visit, journey, step)]


def _details(visit: Visit, journey: Journey, step: JourneyStep) -> Effects:
    """The details of what is seen at one place, with the self-tests."""
    questions = visit.voice.reference.questions
    keys = asked_now(journey, step)
    if keys:
        fields.note(words.DETAILS_HINT)
        fields.note(words.SKIP_NOTE)
    effects, heading = [], ""
    for key in keys:
        kind = questions.kinds[fields.kind_of(key)].label
        if kind != heading:
            heading = kind
            st.header(heading, anchor=False)
        effects.append(_question(visit, journey, key, step.area))
    return effects


def asked_now(journey: Journey, step: JourneyStep) -> tuple[str, ...]:
    """What a page asks now; a question that was shown stays while the person is on the page."""
    keys = journey.keys(step, also=shown_on(step) or frozenset())
    st.session_state[_ASKED] = (step.name, frozenset(keys))
    return keys


def shown_on(step: JourneyStep) -> frozenset[str] | None:
    """The questions that a page showed when it was drawn last; None where another page was."""
    kept = st.session_state.get(_ASKED)
    return kept[1] if kept and kept[0] == step.name else None


def emergency_call(visit: Visit, *, said: str = "") -> None:
    """Whom to call; ``said`` is why, where an answer was just given that asks for it."""
    st.html(fields.call_html(visit.emergency_number, said=said))
