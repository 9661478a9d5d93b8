"""Lists of visits: latest changes, waiting for a prescriber, follow-ups due, by lot; and rules that were not followed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from recommender.documents.consultation import Stage, State
from recommender.documents.plan import lot_key
from recommender.documents.staff import Staff
from recommender.languages import clinic_time
from recommender.records.domain.permissions import require
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import ConsultationRow, Override, PatientRow, UsedLot
from recommender.records.visits.patients import Identity, Patients

PAGE = 50
MOST_LISTED = 1000  # in the other lists; where there are so many, the page says that there may be more


class VisitLine(NamedTuple):
    """A visit in a list."""

    id: str
    patient_id: str
    patient: Identity
    state: State
    stage: Stage
    waits_for_prescriber: bool
    begun_at: datetime
    changed_at: datetime
    injected_on: date | None
    follow_up_on: date | None
    used_expired: bool


class OverrideCount(NamedTuple):
    """How often a rule was not followed in one way for one reason, in signed records."""

    rule: str
    choice: str
    reason: str
    times: int


class VisitLists:
    """Finds visits by the columns in the clear; no record is decrypted."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store
        self._patients = Patients(store)

    def latest(self, *, by: Staff, state: State | None = None, after: VisitLine | None = None) -> tuple[VisitLine, ...]:
        """The visits changed last, latest first, a page of 50; ``after`` is the last line of the page before."""
        wanted = select(ConsultationRow)
        if state is not None:
            wanted = wanted.where(ConsultationRow.state == state)
        if after is not None:
            earlier = and_(ConsultationRow.changed_at == after.changed_at, ConsultationRow.id < after.id)
            wanted = wanted.where(or_(ConsultationRow.changed_at < after.changed_at, earlier))
        return self._lines(wanted.order_by(ConsultationRow.changed_at.desc(), ConsultationRow.id.desc()).limit(PAGE), by=by)

    def of_day(self, day: date, *, by: Staff) -> tuple[VisitLine, ...]:
        """The visits of a day at the clinic, begun or injected then, in the order in which they were begun."""
        start, end = (datetime.combine(one, time(), clinic_time.zone()) for one in (day, day + timedelta(days=1)))
        begun = and_(ConsultationRow.begun_at >= start, ConsultationRow.begun_at < end)
        wanted = select(ConsultationRow).where(
            or_(begun, ConsultationRow.injected_on == day), ConsultationRow.state != "voided"
        )
        return self._lines(wanted.order_by(ConsultationRow.begun_at, ConsultationRow.id).limit(MOST_LISTED), by=by)

    def queue(self, *, by: Staff) -> tuple[VisitLine, ...]:
        """What waits for a prescriber, the longest first: options that are theirs to decide, records to co-sign."""
        wanted = select(ConsultationRow).where(ConsultationRow.waits_for_prescriber)
        return self._lines(wanted.order_by(ConsultationRow.changed_at, ConsultationRow.id).limit(MOST_LISTED), by=by)

    def waiting(self, *, by: Staff) -> int:
        """How many visits wait for a prescriber."""
        require(by, "read records")
        counted = select(func.count()).select_from(ConsultationRow).where(ConsultationRow.waits_for_prescriber)
        with self._store.snapshot() as session:
            return session.scalar(counted) or 0

    def answered(self, *, by: Staff) -> tuple[VisitLine, ...]:
        """The drafts of this person that a prescriber has answered or given back, the latest first."""
        wanted = select(ConsultationRow).where(
            ConsultationRow.state == "draft",
            ConsultationRow.stage.in_(("authorised", "changed", "refused", "given_back")),
            ConsultationRow.begun_by == by.id,
        )
        return self._lines(wanted.order_by(ConsultationRow.changed_at.desc(), ConsultationRow.id).limit(PAGE), by=by)

    def due(self, first: date, last: date, *, by: Staff, after: VisitLine | None = None) -> tuple[VisitLine, ...]:
        """Follow-ups due from the first to the last of these days, of patients not seen again since the signature.

        ``after`` is the last line of what was listed before.
        """
        later = aliased(ConsultationRow)
        seen = select(later.id).where(
            later.patient_id == ConsultationRow.patient_id, later.begun_at > ConsultationRow.signed_at, later.state != "voided"
        )
        wanted = select(ConsultationRow).where(
            ConsultationRow.follow_up_on.between(first, last), ConsultationRow.signed_at.is_not(None), ~seen.exists()
        )
        if after is not None and after.follow_up_on is not None:
            same_day = and_(ConsultationRow.follow_up_on == after.follow_up_on, ConsultationRow.id > after.id)
            wanted = wanted.where(or_(ConsultationRow.follow_up_on > after.follow_up_on, same_day))
        return self._lines(wanted.order_by(ConsultationRow.follow_up_on, ConsultationRow.id).limit(MOST_LISTED), by=by)

    def recall(self, lot: str, *, by: Staff) -> tuple[VisitLine, ...]:
        """Every visit in which a product of this lot was used, whatever its spelling."""
        used = select(UsedLot.consultation_id).where(UsedLot.lot == lot_key(lot))
        wanted = select(ConsultationRow).where(ConsultationRow.id.in_(used))
        return self._lines(wanted.order_by(ConsultationRow.changed_at, ConsultationRow.id).limit(MOST_LISTED), by=by)

    def overrides(self, *, by: Staff) -> tuple[OverrideCount, ...]:
        """How often each rule was not followed, in which way and why, in records that are signed."""
        require(by, "review how the rules are followed")
        columns = (Override.rule, Override.choice, Override.reason)
        counted = (
            select(*columns, func.count())
            .join(ConsultationRow, ConsultationRow.id == Override.consultation_id)
            .where(ConsultationRow.state.in_(("signed", "locked")))
            .group_by(*columns)
            .order_by(*columns)
        )
        with self._store.snapshot() as session:
            return tuple(OverrideCount(*row) for row in session.execute(counted))

    def _lines(self, wanted: Select[ConsultationRow], *, by: Staff) -> tuple[VisitLine, ...]:
        require(by, "read records")
        visit = ConsultationRow
        columns = (visit.id, visit.patient_id, visit.state, visit.waits_for_prescriber, visit.begun_at, visit.changed_at)
        slim = wanted.with_only_columns(
            *columns, PatientRow, visit.injected_on, visit.follow_up_on, visit.used_expired, visit.stage
        )
        with self._store.snapshot() as session:
            found = list(session.execute(slim.join(PatientRow, PatientRow.id == visit.patient_id)))
            patients = self._patients.of_rows({row.patient_id: row.PatientRow for row in found}.values())
        return tuple(
            VisitLine(
                id=row.id,
                patient_id=row.patient_id,
                patient=patients[row.patient_id].identity,
                state=row.state,
                stage=row.stage,
                waits_for_prescriber=row.waits_for_prescriber,
                begun_at=row.begun_at,
                changed_at=row.changed_at,
                injected_on=row.injected_on,
                follow_up_on=row.follow_up_on,
                used_expired=row.used_expired,
            )
            for row in found
        )
