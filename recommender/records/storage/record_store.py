"""The archive: one database with its keys and its clock; what is read and changed goes through here."""

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
from recommender.records.storage.audit import HEAD, End, Kind, Ledger, head_text
from recommender.records.storage.failures import storage
from recommender.records.storage.key_files import UsedKeys
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.row_authentication import vouch_for_older_accounts
from recommender.records.storage.tables import AuditHead

_SALT_BYTES = 16
_FAST = 0  # its window holds both assessments of a record, which are much alike: half the bytes of zlib for 3 ms more
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of an installation."""
    return datetime.now(UTC)


def new_id() -> str:
    """An id of 128 random bits that says nothing about what it names, and is never taken for an option of a command."""
    while (found := secrets.token_urlsafe(16)).startswith("-"):
        continue
    return found


class Content(NamedTuple):
    """What is sealed of one thing: its JSON, and a salt so that its hash in the audit gives nothing away."""

    text: str
    salt: bytes

    @classmethod
    def of(cls, text: str) -> Content:
        """A text with a new salt."""
        return cls(text, secrets.token_bytes(_SALT_BYTES))

    @classmethod
    def unpacked(cls, packed: bytes) -> Content:
        """What was packed."""
        plain = lzma.decompress(packed)
        return cls(plain[_SALT_BYTES:].decode(), plain[:_SALT_BYTES])

    def packed(self) -> bytes:
        """Salt and text, made small; the seal is what keeps them from being changed."""
        return lzma.compress(self.salt + self.text.encode(), preset=_FAST, check=lzma.CHECK_NONE)

    def hash(self, kind: Kind, record: str, *, version: int, owner: str = "") -> str:
        """The hash that the audit keeps of this content, at this version, of this record and its owner."""
        named = json.dumps([kind, record, version, owner]).encode()
        return hashlib.sha256(self.salt + named + self.text.encode()).hexdigest()


class Archive:
    """Records in one database. Safe to use from several threads and processes at once."""

    def __init__(
        self, engine: Engine, keys: Callable[[], KeyRing], *, clock: Clock = utc_now, used_keys: UsedKeys | None = None
    ) -> None:
        self.engine = engine
        self.clock = clock
        self._used_keys = used_keys
        self._keys = keys
        self._ring = keys()
        self._writing, self._looking = database.writing(engine), database.looking(engine)
        database.upgrade(engine)
        self._begin_the_audit()
        vouch_for_older_accounts(self)

    @property
    def keyring(self) -> KeyRing:
        """The keys as last read."""
        return self._ring

    def end(self) -> End:
        """Where the audit ends now; raises RecordsError where the records cannot be read."""
        with self.reading() as session:
            head = session.get_one(AuditHead, HEAD)
            return End(head.count, head.hash)

    def read_keys_anew(self) -> None:
        """Read the keys again, where somebody has just changed them."""
        self._ring = self._keys()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look at the records."""
        with storage(), Session(self._looking) as session:
            yield session

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """One change: all of it with its audit rows, or nothing of it. Changes come one after another."""
        with storage(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            head = session.get_one(AuditHead, HEAD, with_for_update=True)
            ring = self._ring_that_seals(head)
            ledger = Ledger(session, ring, head=head, at=self.clock())
            ledger.adopt_key()
            is_first = head.count == 0
            yield Change(session, ring, ledger)
        if is_first and self._used_keys:
            self._used_keys.note(ring)

    def forget_erased(self) -> None:
        """Let nothing of what was erased stand in SQLite's log of changes, nor in its file until that log is written there.

        Where somebody reads for so long that it cannot be done now, the next one does it.
        """
        if self.engine.dialect.name == "sqlite":
            with suppress(StorageError), storage(), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """A write that changes no record and leaves no audit row: attempts to sign in, when somebody was last seen."""
        with storage(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            self._ring_that_seals(session.get_one(AuditHead, HEAD, with_for_update=True))  # one writer at a time
            yield session

    def open_sealed(self, sealed: bytes, place: str) -> Content:
        """What is sealed; a key that another process has added meanwhile is found."""
        if not any(sealed.startswith(bytes.fromhex(name)) for name in self._ring.ids):
            self.read_keys_anew()
        return Content.unpacked(self._ring.open(sealed, place))

    def vouched(self, text: str, code: str) -> bool:
        """Whether a holder of the key made this code for this text; a key that another process has added is found."""
        if code and code.partition(":")[0] not in self._ring.ids:
            self.read_keys_anew()
        return self._ring.vouched(text, code)

    def _ring_that_seals(self, head: AuditHead) -> KeyRing:
        """The keys, read anew where another process has changed them.

        Whoever still holds the old keys alone is refused: what they sealed could not be opened once the old key is gone.
        """
        name = head.vouched.partition(":")[0]
        if name != self._ring.current:
            self.read_keys_anew()
        if name not in self._ring.ids:
            problem = Problem("keys", f"these records are sealed with the key {name}, which is not here", self._ring.ids)
            raise KeyProblem([problem])
        return self._ring

    def _begin_the_audit(self) -> None:
        with storage(), suppress(IntegrityError), Session(self._writing) as session, session.begin():
            if session.get(AuditHead, HEAD) is None:  # and where another process is first, it is refused
                session.add(AuditHead(id=HEAD, count=0, hash="", vouched=self._ring.vouch(head_text(0, ""))))


class Change(NamedTuple):
    """What a change works with."""

    session: Session
    keyring: KeyRing
    ledger: Ledger

    def seal(self, content: Content, place: str) -> bytes:
        """A content, packed and sealed for its place."""
        return self.keyring.seal(content.packed(), place)
