"""The store of drafts: one row for each, under the hash of its token and of the browser's secret, for a day."""

from __future__ import annotations

import copy
import hashlib
import json
import re
import secrets
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Self

from recommender.records.storage.failures import storage_errors
from recommender.records.storage.private_database import make, shared

KEPT_FOR_HOURS: Final = 24
_CLOCKS_DIFFER: Final = 120.0  # seconds between the processes of one installation
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_TABLE = "CREATE TABLE IF NOT EXISTS draft (id TEXT PRIMARY KEY, content TEXT NOT NULL, expires REAL NOT NULL)"


def new_token() -> str:
    """A token of 128 random bits, fit for an address."""
    return secrets.token_urlsafe(16)


def is_token(text: str) -> bool:
    """Whether a text from an address has the shape of a token."""
    return _TOKEN.fullmatch(text) is not None


class DraftStore:
    """Drafts in one SQLite file. Neither the token nor the secret of a browser is ever written.

    A row that was not saved for a day counts as expired, and the next sweep deletes it.

    Safe to use from several threads and processes: each call has a connection for itself, and leaves it open for the next.
    What was saved survives a crash of the process. What is deleted is removed from the write-ahead log too.
    """

    def __init__(self, file: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock
        self._device = ""
        self._idle: deque[sqlite3.Connection] = deque()
        make(file, _TABLE)

    def of(self, device: str) -> Self:
        """The drafts of the browser with this secret: with another one, a token finds nothing."""
        if not is_token(device):
            raise ValueError("a browser without a secret has no drafts")
        own = copy.copy(self)
        own._device = device  # noqa: SLF001 (a copy of this one, with the same connections)
        return own

    def changed(self, token: str) -> float | None:
        """When a draft was last saved, in seconds since 1970; None where there is none."""
        with self._connected() as database:
            known = (self._key(token), self._clock())
            row = database.execute("SELECT expires FROM draft WHERE id = ? AND expires >= ?", known).fetchone()
        return float(row[0]) - KEPT_FOR_HOURS * 3600 if row else None

    def load(self, token: str) -> dict[str, Any] | None:
        """The content of a draft, or None where there is none or it has expired."""
        with self._connected() as database:
            known = (self._key(token), self._clock())
            row = database.execute("SELECT content FROM draft WHERE id = ? AND expires >= ?", known).fetchone()
        return dict(json.loads(row[0])) if row else None

    def save(self, token: str, content: Mapping[str, Any]) -> None:
        """Keep the content of a draft for another day; where there is none, this is a new one."""
        kept = "INSERT INTO draft (content, expires, id) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET content = ?1, expires = ?2"
        self._keep(kept, token, content)

    def update(self, token: str, content: Mapping[str, Any]) -> bool:
        """The same for a draft that there is; what was deleted meanwhile is not made again, and then this is False."""
        return self._keep("UPDATE draft SET content = ?, expires = ? WHERE id = ?", token, content)

    def _keep(self, statement: str, token: str, content: Mapping[str, Any]) -> bool:
        expires = self._clock() + KEPT_FOR_HOURS * 3600
        with self._connected() as database:
            return database.execute(statement, (json.dumps(content), expires, self._key(token))).rowcount > 0

    def delete(self, token: str) -> None:
        """Remove a draft."""
        with self._connected() as database:
            self._forget(database, "DELETE FROM draft WHERE id = ?", self._key(token))

    def sweep(self) -> None:
        """Delete what has expired; a row written with a clock that was ahead expires a day from now."""
        now = self._clock()
        with self._connected() as database:
            self._forget(database, "DELETE FROM draft WHERE expires < ?", now)
            longest = now + KEPT_FOR_HOURS * 3600
            database.execute("UPDATE draft SET expires = ? WHERE expires > ?", (longest, longest + _CLOCKS_DIFFER))

    @staticmethod
    def _forget(database: sqlite3.Connection, statement: str, value: object) -> None:
        """Delete, and truncate the write-ahead log, which still holds what was deleted."""
        if database.execute(statement, (value,)).rowcount:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection for one call; one that failed is not reused."""
        try:
            database = self._idle.pop()
        except IndexError:
            database = shared(self._file)
        try:
            with storage_errors(str(self._file)):
                yield database
        except BaseException:
            database.close()
            raise
        self._idle.append(database)

    def _key(self, token: str) -> str:
        return hashlib.sha256(f"{self._device}.{token}".encode()).hexdigest()
