"""Whole patients, as a nurse would tell them, each with all that is concluded."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender import RuleBase, assess
from recommender.authoring.scenarios import Scenario, differences, differences_concluded, read_scenarios
from recommender.documents.vocabulary import AREAS, KINDS, OUTCOMES
from recommender.inference import conclude

SCENARIOS = read_scenarios(Path(__file__).with_name("scenarios"))
#: the end of those in every_pair.yaml: a thing at a time at each place, in which little shows that shows nowhere else
ALIKE = ("place alike.", "places alike.")
CASES = [pytest.param(one, id=one.say, marks=pytest.mark.slow if one.say.endswith(ALIKE) else ()) for one in SCENARIOS]


@pytest.mark.parametrize("scenario", CASES)
def test_this_person_gets_exactly_this(rules: RuleBase, scenario: Scenario) -> None:
    expected = scenario.expect
    if expected.open or expected.closed:
        assert differences(expected, assess(rules, scenario.answers)) == {}
    else:  # what is still open costs most of an assessment, and is expected here in nothing
        assert differences_concluded(expected, conclude(rules, scenario.answers)) == {}


def test_there_are_at_least_two_hundred_people() -> None:
    assert len(SCENARIOS) >= 200


def test_every_person_is_told_of_once() -> None:
    told = [scenario.say for scenario in SCENARIOS]

    assert sorted(told) == sorted(set(told))


def test_every_outcome_happens_to_somebody() -> None:
    assert {scenario.expect.outcome for scenario in SCENARIOS} == set(OUTCOMES)


def test_every_place_and_every_thing_seen_occurs() -> None:
    seen = [concern for scenario in SCENARIOS for concern in scenario.answers.concerns]

    assert {concern.area for concern in seen} == set(AREAS)
    assert {concern.kind for concern in seen} == set(KINDS)


def test_a_scenario_that_expects_something_else_is_told_what_differs(rules: RuleBase) -> None:
    scenario = next(s for s in SCENARIOS if s.expect.outcome == "discuss" and s.expect.open)
    wrong = scenario.expect.model_copy(update={"outcome": "emergency", "closed": scenario.expect.open})

    found = differences(wrong, assess(rules, scenario.answers))

    assert found["outcome"] == ("emergency", "discuss")
    assert set(found) == {"outcome", "closed"}
