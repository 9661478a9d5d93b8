"""The database itself: opened as safely as each kind allows, and brought to the tables of this version."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError

from recommender.documents.problems import Problem
from recommender.records.errors import RecordsError

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_WAIT_SECONDS: Final = 30
_UPGRADING: Final = 5_208_901  # one upgrade at a time: a lock that PostgreSQL knows by this number
_PRAGMAS: Final = {
    "journal_mode": "WAL",
    "synchronous": "FULL",  # what was acknowledged survives a power cut, not only a killed process
    "foreign_keys": "ON",
    "secure_delete": "ON",  # what is erased is overwritten
    "busy_timeout": str(_WAIT_SECONDS * 1000),
}


def connect(url: str) -> Engine:
    """The database at an address: SQLite in a file, or PostgreSQL."""
    try:
        parsed = make_url(url)
    except ArgumentError:  # the address itself is not quoted: it may hold a password
        raise RecordsError(
            [Problem("DATABASE_URL", "is not the address of a database", ("postgresql://…", "sqlite:///…"))]
        ) from None
    match parsed.get_backend_name():
        case "sqlite":
            engine = create_engine(parsed, connect_args={"timeout": _WAIT_SECONDS})
            event.listen(engine, "connect", _set_pragmas)
            event.listen(engine, "begin", _begin)
        case "postgresql" | "postgres":
            engine = create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        case other:
            raise RecordsError([Problem("DATABASE_URL", f"is a kind that is not known: {other}", ("postgresql", "sqlite"))])
    return engine


def writing(engine: Engine) -> Engine:
    """The same database for changes: in SQLite a transaction that takes the lock at once, so that it never has to give up."""
    return engine.execution_options(writes=True)


def looking(engine: Engine) -> Engine:
    """The same database for reading: in PostgreSQL, too, every question of one look is answered from one moment."""
    return engine.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name == "postgresql" else engine


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says, not where the driver guesses
    for name, value in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def upgrade(engine: Engine) -> bool:
    """Bring the tables to this version, all in one transaction; whether there was anything to do.

    Raises RecordsError if they are of a later version than this one, or the database is out of reach.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    try:
        with engine.connect() as connection:
            if MigrationContext.configure(connection).get_current_revision() == scripts.get_current_head():
                return False
        with writing(engine).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _UPGRADING})
            found = MigrationContext.configure(connection).get_current_revision()
            if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
                raise RecordsError(
                    [Problem("records", f"were written by a later version of this product ({found}): install that")]
                )
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except OperationalError as error:
        raise RecordsError([Problem("records", f"the database is out of reach: {_first_line(error)}")]) from None
    return True


def _first_line(error: OperationalError) -> str:
    return str(error.orig).partition("\n")[0]
