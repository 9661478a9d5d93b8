"""Answers handed over by a code: kept encrypted, so that the code alone opens them, until they are collected or expire."""

from __future__ import annotations

import ipaddress
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

from recommender.records.handover_code import new_code, read_code, secrets_of
from recommender.records.private_database import make, transaction

DAYS: Final = 14
MOST_DAYS: Final = 90
WRONG_FROM_ONE_ADDRESS: Final = 10
WRONG_IN_ALL: Final = 200
_COUNTED_FOR: Final = 3600.0
_DAY: Final = 86_400
_NONCE: Final = 12
_STEP: Final = 4096  # bytes: how long a row is tells next to nothing of how much was answered
_HANDED: Final = (
    "CREATE TABLE IF NOT EXISTS handed (id TEXT PRIMARY KEY, content BLOB NOT NULL, expires REAL NOT NULL) WITHOUT ROWID"
)
_WRONG: Final = "CREATE TABLE IF NOT EXISTS wrong (address TEXT NOT NULL, at REAL NOT NULL)"


class CodeError(Exception):
    """A code that opens nothing: it was mistyped, there is nothing under it, or too many wrong ones came before."""

    def __init__(self, why: Literal["mistyped", "unknown", "too_many"]) -> None:
        super().__init__(why)
        self.why = why


def are_on() -> bool:
    """Whether this installation offers codes: only where ``RECOMMENDER_HANDOFF_CODES`` is 1."""
    return os.environ.get("RECOMMENDER_HANDOFF_CODES") == "1"


def days_kept() -> int:
    """How long answers wait to be collected: ``RECOMMENDER_HANDOFF_DAYS``, or two weeks."""
    text = os.environ.get("RECOMMENDER_HANDOFF_DAYS") or str(DAYS)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DAYS):
        raise ValueError(f"RECOMMENDER_HANDOFF_DAYS: expected a whole number of days from 1 to {MOST_DAYS}, found {text!r}")
    return int(text)


class HandoverStore:
    """Rows in one SQLite file, each under a name that only its code gives, with content that only its code opens."""

    def __init__(self, file: Path, *, days: int = DAYS, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._days = days
        self._clock = clock
        make(file, _HANDED, _WRONG)
        with self._changing():
            pass  # what expired while nobody came

    def keep(self, text: str) -> tuple[str, float]:
        """Keep a JSON document; its code, which is written nowhere, and when it expires: at the end of a day (UTC)."""
        code = new_code()
        row, key = secrets_of(code)
        content = text.encode()
        content += b" " * (-len(content) % _STEP)  # JSON allows space behind it
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + AESGCM(key).encrypt(nonce, content, row.encode())
        # not the moment, which would say when it was made and so, with a log, by whom
        expires = (int(self._clock()) // _DAY + self._days + 1) * float(_DAY)
        with self._changing() as database:
            database.execute("INSERT INTO handed VALUES (?, ?, ?)", (row, sealed, expires))
        return code, expires

    @contextmanager
    def collected(self, typed: str, *, address: str) -> Iterator[str]:
        """The document under a code, which is destroyed when the block ends, and stays where the block fails.

        Raises CodeError. Of several who come at once one gets it.
        """
        code = read_code(typed)
        if code is None:
            raise CodeError("mistyped")  # seen without looking, so it is no guess
        self._count(address)
        row, key = secrets_of(code)
        with self._changing() as database:
            found = database.execute("DELETE FROM handed WHERE id = ? RETURNING content", (row,)).fetchone()
            if found is None:
                raise CodeError("unknown")
            yield _opened(found[0], row, key)
            database.execute(  # it was no guess after all
                "DELETE FROM wrong WHERE rowid = (SELECT max(rowid) FROM wrong WHERE address = ?)", (network_of(address),)
            )

    def withdraw(self, code: str) -> None:
        """Destroy what is kept under a code."""
        with self._changing() as database:
            database.execute("DELETE FROM handed WHERE id = ?", (secrets_of(code).row,))

    def _count(self, address: str) -> None:
        """Count an attempt before it is made, so that a hundred at once are a hundred; too many are refused unmade."""
        network = network_of(address)
        with self._changing() as database:
            ((in_all, from_here),) = database.execute("SELECT count(*), total(address = ?) FROM wrong", (network,))
            refused = from_here >= WRONG_FROM_ONE_ADDRESS or in_all >= WRONG_IN_ALL
            if not refused:
                database.execute("INSERT INTO wrong VALUES (?, ?)", (network, self._clock()))
        if refused:
            raise CodeError("too_many")

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with transaction(self._file) as database:
            database.execute("DELETE FROM handed WHERE expires <= ?", (self._clock(),))
            database.execute("DELETE FROM wrong WHERE at <= ?", (self._clock() - _COUNTED_FOR,))
            yield database


def network_of(address: str) -> str:
    """What counts as one address: with IPv6, where one line has very many, the network of the line."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""  # none is known, as from this machine itself: these are counted together
    mapped = found.ipv4_mapped if found.version == 6 else None
    if found.version == 6 and mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(mapped or found)


def _opened(sealed: bytes, row: str, key: bytes) -> str:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], row.encode()).decode()
    except InvalidTag:
        raise CodeError("unknown") from None
