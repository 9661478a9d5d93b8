"""Patients: who they are is sealed, and found again by whoever knows their name or their day of birth."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Annotated, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recommender.documents.answers import MAX_AGE, age_on
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.documents.typed import line
from recommender.languages import clinic_time, translate
from recommender.records.domain.permissions import require
from recommender.records.errors import KeyProblem, NotFound, RecordsError
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import Archive, Change, Content, new_id
from recommender.records.storage.tables import ConsultationRow, PatientRow, PatientWord
from recommender.records.visits.name_search import asked_words, kept_words, same_name

MOST_FOUND: Final = 50
LONGEST_CONTACT: Final = 500
INDEXED: Final = 2  # the way of ``name_search`` in which words are made now
_BATCH: Final = 200


class Identity(BaseModel):
    """Who a patient is. ``also`` are names under which they were kept before two entries became one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    born_on: date | None = None
    contact: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_CONTACT)] = ""
    also: tuple[str, ...] = ()


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


class SamePatient(RecordsError):  # noqa: N818
    """Somebody of this name is kept already whose day of birth is the same, or not known: ``found`` are they."""

    heading = "This patient may be here already"

    def __init__(self, found: tuple[Patient, ...]) -> None:
        said = translate("somebody of this name and day of birth is kept already")
        super().__init__([Problem("name", said, tuple(one.id for one in found))])
        self.found = found


def identity(name: str, born_on: date | None = None, contact: str = "", *, also: tuple[str, ...] = ()) -> Identity:
    """Who a patient is, from what was typed; raises RecommenderError naming ``name`` or ``contact``."""
    kept = line(name, "name")
    if not kept:
        raise RecordsError([Problem("name", translate("is missing"))])
    return Identity(name=kept, born_on=born_on, contact=line(contact, "contact", most=LONGEST_CONTACT, several=True), also=also)


class Patients:
    """The patients of an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def add(self, who: Identity, *, by: Staff, anyway: bool = False) -> Patient:
        """Keep a new patient.

        Raises SamePatient where somebody of the same name is kept whose day of birth may be the same, unless they are
        added ``anyway``: it is another person.
        """
        require(by, "write a draft")
        who = self._checked(who)
        with self._archive.changing() as change:
            found = () if anyway else self._same(change.session, who)
            if found:
                raise SamePatient(found)
            return self._put(change, PatientRow(id=new_id(), version=0), who, by=by, what="added")

    def change(self, identifier: str, version: int, who: Identity, *, by: Staff) -> Patient:
        """Correct who a patient is; raises PatientConflict if it is no longer the version that was read."""
        require(by, "write a draft")
        who = self._checked(who)
        with self._archive.changing() as change:
            row = row_of(change.session, identifier)
            stored = self._patient(row)
            if row.version != version:
                raise PatientConflict(stored, who)
            if who == stored.identity:
                return stored
            return self._put(change, row, who, by=by, what="changed")

    def get(self, identifier: str, *, by: Staff) -> Patient:
        """The patient with this id."""
        require(by, "read records")
        with self._archive.reading() as session:
            return self._patient(row_of(session, identifier))

    def search(self, name: str = "", *, by: Staff, born_on: date | None = None) -> tuple[Patient, ...]:
        """The patients whose name has all these words or beginnings of words, and who were born on this day; at most 50."""
        require(by, "read records")
        with self._archive.reading() as session:
            patients = self._found(session, asked_words(name, born_on))
        return tuple(sorted(patients, key=lambda one: (one.identity.name.casefold(), one.id)))

    def same_as(self, identifier: str, *, by: Staff) -> tuple[Patient, ...]:
        """Everybody else of the same name whose day of birth is the same, or not known of one of the two."""
        require(by, "read records")
        with self._archive.reading() as session:
            who = self._patient(row_of(session, identifier)).identity
            return tuple(one for one in self._same(session, who) if one.id != identifier)

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

    def _checked(self, who: Identity) -> Identity:
        """What may be kept of it: an identity that is read back is taken as it is, one that comes new is not."""
        today = clinic_time.local(self._archive.clock()).date()
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
            .where(PatientWord.word.in_(self._archive.keyring.blinds(words)))
            .group_by(PatientWord.patient_id)
            .having(func.count() == len(words))
            .order_by(PatientWord.patient_id)
            .limit(most)
        )
        rows = session.scalars(select(PatientRow).where(PatientRow.id.in_(found)).order_by(PatientRow.id))
        return [self._patient(row) for row in rows]

    def _patient(self, row: PatientRow) -> Patient:
        return Patient(row.id, row.version, identity_in(self._archive, row))

    def _put(self, change: Change, row: PatientRow, who: Identity, *, by: Staff, what: str) -> Patient:
        put_identity(self._archive, change, row, who, by=by, what=what)
        return Patient(row.id, row.version, who)


def identity_in(archive: Archive, row: PatientRow) -> Identity:
    """Who a patient is, as kept."""
    return Identity.model_validate_json(archive.open_sealed(row.sealed, place_of(row.id)).text)


def put_identity(archive: Archive, change: Change, row: PatientRow, who: Identity, *, by: Staff, what: str) -> None:
    """Keep who a patient is as part of a change, with ``what`` as the audit's word for it."""
    before = hash_of(archive.open_sealed(row.sealed, place_of(row.id)), row) if row.version else ""
    content = Content.of(who.model_dump_json())
    row.version += 1
    row.changed_at = change.ledger.at
    row.sealed, row.key_id = change.seal(content, place_of(row.id)), change.keyring.current
    change.session.add(row)
    keep_words(change.session, change.keyring, row, who)
    change.ledger.record(by.id, what, kind="patient", record=row.id, before=before, after=hash_of(content, row))


