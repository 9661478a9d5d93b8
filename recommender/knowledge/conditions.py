"""The condition language: what a rule's ``when`` says, in three-valued logic.

A condition is yes, no or not known. Negation stands at the leaves alone: ``not`` is pushed down when a condition is read,
so that an answer nobody gave can never satisfy it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as _field
from enum import IntEnum
from typing import Literal

from recommender.knowledge.fields import Field, Value
from recommender.logic.logics import Joins, T

UNSURE = "unsure"
#: tested by name in alerts and referrals alone: there a sign must not fall silent because a detail of it was not asked
UNANSWERED = "unanswered"
#: groups of which nothing is asked while no injection is being asked about
AFTER_TREATMENT = frozenset({"after_treatment", "symptoms"})


class Truth(IntEnum):
    """Kleene's three values: ``and`` is the least, ``or`` the greatest, ``not`` the mirror image."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def inverse(self) -> Truth:
        """The truth of the negation."""
        return Truth(2 - self)


#: how a test is read: as certainly so; as not ruled out; as so where "unsure" about safety counts as if it satisfied what is
#: tested; as so by what was answered alone; and, by a field of a concern, as certain but for an "unsure" about that detail,
#: which counts as if it satisfied what is tested
Mode = Literal["certain", "possible", "doubted", "answered"] | Field


@dataclass(frozen=True)
class Test:
    """What one fact must say: one of ``words``, or a number or rank from ``at_least`` up to, not including, ``below``."""

    field: Field
    words: frozenset[str] = frozenset()
    at_least: Value | None = None
    below: Value | None = None
    negated: bool = False
    _accepted: dict[tuple[Mode, Value | None], bool] = _field(default_factory=dict, init=False, repr=False, compare=False)

    def accepts(self, value: Value | None, mode: Mode) -> bool:
        """Whether an answer satisfies this test in one mode; None is not asked."""
        found = self._accepted.get((mode, value))
        if found is None:
            found = self._accepted[mode, value] = self._accepts(value, mode)
        return found

    def _accepts(self, value: Value | None, mode: Mode) -> bool:
        certain, read_as_yes = self.truth(value) is Truth.YES, value == UNSURE and UNSURE not in self.words
        match mode:
            case "certain":
                return certain
            case "possible":
                return self.truth(value) is not Truth.NO
            case "doubted":
                return certain or (read_as_yes and self.field.unsure_counts)
            case "answered":  # "unsure" does where the test is for it and nothing else
                return certain and value is not None and (value != UNSURE or self.words - {UNANSWERED} == {UNSURE})
            case _:
                return certain or (read_as_yes and self.field == mode)

    def accepted(self, mode: Mode) -> frozenset[str]:
        """The words that satisfy this test in one mode; none of a number."""
        return frozenset(word for word in self.field.words if self.accepts(word, mode))

    def truth(self, value: Value | None) -> Truth:
        """The truth of this test for an answer; None is not asked."""
        if value is None:
            return Truth.YES if UNANSWERED in self.words and not self.negated else Truth.UNKNOWN
        if self._holds(value):
            found = Truth.YES
        elif value == UNSURE:
            found = Truth.UNKNOWN
        else:
            found = Truth.NO
        return found.inverse if self.negated else found

    def _holds(self, value: Value) -> bool:
        if self.words:
            return value in self.words
        rank, low, high = self.rank(value), self.rank(self.at_least), self.rank(self.below)
        return rank is not None and (low is None or rank >= low) and (high is None or rank < high)

    def rank(self, value: Value | None) -> int | None:
        """A number as it is, a word by its place in the order of its field; None for neither."""
        if value is None or isinstance(value, int):
            return value
        return self.field.words.index(value) if value in self.field.words else None


@dataclass(frozen=True)
class ConcernTest:
    """Tests of the concern that the rule is about."""

    tests: tuple[Test, ...]


@dataclass(frozen=True)
class OtherConcern:
    """Some (or, negated, no) other concern: at the same place, or anywhere on the person."""

    where: Literal["same_area", "anywhere"]
    tests: tuple[Test, ...]
    negated: bool = False


@dataclass(frozen=True)
class FindingTest:
    """One of these findings has been concluded. Used positively only."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class AnswerTest:
    """A test of an answer about the person as a whole."""

    test: Test


@dataclass(frozen=True)
class All:
    """Every one of the parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one of the parts."""

    parts: tuple[Condition, ...]


Leaf = ConcernTest | OtherConcern | FindingTest | AnswerTest
Condition = All | AnyOf | Leaf


def fold(condition: Condition, logic: Joins[T], leaf: Callable[[Leaf], T]) -> T:
    """What a condition comes to over a logic, from what each of its leaves comes to, in reading order."""
    match condition:
        case All(parts):
            return logic.all_of(fold(part, logic, leaf) for part in parts)
        case AnyOf(parts):
            return logic.any_of(fold(part, logic, leaf) for part in parts)
        case _:
            return leaf(condition)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of a condition, in reading order."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test of an answer in a condition."""
    for leaf in leaves(condition):
        match leaf:
            case ConcernTest(tests) | OtherConcern(tests=tests):
                yield from tests
            case AnswerTest(test):
                yield test
            case FindingTest():
                pass


def findings_of(condition: Condition) -> frozenset[str]:
    """The names of the findings a condition reads."""
    return frozenset(name for leaf in leaves(condition) if isinstance(leaf, FindingTest) for name in leaf.names)
