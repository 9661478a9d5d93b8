"""The consent form of a visit: that day's words, for what is planned, fixed before the patient reads them."""

from __future__ import annotations

from recommender.documents.consent import Consent, ConsentItem
from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.documents.vocabulary import TREATMENTS, Treatment
from recommender.knowledge import RuleBase
from recommender.knowledge.consent_forms import ConsentForms
from recommender.languages import translate
from recommender.records.domain.permissions import NotAllowed


def consent_form(rules: RuleBase, consultation: Consultation) -> Consent:
    """A form without answers, with the sentences for every treatment that is planned, in the language of the record.

    An item's id is its part and its name: ``general/told``, ``dermal_filler/vessel``. Show ``notice_of`` with it. Raises
    NotAllowed where nothing is planned.
    """
    planned = planned_treatments(consultation)
    if not planned:
        raise NotAllowed(
            [Problem("decisions", translate("nothing is agreed on yet: decide first, then ask for consent to it"))]
        )
    where, form = consultation.jurisdiction, _forms(rules, consultation).of(consultation.jurisdiction)
    items = tuple(
        ConsentItem(id=item_id(part, one.id), sentence=one.sentence)
        for part, sentences in form.parts
        if part == "general" or part in planned
        for one in sentences
        if one.jurisdictions is None or where in one.jurisdictions
    )
    return Consent(form=form.form, version=form.version, items=items)


def _forms(rules: RuleBase, consultation: Consultation) -> ConsentForms:
    """The forms in the language of the record."""
    return rules.in_language(consultation.language).reference.consent


def notice_of(rules: RuleBase, consultation: Consultation) -> str:
    """The notice to print with the form: that it is a draft."""
    return _forms(rules, consultation).of(consultation.jurisdiction).notice


def planned_treatments(consultation: Consultation) -> tuple[Treatment, ...]:
    """The treatments that are agreed on somewhere, or of which the plan has a product."""
    latest = {(one.area, one.treatment): one.choice for one in consultation.decisions}
    planned = {treatment for (_, treatment), choice in latest.items() if choice == "agree"}
    planned |= {product.treatment for product in consultation.products}
    return tuple(treatment for treatment in TREATMENTS if treatment in planned)


def item_id(part: str, name: str) -> str:
    """The id of an item: its part and its name."""
    return f"{part}/{name}"


def treatments_of(consent: Consent) -> frozenset[str]:
    """The parts of the form that a consent has items of: treatments, and ``general``."""
    return frozenset(item.id.partition("/")[0] for item in consent.items if "/" in item.id)
