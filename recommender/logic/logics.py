"""Logics: plain booleans for one person, planes of bits for a population. ``circuit`` has the one for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Joins(Protocol[T]):
    """Values that can be joined by *all* and *any*: enough to read a condition, whose negations stand at its leaves."""

    def all_of(self, parts: Iterable[T], /) -> T:
        """So where every one of the parts is."""

    def any_of(self, parts: Iterable[T], /) -> T:
        """So where at least one of the parts is."""


class Logic(Joins[T], Protocol[T]):
    """Values that can be turned round by *not* as well. Of no parts at all, *all* is always so and *any* never."""

    @property
    def true(self) -> T:
        """What is always so."""

    @property
    def false(self) -> T:
        """What is never so."""

    def not_(self, one: T, /) -> T:
        """So where the other is not."""


class Booleans:
    """One person: it is so, or it is not."""

    true, false = True, False
    all_of = staticmethod(all)
    any_of = staticmethod(any)

    def not_(self, one: bool, /) -> bool:  # noqa: FBT001 (it is the value)
        """The opposite."""
        return not one


@dataclass(frozen=True)
class Planes:
    """So many people at once: whole numbers whose bit *n* says whether it is so of person *n*."""

    count: int
    false = 0

    @property
    def true(self) -> int:
        """All bits set."""
        return (1 << self.count) - 1

    def all_of(self, parts: Iterable[int]) -> int:
        """The bits set in all of them."""
        found = self.true
        for part in parts:
            found &= part
            if not found:
                break
        return found

    def any_of(self, parts: Iterable[int]) -> int:
        """The bits set in some of them."""
        found, every = 0, self.true
        for part in parts:
            found |= part
            if found == every:
                break
        return found

    def not_(self, one: int, /) -> int:
        """The bits that are not set."""
        return self.true ^ one


@dataclass(frozen=True)
class Joining(Generic[T]):
    """Joins that are two functions: what to make of all the parts, and of the parts of which one is enough."""

    all_of: Callable[[Iterable[T]], T]
    any_of: Callable[[Iterable[T]], T]


def subsets(every: frozenset[str]) -> Joins[frozenset[str]]:
    """Joins of sets of words among ``every`` word: where something may be so."""
    return Joining(lambda parts: every.intersection(*parts), lambda parts: frozenset[str]().union(*parts))
