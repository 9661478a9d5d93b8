"""Patients: who they are is sealed, and found again by whoever knows their name or their day of birth."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.languages import translate
from recommender.records.archive import Archive, Change, Content, new_id
from recommender.records.errors import NotFound, RecordsError
from recommender.records.keyring import KeyRing
from recommender.records.staff import require
from recommender.records.tables import ConsultationRow, PatientRow, PatientWord

MOST_FOUND = 50


class Identity(BaseModel):
    """Who a patient is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    born_on: date | None = None
    contact: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class Patient(NamedTuple):
    """A patient as kept."""

    id: str
    version: int
    identity: Identity


class PatientConflict(RecordsError):  # noqa: N818
    """Somebody else has changed this patient meanwhile: ``stored`` is what they wrote, ``wanted`` what was to be written."""

    heading = "Somebody else has changed this patient"

    def __init__(self, stored: Patient, wanted: Identity) -> None:
        super().__init__([Problem(stored.id, translate("compare the two, and save again"))])
        self.stored, self.wanted = stored, wanted


class Patients:
    """The patients of an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def add(self, identity: Identity, *, by: Staff) -> Patient:
        """Keep a new patient."""
        require(by, "write a draft")
        with self._archive.changing() as change:
            row = PatientRow(id=new_id(), version=0)
            return self._put(change, row, identity, by=by, what="added")

    def change(self, identifier: str, version: int, identity: Identity, *, by: Staff) -> Patient:
        """Correct who a patient is; raises PatientConflict if it is no longer the version that was read."""
        require(by, "write a draft")
        with self._archive.changing() as change:
            row = _row(change.session, identifier)
            if row.version != version:
                raise PatientConflict(self._patient(row), identity)
            return self._put(change, row, identity, by=by, what="changed")

    def get(self, identifier: str, *, by: Staff) -> Patient:
        """The patient with this id."""
        require(by, "read records")
        with self._archive.reading() as session:
            return self._patient(_row(session, identifier))

    def search(self, name: str = "", *, by: Staff, born_on: date | None = None) -> tuple[Patient, ...]:
        """The patients whose name has all these words, in any order and whole, and who were born on this day; at most 50."""
        require(by, "read records")
        words = search_words(name, born_on)
        if not words:
            return ()
        with self._archive.reading() as session:
            kept_under = self._archive.keyring.blinds(words)
            found = (
                select(PatientWord.patient_id)
                .where(PatientWord.word.in_(kept_under))
                .group_by(PatientWord.patient_id)
                .having(func.count() == len(words))
                .order_by(PatientWord.patient_id)
                .limit(MOST_FOUND)
            )
            rows = session.scalars(select(PatientRow).where(PatientRow.id.in_(found)).order_by(PatientRow.id))
            patients = [self._patient(row) for row in rows]
        return tuple(sorted(patients, key=lambda one: (one.identity.name.casefold(), one.id)))

    def erase(self, identifier: str, *, by: Staff) -> int:
        """Erase a patient with every record of theirs, and say in the audit that it was done; how many records there were."""
        require(by, "erase a patient")
        with self._archive.changing() as change:
            erased = erase_in(change, identifier, by=by)
        self._archive.forget_erased()
        return erased

    def of_rows(self, rows: Iterable[PatientRow]) -> dict[str, Patient]:
        """Patients by their id."""
        return {row.id: self._patient(row) for row in rows}

    def _patient(self, row: PatientRow) -> Patient:
        content = self._archive.open_sealed(row.sealed, place_of(row.id))
        return Patient(row.id, row.version, Identity.model_validate_json(content.text))

    def _put(self, change: Change, row: PatientRow, identity: Identity, *, by: Staff, what: str) -> Patient:
        before = hash_of(self._archive.open_sealed(row.sealed, place_of(row.id)), row) if row.version else ""
        content = Content.of(identity.model_dump_json())
        row.version += 1
        row.changed_at = change.ledger.at
        row.sealed, row.key_id = change.seal(content, place_of(row.id)), change.keyring.current
        change.session.add(row)
        keep_words(change.session, change.keyring, row.id, identity)
        after = hash_of(content, row)
        change.ledger.record(by.id, what, kind="patient", record=row.id, before=before, after=after)
        return Patient(row.id, row.version, identity)


def erase_in(change: Change, identifier: str, *, by: Staff, what: str = "erased") -> int:
    """Erase a patient as part of a change, with ``what`` as the audit's word for it; how many records there were."""
    row = _row(change.session, identifier)
    visits = list(change.session.scalars(select(ConsultationRow).where(ConsultationRow.patient_id == identifier)))
    for visit in visits:
        change.ledger.record(by.id, what, kind="consultation", record=visit.id)
        change.session.delete(visit)
    change.session.flush()  # the visits first: they refer to the patient
    change.ledger.record(by.id, what, kind="patient", record=identifier)
    change.session.delete(row)
    return len(visits)


def place_of(identifier: str) -> str:
    """The place that a patient's identity is sealed for."""
    return f"patient/{identifier}"


def hash_of(content: Content, row: PatientRow) -> str:
    """The hash that the audit keeps of a patient."""
    return content.hash("patient", row.id, version=row.version)


def keep_words(session: Session, keyring: KeyRing, identifier: str, identity: Identity) -> None:
    """Keep what a patient is found by, under the key that seals now."""
    session.flush()
    session.execute(delete(PatientWord).where(PatientWord.patient_id == identifier))
    words = search_words(identity.name, identity.born_on)
    session.add_all(PatientWord(word=keyring.blind(word), patient_id=identifier) for word in words)


def findable(archive: Archive, session: Session, row: PatientRow, identity: Identity) -> bool:
    """Whether a patient is found by the words of their name and their day of birth, and by nothing else."""
    kept = set(session.scalars(select(PatientWord.word).where(PatientWord.patient_id == row.id)))
    words = search_words(identity.name, identity.born_on)
    return len(kept) == len(words) and kept <= set(archive.keyring.blinds(words))


def search_words(name: str, born_on: date | None) -> tuple[str, ...]:
    """What a patient is found by: each word of the name without case and accents, and the day of birth."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter)).casefold()
    words = {"".join(filter(str.isalnum, word)) for word in plain.replace("-", " ").split()}
    return tuple(sorted(words - {""})) + ((f"born:{born_on.isoformat()}",) if born_on else ())


def _row(session: Session, identifier: str) -> PatientRow:
    row = session.get(PatientRow, identifier)
    if row is None:
        raise NotFound.named("patient", identifier)
    return row
