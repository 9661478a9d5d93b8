"""The consent form of a visit as it was read and signed: in the clinical record, and as a copy for the patient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from recommender.documents.consent import Consent
from recommender.documents.consultation import Consultation
from recommender.export.blocks import Block, Bullets, Callout, Handwriting, Line, Paragraph, Section
from recommender.export.labels import Labels
from recommender.export.sections import basis
from recommender.export.visit.words import NOT_SAID, day, moment, typed
from recommender.languages import spoken, translate


def consent_section(consultation: Consultation) -> Section:
    """The consent in the clinical record: the form with the fingerprint of its words, what it is about, and each answer."""
    consent = consultation.consent
    if consent is None:
        return Section("consent", translate("Consent"), (Paragraph(Line(translate("No consent form is in the record."))),))
    mark = (Line(consent.fingerprint, label=translate("Fingerprint of its words")),)
    return Section("consent", translate("Consent"), (Bullets("", (*_form(consent), *mark)), *_about(consent), *_read(consent)))


def consent_sections(consultation: Consultation) -> tuple[Section, ...]:
    """The copy for the patient: the same form, with the day of the information and what it says of itself."""
    consent, title = consultation.consent, translate("The form")
    labels = Labels(consultation.nurse.public)
    standing = spoken(basis.STANDING_OF_RULES)[consultation.nurse.public.rules.status]
    lines = (
        Line(day(consultation.informed_on), label=translate("Information given on")),
        Line(str(consultation.duties.cooling_off_days), label=translate("Whole days to think")),
    )
    if consent is None:
        blocks: tuple[Block, ...] = (Paragraph(Line(translate("No consent form is in the record."))),)
    else:
        notice = (Callout("quiet", typed(consent.notice)),) if consent.notice else ()
        blocks = (*notice, *_about(consent), Bullets("", (*lines, *_form(consent))), *_read(consent))
    said = [Line(labels.standing, label=translate("Please note"))] if labels.standing else []
    about = Bullets("", (*said, Line(standing, label=translate("Standing of the rules"))))
    return (Section("consent", title, blocks), Section("about", translate("About this page"), (about,)))


def _form(consent: Consent) -> tuple[Line, ...]:
    named = translate("{form}, version {version}").format(form=typed(consent.form), version=typed(consent.version))
    at = moment(consent.signed_at) if consent.signed_at else spoken(NOT_SAID)
    return (Line(named, label=translate("Form")), Line(at, label=translate("Signed by the patient")))


def _about(consent: Consent) -> Iterator[Block]:
    lines = tuple(
        Line(
            typed(one.places),
            label=typed(one.name),
            details=(translate("Product: {products}").format(products=", ".join(map(typed, one.products))),)
            if one.products
            else (),
        )
        for one in consent.subjects
    )
    if lines:
        yield Bullets(translate("What it is about"), lines)


def _read(consent: Consent) -> Iterator[Block]:
    """The sentences under their headings, each with its answer, and the signature."""
    answered = {True: translate("Agreed"), False: translate("Not agreed"), None: spoken(NOT_SAID)}
    for heading, items in groupby(consent.items, key=lambda item: item.heading):
        lines = tuple(Line(typed(item.sentence), label=answered[item.accepted]) for item in items)
        yield Bullets(typed(heading) or translate("What was read"), lines)
    if consent.signature:
        yield Handwriting(consent.signature, translate("The patient's signature, as drawn"))
    else:
        yield Paragraph(Line(translate("The patient has not signed it.")))
