"""Staff for the tests of the pages: real accounts in the records of a test, signed in by their own session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from argon2 import PasswordHasher
from record_samples import BORN_ON
from strategies import shipped

from recommender.documents import read_answers
from recommender.documents.staff import Staff, StaffRole
from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.passwords import Passwords
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.domain import workflow
from recommender.records.storage.database import connect
from recommender.records.storage.key_files import KeyFile
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients

PASSWORD: Final = "four plain words here"
QUICK: Final = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def session_of(record_store: RecordStore, role: StaffRole, login: str = "") -> str:
    """The token of somebody who has just signed in as this role, with an account of their own."""
    login = login or f"a.{role}"
    if all(account.login != login for account in Accounts(record_store, QUICK).all()):
        Accounts(record_store, QUICK).add(login, PASSWORD, role=role, name=f"{role.capitalize()} A.")
    return SignIns(record_store, QUICK).sign_in(login, PASSWORD, source="test")


@contextmanager
def records_in(folder: Path) -> Iterator[RecordStore]:
    """The records that a server of a test keeps in its data folder, opened beside it."""
    engine = connect(f"sqlite:///{folder / 'records.sqlite'}")
    yield RecordStore(engine, lambda: KeyFile(folder / "keys" / "records.keys").read() or KeyRing.new())
    engine.dispose()


class Visited(NamedTuple):
    """A patient whom no page but the right ones may name, and the record of a visit."""

    name: str
    patient: str
    record: str


def visited(record_store: RecordStore) -> Visited:
    """A patient with a name like no other, and a visit of theirs."""
    by, rules, name = Staff(id="n1", name="Nurse One", role="nurse"), shipped(), f"Madeup{uuid4().hex}"
    patient = Patients(record_store).add(Identity(name=name, born_on=BORN_ON, contact=f"at-{name}"), by=by)
    given = read_answers({"jurisdiction": "uk", "person": {"age": 44}, "concerns": [{"area": "lips", "kind": "fuller"}]})
    kept = Consultations(record_store).begin(patient.id, workflow.write(workflow.begin(rules, given, by=by), by=by), by=by)
    return Visited(name, patient.id, kept.id)
