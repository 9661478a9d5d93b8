"""Rules read over a logic: what each comes to for one person, for everybody, or for a population, by one definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol

from recommender.documents.answers import read_answers
from recommender.documents.vocabulary import Jurisdiction
from recommender.knowledge.conditions import (
    AFTER_TREATMENT,
    AnswerTest,
    ConcernTest,
    Condition,
    FindingTest,
    Leaf,
    Mode,
    OtherConcern,
    Test,
    Truth,
    findings_of,
    fold,
    leaves,
)
from recommender.knowledge.fields import AREA, Facts, Field
from recommender.knowledge.rules import Find, Rule
from recommender.logic.logics import Booleans, Logic, T

Finders = Mapping[str, Sequence[Rule]]


class People(Protocol[T]):
    """Whom rules are read about: what is so of their answers, as values of a logic. Concerns are numbered from 0."""

    @property
    def logic(self) -> Logic[T]:
        """The logic of all these values."""

    @property
    def concerns(self) -> range:
        """The numbers of the concerns that there can be."""

    def says(self, test: Test, concern: int | None, mode: Mode) -> T:
        """Whether the answer that is tested satisfies the test."""

    def is_there(self, concern: int) -> T:
        """Whether there is a concern of this number."""

    def names(self, concern: int, fact: Field, word: str) -> T:
        """Whether this is the area, or the kind, of a concern."""

    def alike(self, fact: Field, concern: int, other: int) -> T:
        """Whether two concerns have the same area, or kind."""

    def lives_in(self, jurisdictions: Collection[Jurisdiction]) -> T:
        """Whether they live in one of these."""


@dataclass(frozen=True)
class OnePerson:
    """One person's facts, over plain booleans."""

    facts: Facts
    logic: Logic[bool] = field(default_factory=Booleans)

    @property
    def concerns(self) -> range:
        """One for each thing that they see."""
        return range(len(self.facts.concerns))

    def says(self, test: Test, concern: int | None, mode: Mode) -> bool:
        """By what was answered."""
        if concern is not None:
            return test.accepts(self.facts.concerns[concern].get(test.field.name), mode)
        return self.asked(test.field) and test.accepts(self.facts.values.get(test.field), mode)

    def asked(self, fact: Field) -> bool:
        """Whether there is anything to test: nothing is asked of an injection that they do not ask about."""
        return self.facts.after_treatment or fact.group not in AFTER_TREATMENT

    def is_there(self, concern: int) -> bool:  # noqa: ARG002 (they are all there)
        """Always."""
        return True

    def names(self, concern: int, fact: Field, word: str) -> bool:
        """By what they named."""
        return self.facts.concerns[concern][fact.name] == word

    def alike(self, fact: Field, concern: int, other: int) -> bool:
        """By what they named."""
        return self.facts.concerns[concern][fact.name] == self.facts.concerns[other][fact.name]

    def lives_in(self, jurisdictions: Collection[Jurisdiction]) -> bool:
        """By what they said, or where the product runs."""
        return self.facts.jurisdiction in jurisdictions


