"""Interviewing somebody question by question comes to what all of their answers come to, with fewer questions."""

from __future__ import annotations

import random
from typing import Any

import pytest
from answered_in_every_way import concluded, told
from strategies import shipped

from recommender import RuleBase
from recommender.documents.answers import GOAL_KEYS, HISTORY_KEYS, SYMPTOM_KEYS, read_answers
from recommender.documents.vocabulary import TREATMENTS
from recommender.interview import Interview, needed
from recommender.knowledge.fields import FIELDS


def complete(rules: RuleBase, draw: random.Random, *, ordinary: bool) -> dict[str, Any]:
    """Somebody with every answer: at random, or with the rare "yes" of an ordinary visitor."""
    words = ("no",) * 18 + ("yes", "unsure") if ordinary else ("yes", "no", "unsure")
    areas = list(rules.reference.questions.areas.items())
    concerns = []
    for area, said in draw.sample(areas, draw.choice((1, 1, 2, 3))):
        details = {f.name: draw.choice(f.words) for f in FIELDS["concern"].values() if f.name not in ("area", "kind")}
        concerns.append({"area": area, "kind": draw.choice(said.kinds), **details})
    document: dict[str, Any] = {
        "person": {"age": draw.randint(18, 80) if ordinary else draw.randint(10, 90)},
        "concerns": concerns,
        "history": {name: draw.choice(words) for name in HISTORY_KEYS},
        "goals": {name: draw.choice(("yes", "no", "unsure")) for name in GOAL_KEYS},
    }
    if not ordinary and draw.random() < 0.2:
        document["after_treatment"] = {
            "treatment": draw.choice((*TREATMENTS, "unsure")),
            "days_ago": draw.randint(0, 60),
            "symptoms": {name: draw.choice(("no", "no", "no", "yes", "unsure")) for name in SYMPTOM_KEYS},
        }
    return read_answers(document).document()


def start(whole: dict[str, Any]) -> dict[str, Any]:
    """The same person before the first question: what they point at, and whether they ask about an injection."""
    seen = [{"area": concern["area"], "kind": concern["kind"]} for concern in whole["concerns"]]
    return {"concerns": seen} | ({"after_treatment": {}} if "after_treatment" in whole else {})


def given(whole: dict[str, Any], path: str) -> Any:
    place: Any = whole
    for part in path.replace("[", ".").replace("]", "").split("."):
        place = place[int(part)] if part.isdigit() else place[part]
    return place


def interviewed(rules: RuleBase, whole: dict[str, Any]) -> tuple[Interview, list[int]]:
    """The interview of a person who answers as they would answer everything, and how much was left at each step."""
    interview, left = Interview(rules, start(whole)), []
    while (path := interview.next_question()) is not None:
        left.append(interview.at_most_left)
        interview.answer(path, given(whole, path))
    return interview, left


def _comes_to_the_same(seeds: range, *, ordinary: bool) -> None:
    rules = shipped()
    for seed in seeds:
        whole = complete(rules, random.Random(seed), ordinary=ordinary)
        interview, left = interviewed(rules, whole)
        everything = read_answers(whole)

        asked = told(rules, interview.answers, concluded(rules, interview.answers))
        assert asked == told(rules, everything, concluded(rules, everything)), seed
        assert left == sorted(left, reverse=True), seed


def test_the_interview_comes_to_what_all_answers_come_to() -> None:
    _comes_to_the_same(range(60), ordinary=False)
    _comes_to_the_same(range(20), ordinary=True)


@pytest.mark.slow
def test_the_interview_of_two_thousand_people_comes_to_what_all_answers_come_to() -> None:
    _comes_to_the_same(range(2000), ordinary=False)
    _comes_to_the_same(range(300), ordinary=True)


def test_no_question_was_beside_the_point_when_it_was_asked() -> None:
    rules = shipped()
    for seed in range(25):
        whole = complete(rules, random.Random(seed), ordinary=False)
        interview = Interview(rules, start(whole))
        while (path := interview.next_question()) is not None:
            assert path in needed(rules, interview.answers), (seed, path)
            interview.answer(path, given(whole, path))
        assert needed(rules, interview.answers) == ()
