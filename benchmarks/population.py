"""A million people made up at random, in one table: ``python -m benchmarks.population [PEOPLE]``.

Read, coded, put through the circuit of everybody, and written; the same people one by one are timed on a few of them.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from recommender import assess, load_rules
from recommender.documents.answer_path import CONCERN, GROUPS, address
from recommender.documents.vocabulary import JURISDICTIONS
from recommender.population import Population, read_table
from recommender.population.files import BATCH, assess_file
from recommender.population.table import nested

PLACES = 3
ALONE = 200  # people who are assessed one by one


def at_random(people: int) -> pa.Table:
    """So many people of up to three places, of whom most say no to most, and one in twenty asks about an injection."""
    chance = np.random.default_rng(1)

    def of(words: tuple[str, ...], unanswered: float) -> pa.Array:
        codes, none = chance.integers(0, len(words) or 80, people), chance.random(people) < unanswered
        if words[:3] == ("yes", "no", "unsure"):
            codes = np.where(chance.random(people) < 0.9, 1, codes)
        return pa.array(words).take(pa.array(codes, mask=none)) if words else pa.array(codes // 4 + 18, mask=none)

    columns = {"jurisdiction": of(tuple(JURISDICTIONS), 0.1)}
    for group, (where, words) in GROUPS.items():
        if group == CONCERN:
            continue
        few = 0.97 if where.startswith("after") else 0.9 if where == "screening" else 0.1
        columns |= {address(group, name): of(one, few) for name, one in words.items()}
    places = chance.integers(0, PLACES + 1, people)
    for place in range(PLACES):
        there = pa.array(places > place)
        for name, words in GROUPS[CONCERN].words.items():
            column = of(words, 0 if name in ("area", "kind") else 0.5)
            columns[address(CONCERN, name, place)] = pc.if_else(there, column, pa.scalar(None, column.type))
    return pa.table({name: _small(name, column) for name, column in columns.items()})


def _small(name: str, column: pa.Array) -> pa.Array:
    return pc.min_element_wise(column, 20) if name.startswith("screening.") else column


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    rules = load_rules()
    population = Population(rules)
    table = at_random(people)
    population.concluded(read_table(table.slice(0, 1000)))  # the circuits are made
    reading = concluding = writing = 0.0
    for first in range(0, people, BATCH):
        times = [time.process_time()]
        batch = read_table(table.slice(first, BATCH), first=first + 1)
        times.append(time.process_time())
        found = population.concluded(batch)
        times.append(time.process_time())
        population.table(batch, found)
        times.append(time.process_time())
        reading, concluding, writing = (
            so_far + after - before
            for so_far, before, after in zip((reading, concluding, writing), times[:-1], times[1:], strict=True)
        )
    print(f"{people:,} people with up to {PLACES} places, {table.num_columns} columns; seconds of processor:")
    print(f"  answers as codes {reading:.1f}, what is concluded {concluding:.1f}, as a table {writing:.1f}")
    documents = [nested(row) for row in table.slice(0, ALONE).to_pylist()]
    start = time.process_time()
    for document in documents:
        assess(rules, document)
    alone = (time.process_time() - start) / ALONE
    print(f"  one alone {1000 * alone:.1f} ms, one of many {1e6 * (reading + concluding + writing) / people:.1f} µs")
    with TemporaryDirectory() as folder:
        source = Path(folder) / "people.parquet"
        pq.write_table(table, source, compression="zstd")
        start = time.perf_counter()
        assess_file(rules, source, Path(folder) / "assessed.parquet")
        whole = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  from file to file {whole:.1f} s; peak memory of this process, the table in it {peak:.0f} MB")


if __name__ == "__main__":
    main()
