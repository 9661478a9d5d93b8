"""The adverse events of all patients, with lot and product."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import streamlit as st

from recommender.documents.plan import Product
from recommender.export.visit.words import typed
from recommender.languages import clinic_time
from recommender.records.reports.adverse_events import SeenEvent, adverse_events
from recommender.records.visits.visit_lists import MOST_LISTED
from recommender.web.clinic import list_words
from recommender.web.clinic.reports import words as said
from recommender.web.clinic.stores import record_store
from recommender.web.clinic.ui.day_fields import span_of_days
from recommender.web.clinic.ui.listing import Cell, RecordRow, begun_on, day_cell, record_table
from recommender.web.state.session import Visit
from recommender.web.ui import fields

_BACK: Final = timedelta(days=365)


def events_page(visit: Visit) -> None:
    """What was seen between two days, the latest first."""
    staff = visit.staff
    if staff is None:
        return
    st.title(said.EVENTS_TITLE, anchor=False)
    fields.note(said.EVENTS_LEAD)
    today = clinic_time.today()
    span = span_of_days((said.EVENTS_FROM, "events-from", today - _BACK), (said.EVENTS_TO, "events-to", today))
    if span is None:
        return
    found = adverse_events(record_store(), *span, by=staff)
    caption = said.EVENTS_CAPTION.of(len(found.events)).format(number=len(found.events))
    rows = [_row(one) for one in found.events]
    record_table(caption, said.EVENTS_COLUMNS, rows, staff=staff, key="events", empty=said.EVENTS_NONE)
    if not found.whole:
        fields.note(said.EVENTS_CUT.format(number=MOST_LISTED))


def _row(one: SeenEvent) -> RecordRow:
    name = typed(one.patient.name)
    products = [named(product) for product in one.products] or [said.NO_PRODUCT]
    cells = (day_cell(one.event.seen_on), Cell(typed(one.event.what), typed(one.event.action)), Cell("; ".join(products)))
    return RecordRow(one.visit, one.state, name, list_words.OPEN_ALOUD.format(name=name, day=begun_on(one.begun_at)), cells)


def named(product: Product) -> str:
    """A product by its brand and lot."""
    called = typed(product.brand) or typed(product.product)
    return ", ".join(filter(None, (called, said.LOT.format(lot=typed(product.lot)) if product.lot else "")))
