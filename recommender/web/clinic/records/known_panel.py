"""What the signed records know of a patient, on top of their page and of a visit: alerts, adverse events, treatments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

import streamlit as st

from recommender.knowledge.rulebase import RuleBase
from recommender.languages import short_day
from recommender.records.domain.known import Contradiction, Fact, Known, WentWrong
from recommender.web.clinic import words as said
from recommender.web.clinic.ui.question_names import QuestionNames
from recommender.web.ui import fields

_DAYS: Final = 3  # of treatment; the others stand in the list of visits
_EVENTS: Final = 5
_LONGEST: Final = 200
_ALLERGIES: Final = "allergies"


def known_panel(found: Known, rules: RuleBase) -> None:
    """Draw what is known, the most urgent first; nothing where nothing is."""
    names = QuestionNames(rules)
    if not (found.alerts or found.went_wrong or found.injected):
        return
    with st.container(key="known", border=True):
        warnings = [one for one in found.alerts if _warns(one, rules)]
        if warnings:
            fields.note(said.KNOWN_ALERTS.format(list=_listed(warnings, names)), kind="error")
        for one in found.went_wrong[:_EVENTS]:
            fields.note(_wrong(one, names), kind="error")
        if others := [one for one in found.alerts if one not in warnings]:
            fields.note(said.KNOWN_ALSO.format(list=_listed(others, names)), kind="plain")
        for line in _treatments(found, names):
            fields.note(line, kind="plain")


def contradictions_panel(found: tuple[Contradiction, ...], rules: RuleBase) -> None:
    """Draw by name what was answered otherwise than the records have it."""
    names = QuestionNames(rules)
    if not found:
        return
    with st.container(key="contradictions", border=True):
        fields.note(said.CONTRADICTED, kind="error")
        fields.points(_contradicted(one, names) for one in found)


def _contradicted(one: Contradiction, names: QuestionNames) -> str:
    fact, answer = one.fact, names.answered(one.fact.path, ["no"])
    shown = names.product(fact.product) if fact.product else names.answered(fact.path, [fact.answer])
    told = said.CONTRADICTED_BY[one.by].format(question=names.asked(fact.path), answer=answer)
    return said.CONTRADICTED_RECORD.format(told=told, day=short_day(fact.on), record=shown)


def _warns(fact: Fact, rules: RuleBase) -> bool:
    """Whether it is an allergy or a reaction, or something that a hard stop can rest on."""
    allergies = next((group.questions for group in rules.reference.questions.groups if group.id == _ALLERGIES), ())
    return fact.path in allergies or bool(rules.could_stop(fact.path))


def _listed(facts: Iterable[Fact], names: QuestionNames) -> str:
    return "; ".join(said.KNOWN_SINCE.format(what=names.asked(one.path), day=short_day(one.on)) for one in facts)


def _wrong(one: WentWrong, names: QuestionNames) -> str:
    parts = [_short(one.event.what), _short(one.event.action), names.product(one.product) if one.product else ""]
    return said.KNOWN_WRONG.format(day=short_day(one.event.seen_on), what="; ".join(filter(None, parts)))


def _treatments(found: Known, names: QuestionNames) -> Iterator[str]:
    days = [(day, list(used)) for day, used in groupby(found.injected, key=lambda one: one.on)]
    for day, used in days[:_DAYS]:
        products = (f"{names.product(one.product)} – {', '.join(map(names.area, one.product.areas))}" for one in used)
        yield said.KNOWN_TREATED.format(day=short_day(day), products="; ".join(products))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
