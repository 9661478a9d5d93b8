"""A table of people: one row a person, one column an answer, by its address in an answers document.

``person.age``, ``history.pregnant``, ``concerns[0].area``, ``concerns[0].at_rest``, ``jurisdiction`` … A cell is a word or a
whole number; where an answer was not given it is null. ``after_treatment`` says "yes" of whoever asks about an injection
without an answer about it. What is wrong with a row is what an answers document says of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from recommender.documents.answer_path import CONCERN, GROUPS, address
from recommender.documents.answers import MAX_CONCERNS, Answers, read_answers
from recommender.documents.problems import AnswersError, Problem, nearest, shown
from recommender.documents.vocabulary import JURISDICTIONS
from recommender.knowledge.fields import AREA, FIELDS, Field

_INDEXED: Final = re.compile(r"concerns\[(\d{1,3})\]\.(\w+)", re.ASCII)
AFTER: Final = "after_treatment"
JURISDICTION: Final = "jurisdiction"
#: columns of a document that no rule reads: their words are checked all the same
_OTHERS: Final[Mapping[str, tuple[str, ...]]] = {"schema": ("consultation-answers/1",), "respondent": ("patient", "nurse")}
#: which answer: a field, and of a concern its number
Item = tuple[Field, int | None]
Codes = NDArray[np.int64]


class Rejected(NamedTuple):
    """A row that is no answers document: its number, from 1, and every problem by its path."""

    row: int
    why: str


@dataclass
class PeopleTable:
    """The people of a table whose rows are right. ``rows`` are their numbers, from 1; each answer is a column of values.

    A word stands as its place among the field's words, a number as itself; -1 is not answered. ``places`` is how many things
    each names at most: one more than the number of the last.
    """

    rows: NDArray[np.int64]
    answers: Mapping[Item, Codes]
    places: NDArray[np.int64]
    after_treatment: NDArray[np.bool_]
    jurisdictions: Codes
    rejected: Sequence[Rejected] = field(default=())

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, chosen: NDArray[np.int64]) -> PeopleTable:
        """Some of these people, by their places in this table."""
        return PeopleTable(
            self.rows[chosen],
            {item: column[chosen] for item, column in self.answers.items()},
            self.places[chosen],
            self.after_treatment[chosen],
            self.jurisdictions[chosen],
        )


def read_table(table: pa.Table, *, first: int = 1, passed: Iterable[str] = ()) -> PeopleTable:
    """The people in a table whose first row has the number ``first``. Columns that are ``passed`` are no answers.

    Raises AnswersError where a column is none that there can be; a row that is wrong is among the ``rejected``.
    """
    return _read(table, first, passed)


def read_documents(documents: Sequence[Any], *, first: int = 1) -> PeopleTable:
    """The people of answers documents; an AnswersError among them is why one could not be read."""
    table, wrong = _flat(documents)
    return _read(table, first, (), documents=documents, wrong=wrong)


def _read(
    table: pa.Table,
    first: int,
    passed: Iterable[str],
    *,
    documents: Sequence[Any] | None = None,
    wrong: NDArray[np.bool_] | None = None,
) -> PeopleTable:
    columns = [name for name in table.column_names if name not in set(passed)]
    _refuse_unknown(columns)
    coded = {name: _coded(name, table[name]) for name in columns}
    wrong = np.zeros(table.num_rows, bool) if wrong is None else wrong
    for _, bad in coded.values():
        wrong |= bad
    wrong |= _without_a_place({name: codes for name, (codes, _) in coded.items()}, table.num_rows)
    rejected, mended = _looked_at(table.select(columns), np.flatnonzero(wrong), first, documents)
    people = _people({name: codes for name, (codes, _) in coded.items()}, np.flatnonzero(~wrong), first)
    if mended:
        again = read_documents([document for _, document in mended])
        again.rows = np.array([row for row, _ in mended], np.int64)
        people = _joined(people, again)
    people.rejected = tuple(rejected)
    return people


def _refuse_unknown(columns: Sequence[str]) -> None:
    known = {address(group, name) for group in GROUPS if group != CONCERN for name in GROUPS[group].words}
    known |= {*_OTHERS, JURISDICTION, AFTER}
    problems = []
    for name in columns:
        detail = _INDEXED.fullmatch(name)
        if detail and detail[2] in GROUPS[CONCERN].words and int(detail[1]) < MAX_CONCERNS:
            continue
        if name not in known:
            near = nearest(name, [*known, *(f"concerns[0].{word}" for word in GROUPS[CONCERN].words)])
            problems.append(
                Problem(f"column {shown(name)}", "is no address of an answer, such as history.pregnant", nearest=near)
            )
    if len(columns) != len(set(columns)):
        twice = sorted({name for name in columns if list(columns).count(name) > 1})
        problems.append(Problem("columns", f"stand there twice: {', '.join(twice)}"))
    if problems:
        raise AnswersError(problems)


def _coded(name: str, column: pa.ChunkedArray) -> tuple[Codes, NDArray[np.bool_]]:
    """A column as codes, and which of its cells are no answer to its question."""
    words = words_of(name)
    array = pc.cast(column, column.type.value_type) if pa.types.is_dictionary(column.type) else column
    there = np.asarray(pc.is_valid(array))
    if pa.types.is_boolean(array.type) and "yes" in words:
        array = pc.if_else(array, "yes", "no")
    if words and (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        codes = np.asarray(pc.fill_null(pc.index_in(array, pa.array(words, array.type)), -1)).astype(np.int64)
    elif not words and pa.types.is_string(array.type):
        whole = pc.if_else(pc.match_substring_regex(array, r"^\d{1,9}$"), array, pa.scalar(None, array.type))
        codes = np.asarray(pc.fill_null(pc.cast(whole, pa.int64()), -1))
    elif not words and pa.types.is_integer(array.type):
        codes = np.asarray(pc.fill_null(pc.cast(array, pa.int64(), safe=False), -1))
    else:
        codes = np.full(len(array), -1, np.int64)
    if not words:
        codes = np.where(codes <= most_of(name), codes, -1)
    return codes, there & (codes < 0)


def words_of(name: str) -> tuple[str, ...]:
    """The words that a column may hold; none for a whole number."""
    if name in _OTHERS:
        return _OTHERS[name]
    if name == JURISDICTION:
        return tuple(JURISDICTIONS)
    return ("yes", "no") if name == AFTER else _field(name)[0].words


@cache
def most_of(name: str) -> int:
    """The largest whole number that a column may hold."""
    group = GROUPS[_field(name)[0].group]
    schema = Answers.model_json_schema()
    models = {"person": "Person", "screening": "Screening", AFTER: "AfterTreatment"}
    allowed = schema["$defs"][models[group.where]]["properties"][name.rpartition(".")[2]]["anyOf"]
    return int(next(one["maximum"] for one in allowed if "maximum" in one))


@cache
def _field(name: str) -> Item:
    detail = _INDEXED.fullmatch(name)
    if detail:
        return FIELDS[CONCERN][detail[2]], int(detail[1])
    where, _, word = name.rpartition(".")
    return next(FIELDS[group][word] for group, one in GROUPS.items() if one.where == where and group != CONCERN), None


def _without_a_place(coded: Mapping[str, Codes], count: int) -> NDArray[np.bool_]:
    """The rows with something about a thing of which the place or the kind is not said."""
    wrong = np.zeros(count, bool)
    by_number: dict[str, list[str]] = {}
    for name in coded:
        if detail := _INDEXED.fullmatch(name):
            by_number.setdefault(detail[1], []).append(name)
    for number, names in by_number.items():
        said = np.zeros(count, bool)
        for name in names:
            said |= coded[name] >= 0
        for name in (f"concerns[{number}].area", f"concerns[{number}].kind"):
            wrong |= said & (coded[name] < 0 if name in coded else True)
    return wrong


def _looked_at(
    table: pa.Table, rows: NDArray[np.int64], first: int, documents: Sequence[Any] | None
) -> tuple[list[Rejected], list[tuple[int, dict[str, Any]]]]:
    """What an answers document says of each of these rows: why it is none, or the document that it is."""
    rejected, right = [], []
    for row in map(int, rows):
        document = documents[row] if documents is not None else nested(table.slice(row, 1).to_pylist()[0])
        try:
            if isinstance(document, AnswersError):
                raise document
            right.append((first + row, read_answers(document).document()))
        except AnswersError as error:
            rejected.append(Rejected(first + row, "; ".join(map(str, error.problems))))
    return rejected, right


def _people(coded: Mapping[str, Codes], rows: NDArray[np.int64], first: int) -> PeopleTable:
    answers: dict[Item, Codes] = {}
    places = np.zeros(len(rows), np.int64)
    after = np.zeros(len(rows), bool)
    jurisdictions = np.full(len(rows), -1, np.int64)
    for name, codes in coded.items():
        column = codes[rows]
        if name == JURISDICTION:
            jurisdictions = column
        elif name == AFTER:
            after |= column == 0
        elif name not in _OTHERS:
            item = _field(name)
            answers[item] = column
            if item[0] == AREA and item[1] is not None:
                places = np.maximum(places, np.where(column >= 0, item[1] + 1, 0))
            elif name.startswith(f"{AFTER}."):
                after |= column >= 0
    return PeopleTable(rows + first, answers, places, after, jurisdictions)


def _joined(one: PeopleTable, other: PeopleTable) -> PeopleTable:
    """Two tables as one, in the order of their rows."""
    missing = [np.full(len(part), -1, np.int64) for part in (one, other)]
    together = PeopleTable(
        np.concatenate([one.rows, other.rows]),
        {
            item: np.concatenate([part.answers.get(item, empty) for part, empty in zip((one, other), missing, strict=True)])
            for item in one.answers.keys() | other.answers.keys()
        },
        np.concatenate([one.places, other.places]),
        np.concatenate([one.after_treatment, other.after_treatment]),
        np.concatenate([one.jurisdictions, other.jurisdictions]),
    )
    return together.of(np.argsort(together.rows, kind="stable"))


def _flat(documents: Sequence[Any]) -> tuple[pa.Table, NDArray[np.bool_]]:
    """Documents as a table, and which of them have what no column can hold: these are read as the documents that they are."""
    columns: dict[str, list[Any]] = {}
    wrong = np.zeros(len(documents), bool)
    for number, document in enumerate(documents):
        for name, value in _cells(document):
            if name == _ODD:
                wrong[number] = True
                continue
            if name not in columns:
                columns[name] = [None] * len(documents)
            columns[name][number] = value
    columns = columns or {JURISDICTION: [None] * len(documents)}
    return pa.table({name: pa.array(column, pa.string()) for name, column in columns.items()}), wrong


_ODD: Final = ""  # stands for a cell that no column can hold


def _cells(document: Any) -> Iterator[tuple[str, str]]:
    """The cells of a document."""
    if not isinstance(document, dict):
        yield _ODD, ""
        return
    for key, value in document.items():
        if value is None and key in (JURISDICTION, "screening", AFTER):
            continue
        if key in (*_OTHERS, JURISDICTION):
            yield (key, value) if isinstance(value, str) else (_ODD, "")
        elif key == "concerns" and isinstance(value, (list, tuple)) and len(value) <= MAX_CONCERNS:
            for number, one in enumerate(value):
                yield from _inner(f"concerns[{number}]", one)
        elif key == AFTER and isinstance(value, dict):
            yield AFTER, "yes"
            yield from _inner(key, {name: one for name, one in value.items() if name != "symptoms"})
            yield from _inner(f"{key}.symptoms", value.get("symptoms", {}))
        else:
            yield from _inner(key, value)


def _inner(where: str, answers: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(answers, dict):
        yield _ODD, ""
        return
    for name, value in answers.items():
        if value is not None:
            yield _cell(f"{where}.{name}", value)


def _cell(column: str, value: Any) -> tuple[str, str]:
    if not _is_column(column) or not isinstance(value, (str, int)):
        return _ODD, ""
    if words_of(column):
        said = ("yes" if value else "no") if isinstance(value, bool) else value
        return (column, said) if isinstance(said, str) else (_ODD, "")
    return (column, str(value)) if isinstance(value, int) and not isinstance(value, bool) else (_ODD, "")


@cache
def _is_column(name: str) -> bool:
    try:
        _refuse_unknown([name])
    except AnswersError:
        return False
    return True


def nested(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a table as the answers document that it stands for."""
    document: dict[str, Any] = {}
    concerns: dict[int, dict[str, Any]] = {}
    for name, cell in row.items():
        if cell is None:
            continue
        value = int(cell) if isinstance(cell, str) and not words_of(name) and re.fullmatch(r"\d{1,9}", cell) else cell
        if detail := _INDEXED.fullmatch(name):
            concerns.setdefault(int(detail[1]), {})[detail[2]] = value
        elif name == AFTER:
            if value == "yes":
                document.setdefault(AFTER, {})
            elif value != "no":
                document[AFTER] = value
        else:
            *where, last = name.split(".")
            inner = document
            for part in where:
                inner = inner.setdefault(part, {})
            inner[last] = value
    if concerns:
        document["concerns"] = [concerns[number] for number in sorted(concerns)]
    return document
