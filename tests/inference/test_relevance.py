"""Which answers can still make a difference: the solver and trying every way to go on say the same, in both directions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from answered_in_every_way import differences, put, symptoms_denied, unknown_items
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answers_documents, few_answers, rule_base_of, rules_at_random, shipped

from recommender import RuleBase
from recommender.documents.answers import read_answers
from recommender.inference.relevance import Relevance
from recommender.knowledge.conditions import findings_of
from recommender.knowledge.rules import Rule

MOST_WAYS = 400


@st.composite
def nearly_answered(draw: st.DrawFn, rules: RuleBase, documents: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """A document in which so much is answered that every way to go on can be tried."""
    document = read_answers(draw(documents) | {"respondent": "nurse"}).document()
    open_signs = set(draw(st.lists(st.sampled_from(("fever", "vision_change", "severe_pain")), max_size=2)))
    symptoms_denied(document, but=open_signs)
    items = draw(st.permutations(sorted(unknown_items(rules, document).items())))
    ways = 1
    for path, domain in items:
        ways *= len(domain) + 1
        if ways > MOST_WAYS:
            put(document, path, draw(st.sampled_from([word for word in domain if word != "unsure"] or list(domain))))
            ways //= len(domain) + 1
    return read_answers(document).document()


def _agrees(rules: RuleBase, document: dict[str, Any]) -> None:
    changes, matter = differences(rules, document)
    relevance = Relevance(rules, read_answers(document))

    assert {question.path: set(question.could_change) for question in relevance.open_questions} == changes
    assert {path for path in unknown_items(rules, document) if relevance.matters(path)} == matter


@st.composite
def made_up(draw: st.DrawFn) -> tuple[RuleBase, dict[str, Any]]:
    """Rules made at random, and somebody nearly answered."""
    rules = rule_base_of(draw(rules_at_random()))
    return rules, draw(nearly_answered(rules, few_answers()))


@st.composite
def cut_down(draw: st.DrawFn) -> tuple[RuleBase, dict[str, Any]]:
    """Some of the shipped rules with the findings they build on, and somebody nearly answered."""
    every = shipped().rules
    chosen = draw(st.lists(st.sampled_from(every), min_size=1, max_size=25, unique_by=lambda rule: rule.id))
    rules = replace(shipped(), rules=tuple(sorted(_with_finders(chosen), key=lambda rule: rule.id)))
    return rules, draw(nearly_answered(rules, answers_documents()))


def _with_finders(chosen: list[Rule]) -> list[Rule]:
    found = {rule.id: rule for rule in chosen}
    waiting = list(chosen)
    while waiting:
        for name in findings_of(waiting.pop().when):
            waiting += [finder for finder in shipped().finders[name] if finder.id not in found]
            found |= {finder.id: finder for finder in shipped().finders[name]}
    return list(found.values())


@given(case=made_up())
def test_for_any_rules_it_is_what_trying_every_way_says(case: tuple[RuleBase, dict[str, Any]]) -> None:
    _agrees(*case)


@given(case=cut_down())
def test_for_parts_of_the_shipped_rules_it_is_what_trying_every_way_says(case: tuple[RuleBase, dict[str, Any]]) -> None:
    _agrees(*case)


@pytest.mark.slow
@settings(max_examples=3000)
@given(case=made_up())
def test_for_thousands_of_any_rules(case: tuple[RuleBase, dict[str, Any]]) -> None:
    _agrees(*case)


@pytest.mark.slow
@settings(max_examples=3000)
@given(case=cut_down())
def test_for_thousands_of_parts_of_the_shipped_rules(case: tuple[RuleBase, dict[str, Any]]) -> None:
    _agrees(*case)
