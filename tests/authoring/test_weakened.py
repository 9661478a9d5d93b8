"""What the properties alone notice of changes that weaken safety, and that one circuit notices what each change alone does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rule_texts import alert, hold, offer, rule
from strategies import sampled, shipped

from recommender import RuleBase
from recommender.authoring.weakened import noticed_by, weakened
from recommender.knowledge import shipped_rules
from recommender.knowledge.parsing import read_condition
from recommender.proofs.proof import prove
from recommender.proofs.properties import Property, PropertyText, read_properties

PROPERTIES = read_properties(shipped_rules(), shipped())
SMALL = (
    rule("lips", "{concern: {area: lips, kind: fuller}}", offer())
    + rule("young", "{person: {age: {below: 18}}}", hold("hard_stop"))
    + rule("sugar", "{any: [{history: {diabetes: yes}}, {history: {hiv: yes}}]}", hold("review"))
    + rule("hot", "{symptoms: {fever: yes}}", alert("same_day"))
)


def property_of(rules: RuleBase, when: object, **claims: object) -> Property:
    """A property as written."""
    given = {"id": "made.up", "title": "T", "when": when, "because": "B", "hazards": ["H01"], **claims}
    return Property.of(PropertyText.model_validate(given), read_condition(when, (), lambda *_: None), rules, where="here:1")


def test_what_weakens_is_a_hold_or_an_alert_taken_away_milder_or_narrower(rules_of: Callable[[str], RuleBase]) -> None:
    found = {(mutant.rule.id, mutant.what) for mutant in weakened(rules_of(SMALL))}

    assert found == {
        ("test.young", "the rule is taken away"),
        ("test.young", "age below 17"),
        ("test.young", "effect refer"),
        ("test.sugar", "the rule is taken away"),
        ("test.sugar", "any becomes the other"),
        ("test.sugar", "part 1 left out"),
        ("test.sugar", "part 2 left out"),
        ("test.sugar", "effect caution"),
        ("test.hot", "the rule is taken away"),
        ("test.hot", "urgency contact_injector"),
    }


def test_only_what_a_property_speaks_of_is_noticed(rules_of: Callable[[str], RuleBase]) -> None:
    rules = rules_of(SMALL)
    of_age = property_of(rules, {"person": {"age": {"below": 18}}}, never=[{"option": {"status": ["suggested", "referred"]}}])
    of_sugar = property_of(rules, {"history": {"diabetes": "yes"}}, never=[{"option": {"status": "suggested"}}])

    found = noticed_by(rules, [of_age, of_sugar])

    assert {(mutant.rule.id, mutant.what) for mutant in found.missed} == {
        ("test.sugar", "part 2 left out"),
        ("test.hot", "the rule is taken away"),
        ("test.hot", "urgency contact_injector"),
    }
    assert found.score == pytest.approx(70)
    assert noticed_by(rules, []).score == 0


@pytest.mark.slow
def test_the_shipped_properties_notice_nine_in_ten() -> None:
    assert noticed_by(shipped(), PROPERTIES).score >= 90


@pytest.mark.slow
@pytest.mark.sampled
def test_one_circuit_notices_what_each_change_alone_does() -> None:
    found = noticed_by(shipped(), PROPERTIES)

    for mutant in found.tried[:: 60 if sampled(5) == 5 else 120]:
        changed = shipped().with_changed({mutant.rule.id: mutant.changed}, {mutant.rule.id})
        broken = [verdict for verdict in prove(changed, PROPERTIES, places=2) if not verdict.proved]
        assert bool(broken) == (mutant not in found.missed), (mutant.rule.id, mutant.what)
        assert all(verdict.confirmed for verdict in broken)
