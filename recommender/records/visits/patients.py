"""Patients in the database: encrypted, and found by name or day of birth."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Annotated, Final, NamedTuple

from pydantic import StringConstraints
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recommender.documents.answers import MAX_AGE, age_on
from recommender.documents.base import FrozenModel
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.documents.typed import line
from recommender.languages import clinic_time, translate
from recommender.records.domain.permissions import require
from recommender.records.errors import KeyProblem, NotFound, RecordsError
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import Content, RecordStore, Transaction, new_id
from recommender.records.storage.tables import ConsultationRow, PatientRow, PatientWord
from recommender.records.visits.name_search import asked_words, kept_words, same_name

MOST_FOUND: Final = 50
LONGEST_CONTACT: Final = 500
INDEXED: Final = 2  # the current version of ``name_search``
_BATCH: Final = 200


class Identity(FrozenModel):
    """Who a patient is. ``also`` are the names of entries that were merged into this one."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    born_on: date | None = None
    contact: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_CONTACT)] = ""
    also: tuple[str, ...] = ()


class Patient(NamedTuple):
    """A patient as stored."""

    id: str
    version: int
    identity: Identity


class PatientConflict(RecordsError):  # noqa: N818
    """Somebody else has changed this patient since: ``stored`` is what they wrote, ``wanted`` what was to be written."""

    heading = "Somebody else has changed this patient"

    def __init__(self, stored: Patient, wanted: Identity) -> None:
        super().__init__([Problem(stored.id, translate("compare the two, and save again"))])
        self.stored, self.wanted = stored, wanted


class SamePatient(RecordsError):  # noqa: N818
    """There are patients of this name whose day of birth is the same or not known: ``found``."""

    heading = "This patient may be here already"

    def __init__(self, found: tuple[Patient, ...]) -> None:
        said = translate("somebody of this name and day of birth is kept already")
        super().__init__([Problem("name", said, tuple(one.id for one in found))])
        self.found = found


def identity(name: str, born_on: date | None = None, contact: str = "", *, also: tuple[str, ...] = ()) -> Identity:
    """An identity from what was typed; raises RecommenderError naming ``name`` or ``contact``."""
    kept = line(name, "name")
    if not kept:
        raise RecordsError([Problem("name", translate("is missing"))])
    return Identity(name=kept, born_on=born_on, contact=line(contact, "contact", most=LONGEST_CONTACT, several=True), also=also)


