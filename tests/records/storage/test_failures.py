"""Every failure of storage is one kind of error that says what to do, names nobody, and is over once that is put right."""

from __future__ import annotations

import os
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from record_samples import NURSE
from sqlalchemy import create_engine, text

from recommender.records.errors import RecordsError, StorageError
from recommender.records.handover.store import HandoverStore
from recommender.records.storage import database
from recommender.records.storage.database import connect
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.patients import Identity, Patient, Patients

NAME = "Somebody Made-Up"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one patient, which nobody has open."""
    store = RecordStore(connect(f"sqlite:///{tmp_path / 'records.sqlite'}"), lambda: RING)
    Patients(store).add(Identity(name=NAME), by=NURSE)
    store.engine.dispose()
    return tmp_path / "records.sqlite"


RING = KeyRing.new()


@pytest.fixture
def opens() -> Iterator[Callable[[str], RecordStore]]:
    """Opens records at an address, and lets go of what it opened."""
    engines = []

    def open_at(url: str) -> RecordStore:
        engines.append(connect(url))
        return RecordStore(engines[-1], lambda: RING)

    yield open_at
    for engine in engines:
        engine.dispose()


def _damage(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[100:4096] = b"\xff" * 3996
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda file: file.write_text("the shopping list, which is longer than a header of SQLite\n" * 20),
            "is not a database",
        ),
        (lambda file: file.write_bytes(b"fifteen bytes !"), "is not a database"),
        (_damage, "is damaged|is not a database"),
        (lambda file: file.write_bytes(file.read_bytes()[:9000]), "is damaged"),
        (lambda file: (file.unlink(), file.mkdir()), "cannot be opened"),
    ],
)
def test_a_file_that_is_no_sound_database_is_a_message(
    file: Path, opens: Callable[[str], RecordStore], spoil: Callable[[Path], object], said: str
) -> None:
    spoil(file)

    with pytest.raises(StorageError, match=said):
        Patients(opens(f"sqlite:///{file}")).search(NAME, by=NURSE)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://h:bad/x", "is not the address of a database"),
        ("postgresql://somebody:secret@127.0.0.1:1/x", "the database is out of reach: start it, or correct DATABASE_URL"),
        ("postgresql://somebody:secret@nowhere.invalid/x", "the database is out of reach"),
        ("postgresql://somebody:secret@127.0.0.1:1/x?secret=1", "the database refused"),
        ("sqlite:////nowhere/at/all.sqlite", "cannot be opened"),
    ],
)
def test_a_wrong_address_is_a_message_without_the_password(
    opens: Callable[[str], RecordStore], address: str, said: str
) -> None:
    with pytest.raises(RecordsError, match=said) as refused:
        opens(address)

    assert "secret" not in str(refused.value)


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_waited_for_once_and_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_ANSWER_SECONDS", 2)  # the shortest that the driver knows

    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://somebody@127.0.0.1:{silent.getsockname()[1]}/x"
        first, again = waited_for(address), waited_for(address)  # each with connections of its own
        monkeypatch.setattr(database, "_SILENT_SECONDS", 0)
        database._SILENT.clear()
        waited_for(address)
        later = waited_for(address)

    assert first > 1 > again
    assert later > 1


def waited_for(address: str) -> float:
    """How many seconds it took until somebody was told that a server is out of reach."""
    began = time.monotonic()
    with pytest.raises(StorageError, match="out of reach"):
        database.upgrade(connect(address))
    return time.monotonic() - began


def test_a_full_disk_changes_nothing_reads_on_and_is_over_when_there_is_room(
    file: Path, opens: Callable[[str], RecordStore]
) -> None:
    store = opens(f"sqlite:///{file}")
    patients = Patients(store)
    with store.engine.connect() as connection:  # the pool hands out this one connection again
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    added: list[Patient] = []

    def fill() -> None:
        added.extend(patients.add(Identity(name=f"{NAME} {number}"), by=NURSE) for number in range(99))

    with pytest.raises(StorageError, match="the disk is full, and nothing was changed: make room, then try again") as refused:
        fill()
    found = patients.search(NAME, by=NURSE)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")

    assert set(found) >= set(added)
    assert len(found) == len(added) + 1
    assert "Made-Up" not in str(refused.value)
    assert refused.value.__suppress_context__
    assert patients.add(Identity(name=NAME), by=NURSE, anyway=True)


@pytest.mark.skipif(not Path("/dev/full").exists() or os.name != "posix", reason="the system has no disk that is always full")
def test_a_disk_that_is_full_for_a_file_is_said_alike() -> None:
    from recommender.records.storage.failures import storage_errors

    with pytest.raises(StorageError, match="answers: the disk is full"), storage_errors("answers"):
        Path("/dev/full").write_bytes(b"x")


def test_another_program_that_keeps_the_lock_is_a_message(file: Path, opens: Callable[[str], RecordStore]) -> None:
    store = opens(f"sqlite:///{file}")
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")

    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="is locked by another program: try again"):
            Patients(store).add(Identity(name=NAME), by=NURSE)

    assert Patients(store).add(Identity(name=NAME), by=NURSE, anyway=True)


def test_a_database_that_was_stopped_is_a_message_until_it_is_there_again(
    empty_database: Callable[[str], str], postgresql: str, opens: Callable[[str], RecordStore]
) -> None:
    store = opens(empty_database("postgresql"))
    patients = Patients(store)
    patients.add(Identity(name=NAME), by=NURSE)
    moved = Path(postgresql.partition("host=")[2])
    socket = next(one for one in moved.iterdir() if one.name.startswith(".s.PGSQL") and not one.name.endswith(".lock"))
    server = create_engine(postgresql.replace("postgresql://", "postgresql+psycopg://"))

    with server.connect() as connection:  # the server ends every other connection and answers no new one
        hidden = socket.rename(socket.with_name("hidden"))
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
        try:
            with pytest.raises(StorageError, match="the database is out of reach"):
                patients.search(NAME, by=NURSE)
            with pytest.raises(StorageError, match="the database is out of reach"):
                patients.add(Identity(name=NAME), by=NURSE)
        finally:
            hidden.rename(socket)
    server.dispose()

    assert len(patients.search(NAME, by=NURSE)) == 1


def test_parameters_are_in_no_message_of_the_library(opens: Callable[[str], RecordStore], tmp_path: Path) -> None:
    store = opens(f"sqlite:///{tmp_path / 'records.sqlite'}")

    with pytest.raises(Exception, match="no such table") as failed, store.engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": NAME})

    assert NAME not in str(failed.value)


def test_what_is_handed_over_fails_alike(tmp_path: Path) -> None:
    (tmp_path / "handovers.sqlite").write_text("the shopping list, which is longer than a header of SQLite\n" * 20)

    with pytest.raises(StorageError, match=r"handovers.sqlite: is not a database"):
        HandoverStore(tmp_path / "handovers.sqlite")
