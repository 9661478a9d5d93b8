"""Back-up and restore, shown by restoring: from either database into either, and nothing damaged comes back unnoticed."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event

import pytest
from argon2 import PasswordHasher
from record_samples import BORN_THEN, LEAD, NURSE, PRESCRIBER, TODAY, Clock, begun, whole
from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.atomic_write import FileError
from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.passwords import Passwords
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.domain.workflow import write
from recommender.records.errors import KeyProblem, RecordsError
from recommender.records.maintenance.backup import back_up, restore
from recommender.records.maintenance.verification import verify
from recommender.records.storage.database import connect
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import AttemptRow, PatientRow, SessionRow, Table
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.lots import Lots
from recommender.records.visits.patients import Identity, Patients

PASSWORD = "a made-up phrase"
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.slow)
Opens = Callable[[str], RecordStore]


@pytest.fixture
def empty(empty_database: Callable[[str], str], clock: Clock, keys: list[KeyRing], empty_records: Path) -> Iterator[Opens]:
    """Opens new records in an empty database of a kind."""
    with ExitStack() as stack:

        def open_empty(kind: str) -> RecordStore:
            url = empty_database(kind)
            if kind == "sqlite":
                shutil.copy(empty_records, url.removeprefix("sqlite:///"))
            engine = connect(url)
            stack.callback(engine.dispose)
            return RecordStore(engine, lambda: keys[-1], clock=clock)

        yield open_empty


def _fill(store: RecordStore) -> None:
    """A clinic's first day: visits signed and begun, a patient erased, somebody signed in."""
    patients, visits = Patients(store), Consultations(store)
    for number in range(3):
        patient = patients.add(Identity(name=f"Somebody Made-Up {number}", born_on=BORN_THEN, contact="+1 555"), by=NURSE)
        kept = visits.begin(patient.id, begun(), by=NURSE)
        if number:
            kept = visits.save(kept.id, kept.version, whole(), by=NURSE)
            visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)
    patients.erase(patient.id, by=LEAD)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    Accounts(store, passwords).add("ward.nurse", PASSWORD, role="nurse")
    SignIns(store, passwords).sign_in("ward.nurse", PASSWORD, source="here")
    Lots(store).add("botulinum_toxin", product="a kind", brand="a brand", lot="LOT-1 a", expires_on=TODAY, by=NURSE)


def _rows(store: RecordStore) -> dict[str, list[tuple[object, ...]]]:
    """Everything that stands in the records, but who is signed in."""
    left_out = {SessionRow.__tablename__, AttemptRow.__tablename__}
    with store.snapshot() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Table.metadata.sorted_tables
            if table.name not in left_out
        }


@pytest.mark.parametrize("target", ["sqlite", POSTGRESQL])
@pytest.mark.parametrize("source", ["sqlite", POSTGRESQL])
def test_what_was_backed_up_and_lost_is_restored_to_the_last_byte(
    empty: Opens, tmp_path: Path, source: str, target: str
) -> None:
    lost, file = empty(source), tmp_path / "copy"
    _fill(lost)
    expected = _rows(lost)
    copied = back_up(lost, file)
    Table.metadata.drop_all(lost.engine)

    anew = empty(target)
    restored = restore(anew, file)

    found = _rows(anew)
    *before, last = found.pop("audit")
    expected_audit = expected.pop("audit")
    del found["audit_head"], expected["audit_head"]
    assert copied[:3] == restored[:3] == (2, 2, 1)
    assert copied.verified.problems == restored.verified.problems == ()
    assert (found, before) == (expected, expected_audit)
    assert last[2:6] == ("command line", "restored", "audit", str(len(expected_audit)))
    assert verify(anew, known=copied.verified.end).problems == ()


def test_after_a_restore_the_work_goes_on_and_everybody_signs_in_anew(empty: Opens, tmp_path: Path) -> None:
    first, anew = empty("sqlite"), empty("sqlite")
    _fill(first)
    back_up(first, tmp_path / "copy")

    restore(anew, tmp_path / "copy")
    patient = Patients(anew).search("made-up 1", born_on=BORN_THEN, by=NURSE)[0]
    (kept,) = Consultations(anew).of_patient(patient.id, by=NURSE)
    locked = Consultations(anew).co_sign(kept.id, kept.version, by=PRESCRIBER)

    with Session(anew.engine) as session:
        signed_in = session.scalars(select(SessionRow)).all()
    assert locked.consultation.state == "locked"
    assert signed_in == []
    assert verify(anew).problems == ()


