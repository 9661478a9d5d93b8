"""Verification: the database is sound, the audit complete and in order, and every record as the audit last recorded it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.records.domain.workflow import signatures_hold
from recommender.records.errors import KeyProblem, RecordsError
from recommender.records.storage.audit import HEAD, AuditChain, AuditEnd, head_problems
from recommender.records.storage.failures import storage_errors
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.row_authentication import (
    account_hash,
    account_is_authentic,
    lot_hash,
    lot_is_authentic,
    session_is_authentic,
)
from recommender.records.storage.schema import has_every_table, integrity_problems, schema_problems, unreadable_values
from recommender.records.storage.tables import (
    AccountRow,
    AuditHead,
    ConsultationRow,
    Override,
    PatientRow,
    SessionRow,
    StockLot,
    UsedLot,
)
from recommender.records.visits import consultations, patients
from recommender.records.visits.patients import Identity

_BATCH = 500
_Row = PatientRow | ConsultationRow | AccountRow | StockLot


class Verified(NamedTuple):
    """The result: ``problems``, empty if there are none, and the end of the audit.

    The first ``of_database`` problems are of the database itself, the others of its content.
    """

    problems: tuple[Problem, ...]
    end: AuditEnd
    of_database: int = 0

    @property
    def of_records(self) -> tuple[Problem, ...]:
        """The problems of the records, whichever database they are in."""
        return self.problems[self.of_database :]


def verify(store: RecordStore, *, known: AuditEnd | None = None) -> Verified:
    """Read the whole audit and every record; report each row or record that was changed, removed or moved.

    ``known`` is an end noted earlier, which must still be in the audit. Without it, a database that was put back as a whole to
    an earlier state cannot be told from that state.
    """
    with store.snapshot() as session:
        return verified_in(session, store, known=known)


def verified_in(session: Session, store: RecordStore, *, known: AuditEnd | None = None) -> Verified:
    """The same within this session."""
    of_database: list[Problem] = []
    problems: list[Problem] = []
    end = AuditEnd(0, "")
    try:
        with storage_errors():
            readable = _look_at_database(session.connection(), of_database)
            if readable:
                end = read_everything(session, store, problems, known=known)
    except RecordsError as error:  # too damaged to read to the end
        problems += error.problems
    return Verified((*of_database, *problems), end, len(of_database))


def _look_at_database(connection: Connection, problems: list[Problem]) -> bool:
    """Add the problems of the database itself; whether its rows can be read nevertheless."""
    problems += schema_problems(connection)
    if not has_every_table(connection):
        return False
    problems += integrity_problems(connection)
    unreadable = list(unreadable_values(connection))
    problems += unreadable
    return not unreadable


def read_everything(
    session: Session, store: RecordStore, problems: list[Problem], *, known: AuditEnd | None = None
) -> AuditEnd:
    """Add the problems of the rows; where the audit ends."""
    chain = AuditChain()
    problems += chain.problems(session)
    head = session.get_one(AuditHead, HEAD)
    problems += head_problems(store.keyring, head, chain)
    if known is not None and known.rows and chain.hashes.get(known.rows) != known.hash:
        problems.append(Problem(f"audit row {known.rows}", "is not the one that was noted: the audit was cut or rewritten"))
    problems += _record_problems(store, session, chain.after)
    problems += _session_problems(store, session)
    return AuditEnd(head.count, head.hash)


def _record_problems(store: RecordStore, session: Session, after: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Every record that differs from what the audit last recorded, is missing, or is not in the audit."""
    left = {name for name, content in after.items() if content}
    for kind, row in _every_record(session):
        left.discard((kind, row.id))
        yield from _one_record(store, session, row, f"{kind} {row.id}", after.get((kind, row.id), ""))
    for kind, record in sorted(left):
        yield Problem(f"{kind} {record}", "was removed, and the audit does not say that it was erased")


def _every_record(session: Session) -> Iterator[tuple[str, _Row]]:
    yield from (("patient", row) for row in session.scalars(select(PatientRow).execution_options(yield_per=_BATCH)))
    yield from (("consultation", row) for row in session.scalars(select(ConsultationRow).execution_options(yield_per=_BATCH)))
    yield from (("account", row) for row in session.scalars(select(AccountRow).execution_options(yield_per=_BATCH)))
    yield from (("lot", row) for row in session.scalars(select(StockLot).execution_options(yield_per=_BATCH)))


def _one_record(store: RecordStore, session: Session, row: _Row, where: str, known: str) -> Iterator[Problem]:
    changed = Problem(where, "is not as the audit left it")
    try:
        match row:
            case PatientRow():
                content = store.open_sealed(row.sealed, patients.sealing_context(row.id))
                if patients.audit_hash(content, row) != known:
                    yield changed
                if not patients.findable(store, session, row, Identity.model_validate_json(content.text)):
                    yield Problem(where, "what finds them by name or day of birth was changed")
            case ConsultationRow():
                content = store.open_sealed(row.sealed, consultations.sealing_context(row.id))
                if consultations.audit_hash(content, row) != known:
                    yield changed
                yield from _index_problems(session, row, Consultation.model_validate_json(content.text), where)
            case AccountRow() | StockLot():
                yield from _unsealed(store, session, row, where, known)
    except KeyProblem as error:
        yield Problem(where, error.problems[0].message)


def _unsealed(store: RecordStore, session: Session, row: AccountRow | StockLot, where: str, known: str) -> Iterator[Problem]:
    """What is wrong with a row in the clear that carries a keyed hash."""
    if isinstance(row, AccountRow):
        content, authentic, end = account_hash(row), account_is_authentic(store, session, row), "opens to nobody"
    else:
        content, authentic, end = lot_hash(row), lot_is_authentic(store, session, row), "is offered to nobody"
    if content != known:
        yield Problem(where, "is not as the audit left it")
    elif not authentic:
        yield Problem(where, f"was written without the key, and {end}")


def _session_problems(store: RecordStore, session: Session) -> Iterator[Problem]:
    """Every session that is not authentic."""
    for row in session.scalars(select(SessionRow).order_by(SessionRow.token)):
        account = session.get(AccountRow, row.account_id)
        if account is None or not session_is_authentic(store, row, account):
            yield Problem(f"session of account {row.account_id}", "was written without the key, and opens nothing")


def _index_problems(session: Session, row: ConsultationRow, consultation: Consultation, where: str) -> Iterator[Problem]:
    """Columns and index rows that differ from the record that they are about."""
    changed = [name for name, value in consultations.unsealed_columns(consultation).items() if getattr(row, name) != value]
    if changed:
        yield Problem(where, f"what stands beside the record was changed: {', '.join(changed)}")
    if not signatures_hold(consultation):
        yield Problem(where, "is signed, and not as it is now")
    lots = session.scalars(select(UsedLot).where(UsedLot.consultation_id == row.id))
    overrides = session.scalars(select(Override).where(Override.consultation_id == row.id))
    if _values(*lots, *overrides) != _values(*consultations.index_rows(row.id, consultation)):
        yield Problem(where, "what finds it by lot or by rule was changed")


def _values(*rows: UsedLot | Override) -> set[tuple[Any, ...]]:
    return {tuple(getattr(row, column.key) for column in row.__table__.columns) for row in rows}
