"""Everybody with at most so many places, and the smallest of them of whom something is so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recommender.documents.answer_path import AnswerPath, seen_in
from recommender.documents.answers import Answers, read_answers
from recommender.inference.choices import Choices, Item, Known, everybody
from recommender.inference.policy import Policy
from recommender.inference.statements import statements
from recommender.knowledge.conditions import AFTER_TREATMENT, Condition, tests_of
from recommender.knowledge.fields import AREA, KIND, Value
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase, stretches_of
from recommender.logic.circuit import Circuit

#: more answers than this no smallest person gives
_MOST_ANSWERS = 60


@dataclass(frozen=True)
class ReadBy:
    """Everybody as one version of the rules reads them."""

    people: Choices[int]
    reading: Reading[int]
    policy: Policy[int]


class Everybody:
    """Everybody who names at most so many places, whatever they answer or leave open, in every country.

    ``conditions`` are all that they are asked about: the numbers that these test are told apart. Everything that is said to
    be impossible was found so by two solvers of different families, unless it is not to be ``checked``.
    """

    def __init__(self, rules: RuleBase, places: int, conditions: Iterable[Condition], *, checked: bool = True) -> None:
        self.circuit = Circuit(checked=checked)
        told_apart = stretches_of(test for condition in conditions for test in tests_of(condition))
        self._people = everybody(self.circuit, rules, Known(places), stretches=told_apart)
        self._more_than: tuple[int, Sequence[int]] = (0, ())

    def read_by(self, rules: RuleBase) -> ReadBy:
        """The same people, read by some rules."""
        people = replace(self._people, follows=rules.follows)
        reading = Reading(people, rules.finders)
        return ReadBy(people, reading, Policy(people, list(statements(reading, rules))))

    def smallest(self, *so: int) -> Answers | None:
        """The answers of somebody of whom all of this is so, who names fewest places and answers fewest questions.

        None where there is nobody.
        """
        if not self.circuit.possible(so):
            return None
        most = next((more for more in self._counted() if self.circuit.possible([*so, -more], sought=True)), None)
        self.circuit.possible([*so, *([] if most is None else [-most])])
        return self.found()

    def _counted(self) -> Sequence[int]:
        """For each number, a literal that is true of whoever names more places and answers than that."""
        given = [-values[None] for values in self._people.values.values() if None in values]
        if self._more_than[0] != len(given):  # an answer is a choice from when it is first read
            counted = self.circuit.counted([*self._people.there, *given, self._people.after_treatment], _MOST_ANSWERS)
            self._more_than = len(given), counted
        return self._more_than[1]

    def found(self, otherwise: Mapping[Item, Value | None] | None = None) -> Answers:
        """The answers of whoever was found last, with some of them ``otherwise``."""
        holds, people = self.circuit.holds, self._people

        def word(item: Item) -> Value | None:
            if otherwise and item in otherwise:
                return otherwise[item]
            return next((value for value, literal in people.values.get(item, {}).items() if holds(literal)), None)

        concerns = [number for number in people.concerns if holds(people.there[number])]
        document: dict[str, Any] = {
            "respondent": "nurse",
            "jurisdiction": next(place for place, literal in people.jurisdictions.items() if holds(literal)),
            "concerns": [{"area": word((AREA, n)), "kind": word((KIND, n))} for n in concerns],
        }
        if holds(people.after_treatment):
            document["after_treatment"] = {}
        seen = seen_in(document)
        for fact, concern in people.values:
            value = word((fact, concern))
            left_out = fact in (AREA, KIND) or (concern is not None and concern not in concerns)
            if value is None or left_out or (fact.group in AFTER_TREATMENT and "after_treatment" not in document):
                continue
            AnswerPath.parse(fact.path(concern), seen).put(document, value)
        return read_answers(document)