def test_one_look_at_the_records_sees_one_moment(store: RecordStore) -> None:
    patients = Patients(store)

    with store.snapshot() as look:
        before = len(look.scalars(select(PatientRow.id)).all())
        patients.add(Identity(name="Somebody Made-Up"), by=NURSE)
        after = len(look.scalars(select(PatientRow.id)).all())

    assert (before, after) == (0, 0)


def test_a_copy_made_while_others_write_is_whole(store: RecordStore, tmp_path: Path) -> None:
    patients, stop = Patients(store), Event()

    def write_on() -> None:
        while not stop.is_set():
            patients.add(Identity(name="Somebody Made-Up"), by=NURSE, anyway=True)

    with ThreadPoolExecutor() as pool:
        writing = pool.submit(write_on)
        copies = [back_up(store, tmp_path / f"copy{number}") for number in range(3)]
        stop.set()
        writing.result()

    assert [copied.verified.problems for copied in copies] == [(), (), ()]
    assert [copied.verified.end.rows for copied in copies] == [copied.patients for copied in copies]
    assert 0 < copies[1].patients < copies[2].patients


def test_the_copy_is_one_file_of_its_owner_alone_and_says_nothing_about_a_patient(store: RecordStore, tmp_path: Path) -> None:
    patient = Patients(store).add(Identity(name="Somebody Made-Up"), by=NURSE)
    Consultations(store).begin(patient.id, write(begun(), by=NURSE, note="Prefers mornings."), by=NURSE)
    folder = tmp_path / "copies"
    folder.mkdir()

    back_up(store, folder / "copy")

    written = (folder / "copy").read_bytes()
    assert [file.name for file in folder.iterdir()] == ["copy"]
    assert (folder / "copy").stat().st_mode & 0o777 == 0o600
    assert [word for word in (b"Made-Up", b"mornings", store.keyring.text().split(":")[1].encode()) if word in written] == []


def test_a_file_that_is_there_is_never_written_over(store: RecordStore, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("something else")

    with pytest.raises(FileError, match="is there already, and is not written over"):
        back_up(store, tmp_path / "copy")

    assert (tmp_path / "copy").read_text() == "something else"


def test_records_that_are_not_empty_are_never_restored_over(store: RecordStore, empty: Opens, tmp_path: Path) -> None:
    back_up(empty("sqlite"), tmp_path / "copy")
    Patients(store).add(Identity(name="Somebody Made-Up"), by=NURSE)

    with pytest.raises(RecordsError, match="is not empty: name another database in DATABASE_URL"):
        restore(store, tmp_path / "copy")

    assert len(_rows(store)["patient"]) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM audit_head", "were removed|ends with row"),
        ("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE number = 2", "audit row 2: was removed"),
        ("UPDATE consultation SET sealed = zeroblob(length(sealed))", "consultation .*: was sealed with the key"),
        ("UPDATE used_lot SET lot = 'LOT2'", "what finds it by lot or by rule was changed"),
        ("DELETE FROM patient_word", "what finds them by name or day of birth was changed"),
        ("UPDATE account SET role = 'admin'", "is not as the audit left it"),
        ("UPDATE alembic_version SET version_num = 'later'", "were written by a later version of this product"),
        ("DROP TABLE alembic_version", "is no copy that 'recommender records backup' wrote"),
    ],
)
def test_a_copy_that_was_changed_is_refused_and_nothing_is_restored(
    store: RecordStore, empty: Opens, tmp_path: Path, damage: str, said: str
) -> None:
    first = empty("sqlite")
    _fill(first)
    back_up(first, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        copy.executescript(damage)

    with pytest.raises(RecordsError, match=said):
        restore(store, tmp_path / "copy")

    assert {name for name, rows in _rows(store).items() if rows} == {"audit_head"}


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS version_num, x AS count FROM n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (f"CREATE VIEW everything AS {ENDLESS}", "view everything: is not from this product"),
        (
            f"DROP TABLE patient_word; CREATE VIEW patient_word AS {ENDLESS}",
            "view patient_word: is not as this product made it",
        ),
        (f"DROP TABLE alembic_version; CREATE VIEW alembic_version AS {ENDLESS}", "is no copy that"),
        ("CREATE TRIGGER planted AFTER INSERT ON patient BEGIN SELECT 1; END", "trigger planted: is not from this product"),
        ("CREATE TABLE more (x)", "table more: is not from this product"),
        ("CREATE TABLE patient_2 (x TEXT); DROP TABLE used_lot; ALTER TABLE patient_2 RENAME TO used_lot", "table used_lot"),
    ],
)
@pytest.mark.parametrize("damaged", [False, True])
def test_a_copy_with_anything_that_somebody_else_made_is_refused_unread(
    empty: Opens, tmp_path: Path, planted: str, said: str, *, damaged: bool
) -> None:
    back_up(empty("sqlite"), tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        copy.executescript(planted)

    with pytest.raises(RecordsError, match=said):
        restore(empty("sqlite"), tmp_path / "copy", damaged=damaged)


@pytest.mark.parametrize("table", ["audit_head", "patient", "alembic_version"])
def test_records_with_a_view_in_the_place_of_a_table_are_not_opened(empty: Opens, table: str) -> None:
    store = empty("sqlite")
    with closing(sqlite3.connect(str(store.engine.url.database))) as database:
        database.executescript(f"DROP TABLE {table}; CREATE VIEW {table} AS {ENDLESS}")

    with pytest.raises(RecordsError, match=f"view {table}: stands where a table of the records should"):
        RecordStore(store.engine, lambda: store.keyring)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.99])
