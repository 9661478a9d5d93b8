"""The audit: whatever was done, it verifies; whatever one thing was tampered with, it is found and named."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_samples import LEAD, NURSE, PRESCRIBER, TODAY, begun, whole
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from strategies import sampled

from recommender.documents.problems import Problem
from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.passwords import Passwords
from recommender.records.domain.workflow import write
from recommender.records.maintenance.verification import read_everything, verify
from recommender.records.storage.audit import AuditEnd, head_text, row_hash
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import AuditRow
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patients

COLUMNS = ("at", "who", "what", "kind", "record", "before", "after", "previous", "hash")
PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class Clinic:
    """Does one thing after another with the records, as a clinic does."""

    def __init__(self, store: RecordStore) -> None:
        self._visits, self._patients, self._accounts = (
            Consultations(store),
            Patients(store),
            Accounts(store, PASSWORDS),
        )
        self._patient = self._patients.add(Identity(name="Somebody Made-Up"), by=NURSE)
        self._kept: list[Kept] = []
        self._count = len(self._accounts.all())

    def do(self, what: str) -> None:
        """One operation; one that does not fit the record of the moment is left out."""
        kept = self._kept[-1] if self._kept else None
        state = kept.consultation.state if kept else None
        match what, state:
            case "begin", _:
                self._kept.append(self._visits.begin(self._patient.id, begun(), by=NURSE))
            case "save", "draft":
                draft = kept.consultation if kept.consultation.products else whole()
                self._kept[-1] = self._visits.save(
                    kept.id, kept.version, write(draft, by=NURSE, note=str(kept.version)), by=NURSE
                )
            case "sign", "draft" if kept.consultation.products:
                self._kept[-1] = self._visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)
            case "co-sign", "signed":
                self._kept[-1] = self._visits.co_sign(kept.id, kept.version, by=PRESCRIBER)
            case "give back", "signed":
                self._kept[-1] = self._visits.give_back(kept.id, kept.version, because="Again.", by=PRESCRIBER)
            case "add", "locked":
                self._kept[-1] = self._visits.add_addendum(kept.id, kept.version, "More.", by=NURSE)
            case "rename", _:
                renamed = Identity(name=f"Somebody Renamed {self._patient.version}")
                self._patient = self._patients.change(self._patient.id, self._patient.version, renamed, by=NURSE)
            case "account", _:
                self._count += 1
                self._accounts.add(f"nurse{self._count}", "twelve made-up letters", role="nurse")
                self._accounts.change_role(f"nurse{self._count}", "lead")
            case "erase", _:
                self.erase()
                self._patient = self._patients.add(Identity(name="Somebody Else"), by=NURSE, anyway=True)

    def erase(self) -> None:
        """Erase the patient of the moment with all records."""
        self._patients.erase(self._patient.id, by=LEAD)
        self._kept = []


OPERATIONS = ("begin", "save", "sign", "co-sign", "give back", "add", "rename", "erase")
STEPS = st.lists(st.sampled_from(OPERATIONS), max_size=12).map(lambda more: ["begin", "save", "sign", *more])
KEPT_OPEN = [HealthCheck.function_scoped_fixture]


@settings(suppress_health_check=[*settings.default.suppress_health_check, *KEPT_OPEN], max_examples=sampled(25))
@given(steps=STEPS)
def test_whatever_was_done_the_audit_verifies(store: RecordStore, steps: list[str]) -> None:
    clinic = Clinic(store)
    for what in steps:
        clinic.do(what)

    found = verify(store)

    clinic.erase()
    assert found.problems == ()


def _without_guards(session: Session) -> None:
    """As whoever owns the database can: the guards of the audit are taken away first."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
    else:
        for name in ("audit_no_update", "audit_no_delete"):
            session.execute(text(f"DROP TRIGGER {name}"))


def _rows(session: Session) -> int:
    return session.scalar(text("SELECT count(*) FROM audit")) or 0


def _change_a_row(session: Session, chance: random.Random) -> str:
    number, column = chance.randint(1, _rows(session)), chance.choice(COLUMNS)
    session.execute(text(f"UPDATE audit SET {column} = '#' || substr({column}, 2) WHERE number = {number}"))
    return f"audit row {number}"


