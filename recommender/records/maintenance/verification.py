"""Verify: whether the database is sound, the audit whole and in order, and every record the one that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.records.domain.workflow import signatures_hold
from recommender.records.errors import KeyProblem, RecordsError
from recommender.records.storage.audit import HEAD, Chain, End, head_problems
from recommender.records.storage.failures import storage
from recommender.records.storage.record_store import Archive
from recommender.records.storage.row_authentication import account_hash, account_holds, session_holds
from recommender.records.storage.schema import has_every_table, inner_problems, schema_problems, unreadable_values
from recommender.records.storage.tables import AccountRow, AuditHead, ConsultationRow, Override, PatientRow, SessionRow, UsedLot
from recommender.records.visits import consultations, patients
from recommender.records.visits.patients import Identity

_BATCH = 500
_Row = PatientRow | ConsultationRow | AccountRow


class Verified(NamedTuple):
    """What was found: ``problems`` empty if everything is whole; ``end`` is where the audit ends now.

    The first ``of_database`` problems are of the database itself, and the others of what is in it.
    """

    problems: tuple[Problem, ...]
    end: End
    of_database: int = 0

    @property
    def of_records(self) -> tuple[Problem, ...]:
        """What is wrong with the records, in whichever database they are."""
        return self.problems[self.of_database :]


def verify(archive: Archive, *, known: End | None = None) -> Verified:
    """Read the whole audit and every record, and say which row or record was changed, removed or put elsewhere.

    ``known`` is an end noted earlier: it has to be in the audit still. Without one, records and audit put back together
    to an older state that was whole cannot be told from that state.
    """
    with archive.reading() as session:
        return verified_in(session, archive, known=known)


def verified_in(session: Session, archive: Archive, *, known: End | None = None) -> Verified:
    """The same as one look at the records sees them."""
    of_database: list[Problem] = []
    problems: list[Problem] = []
    end = End(0, "")
    try:
        with storage():
            readable = _look_at_database(session.connection(), of_database)
            if readable:
                end = read_everything(session, archive, problems, known=known)
    except RecordsError as error:  # so damaged that it cannot be read to its end
        problems += error.problems
    return Verified((*of_database, *problems), end, len(of_database))


def _look_at_database(connection: Connection, problems: list[Problem]) -> bool:
    """Add what is wrong with the database itself; whether its rows can be read all the same."""
    problems += schema_problems(connection)
    if not has_every_table(connection):
        return False
    problems += inner_problems(connection)
    unreadable = list(unreadable_values(connection))
    problems += unreadable
    return not unreadable


def read_everything(session: Session, archive: Archive, problems: list[Problem], *, known: End | None = None) -> End:
    """Add what is wrong with what is in the tables, row by row; where the audit ends."""
    chain = Chain()
    problems += chain.problems(session)
    head = session.get_one(AuditHead, HEAD)
    problems += head_problems(archive.keyring, head, chain)
    if known is not None and known.rows and chain.hashes.get(known.rows) != known.hash:
        problems.append(Problem(f"audit row {known.rows}", "is not the one that was noted: the audit was cut or rewritten"))
    problems += _record_problems(archive, session, chain.after)
    problems += _session_problems(archive, session)
    return End(head.count, head.hash)


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
                elif not account_holds(archive, session, row):
                    yield Problem(where, "was written without the key, and opens to nobody")
    except KeyProblem as error:
        yield Problem(where, error.problems[0].message)


def _session_problems(archive: Archive, session: Session) -> Iterator[Problem]:
    """Every session that nobody opened who holds the key."""
    for row in session.scalars(select(SessionRow).order_by(SessionRow.token)):
        account = session.get(AccountRow, row.account_id)
        if account is None or not session_holds(archive, row, account):
            yield Problem(f"session of account {row.account_id}", "was written without the key, and opens nothing")


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