def test_a_copy_that_was_cut_short_is_refused(empty: Opens, tmp_path: Path, part: float) -> None:
    first = empty("sqlite")
    _fill(first)
    back_up(first, tmp_path / "copy")
    data = (tmp_path / "copy").read_bytes()
    (tmp_path / "copy").write_bytes(data[: int(len(data) * part)])

    with pytest.raises(RecordsError):
        restore(empty("sqlite"), tmp_path / "copy")


def test_a_copy_with_a_page_of_noise_is_refused(empty: Opens, tmp_path: Path) -> None:
    first, chance = empty("sqlite"), random.Random(1)
    _fill(first)
    back_up(first, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        (page,) = copy.execute("SELECT rootpage FROM sqlite_master WHERE name = 'consultation'").fetchone()
        (size,) = copy.execute("PRAGMA page_size").fetchone()
    with (tmp_path / "copy").open("rb+") as copied:
        copied.seek((page - 1) * size)
        copied.write(chance.randbytes(size))

    with pytest.raises(RecordsError):
        restore(empty("sqlite"), tmp_path / "copy")


def test_without_its_key_a_copy_is_refused_by_naming_the_key(empty: Opens, tmp_path: Path, keys: list[KeyRing]) -> None:
    back_up(empty("sqlite"), tmp_path / "copy")
    old = keys[-1].current
    keys.append(KeyRing.new())

    with pytest.raises(KeyProblem, match=f"sealed with the key {old}, which is not here: put that key back first"):
        restore(empty("sqlite"), tmp_path / "copy")


def test_damaged_records_are_copied_as_they_are_and_taken_back_only_when_asked(empty: Opens, tmp_path: Path) -> None:
    first, anew = empty("sqlite"), empty("sqlite")
    _fill(first)
    with first.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET role = 'admin'")

    copied = back_up(first, tmp_path / "copy")
    with pytest.raises(RecordsError, match="is damaged, and nothing was restored"):
        restore(anew, tmp_path / "copy")
    restored = restore(anew, tmp_path / "copy", damaged=True)

    assert [problem.message for problem in copied.verified.problems] == ["is not as the audit left it"]
    assert restored.verified.problems == copied.verified.problems


def test_the_live_file_of_records_in_use_is_not_taken_for_a_copy(empty: Opens) -> None:
    first = empty("sqlite")
    _fill(first)

    with pytest.raises(RecordsError, match="is in use: back it up with"):
        restore(empty("sqlite"), Path(str(first.engine.url.database)))
