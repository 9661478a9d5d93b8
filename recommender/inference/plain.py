"""The plain reading of a rule base as what fires: the second engine, which needs no network and checks the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from recommender.inference.network import PERSON, Fired, Matched
from recommender.knowledge.conditions import (
    All,
    AnswerTest,
    AnyOf,
    ConcernTest,
    Condition,
    FindingTest,
    OtherConcern,
    Truth,
    leaves,
)
from recommender.knowledge.doubt import doubtable
from recommender.knowledge.evaluation import Evaluation
from recommender.knowledge.fields import Facts
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule


def fired_plainly(rules: RuleBase, facts: Facts) -> tuple[Fired, ...]:
    """What fires for one person by plain evaluation: the same rules, concerns and matches as experta's."""
    strict = fired_in(rules.evaluation(facts), rules.rules)
    return in_one_order(strict, fired_in(rules.evaluation(facts, reading="doubted"), doubtable(rules.rules)))


def fired_in(evaluation: Evaluation, rules: Iterable[Rule]) -> Iterator[Fired]:
    """What some of the rules fire in one reading of all of them."""
    for rule in rules:
        for concern in evaluation.concerns_of(rule):
            if evaluation.truth(rule, concern) is Truth.YES:
                matched = _Matches(evaluation, concern).of(rule.when)
                yield Fired(rule.id, concern, evaluation.reading == "doubted", frozenset(matched))


def in_one_order(*fired: Iterable[Fired]) -> tuple[Fired, ...]:
    """What fired in several readings, in the order in which the network reports it."""
    return tuple(sorted(chain(*fired), key=lambda f: (f.rule, PERSON if f.concern is None else f.concern, f.in_doubt)))


class _Matches:
    """The leaves of a true condition that made it true: those of every branch that holds, numbered in reading order."""

    def __init__(self, evaluation: Evaluation, concern: int | None) -> None:
        self._view = evaluation.view(concern)
        self._finders = evaluation.finders
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
                        yield name, PERSON if self._finders[name][0].scope == "person" else concern
            case _:
                pass
