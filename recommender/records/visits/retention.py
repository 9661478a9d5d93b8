"""Retention: whose records are older than the clinic keeps them. Nothing is erased by itself."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.records.domain.permissions import require
from recommender.records.errors import RecordsError
from recommender.records.storage.record_store import Archive
from recommender.records.storage.tables import ConsultationRow
from recommender.records.visits.patients import erase_in

YEARS_VARIABLE: Final = "RECOMMENDER_RETENTION_YEARS"
ERASED: Final = "erased after retention"
_MOST_YEARS: Final = 150


class Expired(NamedTuple):
    """A patient whose last signed record is older than records are kept, and with whom nothing was done since."""

    patient_id: str
    last_signed_at: datetime
    visits: int


def retention_years() -> int | None:
    """How many years the environment says records are kept after the last signature; None keeps them until somebody erases."""
    given = os.environ.get(YEARS_VARIABLE, "").strip()
    if not given:
        return None
    if not given.isdecimal() or not 1 <= int(given) <= _MOST_YEARS:
        raise RecordsError([Problem(YEARS_VARIABLE, f"should be a number of years from 1 to {_MOST_YEARS}")])
    return int(given)


def expired(archive: Archive, years: int, *, by: Staff) -> tuple[Expired, ...]:
    """The patients whose records are kept no longer, the longest ago first.

    A patient who has no signed record, or with whom anything was written since, is not among them.
    """
    require(by, "read records")
    with archive.reading() as session:
        return _found(session, _years_before(archive.clock(), years))


def erase_expired(archive: Archive, years: int, *, only: Iterable[str], by: Staff) -> tuple[Expired, ...]:
    """Erase those of these patients who are still expired, all in one; the audit says of each that it was and why."""
    require(by, "erase a patient")
    confirmed = frozenset(only)
    with archive.changing() as change:
        now = _found(change.session, _years_before(change.ledger.at, years))
        erased = tuple(one for one in now if one.patient_id in confirmed)
        for one in erased:
            erase_in(change, one.patient_id, by=by, what=ERASED)
    archive.forget_erased()
    return erased


def _found(session: Session, before: datetime) -> tuple[Expired, ...]:
    visit = ConsultationRow
    last = func.max(visit.signed_at, type_=visit.signed_at.type)
    wanted = (
        select(visit.patient_id, last, func.count())
        .group_by(visit.patient_id)
        .having(last < before, func.max(visit.changed_at, type_=visit.changed_at.type) < before)
        .order_by(last, visit.patient_id)
    )
    return tuple(Expired(patient, at, visits) for patient, at, visits in session.execute(wanted) if at is not None)


def _years_before(at: datetime, years: int) -> datetime:
    try:
        return at.replace(year=at.year - years)
    except ValueError:  # the 29th of February: a day longer is kept, rather than a day less
        return at.replace(year=at.year - years, day=28)