class Patients:
    """The patients of a record store."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    def add(self, who: Identity, *, by: Staff, anyway: bool = False) -> Patient:
        """Store a new patient.

        Raises SamePatient where there is one of the same name whose day of birth may be the same, unless ``anyway``: it is
        another person.
        """
        require(by, "write a draft")
        who = self._checked(who)
        with self._store.transaction() as transaction:
            found = () if anyway else self._same(transaction.session, who)
            if found:
                raise SamePatient(found)
            return self._put(transaction, PatientRow(id=new_id(), version=0), who, by=by, what="added")

    def change(self, identifier: str, version: int, who: Identity, *, by: Staff) -> Patient:
        """Correct who a patient is; raises PatientConflict if it is no longer the version that was read."""
        require(by, "write a draft")
        who = self._checked(who)
        with self._store.transaction() as transaction:
            row = row_of(transaction.session, identifier)
            stored = self._patient(row)
            if row.version != version:
                raise PatientConflict(stored, who)
            if who == stored.identity:
                return stored
            return self._put(transaction, row, who, by=by, what="changed")

    def get(self, identifier: str, *, by: Staff) -> Patient:
        """The patient with this id."""
        require(by, "read records")
        with self._store.snapshot() as session:
            return self._patient(row_of(session, identifier))

    def search(self, name: str = "", *, by: Staff, born_on: date | None = None) -> tuple[Patient, ...]:
        """The patients whose names have all of these words or beginnings of words, born on this day; at most 50."""
        require(by, "read records")
        with self._store.snapshot() as session:
            patients = self._found(session, asked_words(name, born_on))
        return tuple(sorted(patients, key=lambda one: (one.identity.name.casefold(), one.id)))

    def same_as(self, identifier: str, *, by: Staff) -> tuple[Patient, ...]:
        """Other patients of the same name whose day of birth is the same, or not known of one of the two."""
        require(by, "read records")
        with self._store.snapshot() as session:
            who = self._patient(row_of(session, identifier)).identity
            return tuple(one for one in self._same(session, who) if one.id != identifier)

    def erase(self, identifier: str, *, by: Staff) -> int:
        """Erase a patient with all of their records, and record it in the audit; how many records there were."""
        require(by, "erase a patient")
        with self._store.transaction() as transaction:
            erased = erase_in(transaction, identifier, by=by)
        self._store.forget_erased()
        return erased

    def of_rows(self, rows: Iterable[PatientRow]) -> dict[str, Patient]:
        """Patients by their id."""
        return {row.id: self._patient(row) for row in rows}

    def _checked(self, who: Identity) -> Identity:
        """The identity, validated as new input; raises RecordsError."""
        today = clinic_time.local(self._store.clock()).date()
        if who.born_on is not None and not (who.born_on <= today and age_on(today, who.born_on) <= MAX_AGE):
            raise RecordsError([Problem("born_on", translate("is no day on which somebody was born who is alive"))])
        return identity(who.name, who.born_on, who.contact, also=who.also)

    def _same(self, session: Session, who: Identity) -> tuple[Patient, ...]:
        found = self._found(session, asked_words(who.name, None), most=None)
        return tuple(
            one
            for one in found
            if any(same_name(name, who.name) for name in (one.identity.name, *one.identity.also))
            and (one.identity.born_on is None or who.born_on is None or one.identity.born_on == who.born_on)
        )

    def _found(self, session: Session, words: tuple[str, ...], *, most: int | None = MOST_FOUND) -> list[Patient]:
        if not words:
            return []
        found = (
            select(PatientWord.patient_id)
            .where(PatientWord.word.in_(self._store.keyring.blind_indexes(words)))
            .group_by(PatientWord.patient_id)
            .having(func.count() == len(words))
            .order_by(PatientWord.patient_id)
            .limit(most)
        )
        rows = session.scalars(select(PatientRow).where(PatientRow.id.in_(found)).order_by(PatientRow.id))
        return [self._patient(row) for row in rows]

    def _patient(self, row: PatientRow) -> Patient:
        return Patient(row.id, row.version, identity_in(self._store, row))

    def _put(self, transaction: Transaction, row: PatientRow, who: Identity, *, by: Staff, what: str) -> Patient:
        put_identity(self._store, transaction, row, who, by=by, what=what)
        return Patient(row.id, row.version, who)


def identity_in(store: RecordStore, row: PatientRow) -> Identity:
    """The identity in a row."""
    return Identity.model_validate_json(store.open_sealed(row.sealed, sealing_context(row.id)).text)


def put_identity(store: RecordStore, transaction: Transaction, row: PatientRow, who: Identity, *, by: Staff, what: str) -> None:
    """Store an identity in this transaction, with ``what`` as the action in the audit."""
    before = audit_hash(store.open_sealed(row.sealed, sealing_context(row.id)), row) if row.version else ""
    content = Content.of(who.model_dump_json())
    row.version += 1
    row.changed_at = transaction.audit.at
    row.sealed, row.key_id = transaction.seal(content, sealing_context(row.id)), transaction.keyring.current
    transaction.session.add(row)
    keep_words(transaction.session, transaction.keyring, row, who)
    transaction.audit.record(by.id, what, kind="patient", record=row.id, before=before, after=audit_hash(content, row))


def erase_in(transaction: Transaction, identifier: str, *, by: Staff, what: str = "erased") -> int:
    """Erase a patient in this transaction, with ``what`` as the action in the audit; how many records there were."""
    row = row_of(transaction.session, identifier)
    visits = list(transaction.session.scalars(select(ConsultationRow).where(ConsultationRow.patient_id == identifier)))
    for visit in visits:
        transaction.audit.record(by.id, what, kind="consultation", record=visit.id)
        transaction.session.delete(visit)
    transaction.session.flush()  # visits first: they refer to the patient
    transaction.audit.record(by.id, what, kind="patient", record=identifier)
    transaction.session.delete(row)
    return len(visits)


def sealing_context(identifier: str) -> str:
    """The context that a patient's identity is encrypted for."""
    return f"patient/{identifier}"


def audit_hash(content: Content, row: PatientRow) -> str:
    """The hash that the audit keeps of a patient."""
    return content.hash("patient", row.id, version=row.version)


def keep_words(session: Session, keyring: KeyRing, row: PatientRow, who: Identity) -> None:
    """Index a patient under the words of their names, with the current key."""
    row.indexed = INDEXED
    session.flush()
    session.execute(delete(PatientWord).where(PatientWord.patient_id == row.id))
    words = kept_words((who.name, *who.also), who.born_on)
    session.add_all(PatientWord(word=keyring.blind_index(word), patient_id=row.id) for word in words)


def findable(store: RecordStore, session: Session, row: PatientRow, who: Identity) -> bool:
    """Whether a patient is indexed under exactly the words of their names and day of birth; true for an older index."""
    if row.indexed != INDEXED:
        return True
    kept = set(session.scalars(select(PatientWord.word).where(PatientWord.patient_id == row.id)))
    words = kept_words((who.name, *who.also), who.born_on)
    return len(kept) == len(words) and kept <= set(store.keyring.blind_indexes(words))


def reindex(store: RecordStore) -> int:
    """Index every patient who still has an older index; how many there were. It can be interrupted and run again.

    Whoever cannot be decrypted is left out: verification reports them.
    """
    done, last = 0, ""
    while found := _older(store, last):
        last = found[-1]
        with store.transaction() as transaction:
            for row in transaction.session.scalars(select(PatientRow).where(PatientRow.id.in_(found))):
                with suppress(KeyProblem):
                    keep_words(transaction.session, transaction.keyring, row, identity_in(store, row))
                    done += 1
    return done


def _older(store: RecordStore, last: str) -> list[str]:
    with store.snapshot() as session:
        older = select(PatientRow.id).where(PatientRow.indexed != INDEXED, PatientRow.id > last)
        return list(session.scalars(older.order_by(PatientRow.id).limit(_BATCH)))


def row_of(session: Session, identifier: str) -> PatientRow:
    """The row of a patient; raises NotFound."""
    row = session.get(PatientRow, identifier) if identifier.isprintable() else None  # PostgreSQL rejects NUL
    if row is None:
        raise NotFound.named("patient", identifier)
    return row
