"""Which answers can still make a difference: the solver and trying every way to go on say the same, in both directions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from answered_in_every_way import differences, symptoms_denied, unknown_items
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answers_documents, few_answers, of_the_whole, rule_base_of, rules_at_random, shipped

from recommender import RuleBase
from recommender.documents.answer_path import with_answer
from recommender.documents.answers import read_answers
from recommender.inference.possibilities import Relevance
from recommender.knowledge.conditions import findings_of

MOST_WAYS = 400


@st.composite
def nearly_answered(draw: st.DrawFn, rules: RuleBase, documents: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """A document in which so much is answered that every way to go on can be tried."""
    document = read_answers(draw(documents)).document()
    open_signs = set(draw(st.lists(st.sampled_from(("fever", "vision_change", "severe_pain")), max_size=2)))
    symptoms_denied(document, but=open_signs)
    items = draw(st.permutations(sorted(unknown_items(rules, document).items())))
    ways = 1
    for path, domain in items:
        ways *= len(domain) + 1
        if ways > MOST_WAYS:
            value = draw(st.sampled_from([word for word in domain if word != "unsure"] or list(domain)))
            document = with_answer(document, path, value)
            ways //= len(domain) + 1
    return read_answers(document).document()


def _agrees(rules: RuleBase, document: dict[str, Any]) -> None:
    changes, matter = differences(rules, document)
    relevance = Relevance(rules, read_answers(document))

    assert {question.path: set(question.could_change) for question in relevance.open_questions} == changes
    assert {path for path in unknown_items(rules, document) if relevance.matters(path)} == matter


@st.composite
def made_up(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Rules made at random, and somebody nearly answered."""
    texts = draw(rules_at_random())
    return texts, draw(nearly_answered(rule_base_of(texts), few_answers()))


@st.composite
def cut_down(draw: st.DrawFn) -> tuple[list[str], dict[str, Any]]:
    """Some of the shipped rules by id, and somebody nearly answered."""
    every = [rule.id for rule in shipped().rules]
    chosen = draw(st.lists(st.sampled_from(every), min_size=1, max_size=25, unique=True))
    return chosen, draw(nearly_answered(_part_of_the_shipped(chosen), answers_documents()))


def _part_of_the_shipped(chosen: list[str]) -> RuleBase:
    """The shipped rules with these ids, with those whose findings they build on."""
    found = {identifier: shipped().by_id[identifier] for identifier in chosen}
    waiting = list(found.values())
    while waiting:
        for name in findings_of(waiting.pop().when):
            waiting += [finder for finder in shipped().finders[name] if finder.id not in found]
            found |= {finder.id: finder for finder in shipped().finders[name]}
    return replace(shipped(), rules=tuple(sorted(found.values(), key=lambda rule: rule.id)))


@settings(max_examples=of_the_whole(1000, quick=12))
@given(case=made_up())
def test_for_any_rules_it_is_what_trying_every_way_says(case: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    _agrees(rule_base_of(case[0]), case[1])


@settings(max_examples=of_the_whole(1000, quick=12))
@given(case=cut_down())
def test_for_parts_of_the_shipped_rules_it_is_what_trying_every_way_says(case: tuple[list[str], dict[str, Any]]) -> None:
    _agrees(_part_of_the_shipped(case[0]), case[1])
