"""A population in files: read in batches, each kept as a part, joined when all are there. What was begun is gone on with."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from recommender.atomic_write import FileError, atomic_write
from recommender.documents.problems import AnswersError, Problem, nearest, shown
from recommender.knowledge.answer_files import parse_json
from recommender.knowledge.rulebase import RuleBase
from recommender.population.table import PeopleTable, read_documents, read_table
from recommender.population.whole import Concluded, Population

BATCH: Final = 50_000  # people: planes of this size stay in the processor's cache
ID: Final = "id"  # a column that is passed on as it is
LONGEST_LINE: Final = 1_000_000  # bytes of one document
KINDS: Final = (".parquet", ".csv", ".jsonl")
_RUN: Final = "run.json"


class Run(NamedTuple):
    """What came of a run: how many people were assessed and how many rows rejected, and how often each thing was concluded."""

    people: int
    rejected: int
    counts: Mapping[str, Mapping[str, int]]


class _Batch(NamedTuple):
    """So many rows as they came, the first of which has this number: a table, or lines of JSON."""

    first: int
    rows: pa.Table | list[bytes]


def assess_file(
    rules: RuleBase,
    source: Path,
    output: Path,
    *,
    answers_field: str | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> Run:
    """Assess the people of a file into another, and the rows that are wrong into ``OUTPUT.rejects.jsonl`` beside it.

    Both are Parquet, CSV or JSON Lines by their names. ``done`` is told how many rows were read so far. Each batch is kept in
    the folder ``OUTPUT.parts`` until all are there: a run that was broken off goes on, and ends with the same bytes. Raises
    AnswersError where the input is not usable, FileError where something cannot be written or was begun for another input.
    """
    for file in (source, output):
        if file.suffix not in KINDS:
            near = nearest(file.suffix, KINDS)
            raise AnswersError([Problem(str(file), f"is named {shown(file.suffix)} at its end", KINDS, near)])
    parts = output.with_name(f"{output.name}.parts")
    _begin(parts, source, rules, answers_field, output)
    population = Population(rules)
    kept: list[Path] = []
    rows = 0
    for number, batch in enumerate(_batches(source)):
        kept.append(parts / f"{number:06}")
        if not _counts_of(kept[-1]).exists():
            _keep(kept[-1], population, batch, answers_field)
        rows += len(batch.rows)
        done(rows)
    if not rows:
        raise AnswersError([Problem(str(source), "is empty: expected one person a row")])
    return _join(kept, parts, output, source)


def _begin(parts: Path, source: Path, rules: RuleBase, answers_field: str | None, output: Path) -> None:
    """Make the folder of the parts; refuse one that was begun for something else."""
    try:
        digest = hashlib.sha256()
        with source.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise AnswersError([Problem(str(source), f"cannot be read: {error.strerror or error}")]) from None
    said = {
        "input": digest.hexdigest(),
        "rules": rules.identity.fingerprint,
        "jurisdiction": rules.jurisdiction,
        "answers_field": answers_field,
        "batch": BATCH,
        "kind": output.suffix,
    }
    try:
        parts.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise FileError([Problem(str(parts), f"cannot be made: {error.strerror or error}")]) from None
    run = parts / _RUN
    if run.exists() and json.loads(run.read_text(encoding="utf-8")) != said:
        raise FileError([Problem(str(parts), "was begun with another input or other rules: remove it to begin anew")])
    with atomic_write(run) as file:
        file.write_text(json.dumps(said), encoding="utf-8")


def _batches(source: Path) -> Iterator[_Batch]:
    """The rows of a file, so many at a time, always the same ones."""
    first = 1
    try:
        for rows in _lines(source) if source.suffix == ".jsonl" else _tables(source):
            yield _Batch(first, rows)
            first += len(rows)
    except (pa.ArrowInvalid, OSError) as error:
        raise AnswersError([Problem(str(source), f"cannot be read: {error}")]) from None


def _lines(source: Path) -> Iterator[list[bytes]]:
    """Lines, so many at a time; of one that is too long its beginning alone, which is then no document."""
    with source.open("rb") as file:

        def one() -> bytes:
            line = file.readline(LONGEST_LINE)
            rest = line
            while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
                rest = file.readline(LONGEST_LINE)
            return line

        while lines := list(islice(iter(one, b""), BATCH)):
            yield lines


def _tables(source: Path) -> Iterator[pa.Table]:
    if source.suffix == ".parquet":
        with pq.ParquetFile(source) as file:
            yield from (pa.Table.from_batches([batch]) for batch in file.iter_batches(BATCH))
        return
    with source.open("rb") as file:
        header = file.readline(LONGEST_LINE)
    names = pyarrow.csv.read_csv(pa.py_buffer(header)).column_names if header.strip() else []
    if not names:
        return
    options = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        null_values=[""],
        quoted_strings_can_be_null=True,
    )
    left: list[pa.RecordBatch] = []
    with pyarrow.csv.open_csv(source, convert_options=options) as reader:
        for batch in reader:
            left.append(batch)
            while sum(map(len, left)) >= BATCH:
                table = pa.Table.from_batches(left)
                yield table.slice(0, BATCH)
                left = table.slice(BATCH).to_batches()
    if left:
        yield pa.Table.from_batches(left)


def _counts_of(part: Path) -> Path:
    return part.with_suffix(".json")


def _keep(part: Path, population: Population, batch: _Batch, answers_field: str | None) -> None:
    """Assess a batch and keep it: last of all its counts, by which it is known to be whole."""
    people, ids = _people(batch, answers_field)
    found = population.concluded(people)
    table = population.table(people, found)
    if ids is not None:
        table = table.add_column(1, ID, ids.take(pa.array(people.rows - batch.first)))
    with atomic_write(part.with_suffix(".parquet")) as file:
        pq.write_table(table, file, compression="zstd")
    with atomic_write(part.with_suffix(".rejects.jsonl")) as file:
        lines = (json.dumps({"row": row, "error": why}, ensure_ascii=False) + "\n" for row, why in people.rejected)
        file.write_text("".join(lines), encoding="utf-8")
    run = {"people": len(people), "rejected": len(people.rejected), "counts": _counted(population, found)}
    with atomic_write(_counts_of(part)) as file:
        file.write_text(json.dumps(run), encoding="utf-8")


def _people(batch: _Batch, answers_field: str | None) -> tuple[PeopleTable, pa.ChunkedArray | None]:
    if isinstance(batch.rows, pa.Table):
        people = read_table(batch.rows, first=batch.first, passed=(ID,))
        return people, batch.rows[ID] if ID in batch.rows.column_names else None
    documents = [_document(line, answers_field) for line in batch.rows]
    return read_documents(documents, first=batch.first), None


def _document(line: bytes, answers_field: str | None) -> Any:
    """The document in a line; an AnswersError where there is none."""
    try:
        document = parse_json(line.decode("utf-8"), "line")
    except AnswersError as error:
        return error
    except UnicodeDecodeError:
        return AnswersError([Problem("line", "is no UTF-8")])
    if answers_field is None:
        return document
    if not isinstance(document, dict) or answers_field not in document:
        return AnswersError([Problem("line", f"has no field {shown(answers_field)}")])
    return document[answers_field]


def _counted(population: Population, found: Concluded) -> Mapping[str, Mapping[str, int]]:
    """How often each thing was concluded; of an option by place, treatment and status."""
    names = vars(population.names)
    return {
        part: {
            "/".join(map(str, name)) if isinstance(name, tuple) else name: int(times)
            for name, times in zip(names[part], columns.sum(axis=0), strict=True)
            if times
        }
        for part, columns in zip(names, found, strict=True)
    }


def _join(parts: Sequence[Path], folder: Path, output: Path, source: Path) -> Run:
    """Join the parts and remove them."""
    runs = [json.loads(_counts_of(part).read_text(encoding="utf-8")) for part in parts]
    rejects = output.with_name(f"{output.name}.rejects.jsonl")
    with atomic_write(output, inputs=(source,)) as file, file.open("wb") as sink:
        _write(sink, output.suffix, (part.with_suffix(".parquet") for part in parts))
    rejected = sum(run["rejected"] for run in runs)
    if rejected:
        with atomic_write(rejects, inputs=(source,)) as file, file.open("wb") as sink:
            for part in parts:
                sink.write(part.with_suffix(".rejects.jsonl").read_bytes())
    else:
        rejects.unlink(missing_ok=True)
    counts: dict[str, Counter[str]] = {}
    for run in runs:
        for kind, found in run["counts"].items():
            counts.setdefault(kind, Counter()).update(found)
    for file in sorted(folder.iterdir(), key=lambda one: one.name == _RUN):
        file.unlink()
    folder.rmdir()
    return Run(sum(run["people"] for run in runs), rejected, counts)


def _write(sink: BinaryIO, kind: str, parts: Iterator[Path]) -> None:
    writer: pq.ParquetWriter | pyarrow.csv.CSVWriter | None = None
    for part in parts:
        table = pq.read_table(part)
        if kind == ".jsonl":
            sink.writelines(
                json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in table.to_pylist()
            )
            continue
        if kind == ".csv":
            table = _as_text(table)
        if writer is None:
            writer = (
                pyarrow.csv.CSVWriter(sink, table.schema)
                if kind == ".csv"
                else pq.ParquetWriter(sink, table.schema, compression="zstd")
            )
        writer.write_table(table)
    if writer is not None:
        writer.close()


def _as_text(table: pa.Table) -> pa.Table:
    """A table for a spreadsheet: what a cell holds several of is written as JSON."""
    for number, column in enumerate(table.schema):
        if pa.types.is_list(column.type):
            cells = pa.array(map(_json, table.column(number).to_pylist()), pa.string())
            table = table.set_column(number, column.name, cells)
    return table


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
