"""Keys: what is sealed opens with its key at its place alone; a new key takes over without a stop."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_samples import LEAD, NURSE, OTHER_NURSE, Clock, begun, whole
from sqlalchemy import text

from recommender.records.domain.workflow import write
from recommender.records.errors import KeyProblem
from recommender.records.maintenance import key_rotation
from recommender.records.maintenance.verification import verify
from recommender.records.opening import open_records
from recommender.records.storage.key_files import KeyFile
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patients

ANN = Identity(name="Anne Example-Person", born_on=date(1983, 2, 3), contact="anne@example.org")
RING = KeyRing.new()


# sealing


@given(plain=st.binary(max_size=200), place=st.text(st.characters(codec="utf-8"), max_size=20))
def test_what_is_sealed_for_a_place_opens_there(plain: bytes, place: str) -> None:
    assert RING.open(RING.seal(plain, place), place) == plain


@given(at=st.integers(0, 200), flip=st.integers(1, 255))
def test_a_seal_with_any_one_byte_changed_does_not_open(at: int, flip: int) -> None:
    sealed = bytearray(RING.seal(b"about a patient", "here"))
    sealed[at % len(sealed)] ^= flip

    with pytest.raises(KeyProblem):
        RING.open(bytes(sealed), "here")


def test_a_seal_does_not_open_at_another_place_with_another_key_or_cut_short() -> None:
    sealed = RING.seal(b"about a patient", "here")

    with pytest.raises(KeyProblem, match="was changed or moved"):
        RING.open(sealed, "there")
    with pytest.raises(KeyProblem, match="which is not here"):
        KeyRing.new().open(sealed, "here")
    for length in (0, 3, 10, len(sealed) - 1):
        with pytest.raises(KeyProblem):
            RING.open(sealed[:length], "here")


def test_the_same_thing_sealed_twice_looks_different() -> None:
    assert RING.seal(b"x", "here") != RING.seal(b"x", "here")


def test_keys_are_read_as_they_were_written_the_first_one_first() -> None:
    ring = RING.with_new_key()

    read = KeyRing.parse(f"# a remark\n{ring.text()}", "a file")

    assert (read.ids, read.text()) == (ring.ids, ring.text())
    assert KeyRing.parse(ring.text().strip().replace("\n", ","), "an environment").ids == ring.ids


@pytest.mark.parametrize("broken", ["", "# nothing", "no colon", "0011:YWJj", "zz:" + "A" * 44, RING.text() * 2])
def test_keys_that_are_none_are_refused_without_being_quoted(broken: str) -> None:
    with pytest.raises(KeyProblem, match="a file: ") as refused:
        KeyRing.parse(broken, "a file")

    assert not any(len(part) > 8 and part in str(refused.value) for part in broken.replace(":", "\n").split())


# the file


def test_the_first_start_makes_a_key_that_its_owner_alone_can_read(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys" / "records.keys")

    made = file.create()

    modes = [path.stat().st_mode & 0o777 for path in (file.file, file.file.parent)]
    assert modes == [0o600, 0o700]
    assert [path.name for path in file.file.parent.iterdir()] == ["records.keys"]
    assert KeyFile(file.file).read().text() == made.text()  # type: ignore[union-attr]


def test_a_key_is_never_written_over_by_a_second_first_start(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys" / "records.keys")
    first = file.create()

    assert file.create().text() == first.text()


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "keys" / "records.keys")
    file.create()
    file.file.chmod(0o640)

    with pytest.raises(KeyProblem, match="can be read by others: chmod 600"):
        file.read()


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation whose data folder is empty."""
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "var"


def test_an_installation_starts_with_a_database_and_a_key_of_its_own(at_home: Path) -> None:
    store = open_records()
    patient = Patients(store).add(ANN, by=NURSE)
    store.engine.dispose()

    again = open_records()
    read = Patients(again).get(patient.id, by=NURSE)
    again.engine.dispose()

    assert read == patient
    assert (at_home / "records.sqlite").stat().st_mode & 0o077 == 0
    assert (at_home / "keys").stat().st_mode & 0o077 == 0


