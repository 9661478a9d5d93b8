"""The history of changes as the audit has it: who did what, when, to whose record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from recommender.documents.staff import Staff
from recommender.records.domain.permissions import require
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import AccountRow, AuditRow, ConsultationRow, PatientRow, StockLot
from recommender.records.visits.merging import merged_into
from recommender.records.visits.patients import Patients

PAGE: Final = 100


class RecordedChange(NamedTuple):
    """One row of the audit. ``who`` and ``about`` are names; ``about`` is empty where it is not known, or not any more.

    ``begun_at`` is when the visit was begun, where it is about one that is still there.

    ``times`` are the rows of one person who did the same to the same thing one after the other: they are told as one, and
    ``number`` and ``at`` are those of the latest.
    """

    number: int
    at: datetime
    who: str
    what: str
    kind: str
    record: str
    about: str
    begun_at: datetime | None
    times: int = 1


def changes(
    store: RecordStore, *, by: Staff, patient: str = "", before: int | None = None
) -> tuple[tuple[RecordedChange, ...], int | None]:
    """The changes recorded last, the latest first, with the number to go on ``before``; None where there are no earlier ones.

    With the id of a ``patient``, those of this patient, of all their visits, and of entries that were merged into this one.
    """
    require(by, "read the history of changes")
    wanted = select(AuditRow).order_by(AuditRow.number.desc()).limit(PAGE + 1)
    if before is not None:
        wanted = wanted.where(AuditRow.number < before)
    with store.snapshot() as session:
        if patient:
            visits = session.scalars(select(ConsultationRow.id).where(ConsultationRow.patient_id == patient)).all()
            entries = [patient, *merged_into(session, patient)]
            wanted = wanted.where(
                or_(
                    and_(AuditRow.kind == "consultation", AuditRow.record.in_(visits)),
                    and_(AuditRow.kind == "patient", AuditRow.record.in_(entries)),
                )
            )
        rows = session.scalars(wanted).all()
        staff = _staff(session, {row.who for row in rows} | {row.record for row in rows if row.kind == "account"})
        begun, patients = _visits_and_patients(store, session, rows)
        lots = session.execute(
            select(StockLot.id, StockLot.brand, StockLot.lot).where(StockLot.id.in_(row.record for row in rows))
        )
        about = patients | staff | {lot.id: f"{lot.brand} {lot.lot}".strip() for lot in lots}
    shown = rows[:PAGE]
    told = (
        RecordedChange(
            row.number,
            datetime.fromisoformat(row.at),
            staff.get(row.who, row.who),
            row.what,
            row.kind,
            row.record,
            about.get(row.record, ""),
            begun.get(row.record),
        )
        for row in shown
    )
    return tuple(_one_after_the_other(told)), shown[-1].number if len(rows) > PAGE else None


def _one_after_the_other(found: Iterable[RecordedChange]) -> list[RecordedChange]:
    told: list[RecordedChange] = []
    for one in found:
        last = told[-1] if told else None
        if last and (last.who, last.what, last.record, last.at.date()) == (one.who, one.what, one.record, one.at.date()):
            told[-1] = last._replace(times=last.times + 1)
        else:
            told.append(one)
    return told


def _staff(session: Session, ids: Collection[str]) -> dict[str, str]:
    rows = session.execute(select(AccountRow.id, AccountRow.name).where(AccountRow.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _visits_and_patients(
    store: RecordStore, session: Session, rows: Collection[AuditRow]
) -> tuple[dict[str, datetime], dict[str, str]]:
    """When the visits of these rows were begun; and the names of their patients, by the id of the patient or of the visit."""
    wanted = select(ConsultationRow.id, ConsultationRow.patient_id, ConsultationRow.begun_at).where(
        ConsultationRow.id.in_({row.record for row in rows if row.kind == "consultation"})
    )
    visits = session.execute(wanted).all()
    ids = {row.record for row in rows if row.kind == "patient"}.union(visit.patient_id for visit in visits)
    patients = Patients(store).of_rows(session.scalars(select(PatientRow).where(PatientRow.id.in_(ids))))
    names = {identifier: patient.identity.name for identifier, patient in patients.items()}
    return {visit.id: visit.begun_at for visit in visits}, names | {visit.id: names[visit.patient_id] for visit in visits}
