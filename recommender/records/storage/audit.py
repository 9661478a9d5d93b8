"""The audit: one row for each change of state, chained by SHA-256; a keyed hash (MAC) of the last row reveals a chain that was
cut.
"""

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

Kind = Literal["patient", "consultation", "consent", "account", "lot", "keys", "audit"]
#: what has a content of its own, whose hash the audit keeps
KEPT: Final = frozenset({"patient", "consultation", "account", "lot"})
#: recorded when a change finds that earlier rows were tampered with; verification reports it from then on
BROKEN: Final = "found broken"
KEY_CHANGED: Final = "key changed"
SYSTEM: Final = "system"
HEAD: Final = 1
_BATCH: Final = 500


class AuditWriter:
    """Writes to the audit during one transaction, as the only writer.

    Its rows are committed together with the change that they describe, or not at all.
    """

    def __init__(self, session: Session, keyring: KeyRing, *, head: AuditHead, at: datetime) -> None:
        self._session = session
        self._keyring = keyring
        self._head = head
        self.at = at
        self._continue_a_broken_chain()

    def record(self, who: str, what: str, *, kind: Kind, record: str, before: str = "", after: str = "") -> None:
        """Append one row: who did what to which record, and the hashes of its content before and after."""
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
        """Where the current key is not the one that signed the end of the chain, record the change of key and sign with the
        current one.
        """
        old, new = self._head.mac.partition(":")[0], self._keyring.current
        if old != new:
            self.record(SYSTEM, KEY_CHANGED, kind="keys", record=new, before=old, after=new)

    def _move_head(self, count: int, end: str) -> None:
        self._head.count, self._head.hash = count, end
        self._head.mac = self._keyring.mac(head_text(count, end))

    def _continue_a_broken_chain(self) -> None:
        """Refuse to re-sign a broken chain: continue after the rows that are there, and record that it was found broken."""
        last = self._session.scalar(select(AuditRow).order_by(AuditRow.number.desc()).limit(1))
        found = (last.number, last.hash) if last else (0, "")
        whole = self._keyring.mac_is_valid(head_text(self._head.count, self._head.hash), self._head.mac)
        if whole and found == (self._head.count, self._head.hash):
            return
        self._move_head(*found)
        self.record(SYSTEM, BROKEN, kind="audit", record=str(found[0]))


def row_hash(row: AuditRow) -> str:
    """The hash of everything in a row, including its number and the hash of the row before."""
    content = [row.number, row.at, row.who, row.what, row.kind, row.record, row.before, row.after, row.previous]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def head_text(count: int, end: str) -> str:
    """The text that the MAC of the chain's end is made for: the number of rows and the hash of the last one."""
    return f"{count}:{end}"


class AuditEnd(NamedTuple):
    """Where the audit ends. Noted elsewhere, it shows later whether rows up to there were removed or rewritten."""

    rows: int
    hash: str


class AuditChain:
    """One pass over the audit: its problems, and the last hash that it has of each record."""

    def __init__(self) -> None:
        self.after: dict[tuple[str, str], str] = {}
        self.hashes: dict[int, str] = {}
        self._expected = 1
        self._previous = ""

    @property
    def end(self) -> AuditEnd:
        """The end of the rows read so far."""
        return AuditEnd(self._expected - 1, self._previous)

    def problems(self, session: Session) -> Iterator[Problem]:
        """Every row that is missing, changed or out of order."""
        for row in session.scalars(select(AuditRow).order_by(AuditRow.number).execution_options(yield_per=_BATCH)):
            where = f"audit row {row.number}"
            if row_hash(row) != row.hash:
                yield Problem(where, "was changed, or is not where it was written")
            elif row.previous != self._previous and row.number == self._expected:
                yield Problem(where, "does not follow the row before it: that one was replaced, or others were between")
            yield from self._gap(row.number)
            if row.what == BROKEN:
                yield Problem(where, "says that the rows before it were found tampered with when somebody went on")
            if row.kind in KEPT:
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


def head_problems(keyring: KeyRing, head: AuditHead, chain: AuditChain) -> Iterator[Problem]:
    """What is wrong with the signed end of the chain, after a pass over the rows."""
    if not keyring.mac_is_valid(head_text(head.count, head.hash), head.mac):
        yield Problem("audit head", "was changed without the key")
    if head.count > chain.end.rows:
        yield Problem("audit", f"rows {chain.end.rows + 1} to {head.count} were removed from its end")
    elif AuditEnd(head.count, head.hash) != chain.end:
        yield Problem("audit head", f"ends with row {head.count}, and the rows end with {chain.end.rows}")
