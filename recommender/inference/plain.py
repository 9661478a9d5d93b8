"""The plain reading of a rule base as what fires: the second engine, which needs no network and checks the first."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.inference.network import PERSON, Fired, Matched, doubtable
from recommender.knowledge.conditions import (
    All,
    AnswerTest,
    AnyOf,
    ConcernTest,
    Condition,
    FindingTest,
    OtherConcern,
    Truth,
    View,
    leaves,
)
from recommender.knowledge.evaluation import Evaluation
from recommender.knowledge.fields import Facts
from recommender.knowledge.rulebase import RuleBase


def fired_plainly(rules: RuleBase, facts: Facts) -> tuple[Fired, ...]:
    """What fires for one person by plain evaluation: the same rules, concerns and matches as experta's."""
    found = [*_pass(rules, rules.evaluation(facts), in_doubt=False)]
    found += _pass(rules, rules.evaluation(facts, in_doubt=True), in_doubt=True)
    return tuple(sorted(found, key=lambda f: (f.rule, PERSON if f.concern is None else f.concern, f.in_doubt)))


def _pass(rules: RuleBase, evaluation: Evaluation, *, in_doubt: bool) -> Iterator[Fired]:
    for rule in doubtable(rules.rules) if in_doubt else rules.rules:
        for concern in evaluation.concerns_of(rule):
            if evaluation.truth(rule, concern) is Truth.YES:
                matched = _Matches(evaluation.view(concern), rules).of(rule.when)
                yield Fired(rule.id, concern, in_doubt, frozenset(matched))


class _Matches:
    """The leaves of a true condition that made it true: those of every branch that holds, numbered in reading order."""

    def __init__(self, view: View, rules: RuleBase) -> None:
        self._view = view
        self._rules = rules
        self._number = -1

    def of(self, condition: Condition) -> list[Matched]:
        match condition:
            case All(parts):
                return [matched for part in parts for matched in self.of(part)]
            case AnyOf(parts):
                return [matched for part in parts for matched in self._branch(part)]
            case _:
                self._number += 1
                return [(self._number, what) for what in self._what(condition)]

    def _branch(self, part: Condition) -> list[Matched]:
        if self._view.truth(part) is Truth.YES:
            return self.of(part)
        self._number += sum(1 for _ in leaves(part))
        return []

    def _what(self, leaf: Condition) -> Iterator[tuple[str, int] | int]:
        concern = PERSON if self._view.concern is None else self._view.concern
        match leaf:
            case ConcernTest():
                yield concern
            case AnswerTest():
                yield PERSON
            case OtherConcern(negated=False):
                yield from self._view.matching(leaf)
            case FindingTest(names):
                for name in names:
                    if self._view.finding(name, self._view.concern) is Truth.YES:
                        yield name, PERSON if self._rules.finders[name][0].scope == "person" else concern
            case _:
                pass
