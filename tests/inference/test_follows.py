"""What follows from an answer is known without being asked, and comes to what saying it would come to."""

from __future__ import annotations

from typing import Any

import pytest
from answered_in_every_way import told
from hypothesis import given, settings
from strategies import answers_documents, few_answers, of_the_whole, rule_base_of, rules_at_random, shipped

from recommender import RuleBase, assess
from recommender.documents.answer_path import with_answer
from recommender.documents.answers import read_answers
from recommender.documents.assessment import Evidence
from recommender.export.labels import Labels
from recommender.inference.assess import conclude
from recommender.interview import Interview

LIPS = {"area": "lips", "kind": "fuller"}
NEVER_FILLED = {"person": {"age": 40}, "concerns": [LIPS], "history": {"previous_filler": "no"}}
FOLLOWING = ("history.permanent_or_unknown_filler", "history.overfilled", "history.filler_reaction")


def said_as_well(rules: RuleBase, document: dict[str, Any]) -> dict[str, Any]:
    """The same answers, with each that follows from them given too."""
    for fact in rules.facts(read_answers(document)).followed:
        document = with_answer(document, fact.path(), "no")
    return document


def _comes_to_the_same(rules: RuleBase, document: dict[str, Any]) -> None:
    short, whole = read_answers(document), read_answers(said_as_well(rules, document))

    assert told(rules, short, conclude(rules, short)) == told(rules, whole, conclude(rules, whole))
    assert assess(rules, short).open_questions == assess(rules, whole).open_questions


@pytest.mark.slow
@settings(max_examples=of_the_whole(1000, quick=25))
@given(document=answers_documents())
def test_what_follows_comes_to_what_saying_it_comes_to(document: dict[str, Any]) -> None:
    never = with_answer(with_answer(document, "history.previous_filler", "no"), "history.autoimmune_disease", "no")

    _comes_to_the_same(shipped(), never)


@pytest.mark.slow
@settings(max_examples=of_the_whole(1000, quick=25))
@given(texts=rules_at_random(), document=few_answers())
def test_it_does_so_for_any_rules(texts: list[dict[str, Any]], document: dict[str, Any]) -> None:
    _comes_to_the_same(rule_base_of(texts), with_answer(document, "history.previous_filler", "no"))


def test_it_is_not_asked_and_not_left_open() -> None:
    asked = Interview(shipped(), NEVER_FILLED).every_question()
    still_open = {question.path for question in assess(shipped(), NEVER_FILLED).open_questions}

    assert not still_open.union(asked).intersection(FOLLOWING)


def test_it_is_asked_where_the_answer_before_it_is_another() -> None:
    for answer in ("yes", "unsure"):
        document = with_answer(NEVER_FILLED, "history.previous_filler", answer)

        assert set(FOLLOWING) <= set(Interview(shipped(), document).every_question())


@pytest.mark.parametrize(("answer", "status"), [("yes", "referred"), ("unsure", "review")])
def test_an_answer_given_stands_though_another_would_follow(answer: str, status: str) -> None:
    found = assess(shipped(), with_answer(NEVER_FILLED, "history.overfilled", answer))

    assert [option.status for option in found.options] == [status]


def test_a_reason_says_what_it_follows_from() -> None:
    rules = rule_base_of(
        [
            {
                "id": "small.never-too-full",
                "title": "Not overfilled",
                "when": {"history": {"overfilled": "no"}},
                "hold": {"treatment": ["dermal_filler"], "effect": "caution"},
                "because": "Nothing is there that is too full.",
                "sources": ["seed"],
            }
        ]
    )

    found = assess(rules, NEVER_FILLED)

    (hold,) = found.holds
    assert hold.evidence == (Evidence(path=FOLLOWING[1], value="no", follows_from="history.previous_filler"),)
    (said,) = Labels(found).phrases(hold.evidence)
    assert said.endswith("? No (follows from: Have you ever had a dermal filler? No)")


@pytest.mark.parametrize(
    ("path", "follows", "said"),
    [
        ("history.overfilled", "history.previus_filler", "both have to be questions of 'history'"),
        ("history.overfilled", "goals.avoid_surgery", "both have to be questions of 'history'"),
        ("goals.avoid_surgery", "history.previous_filler", "both have to be questions of 'history'"),
        ("history.filler_reaction", "history.overfilled", "which follows another itself"),
        ("history.autoimmune_disease", "history.facial_surgery", "which is not asked in a group before it"),
        ("history.facial_surgery", "history.previous_filler", "which is not asked in a group before it"),
    ],
)
def test_what_follows_names_a_question_of_the_history_on_a_page_before_it(path: str, follows: str, said: str) -> None:
    questions = shipped().reference.questions
    changed = questions.questions[path].model_copy(update={"follows": follows})
    wrong = questions.model_copy(update={"questions": {**questions.questions, path: changed}})

    (problem,) = (problem for problem in wrong.problems() if path in problem.where)

    assert said in problem.message
    assert not list(questions.problems())
