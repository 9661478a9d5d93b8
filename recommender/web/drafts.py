"""Where unfinished answers are kept: one row a draft under the hash of its token, for a day, so that nothing typed is lost."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from recommender.records.private_database import connected, make

KEPT_FOR_HOURS: Final = 24
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_TABLE = "CREATE TABLE IF NOT EXISTS draft (id TEXT PRIMARY KEY, content TEXT NOT NULL, expires REAL NOT NULL)"


def new_token() -> str:
    """A token of 128 random bits, fit for an address."""
    return secrets.token_urlsafe(16)


def is_token(text: str) -> bool:
    """Whether a text from an address has the shape of a token."""
    return _TOKEN.fullmatch(text) is not None


class DraftStore:
    """Drafts in one SQLite file. The token itself is never written; a row nobody touched for a day is deleted.

    Safe to use from several threads and processes: each call opens its own connection.
    """

    def __init__(self, file: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock
        make(file, _TABLE)

    def load(self, token: str) -> dict[str, Any] | None:
        """The content of a draft, or None where there is none or it has expired."""
        with connected(self._file) as database:
            self._sweep(database)
            row = database.execute("SELECT content FROM draft WHERE id = ?", (_key(token),)).fetchone()
        return dict(json.loads(row[0])) if row else None

    def save(self, token: str, content: Mapping[str, Any]) -> None:
        """Keep the content of a draft for another day."""
        expires = self._clock() + KEPT_FOR_HOURS * 3600
        with connected(self._file) as database:
            self._sweep(database)
            database.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", (_key(token), json.dumps(content), expires))

    def delete(self, token: str) -> None:
        """Remove a draft."""
        with connected(self._file) as database:
            database.execute("DELETE FROM draft WHERE id = ?", (_key(token),))

    def _sweep(self, database: sqlite3.Connection) -> None:
        database.execute("DELETE FROM draft WHERE expires < ?", (self._clock(),))


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
