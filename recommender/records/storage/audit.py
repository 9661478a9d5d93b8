"""The audit: every change of state as one row, chained by hash to the one before, with an end that the key vouches for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.tables import AuditHead, AuditRow

Kind = Literal["patient", "consultation", "account", "keys", "audit"]
#: written, and reported for ever, when a change finds that the rows before it were tampered with
BROKEN: Final = "found broken"
KEY_CHANGED: Final = "key changed"
SYSTEM: Final = "system"
HEAD: Final = 1
_BATCH: Final = 500


class Ledger:
    """The audit during one change: whoever holds it is the only one who writes.

    What it records is in the same transaction as what it is about: both are kept, or neither.
    """

    def __init__(self, session: Session, keyring: KeyRing, *, head: AuditHead, at: datetime) -> None:
        self._session = session
        self._keyring = keyring
        self._head = head
        self.at = at
        self._continue_a_broken_chain()

    def record(self, who: str, what: str, *, kind: Kind, record: str, before: str = "", after: str = "") -> None:
        """Add one row: who did what to which record, and the hashes of its content before and after."""
        row = AuditRow(
            number=self._head.count + 1,
            at=self.at.astimezone(UTC).isoformat(),
            who=who,
            what=what,
            kind=kind,
            record=record,
            before=before,
            after=after,
            previous=self._head.hash,
        )
        row.hash = row_hash(row)
        self._session.add(row)
        self._move_head(row.number, row.hash)

    def adopt_key(self) -> None:
        """Where another key seals by now than the one that vouched for the end: say so, and vouch with the new one."""
        old, new = self._head.vouched.partition(":")[0], self._keyring.current
        if old != new:
            self.record(SYSTEM, KEY_CHANGED, kind="keys", record=new, before=old, after=new)

    def _move_head(self, count: int, end: str) -> None:
        self._head.count, self._head.hash = count, end
        self._head.vouched = self._keyring.vouch(head_text(count, end))

    def _continue_a_broken_chain(self) -> None:
        """Never lend the key to a chain that was cut or rewritten: go on after what is there, and say so in it."""
        last = self._session.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))
        found = (last.number, last.hash) if last else (0, "")
        whole = self._keyring.vouched(head_text(self._head.count, self._head.hash), self._head.vouched)
        if whole and found == (self._head.count, self._head.hash):
            return
        self._move_head(*found)
        self.record(SYSTEM, BROKEN, kind="audit", record=str(found[0]))


def row_hash(row: AuditRow) -> str:
    """The hash of everything in a row, its number and the hash before it included."""
    content = [row.number, row.at, row.who, row.what, row.kind, row.record, row.before, row.after, row.previous]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def head_text(count: int, end: str) -> str:
    """What the key vouches for: how many rows there are, and how the last one hashes."""
    return f"{count}:{end}"


class End(NamedTuple):
    """Where the audit ends: written down elsewhere, it shows later whether anything before it was taken away or rewritten."""

    rows: int
    hash: str


class Chain:
    """One walk along the audit: what is wrong with it, and the last hash it has of each record."""

    def __init__(self) -> None:
        self.after: dict[tuple[str, str], str] = {}
        self.hashes: dict[int, str] = {}
        self._expected = 1
        self._previous = ""

    @property
    def end(self) -> End:
        """Where the rows end."""
        return End(self._expected - 1, self._previous)

    def problems(self, session: Session) -> Iterator[Problem]:
        """Every row that is missing, changed or not where it belongs."""
        for row in session.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=_BATCH)):
            where = f"audit row {row.number}"
            if row_hash(row) != row.hash:
                yield Problem(where, "was changed, or is not where it was written")
            elif row.previous != self._previous and row.number == self._expected:
                yield Problem(where, "does not follow the row before it: that one was replaced, or others were between")
            yield from self._gap(row.number)
            if row.what == BROKEN:
                yield Problem(where, "says that the rows before it were found tampered with when somebody went on")
            if row.kind in ("patient", "consultation", "account"):
                known = self.after.get((row.kind, row.record), "")
                if row.before and row.before != known:
                    yield Problem(where, f"changes a {row.kind} ({row.record}) that was not as the audit had left it")
                self.after[row.kind, row.record] = row.after
            self.hashes[row.number] = row.hash
            self._expected, self._previous = row.number + 1, row.hash

    def _gap(self, number: int) -> Iterator[Problem]:
        if number != self._expected:
            gone = f"{self._expected} to {number - 1}" if number - self._expected > 1 else str(self._expected)
            yield Problem(f"audit row {gone}", "was removed")


def head_problems(keyring: KeyRing, head: AuditHead, chain: Chain) -> Iterator[Problem]:
    """What is wrong with the end that the key vouches for, after a walk along the rows."""
    if not keyring.vouched(head_text(head.count, head.hash), head.vouched):
        yield Problem("audit head", "was changed without the key")
    if head.count > chain.end.rows:
        yield Problem("audit", f"rows {chain.end.rows + 1} to {head.count} were removed from its end")
    elif End(head.count, head.hash) != chain.end:
        yield Problem("audit head", f"ends with row {head.count}, and the rows end with {chain.end.rows}")
