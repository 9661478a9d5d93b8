"""What rules say about people, each with when it is so: what the policy weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from recommender.documents.vocabulary import AREAS, KINDS, MAKES_NO_OPTION
from recommender.inference.network import Fired
from recommender.knowledge.conditions import UNSURE, Test
from recommender.knowledge.fields import AREA, FIELDS, KIND, Facts
from recommender.knowledge.reading import Reading, own_tests
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Conclusion, Find, HoldOn, Offer, Rule
from recommender.logic.logics import T

_SEEN = tuple(Test(FIELDS["concern"][name], frozenset({"yes", "no"})) for name in ("on_movement", "at_rest"))

C = TypeVar("C", bound=Conclusion)


@dataclass(frozen=True, slots=True)
class Statement(Generic[T, C]):
    """A rule's conclusion about a concern (None: the person): where it is so, and where it is in doubt.

    Where not even that: an offer that ``waits`` for a detail of its concern; a hold that would leave nothing to discuss, and is
    ``undecided`` for want of one detail that was answered "unsure". ``fired`` is what the engine reports of one person.
    """

    rule: Rule
    concludes: C
    concern: int | None
    certain: T
    doubted: T
    waits: T
    undecided: T
    fired: Fired | None = None


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
            if any(so != false for so in (statement.certain, statement.doubted, statement.waits, statement.undecided)):
                yield statement


def statements_of(rules: RuleBase, reading: Reading[bool], facts: Facts, fired: Iterable[Fired]) -> list[Statement[bool, Any]]:
    """What rules say about one person, by what fired; and what they would say, were it not for a detail of what is seen."""
    fired = tuple(fired)
    certain = {(one.rule, one.concern) for one in fired if not one.in_doubt}
    found: dict[tuple[str, int | None], Statement[bool, Any]] = {}
    for one in fired:
        key, rule = (one.rule, one.concern), rules.by_id[one.rule]
        if not one.in_doubt or (rule.speaks_in_doubt and key not in certain):
            found[key] = _of_one(rule, one.concern, certain=not one.in_doubt, doubted=one.in_doubt, fired=one)
    for rule in filter(_hangs_on_details, (*rules.concluding["offer"], *rules.concluding["hold"])):
        areas, kinds = rules.reach(rule)
        for number, concern in enumerate(facts.concerns):
            if concern["area"] in areas and concern["kind"] in kinds and (rule.id, number) not in found:
                waits = isinstance(rule.concludes, Offer) and reading.waits(rule, number)
                unsure = could_be_undecided(rule) and UNSURE in concern.values()
                undecided = unsure and _undecided_by(reading, rules, rule, number)
                if waits or undecided:
                    found[rule.id, number] = _of_one(rule, number, waits=waits, undecided=undecided)
    return [statement for statement in found.values() if not isinstance(statement.concludes, Find)]


def _of_one(
    rule: Rule,
    concern: int | None,
    *,
    certain: bool = False,
    doubted: bool = False,
    waits: bool = False,
    undecided: bool = False,
    fired: Fired | None = None,
) -> Statement[bool, Any]:
    return Statement(rule, rule.concludes, concern, certain, doubted, waits, undecided, fired)


def _hangs_on_details(rule: Rule) -> bool:
    return isinstance(rule.concludes, Offer) or could_be_undecided(rule)


def statement_of(reading: Reading[T], rules: RuleBase, rule: Rule, concern: int | None) -> Statement[T, Any]:
    """What a rule says about a concern or the person."""
    logic, certain = reading.logic, reading.rule(rule, concern)
    doubted = waits = undecided = logic.false
    if rule.speaks_in_doubt and rule.id in rules.doubtable:
        doubted = logic.all_of((reading.rule(rule, concern, "doubted"), logic.not_(certain)))
    if concern is not None and isinstance(rule.concludes, Offer):
        waits = reading.waits(rule, concern)
    if could_be_undecided(rule):
        known = (logic.not_(certain), logic.not_(doubted))
        undecided = logic.all_of((*known, _undecided_by(reading, rules, rule, concern)))
    return Statement(rule, rule.concludes, concern, certain, doubted, waits, undecided)


def _undecided_by(reading: Reading[T], rules: RuleBase, rule: Rule, concern: int | None) -> T:
    """Whether one detail answered "unsure" stands between a rule and its conclusion.

    Where nobody could say how the place looks moving nor how it looks still, what is usual there stands.
    """
    looked_at = [test for test in _SEEN if test.field in rules.fields_read]
    seen = reading.logic.any_of(reading.people.says(test, concern, "certain") for test in looked_at)
    details = {test.field for test in own_tests(rule, reading.finders)} - {AREA, KIND}
    unsure = (reading.rule(rule, concern, detail) for detail in sorted(details))
    return reading.logic.all_of((reading.logic.any_of(unsure), seen if looked_at else reading.logic.true))


def could_be_undecided(rule: Rule) -> bool:
    """Whether a rule is a hold on a place that would leave nothing to discuss there."""
    return rule.scope == "concern" and isinstance(rule.concludes, HoldOn) and rule.concludes.effect in MAKES_NO_OPTION
