"""What rules say about people, each with when it is so: what the policy weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from recommender.documents.vocabulary import AREAS, KINDS
from recommender.knowledge.fields import AREA, KIND
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Conclusion, Find, Offer, Rule
from recommender.logic.logics import T

C = TypeVar("C", bound=Conclusion)


@dataclass(frozen=True, slots=True)
class Statement(Generic[T, C]):
    """A rule's conclusion about a concern (None: the person): where it is so, where in doubt, where it waits for a detail."""

    rule: Rule
    concludes: C
    concern: int | None
    certain: T
    doubted: T
    waits: T


def statements(reading: Reading[T], rules: RuleBase) -> Iterator[Statement[T, Any]]:
    """Every statement that these rules can make, findings apart; what can never be so is left out."""
    people, false = reading.people, reading.logic.false
    places = {
        concern: (
            {area for area in AREAS if people.names(concern, AREA, area) != false},
            {kind for kind in KINDS if people.names(concern, KIND, kind) != false},
        )
        for concern in people.concerns
    }
    for rule in rules.rules:
        if isinstance(rule.concludes, Find):
            continue
        areas, kinds = rules.reach(rule)
        for concern in reading.concerns_of(rule):
            if concern is not None and (areas.isdisjoint(places[concern][0]) or kinds.isdisjoint(places[concern][1])):
                continue
            statement = statement_of(reading, rules, rule, concern)
            if (statement.certain, statement.doubted, statement.waits) != (false, false, false):
                yield statement


def statement_of(reading: Reading[T], rules: RuleBase, rule: Rule, concern: int | None) -> Statement[T, Any]:
    """What a rule says about a concern or the person."""
    logic, certain = reading.logic, reading.rule(rule, concern)
    doubted = waits = logic.false
    if rule.speaks_in_doubt and rule.id in rules.doubtable:
        doubted = logic.all_of((reading.rule(rule, concern, "doubted"), logic.not_(certain)))
    if concern is not None and isinstance(rule.concludes, Offer):
        waits = reading.waits(rule, concern)
    return Statement(rule, rule.concludes, concern, certain, doubted, waits)
