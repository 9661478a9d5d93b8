"""Adverse events of all patients: what was seen when, after which product of which lot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select

from recommender.documents.consultation import AdverseEvent, Consultation, State
from recommender.documents.plan import Product
from recommender.documents.staff import Staff
from recommender.records.domain.permissions import require
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import ConsultationRow, PatientRow
from recommender.records.visits.consultations import sealing_context
from recommender.records.visits.patients import Identity, Patients
from recommender.records.visits.visit_lists import MOST_LISTED


class SeenEvent(NamedTuple):
    """An adverse event with the visit that it is recorded in.

    ``products`` are those that it followed: the one that it names, or else everything that was used at that visit, for then
    nobody has said which.
    """

    visit: str
    state: State
    begun_at: datetime
    patient: Identity
    event: AdverseEvent
    products: tuple[Product, ...]


class AdverseEventList(NamedTuple):
    """The events of a span of days, the latest first; ``whole`` is False where more visits were changed than are opened."""

    events: tuple[SeenEvent, ...]
    whole: bool


def adverse_events(store: RecordStore, first: date, last: date, *, by: Staff) -> AdverseEventList:
    """Every adverse event seen from the first to the last of these days, from visits and from addenda, drafts too.

    Records are decrypted one after another: those changed since the first day, for what was seen then was written down then or
    later; at most 1,000, the ones changed last.
    """
    require(by, "read records")
    since = datetime.combine(first, time(), UTC) - timedelta(days=1)  # wherever on earth the clinic is
    wanted = (
        select(ConsultationRow, PatientRow)
        .join(PatientRow, PatientRow.id == ConsultationRow.patient_id)
        .where(ConsultationRow.changed_at >= since, ConsultationRow.state != "voided")
        .order_by(ConsultationRow.changed_at.desc(), ConsultationRow.id)
        .limit(MOST_LISTED + 1)
    )
    found: list[SeenEvent] = []
    with store.snapshot() as session:
        rows = list(session.execute(wanted))
        for row, patient in rows[:MOST_LISTED]:
            text = store.open_sealed(row.sealed, sealing_context(row.id)).text
            consultation = Consultation.model_validate_json(text)
            seen = [event for event in _events(consultation) if first <= event.seen_on <= last]
            who = Patients(store).of_rows([patient])[patient.id].identity if seen else None
            found += (
                SeenEvent(row.id, consultation.state, row.begun_at, who, event, products_of(consultation, event))
                for event in seen
                if who is not None
            )
    ordered = sorted(found, key=lambda one: (one.event.seen_on, one.visit), reverse=True)
    return AdverseEventList(tuple(ordered), whole=len(rows) <= MOST_LISTED)


def products_of(consultation: Consultation, event: AdverseEvent) -> tuple[Product, ...]:
    """The product that an event names; all that were used where it names none."""
    products = consultation.products
    return products if event.product is None else products[event.product : event.product + 1]


def _events(consultation: Consultation) -> Iterator[AdverseEvent]:
    yield from consultation.adverse_events.events if consultation.adverse_events else ()
    yield from (one.adverse_event for one in consultation.addenda if one.adverse_event is not None)
