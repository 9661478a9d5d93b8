"""Answers kept under a code, encrypted with a key that only the code gives, until they are collected or expire."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recommender.documents.problems import Problem, shown
from recommender.records.client_network import network_of
from recommender.records.errors import RecordsError
from recommender.records.handover.code import new_code, read_code, secrets_of
from recommender.records.storage.private_database import make, transaction

DAYS: Final = 14
MOST_DAYS: Final = 90
WRONG_FROM_ONE_ADDRESS: Final = 10
WRONG_IN_ALL: Final = 200
MADE_FROM_ONE_ADDRESS: Final = 30
MADE_IN_ALL: Final = 300
MOST_WAITING: Final = 5000
_COUNTED_FOR: Final = 3600.0
_CLOCKS_DIFFER: Final = 120.0  # seconds between the processes of one installation
_DAY: Final = 86_400
_NONCE: Final = 12
_STEP: Final = 4096  # bytes: padded, so that the length of a row says little about the answers
_HANDED: Final = (
    "CREATE TABLE IF NOT EXISTS handed (id TEXT PRIMARY KEY, content BLOB NOT NULL, expires REAL NOT NULL) WITHOUT ROWID"
)
_COUNTED: Final = {
    name: f"CREATE TABLE IF NOT EXISTS {name} (address TEXT NOT NULL, at REAL NOT NULL)" for name in ("wrong", "made")
}


class CodeError(Exception):
    """A code that opens nothing or cannot be issued: mistyped, unknown, or too many attempts."""

    def __init__(self, why: Literal["mistyped", "unknown", "too_many"]) -> None:
        super().__init__(why)
        self.why = why


def are_on() -> bool:
    """Whether this installation issues codes: only where ``RECOMMENDER_HANDOFF_CODES`` is 1."""
    return os.environ.get("RECOMMENDER_HANDOFF_CODES") == "1"


def days_kept() -> int:
    """How long answers wait to be collected: ``RECOMMENDER_HANDOFF_DAYS``, or two weeks; raises RecordsError."""
    text = os.environ.get("RECOMMENDER_HANDOFF_DAYS") or str(DAYS)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS):
        said = f"expected a whole number of days from 1 to {MOST_DAYS}, found {shown(text)}"
        raise RecordsError([Problem("RECOMMENDER_HANDOFF_DAYS", said)])
    return int(text)


class HandoverStore:
    """Rows in a SQLite file. Both the name and the key of a row come from its code, which is not stored."""

    def __init__(self, file: Path, *, days: int = DAYS, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._days = days
        self._clock = clock
        make(file, _HANDED, *_COUNTED.values())
        self.sweep()

    def sweep(self) -> None:
        """Delete what has expired."""
        with self._changing():
            pass

    def keep(self, text: str, *, address: str) -> tuple[str, float]:
        """Store a JSON document; its code, and when it expires: at the end of a day (UTC).

        Raises CodeError where too many were stored within an hour, from this address or in all, or too many wait.
        """
        self._count("made", address, from_one=MADE_FROM_ONE_ADDRESS, in_all=MADE_IN_ALL)
        code = new_code()
        row, key = secrets_of(code)
        content = text.encode()
        content += b" " * (-len(content) % _STEP)  # padding, which JSON allows
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + AESGCM(key).encrypt(nonce, content, row.encode())
        expires = self._end_of_day(self._days)
        with self._changing() as database:
            if database.execute("SELECT count(*) FROM handed").fetchone()[0] >= MOST_WAITING:
                raise CodeError("too_many")
            database.execute("INSERT INTO handed VALUES (?, ?, ?)", (row, sealed, expires))
        return code, expires

    @contextmanager
    def collected(self, typed: str, *, address: str) -> Iterator[str]:
        """The document under a code. It is deleted when the block ends, and stays where the block fails.

        Raises CodeError. Of several who come at once, one gets it.
        """
        code = read_code(typed)
        if code is None:
            raise CodeError("mistyped")  # not looked up, so not counted as a guess
        self._count("wrong", address, from_one=WRONG_FROM_ONE_ADDRESS, in_all=WRONG_IN_ALL)
        row, key = secrets_of(code)
        with self._changing() as database:
            found = database.execute("DELETE FROM handed WHERE id = ? RETURNING content", (row,)).fetchone()
            if found is None:
                raise CodeError("unknown")
            yield _opened(found[0], row, key)
            database.execute(  # a right code is no guess
                "DELETE FROM wrong WHERE rowid = (SELECT max(rowid) FROM wrong WHERE address = ?)", (network_of(address),)
            )

    def withdraw(self, code: str) -> None:
        """Delete what is stored under a code."""
        with self._changing() as database:
            database.execute("DELETE FROM handed WHERE id = ?", (secrets_of(code).row,))

    def _count(self, what: str, address: str, *, from_one: int, in_all: int) -> None:
        """Count an attempt before it is made, so that simultaneous ones all count; raises CodeError for too many."""
        network = network_of(address)
        counted = f"SELECT count(*), total(address = ?) FROM {what}"  # noqa: S608 (a name of ours)
        with self._changing() as database:
            ((found, from_here),) = database.execute(counted, (network,))
            refused = from_here >= from_one or found >= in_all
            if not refused:
                database.execute(f"INSERT INTO {what} VALUES (?, ?)", (network, self._clock()))  # noqa: S608
        if refused:
            raise CodeError("too_many")

    def _end_of_day(self, days: int) -> float:
        """The end of a day: the exact time would say when a row was stored and so, with a log, by whom."""
        return (int(self._clock()) // _DAY + days + 1) * float(_DAY)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, after deleting what has expired. Times that a clock ahead of this one wrote are cut to what is
        allowed.
        """
        now, longest = self._clock(), self._end_of_day(MOST_DAYS)
        with transaction(self._file) as database:
            database.execute("DELETE FROM handed WHERE expires <= ?", (now,))
            database.execute("UPDATE handed SET expires = ? WHERE expires > ?", (self._end_of_day(self._days), longest + _DAY))
            for name in _COUNTED:
                span = (now - _COUNTED_FOR, now + _CLOCKS_DIFFER)
                database.execute(f"DELETE FROM {name} WHERE at NOT BETWEEN ? AND ?", span)  # noqa: S608
            yield database


def _opened(sealed: bytes, row: str, key: bytes) -> str:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], row.encode()).decode()
    except InvalidTag:
        raise CodeError("unknown") from None