def test_a_lost_key_is_said_and_never_replaced_by_a_new_one(at_home: Path) -> None:
    store = open_records()
    store.engine.dispose()
    (at_home / "keys" / "records.keys").unlink()

    with pytest.raises(KeyProblem, match="is missing, and the records are sealed with it"):
        open_records()

    assert not (at_home / "keys" / "records.keys").exists()


@pytest.mark.parametrize("how", ["deleted", "emptied", "cut down to no row"])
@pytest.mark.parametrize("in_environment", [False, True])
def test_records_that_are_gone_are_missed_and_not_begun_anew(
    at_home: Path, monkeypatch: pytest.MonkeyPatch, how: str, *, in_environment: bool
) -> None:
    if in_environment:
        monkeypatch.setenv("RECOMMENDER_KEYS", RING.text())
    store, file = open_records(), at_home / "records.sqlite"
    Patients(store).add(ANN, by=NURSE)
    store.engine.dispose()
    if how == "cut down to no row":
        with closing(sqlite3.connect(file)) as database:
            database.executescript("DELETE FROM patient_word; DELETE FROM patient; DELETE FROM audit_head")
    else:
        file.unlink()
    if how == "emptied":
        file.touch(mode=0o600)

    with pytest.raises(KeyProblem, match=r"has sealed records, and they are not in sqlite:.*recommender records restore"):
        open_records()
    with pytest.raises(KeyProblem, match="to begin anew, move"):
        open_records()


def test_a_key_that_has_sealed_nothing_yet_may_begin(at_home: Path) -> None:
    open_records().engine.dispose()
    (at_home / "records.sqlite").unlink()

    store = open_records()
    store.engine.dispose()

    assert verify(store).problems == ()
    store.engine.dispose()


