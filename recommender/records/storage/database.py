"""Database connections for SQLite and PostgreSQL, and upgrades to the current schema."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg import OperationalError
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from recommender.documents.problems import Problem
from recommender.records.errors import RecordsError
from recommender.records.storage.failures import storage_errors
from recommender.records.storage.tables import Table

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_WAIT_SECONDS: Final = 30
_ANSWER_SECONDS: Final = 5  # how long a page waits for a server that does not answer
_AT_ONCE_SECONDS: Final = 1  # a failure sooner than this is not remembered
_SILENT_SECONDS: Final = 15  # how long a server that did not answer is not asked again
_UPGRADING: Final = 5_208_901  # number of the advisory lock in PostgreSQL: one upgrade at a time
_PRAGMAS: Final = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # durable to a power cut, not only to a crash of the process
    "foreign_keys": "ON",
    "secure_delete": "ON",  # what is erased is overwritten
    "busy_timeout": str(_WAIT_SECONDS * 1000),
}

#: URL of a server that did not answer in time -> its error, and until when no new connection is tried
_SILENT: dict[str, tuple[str, float]] = {}


def connect(url: str) -> Engine:
    """An engine for the database at this URL: SQLite in a file, or PostgreSQL. Raises RecordsError for any other URL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the URL is not quoted: it may hold a password
        raise RecordsError(
            [Problem("DATABASE_URL", "is not the address of a database", ("postgresql://…", "sqlite:///…"))]
        ) from None
    match parsed.get_backend_name():
        case "sqlite":
            engine = create_engine(parsed, connect_args={"timeout": _WAIT_SECONDS}, hide_parameters=True)
            event.listen(engine, "connect", _set_pragmas)
            event.listen(engine, "begin", _begin)
        case "postgresql" | "postgres":
            engine = create_engine(
                parsed.set(drivername="postgresql+psycopg"),
                connect_args={"connect_timeout": _ANSWER_SECONDS, "tcp_user_timeout": _ANSWER_SECONDS * 1000},
                pool_pre_ping=True,
                hide_parameters=True,  # values are about people, and others read the log
            )
            event.listen(engine, "do_connect", partial(_reached, url))
        case other:
            raise RecordsError([Problem("DATABASE_URL", f"is a kind that is not known: {other}", ("postgresql", "sqlite"))])
    return engine


def _reached(url: str, dialect: Dialect, _record: object, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """A connection. Where the server has just failed to answer in time, its error at once instead of another wait."""
    said, until = _SILENT.get(url, ("", 0.0))
    if time.monotonic() < until:
        raise OperationalError(said)
    began = time.monotonic()
    try:
        return dialect.connect(*given, **named)
    except OperationalError as failed:
        if time.monotonic() - began > _AT_ONCE_SECONDS:
            _SILENT[url] = (str(failed), time.monotonic() + _SILENT_SECONDS)
        raise


def writing(engine: Engine) -> Engine:
    """The same engine for writing: in SQLite a transaction takes the write lock when it begins, and so never fails for it
    later.
    """
    return engine.execution_options(writes=True)


def reading(engine: Engine) -> Engine:
    """The same engine for reading: in PostgreSQL, as in SQLite, every query of a transaction sees the same moment."""
    return engine.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name == "postgresql" else engine


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    for name, value in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _refuse_views(connection: Connection) -> None:
    """Refuse a view in the place of a table: reading from it might never end."""
    tables = {*Table.metadata.tables, "alembic_version"}
    for name in sorted(tables.intersection(inspect(connection).get_view_names())):
        raise RecordsError([Problem(f"view {name}", "stands where a table of the records should: this is another database")])


def upgrade(engine: Engine, *, to: str = "head") -> bool:
    """Migrate the tables to this version (or an earlier one) in one transaction; whether there was anything to do.

    Raises RecordsError if the tables are of a later version, and StorageError if the database is out of reach.
    """
    config, scripts = _migrations()
    with storage_errors():
        with engine.connect() as connection:
            _refuse_views(connection)
            if known_revision(connection) == scripts.get_current_head():
                return False
        with writing(engine).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _UPGRADING})
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    return True


def known_revision(connection: Connection) -> str | None:
    """The version of the tables, None where there are none. Raises RecordsError for a version later than this one."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in {script.revision for script in _migrations()[1].walk_revisions()}:
        named = "".join(filter(str.isprintable, str(found)))[:40]
        raise RecordsError([Problem("records", f"were written by a later version of this product ({named}): install that")])
    return found


def _migrations() -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config, ScriptDirectory.from_config(config)
