"""Interviewing somebody question by question comes to what all of their answers come to, with fewer questions."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from answered_in_every_way import concluded, standings, told
from strategies import of_the_whole, shipped

from recommender import RuleBase
from recommender.documents.answer_path import answer_at, given, seen_in, with_answer
from recommender.documents.answers import GOAL_KEYS, HISTORY_KEYS, SYMPTOM_KEYS, Answers, read_answers
from recommender.documents.vocabulary import TREATMENTS
from recommender.inference.possibilities import Relevance
from recommender.interview import Interview, ruled_out
from recommender.knowledge.fields import FIELDS


def complete(rules: RuleBase, draw: random.Random, *, ordinary: bool) -> dict[str, Any]:
    """Somebody with every answer: at random, or with the rare "yes" of an ordinary visitor."""
    questions = rules.reference.questions
    words = ("no",) * 18 + ("yes", "unsure") if ordinary else ("yes", "no", "unsure")
    areas = list(rules.reference.questions.areas.items())
    concerns = []
    for area, said in draw.sample(areas, draw.choice((1, 1, 2, 3))):
        details = {f.name: draw.choice(f.words) for f in FIELDS["concern"].values() if f.name not in ("area", "kind")}
        concerns.append({"area": area, "kind": draw.choice(said.kinds), **details})
    document: dict[str, Any] = {
        "person": {"age": draw.randint(18, 80) if ordinary else draw.randint(10, 90)},
        "concerns": concerns,
        "history": {name: draw.choice(words) for name in HISTORY_KEYS if questions.asked_of("patient", f"history.{name}")},
        "goals": {name: draw.choice(("yes", "no", "unsure")) for name in GOAL_KEYS},
    }
    if not ordinary and draw.random() < 0.2:
        document["after_treatment"] = {
            "treatment": draw.choice((*TREATMENTS, "unsure")),
            "days_ago": draw.randint(0, 60),
            "symptoms": {name: draw.choice(("no", "no", "no", "yes", "unsure")) for name in SYMPTOM_KEYS},
        }
    history = document["history"]
    for after, before in rules.follows.items():  # who never had it cannot have had one kind of it
        history[after.name] = "no" if history[before.name] == "no" else history[after.name]
    return read_answers(document).document()


def start(whole: dict[str, Any]) -> dict[str, Any]:
    """The same person before the first question: what they point at, and whether they ask about an injection."""
    seen = [{"area": concern["area"], "kind": concern["kind"]} for concern in whole["concerns"]]
    return {"concerns": seen} | ({"after_treatment": {}} if "after_treatment" in whole else {})


def interviewed(rules: RuleBase, whole: dict[str, Any]) -> tuple[Interview, list[int]]:
    """The interview of a person who answers as they would answer everything, and how much was left at each step."""
    interview, left = Interview(rules, start(whole)), []
    while (path := interview.next_question()) is not None:
        left.append(interview.at_most_left)
        interview.answer(path, answer_at(whole, path))
    return interview, left


def _comes_to_the_same(seeds: range, *, ordinary: bool) -> None:
    rules = shipped()
    for seed in seeds:
        whole = complete(rules, random.Random(seed), ordinary=ordinary)
        interview, left = interviewed(rules, whole)
        everything = read_answers(whole)

        asked, full = ((answers, concluded(rules, answers)) for answers in (interview.answers, everything))
        if ruled_out(rules, everything):  # then nothing is asked but what could raise an alert
            assert standings(asked[1], asked[0]) == standings(full[1], full[0]), seed
        else:
            assert told(rules, *asked) == told(rules, *full), seed
        assert left == sorted(left, reverse=True), seed


@pytest.mark.sampled
def test_the_interview_comes_to_what_all_answers_come_to() -> None:
    _comes_to_the_same(range(of_the_whole(2000, quick=20)), ordinary=False)
    _comes_to_the_same(range(of_the_whole(300, quick=8)), ordinary=True)


def _every_question_mattered(seeds: range, *, most: int) -> None:
    """For each question there are two ways to go on that differ in its answer alone, and in what is concluded."""
    rules = shipped()
    for seed in seeds:
        draw = random.Random(seed)
        whole = complete(rules, draw, ordinary=draw.random() < 0.2)
        interview, asked = Interview(rules, start(whole)), []
        while (path := interview.next_question()) is not None:
            asked.append((path, interview.answers))
            interview.answer(path, answer_at(whole, path))
        for path, answers in draw.sample(asked, min(most, len(asked))):
            one, other = _two_ways(Relevance(rules, answers), path)
            assert {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)} == {path}, seed
            assert _told_of(rules, answers, one) != _told_of(rules, answers, other), (seed, path)


def _two_ways(relevance: Relevance, path: str) -> tuple[dict[str, Any], ...]:
    """The proof that an answer matters: two ways to answer everything, as the solver found them."""
    assert relevance.matters(path)
    possible = relevance._possible
    return tuple(
        {
            name: value
            for name, literals in values.items()
            for value, literal in literals.items()
            if value is not None and possible._circuit.holds(literal)
        }
        for values in (possible._values, possible._other)
    )


def _told_of(rules: RuleBase, answers: Answers, way: Mapping[str, Any]) -> dict[str, Any]:
    document = answers.document()
    seen = seen_in(document)
    settled = {at.text(seen) for at, value in given(document) if value != "unsure"}
    for path, value in way.items():
        if path not in settled:
            document = with_answer(document, path, value)
    more = read_answers(document)
    return told(rules, more, concluded(rules, more))


@pytest.mark.slow
@pytest.mark.sampled
def test_every_question_could_change_what_is_told_when_it_is_asked() -> None:
    _every_question_mattered(range(of_the_whole(2000, quick=12)), most=3)
