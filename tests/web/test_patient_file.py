"""A patient's file becomes a nurse's draft with the same answers, or is refused with every problem by its place."""

from __future__ import annotations

import json
from typing import Any

import pytest

from recommender import AnswersError, RuleBase, assess
from recommender.documents import read_answers
from recommender.export import render
from recommender.knowledge.answer_files import LARGEST
from recommender.web.handover.patient_file import read_file
from recommender.web.handover.shown_result import shown_result_of
from recommender.web.state.draft import Draft

GIVEN = {
    "person": {"age": 42},
    "concerns": [
        {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "unsure"},
        {"area": "glabella", "kind": "suspicious_lesion"},
        {"area": "lips", "kind": "fuller"},
    ],
    "history": {"pregnant": "no", "diabetes": "unsure"},
    "screening": {"dcq_score": 9},
    "goals": {"keep_movement": "yes"},
    "after_treatment": {"treatment": "dermal_filler", "days_ago": 3, "symptoms": {"fever": "no"}},
}


def problems(text: str) -> list[str]:
    with pytest.raises(AnswersError) as caught:
        read_file(text)
    return [str(problem) for problem in caught.value.problems]


def test_an_answers_document_comes_over_whole() -> None:
    draft = read_file(json.dumps(GIVEN))

    assert draft.respondent == "nurse"
    assert draft.answers().document() == {"schema": "consultation-answers/1", "respondent": "nurse", **GIVEN}


def test_of_an_assessment_only_the_answers_are_taken(rules: RuleBase) -> None:
    saved = json.loads(render(assess(rules, {"respondent": "patient", **GIVEN}), "json"))
    saved["outcome"], saved["options"] = "discuss", "whatever somebody has written here"

    draft = read_file(json.dumps(saved))

    assert draft.content() == read_file(json.dumps(GIVEN)).content() | {"handed": {"then": None}}


def test_what_a_patient_saw_comes_with_the_answers_and_what_a_nurse_saw_does_not(rules: RuleBase) -> None:
    patients, nurses = (assess(rules, {**GIVEN, "respondent": one}) for one in ("patient", "nurse"))

    seen = read_file(render(patients, "json").decode()).handed

    assert seen == {"then": shown_result_of(patients).model_dump(mode="json")}
    assert read_file(render(nurses, "json").decode()).handed is None


def test_a_file_of_somebody_who_asks_after_an_injection_goes_on_there() -> None:
    assert read_file(json.dumps({"after_treatment": {"symptoms": {}}})).after
    assert not read_file("{}").after
    given = read_answers({}).document()
    assert read_file("{}").content() == Draft({"respondent": "nurse", "given": given}).content()


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", "the file", "is empty"),
        ("[1, 2]", "the file", "expected an answers document"),
        ('{"person": {"age": 4', "the file:1", "not JSON"),
        ('{"person": {}, "person": {}}', "the file", "'person' stands twice"),
        ('{"history": {"pregnant": "maybe"}}', "history.pregnant", "maybe"),
        ('{"answers": {"history": {"pregnant": "maybe"}}}', "answers.history.pregnant", "maybe"),
        ('{"answers": 4}', "answers", "expected a mapping"),
        ("[" * 100_000, "the file", "not JSON"),
        ('{"x": "' + "x" * LARGEST + '"}', "the file", "too many"),
        ('{"person": {"age": 1' + "0" * 5000 + "}}", "the file", "not JSON"),
    ],
)
def test_what_cannot_be_used_says_where_it_is_wrong(text: str, where: str, said: str) -> None:
    (problem,) = problems(text)

    assert problem.startswith(f"{where}: ")
    assert said in problem


def test_every_problem_is_told_at_once() -> None:
    text = json.dumps({"answers": {"person": {"age": 900}, "history": {"pregnent": "no"}, "concerns": [{"area": "moon"}]}})

    assert [problem.partition(":")[0] for problem in problems(text)] == [
        "answers.person.age",
        "answers.concerns[0].area",
        "answers.concerns[0].kind",
        "answers.history.pregnent",
    ]


@pytest.mark.parametrize("inside", [True, False])
def test_one_thing_at_one_place_said_in_two_ways_is_refused_and_said_twice_alike_is_once(*, inside: bool) -> None:
    once: dict[str, Any] = {"area": "lips", "kind": "asymmetry", "sudden": "yes"}
    other = {**once, "sudden": "no"}
    document = {"concerns": [once, other]}

    (problem,) = problems(json.dumps({"answers": document} if inside else document))

    assert problem == f"{'answers.' * inside}concerns[1]: 'asymmetry' at 'lips' stands twice, with other details"
    assert read_file(json.dumps({"concerns": [once, once]})).answers().document()["concerns"] == [once]
