"""The consent form that a patient holds: nothing else of the record, until somebody of the staff signs in anew."""

from __future__ import annotations

from html import escape

import streamlit as st

from recommender.documents.consent import Consent
from recommender.documents.staff import Staff
from recommender.export import PatientIdentity, media_type, render_consultation
from recommender.export.visit.summary import file_stem
from recommender.export.visit.words import day, typed
from recommender.languages import clinic_time, short_day, spoken
from recommender.records.domain.completeness import first_day
from recommender.records.domain.consent_form import notice_of
from recommender.records.errors import NotFound
from recommender.records.storage import settings
from recommender.web.clinic.auth import provider
from recommender.web.clinic.auth.routes import SIGN_IN
from recommender.web.clinic.auth.words import WITH_PROVIDER
from recommender.web.clinic.records.record_fields import RecordFields
from recommender.web.clinic.records.record_widgets import Widgets
from recommender.web.clinic.stores import patients
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.treatment.treat_consent import about, sentences, signing
from recommender.web.clinic.treatment.treat_fields import consent_fields
from recommender.web.components.downloads import downloads
from recommender.web.components.signature_pad import signature
from recommender.web.server.base_path import base_path
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def title() -> str:
    """The title of the page, the same for every patient."""
    return said.HELD_TITLE


def held_page(visit: Visit, staff: Staff) -> None:
    """The form to read, to answer and to sign; then a copy to take."""
    st.title(said.HELD_TITLE, anchor=False)
    with st.container(key="treat"):
        try:
            record = RecordFields(visit, staff, lambda one: consent_fields(one.shown))
            identity = patients().get(record.kept.patient_id, by=staff).identity
        except NotFound:
            fields.note(said.HELD_CLOSED, kind="plain")
        else:
            record.collect()
            _form(visit, record, PatientIdentity(identity.name, identity.born_on))
    _back_to_staff()


def _form(visit: Visit, record: RecordFields, whose: PatientIdentity) -> None:
    consultation, consent = record.shown, record.shown.consent
    if consent is None or (consultation.state != "draft" and consent.signed_at is None):
        fields.note(said.HELD_CLOSED, kind="plain")
        return
    born = said.HELD_BORN.format(day=short_day(whose.born_on)) if whose.born_on else ""
    fields.note(said.HELD_FOR.format(name=typed(whose.name), born=born), kind="subject", people=[typed(whose.name)])
    about(consent)
    fields.note(said.HELD_INFORMED.format(day=day(consultation.informed_on)), kind="plain")
    days, told = consultation.duties.cooling_off_days, consultation.informed_on
    if days and told is not None:
        fields.note(said.WAIT_UNTIL.format(days=days, day=short_day(first_day(told, days))), kind="plain")
    elif days:
        fields.note(said.WAIT.format(days=days), kind="plain")
    version = said.CONSENT_VERSION.format(form=consent.form, version=consent.version)
    fields.note(f"{version}. {notice_of(record.rules, consultation)}")
    for refusal in record.refusal:
        fields.note(refusal, kind="error")
    if consent.signed_at is None:
        _read(record, consent)
    else:
        fields.note(said.HELD_SIGNED, kind="done")
        _copy(visit, record, whose)


def _read(record: RecordFields, consent: Consent) -> None:
    widgets = Widgets(record)
    sentences(record, widgets, consent, heading=st.header)
    left, refused = (sum(item.accepted is answer for item in consent.items) for answer in (None, False))
    if refused:
        fields.note(said.HELD_NO.format(number=refused), kind="error")
    elif left:
        fields.note(said.CONSENT_LEFT.of(left).format(number=left), kind="plain")
    else:
        fields.note(said.HELD_SIGN, kind="subject")
        signature(key=record.key("consent.signature"), kept=consent.signature)
        widgets.wrong("consent.signature")
        if consent.signature is not None:
            pressed = st.button(said.HELD_DONE, key=f"held-done-{record.record}", type="primary")
            fields.note(said.CONSENT_DONE_HINT)
            if pressed:
                record.act(signing(consent), anew=["consent"])
                st.rerun()


def _copy(visit: Visit, record: RecordFields, whose: PatientIdentity) -> None:
    """The form as it was signed, as a PDF."""
    consultation = record.kept.consultation

    def made(name: str) -> tuple[bytes, str]:
        written = render_consultation(
            consultation, name, patient=whose, audience="consent", clinic=settings.clinic(), in_subprocess=True
        )
        return written, media_type(name)

    fields.note(said.HELD_COPY)
    stem = file_stem(consultation, "consent", clinic_time.local(record.kept.begun_at).date())
    downloads(made, key=visit.key("held-copy"), formats=("pdf",), stem=stem)


def _back_to_staff() -> None:
    """How the staff comes back: by signing in, which ends this session."""
    st.divider()
    fields.note(said.HELD_STAFF)
    if provider.is_on() and st.button(spoken(WITH_PROVIDER), key="with-provider"):
        st.login()
    st.html(
        f'<p class="sign-in"><a class="go" target="_self" href="{base_path()}{SIGN_IN}">{escape(said.HELD_SIGN_IN)}</a></p>'
    )
