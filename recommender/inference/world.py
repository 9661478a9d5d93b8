"""The rules about one set of concerns as logic: what is concluded in one world, whatever the answers.

Each answer that a rule may read is a choice among its values, "not answered" being one of them. A rule reads its tests as
``knowledge/conditions.py`` does, and an option gets its status as ``inference/policy.py`` sets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from recommender.documents.vocabulary import Jurisdiction
from recommender.inference.circuit import FALSE, TRUE, Circuit
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
)
from recommender.knowledge.fields import DERIVED, FIELDS, Facts, Field, Value
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule

#: how a condition is read: as certainly so, as not ruled out, or as so where "unsure" about safety counts as if it were
Reading = Literal["certain", "possible", "doubted"]
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


def items_of(rules: RuleBase, shape: Shape) -> Iterator[tuple[str, Field]]:
    """Every answer that could be known or not for a person of this shape: what some rule reads, what that follows from, and
    every symptom.
    """
    symptoms = set(FIELDS["symptoms"].values())
    before = {rules.follows[field] for field in rules.fields_read if field in rules.follows}
    for field in sorted(rules.fields_read | before | symptoms):
        if field.group == "concern":
            if field not in _PLACE:
                yield from ((field.path(concern), field) for concern in range(len(shape.concerns)))
        elif field.group not in AFTER_TREATMENT or shape.after_treatment:
            yield field.path(), field


class World:
    """What every rule reads and says in one world, as literals. ``values`` are the answers: path → value → literal."""

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
        self._before = {fact.path(): before.path() for fact, before in rules.follows.items() if fact.path() in self.values}
        self._facts = self.values | {path: self._followed(path) for path in self._before}
        self.used: set[str] = set()
        self._read: dict[tuple[str, int | None, Reading], int] = {}
        every_symptom = [self.values[field.path()] for field in FIELDS["symptoms"].values() if field.path() in self.values]
        some = [circuit.any_of(values[word] for word in ("yes", UNSURE)) for values in every_symptom]
        self._described = circuit.any_of([*some, circuit.all_of(-values[None] for values in every_symptom)])

    def reads(self, rule: Rule, concern: int | None, reading: Reading) -> int:
        """Whether a rule's condition holds, about a concern or the person."""
        key = (rule.id, concern if rule.scope == "concern" else None, reading)
        found = self._read.get(key)
        if found is None:
            applies = rule.applies_in(self._shape.jurisdiction)
            found = self._read[key] = self._condition(rule.when, key[1], reading) if applies else FALSE
        return found

    def _condition(self, condition: Condition, concern: int | None, reading: Reading) -> int:
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
                    self.reads(finder, concern, reading) for name in names for finder in self._rules.finders[name]
                )
            case OtherConcern(tests=tests, negated=False):
                return self._circuit.any_of(self._tests(tests, other, reading) for other in self._others(condition, concern))
            case OtherConcern(tests=tests):
                opposite: Reading = "certain" if reading == "possible" else "possible"
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

    def _tests(self, tests: Sequence[Test], concern: int | None, reading: Reading) -> int:
        assert concern is not None  # only a rule about a concern tests one: checked at load
        seen = dict(zip(_PLACE, self._shape.concerns[concern], strict=True))
        if not all(_accepts(test, seen[test.field], reading) for test in tests if test.field in seen):
            return FALSE
        return self._circuit.all_of(
            self._among(test, test.field.path(concern), reading) for test in tests if test.field not in seen
        )

    def _answer(self, test: Test, reading: Reading) -> int:
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

    def _followed(self, path: str) -> dict[Value | None, int]:
        """What is known of an answer that may follow from the "no" of another, where it is not given itself."""
        said, no_before = self.values[path], self.values[self._before[path]]["no"]
        follows = self._circuit.all_of((said[None], no_before))
        return said | {
            "no": self._circuit.any_of((said["no"], follows)),
            None: self._circuit.all_of((said[None], -no_before)),
        }

    def _among(self, test: Test, path: str, reading: Reading) -> int:
        self.used.update((path, self._before.get(path, path)))
        values = self._facts[path]
        accepted = [literal for value, literal in values.items() if _accepts(test, value, reading)]
        return TRUE if len(accepted) == len(values) else self._circuit.any_of(accepted)

    def waits(self, rule: Rule, concern: int | None) -> int:
        """Whether a rule is not known to hold, and only for want of details of this very concern."""
        if not rule.applies_in(self._shape.jurisdiction):
            return FALSE
        return self._circuit.all_of((self._unknown(rule.when, concern), -self._waits_elsewhere(rule.when, concern)))

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


def _accepts(test: Test, value: Value | None, reading: Reading) -> bool:
    if reading == "possible":
        return test.truth(value) is not Truth.NO
    return (test.truth(value) if reading == "certain" else test.truth_in_doubt(value)) is Truth.YES
