"""The history of changes in words: of all, or of one patient."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.export import Summary
from recommender.export.blocks import Line, Table
from recommender.export.visit.words import moment, typed
from recommender.languages import current
from recommender.records.errors import NotFound
from recommender.records.reports.changes import RecordedChange, changes
from recommender.web.clinic import words
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.records.record_head import unknown_record
from recommender.web.clinic.reports import words as said
from recommender.web.clinic.stores import patients, record_store
from recommender.web.clinic.ui.listing import begun_on
from recommender.web.components.summary import summary
from recommender.web.result.summary_html import SummaryHtml
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_BEFORE: Final = SessionValue[int | None]("history-before")


def history_page(visit: Visit) -> None:
    """A page of changes, the latest first; where the address names a patient, theirs alone."""
    staff = visit.staff
    if staff is None:
        return
    st.title(said.HISTORY_TITLE, anchor=False)
    fields.note(said.HISTORY_LEAD)
    if visit.patient:
        try:
            name = patients().get(visit.patient, by=staff).identity.name
        except NotFound:
            unknown_record()
            return
        fields.note(said.HISTORY_OF.format(name=name), kind="plain", people=[name])
        if st.button(said.HISTORY_ALL, key="history-all", type="tertiary"):
            go_to("history")
    found, earlier = changes(record_store(), by=staff, patient=visit.patient, before=_BEFORE.found(of=visit.patient))
    if not found:
        fields.note(said.HISTORY_NONE, kind="plain")
        return
    table = Table(said.HISTORY_CAPTION, said.HISTORY_COLUMNS, tuple(map(_row, found)))
    summary(SummaryHtml(Summary("", current(), (table,), ())).text(), key="history")
    if earlier is not None and st.button(words.MORE, key=f"history-{earlier}"):
        _BEFORE.put(earlier, of=visit.patient)
        st.rerun()


def _row(one: RecordedChange) -> tuple[Line, ...]:
    what = said.CHANGED.get(one.kind, {})
    told = what.get(one.what) or next((text for begins, text in what.items() if one.what.startswith(begins)), one.what)
    times = (said.TIMES.of(one.times).format(number=one.times),) if one.times > 1 else ()
    who = said.SYSTEM.get(one.who, typed(one.who))
    visit = (said.VISIT_OF.format(day=begun_on(one.begun_at)),) if one.begun_at else ()
    about = Line(typed(one.about), details=visit) if one.about else Line(one.record)  # what is gone has its id alone
    return Line(moment(one.at)), Line(who), Line(told, details=times), about
