"""What can still be concluded of people of whom something is known, and so which answers can still make a difference.

Two of them at once, who differ in as little as one answer: a solver says so exactly, whatever else is open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import groupby, pairwise

from recommender.documents.answer_path import natural
from recommender.documents.answers import Answers
from recommender.documents.assessment import OpenQuestion
from recommender.documents.vocabulary import TREATMENTS
from recommender.inference.choices import Known, everybody, given_in, items_of, stretch_of
from recommender.inference.policy import Policy
from recommender.inference.statements import C, Statement, statements
from recommender.knowledge.conditions import UNSURE
from recommender.knowledge.fields import Facts, Value
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase
from recommender.languages import translate
from recommender.lazy import lazy_property
from recommender.logic.circuit import FALSE, Circuit
from recommender.logic.logics import Planes

_KEPT = 64  # possibilities of a rule base, about 0.6 MB each
_MOST_SETS = 60  # of changes that are looked at before the smallest of them are named


@dataclass(frozen=True)
class Answered:
    """What is known of one person: what was given, by path, and what a solver is to assume."""

    given: Mapping[str, Value | None]
    assumed: Sequence[int]


class Possibilities:
    """Everybody of whom this is known, twice. ``items`` are the answers that may be known or not: path → field and concern.

    Safe to ask from several threads, one after the other.
    """

    def __init__(self, rules: RuleBase, known: Known) -> None:
        self._circuit = circuit = Circuit()
        self._asking = threading.Lock()
        self.items = {fact.path(concern): (fact, concern) for fact, concern in items_of(rules, known)}
        people = everybody(circuit, rules, known)
        self._policy = Policy(people, list(statements(Reading(people, rules.finders), rules)))
        people.values = dict(people.values)  # what is read is read by now: nothing here keeps the rule base alive
        self._standings = dict(_standings(self._policy, known))
        self._values = {path: people.values[item] for path, item in self.items.items() if item in people.values}
        self._gates = circuit.below(literal for stands in self._standings.values() for literal in stands.values())
        self._other = {path: dict(zip(v, circuit.one_of(len(v)), strict=True)) for path, v in self._values.items()}
        self._copies = {v[value]: self._other[path][value] for path, v in self._values.items() for value in v}
        self._changes = {name: self._changed_by(stands.values()) for name, stands in self._standings.items()}
        self._same = {path: self._alike(self._values[path].values(), self._other[path].values()) for path in self._values}
        self._one_differs = self._at_most_one(-same for same in self._same.values())

    @cached_property
    def _told_otherwise(self) -> int:
        """Whether something is told to the two that differs."""
        shown = (*self._policy.outcomes.values(), *_shown(self._policy))
        return self._circuit.any_of([*self._changes.values(), self._changed_by(shown)])

    def _alike(self, one: Iterable[int], other: Iterable[int]) -> int:
        same = self._circuit.fresh()
        for here, there in zip(one, other, strict=True):
            self._circuit.require(-same, -here, there)
            self._circuit.require(-same, here, -there)
        return same

    def _at_most_one(self, literals: Iterable[int]) -> int:
        """A literal under which no two of these are true."""
        alone, some = self._circuit.fresh(), FALSE
        for literal in literals:
            self._circuit.require(-alone, -self._circuit.all_of((some, literal)))
            some = self._circuit.any_of((some, literal))
        return alone

    def _changed_by(self, literals: Iterable[int]) -> int:
        circuit, literals = self._circuit, tuple(literals)
        for gate in circuit.below(literals):
            if gate not in self._copies:
                self._copies[gate] = circuit.all_of([self._copy(part) for part in circuit.parts(gate)])
        return circuit.any_of(circuit.differ(literal, self._copy(literal)) for literal in literals)

    def _copy(self, literal: int) -> int:
        """What a literal is of the other one of the two."""
        copy = self._copies.get(abs(literal), abs(literal))
        return copy if literal > 0 else -copy

    def answered(self, facts: Facts, *, never_answered: Collection[str] = ()) -> Answered:
        """What is known of one person's answers; those ``never_answered`` stay as they are."""
        given = {path: stretch_of(tuple(values), self.given(path, facts)) for path, values in self._values.items()}
        assumed: list[int] = []
        for path, values in self._values.items():
            if given[path] == UNSURE:
                assumed += (-values[None], -self._other[path][None])
            elif given[path] is not None or path in never_answered:
                assumed.append(values[given[path]])
        return Answered(given, assumed)

    @property
    def targets(self) -> tuple[str, ...]:
        """Every option and alert that there can be."""
        return tuple(sorted(self._changes))

    def values(self) -> Iterator[tuple[str, Value]]:
        """Each answer that is read by some rule, with each value that it can have; of a number, the least of each stretch."""
        for path in sorted(self._values, key=natural):
            yield from ((path, value) for value in self._values[path] if value is not None)

    def stretches(self, path: str) -> Iterator[tuple[int, str]]:
        """The stretches of a number that rules tell apart, each by its least number, in words; none for words."""
        points = [value for value in self._values.get(path, ()) if isinstance(value, int)]
        between = translate("{first} to {last}")
        yield from ((first, between.format(first=first, last=following - 1)) for first, following in pairwise(points))
        yield from ((last, translate("{least} or more").format(least=last)) for last in points[-1:])

    def given(self, path: str, facts: Facts) -> Value | None:
        """What was answered; what follows from another answer was not."""
        return given_in(facts, *self.items[path])

    def could_change(self, paths: Iterable[str], answered: Answered) -> Mapping[str, tuple[str, ...]]:
        """For each of these answers, the options and alerts that it alone could still change, whatever the others are.

        First each is tried with the others as they are, all at once; the solver is asked for what that leaves open.
        """
        asked = self._values.keys() & set(paths)
        found = self._tried(asked, answered)
        assumed = [self._one_differs, *answered.assumed, *(self._same[path] for path in self._values.keys() - asked)]
        with self._asking:
            for target, changed in self._changes.items():
                left = {path for path in asked if target not in found[path]}
                settled = [self._same[path] for path in asked - left]
                while left and changed != FALSE and self._circuit.possible([*assumed, changed, *settled]):
                    path = next(path for path in left if not self._circuit.holds(self._same[path]))
                    found[path].update(t for t, other in self._changes.items() if self._circuit.holds(other))
                    left.discard(path)
                    settled.append(self._same[path])
        return {path: tuple(sorted(targets)) for path, targets in found.items() if targets}

    def _tried(self, asked: Iterable[str], answered: Answered) -> dict[str, set[str]]:
        """What each of these answers changes where all others stay as they are: one plane of bits for all the ways."""
        ways = [(p, v) for p in asked for v in self._values[p] if v is not None and v != answered.given[p]]
        planes = Planes(1 + len(ways))
        inputs = {literal: 0 for values in self._values.values() for literal in values.values()}
        unchanged = dict.fromkeys(self._values, planes.true)
        for bit, (path, value) in enumerate(ways, start=1):
            inputs[self._values[path][value]] |= 1 << bit
            unchanged[path] ^= 1 << bit
        inputs.update((self._values[path][value], unchanged[path]) for path, value in answered.given.items())
        plane = self._circuit.over(planes, inputs, self._gates)
        found: dict[str, set[str]] = {path: set() for path in asked}
        for target, stands in self._standings.items():
            changed = 0
            for literal in stands.values():
                is_so = plane(literal)
                changed |= planes.not_(is_so) if is_so & 1 else is_so
            while changed:
                bit = changed.bit_length() - 1
                found[ways[bit - 1][0]].add(target)
                changed ^= 1 << bit
        return found

    def matters(self, path: str, answered: Answered) -> bool:
        """Whether one answer could still change anything that is told of what is on the table."""
        same = (self._same[other] for other in self._values if other != path)
        with self._asking:
            return path in self._values and self._circuit.possible([self._told_otherwise, *answered.assumed, *same])

    def which_matter(self, paths: Iterable[str], answered: Answered) -> frozenset[str]:
        """Those of these answers that ``matters`` is true of, asked for all at once."""
        asked = self._values.keys() & set(paths)
        found = {path for path, changed in self._tried(asked, answered).items() if changed}
        with self._asking:
            assumed = [self._one_differs, self._told_otherwise, *answered.assumed]
            assumed += (self._same[path] for path in self._values.keys() - asked)
            while found != asked and self._circuit.possible([*assumed, *(self._same[path] for path in found)]):
                found.add(next(path for path in asked - found if not self._circuit.holds(self._same[path])))
        return frozenset(found)

    def standings_if(self, facts: Facts, changed: Mapping[str, Value | None]) -> Mapping[str, str]:
        """The standing of each option on the table and each alert ("raised"), with some answers otherwise than in ``facts``."""
        given = {path: changed.get(path, self.given(path, facts)) for path in self._values}
        with self._asking:
            self._circuit.possible([self._literal(self._values, path, value) for path, value in given.items()])
            found = {name: self._holding(stands) for name, stands in self._standings.items()}
        return {name: standing for name, standing in found.items() if standing is not None}

    def _literal(self, values: Mapping[str, Mapping[Value | None, int]], path: str, value: Value | None) -> int:
        return values[path][stretch_of(tuple(values[path]), value)]

    def _holding(self, stands: Mapping[str, int]) -> str | None:
        return next((standing for standing, literal in stands.items() if self._circuit.holds(literal)), None)

    def least_changes(
        self, facts: Facts, free: Mapping[str, Sequence[Value]], target: str, *, most: int
    ) -> tuple[Mapping[str, Value], ...]:
        """Up to ``most`` sets of changed answers, none of which can be smaller, that change the standing of a target.

        ``free`` says which answers may change, and to what; all others stay as they are in ``facts``. The smallest come first.
        """
        given = {path: self.given(path, facts) for path in self._values}
        free = {path: values for path, values in free.items() if path in self._values}
        stays = {path: self._literal(self._other, path, value) for path, value in given.items()}
        fixed = [self._changes[target], *(self._literal(self._values, path, value) for path, value in given.items())]
        fixed += [literal for path, literal in stays.items() if path not in free]
        found: list[Mapping[str, Value]] = []
        with self._asking:
            fixed += [
                self._circuit.any_of(self._literal(self._other, path, value) for value in (*values, given[path]))
                for path, values in free.items()
            ]
            while len(found) < _MOST_SETS and self._circuit.possible(fixed):
                changed = self._changed(free, stays)
                for path in tuple(changed):
                    if self._circuit.possible([*fixed, *(stays[p] for p in free if p not in changed or p == path)]):
                        changed = self._changed(free, stays)
                found.append(changed)
                fixed.append(-self._circuit.all_of(self._other[path][value] for path, value in changed.items()))
        return tuple(sorted(found, key=_by_size)[:most])

    def _changed(self, free: Iterable[str], stays: Mapping[str, int]) -> dict[str, Value]:
        return {
            path: next(v for v, literal in self._other[path].items() if v is not None and self._circuit.holds(literal))
            for path in free
            if not self._circuit.holds(stays[path])
        }


