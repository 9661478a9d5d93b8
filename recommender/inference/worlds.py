"""The rules about one set of concerns as logic: what could be concluded in two worlds that differ in a single answer.

Each answer that a rule may read is a choice among its values, "not answered" being one of them. A rule reads its tests as
``knowledge/conditions.py`` does, and an option gets its status as ``inference/policy.py`` sets it. A solver then says whether
an answer can still make a difference: exactly, whatever else is open.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import Literal

from recommender.documents.vocabulary import EFFECTS, TREATMENTS, URGENCIES, Jurisdiction, Treatment
from recommender.inference.circuit import FALSE, TRUE, Circuit
from recommender.inference.network import speaks_in_doubt
from recommender.inference.policy import IN_DOUBT
from recommender.knowledge.conditions import (
    AFTER_TREATMENT,
    UNSURE,
    All,
    AnswerTest,
    AnyOf,
    ConcernTest,
    Condition,
    FindingTest,
    OtherConcern,
    Test,
    Truth,
    tests_of,
)
from recommender.knowledge.fields import DERIVED, FIELDS, Facts, Field, Value
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule

#: how a condition is read: as certainly so, as not ruled out, or as so where "unsure" about safety counts as if it were
_Reading = Literal["certain", "possible", "doubted"]
_PLACE = (FIELDS["concern"]["area"], FIELDS["concern"]["kind"])
_DESCRIBED = FIELDS["after_treatment"]["symptoms_described"]


@dataclass(frozen=True)
class Shape:
    """What the logic is built for: what is seen and where, whether an injection is asked about, and in which jurisdiction."""

    concerns: tuple[tuple[str, str], ...]
    after_treatment: bool
    jurisdiction: Jurisdiction

    @classmethod
    def of(cls, facts: Facts) -> Shape:
        """The shape of one person's facts."""
        seen = tuple((concern["area"], concern["kind"]) for concern in facts.concerns)
        return cls(seen, facts.after_treatment, facts.jurisdiction)


class Worlds:
    """Two worlds for one shape. ``items`` are the answers that may be known or not: path → field.

    Safe to ask from several threads, one after the other.
    """

    def __init__(self, rules: RuleBase, shape: Shape) -> None:
        self._circuit = Circuit()
        self._asking = threading.Lock()
        self.items = dict(_items(rules, shape))
        self._points = {path: _points(field, rules) for path, field in self.items.items() if field.is_number}
        one, other = (_World(self._circuit, rules, shape, self.items, self._points) for _ in range(2))
        self._changes = dict(self._differences(one.standings(), other.standings()))
        shown = [difference for _, difference in self._differences(one.shown(), other.shown())]
        self._values, self._other, self._used = one.values, other.values, one.used  # a world would keep the rule base alive
        self._standings = one.standings()
        self._same = {path: self._alike(one.values[path].values(), other.values[path].values()) for path in self.items}
        self._matters = self._circuit.any_of([*self._changes.values(), *shown])

    def _alike(self, one: Iterable[int], other: Iterable[int]) -> int:
        same = self._circuit.fresh()
        for here, there in zip(one, other, strict=True):
            self._circuit.require(-same, -here, there)
            self._circuit.require(-same, here, -there)
        return same

    def _differences(self, one: Mapping[str, Sequence[int]], other: Mapping[str, Sequence[int]]) -> Iterator[tuple[str, int]]:
        for name, literals in one.items():
            yield name, self._circuit.any_of(map(self._circuit.differ, literals, other[name]))

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