def test_a_secret_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever starts second sees no empty file: it has its name once all of it is written."""
    seen: list[bytes] = []
    link = os.link

    def watched(source: Path, target: Path) -> None:
        seen.extend(file.read_bytes() for file in (tmp_path / "keys").iterdir() if file.is_file())
        link(source, target)
        seen.append(target.read_bytes())

    monkeypatch.setattr(os, "link", watched)
    file = KeyFile(tmp_path / "keys" / "records.keys")
    file.create()

    assert seen == [file.file.read_bytes()]


def test_what_was_erased_stands_in_no_file_while_others_have_the_records_open(at_home: Path) -> None:
    store, server = open_records(), open_records()
    patient = Patients(store).add(ANN, by=NURSE)
    with store.snapshot() as session:
        sealed = bytes(session.scalar(text("SELECT sealed FROM patient")) or b"")
    with server.snapshot() as session:  # which has read them, and keeps its connection
        session.scalar(text("SELECT count(*) FROM patient"))

    Patients(store).erase(patient.id, by=LEAD)

    assert not [file for file in at_home.iterdir() if file.is_file() and sealed[20:60] in file.read_bytes()]
    for one in (store, server):
        one.engine.dispose()


def test_the_environment_may_hold_the_keys(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_KEYS", RING.text())

    store = open_records()
    store.engine.dispose()

    assert store.keyring.ids == RING.ids
    assert not (at_home / "keys").exists()


# what is in the file


def test_nothing_said_about_a_patient_stands_in_the_database_unsealed(tmp_path: Path) -> None:
    from recommender.records.storage.database import connect

    store = RecordStore(connect(f"sqlite:///{tmp_path / 'records.sqlite'}"), lambda: RING, clock=Clock())
    patient = Patients(store).add(ANN, by=NURSE)
    kept = Consultations(store).begin(patient.id, begun(), by=NURSE)
    Consultations(store).save(kept.id, kept.version, write(whole(), by=NURSE, note="Afraid of needles."), by=NURSE)
    store.engine.dispose()
    with sqlite3.connect(tmp_path / "records.sqlite") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()

    written = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()

    for secret in (b"anne", b"example-person", b"1983-02-03", b"afraid", b"neuromuscular", b"glabella", b"nurse one"):
        assert secret not in written
    assert b"lot1a" in written  # a lot is no secret: a recall has to find it


def test_sqlite_is_opened_so_that_what_was_acknowledged_stays(tmp_path: Path) -> None:
    from recommender.records.storage.database import connect

    engine = connect(f"sqlite:///{tmp_path / 'records.sqlite'}")
    with engine.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in names}
    engine.dispose()

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


# a new key


@pytest.fixture
def visit(store: RecordStore) -> Kept:
    kept = Consultations(store).begin(Patients(store).add(ANN, by=NURSE).id, begun(), by=NURSE)
    return Consultations(store).save(kept.id, kept.version, whole(), by=NURSE)


def test_after_a_change_of_key_everything_is_sealed_with_the_new_one_and_reads_as_before(
    visit: Kept, keys: list[KeyRing], opened: Callable[[], RecordStore]
) -> None:
    keys.append(keys[-1].with_new_key())
    again = opened()

    sealed = key_rotation.reseal(again)

    left = key_rotation.left_to_seal(again, keys[-1].current)
    keys.append(keys[-1].only_current())
    after = opened()
    assert (sealed, left) == (2, 0)
    assert Consultations(after).get(visit.id, by=NURSE) == visit
    assert [patient.identity for patient in Patients(after).search("anne", by=NURSE)] == [ANN]
    assert verify(after).problems == ()


def test_a_process_that_runs_on_takes_the_new_key_over_by_itself(
    store: RecordStore, visit: Kept, keys: list[KeyRing], opened: Callable[[], RecordStore]
) -> None:
    keys.append(keys[-1].with_new_key())
    key_rotation.reseal(opened())
    keys.append(keys[-1].only_current())

    read = Consultations(store).get(visit.id, by=NURSE)
    saved = Consultations(store).save(visit.id, visit.version, write(whole(), by=OTHER_NURSE, note="On."), by=OTHER_NURSE)

    assert read == visit
    assert Consultations(opened()).get(visit.id, by=NURSE) == saved


def test_a_process_that_knows_the_old_key_alone_is_refused_before_it_writes(
    database: str, opened: Callable[[], RecordStore], keys: list[KeyRing]
) -> None:
    from recommender.records.storage.database import connect

    old = keys[0]
    stale_engine = connect(database)
    stale = RecordStore(stale_engine, lambda: old)
    keys.append(old.with_new_key())
    key_rotation.reseal(opened())

    with pytest.raises(KeyProblem, match="these records are sealed with the key"):
        Patients(stale).add(ANN, by=NURSE)

    stale_engine.dispose()


def test_a_change_of_key_that_was_interrupted_goes_on_where_it_was(
    store: RecordStore, keys: list[KeyRing], opened: Callable[[], RecordStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        Patients(store).add(Identity(name=f"Somebody {number}"), by=NURSE)
    keys.append(keys[-1].with_new_key())
    again = opened()
    monkeypatch.setattr(key_rotation, "BATCH", 2)

    class Interrupted(Exception):  # noqa: N818
        pass

    def interrupt(done: int) -> None:
        if done == 4:
            raise Interrupted

    with pytest.raises(Interrupted):
        key_rotation.reseal(again, progress=interrupt)
    left = key_rotation.left_to_seal(again, keys[-1].current)
    half_way = verify(again).problems
    found = Patients(again).search("somebody", by=NURSE)

    assert (left, half_way, len(found)) == (3, (), 7)
    assert key_rotation.reseal(again) == 3
    assert verify(again).problems == ()


def test_the_audit_says_that_the_key_was_changed(
    store: RecordStore, keys: list[KeyRing], opened: Callable[[], RecordStore]
) -> None:
    keys.append(keys[-1].with_new_key())
    key_rotation.reseal(opened())

    with store.snapshot() as session:
        said = session.execute(text("SELECT what, record FROM audit WHERE kind = 'keys'")).all()

    assert [tuple(row) for row in said] == [("key changed", keys[-1].current)]


@pytest.mark.usefixtures("at_home")
def test_old_keys_are_dropped_once_nothing_is_sealed_with_them() -> None:
    store = open_records()
    patient = Patients(store).add(ANN, by=NURSE)
    file = KeyFile.of_installation()
    old = store.keyring.current
    key_rotation.add_new_key(file)

    too_early = key_rotation.drop_old_keys(file, open_records())
    key_rotation.reseal(store)
    dropped = key_rotation.drop_old_keys(file, store)

    read = Patients(open_records()).get(patient.id, by=NURSE)
    assert (too_early, dropped) == ((), (old,))
    assert read == patient
    assert old not in file.file.read_text()
