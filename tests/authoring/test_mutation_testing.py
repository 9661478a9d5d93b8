"""What examples and scenarios notice of a mutant, and that no short cut changes what they notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import few_answers, rule_base_of, rules_at_random, sampled

from recommender import Answers, RecommenderError, RuleBase
from recommender.authoring.mutants import Mutant, mutants
from recommender.authoring.mutation_testing import MutationTester
from recommender.authoring.scenarios import Expectation, Scenario, differences, differences_concluded, read_scenarios
from recommender.documents import read_answers
from recommender.documents.vocabulary import AREAS, TREATMENTS
from recommender.inference import assess_plainly
from recommender.knowledge.checks import example_truth

LIPS = [{"area": "lips", "kind": "fuller"}]
EVERY_OPTION = {f"{area}/{treatment}": () for area in AREAS for treatment in TREATMENTS}


def _as_it_is(rules: RuleBase, answers: Answers, number: int) -> Scenario:
    """Somebody of whom everything that is concluded is expected."""
    assessment = assess_plainly(rules, answers)
    nothing = Expectation(outcome="nothing_found", notes=(), defeats=EVERY_OPTION)
    found = {name: both[1] for name, both in differences(nothing, assessment).items()}
    asked = tuple(question.path for question in assessment.open_questions)
    closed = tuple({"history.hiv", "symptoms.fever", "person.age"} - set(asked))
    expect = Expectation.model_validate({**nothing.model_dump(), **found, "open": asked, "closed": closed})
    return Scenario(say=f"somebody, number {number}", answers=answers, expect=expect)


def _plain_verdict(rules: RuleBase, scenarios: Sequence[Scenario], mutant: Mutant) -> str | None:
    """Who notices, by checking every example and assessing everybody with the mutant in the place of its rule."""
    changed = [mutant.changed if rule.id == mutant.rule.id else rule for rule in rules.rules]
    other = replace(rules, rules=tuple(rule for rule in changed if rule is not None))
    if any(example_truth(rule, e, other.finders) != e.expect for rule in other.rules for e in rule.text.examples):
        return "example"
    noticed = any(differences_concluded(scenario.expect, assess_plainly(other, scenario.answers)) for scenario in scenarios)
    return "scenario" if noticed else None


def _different(rules: RuleBase, scenarios: Sequence[Scenario], tried: Sequence[Mutant]) -> Iterator[tuple[str, str, Any, Any]]:
    tester = MutationTester(rules, scenarios)
    for mutant in tried:
        fast, plain = tester.try_one(mutant).noticed_by, _plain_verdict(rules, scenarios, mutant)
        if fast != plain:
            yield mutant.rule.id, mutant.what, fast, plain


@pytest.mark.slow
@settings(max_examples=sampled(30))
@given(texts=rules_at_random(), documents=st.lists(few_answers(), min_size=1, max_size=3))
def test_the_verdict_is_that_of_assessing_everybody_anew_for_rules_made_at_random(
    texts: list[dict[str, Any]], documents: list[dict[str, Any]]
) -> None:
    rules = rule_base_of(texts)
    scenarios = [_as_it_is(rules, read_answers(document), number) for number, document in enumerate(documents)]

    assert list(_different(rules, scenarios, [mutant for rule in rules.rules for mutant in mutants(rule)])) == []


def test_an_alert_that_loses_one_of_two_findings_is_noticed_by_its_reasons() -> None:
    fever, pain = ({"symptoms": {name: "yes"}} for name in ("fever", "severe_pain"))
    told = {"title": "A rule", "because": "It is one.", "sources": ["seed"]}
    rules = rule_base_of(
        [
            {"id": "small.fever", "when": fever, "find": "hot", **told},
            {"id": "small.pain", "when": pain, "find": "sore", **told},
            {
                "id": "small.alert",
                "when": {"any": [{"finding": "hot"}, {"finding": "sore"}]},
                "alert": {"urgency": "same_day"},
                **told,
            },
        ]
    )
    both = _as_it_is(rules, read_answers({"after_treatment": {"symptoms": {"fever": "yes", "severe_pain": "yes"}}}), 1)

    tried = {m.what: MutationTester(rules, [both]).try_one(m).noticed_by for m in mutants(rules.by_id["small.alert"])}

    assert tried["part 1 left out"] == "scenario"
    assert tried["any becomes the other"] is None


@pytest.mark.slow
@pytest.mark.sampled
def test_the_verdict_is_that_of_assessing_everybody_anew_for_the_shipped_rules(rules: RuleBase) -> None:
    every = 120 if sampled(5) == 5 else 200
    scenarios = read_scenarios(Path(__file__).parents[1] / "scenarios")[::every]
    tried = [mutant for rule in rules.rules for mutant in mutants(rule)][::every]

    assert list(_different(rules, scenarios, tried)) == []


def test_an_example_notices_a_changed_threshold(rules: RuleBase) -> None:
    tester = MutationTester(rules, ())

    tried = {mutant.what: tester.try_one(mutant).noticed_by for mutant in mutants(rules.by_id["age.toxin-65"])}

    assert tried["age at least 64"] == "example"
    assert tried["age at least 66"] == "example"
    assert tried["the rule is taken away"] is None


def test_a_scenario_notices_a_changed_effect(rules: RuleBase) -> None:
    scenario = Scenario.model_validate(
        {
            "say": "frown lines at 66",
            "answers": {"person": {"age": 66}, "concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}]},
            "expect": {
                "outcome": "review",
                "options": {"glabella/botulinum_toxin": "review (first_line)"},
                "holds": ["age.toxin-65", "age.filler-65"],
            },
        }
    )

    tried = [MutationTester(rules, [scenario]).try_one(mutant) for mutant in mutants(rules.by_id["age.toxin-65"])]

    assert {one.mutant.what: one.noticed_by for one in tried}["effect defer"] == "scenario"
    here = [one for one in tried if not one.mutant.what.startswith("not in ")]  # the scenario is of one country
    assert all(one.noticed_by for one in here)


def test_taking_a_finding_away_is_noticed_by_the_examples_of_the_rules_that_build_on_it(rules: RuleBase) -> None:
    taken_away = next(mutants(rules.by_id["still.lines-at-rest"]))

    assert (taken_away.changed, MutationTester(rules, ()).try_one(taken_away).noticed_by) == (None, "example")


def test_a_rule_of_one_country_that_becomes_one_of_all_is_noticed_elsewhere(rules: RuleBase) -> None:
    everywhere = next(mutant for mutant in mutants(rules.by_id["age.ca-lips-under-21"]) if mutant.what == "everywhere")
    at_home, abroad = (
        _as_it_is(rules, read_answers({"jurisdiction": place, "person": {"age": 20}, "concerns": LIPS}), number)
        for number, place in enumerate(("ca", "uk"))
    )

    assert MutationTester(rules, [at_home]).try_one(everywhere).noticed_by is None
    assert MutationTester(rules, [at_home, abroad]).try_one(everywhere).noticed_by == "scenario"


def test_a_scenario_that_does_not_hold_is_refused_as_a_judge(rules: RuleBase) -> None:
    wrong = Scenario.model_validate({"say": "nobody", "answers": {}, "expect": {"outcome": "emergency"}})

    with pytest.raises(RecommenderError, match="does not hold for the rules as they are"):
        MutationTester(rules, [wrong])