def possibilities_of(rules: RuleBase, known: Known) -> Possibilities:
    """What can be concluded of people like that, the same in every language: built once, kept while among those used last."""
    rules = rules.english
    found: Possibilities = rules.kept.setdefault(Possibilities, lru_cache(_KEPT)(partial(Possibilities, rules)))(known)
    return found


class Relevance:
    """Which answers that are not known could still change what is concluded from these, however the others are answered.

    An answer matters if there are two ways to go on – answering others or leaving them – that differ in it alone and come to
    something different. What only a nurse is asked stays as it is where a patient answers, and so does what is ``left_open``
    and what follows from another answer.
    """

    def __init__(
        self, rules: RuleBase, answers: Answers, *, facts: Facts | None = None, left_open: Collection[str] = frozenset()
    ) -> None:
        facts = facts or rules.facts(answers)
        self._possible = possibilities_of(rules, Known.of(facts))
        asked_of = rules.reference.questions.asked_of
        given = {path: self._possible.given(path, facts) for path in self._possible.items}
        left = [path for path, value in given.items() if value is None]
        settled = {fact.path() for fact in facts.followed}.union(left_open)
        self.unanswered = tuple(p for p in left if asked_of(answers.respondent, p) and p not in settled)
        self._stays = set(left).difference(self.unanswered)
        self._answered = self._possible.answered(facts, never_answered=self._stays)
        self._unsure = tuple(path for path, value in given.items() if value == UNSURE)

    @lazy_property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Each answer not known (not given, or "unsure") that could change an option's status or add an alert, and which."""
        changes = self._possible.could_change((*self.unanswered, *self._unsure), self._answered)
        return tuple(OpenQuestion(path=path, could_change=changes[path]) for path in sorted(changes, key=natural))

    def matters(self, path: str) -> bool:
        """Whether one answer could change anything that is told: a status or an alert, or else an offer, a hold, a referral
        or a note about what is on the table.
        """
        return path not in self._stays and self._possible.matters(path, self._answered)

    def which_matter(self, paths: Collection[str]) -> frozenset[str]:
        """Those of these answers of which ``matters`` is true."""
        return self._possible.which_matter(set(paths) - self._stays, self._answered)

    def could_alert(self, path: str) -> bool:
        """Whether one answer could add an alert, or take one away."""
        if path in self._stays:
            return False
        targets = self._possible.could_change((path,), self._answered).get(path, ())
        return any(name.startswith("alert/") for name in targets)


