"""Answers as choices among their values: of everybody at once, as literals, or of a population, as planes of bits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from itertools import pairwise
from typing import Generic

from recommender.documents.vocabulary import JURISDICTIONS, Jurisdiction
from recommender.knowledge.conditions import AFTER_TREATMENT, UNSURE, Mode, Test
from recommender.knowledge.fields import AREA, ASKS_AFTER, DESCRIBED, FIELDS, KIND, Facts, Field, Value
from recommender.knowledge.rulebase import RuleBase
from recommender.logic.circuit import FALSE, TRUE, Circuit
from recommender.logic.logics import Logic, Planes, T

#: which answer: a field, and of a concern its number
Item = tuple[Field, int | None]
Values = Mapping[Value | None, T]


@dataclass(eq=False)
class Choices(Generic[T]):
    """People of whom each answer has exactly one of its values, "not answered" (None) being one of them.

    A number has as values the least of each stretch that some rule tells apart.
    """

    logic: Logic[T]
    values: Mapping[Item, Values[T]]
    _: KW_ONLY
    there: Sequence[T]
    after_treatment: T
    jurisdictions: Mapping[Jurisdiction, T]
    follows: Mapping[Field, Field]
    _facts: dict[Item, Values[T]] = field(default_factory=dict, init=False)
    _alike: dict[tuple[Field, int, int], T] = field(default_factory=dict, init=False)

    @property
    def concerns(self) -> range:
        """One for each thing that can be seen."""
        return range(len(self.there))

    def _known(self, item: Item) -> Values[T]:
        """What is known of an answer: what was given, what follows from another, or what is asked of nobody."""
        if item not in self._facts:
            fact, before = item[0], self.follows.get(item[0])
            if fact == ASKS_AFTER:
                self._facts[item] = self._yes_or_no(self.after_treatment)
            elif fact == DESCRIBED:
                self._facts[item] = self._yes_or_no(self._described())
            elif before is not None:
                self._facts[item] = self._followed(self.values[item], self.values[before, None]["no"])
            else:
                self._facts[item] = self.values[item]
        return self._facts[item]

    def _yes_or_no(self, yes: T) -> Values[T]:
        return {"yes": yes, "no": self.logic.not_(yes)}

    def _described(self) -> T:
        signs = [self.values[sign, None] for sign in FIELDS["symptoms"].values()]
        some = [self.logic.any_of(values[word] for word in ("yes", UNSURE)) for values in signs]
        return self.logic.any_of([*some, self.logic.all_of(self.logic.not_(values[None]) for values in signs)])

    def _followed(self, said: Values[T], no_before: T) -> Values[T]:
        """What is known of an answer that may follow from the "no" of another, where it is not given itself."""
        follows = self.logic.all_of((said[None], no_before))
        return {
            **said,
            "no": self.logic.any_of((said["no"], follows)),
            None: self.logic.all_of((said[None], self.logic.not_(no_before))),
        }

    def says(self, test: Test, concern: int | None, mode: Mode) -> T:
        """Whether the answer has a value that satisfies the test."""
        after = concern is None and test.field.group in AFTER_TREATMENT
        if after and self.after_treatment == self.logic.false:
            return self.logic.false
        found = self._among(test, (test.field, concern), mode)
        return self.logic.all_of((self.after_treatment, found)) if after else found

    def _among(self, test: Test, item: Item, mode: Mode) -> T:
        values = self._known(item)
        accepted = [found for value, found in values.items() if test.accepts(value, mode)]
        return self.logic.true if len(accepted) == len(values) else self.logic.any_of(accepted)

    def is_there(self, concern: int) -> T:
        """Whether so many concerns are named."""
        return self.there[concern]

    def names(self, concern: int, fact: Field, word: str) -> T:
        """Whether this value is the one."""
        return self.values[fact, concern].get(word, self.logic.false)

    def alike(self, fact: Field, concern: int, other: int) -> T:
        """Whether the two have one value."""
        key = fact, min(concern, other), max(concern, other)
        if key not in self._alike:
            one, two = self.values[fact, concern], self.values[fact, other]
            same = (self.logic.all_of((found, two[value])) for value, found in one.items() if value in two)
            self._alike[key] = self.logic.any_of(same)
        return self._alike[key]

    def lives_in(self, jurisdictions: Collection[Jurisdiction]) -> T:
        """Whether one of these is theirs."""
        return self.logic.any_of(self.jurisdictions.get(place, self.logic.false) for place in jurisdictions)


@dataclass(frozen=True)
class Known:
    """What is known of everybody: what is seen and where (or only how many things at most), whether they ask about an
    injection, and where they live; None is not known.
    """

    concerns: tuple[tuple[str, str], ...] | int
    after_treatment: bool | None = None
    jurisdiction: Jurisdiction | None = None

    @classmethod
    def of(cls, facts: Facts) -> Known:
        """What one person's answers are asked about."""
        seen = tuple((concern["area"], concern["kind"]) for concern in facts.concerns)
        return cls(seen, facts.after_treatment, facts.jurisdiction)

    @property
    def most(self) -> int:
        """How many concerns there are at most."""
        return self.concerns if isinstance(self.concerns, int) else len(self.concerns)


def items_of(rules: RuleBase, known: Known) -> Iterator[Item]:
    """Every answer that could be known or not: what some rule reads, what that follows from, and every symptom."""
    before = {rules.follows[fact] for fact in rules.fields_read if fact in rules.follows}
    for fact in sorted(rules.fields_read | before | set(FIELDS["symptoms"].values())):
        if fact.group == "concern":
            if fact not in (AREA, KIND):
                yield from ((fact, concern) for concern in range(known.most))
        elif fact.group not in AFTER_TREATMENT or known.after_treatment is not False:
            yield fact, None


