"""A small SQLite file with answers of patients: only its owner can read it, and deleted content is overwritten.

All of its failures are raised as StorageError.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from recommender.records.storage.failures import storage_errors


def make(file: Path, *tables: str) -> None:
    """Create the file, its folder and its tables where they are missing."""
    with storage_errors(str(file)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600, exist_ok=True)
    with connected(file) as database:
        database.execute("PRAGMA journal_mode = WAL")
        for table in tables:
            database.execute(table)


def shared(file: Path) -> sqlite3.Connection:
    """A connection to keep open, for one thread at a time. Durable to a crash of the process, but not to a power cut."""
    with storage_errors(str(file)):
        database = sqlite3.connect(file, timeout=10, isolation_level=None, check_same_thread=False)
        database.execute("PRAGMA secure_delete = ON")
        database.execute("PRAGMA synchronous = NORMAL")
    return database


@contextmanager
def connected(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection for this block, autocommitting; threads and processes share none."""
    with storage_errors(str(file)), closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete = ON")  # overwrite deleted answers
        yield database


@contextmanager
def transaction(file: Path) -> Iterator[sqlite3.Connection]:
    """An exclusive transaction: committed at the end of the block, rolled back where it fails."""
    with connected(file) as database:
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            if database.in_transaction:  # a full disk has rolled it back already
                database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
