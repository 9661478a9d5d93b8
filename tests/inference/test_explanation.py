"""Why not, how far a hold reaches, and what would change it: true of the rules, and no advice to change what one must not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from answered_in_every_way import standings
from hypothesis import given
from strategies import answers_documents, few_answers, rule_base_of, rules_at_random, shipped

from recommender import RuleBase, assess
from recommender.documents import Explanation
from recommender.documents.answer_path import with_answer
from recommender.inference import assess_plainly, explain

LINES = {"area": "glabella", "kind": "lines"}
PASSING = {
    "history.toxin_within_three_months",
    "history.recent_or_planned_dental_work",
    "history.recent_or_planned_vaccination",
    "history.recent_or_planned_skin_procedure",
    "history.event_within_two_weeks",
}


def _suggests_nothing_but_time_and_looking_again(found: Explanation) -> None:
    looked_at = [answer.path for change in found.by_grading for answer in change.answers]
    looked_at += [unmet.path for why in found.why_not for near in why.nearest for unmet in near.unmet if unmet.path]

    assert {answer.path for change in found.with_time for answer in change.answers} <= PASSING
    assert all(path.startswith("concerns[") for path in looked_at)
    assert {key for key in found.words if key.startswith("question.") and "." in key.removeprefix("question.")} <= {
        f"question.{path}" for path in PASSING
    }
    assert found.sensitivity == ()


@given(answers=answers_documents())
def test_no_patient_is_told_to_change_what_is_no_matter_of_time_or_of_looking_again(answers: dict[str, Any]) -> None:
    found = explain(shipped(), assess(shipped(), answers | {"respondent": "patient"}))

    _suggests_nothing_but_time_and_looking_again(found)


@pytest.mark.slow
@given(texts=rules_at_random(), answers=few_answers())
def test_no_patient_is_told_so_whatever_the_rules(texts: list[dict[str, Any]], answers: dict[str, Any]) -> None:
    rules = rule_base_of(texts)

    found = explain(rules, assess(rules, answers | {"respondent": "patient"}))

    _suggests_nothing_but_time_and_looking_again(found)


@pytest.mark.slow
@given(answers=answers_documents())
def test_every_change_changes_what_it_says_and_no_answer_of_it_can_be_left_out(answers: dict[str, Any]) -> None:
    before = assess(shipped(), answers)
    document = before.answers.document()

    found = explain(shipped(), before)

    for change in (*found.with_time, *found.by_grading[:4], *found.sensitivity[:6]):
        then = _with(document, [(evidence.path, evidence.value) for evidence in change.answers])
        now = standings(before).get(change.target, "")
        assert ("raised" if now is True else now) == change.now
        assert ("raised" if then.get(change.target) is True else then.get(change.target, "")) == change.then
        for left_out in change.answers:
            fewer = [(e.path, e.value) for e in change.answers if e != left_out]
            assert _with(document, fewer).get(change.target) == standings(before).get(change.target)


def _with(document: dict[str, Any], answers: list[tuple[str, Any]]) -> dict[str, Any]:
    for path, value in answers:
        document = with_answer(document, path, value)
    return standings(assess(shipped(), document))


@given(answers=answers_documents())
def test_what_stops_an_option_is_what_stands_against_it(answers: dict[str, Any]) -> None:
    assessment = assess(shipped(), answers)

    found = {(why.area, why.treatment): {stop.rule for stop in why.against} for why in explain(shipped(), assessment).why_not}

    for option in assessment.options:
        if option.status == "withdrawn":
            stops = {hold.rule for hold in option.defeats if hold.effect == "hard_stop"}
            assert found[option.area, option.treatment] == stops


@given(answers=answers_documents())
def test_without_the_hold_that_alone_decides_an_option_stands_otherwise(answers: dict[str, Any]) -> None:
    assessment = assess(shipped(), answers)

    deciding: dict[str, list[str]] = {}
    for reach in explain(shipped(), assessment).reaches:
        for target in reach.decides:
            deciding.setdefault(target, []).append(reach.rule)

    for target, (first, *others) in deciding.items():
        if not others:
            fewer = replace(shipped(), rules=tuple(rule for rule in shipped().rules if rule.id != first))
            now, then = (
                {f"{option.area}/{option.treatment}": (option.status, option.defeats) for option in one.options}
                for one in (assessment, assess_plainly(fewer, answers))
            )
            assert then.get(target, ("", ()))[0] != now[target][0] or now[target][0] == "open"


@pytest.mark.parametrize(
    ("answers", "treatment", "nearest"),
    [
        ({"concerns": [LINES | {"on_movement": "no", "at_rest": "no"}]}, "dermal_filler", "failed"),
        ({"concerns": [LINES]}, "dermal_filler", "not_known"),
    ],
)
def test_why_not_names_the_condition_that_failed_or_is_not_known(answers: dict[str, Any], treatment: str, nearest: str) -> None:
    found = explain(shipped(), assess(shipped(), answers))

    (why_not,) = [one for one in found.why_not if one.treatment == treatment]
    assert nearest in {unmet.stands for near in why_not.nearest for unmet in near.unmet}


def test_a_hold_says_what_it_decides_and_when_it_lifts() -> None:
    answers = {"concerns": [LINES | {"on_movement": "yes"}], "history": {"event_within_two_weeks": "yes"}}

    found = explain(shipped(), assess(shipped(), answers))

    (event,) = [reach for reach in found.reaches if reach.rule == "timing.event"]
    assert (event.decides, event.lifts) == (("glabella/botulinum_toxin",), "waiting")
    assert [change.then for change in found.with_time] == ["suggested"]


STANDS_OUT = "How much does it stand out when your face is still?"
MODERATE = "Moderate – I see it from an arm's length away"
ABOUT_YOU = "Something about you and your health, which is as it is"


@pytest.mark.parametrize(
    ("needs", "seen", "patient", "nurse"),
    [
        (
            {"concern": {"at_rest": "yes"}},
            {"at_rest": "no"},
            "Is it there when your face is quite still? “Yes”",
            "At rest (static): yes",
        ),
        (
            {"not": {"concern": {"at_rest": "yes"}}},
            {"at_rest": "yes"},
            "Is it there when your face is quite still? “No”",
            "At rest (static): not yes",
        ),
        (
            {"concern": {"severity": {"at_least": "moderate"}}},
            {"severity": "mild"},
            f"{STANDS_OUT} “{MODERATE}” or more",
            "Severity at rest: moderate or more",
        ),
        (
            {"concern": {"severity": {"below": "moderate"}}},
            {"severity": "severe"},
            f"{STANDS_OUT} less than “{MODERATE}”",
            "Severity at rest: less than moderate",
        ),
        (
            {"not": {"concern": {"severity": {"at_least": "moderate"}}}},
            {"severity": "severe"},
            f"{STANDS_OUT} “None – I cannot see it” or “Mild – I see it only from close up”",
            "Severity at rest: not moderate or more",
        ),
        (
            {"any": [{"concern": {"at_rest": "yes", "on_movement": "yes"}}, {"concern": {"heavy_lids": "yes"}}]},
            {"at_rest": "no", "on_movement": "no", "heavy_lids": "no"},
            "Do your upper eyelids feel heavy, or do your eyebrows sit low? “Yes”",
            "Lid heaviness, brow ptosis, frontalis compensation: yes",
        ),
        (
            {"finding": "still"},
            {"at_rest": "no"},
            "Is it there when your face is quite still? “Yes”",
            "At rest (static): yes",
        ),
        (
            {"same_area": {"kind": ["lines", "sagging"]}},
            {},
            "something else at this place: what is noticed: “Lines, wrinkles or creases” or “Loose, heavy or drooping skin”",
            "something else at this place: what is seen: Rhytids or Laxity, ptosis",
        ),
        (
            {"not": {"anywhere": {"area": "lips"}}},
            {},
            "nowhere on the face: place: “Lips”",
            "nowhere on the face: place: Lips (vermilion)",
        ),
        ({"person": {"age": {"at_least": 30, "below": 60}}}, {}, ABOUT_YOU, "Age (years): 30 or more and less than 60"),
        ({"not": {"person": {"age": {"at_least": 30}}}}, {}, ABOUT_YOU, "Age (years): not 30 or more"),
        ({"history": {"pregnant": ["yes", "unsure"]}}, {}, ABOUT_YOU, "Pregnancy: yes or I don't know"),
        ({"not": {"history": {"pregnant": "yes"}}}, {}, ABOUT_YOU, "Pregnancy: not yes"),
    ],
)
def test_every_kind_of_condition_is_said_to_both_readers(
    needs: dict[str, Any], seen: dict[str, str], patient: str, nurse: str
) -> None:
    rules = _offering_where(needs)
    lips = {"area": "lips", "kind": "fuller", **seen}

    told = {
        reader: explain(rules, assess(rules, {"respondent": reader, "concerns": [lips]})) for reader in ("patient", "nurse")
    }

    assert {reader: _unmet(found) for reader, found in told.items()} == {"patient": [patient], "nurse": [nurse]}


def _offering_where(needs: dict[str, Any]) -> RuleBase:
    told = {"because": "A reason.", "sources": ["seed"]}
    when = {"all": [{"concern": {"area": "lips", "kind": "fuller"}}, needs]}
    offer = {"treatment": "dermal_filler", "role": "first_line"}
    return rule_base_of(
        [
            {"id": "test.offer", "title": "It", "when": when, **told, "offer": offer},
            {"id": "test.still", "title": "Still", "when": {"concern": {"at_rest": "yes"}}, **told, "find": "still"},
        ]
    )


def _unmet(found: Explanation) -> list[str]:
    return [unmet.said for why in found.why_not for near in why.nearest for unmet in near.unmet]
