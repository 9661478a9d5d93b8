"""Back-up and restore: all records in one SQLite file, from and into either database, still encrypted."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine, delete, func, insert, select
from sqlalchemy import Table as Columns
from sqlalchemy.orm import Session

from recommender.atomic_write import atomic_write
from recommender.documents.problems import Problem
from recommender.records.accounts.accounts import COMMAND_LINE
from recommender.records.errors import KeyProblem, RecordsError
from recommender.records.maintenance.verification import Verified, verified_in, verify
from recommender.records.storage.audit import HEAD, AuditWriter
from recommender.records.storage.database import connect, upgrade, writing
from recommender.records.storage.failures import storage_errors
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.schema import refuse_another_schema
from recommender.records.storage.tables import (
    AccountRow,
    AttemptRow,
    AuditHead,
    AuditRow,
    ConsultationRow,
    PatientRow,
    ProviderSignInRow,
    SessionRow,
    Table,
)

_BATCH: Final = 500
_MOST_SAID: Final = 20
#: sessions and attempts are no records: after a restore everybody signs in again
_LEFT_OUT: Final = {SessionRow.__tablename__, ProviderSignInRow.__tablename__, AttemptRow.__tablename__}


class Copied(NamedTuple):
    """What a copy holds, and the result of verifying it; problems of the records are in their copy too."""

    patients: int
    consultations: int
    accounts: int
    verified: Verified


def back_up(store: RecordStore, file: Path) -> Copied:
    """Write everything, as of one moment, to a new file, and verify it. The keys are not in it."""
    with atomic_write(file, overwrite=False) as written:
        with storage_errors(str(file)), _engine_of(written) as engine:
            with store.snapshot() as session, storage_errors(str(file)):
                _create_and_copy(engine, session.connection())
            copy = RecordStore(engine, lambda: store.keyring, clock=store.clock)
            with copy.snapshot() as session:
                copied = _report(session, verify(copy))
        with storage_errors(str(file)), closing(sqlite3.connect(written)) as whole:
            whole.execute("PRAGMA journal_mode = DELETE")  # no WAL file, so that it opens on read-only media
    return copied


def restore(store: RecordStore, file: Path, *, damaged: bool = False) -> Copied:
    """Restore a copy into an empty database, verified before and after; the audit records it.

    A copy of an earlier version is upgraded. Raises RecordsError if the database was ever used, or the copy has problems,
    unless ``damaged``: then it is restored with them.
    """
    with store.snapshot() as session:
        _refuse_used(store, session)  # fail early; checked again under the lock
    with _opened_copy(store, file) as copy:
        _refuse_without_key(copy, file)
        found = verify(copy)
        if found.problems and not damaged:
            raise _unusable(file, found.problems)
        with copy.snapshot() as source, Session(writing(store.engine)) as session, session.begin():
            session.get_one(AuditHead, HEAD, with_for_update=True)
            session.expunge_all()
            _refuse_used(store, session)
            session.execute(delete(AuditHead))
            _copy_rows(source.connection(), session.connection())
            after = verified_in(session, store)
            if after.of_records != found.of_records or after.of_database:
                raise _unusable(file, after.problems)
            audit = AuditWriter(session, store.keyring, head=session.get_one(AuditHead, HEAD), at=store.clock())
            audit.record(COMMAND_LINE, "restored", kind="audit", record=str(after.end.rows))
            session.flush()
            return _report(session, verified_in(session, store))


def _refuse_used(store: RecordStore, session: Session) -> None:
    if session.scalar(select(func.count()).select_from(AuditRow)) or _counts(session) != (0, 0, 0):
        where = store.engine.url.render_as_string(hide_password=True)
        message = "is not empty: name another database in DATABASE_URL, or move this one away first"
        raise RecordsError([Problem(where, message)])


@contextmanager
def _opened_copy(store: RecordStore, file: Path) -> Iterator[RecordStore]:
    """The records in a temporary copy of the file: the file itself is never written to."""
    if file.with_name(f"{file.name}-wal").exists():
        raise RecordsError([Problem(str(file), "is in use: back it up with 'recommender records backup', and restore that")])
    with storage_errors(str(file)), TemporaryDirectory(prefix="restoring-") as folder:
        own = Path(folder) / "copy"
        shutil.copyfile(file, own)
        _refuse_broken(file, own)
        with _engine_of(own) as engine:
            yield RecordStore(engine, lambda: store.keyring, clock=store.clock)


def _refuse_broken(file: Path, own: Path) -> None:
    """Refuse a file with a schema that is not this product's, or with damaged pages, before reading its rows."""
    try:
        with _engine_of(own) as engine, engine.connect() as connection:
            refuse_another_schema(connection)
            said = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
    except RecordsError as error:
        raise _unusable(file, error.problems) from None
    if said != ["ok"]:
        raise _unusable(file, tuple(Problem("file", line) for line in said))


@contextmanager
def _engine_of(file: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{file}")
    try:
        yield engine
    finally:
        engine.dispose()


def _create_and_copy(engine: Engine, source: Connection) -> None:
    """Create the tables in a file and copy the records into them."""
    upgrade(engine)
    with writing(engine).begin() as sink:
        _copy_rows(source, sink)


def _copy_rows(source: Connection, sink: Connection) -> None:
    """Copy every row from one database to the other, in the order of foreign keys."""
    for table in Table.metadata.sorted_tables:
        if table.name not in _LEFT_OUT:
            for batch in _batches(source, table):
                sink.execute(insert(table), batch)


def _batches(source: Connection, table: Columns) -> Iterator[list[dict[str, object]]]:
    rows = source.execute(select(table).order_by(*table.primary_key), execution_options={"yield_per": _BATCH})
    for batch in rows.mappings().partitions():
        yield [dict(row) for row in batch]


def _report(session: Session, verified: Verified) -> Copied:
    return Copied(*_counts(session), verified)


def _counts(session: Session) -> tuple[int, int, int]:
    patients, consultations, accounts = (
        session.scalar(select(func.count()).select_from(table)) or 0 for table in (PatientRow, ConsultationRow, AccountRow)
    )
    return patients, consultations, accounts


def _refuse_without_key(copy: RecordStore, file: Path) -> None:
    with copy.snapshot() as session:
        name = session.get_one(AuditHead, HEAD).mac.partition(":")[0]
    if name not in copy.keyring.ids:
        message = f"was sealed with the key {name}, which is not here: put that key back first"
        raise KeyProblem([Problem(str(file), message, copy.keyring.ids)])


def _unusable(file: Path, problems: tuple[Problem, ...]) -> RecordsError:
    more = len(problems) - _MOST_SAID
    rest = [Problem(str(file), f"and {more} more")] if more > 0 else []
    return RecordsError([Problem(str(file), "is damaged, and nothing was restored"), *problems[:_MOST_SAID], *rest])
