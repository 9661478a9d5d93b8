"""Verify looks at the database itself: what its own checks find, and whatever is not as this product made it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from record_samples import NURSE, begun, whole
from strategies import further

from recommender.records.maintenance.verification import verify
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients


@pytest.fixture
def with_a_lot(store: RecordStore) -> RecordStore:
    """Records with one visit in which a product was used."""
    visits = Consultations(store)
    kept = visits.begin(Patients(store).add(Identity(name="Somebody"), by=NURSE).id, begun(), by=NURSE)
    visits.save(kept.id, kept.version, whole(), by=NURSE)
    return store


SQLITE_CHANGES = (
    ("DROP TRIGGER audit_no_delete", "trigger audit_no_delete: is missing"),
    ("DROP INDEX ix_used_lot_lot", "index ix_used_lot_lot: is missing"),
    (
        "DROP INDEX ix_used_lot_lot; CREATE INDEX ix_used_lot_lot ON used_lot (lot) WHERE lot = 'x'",
        "index ix_used_lot_lot: is not as this product made it",
    ),
    (
        "CREATE TRIGGER planted AFTER INSERT ON patient BEGIN DELETE FROM used_lot; END",
        "trigger planted: is not from this product",
    ),
    ("CREATE VIEW everybody AS SELECT * FROM patient", "view everybody: is not from this product"),
    (
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'ix_used_lot_lot'; PRAGMA writable_schema = RESET",
        "index ix_used_lot_lot: is missing",
    ),
    (
        "UPDATE consultation SET changed_at = 'yesterday'",
        "table consultation: has 1 values in changed_at that are not of its kind",
    ),
    ("UPDATE patient SET sealed = 'text'", "table patient: has 1 values in sealed that are not of its kind"),
    ("DELETE FROM consultation", "table used_lot: refers to 1 rows of consultation that are not there"),
)


@pytest.mark.parametrize(("change", "said"), SQLITE_CHANGES)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_done_to_the_schema_or_to_no_record_is_found(with_a_lot: RecordStore, change: str, said: str) -> None:
    with closing(sqlite3.connect(str(with_a_lot.engine.url.database))) as database:
        database.executescript(change)

    assert said in [str(problem) for problem in verify(with_a_lot).problems]


@pytest.mark.parametrize("empties", ["rootpage", "page"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_index_that_was_emptied_is_found(with_a_lot: RecordStore, empties: str) -> None:
    file = str(with_a_lot.engine.url.database)
    with_a_lot.engine.dispose()
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        named = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = database.execute(named, ("ix_used_lot_lot",)).fetchone()
        (other,) = database.execute(named, ("ix_override_rule",)).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
        if empties == "rootpage":
            database.execute("PRAGMA writable_schema = ON")
            database.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = 'ix_used_lot_lot'", (other,))
    if empties == "page":
        with Path(file).open("rb+") as pages:  # an index page with no row in it
            pages.seek((page - 1) * size)
            pages.write(b"\x0a\x00\x00\x00\x00\x00\x00\x00" + bytes(size - 8))

    assert "SQLite finds it damaged" in " ".join(str(problem) for problem in verify(with_a_lot).problems)


POSTGRESQL_CHANGES = (
    ("DROP TRIGGER audit_no_change ON audit", "trigger audit_no_change: is missing, switched off or changed"),
    ("ALTER TABLE audit DISABLE TRIGGER audit_no_change", "trigger audit_no_change: is missing, switched off or changed"),
    (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
        "trigger audit_no_change: is missing, switched off or changed",
    ),
    ("CREATE TRIGGER planted BEFORE UPDATE ON patient FOR EACH ROW EXECUTE FUNCTION audit_refuse()", "trigger planted: is not"),
    ("DROP INDEX ix_used_lot_lot", "index ix_used_lot_lot: is missing"),
    (
        "DROP INDEX ix_used_lot_lot; CREATE INDEX ix_used_lot_lot ON used_lot (lot) WHERE lot = 'x'",
        "index ix_used_lot_lot: does not hold every row: REINDEX it",
    ),
    ("CREATE VIEW everybody AS SELECT * FROM patient", "view everybody: is not from this product"),
    ("CREATE RULE quiet AS ON DELETE TO used_lot DO INSTEAD NOTHING", "rule quiet: is not from this product"),
    ("ALTER TABLE patient ENABLE ROW LEVEL SECURITY", "table patient: hides rows by a policy"),
    ("ALTER TABLE used_lot DISABLE TRIGGER ALL", "table used_lot: does not enforce what it refers to"),
    ("ALTER TABLE patient ADD COLUMN note text", "column patient.note: is not from this product"),
)


@pytest.mark.parametrize(("change", "said"), POSTGRESQL_CHANGES)
@pytest.mark.parametrize("database", further(["postgresql"]), indirect=True)
def test_what_was_done_to_the_schema_of_postgresql_is_found(store: RecordStore, change: str, said: str) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql(change)

    found = [str(problem) for problem in verify(store).problems]

    assert any(problem.startswith(said) for problem in found), found


@pytest.mark.parametrize("database", further(["postgresql"]), indirect=True)
def test_where_amcheck_is_there_an_index_of_postgresql_that_misses_a_row_is_found(with_a_lot: RecordStore) -> None:
    change = "UPDATE pg_index SET indisready = {0}, indisvalid = {0} WHERE indexrelid = 'ix_used_lot_lot'::regclass"
    with with_a_lot.engine.begin() as connection:
        connection.exec_driver_sql("CREATE EXTENSION amcheck")
        connection.exec_driver_sql(change.format("false"))
    before = verify(with_a_lot).problems
    with with_a_lot.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO used_lot SELECT consultation_id, 9, 'LOT2', '' FROM used_lot")
        connection.exec_driver_sql(change.format("true"))

    found = [str(problem) for problem in verify(with_a_lot).problems]

    assert [str(problem) for problem in before] == ["index ix_used_lot_lot: does not hold every row: REINDEX it"]
    assert "index ix_used_lot_lot: is damaged, or misses a row: REINDEX it" in found
