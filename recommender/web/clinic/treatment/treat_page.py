"""What is done and recorded once decisions are taken: told, consented, injected, planned, cared for, seen again."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from recommender.languages import clinic_time, short_day
from recommender.records.domain.authorising import is_open
from recommender.records.domain.completeness import first_day
from recommender.web.clinic import words as clinic_words
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.records.missing import missing
from recommender.web.clinic.records.record_fields import RecordFields
from recommender.web.clinic.records.record_head import next_part, record_head
from recommender.web.clinic.records.record_widgets import PAGE, Widgets, button, here
from recommender.web.clinic.records.record_writing import Clash
from recommender.web.clinic.stores import lots
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.treatment.authorise import emergency_part, treatment_shut
from recommender.web.clinic.treatment.treat_after import adverse_part, aftercare_part, follow_up_part, note_part
from recommender.web.clinic.treatment.treat_consent import consent_part
from recommender.web.clinic.treatment.treat_names import name_of, said_value
from recommender.web.clinic.treatment.treat_plan import agreed_places, plan_part
from recommender.web.clinic.ui.messages import show_error
from recommender.web.state.address import RECORD
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def keep_treatment(visit: Visit) -> None:
    """Save the fields of this page before another page is opened."""
    record = here(visit)
    if record is not None:
        record.collect()


def treat_page(visit: Visit) -> None:
    """The treatment of the record that the address names."""
    record = here(visit)
    if record is None or visit.staff is None:
        st.title(clinic_words.UNKNOWN, anchor=False)
        fields.note(clinic_words.UNKNOWN_LEAD, kind="plain")
        return
    kept = record_head(visit, visit.staff, PAGE)
    if kept.consultation.state != "draft":
        _signed_meanwhile(record)
        return
    if not is_open(kept.consultation):
        treatment_shut(visit, visit.staff, kept)
        return
    with st.container(key="treat"):
        _page(record)
    if kept.consultation.duties.authorised_first:
        emergency_part(visit, visit.staff, kept)
    next_part(kept, PAGE)


def _page(record: RecordFields) -> None:
    _saved(record)
    _clashes(record)
    for sentence in record.refusal:
        show_error(sentence, pressed=False)
    widgets = Widgets(record)
    _missing(record)
    _told(record, widgets)
    consent_part(record, widgets)
    _injected(record, widgets)
    if record.shown.injected != "no" or _has_treatment(record):
        plan_part(record, widgets)
        if not agreed_places(record.shown) and st.button(said.TO_DECISIONS, key="plan-to-decisions"):
            go_to("decide", **{RECORD: record.record})
        aftercare_part(record, widgets)
        adverse_part(record, widgets)
    else:
        fields.note(said.INJECTED_NOT, kind="plain")
    follow_up_part(record, widgets)
    note_part(record, widgets)


def _saved(record: RecordFields) -> None:
    """When the record was last saved, by anybody."""
    at = clinic_time.local(record.kept.changed_at)
    words = said.SAVED if at.date() == clinic_time.today() else said.SAVED_ON
    told = words.format(day=short_day(at.date()), time=at.strftime("%H:%M"))
    st.html(f'<div class="hint" role="status">{escape(told)}</div>')


def _signed_meanwhile(record: RecordFields) -> None:
    """Go to the signed record; show first what was typed too late to be saved."""
    if record.unkept:
        fields.note(said.SIGNED_MEANWHILE, kind="error")
        for path, value in record.unkept.items():
            fields.note(f"{name_of(path)}: {said_value(record, path, value)}", kind="plain")
        if not st.button(said.TO_THE_RECORD, key="to-the-record", type="primary"):
            return
    go_to("record", **{RECORD: record.record})


def _clashes(record: RecordFields) -> None:
    """What two people wrote into the same field: both, and which to keep."""
    if not record.clashes:
        return
    with st.container(key="clashes", border=True):
        fields.note(said.CLASH, kind="error")
        for path, clash in record.clashes.items():
            mine, theirs = (said_value(record, path, value) for value in (clash.mine, clash.theirs))
            words = said.CLASH_ASK if clash.stands else said.CLASH_GONE
            fields.note(words.format(name=name_of(path), mine=mine, theirs=theirs), kind="plain")
            with st.container(horizontal=True, gap="small"):
                if clash.stands:
                    button(record, f"mine-{path}", said.CLASH_MINE, _mine(path, clash))
                label = said.CLASH_THEIRS if clash.stands else said.CLASH_READ
                button(record, f"theirs-{path}", label, _theirs(path))


def _mine(path: str, clash: Clash) -> Any:
    return lambda here: here.keep_mine(path, clash.theirs)


def _theirs(path: str) -> Any:
    return lambda here: here.keep_theirs(path)


def _missing(record: RecordFields) -> None:
    recalled = lots().recalled(by=record.staff)
    everything = missing(record.kept.consultation, clinic_time.today(), record.rules, age=record.age, recalled=recalled)
    told = {one.path for one in record.shown.unsaved}
    unsaved = [f"{name_of(path)}: {said.UNSAVED}." for path in record.wrong if path not in told]
    found = [*(one.sentence for one in everything if one.page == "treat"), *unsaved]
    if not found:
        fields.note(said.MISSING_NONE, kind="done")
        return
    with st.expander(f"{said.MISSING} ({len(found)})", key=f"missing-{record.record}"):
        fields.points(found)


def _told(record: RecordFields, widgets: Widgets) -> None:
    st.header(said.TOLD, anchor=False)
    fields.note(said.TOLD_LEAD)
    widgets.day("informed_on", said.TOLD_ON, today=True)
    days, told = record.shown.duties.cooling_off_days, record.shown.informed_on
    if not days:
        fields.note(said.NO_WAIT)
    elif told is None:
        fields.note(said.WAIT.format(days=days), kind="plain")
    else:
        fields.note(said.WAIT_UNTIL.format(days=days, day=short_day(first_day(told, days))), kind="plain")


def _injected(record: RecordFields, widgets: Widgets) -> None:
    st.header(said.INJECTED, anchor=False)
    chosen = widgets.one_of("injected", said.INJECTED_ASK, said.YES_NO, then=_on_this_day)
    if chosen != "no" or record.shown.injected_on:
        widgets.day("injected_on", said.INJECTED_ON, today=True)


def _on_this_day(record: RecordFields) -> None:
    """An injection "today" also gives the day."""
    if record.shown.injected == "yes" and record.shown.injected_on is None and "injected_on" not in record.wrong:
        record.put("injected_on", clinic_time.today())


def _has_treatment(record: RecordFields) -> bool:
    shown = record.shown
    return bool(shown.products or shown.aftercare or shown.adverse_events)
