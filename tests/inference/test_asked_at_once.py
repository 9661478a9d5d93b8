"""Several threads ask the same possibilities: each does so alone, from its first gate to the last answer of the solver."""

from __future__ import annotations

from typing import Any

import pytest

from recommender import RuleBase
from recommender.documents.answers import read_answers
from recommender.inference.choices import Known
from recommender.inference.possibilities import Possibilities
from recommender.logic.circuit import Circuit

ANSWERS = {
    "person": {"age": 42},
    "concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "unsure"}],
    "history": {"event_within_two_weeks": "yes"},
}
CHANGES = ("fresh", "all_of", "any_of", "differ", "require", "possible", "holds")


@pytest.mark.slow
def test_whoever_asks_has_the_circuit_alone(rules: RuleBase, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = rules.facts(read_answers(ANSWERS))
    possible = Possibilities(rules, Known.of(facts))
    answered = possible.answered(facts)
    path = "history.event_within_two_weeks"
    alone: set[tuple[str, bool]] = set()

    def watched(name: str) -> Any:
        plainly = getattr(Circuit, name)

        def called(self: Circuit, *given: Any) -> Any:
            alone.add((name, possible._asking.locked()))
            return plainly(self, *given)

        return called

    for name in CHANGES:
        monkeypatch.setattr(Circuit, name, watched(name))

    assert possible.could_change([*possible.items], answered)
    assert possible.matters("history.pregnant", answered)
    assert possible.standings_if(facts, {path: "no"})
    assert any(possible.least_changes(facts, {path: ("no",)}, target, most=4) for target in possible.targets)
    assert {name for name, _ in alone} >= {"all_of", "any_of", "possible", "holds"}
    assert {name for name, is_alone in alone if not is_alone} == set()