class Reading(Generic[T]):
    """Rules read about people, in no order: each is worked out once in each mode, when it is asked for."""

    def __init__(self, people: People[T], finders: Finders) -> None:
        self.people = people
        self.logic = people.logic
        self.finders = finders
        self._rules: dict[tuple[str, int | None, Mode], T] = {}

    def with_changed(self, changed: Collection[str], finders: Finders) -> Reading[T]:
        """The same people where some rules, by their ids, have changed: of the others what was worked out is kept."""
        again = Reading(self.people, finders)
        again._rules = {key: found for key, found in self._rules.items() if key[0] not in changed}
        return again

    def concerns_of(self, rule: Rule) -> Sequence[int | None]:
        """The concerns a rule is read for; a rule about the person is read once, for None."""
        return self.people.concerns if rule.scope == "concern" else (None,)

    def rule(self, rule: Rule, concern: int | None, mode: Mode = "certain") -> T:
        """Whether a rule's condition holds, about a concern or the person."""
        key = (rule.id, concern if rule.scope == "concern" else None, mode)
        found = self._rules.get(key)
        if found is None:
            found = self._rules[key] = self.logic.all_of(self._parts(rule, key[1], mode))
        return found

    def _parts(self, rule: Rule, concern: int | None, mode: Mode) -> Iterator[T]:
        if rule.text.jurisdictions:
            yield self.people.lives_in(rule.text.jurisdictions)
        if concern is not None:
            yield self.people.is_there(concern)
        yield self.condition(rule.when, concern, mode)

    def condition(self, condition: Condition, concern: int | None, mode: Mode = "certain") -> T:
        """Whether a condition holds, about a concern or the person."""
        return fold(condition, self.logic, lambda leaf: self._leaf(leaf, concern, mode))

    def _leaf(self, leaf: Leaf, concern: int | None, mode: Mode) -> T:
        match leaf:
            case ConcernTest(tests):
                return self.tests(tests, concern, mode)
            case AnswerTest(test):
                return self.people.says(test, None, mode)
            case FindingTest(names):
                return self.logic.any_of(self.rule(f, concern, mode) for name in names for f in self.finders[name])
            case OtherConcern(negated=False):
                of_others: Mode = "certain" if isinstance(mode, Field) else mode
                return self.logic.any_of(found for _, found in self.others(leaf, concern, of_others))
            case OtherConcern():
                opposite: Mode = "certain" if mode == "possible" else "possible"
                return self.logic.not_(self.logic.any_of(found for _, found in self.others(leaf, concern, opposite)))

    def tests(self, tests: Sequence[Test], concern: int | None, mode: Mode) -> T:
        """Whether one concern satisfies all of these tests."""
        return self.logic.all_of(self.people.says(test, concern, mode) for test in tests)

    def others(self, leaf: OtherConcern, concern: int | None, mode: Mode) -> Iterator[tuple[int, T]]:
        """The concerns that a ``same_area`` or ``anywhere`` test looks at, each with whether it satisfies the tests."""
        for other in self.people.concerns:
            if leaf.where == "anywhere":
                near = self.people.is_there(other)
            elif concern is not None and concern != other:
                near = self.logic.all_of((self.people.is_there(other), self.people.alike(AREA, concern, other)))
            else:
                near = self.logic.false
            if near != self.logic.false:
                yield other, self.logic.all_of((near, self.tests(leaf.tests, other, mode)))

    # what is not known

    def unknown(self, condition: Condition, concern: int | None) -> T:
        """Whether it is not known if a condition holds."""
        possible, certain = (self.condition(condition, concern, mode) for mode in ("possible", "certain"))
        return self.logic.all_of((possible, self.logic.not_(certain)))

    def waits(self, rule: Rule, concern: int) -> T:
        """Whether a rule is not known to hold, and only for want of details of this very concern."""
        parts = (self.rule(rule, concern, "possible"), self.logic.not_(self.rule(rule, concern)))
        unknown = self.logic.all_of(parts)
        if unknown == self.logic.false:
            return unknown
        return self.logic.all_of((unknown, self.logic.not_(self._waits_elsewhere(rule.when, concern))))

    def _waits_elsewhere(self, condition: Condition, concern: int | None) -> T:
        """Whether it is not known if a condition holds, and not only for want of details of this very concern."""
        match condition:
            case ConcernTest():
                return self.logic.false
            case AnswerTest():
                return self.unknown(condition, concern)
            case FindingTest(names):
                finders = ((f, self._elsewhere_for(f, concern)) for name in names for f in self.finders[name])
                inner = self.logic.any_of(self._where_applies(finder, found) for finder, found in finders)
            case OtherConcern(tests=tests):
                inner = self.logic.any_of(
                    self.logic.all_of((near, self.unknown(ConcernTest(tests), other)))
                    for other, near in self.others(OtherConcern(condition.where, ()), concern, "possible")
                    if other != concern
                )
            case _:
                inner = self.logic.any_of(self._waits_elsewhere(part, concern) for part in condition.parts)
        return self.logic.all_of((self.unknown(condition, concern), inner))

    def _elsewhere_for(self, finder: Rule, concern: int | None) -> T:
        return self._waits_elsewhere(finder.when, concern if finder.scope == "concern" else None)

    def _where_applies(self, finder: Rule, found: T) -> T:
        places = finder.text.jurisdictions
        return self.logic.all_of((self.people.lives_in(places), found)) if places else found


def finders_of(rules: Iterable[Rule]) -> Finders:
    """Finding → the rules that conclude it; none for a finding that no rule concludes."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        if isinstance(rule.concludes, Find):
            found[rule.concludes.name].append(rule)
    return found


def reading_of(given: Mapping[str, Any], home: Jurisdiction, finders: Finders) -> Reading[bool]:
    """Rules read about the person of a partial answers document; raises AnswersError if it is none."""
    return Reading(OnePerson(Facts.of(read_answers(given), home)), finders)


def truth(reading: Reading[bool], rule: Rule, concern: int | None) -> Truth:
    """Whether a rule's condition holds for one person: yes, no or not known."""
    if reading.rule(rule, concern):
        return Truth.YES
    return Truth.UNKNOWN if reading.rule(rule, concern, "possible") else Truth.NO


def rules_behind(rule: Rule, finders: Finders) -> Iterator[Rule]:
    """A rule and those whose findings it builds on, itself or by way of others; findings form no circle."""
    yield rule
    for name in sorted(findings_of(rule.when)):
        for finder in finders[name]:
            yield from rules_behind(finder, finders)


def leaves_behind(rule: Rule, finders: Finders) -> Iterator[Leaf]:
    """Everything that a rule tests, itself or by the findings that it builds on."""
    return (leaf for behind in rules_behind(rule, finders) for leaf in leaves(behind.when))


def own_tests(rule: Rule, finders: Finders) -> Iterator[Test]:
    """The tests a rule makes of its own concern, those of the findings it builds on included."""
    return (test for leaf in leaves_behind(rule, finders) if isinstance(leaf, ConcernTest) for test in leaf.tests)
