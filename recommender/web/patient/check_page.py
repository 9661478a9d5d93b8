"""Check your answers: everything that was asked, each with a link to change it."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from recommender.export.labels import COUNTRIES
from recommender.knowledge.reference import QuestionGroup
from recommender.languages import spoken
from recommender.web import words
from recommender.web.actions import ANSWERS, press_in_next_run
from recommender.web.components.answer_list import AnswerRow, answer_list
from recommender.web.patient import tick_groups
from recommender.web.patient.journey import Journey, JourneyStep
from recommender.web.state.draft import UNSURE
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def check_page(visit: Visit, journey: Journey) -> None:
    """Every answer and every question left open, by part."""
    st.title(words.CHECK_TITLE, anchor=False)
    fields.note(words.CHECK_LEAD, kind="intro")
    parts = {
        title: [row for step in journey.steps if step.part == part for row in _rows(visit, journey, step)]
        for part, title in words.CHECK_PARTS.items()
    }
    change = answer_list({title: rows for title, rows in parts.items() if rows}, key=ANSWERS)
    if change:
        press_in_next_run("change", change)


def _rows(visit: Visit, journey: Journey, step: JourneyStep) -> Iterator[AnswerRow]:
    questions, draft = visit.voice.reference.questions, visit.draft
    if step.kind == "country":
        named = spoken(COUNTRIES)[draft.country] if draft.country else ""
        yield AnswerRow(words.COUNTRY_TITLE, named, step.name)
        return
    if step.kind == "places":
        labels = [questions.areas[area].label for area in draft.places]
        yield AnswerRow(words.PLACES_TITLE, ", ".join(labels), step.name)
        return
    if step.kind == "seen":
        place = questions.areas[step.area].label
        seen = [questions.kinds[kind].label for kind in draft.kinds(step.area)]
        yield AnswerRow(words.SEEN_TITLE.format(place=place), "; ".join(seen), step.name)
    keys = journey.keys(step)
    ticked = [(group, own) for group, own in tick_groups.groups_asked(step, keys) if group.none is not None]
    for group, own in ticked:
        yield AnswerRow(group.title, _of_group(visit, group, own), step.name)
    for key in () if ticked else keys:
        asked = fields.question_words(questions, key).ask
        if step.kind == "seen":
            asked = f"{questions.areas[step.area].label} – {questions.kinds[fields.kind_of(key)].label}: {asked}"
        value = draft.get(key)
        yield AnswerRow(asked, "" if value is None else fields.answer_label(questions, key, value), step.name)


def _of_group(visit: Visit, group: QuestionGroup, keys: tuple[str, ...]) -> str:
    """What was answered to a group, in as few words as say it; empty where nothing was."""
    questions, draft = visit.voice.reference.questions, visit.draft
    by_answer = {answer: tuple(key for key in keys if draft.get(key) == answer) for answer in (tick_groups.YES, UNSURE, None)}
    if by_answer[None] == keys:
        return ""
    said = [
        form.format(things="; ".join(tick_groups.said_to_tick(questions, by_answer[answer])))
        for answer, form in words.CHECK_GROUP.items()
        if by_answer[answer]
    ]
    denied = len(keys) - sum(map(len, by_answer.values()))
    if denied == len(keys):
        return str(group.none)
    if denied and not by_answer[None]:
        return " ".join((*said, words.CHECK_REST))
    named = tuple(key for key in keys if draft.get(key) == tick_groups.NO)
    no = words.CHECK_NO.format(things="; ".join(tick_groups.said_to_tick(questions, named)))
    return " ".join((*said, no)) if denied else " ".join(said)
