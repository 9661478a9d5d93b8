"""How good are the examples and scenarios? Every mutant is shown to them; what nobody notices is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from recommender.authoring.mutants import Mutant, mutants
from recommender.authoring.scenarios import Scenario, differences_concluded
from recommender.documents.problems import Problem, RecommenderError
from recommender.inference.conclusions import Conclusions
from recommender.inference.plain import fired_in, in_one_order
from recommender.knowledge.checks import example_truth
from recommender.knowledge.conditions import Truth, findings_of
from recommender.knowledge.doubt import doubtable
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule


@dataclass(frozen=True)
class Trial:
    """A mutant and who noticed it: "example", "scenario", or None."""

    mutant: Mutant
    noticed_by: str | None


class Jury:
    """The examples of the rules and a set of scenarios, asked whether they notice a mutant.

    The verdict is that of checking all examples and what all scenarios conclude with the mutant in the place of its rule; what
    the mutant cannot touch is not worked out again. Raises RecommenderError if a scenario does not hold for the rules as
    they are: it would notice everything.
    """

    def __init__(self, rules: RuleBase, scenarios: Iterable[Scenario]) -> None:
        self._rules = rules
        heeded = doubtable(rules.rules)
        self._witnesses = [_Witness(rules, heeded, scenario) for scenario in scenarios]
        wrong = [witness.scenario for witness in self._witnesses if witness.objects]
        if wrong:
            raise RecommenderError(Problem(f"scenario '{s.say}'", "does not hold for the rules as they are") for s in wrong)

    def tries_all(self, *, every: int = 1) -> Iterator[Trial]:
        """Every mutant of every rule, or each ``every``-th of them, with who noticed it."""
        found = (mutant for rule in self._rules.rules for mutant in mutants(rule))
        yield from (self.tries(mutant) for index, mutant in enumerate(found) if index % every == 0)

    def tries(self, mutant: Mutant) -> Trial:
        """Who notices a mutant: the examples of its rule and of those that build on it, or else a scenario."""
        world = _World(self._rules, mutant)
        if world.contradicts_an_example:
            return Trial(mutant, "example")
        likely_first = sorted(self._witnesses, key=lambda witness: mutant.rule.id not in witness.heard)
        noticed = any(witness.could_notice(mutant) and witness.notices(world) for witness in likely_first)
        return Trial(mutant, "scenario" if noticed else None)


class _World:
    """The rules with a mutant in the place of its rule."""

    def __init__(self, rules: RuleBase, mutant: Mutant) -> None:
        changed = (mutant.changed if rule.id == mutant.rule.id else rule for rule in rules.rules)
        self.rules = replace(rules, rules=tuple(rule for rule in changed if rule is not None))
        self.touched_ids = frozenset(_with_all_that_build_on(mutant.rule, rules))
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
    if rule.text.find is not None:
        for other in rules.rules:
            if rule.text.find in findings_of(other.when):
                yield from _with_all_that_build_on(other, rules)


class _Witness:
    """A scenario with all that the rules as they are make of it, so that a mutant need not be shown all of it again."""

    def __init__(self, rules: RuleBase, heeded: Sequence[Rule], scenario: Scenario) -> None:
        facts = rules.facts(scenario.answers)
        self.scenario = scenario
        self._strict, self._in_doubt = rules.evaluation(facts), rules.evaluation(facts, reading="doubted")
        self._fired = in_one_order(fired_in(self._strict, rules.rules), fired_in(self._in_doubt, heeded))
        self.heard = frozenset(fired.rule for fired in self._fired)
        self.objects = bool(differences_concluded(scenario.expect, Conclusions(rules, self._fired, self._strict)))

    def could_notice(self, mutant: Mutant) -> bool:
        """Whether the mutant reads otherwise here than its rule, or may say otherwise what its rule says here."""
        before = self._reading(mutant.rule)
        if mutant.changed is None:
            return any(map(any, before))
        if before != self._reading(mutant.changed):
            return True
        says_otherwise = mutant.changed.text is not mutant.rule.text or bool(findings_of(mutant.rule.when))
        return says_otherwise and any(map(any, before))

    def _reading(self, rule: Rule) -> list[tuple[bool, bool, frozenset[str]]]:
        """For each concern: whether a rule fires, whether it fires in doubt, and what it waits for, where that may show."""
        if not rule.applies_in(self._strict.facts.jurisdiction):
            return []
        waiting_shows = rule.conclusion in ("offer", "find")
        found: list[tuple[bool, bool, frozenset[str]]] = []
        for concern in self._strict.concerns_of(rule):
            strict, in_doubt = self._strict.view(concern), self._in_doubt.view(concern)
            waits_for = strict.unknowns(rule.when) if waiting_shows else frozenset[str]()
            found.append((strict.truth(rule.when) is Truth.YES, in_doubt.truth(rule.when) is Truth.YES, waits_for))
        return found

    def notices(self, world: _World) -> bool:
        """Whether the scenario no longer holds where the mutant stands in the place of its rule."""
        changed, finders = world.touched_ids, world.rules.finders
        strict, in_doubt = (reading.with_changed(changed, finders) for reading in (self._strict, self._in_doubt))
        untouched = (fired for fired in self._fired if fired.rule not in changed)
        fired = in_one_order(untouched, fired_in(strict, world.touched), fired_in(in_doubt, world.touched_in_doubt))
        return bool(differences_concluded(self.scenario.expect, Conclusions(world.rules, fired, strict)))
