"""The parts of the page about what comes after an injection: aftercare, adverse events, follow-up, a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from recommender.documents.consultation import AdverseEvents, Consultation, FollowUp
from recommender.languages import short_day
from recommender.records.domain.workflow import proposed_follow_up
from recommender.web.clinic.records.record_fields import RecordFields
from recommender.web.clinic.records.record_widgets import Widgets, button, confirmed_button
from recommender.web.clinic.records.record_writing import unchanged
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.treatment.treat_fields import ADVERSE, rows_of
from recommender.web.clinic.treatment.treat_plan import product_name
from recommender.web.ui import fields


def aftercare_part(_record: RecordFields, widgets: Widgets) -> None:
    """What the patient was told afterwards, how and when."""
    st.header(said.AFTERCARE, anchor=False)
    widgets.one_of("aftercare", said.AFTERCARE_HOW, said.AFTERCARE_HOWS, part="how")
    widgets.text("aftercare", said.AFTERCARE_LEAFLET, part="leaflet", width=480)
    widgets.moment("aftercare", said.AFTERCARE_WHEN, part="when")


def adverse_part(record: RecordFields, widgets: Widgets) -> None:
    """Adverse events, or that there were none."""
    st.header(said.ADVERSE, anchor=False)
    shown = record.shown
    for warning, found in ((said.ADVERSE_EXPIRED, shown.expired_products), (said.ADVERSE_RECALLED, shown.recalled_products)):
        if found:
            names = ", ".join(product_name(record, shown.products.index(one)) for one in found)
            fields.note(warning.format(products=names), kind="error")
    how = widgets.one_of(ADVERSE, said.ADVERSE_ASK, said.ADVERSE_ASKS, part="how")
    kept = record.shown.adverse_events
    if how != "some" and not (kept and kept.events) and ADVERSE not in record.wrong:
        return
    rows = rows_of(record)
    for number in range(rows):
        with st.container(border=True, key=record.key(ADVERSE, f"box{number}")):
            _event(record, widgets, number)
    button(record, "add-event", said.ADVERSE_ADD, lambda here: here.add_row(ADVERSE, rows))


def _event(record: RecordFields, widgets: Widgets, number: int) -> None:
    kept = record.shown.adverse_events
    st.subheader(said.ADVERSE_EVENT.format(number=number + 1), anchor=False)
    widgets.lines(ADVERSE, said.ADVERSE_WHAT, part=f"what{number}")
    widgets.day(ADVERSE, said.ADVERSE_DAY, part=f"day{number}")
    widgets.lines(ADVERSE, said.ADVERSE_ACTION, part=f"action{number}")
    products = {str(place): product_name(record, place) for place in range(len(record.shown.products))}
    if products:
        widgets.from_list(ADVERSE, said.ADVERSE_PRODUCT, products, part=f"product{number}")
    if kept and number < len(kept.events):
        label = said.ADVERSE_REMOVE.format(number=number + 1)
        step = _removing(record.shown, number)
        ask, yes, among = said.ADVERSE_REMOVE_ASK, said.ADVERSE_REMOVE_SURE, len(kept.events)
        confirmed_button(record, f"remove-event-{number}", label, step, ask=ask, yes=yes, among=among)


def _removing(shown: Consultation, number: int) -> Callable[[RecordFields], object]:
    def step(stored: Consultation) -> Mapping[str, Any]:
        unchanged(stored, shown, ADVERSE, said.ADVERSE_ELSEWHERE)
        events = stored.adverse_events.events if stored.adverse_events else ()
        left = (*events[:number], *events[number + 1 :])
        unsaved = tuple(one for one in stored.unsaved if one.path != ADVERSE)
        return {ADVERSE: AdverseEvents(none=False, events=left) if left else None, "unsaved": unsaved}

    return lambda here: here.act(step, anew=[ADVERSE])


def follow_up_part(record: RecordFields, widgets: Widgets) -> None:
    """When the patient is seen again, or why not; a day is proposed, and nothing is chosen beforehand."""
    st.header(said.FOLLOW_UP, anchor=False)
    consultation = record.shown
    day = proposed_follow_up(record.rules, consultation, consultation.injected_on) if consultation.injected_on else None
    how = widgets.one_of("follow_up", said.FOLLOW_UP_ASK, said.FOLLOW_UP_ASKS, part="how")
    if day is not None and (consultation.follow_up is None or consultation.follow_up.on != day):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            fields.note(said.FOLLOW_UP_PROPOSED.format(day=short_day(day)), kind="plain")
            button(record, "take-follow-up", said.FOLLOW_UP_TAKE, _taking(day))
    if how == "day":
        widgets.day("follow_up", said.FOLLOW_UP_ON, part="day")
    elif how == "none":
        widgets.lines("follow_up", said.FOLLOW_UP_WHY, part="why")


def _taking(day: date) -> Callable[[RecordFields], object]:
    return lambda here: here.put("follow_up", FollowUp(on=day))


def note_part(_record: RecordFields, widgets: Widgets) -> None:
    """The note."""
    st.header(said.NOTE, anchor=False)
    widgets.lines("note", said.NOTE_LABEL)
