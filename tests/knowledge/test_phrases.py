"""Conditions in words: the patient reads the question and the answer as the form has them."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import RuleBase
from recommender.documents.vocabulary import Respondent
from recommender.knowledge.parsing import read_condition
from recommender.knowledge.phrases import Phrases


def outline(rules: RuleBase, when: dict[str, Any], voice: Respondent = "patient") -> list[str]:
    problems: list[str] = []
    condition = read_condition(when, ("when",), lambda path, message, *_: problems.append(f"{path}: {message}"))
    assert problems == []
    phrases = Phrases(
        rules.voice(voice, "other").reference.questions, {"dynamic_lines": "“Lines made by facial movement”"}, voice
    )
    return [f"{'  ' * depth}{line}" for depth, line in phrases.outline(condition)]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"history": {"pregnant": "yes"}}, "Are you pregnant? “Yes”"),
        ({"history": {"pregnant": ["yes", "unsure"]}}, "Are you pregnant? “Yes” or “I don't know”"),
        ({"not": {"history": {"pregnant": "yes"}}}, "Are you pregnant? “No”"),
        ({"person": {"age": {"at_least": 18, "below": 22}}}, "How old are you? 18 or more and less than 22"),
        ({"not": {"person": {"age": {"at_least": 18}}}}, "How old are you? not 18 or more"),
        ({"after_treatment": {"treatment": "unanswered"}}, "Which injection did you have? not answered"),
        ({"finding": "dynamic_lines"}, "another rule has found: “Lines made by facial movement”"),
        ({"concern": {"area": ["lips", "chin"]}}, "place: “Lips” or “Chin”"),
    ],
)
def test_the_patient_reads_the_question_and_the_answer(rules: RuleBase, when: dict[str, Any], said: str) -> None:
    assert outline(rules, when) == [said]


def test_the_patient_reads_the_tests_of_one_thing_one_by_one(rules: RuleBase) -> None:
    concern = {"kind": "lines", "at_rest": "yes"}
    when = {"concern": concern, "same_area": {"kind": "sagging"}}

    assert outline(rules, {"concern": concern})[0] == "all of these:"
    assert outline(rules, when) == [
        "all of these:",
        "  what is noticed: “Lines, wrinkles or creases”",
        "  Is it there when your face is quite still? “Yes”",
        "  something else at this place:",
        "    what is noticed: “Loose, heavy or drooping skin”",
    ]
    assert len(outline(rules, {"concern": concern}, "nurse")) == 1
