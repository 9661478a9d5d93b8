"""Every test of what is kept runs on SQLite and on a real PostgreSQL, each time in an empty database."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp

import pytest
from record_samples import Clock
from sqlalchemy import Engine, make_url, text

from recommender.records.storage.database import connect
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore

IN_CI = os.environ.get("CI", "").lower() == "true"
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.slow)  # make test takes SQLite's word; .ci/run both
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _unprivileged(folder: Path) -> list[str]:
    """How to run as somebody who is not root: PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres" if any(one.pw_name == "postgres" for one in pwd.getpwall()) else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL of our own, on a socket in a folder of its own."""
    binaries = _binaries()
    if binaries is None or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        reason = "PostgreSQL is missing. On Debian: apt-get install postgresql"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(mkdtemp(prefix="records-", dir="/tmp"))  # a socket's path has to be short
    as_user = _unprivileged(folder)
    data = folder / "data"

    def run(*command: object) -> None:
        subprocess.run([*as_user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")

    run(binaries / "initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = " ".join([f"-k {folder}", "-c listen_addresses=", *(f"-c {option}" for option in _FAST)])
    run(binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://tests@/postgres?host={folder}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes an empty database of a kind, as often as it is asked for, and gives its address."""
    with ExitStack() as stack:

        def make(kind: str) -> str:
            name = f"records_{secrets.token_hex(6)}"
            if kind == "sqlite":
                return f"sqlite:///{tmp_path / name}.sqlite"
            server = request.getfixturevalue("postgresql")
            engine = connect(server)  # a schema of its own is an empty database, and made in no time
            stack.callback(engine.dispose)
            stack.callback(_run_sql, engine, f"DROP SCHEMA {name} CASCADE")
            _run_sql(engine, f"CREATE SCHEMA {name}")
            return f"{server}&options=-csearch_path%3D{name}"

        yield make


def _run_sql(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture(params=["sqlite", POSTGRESQL])
def database(request: pytest.FixtureRequest, empty_database: Callable[[str], str]) -> str:
    """The address of an empty database."""
    return empty_database(request.param)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys() -> list[KeyRing]:
    """The keys that the records read: the last of the list."""
    return [KeyRing.new()]


@pytest.fixture
def opened(database: str, clock: Clock, keys: list[KeyRing], empty_records: Path) -> Iterator[Callable[[], RecordStore]]:
    """Opens the record store of this test, as often as it is asked for."""
    if file := make_url(database).database if database.startswith("sqlite") else None:
        shutil.copy(empty_records, file)
    with ExitStack() as stack:

        def open_store() -> RecordStore:
            engine = connect(database)
            stack.callback(engine.dispose)
            return RecordStore(engine, lambda: keys[-1], clock=clock)

        yield open_store


@pytest.fixture
def store(opened: Callable[[], RecordStore]) -> RecordStore:
    return opened()
