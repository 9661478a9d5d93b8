"""Any answers at all: a valid document gets an assessment, an invalid one a list of what is wrong, and nothing else happens."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answers_documents, broken_documents, few_answers, of_the_whole, rule_base_of, rules_at_random, shipped

from recommender import AnswersError, Assessment, RuleBase, assess
from recommender.documents import Evidence
from recommender.documents.answer_path import answer_at
from recommender.documents.assessment import Reason
from recommender.documents.vocabulary import OUTCOMES
from recommender.inference.assess import assess_plainly
from recommender.knowledge.conditions import findings_of

WHOLE = settings(max_examples=of_the_whole(10_000, quick=15))


def _evidence(assessment: Assessment) -> Iterable[Evidence]:
    for told in (*assessment.holds, *assessment.notes):
        yield from told.evidence
    for argued in (*assessment.options, *assessment.referrals, *assessment.alerts):
        for reason in argued.reasons:
            yield from reason.evidence
    for option in assessment.options:
        for defeat in option.defeats:
            yield from defeat.evidence


def _chains(assessment: Assessment) -> Iterable[tuple[Reason, ...]]:
    """The reasons of each conclusion: the rules that conclude it, and those whose findings they rest on."""
    for argued in (*assessment.options, *assessment.referrals, *assessment.alerts):
        yield argued.reasons
    for told in (*assessment.holds, *assessment.notes, *(d for option in assessment.options for d in option.defeats)):
        yield told.chain or (told,)
        if told.chain:
            assert (told.chain[0].rule, told.chain[0].builds_on) == (told.rule, told.builds_on)
            assert set(told.evidence) == {seen for step in told.chain for seen in step.evidence}


def _follow_from_each_other(rules: RuleBase, reasons: tuple[Reason, ...]) -> None:
    rests_on = {name for reason in reasons for name in reason.builds_on}
    findings = {reason.rule for reason in reasons if reason.rule in rules.by_id and rules.by_id[reason.rule].text.find}
    assert rests_on == findings
    for reason in reasons:
        for name in reason.builds_on:
            assert rules.by_id[name].text.find in findings_of(rules.by_id[reason.rule].when)


def _is_sound(rules: RuleBase, answers: dict[str, Any]) -> None:
    assessment = assess(rules, answers)

    text = assessment.json_text()
    given_answers = assessment.answers.document()
    assert assessment.outcome in OUTCOMES
    assert Assessment.model_validate_json(text) == assessment
    assert Assessment.model_validate_json(text).json_text() == text
    assert all(answer_at(given_answers, seen.path) == seen.value for seen in _evidence(assessment))
    for reasons in _chains(assessment):
        _follow_from_each_other(rules, reasons)
    asked = [*(question.path for question in assessment.open_questions), *(p for o in assessment.options for p in o.deciding)]
    assert {answer_at(given_answers, path) for path in asked} <= {None, "unsure"}


@WHOLE
@given(answers=answers_documents())
def test_every_valid_document_gets_an_assessment(answers: dict[str, Any]) -> None:
    _is_sound(shipped(), answers)


@pytest.mark.slow
@given(texts=rules_at_random(), documents=st.lists(few_answers(), min_size=1, max_size=3))
def test_every_valid_document_gets_an_assessment_from_any_rules(
    texts: list[dict[str, Any]], documents: list[dict[str, Any]]
) -> None:
    rules = rule_base_of(texts)

    for answers in documents:
        _is_sound(rules, answers)
        assert assess_plainly(rules, answers) == assess(rules, answers)


@given(answers=answers_documents(), chance=st.randoms())
def test_the_order_of_concerns_changes_no_byte(answers: dict[str, Any], chance: Random) -> None:
    concerns = answers.get("concerns", [])
    shuffled = answers | {"concerns": chance.sample(concerns, len(concerns))}

    assert assess(shipped(), shuffled).json_text() == assess(shipped(), answers).json_text()


def _is_refused(answers: Any) -> None:
    with pytest.raises(AnswersError) as refused:
        assess(shipped(), answers)

    assert refused.value.problems
    assert all(problem.where and problem.message for problem in refused.value.problems)
    assert str(refused.value).replace("\n", "").isprintable()


@WHOLE
@given(answers=broken_documents())
def test_every_invalid_document_is_refused_and_never_fails_otherwise(answers: Any) -> None:
    _is_refused(answers)


@given(answers=st.none() | st.text() | st.integers() | st.lists(st.integers()) | st.binary())
def test_what_is_no_document_at_all_is_refused(answers: Any) -> None:
    _is_refused(answers)
