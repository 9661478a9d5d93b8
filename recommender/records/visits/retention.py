"""Retention: patients whose records are older than the clinic keeps them. Nothing is erased automatically."""

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
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import ConsultationRow
from recommender.records.visits.patients import erase_in

YEARS_VARIABLE: Final = "RECOMMENDER_RETENTION_YEARS"
ERASED: Final = "erased after retention"
_MOST_YEARS: Final = 150


class Expired(NamedTuple):
    """A patient whose last signed record is older than the retention period, with nothing written since."""

    patient_id: str
    last_signed_at: datetime
    visits: int


def retention_years() -> int | None:
    """How many years after the last signature records are kept (``RECOMMENDER_RETENTION_YEARS``); None where it is not set."""
    given = os.environ.get(YEARS_VARIABLE, "").strip()
    if not given:
        return None
    if not given.isdecimal() or not 1 <= int(given) <= _MOST_YEARS:
        raise RecordsError([Problem(YEARS_VARIABLE, f"should be a number of years from 1 to {_MOST_YEARS}")])
    return int(given)


def expired(store: RecordStore, years: int, *, by: Staff) -> tuple[Expired, ...]:
    """The patients whose retention period is over, the longest ago first.

    A patient without a signed record, or with anything written since, is not among them.
    """
    require(by, "read records")
    with store.snapshot() as session:
        return _found(session, _years_before(store.clock(), years))


def erase_expired(store: RecordStore, years: int, *, only: Iterable[str], by: Staff) -> tuple[Expired, ...]:
    """Erase those of these patients whose retention period is still over, in one transaction; the audit says why."""
    require(by, "erase a patient")
    confirmed = frozenset(only)
    with store.transaction() as transaction:
        now = _found(transaction.session, _years_before(transaction.audit.at, years))
        erased = tuple(one for one in now if one.patient_id in confirmed)
        for one in erased:
            erase_in(transaction, one.patient_id, by=by, what=ERASED)
    store.forget_erased()
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
    except ValueError:  # the 29th of February: keep a day longer rather than a day less
        return at.replace(year=at.year - years, day=28)
