"""How good are the examples and scenarios? Every mutant is shown to them; what nobody notices is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from recommender.authoring.mutants import Mutant, mutants
from recommender.authoring.scenarios import Scenario, differences_concluded
from recommender.documents.problems import Problem, RecommenderError
from recommender.inference.assess import concluded
from recommender.inference.network import Fired
from recommender.inference.plain import fired_in, in_one_order
from recommender.inference.statements import could_be_undecided
from recommender.knowledge.checks import example_truth
from recommender.knowledge.conditions import findings_of
from recommender.knowledge.doubt import doubtable
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Find, Offer, Rule


@dataclass(frozen=True)
class TriedMutant:
    """A mutant and who noticed it: "example", "scenario", or None."""

    mutant: Mutant
    noticed_by: str | None


class MutationTester:
    """The examples of the rules and a set of scenarios, asked whether they notice a mutant.

    The answer is the same as from all examples and all scenarios with the mutant in the place of its rule; what the mutant
    cannot touch is not worked out again. Raises RecommenderError if a scenario does not hold for the rules as
    they are: it would notice everything.
    """

    def __init__(self, rules: RuleBase, scenarios: Iterable[Scenario]) -> None:
        self._rules = rules
        heeded = doubtable(rules.rules)
        self._readings = [_ScenarioReading(rules, heeded, scenario) for scenario in scenarios]
        wrong = [reading.scenario for reading in self._readings if reading.objects]
        if wrong:
            raise RecommenderError(Problem(f"scenario '{s.say}'", "does not hold for the rules as they are") for s in wrong)

    def try_all(self, *, every: int = 1) -> Iterator[TriedMutant]:
        """Every mutant of every rule, or each ``every``-th of them, with who noticed it."""
        found = (mutant for rule in self._rules.rules for mutant in mutants(rule))
        yield from (self.try_one(mutant) for index, mutant in enumerate(found) if index % every == 0)

    def try_one(self, mutant: Mutant) -> TriedMutant:
        """Who notices a mutant: the examples of its rule and of those that build on it, or else a scenario."""
        changed = _Changed(self._rules, mutant)
        if changed.contradicts_an_example:
            return TriedMutant(mutant, "example")
        likely_first = sorted(self._readings, key=lambda reading: mutant.rule.id not in reading.heard)
        noticed = any(reading.could_notice(mutant) and reading.notices(changed) for reading in likely_first)
        return TriedMutant(mutant, "scenario" if noticed else None)


class _Changed:
    """The rules with a mutant in the place of its rule."""

    def __init__(self, rules: RuleBase, mutant: Mutant) -> None:
        self.touched_ids = frozenset(_with_all_that_build_on(mutant.rule, rules))
        self.rules = rules.with_changed({mutant.rule.id: mutant.changed}, self.touched_ids)
        self.touched = [rule for rule in self.rules.rules if rule.id in self.touched_ids]

    @cached_property
    def touched_in_doubt(self) -> list[Rule]:
        """The touched rules that an "unsure" must not pass by."""
        return [rule for rule in doubtable(self.rules.rules) if rule.id in self.touched_ids]

    @property
    def contradicts_an_example(self) -> bool:
        """Whether a touched rule makes something else of one of its examples."""
        finders = self.rules.finders
        return any(example_truth(rule, e, finders) != e.expect for rule in self.touched for e in rule.text.examples)


def _with_all_that_build_on(rule: Rule, rules: RuleBase) -> Iterator[str]:
    yield rule.id
    if rule.finds is not None:
        for other in rules.rules:
            if rule.finds in findings_of(other.when):
                yield from _with_all_that_build_on(other, rules)


class _ScenarioReading:
    """A scenario with all that the rules as they are make of it, so that a mutant need not be shown all of it again."""

    def __init__(self, rules: RuleBase, heeded: Sequence[Rule], scenario: Scenario) -> None:
        self.scenario = scenario
        self._facts = rules.facts(scenario.answers)
        self._reading = rules.reading(self._facts)
        self._fired = in_one_order(fired_in(self._reading, rules.rules), fired_in(self._reading, heeded, in_doubt=True))
        self.heard = frozenset(fired.rule for fired in self._fired)
        self.objects = self._differs(rules, self._fired, self._reading)

    def _differs(self, rules: RuleBase, fired: Iterable[Fired], reading: Reading[bool]) -> bool:
        found = concluded(rules, self.scenario.answers, self._facts, fired, reading=reading)
        return bool(differences_concluded(self.scenario.expect, found))

    def could_notice(self, mutant: Mutant) -> bool:
        """Whether the mutant reads otherwise here than its rule, or may say otherwise what its rule says here."""
        before = self._read(mutant.rule)
        if mutant.changed is None:
            return any(map(any, before))
        if before != self._read(mutant.changed) or any(waits for _, _, waits in before):
            return True
        says_otherwise = mutant.changed.text is not mutant.rule.text or bool(findings_of(mutant.rule.when))
        return says_otherwise and any(map(any, before))

    def _read(self, rule: Rule) -> list[tuple[bool, bool, bool]]:
        """For each concern: whether a rule fires, whether it fires in doubt, and whether it waits where that may show."""
        if not rule.applies_in(self._facts.jurisdiction):
            return []
        waiting_shows = isinstance(rule.concludes, Offer | Find) or could_be_undecided(rule)
        return [
            (
                self._reading.condition(rule.when, concern),
                self._reading.condition(rule.when, concern, "doubted"),
                waiting_shows and self._reading.unknown(rule.when, concern),
            )
            for concern in self._reading.concerns_of(rule)
        ]

    def notices(self, changed: _Changed) -> bool:
        """Whether the scenario no longer holds where the mutant stands in the place of its rule."""
        reading = self._reading.with_changed(changed.touched_ids, changed.rules.finders)
        untouched = (fired for fired in self._fired if fired.rule not in changed.touched_ids)
        again = fired_in(reading, changed.touched), fired_in(reading, changed.touched_in_doubt, in_doubt=True)
        return self._differs(changed.rules, in_one_order(untouched, *again), reading)
