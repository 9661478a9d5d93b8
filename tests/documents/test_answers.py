"""The answers document: what it accepts, what it keeps, and how it says what is wrong."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError
from strategies import answers_documents

from recommender import Answers, AnswersError
from recommender.documents import read_answers
from recommender.documents.vocabulary import AREAS

EMPTY = {
    "schema": "consultation-answers/1",
    "respondent": "patient",
    "person": {},
    "concerns": [],
    "history": {},
    "goals": {},
}


def test_an_empty_document_says_nothing_and_never_no() -> None:
    assert read_answers({}).document() == EMPTY


@pytest.mark.parametrize(
    ("written", "read"), [(True, "yes"), (False, "no"), ("yes", "yes"), ("no", "no"), ("unsure", "unsure")]
)
def test_true_and_yes_are_the_same_answer(written: object, read: str) -> None:
    answers = read_answers(
        {
            "history": {"pregnant": written},
            "goals": {"avoid_surgery": written},
            "after_treatment": {"symptoms": {"fever": written}},
            "concerns": [{"area": "lips", "kind": "lines", "at_rest": written}],
        }
    )

    assert answers.history.pregnant == read
    assert answers.goals.avoid_surgery == read
    assert answers.after_treatment is not None
    assert answers.after_treatment.symptoms.fever == read
    assert answers.concerns[0].at_rest == read


def test_only_what_was_answered_is_in_the_document() -> None:
    given_answers = {"person": {"age": 42}, "history": {"hiv": False}, "concerns": [{"area": "lips", "kind": "fuller"}]}

    answers = read_answers(given_answers)

    assert answers.document() == EMPTY | {
        "person": {"age": 42},
        "history": {"hiv": "no"},
        "concerns": [{"area": "lips", "kind": "fuller"}],
    }


def test_concerns_stand_in_one_order_whatever_order_they_came_in() -> None:
    concerns = [
        {"area": "lips", "kind": "fuller"},
        {"area": "glabella", "kind": "lines", "at_rest": "yes"},
        {"area": "glabella", "kind": "lines", "at_rest": "no"},
        {"area": "glabella", "kind": "asymmetry"},
    ]

    documents = {str(read_answers({"concerns": list(order)}).document()) for order in permutations(concerns)}

    assert len(documents) == 1


@given(document=answers_documents())
def test_a_valid_document_reads_the_same_as_data_as_a_model_and_as_json(document: dict[str, Any]) -> None:
    answers = read_answers(document)

    assert read_answers(answers) is answers
    assert read_answers(answers.document()) == answers
    assert Answers.model_validate_json(answers.model_dump_json(by_alias=True, exclude_none=True)) == answers


def test_answers_do_not_change_once_read() -> None:
    answers = read_answers({})

    with pytest.raises(ValidationError):
        answers.respondent = "nurse"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"histroy": {}}, "histroy: unknown field 'histroy' – did you mean 'history'?"),
        ({"history": {"pregnent": "yes"}}, "history.pregnent: unknown field 'pregnent' – did you mean 'pregnant'?"),
        ({"history": {"none": "yes"}}, "history.none: unknown field 'none'"),
        ({"history": {"[key]": "yes"}}, "history.[key]: unknown field '[key]'"),
        ({"history": {"pregnant": "maybe"}}, "history.pregnant: unknown word 'maybe' (allowed: yes, no, unsure)"),
        ({"history": {"pregnant": 1}}, "history.pregnant: unknown word 1 (allowed: yes, no, unsure)"),
        ({"history": {"pregnant": None}, "goals": None}, "goals: should be a mapping of fields, found nothing"),
        ({"concerns": {}}, "concerns: should be a list, found {}"),
        ({"concerns": ["lips"]}, "concerns[0]: should be a mapping of fields, found 'lips'"),
        ({"concerns": [{"kind": "lines"}]}, "concerns[0].area: is missing"),
        ({"concerns": [{"area": "lip", "kind": "lines"}]}, "concerns[0].area: unknown word 'lip' – did you mean 'lips'?"),
        ({"concerns": [{"area": "lips", "kind": "lines"}] * 201}, "concerns: should have at most 200 entries, found 201"),
        (
            {"concerns": [{"area": "lips", "kind": "lines", "at_rst": "yes"}]},
            "concerns[0].at_rst: unknown field 'at_rst' – did you mean 'at_rest'? (allowed: area, kind, on_movement, at_rest, ",
        ),
        ({"person": {"age": -1}}, "person.age: should be 0 or more, found -1"),
        ({"person": {"age": 121}}, "person.age: should be 120 or less, found 121"),
        ({"person": {"age": 42.5}}, "person.age: should be a whole number, found 42.5"),
        ({"person": {"age": "42"}}, "person.age: should be a whole number, found '42'"),
        ({"person": {"age": True}}, "person.age: should be a whole number, found True"),
        pytest.param({"person": {"age": 10**5000}}, "person.age: should be 120 or less, found a very long number", id="digits"),
        ({"screening": {"dcq_score": 22}}, "screening.dcq_score: should be 21 or less, found 22"),
        ({"screening": {"cops_score": 73}}, "screening.cops_score: should be 72 or less, found 73"),
        ({"screening": {"dcq_score": "9"}}, "screening.dcq_score: should be a whole number, found '9'"),
        ({"screening": {"dqc_score": 9}}, "screening.dqc_score: unknown field 'dqc_score' – did you mean 'dcq_score'?"),
        ({"after_treatment": {"days_ago": -1}}, "after_treatment.days_ago: should be 0 or more, found -1"),
        ({"after_treatment": {"symptoms": {"feaver": "yes"}}}, "after_treatment.symptoms.feaver: unknown field 'feaver'"),
        ({"jurisdiction": "usa"}, "jurisdiction: unknown word 'usa' – did you mean 'us'? (allowed: uk, us, au, ca, eu, other)"),
        ({"schema": "consultation-answers/2"}, "schema: unknown word 'consultation-answers/2'"),
        ({"schema_": "consultation-answers/1"}, "schema_: unknown field 'schema_' – did you mean 'schema'?"),
        ({1: 2}, "[1]: a key should be one word, found 1"),
        ({"a\x1b[2J": 1}, r"'a\x1b[2J': unknown field 'a\x1b[2J'"),
        ([], "answers: expected a mapping of fields, found []"),
        ("yes", "answers: expected a mapping of fields, found 'yes'"),
        (None, "answers: expected a mapping of fields, found nothing"),
    ],
)
def test_a_wrong_document_is_refused_with_its_path_and_the_nearest_word(document: Any, message: str) -> None:
    with pytest.raises(AnswersError) as refused:
        read_answers(document)

    assert any(str(problem).startswith(message) for problem in refused.value.problems), str(refused.value)


def test_every_problem_is_listed_at_once() -> None:
    document = {
        "person": {"age": "old"},
        "concerns": [{"area": "glabela", "kind": "lines"}, {"area": "lips"}],
        "history": {"pregnent": "yes", "hiv": "perhaps"},
        "after_treatment": {"symptoms": {"fever": "hot"}},
    }

    with pytest.raises(AnswersError) as refused:
        read_answers(document)

    assert [problem.where for problem in refused.value.problems] == [
        "person.age",
        "concerns[0].area",
        "concerns[1].kind",
        "history.hiv",
        "history.pregnent",
        "after_treatment.symptoms.fever",
    ]
    assert refused.value.problems[1].allowed == AREAS


def test_the_json_schema_names_every_word_and_both_spellings_of_yes() -> None:
    schema = Answers.model_json_schema(by_alias=True)

    pregnant = schema["$defs"]["History"]["properties"]["pregnant"]
    assert schema["$defs"]["Concern"]["properties"]["area"]["enum"] == list(AREAS)
    assert pregnant["anyOf"] == [{"enum": ["yes", "no", "unsure"], "type": "string"}, {"type": "boolean"}, {"type": "null"}]
    assert schema["additionalProperties"] is False
