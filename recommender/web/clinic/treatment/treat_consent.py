"""The part of the page on which the patient consents: the form in its words, each sentence answered, the signature drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final

import streamlit as st

from recommender.documents.consent import Consent
from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem, RecommenderError
from recommender.knowledge.consent_forms import OwnForm
from recommender.languages import clinic_time
from recommender.records.domain.consent_form import (
    areas_left_out,
    consent_form,
    notice_of,
    own_forms_for,
    planned_treatments,
    treatments_of,
)
from recommender.records.domain.permissions import NotAllowed
from recommender.records.storage import settings
from recommender.web.clinic.auth import access
from recommender.web.clinic.records.record_fields import RecordFields
from recommender.web.clinic.records.record_widgets import Widgets, button, confirmed_button
from recommender.web.clinic.records.record_writing import unchanged
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.treatment.treat_names import place_name, treatment_name
from recommender.web.clinic.ui.typed_days import moment_text
from recommender.web.components.signature_pad import signature, signature_shown
from recommender.web.ui import fields

_FORM: Final = "consent-form"


def consent_part(record: RecordFields, widgets: Widgets) -> None:
    """The consent of a record: none yet, being read, or signed."""
    st.header(said.CONSENT, anchor=False)
    consultation = record.shown
    consent = consultation.consent
    if consent is None:
        if planned_treatments(consultation):
            fields.note(said.CONSENT_LEAD)
            if not any(product.brand or product.product for product in consultation.products):
                fields.note(said.CONSENT_NO_PRODUCT)
            _which(record)
            button(record, "lay-consent", said.CONSENT_LAY, _laid(record, None), look="primary")
            fields.note(notice_of(record.rules, consultation))
        else:
            fields.note(said.CONSENT_NOTHING, kind="plain")
        return
    version = said.CONSENT_VERSION.format(form=consent.form, version=consent.version)
    fields.note(f"{version}. {notice_of(record.rules, consultation)}")
    unsaid = [name for name in planned_treatments(consultation) if name not in treatments_of(consent)]
    if unsaid:
        names = ", ".join(treatment_name(record, treatment) for treatment in unsaid)
        fields.note(said.CONSENT_UNSAID.format(treatments=names), kind="error")
    if left_out := areas_left_out(consultation):
        places = ", ".join(place_name(record, area) for area in dict.fromkeys(area for _, area in left_out))
        fields.note(said.CONSENT_PLACES.format(places=places), kind="error")
    about(consent)
    if consent.signed_at is None:
        _asked(record, widgets, consent)
    else:
        _signed(record, consent)
    _which(record)
    confirmed_button(
        record, "new-consent", said.CONSENT_NEW, _laid(record, consent), ask=said.CONSENT_NEW_ASK, yes=said.CONSENT_NEW_SURE
    )


def about(consent: Consent) -> None:
    """What a form is about: each treatment with its places and products, as it is read; an older form says none."""
    lines = []
    for one in consent.subjects:
        where = f": {one.places}" if one.places else ""
        products = said.CONSENT_PRODUCTS.format(products=", ".join(one.products)) if one.products else said.CONSENT_UNNAMED
        lines.append(f"<li><b>{escape(one.name)}{escape(where)}.</b> {escape(products)}</li>")
    if lines:
        st.html(f'<ul class="points">{"".join(lines)}</ul>')


def _own(record: RecordFields) -> dict[str, OwnForm]:
    """The clinic's own forms for what is planned, by name and version."""
    fitting = own_forms_for(record.shown, settings.own_forms())
    return {said.CONSENT_VERSION.format(form=one.form, version=one.version): one for one in fitting}


def _which(record: RecordFields) -> None:
    """Which form is opened next, where the clinic has its own."""
    own = _own(record)
    if own:
        ours = record.rules.in_language(record.shown.language).reference.consent.of(record.shown.jurisdiction)
        names = [*own, said.CONSENT_VERSION.format(form=ours.form, version=ours.version)]
        st.radio(said.CONSENT_WHICH, names, key=f"{_FORM}-{record.record}")


def _handed(record: RecordFields) -> object:
    """Let the patient hold the form of this record: from the next run on this browser shows nothing else."""
    consent = record.kept.consultation.consent
    if record.kept.consultation.state == "draft" and consent is not None and consent.signed_at is None:
        access.hand_over(record.record)
    return None


