"""Two worlds that differ in as little as one answer: whether it can still make a difference, and what would change a result.

A solver says so exactly, whatever else is open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from recommender.inference.circuit import FALSE, Circuit
from recommender.inference.verdicts import Verdicts
from recommender.inference.world import Shape, World, items_of
from recommender.knowledge.conditions import UNSURE
from recommender.knowledge.fields import Facts, Field, Value
from recommender.knowledge.rulebase import RuleBase
from recommender.languages import translate


class Worlds:
    """Two worlds for one shape. ``items`` are the answers that may be known or not: path → field.

    Safe to ask from several threads, one after the other.
    """

    def __init__(self, rules: RuleBase, shape: Shape) -> None:
        self._circuit = Circuit()
        self._asking = threading.Lock()
        self.items = dict(items_of(rules, shape))
        self._points = {path: rules.stretches[field] for path, field in self.items.items() if field.is_number}
        world = World(self._circuit, rules, shape, self.items, self._points)
        verdicts = Verdicts(self._circuit, rules, shape, world)
        self._standings, shown = verdicts.standings(), verdicts.shown()
        self._values, self._used = world.values, world.used  # a world would keep the rule base alive
        twin = self._circuit.twin()
        self._other = {path: {v: twin(literal) for v, literal in values.items()} for path, values in self._values.items()}
        self._changes = {name: self._changed_by(twin, literals) for name, literals in self._standings.items()}
        self._same = {path: self._alike(self._values[path].values(), self._other[path].values()) for path in self.items}
        self._matters = self._circuit.any_of([*self._changes.values(), *(self._changed_by(twin, s) for s in shown.values())])

    def _alike(self, one: Iterable[int], other: Iterable[int]) -> int:
        same = self._circuit.fresh()
        for here, there in zip(one, other, strict=True):
            self._circuit.require(-same, -here, there)
            self._circuit.require(-same, here, -there)
        return same

    def _changed_by(self, twin: Callable[[int], int], literals: Iterable[int]) -> int:
        return self._circuit.any_of(self._circuit.differ(literal, twin(literal)) for literal in literals)

    def assumed(self, facts: Facts, *, never_answered: Iterable[str] = ()) -> Mapping[str, tuple[int, ...]]:
        """For each item, what is known of it: its value, or that it was answered, or nothing."""
        found: dict[str, tuple[int, ...]] = dict.fromkeys(self.items, ())
        for path, field in self.items.items():
            value = _given(path, field, facts)
            if value == UNSURE:
                found[path] = (-self._values[path][None],)
            elif value is not None:
                found[path] = (self._values[path][self._stretch(path, value)],)
        found.update((path, (self._values[path][None],)) for path in never_answered if path in found)
        return found

    @property
    def targets(self) -> tuple[str, ...]:
        """Every option and alert that there can be for this shape."""
        return tuple(sorted(self._changes))

    def values_of(self, path: str) -> tuple[Value, ...]:
        """The values an answer can have; of a number, the least of each stretch that rules tell apart."""
        return tuple(value for value in self._values[path] if value is not None)

    def stretches(self, path: str) -> Iterator[tuple[int, str]]:
        """The stretches of a number that rules tell apart, each by its least number; none for words."""
        points = self._points.get(path, ())
        yield from (
            (first, translate("{first} to {last}").format(first=first, last=following - 1))
            for first, following in pairwise(points)
        )
        yield from ((last, translate("{least} or more").format(least=last)) for last in points[-1:])

    def given(self, path: str, facts: Facts) -> Value | None:
        """What was answered."""
        return _given(path, self.items[path], facts)

    def _stretch(self, path: str, value: Value | None) -> Value | None:
        if value is None or path not in self._points:
            return value
        return max(point for point in self._points[path] if point <= int(value))

    def could_change(self, path: str, known: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
        """The options and alerts that one answer could still change, given what is known."""
        if path not in self._used:
            return ()
        assumed = self._assuming(path, known)
        with self._asking:
            return tuple(sorted(name for name, changed in self._changes.items() if self._possible(assumed, changed)))

    def matters(self, path: str, known: Mapping[str, tuple[int, ...]]) -> bool:
        """Whether one answer could still change anything that is told of what is on the table."""
        if path not in self._used:
            return False
        with self._asking:
            return self._possible(self._assuming(path, known), self._matters)

    def two_ways(
        self, path: str, known: Mapping[str, tuple[int, ...]]
    ) -> tuple[Mapping[str, Value], Mapping[str, Value]] | None:
        """Two ways to answer, alike but for one answer, of which something different is told; None where there are none."""
        if path not in self._used:
            return None
        with self._asking:
            if not self._possible(self._assuming(path, known), self._matters):
                return None
            one, other = (self._answers(values) for values in (self._values, self._other))
        return one, other

    def _answers(self, values: Mapping[str, Mapping[Value | None, int]]) -> Mapping[str, Value]:
        return {
            path: value
            for path, literals in values.items()
            for value, literal in literals.items()
            if value is not None and self._circuit.holds(literal)
        }

    def standings_if(self, facts: Facts, changed: Mapping[str, Value | None]) -> Mapping[str, str]:
        """The standing of each option on the table and each alert ("raised"), with some answers otherwise than in ``facts``."""
        values = {path: _given(path, field, facts) for path, field in self.items.items()} | dict(changed)
        with self._asking:
            self._circuit.possible([self._values[path][self._stretch(path, value)] for path, value in values.items()])
            return {
                name: next(
                    standing for standing, literal in zip(_names(name), literals, strict=True) if self._circuit.holds(literal)
                )
                for name, literals in self._standings.items()
                if any(map(self._circuit.holds, literals))
            }

    def least_changes(
        self, facts: Facts, free: Mapping[str, Sequence[Value]], target: str, *, most: int
    ) -> tuple[Mapping[str, Value], ...]:
        """Up to ``most`` sets of changed answers, none of which can be smaller, that change the standing of a target.

        ``free`` says which answers may change, and to what; all others stay as they are in ``facts``.
        """
        given = {path: self._stretch(path, _given(path, field, facts)) for path, field in self.items.items()}
        stays = {path: self._other[path][value] for path, value in given.items()}
        fixed = [self._values[path][value] for path, value in given.items()]
        fixed += [literal for path, literal in stays.items() if path not in free]
        found: list[Mapping[str, Value]] = []
        with self._asking:
            fixed.append(self._changes[target])
            for path, values in free.items():
                may_be = [self._other[path][self._stretch(path, value)] for value in (*values, given[path])]
                fixed.append(self._circuit.any_of(may_be))
            for _ in range(most):
                if not self._circuit.possible(fixed):
                    break
                changed = self._changed(free, stays)
                for path in tuple(changed):
                    if self._circuit.possible([*fixed, *(stays[p] for p in free if p not in changed or p == path)]):
                        changed = self._changed(free, stays)
                found.append(changed)
                fixed.append(-self._circuit.all_of(self._other[path][value] for path, value in changed.items()))
        return tuple(found)

    def _changed(self, free: Iterable[str], stays: Mapping[str, int]) -> dict[str, Value]:
        return {
            path: next(v for v, literal in self._other[path].items() if v is not None and self._circuit.holds(literal))
            for path in free
            if not self._circuit.holds(stays[path])
        }

    def _possible(self, assumed: list[int], literal: int) -> bool:
        return literal != FALSE and self._circuit.possible([*assumed, literal])

    def _assuming(self, path: str, known: Mapping[str, tuple[int, ...]]) -> list[int]:
        assumed = [literal for other, literals in known.items() if other != path for literal in (*literals, self._same[other])]
        if known[path] == (-self._values[path][None],):  # answered with "unsure": in neither world is it left out
            assumed += [-self._values[path][None], -self._other[path][None]]
        return assumed


def _names(target: str) -> tuple[str, ...]:
    if "/" not in target:
        return ("review", "deferred", "referred", "withdrawn")
    return ("raised",) if target.startswith("alert/") else ("suggested", "open", "review", "deferred", "referred")


def _given(path: str, field: Field, facts: Facts) -> Value | None:
    """What was answered; what follows from another answer was not."""
    if field.group == "concern":
        return facts.concerns[int(path[path.index("[") + 1 : path.index("]")])].get(field.name)
    return None if field in facts.followed else facts.values.get(field)
