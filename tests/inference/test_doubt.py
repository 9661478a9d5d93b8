"""What nobody knows is never told as a fact, and an "unsure" about what can hold a treatment is never passed by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_texts import alert, hold, offer, rule
from strategies import answers_documents, sampled, shipped

from recommender import Assessment, RuleBase, assess
from recommender.documents import read_answers
from recommender.documents.assessment import Reason
from recommender.documents.vocabulary import TREATMENTS
from recommender.export import summarise, text_of
from recommender.inference.assess import assess_plainly
from recommender.knowledge import conditions
from recommender.knowledge.doubt import told_in_doubt

RulesOf = Callable[[str], RuleBase]
LIPS = {"area": "lips", "kind": "fuller"}


def reasons(assessment: Assessment) -> Iterator[Reason]:
    """Every sentence of a rule in an assessment, with the answers behind it."""
    yield from (*assessment.holds, *assessment.notes)
    for argued in (*assessment.options, *assessment.referrals, *assessment.alerts):
        yield from argued.reasons
    yield from (defeat for option in assessment.options for defeat in option.defeats)
    yield from (reason for told in (*assessment.holds, *assessment.notes) for reason in told.chain)


def without_unsure(value: Any) -> Any:
    """The same document as if whoever answered "unsure" had not been asked."""
    if isinstance(value, dict):
        return {name: without_unsure(inner) for name, inner in value.items() if inner != "unsure"}
    return [without_unsure(inner) for inner in value] if isinstance(value, list) else value


@settings(max_examples=sampled(40))
@given(document=answers_documents(), language=st.sampled_from(("en", "es")))
def test_no_sentence_of_a_rule_that_is_in_doubt_is_told_as_a_fact(document: dict[str, Any], language: str) -> None:
    rules = shipped().in_language(language)
    answers = read_answers(document)

    assessment = assess(rules, answers)

    reading = rules.reading(rules.facts(read_answers(without_unsure(answers.document()))))
    so = {rule.id for rule in rules.rules for about in reading.concerns_of(rule) if reading.rule(rule, about)}
    said = rules.voice(answers.respondent, assessment.jurisdiction).said
    facts = {said(rules.by_id[name].text.because) for name in so}
    waiting = (r.text for r in rules.rules if r.text.if_not_known not in (None, r.text.because) and r.id not in so)
    doubted = {said(text.because) for text in waiting} - facts  # a sentence that is a condition itself is none of them
    assert {reason.because for reason in reasons(assessment)} & doubted == set()
    for reason in reasons(assessment):
        if reason.in_doubt:
            assert reason.because == said(rules.by_id[reason.rule].text.if_not_known or "")
    written = " ".join(text_of(summarise(assessment), width=10**6).split())
    assert [sentence for sentence in sorted(doubted) if sentence in written] == []


def test_every_sentence_in_doubt_is_a_condition_in_its_own_grammar() -> None:
    for language, begins in (("en", "If "), ("es", "Si ")):
        rules = shipped().in_language(language).every_rule

        told = told_in_doubt(rules)

        assert {rule.id for rule in rules if rule.text.if_not_known is not None} == told
        assert [r.id for r in rules if r.id in told and not (r.text.if_not_known or "").startswith(begins)] == []


def holding(rules: RuleBase) -> dict[str, str]:
    """Each question about health whose "yes" alone holds a treatment of somebody who names no place."""
    read = {test.field for rule in rules.rules for test in conditions.tests_of(rule.when) if test.field.group == "history"}
    found = {field.name: assess_plainly(rules, {"concerns": [], "history": {field.name: "yes"}}) for field in sorted(read)}
    return {name: one.outcome for name, one in found.items() if any(hold.effect != "caution" for hold in one.holds)}


def test_unsure_about_what_can_hold_a_treatment_is_never_nothing_found_and_stays_open() -> None:
    rules = shipped()
    asked = holding(rules)
    nobody: dict[str, Any] = {"respondent": "nurse", "concerns": []}  # some of it only a nurse is asked

    assert len(asked) > 35
    left_open = {question.path for question in assess(rules, nobody).open_questions}
    for name in asked:
        unsure = assess(rules, {**nobody, "history": {name: "unsure"}})
        path = f"history.{name}"

        assert unsure.outcome == "review", name
        assert {hold.effect for hold in unsure.holds} == {"review"}
        assert path in {question.path for question in unsure.open_questions}, name
        assert path in left_open, name
        assert unsure == assess_plainly(rules, {**nobody, "history": {name: "unsure"}})


def test_an_open_question_without_a_place_names_the_treatments_that_it_could_hold(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("both", "{history: {pregnant: yes}}", hold("defer", *TREATMENTS))
        + rule("one", "{history: {hiv: yes}}", hold("review"))
        + rule("caution", "{history: {diabetes: yes}}", hold("caution"))
    )

    found = assess(rules, {"concerns": []})

    assert [(question.path, question.could_change) for question in found.open_questions] == [
        ("history.hiv", ("dermal_filler",)),
        ("history.pregnant", tuple(sorted(TREATMENTS))),
    ]


@pytest.mark.parametrize("answer", ["unsure", "no"])
def test_a_place_ruled_out_beside_an_unsure_answer_is_for_a_prescriber(rules_of: RulesOf, answer: str) -> None:
    rules = rules_of(
        rule("fills", "{concern: {kind: fuller}}", offer())
        + rule("not-here", "{concern: {area: lips}}", hold("hard_stop"))
        + rule("weighed", "{history: {hiv: yes}}", hold("review"))
    )

    found = assess(rules, {"concerns": [LIPS], "history": {"hiv": answer}})

    assert found.outcome == ("review" if answer == "unsure" else "nothing_found")


def test_what_is_so_of_one_thing_and_in_doubt_of_another_is_told_as_it_is(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("fills", "{concern: {kind: [hollow, bags]}}", offer())
        + rule("puffy", "{concern: {area: under_eye, puffiness_too: yes}}", hold("hard_stop"))
    )
    puffy, perhaps = {"area": "under_eye", "kind": "hollow"}, {"area": "under_eye", "kind": "bags"}
    puffy, perhaps = {**puffy, "puffiness_too": "yes"}, {**perhaps, "puffiness_too": "unsure"}

    (doubt,), (both,) = (assess(rules, {"concerns": seen}).options[0].defeats for seen in ([perhaps], [perhaps, puffy]))

    assert (doubt.because, doubt.in_doubt, doubt.effect) == ("If so, the reason of puffy.", True, "review")
    assert (both.because, both.in_doubt, both.effect) == ("The reason of puffy.", False, "hard_stop")


def test_a_sign_that_rests_on_something_not_asked_is_told_as_a_condition(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule(
            "pain",
            "{symptoms: {severe_pain: yes}, after_treatment: {treatment: [dermal_filler, unanswered]}}",
            alert("emergency"),
        )
    )
    told = {"concerns": [], "after_treatment": {"symptoms": {"severe_pain": "yes"}}}
    known = {"concerns": [], "after_treatment": {"treatment": "dermal_filler", "symptoms": {"severe_pain": "yes"}}}

    (not_asked,), (so,) = (assess(rules, document).alerts for document in (told, known))

    assert (not_asked.urgency, not_asked.reasons[0].because) == ("emergency", "If so, the reason of pain.")
    assert (so.urgency, so.reasons[0].because) == ("emergency", "The reason of pain.")


@pytest.mark.parametrize(
    ("concern", "treatment", "depends_on"),
    [
        (
            {"area": "marionette", "kind": "lines", "at_rest": "yes", "vanishes_when_lifted": "unsure"},
            "dermal_filler",
            {"vanishes_when_lifted"},
        ),
        (
            {"area": "nasolabial_fold", "kind": "lines", "at_rest": "yes", "vanishes_when_lifted": "unsure"},
            "dermal_filler",
            {"vanishes_when_lifted"},
        ),
        ({"area": "upper_lip", "kind": "lines", "on_movement": "yes", "at_rest": "unsure"}, "dermal_filler", {"at_rest"}),
        ({"area": "glabella", "kind": "lines", "on_movement": "unsure", "at_rest": "no"}, "botulinum_toxin", {"on_movement"}),
        ({"area": "crows_feet", "kind": "lines", "on_movement": "no", "at_rest": "unsure"}, "botulinum_toxin", {"at_rest"}),
        # neither how it looks moving nor how it looks still could be said: what is usual at the place stands
        ({"area": "glabella", "kind": "lines", "on_movement": "unsure", "at_rest": "unsure"}, "botulinum_toxin", set()),
        # and a detail that is known settles it
        ({"area": "glabella", "kind": "lines", "on_movement": "unsure", "at_rest": "yes"}, "botulinum_toxin", set()),
    ],
)
def test_an_option_depends_on_a_detail_in_doubt_that_would_rule_it_out(
    rules: RuleBase, concern: dict[str, str], treatment: str, depends_on: set[str]
) -> None:
    assessment = assess(rules, {"person": {"age": 44}, "concerns": [concern]})

    option = next(option for option in assessment.options if option.treatment == treatment)
    assert option.status == ("open" if depends_on else "suggested")
    assert option.deciding == tuple(f"concerns[0].{name}" for name in depends_on)
