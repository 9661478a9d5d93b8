"""A SQLite file for what is said about people: only its owner reads it, and what is deleted in it is overwritten.

Whatever goes wrong with it is a StorageError (``storage.py``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from recommender.records.storage.failures import storage


def make(file: Path, *tables: str) -> None:
    """Make the file, its folder and its tables where they are missing."""
    with storage(str(file)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
    with connected(file) as database:
        database.execute("PRAGMA journal_mode = WAL")
        for table in tables:
            database.execute(table)


def shared(file: Path) -> sqlite3.Connection:
    """A connection to keep, for one thread after the other. What it saves outlives the process, if not a failure of power."""
    with storage(str(file)):
        database = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA synchronous = NORMAL")
    return database


@contextmanager
def connected(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own, for threads and processes share none; each statement is a transaction unless one is begun."""
    with storage(str(file)), closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = ON")  # deleted answers are overwritten, not only forgotten
        yield database


@contextmanager
def transaction(file: Path) -> Iterator[sqlite3.Connection]:
    """One change as a whole, alone from its beginning: it is all there afterwards or, where anything fails, nothing of it."""
    with connected(file) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            if database.in_transaction:  # a full disk has ended it already
                database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