def _by_size(changed: Mapping[str, Value]) -> tuple[object, ...]:
    return len(changed), sorted((natural(path), str(value)) for path, value in changed.items())


def _standings(policy: Policy[int], known: Known) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Each option and alert that there can be by name, with a literal for each standing but "withdrawn".

    Where no place is named and nothing is asked about an injection, each treatment: how it is held.
    """
    for (area, treatment), option in policy.options.items():
        stands = policy.statuses(option)
        yield f"{area}/{treatment}", {status: literal for status, literal in stands.items() if status != "withdrawn"}
    if not known.most and not known.after_treatment:
        for treatment in TREATMENTS:
            held = policy.held_back(treatment)
            if any(literal != FALSE for literal in held.values()):
                yield treatment, {str(status): literal for status, literal in held.items()}
    for urgency, raised in policy.raised.items():
        if raised != FALSE:
            yield f"alert/{urgency}", {"raised": raised}


def _shown(policy: Policy[int]) -> Iterator[int]:
    """What else is told: who else to see, and of what is on the table offers, holds and notes by rule."""
    all_of, any_of = policy.all_of, policy.any_of
    tables: list[int] = []
    for area in policy.areas or (None,):
        for treatment in TREATMENTS:
            stopped = policy.held(area, treatment)["hard_stop"]
            table = -stopped  # where no place is named, what speaks against a treatment is told all the same
            if area is None:
                yield stopped
            elif (area, treatment) not in policy.options:
                continue
            else:
                option = policy.options[area, treatment]
                table = all_of((any_of((option.firm, option.open)), -stopped))
                offers = list(policy.offers_at(area, treatment))
                yield from (all_of((offered, -stopped)) for offered in _by_rule(policy, offers, lambda o: o.certain))
                maybe = _by_rule(policy, offers, lambda o: o.waits)
                yield from (all_of((waits, option.open, -stopped)) for waits in maybe)
            tables.append(table)
            holds = list(policy.holds_at(area, treatment))
            both = (_by_rule(policy, holds, lambda h: h.certain), _by_rule(policy, holds, lambda h: h.doubted))
            for held, doubted in zip(*both, strict=True):
                yield all_of((held, table))
                yield all_of((doubted, -held, table))
    for place in (None, *policy.areas):
        about = (referral for referral in policy.referrals if (referral.concern is None) == (place is None))
        yield from _by_rule(policy, policy.here(place, about), policy.named)
    some = any_of(tables)
    yield from _by_rule(policy, ((note, some) for note in policy.notes), policy.told)


def _by_rule(
    policy: Policy[int], found: Iterable[tuple[Statement[int, C], int]], is_so: Callable[[Statement[int, C]], int]
) -> Iterator[int]:
    """For each rule, whether it says so about one of the concerns that count."""
    for _, same in groupby(found, key=lambda one: one[0].rule.id):
        yield policy.any_of(policy.all_of((is_so(statement), counts)) for statement, counts in same)