def values_of(rules: RuleBase, fact: Field) -> tuple[Value | None, ...]:
    """The values of an answer: its words, or the least of each stretch of a number; and not answered."""
    return _values(rules.stretches, fact)


def _values(stretches: Mapping[Field, tuple[int, ...]], fact: Field) -> tuple[Value | None, ...]:
    return (*(stretches.get(fact, (0,)) if fact.is_number else fact.words), None)


def everybody(
    circuit: Circuit, rules: RuleBase, known: Known, *, stretches: Mapping[Field, tuple[int, ...]] | None = None
) -> Choices[int]:
    """Everybody of whom this is known, as literals of a circuit; what is known is constant in it.

    An answer is a choice from when it is first read: ``values`` has those that some rule reads of these people.
    ``stretches`` are those of numbers that are told apart, where these are more than the rules tell apart.
    """
    told_apart = rules.stretches if stretches is None else stretches

    def choice(values: Sequence[Value | None], fixed: Value | None = None) -> Values[int]:
        return {fixed: TRUE} if fixed is not None else dict(zip(values, circuit.one_of(len(values)), strict=True))

    class Read(dict[Item, Values[int]]):
        def __missing__(self, item: Item) -> Values[int]:
            self[item] = choice(_values(told_apart, item[0]))
            return self[item]

    places = [(None, None)] * known.concerns if isinstance(known.concerns, int) else known.concerns
    values = Read()
    for number, (area, kind) in enumerate(places):
        values |= {(AREA, number): choice(AREA.words, area), (KIND, number): choice(KIND.words, kind)}
    there = [circuit.fresh() if isinstance(known.concerns, int) else TRUE for _ in places]
    for before, after in pairwise(there):
        circuit.require(-after, before)
    asks = circuit.fresh() if known.after_treatment is None else (TRUE if known.after_treatment else FALSE)
    lives = choice(JURISDICTIONS, known.jurisdiction)
    return Choices(circuit, values, there=there, after_treatment=asks, jurisdictions=lives, follows=rules.follows)  # type: ignore[arg-type]


def inputs(everyone: Choices[int], people: Choices[T]) -> Mapping[int, T]:
    """For each literal of everybody that is a choice, what it comes to of these people: what sends them through the gates."""
    pairs = list(zip((everyone.after_treatment, *everyone.there), (people.after_treatment, *people.there), strict=True))
    never = people.logic.false  # what is known of them leaves out the other values
    pairs += [(literal, people.jurisdictions.get(place, never)) for place, literal in everyone.jurisdictions.items()]
    for item, values in everyone.values.items():
        pairs += [(literal, people.values[item].get(value, never)) for value, literal in values.items()]
    return dict(pairs)


def population(rules: RuleBase, people: Sequence[Facts], *, most: int | None = None) -> Choices[int]:
    """These people at once, as planes of bits: person *n* is bit *n*. ``most`` concerns each, if not as many as they have."""
    most = most if most is not None else max((len(facts.concerns) for facts in people), default=0)

    def column(item: Item, values: Sequence[Value | None]) -> bytes:
        codes = {value: code for code, value in enumerate(values)}
        return bytes(codes[stretch_of(values, given_in(facts, *item))] for facts in people)

    return population_of(
        rules,
        len(people),
        column,
        there=[bytes(len(facts.concerns) > k for facts in people) for k in range(most)],
        after_treatment=bytes(facts.after_treatment for facts in people),
        jurisdictions=bytes(JURISDICTIONS.index(facts.jurisdiction) for facts in people),
    )


def population_of(
    rules: RuleBase,
    count: int,
    column: Callable[[Item, Sequence[Value | None]], bytes],
    *,
    there: Sequence[bytes],
    after_treatment: bytes,
    jurisdictions: bytes,
) -> Choices[int]:
    """So many people as planes of bits, from columns with a byte for each of them.

    ``column`` gives of an answer the place of each person's among these values; ``there`` has 1 for each number of a concern
    for whoever has one, ``after_treatment`` for whoever asks about an injection; ``jurisdictions`` are places in JURISDICTIONS.
    """
    most = len(there)
    items = [*items_of(rules, Known(most)), *((fact, k) for fact in (AREA, KIND) for k in range(most))]
    values = {item: values_of(rules, item[0]) for item in items}
    return Choices(
        Planes(count),
        {item: planes(of, column(item, of)) for item, of in values.items()},
        there=[_plane(one, 1) for one in there],
        after_treatment=_plane(after_treatment, 1),
        jurisdictions=planes(JURISDICTIONS, jurisdictions),  # type: ignore[arg-type]
        follows=rules.follows,
    )


def planes(values: Sequence[Value | None], column: bytes) -> Values[int]:
    """For each value, the people who gave it, from each person's value by its place among them."""
    return {value: _plane(column, code) for code, value in enumerate(values)}


def _plane(column: bytes, code: int) -> int:
    """The bits of the people whose byte this is."""
    told_apart = bytes(0x31 if byte == code else 0x30 for byte in range(256))
    return int(column.translate(told_apart)[::-1] or b"0", 2)


def given_in(facts: Facts, fact: Field, concern: int | None) -> Value | None:
    """What was answered; what follows from another answer was not."""
    if concern is not None:
        return facts.concerns[concern].get(fact.name) if concern < len(facts.concerns) else None
    return None if fact in facts.followed else facts.values.get(fact)


def stretch_of(values: Sequence[Value | None], value: Value | None) -> Value | None:
    """An answer as one of these values: a number by the least of its stretch."""
    if not isinstance(value, int):
        return value
    return max(least for least in values if isinstance(least, int) and least <= value)