def sentences(
    record: RecordFields, widgets: Widgets, consent: Consent, *, heading: Callable[..., object] = st.subheader
) -> None:
    """Each sentence of a form with its two answers, under its heading, which ``heading`` draws."""
    with st.container(key=f"items-{record.record}"):
        above = ""
        for number, item in enumerate(consent.items):
            if item.heading and item.heading != above:
                heading(fields.plain(item.heading), anchor=False)
                above = item.heading
            widgets.one_of(f"consent.items[{number}].accepted", f"{number + 1}. {fields.plain(item.sentence)}", said.YES_NO)


def _asked(record: RecordFields, widgets: Widgets, consent: Consent) -> None:
    button(record, "hand-consent", said.CONSENT_HAND, _handed, look="primary")
    fields.note(said.CONSENT_HAND_HINT)
    fields.note(said.CONSENT_ASK, kind="plain")
    sentences(record, widgets, consent)
    left, refused = (sum(item.accepted is answer for item in consent.items) for answer in (None, False))
    if refused:
        fields.note(said.CONSENT_NO.format(number=refused), kind="error")
    elif left:
        fields.note(said.CONSENT_LEFT.of(left).format(number=left), kind="plain")
    else:
        fields.note(said.CONSENT_SIGN, kind="subject")
        signature(key=record.key("consent.signature"), kept=consent.signature)
        widgets.wrong("consent.signature")
        if consent.signature is not None:
            button(record, "consent-done", said.CONSENT_DONE, _done(consent), look="primary")
            fields.note(said.CONSENT_DONE_HINT)


def _signed(record: RecordFields, consent: Consent) -> None:
    at = moment_text(consent.signed_at) if consent.signed_at else ""
    fields.note(said.CONSENT_SIGNED.format(at=at), kind="done")
    answers = {True: said.ACCEPTED, False: said.REFUSED, None: said.OPEN}
    with st.expander(said.CONSENT_ITEMS):
        rows = "".join(f"<li>{escape(item.sentence)} <b>{answers[item.accepted]}</b></li>" for item in consent.items)
        st.html(f'<ol class="points">{rows}</ol>')
    if consent.signature is not None:
        try:
            signature_shown(consent.signature, key=record.key("consent", "shown"), name=said.CONSENT_PICTURE.format(at=at))
        except RecommenderError:
            fields.note(said.CONSENT_UNREADABLE, kind="plain")


def _laid(record: RecordFields, before: Consent | None) -> Callable[[RecordFields], object]:
    """Put a consent form into the record in place of the one shown; not if somebody else changed or signed it since."""
    shown = record.shown
    own = _own(record).get(st.session_state.get(f"{_FORM}-{record.record}", ""))

    def step(stored: Consultation) -> Mapping[str, Any]:
        if before is None:
            unchanged(stored, shown, "consent", said.CONSENT_ELSEWHERE)
        elif stored.consent is None or (stored.consent.fingerprint, stored.consent.signed_at) != (
            before.fingerprint,
            before.signed_at,
        ):
            raise NotAllowed([Problem("consent", said.CONSENT_ELSEWHERE)])
        return {"consent": consent_form(record.rules, stored, own)}

    return lambda here: here.act(step, anew=["consent"])


def _done(shown: Consent) -> Callable[[RecordFields], object]:
    return lambda here: here.act(signing(shown), anew=["consent"])


def signing(shown: Consent) -> Callable[[Consultation], Mapping[str, Any]]:
    """Keep the consent as it is signed; only the one that was shown, every sentence of it accepted."""

    def step(stored: Consultation) -> Mapping[str, Any]:
        consent = stored.consent
        if consent is None or consent.signature is None or (consent.items, consent.signed_at) != (shown.items, None):
            raise NotAllowed([Problem("consent", said.CONSENT_ELSEWHERE)])
        if not all(item.accepted for item in consent.items):
            raise NotAllowed([Problem("consent", said.CONSENT_ELSEWHERE)])
        return {"consent": consent.signed(consent.signature, at=clinic_time.now().replace(microsecond=0))}

    return step
