"""Why not, how far a hold reaches, and what would change it: true of the rules, and no advice to change what one must not."""

from __future__ import annotations

from typing import Any

import pytest
from answered_in_every_way import standings
from hypothesis import given
from strategies import answers_documents, shipped

from recommender import assess
from recommender.inference import explain
from recommender.interview import with_answer

LINES = {"area": "glabella", "kind": "lines"}
PASSING = {
    "history.toxin_within_three_months",
    "history.recent_or_planned_dental_work",
    "history.recent_or_planned_vaccination",
    "history.recent_or_planned_skin_procedure",
    "history.event_within_two_weeks",
}


@given(answers=answers_documents())
def test_no_patient_is_told_to_change_what_is_no_matter_of_time_or_of_looking_again(answers: dict[str, Any]) -> None:
    found = explain(shipped(), assess(shipped(), answers | {"respondent": "patient"}))

    assert {evidence.path for change in found.with_time for evidence in change.answers} <= PASSING
    assert all(evidence.path.startswith("concerns[") for change in found.by_grading for evidence in change.answers)
    assert found.sensitivity == ()


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
