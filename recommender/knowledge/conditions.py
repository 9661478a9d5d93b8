"""The condition language: what a rule's ``when`` says, in three-valued logic.

A condition is yes, no or not known. Negation stands at the leaves alone: ``not`` is pushed down when a condition is read,
so that an answer nobody gave can never satisfy it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import prod
from typing import Literal

from recommender.knowledge.fields import Facts, Field, Value

UNSURE = "unsure"
#: tested by name in alerts and referrals alone: there a sign must not fall silent because a detail of it was not asked
UNANSWERED = "unanswered"
#: groups of which nothing is asked while no injection is being asked about
AFTER_TREATMENT = frozenset({"after_treatment", "symptoms"})


class Truth(IntEnum):
    """Kleene's three values: ``and`` is the least, ``or`` the greatest, ``not`` the mirror."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    @property
    def inverse(self) -> Truth:
        """The truth of the negation."""
        return Truth(2 - self)


@dataclass(frozen=True)
class Test:
    """What one fact must say: one of ``words``, or a number or rank from ``at_least`` up to, not including, ``below``."""

    field: Field
    words: frozenset[str] = frozenset()
    at_least: Value | None = None
    below: Value | None = None
    negated: bool = False

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

    def truth_in_doubt(self, value: Value | None) -> Truth:
        """The truth where "unsure" about safety is read as if it satisfied the test, unless the test names it."""
        read_as_yes = value == UNSURE and self.field.unsure_counts and UNSURE not in self.words
        return Truth.YES if read_as_yes else self.truth(value)

    def truth_of_answers(self, value: Value | None) -> Truth:
        """The truth where what is not known satisfies nothing; "unsure" does where the test is for it and nothing else."""
        known = value is not None and (value != UNSURE or self.words - {UNANSWERED} == {UNSURE})
        return self.truth(value) if known else min(self.truth(value), Truth.UNKNOWN)

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

    def satisfied_by(self) -> frozenset[str]:
        """The words that make this test true (empty for numbers)."""
        return frozenset(word for word in self.field.words if self.truth(word) is Truth.YES)

    def possible_for(self) -> frozenset[str]:
        """The words that do not make this test false: true, or as good as not known."""
        return frozenset(word for word in self.field.words if self.truth(word) is not Truth.NO)


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


#: strictly; "unsure" about safety as if it satisfied whatever is tested; what is not known as satisfying nothing
Reading = Literal["certain", "doubted", "answered"]
_READ: Mapping[Reading, Callable[[Test, Value | None], Truth]] = {
    "certain": Test.truth,
    "doubted": Test.truth_in_doubt,
    "answered": Test.truth_of_answers,
}

Leaf = ConcernTest | OtherConcern | FindingTest | AnswerTest
Condition = All | AnyOf | Leaf

FindingLookup = Callable[[str, int | None], Truth]


@dataclass(frozen=True)
class View:
    """One set of facts as a condition sees it: about which concern, with which findings, in which reading."""

    facts: Facts
    concern: int | None
    finding: FindingLookup
    reading: Reading = "certain"

    def truth(self, condition: Condition) -> Truth:
        """The truth of a condition here."""
        match condition:
            case All(parts):
                return _least(self.truth(part) for part in parts)
            case AnyOf(parts):
                return _greatest(self.truth(part) for part in parts)
            case ConcernTest(tests):
                return _all_tests(tests, self._own_concern(), self.reading)
            case AnswerTest(test):
                return self._answer(test)
            case FindingTest(names):
                return _greatest(self.finding(name, self.concern) for name in names)
            case OtherConcern():
                return self._other(condition)

    def _own_concern(self) -> Mapping[str, str]:
        return self.facts.concerns[self.concern] if self.concern is not None else {}

    def _answer(self, test: Test) -> Truth:
        field = test.field
        if field.group in AFTER_TREATMENT and not self.facts.after_treatment:
            return Truth.NO  # no injection is being asked about: nothing to test, negated or not
        return _READ[self.reading](test, self.facts.values.get(field))

    def _other(self, condition: OtherConcern) -> Truth:
        reading = "certain" if condition.negated else self.reading
        found = _greatest(_all_tests(condition.tests, self.facts.concerns[other], reading) for other in self.others(condition))
        return found.inverse if condition.negated else found

    def others(self, condition: OtherConcern) -> Iterator[int]:
        """The concerns that a ``same_area`` or ``anywhere`` test looks at."""
        own = self._own_concern()
        for index, other in enumerate(self.facts.concerns):
            if condition.where == "anywhere" or (index != self.concern and other["area"] == own.get("area")):
                yield index

    def matching(self, condition: OtherConcern) -> Iterator[int]:
        """The concerns that satisfy a ``same_area`` or ``anywhere`` test."""
        for other in self.others(condition):
            if _all_tests(condition.tests, self.facts.concerns[other], self.reading) is Truth.YES:
                yield other

    def unknowns(self, condition: Condition) -> frozenset[str]:
        """The paths of the answers for want of which the condition is not known; empty if it is known.

        Findings stand as ``finding:NAME`` and are to be followed by whoever knows their rules.
        """
        if self.truth(condition) is not Truth.UNKNOWN:
            return frozenset()
        match condition:
            case All(parts) | AnyOf(parts):
                return frozenset().union(*(self.unknowns(part) for part in parts))
            case ConcernTest(tests):
                return self._unknown_tests(tests, self.concern)
            case AnswerTest(test):
                return frozenset({test.field.path()})
            case FindingTest(names):
                return frozenset(f"finding:{n}" for n in names if self.finding(n, self.concern) is Truth.UNKNOWN)
            case OtherConcern(tests=tests):
                found: frozenset[str] = frozenset()
                for other in self.others(condition):
                    if _all_tests(tests, self.facts.concerns[other]) is Truth.UNKNOWN:
                        found |= self._unknown_tests(tests, other)
                return found

    def _unknown_tests(self, tests: Sequence[Test], concern: int | None) -> frozenset[str]:
        own = self.facts.concerns[concern] if concern is not None else {}
        return frozenset(t.field.path(concern) for t in tests if t.truth(own.get(t.field.name)) is Truth.UNKNOWN)


def _all_tests(tests: Sequence[Test], concern: Mapping[str, str], reading: Reading = "certain") -> Truth:
    return _least(_READ[reading](test, concern.get(test.field.name)) for test in tests)


def _least(truths: Iterable[Truth]) -> Truth:
    worst = Truth.YES
    for truth in truths:
        if truth is Truth.NO:
            return Truth.NO
        worst = min(worst, truth)
    return worst


def _greatest(truths: Iterable[Truth]) -> Truth:
    best = Truth.NO
    for truth in truths:
        if truth is Truth.YES:
            return Truth.YES
        best = max(best, truth)
    return best


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of a condition, in reading order."""
    if isinstance(condition, All | AnyOf):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition


def ways(condition: Condition) -> int:
    """In how many ways a condition can hold: each of them is a branch of its own when the rule is compiled."""
    match condition:
        case All(parts):
            return prod(ways(part) for part in parts)
        case AnyOf(parts):
            return sum(ways(part) for part in parts)
        case _:
            return 1


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
