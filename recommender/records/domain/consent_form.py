"""The consent form of a visit: that day's words, for what is planned, fixed before the patient reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from recommender.documents.consent import Consent, ConsentItem, ConsentSubject
from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.documents.vocabulary import AREAS, TREATMENTS, Area, Treatment
from recommender.knowledge import RuleBase
from recommender.knowledge.consent_forms import OurForm, OwnForm
from recommender.languages import message, speaking, together, translate
from recommender.records.domain.permissions import NotAllowed

_PART: Final = message("{treatment}: {heading}")
_PRODUCT: Final = message("{brand} ({product})")


def consent_form(rules: RuleBase, consultation: Consultation, own: OwnForm | None = None) -> Consent:
    """A form without answers, with the sentences for every treatment that is planned, in the language of the record: ours, or
    one of the clinic's own.

    An item's id is its part and its name: ``general/told``, ``dermal_filler/vessel``. Show ``notice_of`` with it. Raises
    NotAllowed where nothing is planned, or where a form of the clinic's own is not for what is planned.
    """
    planned = planned_treatments(consultation)
    if not planned:
        raise NotAllowed(
            [Problem("decisions", translate("nothing is agreed on yet: decide first, then ask for consent to it"))]
        )
    if own is not None and own not in own_forms_for(consultation, [own]):
        raise NotAllowed([Problem("consent", translate("this form is not for what is agreed on: choose another one"))])
    where, form = consultation.jurisdiction, own or _our_form(rules, consultation)
    with speaking(consultation.language):
        subjects = tuple(_subjects(rules, consultation, planned))
        named = {one.treatment: one.name for one in subjects}
        items = tuple(
            ConsentItem(
                id=item_id(part, one.id),
                sentence=one.sentence,
                heading=_heading(form.heading(one), next((name for known, name in named.items() if known == part), "")),
            )
            for part, sentences in form.parts
            if part == "general" or part in planned
            for one in sentences
            if one.jurisdictions is None or where in one.jurisdictions
        )
    return Consent(form=form.form, version=form.version, items=items, subjects=subjects, notice=form.notice or "")


def _heading(heading: str, treatment: str) -> str:
    return translate(_PART).format(treatment=treatment, heading=heading) if treatment else heading


def _subjects(rules: RuleBase, consultation: Consultation, planned: Iterable[Treatment]) -> Iterator[ConsentSubject]:
    """What is consented to, in the words that a patient there may read; a product as it is recorded."""
    told = rules.in_language(consultation.language).voice("patient", consultation.jurisdiction).reference
    for treatment in planned:
        areas = planned_areas(consultation, treatment)
        used = (one for one in consultation.products if one.treatment == treatment and (one.brand or one.product))
        yield ConsentSubject(
            treatment=treatment,
            areas=areas,
            name=next(facts.name for facts in told.treatments if facts.treatment == treatment),
            places=together([told.questions.areas[area].label for area in areas]) if areas else "",
            products=tuple(
                dict.fromkeys(
                    translate(_PRODUCT).format(brand=one.brand, product=one.product)
                    if one.brand and one.product
                    else one.brand or one.product
                    for one in used
                )
            ),
        )


def _our_form(rules: RuleBase, consultation: Consultation) -> OurForm:
    """Our form in the language of the record."""
    return rules.in_language(consultation.language).reference.consent.of(consultation.jurisdiction)


def own_forms_for(consultation: Consultation, forms: Iterable[OwnForm]) -> tuple[OwnForm, ...]:
    """The clinic's own forms that say something about what is planned, in the language of the record and for its country."""
    planned = planned_treatments(consultation)
    return tuple(
        form
        for form in forms
        if form.language == consultation.language
        and consultation.jurisdiction in form.jurisdictions
        and any(treatment in form.treatments for treatment in planned)
    )


def notice_of(rules: RuleBase, consultation: Consultation) -> str:
    """The notice to print with the form of a record: of ours that it is a draft; of the clinic's own what it says itself."""
    consent = consultation.consent
    return consent.notice if consent is not None and consent.subjects else _our_form(rules, consultation).notice


def planned_treatments(consultation: Consultation) -> tuple[Treatment, ...]:
    """The treatments that are agreed on somewhere, or of which the plan has a product."""
    latest = {(one.area, one.treatment): one.choice for one in consultation.decisions}
    planned = {treatment for (_, treatment), choice in latest.items() if choice == "agree"}
    planned |= {product.treatment for product in consultation.products}
    return tuple(treatment for treatment in TREATMENTS if treatment in planned)


def planned_areas(consultation: Consultation, treatment: Treatment) -> tuple[Area, ...]:
    """The places at which a treatment is agreed on, or of which the plan has a point."""
    latest = {(one.area, one.treatment): one.choice for one in consultation.decisions}
    planned = {area for (area, known), choice in latest.items() if known == treatment and choice == "agree"}
    planned |= {area for product in consultation.products if product.treatment == treatment for area in product.areas}
    return tuple(area for area in AREAS if area in planned)


def areas_left_out(consultation: Consultation) -> tuple[tuple[Treatment, Area], ...]:
    """Where a treatment is planned by now and the form does not name the place; none of a form that names no place at all."""
    subjects = consultation.consent.subjects if consultation.consent else ()
    return tuple(
        (one.treatment, area)
        for one in subjects
        for area in planned_areas(consultation, one.treatment)
        if area not in one.areas
    )


def item_id(part: str, name: str) -> str:
    """The id of an item: its part and its name."""
    return f"{part}/{name}"


def treatments_of(consent: Consent) -> frozenset[str]:
    """The parts of the form that a consent has items of: treatments, and ``general``."""
    return frozenset(item.id.partition("/")[0] for item in consent.items if "/" in item.id)