def _remove_a_row(session: Session, chance: random.Random) -> str:
    rows = _rows(session)
    number = chance.randint(1, rows)
    session.execute(text(f"DELETE FROM audit WHERE number = {number}"))
    return "audit" if number == rows else f"audit row {number}"


def _swap_two_rows(session: Session, chance: random.Random) -> str:
    one, other = chance.sample(range(1, _rows(session) + 1), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        session.execute(text(f"UPDATE audit SET number = {new} WHERE number = {old}"))
    return f"audit row {one}"


def _cut_the_end_off(session: Session, chance: random.Random) -> str:
    rows = _rows(session)
    session.execute(text(f"DELETE FROM audit WHERE number > {rows - chance.randint(1, min(3, rows))}"))
    return "audit"


def _cut_the_end_off_and_move_the_head(session: Session, chance: random.Random) -> str:
    _cut_the_end_off(session, chance)
    last = session.execute(text("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")).one()
    session.execute(text("UPDATE audit_head SET count = :number, hash = :hash"), last._asdict())
    return "audit head"


def _add_a_row_at_the_end(session: Session, _chance: random.Random) -> str:
    last = session.execute(text("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")).one()
    row = AuditRow(number=last.number + 1, at="2027", who="n1", what="added", kind="patient", record="x")
    row.before, row.after, row.previous = "", "", last.hash
    row.hash = row_hash(row)
    session.add(row)
    session.flush()
    return "audit head"


def _sign_with_another_key(session: Session, _chance: random.Random) -> str:
    head = session.execute(text("SELECT count, hash FROM audit_head")).one()
    mac = KeyRing.new().mac(head_text(head.count, head.hash))
    session.execute(text("UPDATE audit_head SET vouched = :vouched"), {"vouched": mac})
    return "audit head"


RECORD_CHANGES = (
    "UPDATE consultation SET version = version + 1 WHERE id = :id",
    "UPDATE consultation SET state = 'locked', signed_at = NULL WHERE id = :id",
    "UPDATE consultation SET rules_fingerprint = 'other' WHERE id = :id",
    "UPDATE consultation SET follow_up_on = '2030-01-01' WHERE id = :id",
    "UPDATE consultation SET sealed = (SELECT sealed FROM patient LIMIT 1) WHERE id = :id",
    "DELETE FROM consultation WHERE id = :id",
    "DELETE FROM used_lot WHERE consultation_id = :id",
    "UPDATE used_lot SET lot = 'OTHER' WHERE consultation_id = :id",
    "INSERT INTO override VALUES (:id, 0, 'a.rule', 'decline', 'other')",
)


def _change_a_record(session: Session, chance: random.Random) -> str:
    found = "SELECT consultation.id FROM consultation JOIN used_lot ON consultation_id = consultation.id LIMIT 1"
    identifier = session.scalar(text(found))
    session.execute(text(chance.choice(RECORD_CHANGES)), {"id": identifier})
    return f"consultation {identifier}"


def _change_a_patient(session: Session, chance: random.Random) -> str:
    identifier = session.scalar(text("SELECT id FROM patient LIMIT 1"))
    change = chance.choice(("version = version + 1", "sealed = (SELECT sealed FROM consultation LIMIT 1)"))
    session.execute(text(f"UPDATE patient SET {change} WHERE id = :id"), {"id": identifier})
    return f"patient {identifier}"


def _change_an_account(session: Session, chance: random.Random) -> str:
    identifier = session.scalar(text("SELECT id FROM account LIMIT 1"))
    change = chance.choice(("role = 'admin'", "password = 'other'", "name = 'other'", "login = 'other'"))
    session.execute(text(f"UPDATE account SET {change} WHERE id = :id"), {"id": identifier})
    return f"account {identifier}"


TAMPERINGS: tuple[Callable[[Session, random.Random], str], ...] = (
    _change_a_row,
    _remove_a_row,
    _swap_two_rows,
    _cut_the_end_off,
    _cut_the_end_off_and_move_the_head,
    _add_a_row_at_the_end,
    _sign_with_another_key,
    _change_a_record,
    _change_a_patient,
    _change_an_account,
)


@settings(suppress_health_check=[*settings.default.suppress_health_check, *KEPT_OPEN], max_examples=sampled(25))
@given(steps=STEPS, seed=st.integers(0, 2**32))
def test_any_single_tampering_is_found_and_says_where(store: RecordStore, steps: list[str], seed: int) -> None:
    clinic = Clinic(store)
    for what in ("account", *steps, "begin", "save"):
        clinic.do(what)

    for tamper in TAMPERINGS:
        with Session(store.engine) as session:
            _without_guards(session)
            where = tamper(session, random.Random(seed))
            problems: list[Problem] = []
            read_everything(session, store, problems)  # the guards are missed, too: that is seen in a schema, not here
            found = [problem.where for problem in problems]
            session.rollback()

        assert where in found, f"{tamper.__name__}: {where} is not among {found}"
    clinic.erase()


def test_every_column_of_a_row_is_held_by_its_hash(store: RecordStore) -> None:
    Patients(store).add(Identity(name="Somebody"), by=NURSE)

    for column in COLUMNS:
        with Session(store.engine) as session:
            _without_guards(session)
            session.execute(text(f"UPDATE audit SET {column} = '#' || substr({column}, 2) WHERE number = 1"))
            problems: list[Problem] = []
            read_everything(session, store, problems)
            session.rollback()

        assert "audit row 1" in [problem.where for problem in problems], column


def test_a_replayed_older_version_of_a_record_is_found(store: RecordStore) -> None:
    visits = Consultations(store)
    kept = visits.begin(Patients(store).add(Identity(name="Somebody"), by=NURSE).id, begun(), by=NURSE)
    older = "SELECT version, sealed FROM consultation"
    with store.snapshot() as session:
        row = session.execute(text(older)).one()._asdict()
    visits.save(kept.id, kept.version, whole(), by=NURSE)

    with store.unaudited_transaction() as session:
        session.execute(text("UPDATE consultation SET version = :version, sealed = :sealed"), row)

    assert f"consultation {kept.id}" in [problem.where for problem in verify(store).problems]


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_rewrite_the_audit(store: RecordStore, statement: str) -> None:
    Patients(store).add(Identity(name="Somebody"), by=NURSE)

    with pytest.raises(DBAPIError, match="the audit is only added to"), store.engine.begin() as connection:
        connection.execute(text(statement))

    assert verify(store).problems == ()


def test_going_on_after_the_end_was_cut_off_never_lends_the_key_to_what_is_left(store: RecordStore) -> None:
    patients = Patients(store)
    for name in ("One", "Two", "Three"):
        patients.add(Identity(name=name), by=NURSE)
    with store.unaudited_transaction() as session:
        _without_guards(session)
        _cut_the_end_off_and_move_the_head(session, random.Random(1))

    patients.add(Identity(name="Four"), by=NURSE)

    assert any("found tampered with" in problem.message for problem in verify(store).problems)


def test_an_end_that_was_noted_shows_a_return_to_an_older_whole(store: RecordStore) -> None:
    patients = Patients(store)
    patients.add(Identity(name="One"), by=NURSE)
    older = verify(store).end
    ann = patients.add(Identity(name="Two"), by=NURSE)
    noted = verify(store).end
    with store.unaudited_transaction() as session:  # everything put back to how it was, the head with its true code too
        _without_guards(session)
        session.execute(text("DELETE FROM audit WHERE number > :rows"), {"rows": older.rows})
        session.execute(text("DELETE FROM patient WHERE id = :id"), {"id": ann.id})
        head = {"count": older.rows, "hash": older.hash, "vouched": store.keyring.mac(head_text(older.rows, older.hash))}
        session.execute(text("UPDATE audit_head SET count = :count, hash = :hash, vouched = :vouched"), head)

    assert verify(store).of_records == ()
    assert [problem.where for problem in verify(store, known=noted).of_records] == [f"audit row {noted.rows}"]
    assert verify(store, known=AuditEnd(0, "")).of_records == ()