def erase_in(change: Change, identifier: str, *, by: Staff, what: str = "erased") -> int:
    """Erase a patient as part of a change, with ``what`` as the audit's word for it; how many records there were."""
    row = row_of(change.session, identifier)
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


def keep_words(session: Session, keyring: KeyRing, row: PatientRow, who: Identity) -> None:
    """Keep what a patient is found by, under the key that seals now."""
    row.indexed = INDEXED
    session.flush()
    session.execute(delete(PatientWord).where(PatientWord.patient_id == row.id))
    words = kept_words((who.name, *who.also), who.born_on)
    session.add_all(PatientWord(word=keyring.blind(word), patient_id=row.id) for word in words)


def findable(archive: Archive, session: Session, row: PatientRow, who: Identity) -> bool:
    """Whether a patient is found by their names and their day of birth, and by nothing else; an older index says nothing."""
    if row.indexed != INDEXED:
        return True
    kept = set(session.scalars(select(PatientWord.word).where(PatientWord.patient_id == row.id)))
    words = kept_words((who.name, *who.also), who.born_on)
    return len(kept) == len(words) and kept <= set(archive.keyring.blinds(words))


def index_anew(archive: Archive) -> int:
    """Keep everybody under the words of this version who is not yet; how many they were. It may be broken off and run again.

    Whoever cannot be opened is passed over: ``verify`` names them.
    """
    done, last = 0, ""
    while found := _older(archive, last):
        last = found[-1]
        with archive.changing() as change:
            for row in change.session.scalars(select(PatientRow).where(PatientRow.id.in_(found))):
                with suppress(KeyProblem):
                    keep_words(change.session, change.keyring, row, identity_in(archive, row))
                    done += 1
    return done


def _older(archive: Archive, last: str) -> list[str]:
    with archive.reading() as session:
        older = select(PatientRow.id).where(PatientRow.indexed != INDEXED, PatientRow.id > last)
        return list(session.scalars(older.order_by(PatientRow.id).limit(_BATCH)))


def row_of(session: Session, identifier: str) -> PatientRow:
    """The row of a patient; raises NotFound."""
    row = session.get(PatientRow, identifier) if identifier.isprintable() else None  # no database takes a NUL
    if row is None:
        raise NotFound.named("patient", identifier)
    return row
