"""A whole record: what is missing, signatures, addenda, the record to read, and its files."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from recommender.documents.consultation import AdverseEvent
from recommender.documents.problems import RecommenderError
from recommender.documents.staff import Staff
from recommender.export import NOT_DRAWN, is_drawable, media_type, render_consultation, summarise_consultation
from recommender.export.visit.summary import Audience, PatientIdentity, file_stem
from recommender.languages import clinic_time, short_day, translate
from recommender.records.domain.permissions import ALLOWED, Act
from recommender.records.storage import settings
from recommender.records.visits.consultations import Conflict, Kept
from recommender.web.clinic import pages, words
from recommender.web.clinic.navigation import go_to
from recommender.web.clinic.records import record_words as said
from recommender.web.clinic.records.missing import Missing, by_page, missing
from recommender.web.clinic.records.record_head import record_head, returned_told
from recommender.web.clinic.records.record_mistakes import check_move, mistakes
from recommender.web.clinic.records.unsaved import unsaved_changes
from recommender.web.clinic.stores import age_of, consultations, lots, patients
from recommender.web.clinic.ui.day_fields import day_field
from recommender.web.clinic.ui.messages import show_error
from recommender.web.clinic.ui.typed_days import read_past_day
from recommender.web.components.downloads import downloads
from recommender.web.components.summary import summary
from recommender.web.result.summary_html import SummaryHtml
from recommender.web.state.address import RECORD
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def record_page(visit: Visit) -> None:
    """The record that the address names."""
    staff = visit.staff
    if staff is None:
        return
    kept = record_head(visit, staff, "record")
    is_draft = kept.consultation.state == "draft"
    for one in kept.consultation.returns[: -1 if is_draft else None]:  # the head of a draft has the last one
        fields.note(returned_told(one), kind="plain")
    match kept.consultation.state:
        case "draft":
            _unsigned(visit, staff, kept)
        case "voided":
            _voided(kept)
        case "signed":
            _waiting(visit, staff, kept)
        case "locked":
            _locked(visit, staff, kept)
    identity = patients().get(kept.patient_id, by=staff).identity
    whose = PatientIdentity(identity.name, identity.born_on)
    _files(visit, kept, whose)
    st.header(said.WHOLE, anchor=False)
    summary(SummaryHtml(summarise_consultation(kept.consultation, whose, "clinical")).text(), key=visit.key("whole"))


def _unsigned(visit: Visit, staff: Staff, kept: Kept) -> None:
    writes = _may(staff, "write a draft")
    if writes:
        check_move(visit, staff, kept, _do)
    today, age = clinic_time.today(), age_of(kept, by=staff)
    gaps = missing(kept.consultation, today, visit.rules, age=age, by=staff, recalled=lots().recalled(by=staff))
    found = (*gaps, *unsaved_changes(visit, kept))
    if found:
        _missing(visit, kept, found, writes=writes)
    else:
        _sign(visit, staff, kept)
    if writes:
        mistakes(visit, staff, kept, _do)


def _missing(visit: Visit, kept: Kept, found: tuple[Missing, ...], *, writes: bool) -> None:
    st.header(said.MISSING_TITLE, anchor=False)
    fields.note(said.MISSING_LEAD)
    for page, here in by_page(found):
        name = pages.parts()[page]
        st.subheader(said.MISSING_ON.format(page=name, number=len(here)), anchor=False)
        fields.points(here)
        if page != "record" and writes and st.button(said.GO_THERE.format(page=name), key=visit.key(f"go-{page}")):
            go_to(page, **{RECORD: kept.id})


def _sign(visit: Visit, staff: Staff, kept: Kept) -> None:
    st.header(said.SIGN_TITLE, anchor=False)
    fields.note(said.COMPLETE, kind="done")
    if not _may(staff, "sign"):
        fields.note(said.NOT_YOURS, kind="plain")
        return
    fields.note(said.SIGN_LEAD.format(name=staff.name, role=words.ROLES[staff.role]), kind="plain")
    if staff.role != "prescriber" and kept.consultation.prescriber_due:
        fields.note(said.SIGN_PRESCRIBER, kind="plain")
    sure = st.checkbox(said.SIGN_SURE, key=visit.key(f"sure-{kept.version}"))
    if st.button(said.SIGN, key=visit.key("sign-record"), type="primary", disabled=not sure):
        _do(lambda: consultations().sign(kept.id, kept.version, by=staff, today=clinic_time.today()))


def _voided(kept: Kept) -> None:
    gone = kept.consultation.voided
    if gone is not None:
        told = {"name": gone.by.name, "day": short_day(clinic_time.local(gone.at).date()), "because": gone.because}
        fields.note(said.VOIDED.format(**told), kind="error")


def _waiting(visit: Visit, staff: Staff, kept: Kept) -> None:
    fields.note(said.WAITS, kind="done")
    if not _may(staff, "co-sign"):
        return
    st.header(said.CO_SIGN_TITLE, anchor=False)
    fields.note(said.SIGN_LEAD.format(name=staff.name, role=words.ROLES[staff.role]), kind="plain")
    sure = st.checkbox(said.SIGN_SURE, key=visit.key(f"sure-{kept.version}"))
    if st.button(
        said.CO_SIGN.format(name=fields.plain(staff.name)), key=visit.key("co-sign"), type="primary", disabled=not sure
    ):
        _do(lambda: consultations().co_sign(kept.id, kept.version, by=staff))
    with st.expander(said.GIVE_BACK_TITLE):
        because = (st.text_area(said.GIVE_BACK_ASK, key=visit.key(f"because-{kept.version}"), max_chars=4000) or "").strip()
        if st.button(said.GIVE_BACK, key=visit.key("give-back")):
            if because:
                _do(lambda: consultations().give_back(kept.id, kept.version, because=because, by=staff))
            else:
                show_error(said.GIVE_BACK_EMPTY, field=visit.key(f"because-{kept.version}"))


def _locked(visit: Visit, staff: Staff, kept: Kept) -> None:
    if not _may(staff, "add an addendum"):
        return
    number = len(kept.consultation.addenda)  # the fields begin anew with each addendum
    with st.expander(said.ADD_TITLE, key=visit.key(f"add-{number}")):
        fields.note(said.ADD_LEAD)
        text = (st.text_area(said.ADD_ASK, key=visit.key(f"addendum-{number}"), max_chars=4000) or "").strip()
        reports = st.checkbox(said.ADD_EVENT, key=visit.key(f"event-{number}"))
        event = _adverse(visit, kept, number, text) if reports else None
        if st.button(said.ADD, key=visit.key(f"add-button-{number}"), type="primary"):
            if text and reports and event is None:
                show_error(said.ADD_EVENT_NO_DAY, field=visit.key(f"event-day-{number}"))
            elif text:
                _do(lambda: consultations().add_addendum(kept.id, kept.version, text, by=staff, adverse_event=event))
            else:
                show_error(said.ADD_EMPTY, field=visit.key(f"addendum-{number}"))


def _adverse(visit: Visit, kept: Kept, number: int, text: str) -> AdverseEvent | None:
    """The adverse event that an addendum reports, in the words of the addendum, with the product that it followed."""
    products = kept.consultation.products
    today, key = clinic_time.today(), visit.key(f"event-day-{number}")
    seen_on = day_field(said.ADD_EVENT_DAY, key, read_past_day, value=today).day
    action = st.text_area(said.ADD_EVENT_ACTION, key=visit.key(f"event-action-{number}"), max_chars=4000)
    product = st.selectbox(
        said.ADD_EVENT_PRODUCT,
        range(len(products)),
        index=None,
        format_func=lambda one: f"{products[one].brand or products[one].product} ({products[one].lot})",
        placeholder=said.ADD_EVENT_UNKNOWN,
        key=visit.key(f"event-product-{number}"),
    )
    if not text or seen_on is None:
        return None
    return AdverseEvent(what=text, seen_on=seen_on, action=(action or "").strip(), product=product)


def _files(visit: Visit, kept: Kept, whose: PatientIdentity) -> None:
    with st.expander(said.FILES_TITLE, key=visit.key("files"), on_change="rerun") as panel:
        if not panel.open:
            return
        offered: list[Audience] = ["clinical", "patient"]
        audience: Audience = st.radio(
            said.FILES_VOICE,
            [*offered, "consent"] if kept.consultation.consent else offered,
            format_func=said.VOICES.__getitem__,
            horizontal=True,
            key=visit.key("voice"),
        )

        def made(name: str) -> tuple[bytes, str]:
            file = render_consultation(
                kept.consultation, name, patient=whose, audience=audience, clinic=settings.clinic(), in_subprocess=True
            )
            return file, media_type(name)

        stem = file_stem(kept.consultation, audience, clinic_time.local(kept.begun_at).date())
        downloads(made, key=visit.key(f"files-{audience}"), stem=stem)
        if not is_drawable(f"{whose.name} {kept.consultation.json_text()}"):
            fields.note(translate(NOT_DRAWN))


def _may(staff: Staff, act: Act) -> bool:
    return act in ALLOWED[staff.role]


def _do(step: Callable[[], Kept]) -> None:
    """Take one step of the record's workflow, or show why it is refused; then show the record as it is."""
    try:
        step()
    except Conflict:
        show_error(said.CONFLICT)
    except RecommenderError as error:
        for problem in error.problems:
            show_error(str(problem))
    else:
        st.rerun()
