"""What the rules conclude about many people at once: the circuit of everybody, read over planes of bits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Final, NamedTuple, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from recommender.documents.vocabulary import (
    AREAS,
    DESTINATIONS,
    JURISDICTIONS,
    TREATMENTS,
    URGENCIES,
    Outcome,
    Status,
    Treatment,
)
from recommender.inference.choices import Known, everybody, inputs, population_of
from recommender.inference.policy import IN_DOUBT, Policy
from recommender.inference.statements import Statement, statements
from recommender.knowledge.fields import AREA, Value
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase
from recommender.logic.circuit import Circuit
from recommender.logic.logics import Planes
from recommender.population.table import Item, PeopleTable

_OPTION: Final = pa.struct([("area", pa.string()), ("treatment", pa.string()), ("status", pa.string())])
_ALERT: Final = pa.struct([("urgency", pa.string()), ("in_doubt", pa.bool_())])
#: a row for each person: its number in the input, and what is concluded
SCHEMA: Final = pa.schema(
    [
        ("row", pa.int64()),
        ("outcome", pa.string()),
        ("options", pa.list_(_OPTION)),
        ("alerts", pa.list_(_ALERT)),
        ("referrals", pa.list_(pa.string())),
        ("rules", pa.list_(pa.string())),
    ]
)
#: the numbers of places for which a circuit is made: a person is read by the smallest that has theirs
_SIZES: Final = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 200)


class Concluded(NamedTuple):
    """What is concluded, a column for each thing that can be: ``names`` says of each column what it is."""

    outcomes: NDArray[np.bool_]
    options: NDArray[np.bool_]
    alerts: NDArray[np.bool_]
    referrals: NDArray[np.bool_]
    rules: NDArray[np.bool_]


@dataclass(frozen=True)
class _Names:
    """Everything that can be concluded, in the order of the columns."""

    outcomes: tuple[str, ...]
    options: tuple[tuple[str, str, str], ...]
    alerts: tuple[tuple[str, bool], ...]
    referrals: tuple[str, ...]
    rules: tuple[str, ...]


class _Everybody:
    """The circuit of everybody with at most so many places, and the literals of all that can be concluded."""

    def __init__(self, rules: RuleBase, most: int) -> None:
        self.circuit = Circuit()
        self.people = everybody(self.circuit, rules, Known(most))
        policy = Policy(self.people, list(statements(Reading(self.people, rules.finders), rules)))
        self.found: Mapping[str, Mapping[Any, int]] = {
            "outcomes": dict(policy.outcomes),
            "options": dict(_options(policy)),
            "alerts": self._any_of((alert, so) for alert, so in _alerts(policy)),
            "referrals": self._any_of((one.concludes.to, policy.named(one)) for one in policy.referrals),
            "rules": self._any_of(_deciding(policy)),
        }
        self.gates = self.circuit.below(so for part in self.found.values() for so in part.values())

    def _any_of(self, found: Iterator[tuple[Any, int]]) -> Mapping[Any, int]:
        parts: dict[Any, list[int]] = defaultdict(list)
        for name, so in found:
            parts[name].append(so)
        return {name: self.circuit.any_of(each) for name, each in parts.items()}


def _options(policy: Policy[int]) -> Iterator[tuple[tuple[str, Treatment, str], int]]:
    """Each status of each option. One that is no more than open and would be withdrawn is no option."""
    for (area, treatment), option in policy.options.items():
        for status, so in policy.statuses(option).items():
            yield (area, treatment, status), policy.all_of((so, option.firm)) if status == "withdrawn" else so


def _alerts(policy: Policy[int]) -> Iterator[tuple[tuple[str, bool], int]]:
    for alert in policy.alerts:
        yield (alert.concludes.urgency, False), alert.certain
        yield (IN_DOUBT[alert.concludes.urgency], True), alert.doubted


def _deciding(policy: Policy[int]) -> Iterator[tuple[str, int]]:
    """The rules that offer, hold, alert or refer, each with where it does."""
    yield from ((one.rule.id, one.certain) for one in policy.offers)
    spoken: tuple[Statement[int, Any], ...] = (*policy.holds, *policy.alerts)
    yield from ((one.rule.id, policy.any_of((one.certain, one.doubted))) for one in spoken)
    yield from ((one.rule.id, policy.named(one)) for one in policy.referrals)


class Population:
    """The rules, ready to be read about any number of people. What is concluded is what ``assess`` concludes of each."""

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules.english
        self._home = JURISDICTIONS.index(rules.jurisdiction)
        self._made: dict[int, _Everybody] = {}

    @cached_property
    def names(self) -> _Names:
        """What the columns of ``concluded`` are."""
        deciding = {rule.id for kind in ("offer", "hold", "alert", "refer") for rule in self.rules.concluding[kind]}
        return _Names(
            get_args(Outcome),
            tuple(product(AREAS, TREATMENTS, get_args(Status))),
            tuple((urgency, in_doubt) for urgency in URGENCIES for in_doubt in (False, True)),
            tuple(DESTINATIONS),
            tuple(sorted(deciding)),
        )

    def _everybody(self, places: int) -> _Everybody:
        most = next(size for size in _SIZES if size >= places)
        if most not in self._made:
            self._made[most] = _Everybody(self.rules, most)
        return self._made[most]

    def assess(self, people: PeopleTable) -> pa.Table:
        """A row for each of these people, by ``SCHEMA``, in their order."""
        return self.table(people, self.concluded(people))

    def concluded(self, people: PeopleTable) -> Concluded:
        """For each of these people everything that can be concluded, with whether it is."""
        names = self.names
        found = Concluded(*(np.zeros((len(people), len(part)), bool) for part in vars(names).values()))
        sizes = np.array(_SIZES)[np.searchsorted(_SIZES, people.places)]
        for most in map(int, np.unique(sizes)):
            chosen = np.flatnonzero(sizes == most)
            plane = self._read(people.of(chosen), self._everybody(most))
            for part, columns in zip(vars(names).items(), found, strict=True):
                literals = self._everybody(most).found[part[0]]
                for number, name in enumerate(part[1]):
                    if name in literals:
                        columns[chosen, number] = bits(plane(literals[name]), len(chosen))
        return found

    def _read(self, people: PeopleTable, every: _Everybody) -> Callable[[int], int]:
        """What literals come to for these people, as planes."""
        return every.circuit.over(Planes(len(people)), inputs(every.people, self._choices(people, every)), every.gates)

    def _choices(self, people: PeopleTable, every: _Everybody) -> Any:
        unanswered = np.full(len(people), -1, np.int64)

        def column(item: Item, values: Sequence[Value | None]) -> bytes:
            codes = people.answers.get(item, unanswered)
            if item[0].is_number:
                codes = np.where(codes < 0, -1, np.searchsorted([v for v in values if v is not None], codes, side="right") - 1)
            return _bytes(np.where(codes < 0, len(values) - 1, codes))  # not answered is the last of the values

        return population_of(
            self.rules,
            len(people),
            column,
            there=[_bytes(people.answers.get((AREA, k), unanswered) >= 0) for k in every.people.concerns],
            after_treatment=_bytes(people.after_treatment),
            jurisdictions=_bytes(np.where(people.jurisdictions < 0, self._home, people.jurisdictions)),
        )

    def table(self, people: PeopleTable, found: Concluded) -> pa.Table:
        """What was concluded as a table."""
        names = self.names
        columns = [
            pa.array(people.rows),
            pa.array(names.outcomes).take(pa.array(found.outcomes.argmax(axis=1))),
            _lists(found.options, _structs(names.options, _OPTION)),
            _lists(found.alerts, _structs(names.alerts, _ALERT)),
            _lists(found.referrals, pa.array(names.referrals)),
            _lists(found.rules, pa.array(names.rules)),
        ]
        return pa.Table.from_arrays(columns, schema=SCHEMA)


def bits(plane: int, count: int) -> NDArray[np.bool_]:
    """A plane as an array: place *n* is person *n*."""
    packed = np.frombuffer(plane.to_bytes((count + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=count, bitorder="little").view(bool)


def _bytes(column: NDArray[Any]) -> bytes:
    return column.astype(np.uint8).tobytes()


def _structs(names: Sequence[tuple[Any, ...]], kind: pa.StructType) -> pa.StructArray:
    return pa.array([dict(zip([one.name for one in kind], name, strict=True)) for name in names], kind)


def _lists(found: NDArray[np.bool_], values: pa.Array) -> pa.ListArray:
    """For each row the values whose column is so."""
    _, chosen = np.nonzero(found)
    offsets = np.concatenate([[0], np.cumsum(found.sum(axis=1))]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values.take(pa.array(chosen)))
