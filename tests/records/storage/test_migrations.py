"""The tables that the migrations make are those that the models describe."""

from __future__ import annotations

import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from argon2 import PasswordHasher
from record_samples import NURSE, PRESCRIBER, TODAY, Clock, whole
from sqlalchemy import text

from recommender.records.accounts.passwords import Passwords
from recommender.records.accounts.sign_ins import SignInRefused, SignIns
from recommender.records.errors import RecordsError
from recommender.records.maintenance.backup import restore
from recommender.records.maintenance.verification import verify
from recommender.records.storage.database import connect, upgrade
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import Table
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients


def test_from_nothing_the_migrations_make_exactly_the_tables_of_the_models(database: str) -> None:
    engine = connect(database)

    upgraded = [upgrade(engine), upgrade(engine)]

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Table.metadata)
    engine.dispose()
    assert upgraded == [True, False]
    assert differences == []


OLDER_VERSIONS = Path(__file__).parent / "older_versions"
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
PHRASE = "a made-up phrase"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Records that an earlier version wrote: two visits, a patient who was erased, four accounts, somebody signed in."""
    file = tmp_path / "older.sqlite"
    file.write_bytes(lzma.decompress((OLDER_VERSIONS / "records.sqlite.xz").read_bytes()))
    return file


def _opened(file: Path) -> RecordStore:
    ring = KeyRing.parse((OLDER_VERSIONS / "records.keys").read_text(), "older_versions")
    return RecordStore(connect(f"sqlite:///{file}"), lambda: ring, clock=Clock())


def test_records_of_an_earlier_version_open_read_the_same_verify_and_everybody_signs_in_anew(older: Path) -> None:
    store = _opened(older)

    (anne,) = Patients(store).search("anne", by=NURSE)
    signed, begun = Consultations(store).of_patient(anne.id, by=NURSE)
    with store.snapshot() as session:
        still_signed_in = session.scalar(text("SELECT count(*) FROM session"))
    token = SignIns(store, QUICK).sign_in("ward.nurse", PHRASE, source="here")
    store.engine.dispose()

    assert (signed.consultation.state, signed.consultation.note, begun.consultation.state) == (
        "signed",
        "Prefers mornings.",
        "draft",
    )
    assert still_signed_in == 0
    assert SignIns(store, QUICK).who(token) is not None
    assert verify(store).problems == ()
    store.engine.dispose()


def test_a_copy_of_an_earlier_version_is_restored_into_either_database(older: Path, database: str) -> None:
    engine = connect(database)
    ring = KeyRing.parse((OLDER_VERSIONS / "records.keys").read_text(), "older_versions")
    store = RecordStore(engine, lambda: ring, clock=Clock())

    restored = restore(store, older)

    assert restored[:3] == (1, 2, 4)
    assert restored.verified.problems == ()
    assert SignIns(store, QUICK).sign_in("ward.nurse", PHRASE, source="here")
    engine.dispose()


def test_a_draft_that_was_given_back_is_marked_in_the_lists_after_an_upgrade(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite"
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    ring = KeyRing.new()
    visits = Consultations(RecordStore(engine, lambda: ring, clock=Clock()))
    patient = Patients(RecordStore(engine, lambda: ring, clock=Clock())).add(Identity(name="Made Up"), by=NURSE).id
    signed = [visits.begin(patient, whole(), by=NURSE) for _ in range(3)]
    signed = [visits.sign(one.id, one.version, by=NURSE, today=TODAY) for one in signed]
    back = [visits.give_back(one.id, one.version, because="x", by=PRESCRIBER) for one in signed[:2]]
    visits.sign(back[1].id, back[1].version, by=NURSE, today=TODAY)
    with engine.begin() as connection:  # as it was before
        connection.execute(text("ALTER TABLE consultation DROP COLUMN stage"))
        connection.execute(text("UPDATE alembic_version SET version_num = 'held_consent'"))

    upgrade(engine)

    store = RecordStore(engine, lambda: ring, clock=Clock())
    assert [line.id for line in Consultations(store).answered(by=NURSE)] == [back[0].id]
    assert verify(store).problems == ()
    engine.dispose()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE account SET role = 'lead' WHERE login = 'ward.nurse'",
        "DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE number = 1",
        "UPDATE audit_head SET count = count - 1",
    ],
)
def test_an_account_that_differs_from_the_audit_opens_nothing_after_an_upgrade(older: Path, tampering: str) -> None:
    with closing(sqlite3.connect(older)) as database:
        database.executescript(tampering)
    store = _opened(older)

    with pytest.raises(SignInRefused):
        SignIns(store, QUICK).sign_in("ward.nurse", PHRASE, source="here")

    assert verify(store).problems != ()
    store.engine.dispose()


def test_records_of_a_later_version_are_left_alone(database: str) -> None:
    engine = connect(database)
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'later'"))

    with pytest.raises(RecordsError, match=r"were written by a later version of this product \(later\)"):
        upgrade(engine)

    engine.dispose()


@pytest.mark.parametrize("address", ["nonsense", "mysql://somebody:secret@here/x", "postgresql:///x?host=/nowhere"])
def test_a_database_that_cannot_be_used_is_a_message_without_the_password(address: str) -> None:
    with pytest.raises(RecordsError) as refused:
        upgrade(connect(address))

    assert "secret" not in str(refused.value)
