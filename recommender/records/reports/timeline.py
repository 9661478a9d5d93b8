"""A patient's timeline: what happened on which day, over all visits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from recommender.documents.consultation import Consultation
from recommender.documents.plan import Product
from recommender.documents.staff import Staff
from recommender.languages import clinic_time
from recommender.records.reports.adverse_events import products_of
from recommender.records.visits.consultations import Kept

Happening = Literal[
    "begun", "informed", "injected", "adverse event", "signed", "co-signed", "given back", "added to", "follow-up", "discarded"
]


class Happened(NamedTuple):
    """Something of a visit on one day: who did it, with which products, and the words that were written about it."""

    on: date
    what: Happening
    visit: str
    by: Staff | None = None
    products: tuple[Product, ...] = ()
    text: str = ""


def timeline(visits: Sequence[Kept]) -> tuple[Happened, ...]:
    """Everything that happened, the latest day first; of one day in the order in which it is done."""
    found = [one for kept in visits for one in _of(kept)]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def _of(kept: Kept) -> Iterator[Happened]:
    visit, record = kept.id, kept.consultation
    yield Happened(_day(kept.begun_at), "begun", visit)
    if record.informed_on:
        yield Happened(record.informed_on, "informed", visit)
    if record.injected_on and record.injected == "yes":
        yield Happened(record.injected_on, "injected", visit, products=record.products)
    events = record.adverse_events.events if record.adverse_events else ()
    added = (one.adverse_event for one in record.addenda if one.adverse_event)
    for event in (*events, *added):
        text = ": ".join(filter(None, (event.what, event.action)))
        yield Happened(event.seen_on, "adverse event", visit, products=products_of(record, event), text=text)
    yield from _signed(visit, record)
    if record.follow_up and record.follow_up.on:
        yield Happened(record.follow_up.on, "follow-up", visit)


def _signed(visit: str, record: Consultation) -> Iterator[Happened]:
    """What somebody put their name to."""
    for back in record.returns:
        yield Happened(_day(back.at), "given back", visit, back.by, text=back.because)
    if record.signature:
        yield Happened(_day(record.signature.at), "signed", visit, record.signature.by)
    if record.co_signature:
        yield Happened(_day(record.co_signature.at), "co-signed", visit, record.co_signature.by)
    for added in record.addenda:
        yield Happened(_day(added.at), "added to", visit, added.by, text=added.text)
    if record.voided:
        yield Happened(_day(record.voided.at), "discarded", visit, record.voided.by, text=record.voided.because)


def _day(at: datetime) -> date:
    return clinic_time.local(at).date()
