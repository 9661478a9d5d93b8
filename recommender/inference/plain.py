"""The plain reading of a rule base as what fires: the second engine, which needs no network and checks the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count

from recommender.inference.network import PERSON, Fired, Matched
from recommender.knowledge.conditions import AnswerTest, ConcernTest, FindingTest, Leaf, Mode, OtherConcern, fold
from recommender.knowledge.doubt import doubtable
from recommender.knowledge.fields import Facts
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule


def fired_plainly(rules: RuleBase, facts: Facts) -> tuple[Fired, ...]:
    """What fires for one person by plain reading: the same rules, concerns and matches as experta's."""
    reading = rules.reading(facts)
    return in_one_order(fired_in(reading, rules.rules), fired_in(reading, doubtable(rules.rules), in_doubt=True))


def fired_in(reading: Reading[bool], rules: Iterable[Rule], *, in_doubt: bool = False) -> Iterator[Fired]:
    """What some of the rules fire, with certainty or in doubt."""
    mode: Mode = "doubted" if in_doubt else "certain"
    for rule in rules:
        for concern in reading.concerns_of(rule):
            if reading.rule(rule, concern, mode):
                evidence = fold(rule.when, _Evidence(), _leaves(reading, concern, mode))
                yield Fired(rule.id, concern, in_doubt, frozenset(evidence or ()))


def in_one_order(*fired: Iterable[Fired]) -> tuple[Fired, ...]:
    """What fired, in the order in which the network reports it."""
    return tuple(sorted(chain(*fired), key=lambda f: (f.rule, PERSON if f.concern is None else f.concern, f.in_doubt)))


_Found = frozenset[Matched] | None


class _Evidence:
    """Joins what made a condition true, over all its branches that hold; None is where it does not hold."""

    def all_of(self, parts: Iterable[_Found]) -> _Found:
        found = list(parts)  # each of them: leaves are numbered as they are read
        return None if None in found else frozenset().union(*(part for part in found if part is not None))

    def any_of(self, parts: Iterable[_Found]) -> _Found:
        found = [part for part in parts if part is not None]
        return frozenset().union(*found) if found else None


def _leaves(reading: Reading[bool], concern: int | None, mode: Mode) -> Callable[[Leaf], _Found]:
    number = count()

    def leaf(leaf: Leaf) -> _Found:
        this = next(number)
        if not reading.condition(leaf, concern, mode):
            return None
        return frozenset((this, what) for what in _what(reading, leaf, concern, mode))

    return leaf


def _what(reading: Reading[bool], leaf: Leaf, concern: int | None, mode: Mode) -> Iterator[tuple[str, int] | int]:
    here = PERSON if concern is None else concern
    match leaf:
        case ConcernTest():
            yield here
        case AnswerTest():
            yield PERSON
        case OtherConcern(negated=False):
            yield from (other for other, found in reading.others(leaf, concern, mode) if found)
        case FindingTest(names):
            for name in names:
                for finder in reading.finders[name]:
                    if reading.rule(finder, concern, mode):
                        yield name, PERSON if finder.scope == "person" else here
        case _:
            pass
