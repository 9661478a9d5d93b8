"""The archive: one database with its keys and its clock; what is read and changed goes through here."""

from __future__ import annotations

import hashlib
import json
import lzma
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.records import database
from recommender.records.audit import HEAD, Kind, Ledger, head_text
from recommender.records.errors import KeyProblem, RecordsError
from recommender.records.home import KEYS_VARIABLE, KeyFile, clinic_zone, database_url, keys_in_environment
from recommender.records.keyring import KeyRing
from recommender.records.tables import AuditHead

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

    def __init__(self, engine: Engine, keys: Callable[[], KeyRing], *, clock: Clock = utc_now) -> None:
        self.engine = engine
        self.clock = clock
        self._keys = keys
        self._ring = keys()
        self._writing, self._looking = database.writing(engine), database.looking(engine)
        database.upgrade(engine)
        self._begin_the_audit()

    @classmethod
    def at_home(cls, *, clock: Clock = utc_now) -> Archive:
        """The archive that the environment names; on its first start it makes the database and the key."""
        clinic_zone()  # a setting that cannot be is told now
        from recommender.records.patients import index_anew  # noqa: PLC0415 (it works with an archive)

        engine = database.connect(database_url())
        archive = cls(engine, keys_at_home(engine), clock=clock)
        index_anew(archive)
        return archive

    @property
    def keyring(self) -> KeyRing:
        """The keys as last read."""
        return self._ring

    def read_keys_anew(self) -> None:
        """Read the keys again, where somebody has just changed them."""
        self._ring = self._keys()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent look at the records."""
        with Session(self._looking) as session:
            yield session

    @contextmanager
    def changing(self) -> Iterator[Change]:
        """One change: all of it with its audit rows, or nothing of it. Changes come one after another."""
        try:
            with Session(self._writing, expire_on_commit=False) as session, session.begin():
                head = session.get_one(AuditHead, HEAD, with_for_update=True)
                ring = self._ring_that_seals(head)
                ledger = Ledger(session, ring, head=head, at=self.clock())
                ledger.adopt_key()
                yield Change(session, ring, ledger)
        except OperationalError as error:
            raise RecordsError([Problem("records", f"nothing was changed: {error.orig}")]) from None

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """A write that changes no record and leaves no audit row: attempts to sign in, when somebody was last seen."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            session.get_one(AuditHead, HEAD, with_for_update=True)  # one writer at a time, in both databases
            yield session

    def open_sealed(self, sealed: bytes, place: str) -> Content:
        """What is sealed; a key that another process has added meanwhile is found."""
        if not any(sealed.startswith(bytes.fromhex(name)) for name in self._ring.ids):
            self.read_keys_anew()
        return Content.unpacked(self._ring.open(sealed, place))

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
        try:
            with Session(self._writing) as session, session.begin():
                if session.get(AuditHead, HEAD) is None:
                    session.add(AuditHead(id=HEAD, count=0, hash="", vouched=self._ring.vouch(head_text(0, ""))))
        except IntegrityError:
            return  # another process was first


class Change(NamedTuple):
    """What a change works with."""

    session: Session
    keyring: KeyRing
    ledger: Ledger

    def seal(self, content: Content, place: str) -> bytes:
        """A content, packed and sealed for its place."""
        return self.keyring.seal(content.packed(), place)


def keys_at_home(engine: Engine) -> Callable[[], KeyRing]:
    """Where this installation's keys are read from; a key is made on the first start, and never for records that have one."""

    def read() -> KeyRing:
        file = KeyFile.at_home()
        found = keys_in_environment() or file.read()
        if found is None and has_records(engine) and (found := file.read()) is None:  # unless another process was first
            problem = f"is missing, and the records are sealed with it: put it back, or set {KEYS_VARIABLE}"
            raise KeyProblem([Problem(str(file.file), problem)])
        return found or file.create()

    return read


def has_records(engine: Engine) -> bool:
    """Whether somebody has already begun an audit here."""
    database.upgrade(engine)
    with Session(engine) as session:
        return session.get(AuditHead, HEAD) is not None
