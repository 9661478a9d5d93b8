"""Whole patients, as a nurse would tell them, each with all that is concluded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from recommender import RuleBase, assess
from recommender.documents.assessment import Assessment, Referral
from recommender.documents.vocabulary import AREAS, KINDS, OUTCOMES
from recommender.knowledge.yaml_files import read_yaml

FOLDER = Path(__file__).with_name("scenarios")
#: what a scenario may expect; what it leaves out of the first line is expected to be empty
WHOLE = {"options": {}, "holds": [], "referrals": [], "alerts": {}}
KNOWN = {"outcome", *WHOLE, "notes", "open", "closed"}


def scenarios() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        file = read_yaml(path, path.name)
        assert not file.problems, [problem.text for problem in file.problems]
        yield from file.data


SCENARIOS = tuple(scenarios())


def referral(made: Referral) -> str:
    return " ".join(filter(None, (f"{made.to}/{made.stance}", made.area)))


def concluded(assessment: Assessment, asked_for: set[str]) -> dict[str, Any]:
    """An assessment in the words of a scenario; ``open`` and ``closed`` are compared apart."""
    alerts: dict[str, list[str]] = {}
    for alert in assessment.alerts:
        alerts.setdefault(alert.urgency, []).extend(reason.rule for reason in alert.reasons)
    whole = {
        "outcome": assessment.outcome,
        "options": {f"{o.area}/{o.treatment}": f"{o.status} ({o.role})" for o in assessment.options},
        "holds": sorted(hold.rule for hold in assessment.holds),
        "referrals": sorted(referral(made) for made in assessment.referrals),
        "alerts": {urgency: sorted(rules) for urgency, rules in alerts.items()},
        "notes": sorted(note.rule for note in assessment.notes),
    }
    return {name: value for name, value in whole.items() if name in {"outcome", *WHOLE} | asked_for}


def expected(expect: dict[str, Any]) -> dict[str, Any]:
    whole = {**WHOLE, **{name: value for name, value in expect.items() if name not in ("open", "closed")}}
    in_order = {name: sorted(value) if isinstance(value, list) else value for name, value in whole.items()}
    return {**in_order, "alerts": {urgency: sorted(rules) for urgency, rules in whole["alerts"].items()}}


@pytest.mark.parametrize("scenario", [pytest.param(s, id=s["say"].strip()) for s in SCENARIOS])
def test_this_person_gets_exactly_this(rules: RuleBase, scenario: dict[str, Any]) -> None:
    expect = scenario["expect"]

    assessment = assess(rules, scenario["answers"])

    still_open = {question.path for question in assessment.open_questions}
    assert concluded(assessment, set(expect)) == expected(expect)
    assert set(expect.get("open", ())) <= still_open
    assert not set(expect.get("closed", ())) & still_open


def test_there_are_at_least_ninety_people() -> None:
    assert len(SCENARIOS) >= 90


def test_every_person_is_told_of_once() -> None:
    told = [scenario["say"].strip() for scenario in SCENARIOS]

    assert sorted(told) == sorted(set(told))


def test_a_scenario_says_no_word_that_nothing_compares() -> None:
    assert {word for s in SCENARIOS for word in set(s) - {"say", "answers", "expect"} | set(s["expect"]) - KNOWN} == set()


def test_every_outcome_happens_to_somebody() -> None:
    assert {scenario["expect"]["outcome"] for scenario in SCENARIOS} == set(OUTCOMES)


@pytest.mark.parametrize(("word", "every"), [("area", AREAS), ("kind", KINDS)])
def test_every_place_and_every_thing_seen_occurs(word: str, every: tuple[str, ...]) -> None:
    asked_about = {concern[word] for scenario in SCENARIOS for concern in scenario["answers"].get("concerns", ())}

    assert asked_about == set(every)
