"""Everybody with at most so many places, and the smallest of them of whom something is so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from recommender.documents.answer_path import AnswerPath, seen_in
from recommender.documents.answers import Answers, read_answers
from recommender.inference.choices import Known, everybody
from recommender.inference.policy import Policy
from recommender.inference.statements import statements
from recommender.knowledge.conditions import AFTER_TREATMENT, Condition, tests_of
from recommender.knowledge.fields import AREA, KIND, Field, Value
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase, stretches_of
from recommender.logic.circuit import Circuit

#: more answers than this no smallest person gives
_MOST_ANSWERS = 60


class Everybody:
    """The rules read for everybody who names at most so many places, whatever they answer or leave open, in every country.

    ``also_read`` are conditions beside those of the rules: the numbers that they test are told apart too.
    Everything that is said to be impossible of them was found so by two solvers of different families.
    """

    def __init__(self, rules: RuleBase, places: int, also_read: Iterable[Condition] = ()) -> None:
        self.circuit = Circuit(checked=True)
        told_apart = stretches_of(test for when in (*(r.when for r in rules.rules), *also_read) for test in tests_of(when))
        self.people = everybody(self.circuit, rules, Known(places), stretches=told_apart)
        self.reading = Reading(self.people, rules.finders)
        self.policy: Policy[int] = Policy(self.people, list(statements(self.reading, rules)))

    def smallest(self, *so: int) -> Answers | None:
        """The answers of somebody of whom all of this is so, who names fewest places and answers fewest questions.

        None where there is nobody.
        """
        if not self.circuit.possible(so):
            return None
        given = [-values[None] for values in self.people.values.values() if None in values]
        more_than = self.circuit.counted([*self.people.there, *given, self.people.after_treatment], _MOST_ANSWERS)
        most = next((more for more in more_than if self.circuit.possible([*so, -more])), None)
        self.circuit.possible([*so, *([] if most is None else [-most])])
        return self._document()

    def _document(self) -> Answers:
        holds, people = self.circuit.holds, self.people

        def word(item: tuple[Field, int | None]) -> Value | None:
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
