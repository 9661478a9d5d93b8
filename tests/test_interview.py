"""The interview: what is still worth asking, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from answered_in_every_way import standings
from hypothesis import assume, given
from hypothesis import strategies as st
from rule_texts import alert, hold, offer, refer, rule
from strategies import answers_documents, few_answers, rule_base_of, rules_at_random, shipped

from recommender import AnswersError, RuleBase, assess
from recommender.documents.answer_path import AGE
from recommender.interview import Interview, needed
from recommender.knowledge.fields import DERIVED, FIELDS

RulesOf = Callable[[str], RuleBase]
LIPS = {"area": "lips", "kind": "fuller"}
TOXIN, FILLER = "botulinum_toxin", "dermal_filler"
FILLS = rule("fills", "{concern: {kind: fuller}}", offer(FILLER))


@pytest.mark.parametrize(
    ("rule_text", "answers", "asked"),
    [
        # a hold that could defeat an option that is there
        (rule("no", "{history: {hiv: yes}}", hold("hard_stop")), {}, ("history.hiv",)),
        (rule("no", "{history: {hiv: yes}}", hold("caution")), {}, ("history.hiv",)),
        (rule("no", "{history: {hiv: yes}}", hold("hard_stop")), {"history": {"hiv": "no"}}, ()),
        (rule("no", "{history: {hiv: yes}}", hold("hard_stop")), {"history": {"hiv": "unsure"}}, ()),
        # a hold on a treatment that is not offered changes nothing
        (rule("no", "{history: {hiv: yes}}", hold("hard_stop", TOXIN)), {}, ()),
        # a condition that is decided by another answer
        (rule("no", "{history: {hiv: yes, diabetes: yes}}", hold("review")), {"history": {"diabetes": "no"}}, ()),
        (
            rule("no", "{history: {hiv: yes, diabetes: yes}}", hold("review")),
            {"history": {"diabetes": "yes"}},
            ("history.hiv",),
        ),
        # what could refer, or tell apart
        (rule("see", "{goals: {avoid_surgery: yes}}", refer("medical")), {}, ("goals.avoid_surgery",)),
        (rule("which", "{concern: {kind: fuller, at_rest: yes}}", offer(TOXIN)), {}, ("concerns[0].at_rest",)),
        # a note is part of what a person is told; signs are asked after an injection alone
        (rule("tell", "{history: {hiv: yes}}"), {}, ("history.hiv",)),
        (rule("sign", "{symptoms: {fever: yes}}", alert("emergency")), {}, ()),
        (
            rule("sign", "{symptoms: {fever: yes}}", alert("same_day")),
            {"after_treatment": {}},
            ("after_treatment.symptoms.fever",),
        ),
    ],
)
def test_only_what_could_still_change_the_result_is_asked(
    rules_of: RulesOf, rule_text: str, answers: dict[str, Any], asked: tuple[str, ...]
) -> None:
    assert needed(rules_of(FILLS + rule_text), {"concerns": [LIPS], **answers}) == asked


def test_a_weaker_hold_is_still_asked_about_and_nothing_once_all_is_withdrawn(rules_of: RulesOf) -> None:
    rules = rules_of(
        FILLS
        + rule("wait", "{history: {pregnant: yes}}", hold("defer"))
        + rule("no", "{history: {hiv: yes}}", hold("hard_stop"))
    )

    deferred = needed(rules, {"concerns": [LIPS], "history": {"pregnant": "yes"}})
    withdrawn = needed(rules, {"concerns": [LIPS], "history": {"hiv": "yes"}})

    assert deferred == ("history.hiv",)
    assert withdrawn == ()


def test_a_finding_is_followed_to_the_answers_behind_it(rules_of: RulesOf) -> None:
    rules = rules_of(
        FILLS
        + rule("weak", "{any: [{history: {hiv: yes}}, {history: {diabetes: yes}}]}", "find: weak")
        + rule("no", "{finding: weak}", hold("refer"))
    )

    assert set(needed(rules, {"concerns": [LIPS]})) == {"history.hiv", "history.diabetes"}
    assert needed(rules, {"concerns": [LIPS], "history": {"hiv": "no"}}) == ("history.diabetes",)
    assert needed(rules, {"concerns": [LIPS], "history": {"hiv": "yes"}}) == ()


def test_what_is_left_open_is_not_asked_nor_what_matters_with_it_alone(rules_of: RulesOf) -> None:
    rules = rules_of(
        FILLS
        + rule("no", "{history: {hiv: yes, diabetes: yes}}", hold("review"))
        + rule("wait", "{history: {pregnant: yes}}", hold("defer"))
    )

    interview = Interview(rules, {"concerns": [LIPS]}, left_open={"history.hiv"})
    interview.answer("history.pregnant", "no")

    assert needed(rules, {"concerns": [LIPS]}) == ("history.pregnant", "history.hiv", "history.diabetes")
    assert interview.every_question() == ()


def test_under_eighteen_nothing_is_asked_but_signs_of_an_emergency(rules: RuleBase) -> None:
    child = {"person": {"age": 17}, "concerns": [{"area": "glabella", "kind": "lines"}]}

    before = needed(rules, child)
    after = needed(rules, {**child, "after_treatment": {}})

    assert before == ()
    assert after
    assert all(path.startswith("after_treatment.") for path in after)


def test_the_age_comes_first_then_details_of_concerns_then_the_order_of_the_pages(rules: RuleBase) -> None:
    answers = {"concerns": [{"area": "chin", "kind": "lines"}, {"area": "under_eye", "kind": "hollow"}], "after_treatment": {}}

    asked = needed(rules, answers)

    details = [path for path in asked if path.startswith("concerns[")]
    others = [path for path in asked if not path.startswith("concerns[")]
    order = [path for group in rules.reference.questions.groups for path in group.questions]
    assert details
    assert list(asked) == [AGE, *details, *others[1:]]
    assert details == sorted(details)
    assert others == [AGE, *sorted(others[1:], key=order.index)]


def test_the_eleventh_concern_is_asked_about_after_the_tenth(rules_of: RulesOf) -> None:
    rules = rules_of(rule("which", "{concern: {kind: lines, at_rest: yes}}", offer(FILLER)))

    asked = needed(rules, {"concerns": [{"area": "lips", "kind": "lines"}] * 12})

    assert asked == tuple(f"concerns[{number}].at_rest" for number in range(12))


SCORES = ("screening.dcq_score", "screening.cops_score")


def test_a_score_is_asked_of_a_nurse_and_of_no_patient(rules: RuleBase) -> None:
    patient = {"respondent": "patient", "person": {"age": 40}, "concerns": [LIPS]}
    nurse = patient | {"respondent": "nurse"}

    assert not set(SCORES) & set(needed(rules, patient))
    assert set(SCORES) <= set(needed(rules, nurse))
    assert not set(SCORES) & {question.path for question in assess(rules, patient).open_questions}
    assert set(SCORES) <= {question.path for question in assess(rules, nurse).open_questions}


@given(answers=answers_documents())
def test_no_patient_is_asked_what_only_a_nurse_is_asked(answers: dict[str, Any]) -> None:
    patient = answers | {"respondent": "patient"}

    asked = {*needed(shipped(), patient), *(question.path for question in assess(shipped(), patient).open_questions)}

    assert not asked & set(SCORES)


def _given(answers: dict[str, Any], path: str) -> bool:
    document: Any = answers
    for part in path.replace("[", ".").replace("]", "").split("."):
        document = document[int(part)] if part.isdigit() else document.get(part, {})
    return document != {}


@given(answers=answers_documents())
def test_what_was_answered_is_not_asked_again(answers: dict[str, Any]) -> None:
    document = assess(shipped(), answers).answers.document()

    asked = needed(shipped(), answers)

    assert [path for path in asked if _given(document, path)] == []


@st.composite
def one_more_answer(
    draw: st.DrawFn, documents: st.SearchStrategy[dict[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any], str]:
    """A document in one order, the same with one more answer, and the path of that answer."""
    answers = assess(shipped(), draw(documents)).answers.document()
    groups = ["person", "history", "goals", *(["after_treatment", "symptoms"] if "after_treatment" in answers else [])]
    groups += ["screening"] * (answers["respondent"] == "nurse")  # a patient is never asked
    groups += ["concern"] * bool(answers["concerns"])
    group = draw(st.sampled_from(groups))
    field = draw(st.sampled_from([f for f in FIELDS[group].values() if f not in DERIVED and f.name not in ("area", "kind")]))
    most = 21 if group == "screening" else 90
    value = draw(st.sampled_from(field.words)) if field.words else draw(st.integers(0, most))
    more = deepcopy(answers)
    if group == "concern":
        number = draw(st.integers(0, len(answers["concerns"]) - 1))
        place, path = more["concerns"][number], field.path(number)
    else:
        place = more["after_treatment"]["symptoms"] if group == "symptoms" else more.setdefault(group, {})
        path = field.path()
    assume(field.name not in place)
    place[field.name] = value
    return answers, more, path


def _is_asked_if_it_matters(rules: RuleBase, answers: dict[str, Any], more: dict[str, Any], path: str) -> None:
    before, after = assess(rules, answers), assess(rules, more)

    if standings(before) != standings(after):
        assert path in needed(rules, answers)
        assert path in {question.path for question in before.open_questions}


@given(case=one_more_answer(answers_documents()))
def test_whatever_would_change_a_status_or_raise_an_alert_is_asked(case: tuple[dict[str, Any], dict[str, Any], str]) -> None:
    _is_asked_if_it_matters(shipped(), *case)


@pytest.mark.slow
@given(texts=rules_at_random(), case=one_more_answer(few_answers()))
def test_whatever_would_change_a_status_is_asked_for_any_rules(
    texts: list[dict[str, Any]], case: tuple[dict[str, Any], dict[str, Any], str]
) -> None:
    _is_asked_if_it_matters(rule_base_of(texts), *case)


@pytest.mark.parametrize("path", ["concerns[1].at_rest", "concerns[0]", "diet.meat", "history.pregnat"])
def test_an_answer_to_nothing_that_can_be_asked_is_refused_and_not_taken(rules_of: RulesOf, path: str) -> None:
    interview = Interview(rules_of(FILLS), {"concerns": [LIPS]})
    before = interview.answers

    with pytest.raises(AnswersError):
        interview.answer(path, "yes")

    assert (interview.answers, interview.asked) == (before, 0)
