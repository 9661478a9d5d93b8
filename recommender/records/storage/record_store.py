"""The record store: one database with its keys and its clock. Everything is read and changed through it."""

from __future__ import annotations

import hashlib
import json
import lzma
import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.records.errors import KeyProblem, StorageError
from recommender.records.storage import database
from recommender.records.storage.audit import HEAD, AuditEnd, AuditWriter, Kind, head_text
from recommender.records.storage.failures import storage_errors
from recommender.records.storage.key_files import UsedKeys
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.row_authentication import add_missing_macs
from recommender.records.storage.tables import AuditHead

_SALT_BYTES = 16
_FAST = 0  # the window holds both assessments of a record, which are much alike: half the size of zlib for 3 ms more
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """A random id of 128 bits.

    It never starts with '-', which a command would take for an option, and has no '__', which no key of a component may have.
    """
    while (found := secrets.token_urlsafe(16)).startswith("-") or "__" in found:
        continue
    return found


class Content(NamedTuple):
    """The content of one record: its JSON and a random salt, so that nobody can guess it from its hash in the audit."""

    text: str
    salt: bytes

    @classmethod
    def of(cls, text: str) -> Content:
        """A text with a new salt."""
        return cls(text, secrets.token_bytes(_SALT_BYTES))

    @classmethod
    def unpacked(cls, packed: bytes) -> Content:
        """The content from its packed form."""
        plain = lzma.decompress(packed)
        return cls(plain[_SALT_BYTES:].decode(), plain[:_SALT_BYTES])

    def packed(self) -> bytes:
        """Salt and text, compressed. There is no checksum: encryption detects every change."""
        return lzma.compress(self.salt + self.text.encode(), preset=_FAST, check=lzma.CHECK_NONE)

    def hash(self, kind: Kind, record: str, *, version: int, owner: str = "") -> str:
        """The hash that the audit keeps of this content, bound to the record, its version and its owner."""
        named = json.dumps([kind, record, version, owner]).encode()
        return hashlib.sha256(self.salt + named + self.text.encode()).hexdigest()


class RecordStore:
    """The records in one database. Safe to use from several threads and processes at once."""

    def __init__(
        self, engine: Engine, keys: Callable[[], KeyRing], *, clock: Clock = utc_now, used_keys: UsedKeys | None = None
    ) -> None:
        self.engine = engine
        self.clock = clock
        self._used_keys = used_keys
        self._keys = keys
        self._ring = keys()
        self._writing, self._reading = database.writing(engine), database.reading(engine)
        database.upgrade(engine)
        self._begin_the_audit()
        add_missing_macs(self)

    @property
    def keyring(self) -> KeyRing:
        """The keys as last read."""
        return self._ring

    def end(self) -> AuditEnd:
        """Where the audit ends now."""
        with self.snapshot() as session:
            head = session.get_one(AuditHead, HEAD)
            return AuditEnd(head.count, head.hash)

    def reload_keys(self) -> None:
        """Read the keys again after they were changed."""
        self._ring = self._keys()

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session for reading, in which everything is as at one moment."""
        with storage_errors(), Session(self._reading) as session:
            yield session

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One change with its audit rows, all or nothing. Changes run one after another."""
        with storage_errors(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            head = session.get_one(AuditHead, HEAD, with_for_update=True)
            ring = self._ring_that_seals(head)
            audit = AuditWriter(session, ring, head=head, at=self.clock())
            audit.adopt_key()
            is_first = head.count == 0
            yield Transaction(session, ring, audit)
        if is_first and self._used_keys:
            self._used_keys.note(ring)

    def forget_erased(self) -> None:
        """Truncate SQLite's write-ahead log, so that nothing that was erased stays in it.

        Where a long read prevents it now, the next call does it.
        """
        if self.engine.dialect.name == "sqlite":
            with suppress(StorageError), storage_errors(), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def unaudited_transaction(self) -> Iterator[Session]:
        """A write that changes no record and leaves no audit row: sign-in attempts, when a session was last used."""
        with storage_errors(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            self._ring_that_seals(session.get_one(AuditHead, HEAD, with_for_update=True))  # one writer at a time
            yield session

    def open_sealed(self, sealed: bytes, place: str) -> Content:
        """Decrypt a content. The keys are read again where another process has added the one it needs."""
        if not any(sealed.startswith(bytes.fromhex(name)) for name in self._ring.ids):
            self.reload_keys()
        return Content.unpacked(self._ring.open(sealed, place))

    def mac_is_valid(self, text: str, code: str) -> bool:
        """Whether a key made this code for this text. The keys are read again where another process has added the one it
        names.
        """
        if code and code.partition(":")[0] not in self._ring.ids:
            self.reload_keys()
        return self._ring.mac_is_valid(text, code)

    def _ring_that_seals(self, head: AuditHead) -> KeyRing:
        """The keys, read again where another process has changed them.

        A process that has the old keys alone is refused: what it encrypted could not be read once the old key is dropped.
        """
        name = head.mac.partition(":")[0]
        if name != self._ring.current:
            self.reload_keys()
        if name not in self._ring.ids:
            problem = Problem("keys", f"these records are sealed with the key {name}, which is not here", self._ring.ids)
            raise KeyProblem([problem])
        return self._ring

    def _begin_the_audit(self) -> None:
        with storage_errors(), suppress(IntegrityError), Session(self._writing) as session, session.begin():
            if session.get(AuditHead, HEAD) is None:  # where another process is first, the insert fails
                session.add(AuditHead(id=HEAD, count=0, hash="", mac=self._ring.mac(head_text(0, ""))))


class Transaction(NamedTuple):
    """One change: its database session, the keys, and the audit to record it in."""

    session: Session
    keyring: KeyRing
    audit: AuditWriter

    def seal(self, content: Content, place: str) -> bytes:
        """A content, compressed and encrypted for its context."""
        return self.keyring.seal(content.packed(), place)