class _World:
    """What every rule reads and says in one world, as literals."""

    def __init__(
        self,
        circuit: Circuit,
        rules: RuleBase,
        shape: Shape,
        items: Mapping[str, Field],
        points: Mapping[str, tuple[int, ...]],
    ) -> None:
        self._circuit = circuit
        self._rules = rules
        self._shape = shape
        self.values: dict[str, dict[Value | None, int]] = {}
        for path, field in items.items():
            domain = (*points.get(path, field.words), None)
            self.values[path] = dict(zip(domain, circuit.one_of(len(domain)), strict=True))
        self.used: set[str] = set()
        self._read: dict[tuple[str, int | None, _Reading], int] = {}
        every_symptom = [self.values[field.path()] for field in FIELDS["symptoms"].values() if field.path() in self.values]
        some = [circuit.any_of(values[word] for word in ("yes", UNSURE)) for values in every_symptom]
        self._described = circuit.any_of([*some, circuit.all_of(-values[None] for values in every_symptom)])

    # what a condition is in this world

    def _rule(self, rule: Rule, concern: int | None, reading: _Reading) -> int:
        key = (rule.id, concern if rule.scope == "concern" else None, reading)
        found = self._read.get(key)
        if found is None:
            applies = rule.applies_in(self._shape.jurisdiction)
            found = self._read[key] = self._condition(rule.when, key[1], reading) if applies else FALSE
        return found

    def _condition(self, condition: Condition, concern: int | None, reading: _Reading) -> int:
        match condition:
            case All(parts):
                return self._circuit.all_of(self._until_false(self._condition(part, concern, reading) for part in parts))
            case AnyOf(parts):
                return self._circuit.any_of(self._condition(part, concern, reading) for part in parts)
            case ConcernTest(tests):
                return self._tests(tests, concern, reading)
            case AnswerTest(test):
                return self._answer(test, reading)
            case FindingTest(names):
                return self._circuit.any_of(
                    self._rule(finder, concern, reading) for name in names for finder in self._rules.finders[name]
                )
            case OtherConcern(tests=tests, negated=False):
                return self._circuit.any_of(self._tests(tests, other, reading) for other in self._others(condition, concern))
            case OtherConcern(tests=tests):
                opposite: _Reading = "certain" if reading == "possible" else "possible"
                return -self._circuit.any_of(self._tests(tests, other, opposite) for other in self._others(condition, concern))

    @staticmethod
    def _until_false(literals: Iterable[int]) -> Iterator[int]:
        """The literals up to the first that is never true: nothing after it need be read."""
        for literal in literals:
            yield literal
            if literal == FALSE:
                return

    def _others(self, condition: OtherConcern, concern: int | None) -> Iterator[int]:
        here = self._shape.concerns[concern][0] if concern is not None else None
        for other, (area, _) in enumerate(self._shape.concerns):
            if condition.where == "anywhere" or (other != concern and area == here):
                yield other

    def _tests(self, tests: Sequence[Test], concern: int | None, reading: _Reading) -> int:
        assert concern is not None  # only a rule about a concern tests one: checked at load
        seen = dict(zip(_PLACE, self._shape.concerns[concern], strict=True))
        if not all(_accepts(test, seen[test.field], reading) for test in tests if test.field in seen):
            return FALSE
        return self._circuit.all_of(
            self._among(test, test.field.path(concern), reading) for test in tests if test.field not in seen
        )

    def _answer(self, test: Test, reading: _Reading) -> int:
        if test.field == _DESCRIBED:
            if not self._shape.after_treatment:
                return FALSE
            self.used.update(field.path() for field in FIELDS["symptoms"].values())
            said = {"yes": self._described, "no": -self._described}
            return self._circuit.any_of(literal for word, literal in said.items() if _accepts(test, word, reading))
        if test.field in DERIVED:
            return TRUE if _accepts(test, "yes" if self._shape.after_treatment else "no", reading) else FALSE
        if test.field.group in AFTER_TREATMENT and not self._shape.after_treatment:
            return FALSE
        return self._among(test, test.field.path(), reading)

    def _among(self, test: Test, path: str, reading: _Reading) -> int:
        self.used.add(path)
        values = self.values[path]
        accepted = [literal for value, literal in values.items() if _accepts(test, value, reading)]
        return TRUE if len(accepted) == len(values) else self._circuit.any_of(accepted)

    def _unknown(self, condition: Condition, concern: int | None) -> int:
        certain, possible = (self._condition(condition, concern, reading) for reading in ("certain", "possible"))
        return self._circuit.all_of((possible, -certain))

    def _waits_elsewhere(self, condition: Condition, concern: int | None) -> int:
        """Not known, and not only for want of details of this very concern."""
        match condition:
            case All(parts) | AnyOf(parts):
                inner = self._circuit.any_of(self._waits_elsewhere(part, concern) for part in parts)
            case ConcernTest():
                return FALSE
            case AnswerTest():
                inner = TRUE
            case FindingTest(names):
                inner = self._circuit.any_of(
                    self._waits_elsewhere(finder.when, concern if finder.scope == "concern" else None)
                    for name in names
                    for finder in self._rules.finders[name]
                    if finder.applies_in(self._shape.jurisdiction)
                )
            case OtherConcern(tests=tests):
                others = (other for other in self._others(condition, concern) if other != concern)
                inner = self._circuit.any_of(self._unknown(ConcernTest(tests), other) for other in others)
        return self._circuit.all_of((self._unknown(condition, concern), inner))

    # what rules say in this world

    def _fires(self, rule: Rule, concern: int | None) -> int:
        return self._rule(rule, concern, "certain")

    def _doubts(self, rule: Rule, concern: int | None) -> int:
        if not speaks_in_doubt(rule):
            return FALSE
        return self._circuit.all_of((self._rule(rule, concern, "doubted"), -self._fires(rule, concern)))

    def _is_open(self, rule: Rule, concern: int | None) -> int:
        if not rule.applies_in(self._shape.jurisdiction):
            return FALSE
        unknown = self._unknown(rule.when, concern)
        return self._circuit.all_of((unknown, -self._waits_elsewhere(rule.when, concern)))

    def _concluding(self, what: str) -> Iterator[tuple[Rule, int | None]]:
        for rule in self._rules.rules:
            if rule.conclusion == what:
                for concern in range(len(self._shape.concerns)) if rule.scope == "concern" else (None,):
                    yield rule, concern

    def _areas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(area for area, _ in self._shape.concerns))

    def _offers(self, area: str, treatment: Treatment) -> Iterator[tuple[Rule, int | None]]:
        for rule, concern in self._concluding("offer"):
            assert rule.text.offer is not None
            assert concern is not None
            if rule.text.offer.treatment == treatment and self._shape.concerns[concern][0] == area:
                yield rule, concern

    def _holds(self, area: str | None, treatment: Treatment) -> Iterator[tuple[Rule, int | None]]:
        """The holds on a treatment at a place; without a place, those on the person."""
        for rule, concern in self._concluding("hold"):
            assert rule.text.hold is not None
            here = concern is None or self._shape.concerns[concern][0] == area
            if treatment in rule.text.hold.treatment and here:
                yield rule, concern

    def _held(self, area: str | None, treatment: Treatment, effect: str) -> int:
        """Held with this effect or a stronger one; a hold in doubt is for a prescriber."""
        strength = EFFECTS.index(effect)
        found = []
        for rule, concern in self._holds(area, treatment):
            assert rule.text.hold is not None
            if EFFECTS.index(rule.text.hold.effect) >= strength:
                found.append(self._fires(rule, concern))
            if EFFECTS.index("review") >= strength:
                found.append(self._doubts(rule, concern))
        return self._circuit.any_of(found)

    def _offered(self, area: str, treatment: Treatment) -> tuple[int, int]:
        """Whether a treatment is offered at a place for certain, and whether it is no more than open."""
        offers = tuple(self._offers(area, treatment))
        firm = self._circuit.any_of(self._fires(*offer) for offer in offers)
        return firm, self._circuit.all_of((-firm, self._circuit.any_of(self._is_open(*offer) for offer in offers)))

    def standings(self) -> Mapping[str, tuple[int, ...]]:
        """Each option and alert by name, with a literal for each standing it can have; one not on the table has none."""
        circuit = self._circuit
        found: dict[str, tuple[int, ...]] = {}
        for area, treatment in product(self._areas(), TREATMENTS):
            firm, is_open = self._offered(area, treatment)
            if (firm, is_open) != (FALSE, FALSE):
                review, defer, refer, stop = (
                    self._held(area, treatment, effect) for effect in ("review", "defer", "refer", "hard_stop")
                )
                some = circuit.any_of((firm, is_open))
                found[f"{area}/{treatment}"] = (
                    circuit.all_of((firm, -review)),
                    circuit.all_of((is_open, -defer)),
                    circuit.all_of((firm, review, -defer)),
                    circuit.all_of((some, defer, -refer)),
                    circuit.all_of((some, refer, -stop)),
                )
        for urgency in URGENCIES:
            raised = circuit.any_of(self._raised(urgency))
            if raised != FALSE:
                found[f"alert/{urgency}"] = (raised,)
        return found

    def _raised(self, urgency: str) -> Iterator[int]:
        for rule, concern in self._concluding("alert"):
            assert rule.text.alert is not None
            if rule.text.alert.urgency == urgency:
                yield self._fires(rule, concern)
            if IN_DOUBT[rule.text.alert.urgency] == urgency:
                yield self._doubts(rule, concern)

    def _stopped(self, treatment: Treatment) -> int:
        """Whether the person, wherever it is about, must not be given a treatment: then nothing but alerts is asked for."""
        return self._circuit.any_of(
            self._fires(rule, None)
            for rule, _ in self._holds(None, treatment)
            if rule.scope == "person" and rule.text.hold is not None and rule.text.hold.effect == "hard_stop"
        )

    def shown(self) -> Mapping[str, tuple[int, ...]]:
        """What else is told of what is on the table: offers and holds by rule, who else to see, and notes."""
        return dict(self._shown())

    def _shown(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        circuit = self._circuit
        on_the_table: list[int] = []
        for area, treatment in product(self._areas() or (None,), TREATMENTS):
            stopped = self._held(area, treatment, "hard_stop")
            # where no place is named, what speaks against a treatment is told all the same
            firm, is_open = self._offered(area, treatment) if area is not None else (TRUE, FALSE)
            here = circuit.all_of((circuit.any_of((firm, is_open)), -stopped))
            on_the_table.append(here)
            if area is None:
                yield f"person/{treatment}", (stopped,)
            for rule, concerns in _by_rule(self._offers(area, treatment) if area is not None else ()):
                offered = circuit.any_of(self._fires(rule, concern) for concern in concerns)
                maybe = circuit.any_of(self._is_open(rule, concern) for concern in concerns)
                told = circuit.all_of((offered, -stopped)), circuit.all_of((maybe, is_open, -stopped))
                yield f"offer/{area}/{rule.id}", told
            for rule, concerns in _by_rule(self._holds(area, treatment)):
                held = circuit.any_of(self._fires(rule, concern) for concern in concerns)
                doubted = circuit.all_of((circuit.any_of(self._doubts(rule, concern) for concern in concerns), -held))
                yield f"hold/{area}/{treatment}/{rule.id}", (circuit.all_of((held, here)), circuit.all_of((doubted, here)))
        over = circuit.all_of(self._stopped(treatment) for treatment in TREATMENTS)
        yield "over", (over,)
        for rule, concerns in _by_rule(self._concluding("refer")):
            for area in dict.fromkeys(self._area(concern) for concern in concerns):
                fires = circuit.any_of(self._fires(rule, concern) for concern in concerns if self._area(concern) == area)
                yield f"refer/{area}/{rule.id}", (circuit.all_of((fires, -over)),)
        some = circuit.any_of(on_the_table)
        for rule, concerns in _by_rule(self._concluding("note")):
            fires = circuit.any_of(self._fires(rule, concern) for concern in concerns)
            yield f"note/{rule.id}", (circuit.all_of((fires, some)),)

    def _area(self, concern: int | None) -> str | None:
        return None if concern is None else self._shape.concerns[concern][0]


def _by_rule(found: Iterable[tuple[Rule, int | None]]) -> Iterator[tuple[Rule, tuple[int | None, ...]]]:
    for rule, same in groupby(found, key=lambda one: one[0]):
        yield rule, tuple(concern for _, concern in same)


def _names(target: str) -> tuple[str, ...]:
    return ("raised",) if target.startswith("alert/") else ("suggested", "open", "review", "deferred", "referred")


def _accepts(test: Test, value: Value | None, reading: _Reading) -> bool:
    if reading == "possible":
        return test.truth(value) is not Truth.NO
    return (test.truth(value) if reading == "certain" else test.truth_in_doubt(value)) is Truth.YES


def _items(rules: RuleBase, shape: Shape) -> Iterator[tuple[str, Field]]:
    """Every answer that could be known or not for a person of this shape: what some rule reads, and every symptom."""
    symptoms = set(FIELDS["symptoms"].values())
    for field in sorted(rules.fields_read | symptoms):
        if field.group == "concern":
            if field not in _PLACE:
                yield from ((field.path(concern), field) for concern in range(len(shape.concerns)))
        elif field.group not in AFTER_TREATMENT or shape.after_treatment:
            yield field.path(), field


def _points(field: Field, rules: RuleBase) -> tuple[int, ...]:
    """The least number of each stretch between the bounds that some rule tests."""
    tests = [test for rule in rules.rules for test in tests_of(rule.when) if test.field == field]
    bounds = {bound for test in tests for bound in (test.at_least, test.below) if isinstance(bound, int)}
    return tuple(sorted({0} | {bound for bound in bounds if bound > 0}))


def _given(path: str, field: Field, facts: Facts) -> Value | None:
    if field.group == "concern":
        return facts.concerns[int(path[path.index("[") + 1 : path.index("]")])].get(field.name)
    return facts.values.get(field)
