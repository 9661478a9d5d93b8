"""Verify: whether the audit is whole and in order, and whether every record is the one that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.records import consultations, patients
from recommender.records.accounts import account_hash
from recommender.records.archive import Archive
from recommender.records.audit import BROKEN, HEAD, head_text, row_hash
from recommender.records.errors import KeyProblem
from recommender.records.life import signatures_hold
from recommender.records.patients import Identity
from recommender.records.tables import AccountRow, AuditHead, AuditRow, ConsultationRow, Override, PatientRow, UsedLot

_BATCH = 500
_Row = PatientRow | ConsultationRow | AccountRow


class End(NamedTuple):
    """Where the audit ends: written down elsewhere, it shows later whether anything before it was taken away or rewritten."""

    rows: int
    hash: str


class Verified(NamedTuple):
    """What was found: ``problems`` empty if everything is whole; ``end`` is where the audit ends now."""

    problems: tuple[Problem, ...]
    end: End


def verify(archive: Archive, *, known: End | None = None) -> Verified:
    """Read the whole audit and every record, and say which row or record was changed, removed or put elsewhere.

    ``known`` is an end noted earlier: it has to be in the audit still. Without one, records and audit put back together
    to an older state that was whole cannot be told from that state.
    """
    with archive.reading() as session:
        return verified_in(session, archive, known=known)


def verified_in(session: Session, archive: Archive, *, known: End | None = None) -> Verified:
    """The same as one look at the records sees them."""
    chain = _Chain()
    problems = list(chain.problems(session))
    head = session.get_one(AuditHead, HEAD)
    problems += _head_problems(archive, head, chain)
    if known is not None and known.rows and chain.hashes.get(known.rows) != known.hash:
        problems.append(Problem(f"audit row {known.rows}", "is not the one that was noted: the audit was cut or rewritten"))
    problems += _record_problems(archive, session, chain.after)
    return Verified(tuple(problems), End(head.count, head.hash))


class _Chain:
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


def _head_problems(archive: Archive, head: AuditHead, chain: _Chain) -> Iterator[Problem]:
    if not archive.keyring.vouched(head_text(head.count, head.hash), head.vouched):
        yield Problem("audit head", "was changed without the key")
    if head.count > chain.end.rows:
        yield Problem("audit", f"rows {chain.end.rows + 1} to {head.count} were removed from its end")
    elif End(head.count, head.hash) != chain.end:
        yield Problem("audit head", f"ends with row {head.count}, and the rows end with {chain.end.rows}")


def _record_problems(archive: Archive, session: Session, after: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Every record whose content is not what the audit last said, and every one that is missing or unheard of."""
    left = {name for name, content in after.items() if content}
    for kind, row in _every_record(session):
        left.discard((kind, row.id))
        yield from _one_record(archive, session, row, f"{kind} {row.id}", after.get((kind, row.id), ""))
    for kind, record in sorted(left):
        yield Problem(f"{kind} {record}", "was removed, and the audit does not say that it was erased")


def _every_record(session: Session) -> Iterator[tuple[str, _Row]]:
    yield from (("patient", row) for row in session.scalars(select(PatientRow).execution_options(yield_per=_BATCH)))
    yield from (("consultation", row) for row in session.scalars(select(ConsultationRow).execution_options(yield_per=_BATCH)))
    yield from (("account", row) for row in session.scalars(select(AccountRow).execution_options(yield_per=_BATCH)))


def _one_record(archive: Archive, session: Session, row: _Row, where: str, known: str) -> Iterator[Problem]:
    changed = Problem(where, "is not as the audit left it")
    try:
        match row:
            case PatientRow():
                content = archive.open_sealed(row.sealed, patients.place_of(row.id))
                if patients.hash_of(content, row) != known:
                    yield changed
                if not patients.findable(archive, session, row, Identity.model_validate_json(content.text)):
                    yield Problem(where, "what finds them by name or day of birth was changed")
            case ConsultationRow():
                content = archive.open_sealed(row.sealed, consultations.place_of(row.id))
                if consultations.hash_of(content, row) != known:
                    yield changed
                yield from _beside_problems(session, row, Consultation.model_validate_json(content.text), where)
            case AccountRow():
                if account_hash(row) != known:
                    yield changed
    except KeyProblem as error:
        yield Problem(where, error.problems[0].message)


def _beside_problems(session: Session, row: ConsultationRow, consultation: Consultation, where: str) -> Iterator[Problem]:
    """What stands unsealed beside a record says what the record says."""
    changed = [name for name, value in consultations.columns_of(consultation).items() if getattr(row, name) != value]
    if changed:
        yield Problem(where, f"what stands beside the record was changed: {', '.join(changed)}")
    if not signatures_hold(consultation):
        yield Problem(where, "is signed, and not as it is now")
    lots = session.scalars(select(UsedLot).where(UsedLot.consultation_id == row.id))
    overrides = session.scalars(select(Override).where(Override.consultation_id == row.id))
    if _told(*lots, *overrides) != _told(*consultations.beside(row.id, consultation)):
        yield Problem(where, "what finds it by lot or by rule was changed")


def _told(*rows: UsedLot | Override) -> set[tuple[Any, ...]]:
    return {tuple(getattr(row, column.key) for column in row.__table__.columns) for row in rows}
