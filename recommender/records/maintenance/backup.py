"""Back-up and restore: all records in one SQLite file, from either database and into either, still sealed."""

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

from recommender.documents.problems import Problem
from recommender.records.accounts.accounts import COMMAND_LINE
from recommender.records.errors import KeyProblem, RecordsError
from recommender.records.maintenance.verification import Verified, verified_in, verify
from recommender.records.storage.audit import HEAD, Ledger
from recommender.records.storage.database import connect, upgrade, writing
from recommender.records.storage.failures import storage
from recommender.records.storage.record_store import Archive
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
from recommender.whole_file import new_file

_BATCH: Final = 500
_MOST_SAID: Final = 20
#: who is signed in, and who tried to, is no record: after a restore everybody signs in anew
_LEFT_OUT: Final = {SessionRow.__tablename__, ProviderSignInRow.__tablename__, AttemptRow.__tablename__}


class Copied(NamedTuple):
    """What a copy holds, and what was found when it was verified; ``problems`` of the records are in their copy too."""

    patients: int
    consultations: int
    accounts: int
    verified: Verified


def back_up(archive: Archive, file: Path) -> Copied:
    """Write everything, as it is at one moment, to a new file, and verify what was written. The keys are not in it."""
    with new_file(file) as written:
        with storage(str(file)), _engine_of(written) as engine:
            with archive.reading() as session, storage(str(file)):
                _fill(engine, session.connection())
            copy = Archive(engine, lambda: archive.keyring, clock=archive.clock)
            with copy.reading() as session:
                copied = _told(session, verify(copy))
        with storage(str(file)), closing(sqlite3.connect(written)) as whole:  # one file, readable where nothing is written
            whole.execute("PRAGMA journal_mode = DELETE")
    return copied


def restore(archive: Archive, file: Path, *, damaged: bool = False) -> Copied:
    """Put a copy into records that were never used, verified before and after; the audit says that it was done.

    A copy of an earlier version is brought to this one on the way. Raises RecordsError if something was ever kept here, or
    if the copy is not whole – ``damaged`` takes it as it is, with what is wrong with it.
    """
    with archive.reading() as session:
        _refuse_used(archive, session)  # before the long way, and again where nobody can come between
    with _opened_copy(archive, file) as copy:
        _refuse_without_key(copy, file)
        found = verify(copy)
        if found.problems and not damaged:
            raise _unusable(file, found.problems)
        with copy.reading() as source, Session(writing(archive.engine)) as session, session.begin():
            session.get_one(AuditHead, HEAD, with_for_update=True)
            session.expunge_all()
            _refuse_used(archive, session)
            session.execute(delete(AuditHead))
            _pour(source.connection(), session.connection())
            after = verified_in(session, archive)
            if after.of_records != found.of_records or after.of_database:
                raise _unusable(file, after.problems)
            ledger = Ledger(session, archive.keyring, head=session.get_one(AuditHead, HEAD), at=archive.clock())
            ledger.record(COMMAND_LINE, "restored", kind="audit", record=str(after.end.rows))
            session.flush()
            return _told(session, verified_in(session, archive))


def _refuse_used(archive: Archive, session: Session) -> None:
    if session.scalar(select(func.count()).select_from(AuditRow)) or _counts(session) != (0, 0, 0):
        where = archive.engine.url.render_as_string(hide_password=True)
        message = "is not empty: name another database in DATABASE_URL, or move this one away first"
        raise RecordsError([Problem(where, message)])


@contextmanager
def _opened_copy(archive: Archive, file: Path) -> Iterator[Archive]:
    """The records in a copy of the copy: what was handed in is never written to."""
    if file.with_name(f"{file.name}-wal").exists():
        raise RecordsError([Problem(str(file), "is in use: back it up with 'recommender records backup', and restore that")])
    with storage(str(file)), TemporaryDirectory(prefix="restoring-") as folder:
        own = Path(folder) / "copy"
        shutil.copyfile(file, own)
        _refuse_broken(file, own)
        with _engine_of(own) as engine:
            yield Archive(engine, lambda: archive.keyring, clock=archive.clock)


def _refuse_broken(file: Path, own: Path) -> None:
    """Before anything is read from a copy: it has nothing that somebody else made, and its pages are sound."""
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


def _fill(engine: Engine, source: Connection) -> None:
    """Make the tables of this version in a file, and pour the records into them."""
    upgrade(engine)
    with writing(engine).begin() as sink:
        _pour(source, sink)


def _pour(source: Connection, sink: Connection) -> None:
    """Every row from one database into the other, what is referred to before what refers to it."""
    for table in Table.metadata.sorted_tables:
        if table.name not in _LEFT_OUT:
            for batch in _batches(source, table):
                sink.execute(insert(table), batch)


def _batches(source: Connection, table: Columns) -> Iterator[list[dict[str, object]]]:
    rows = source.execute(select(table).order_by(*table.primary_key), execution_options={"yield_per": _BATCH})
    for batch in rows.mappings().partitions():
        yield [dict(row) for row in batch]


def _told(session: Session, verified: Verified) -> Copied:
    return Copied(*_counts(session), verified)


def _counts(session: Session) -> tuple[int, int, int]:
    patients, consultations, accounts = (
        session.scalar(select(func.count()).select_from(table)) or 0 for table in (PatientRow, ConsultationRow, AccountRow)
    )
    return patients, consultations, accounts


def _refuse_without_key(copy: Archive, file: Path) -> None:
    with copy.reading() as session:
        name = session.get_one(AuditHead, HEAD).vouched.partition(":")[0]
    if name not in copy.keyring.ids:
        message = f"was sealed with the key {name}, which is not here: put that key back first"
        raise KeyProblem([Problem(str(file), message, copy.keyring.ids)])


def _unusable(file: Path, problems: tuple[Problem, ...]) -> RecordsError:
    more = len(problems) - _MOST_SAID
    rest = [Problem(str(file), f"and {more} more")] if more > 0 else []
    return RecordsError([Problem(str(file), "is damaged, and nothing was restored"), *problems[:_MOST_SAID], *rest])
