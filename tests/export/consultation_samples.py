"""A made-up visit with something in every field of its record, each in words that stand nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from strategies import shipped

from recommender import RuleBase
from recommender.documents import Answers, read_answers
from recommender.documents.consent import Consent, ConsentItem
from recommender.documents.consultation import (
    AdverseEvent,
    AdverseEvents,
    Aftercare,
    Consultation,
    FollowUp,
    Grading,
)
from recommender.documents.plan import Point, Product
from recommender.documents.staff import Staff
from recommender.export import PatientIdentity
from recommender.records.domain import authorising
from recommender.records.domain.workflow import add_addendum, begin, co_sign, decide, give_back, record_findings, sign, write

NURSE = Staff(id="n1", name="Nurse One", role="nurse")
PRESCRIBER = Staff(id="p1", name="Prescriber One", role="prescriber")
NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
SOMEBODY = PatientIdentity("Somebody Made-Up", date(1983, 5, 6))
SAFE = dict.fromkeys(
    (
        *("pregnant", "breastfeeding", "neuromuscular_disorder", "toxin_reaction", "severe_allergies"),
        *("diagnosed_body_dysmorphia", "pressured_by_others", "filler_reaction", "lidocaine_allergy"),
        *("bovine_collagen_allergy", "keloid_tendency", "porphyria", "untreated_epilepsy"),
    ),
    "no",
)
FROWN = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}
LIPS = {"area": "lips", "kind": "fuller"}
CHEEK = {"area": "cheek", "kind": "volume_loss"}
TEXTURE = {"area": "skin", "kind": "texture"}

TOXIN = Product(
    treatment="botulinum_toxin",
    product="product-toxin",
    brand="brand-toxin",
    lot="lot-toxin",
    expires_on=date(2027, 12, 31),
    dilution="dilution-toxin",
    unit="units",
    depth="intramuscular",
    technique="single_points",
    points=(
        Point(area="glabella", x=0.453, y=0.31, amount=Decimal(4)),
        Point(area="glabella", x=0.547, y=0.31, amount=Decimal("4.5")),
    ),
)
FILLER = Product(
    treatment="dermal_filler",
    product="product-filler",
    brand="brand-filler",
    lot="lot-filler",
    expires_on=date(2028, 1, 31),
    unit="ml",
    depth="subcutaneous",
    technique="cannula",
    points=(
        Point(area="lips", x=0.42, y=0.56, amount=Decimal("0.25")),
        Point(area="glabella", x=0.5, y=0.33, amount=Decimal("0.5")),
    ),
)
WRITTEN: dict[str, Any] = {
    "gradings": (
        Grading(area="glabella", kind="lines", at_rest="mild", on_movement="severe"),
        Grading(area="lips", kind="fuller"),
    ),
    "informed_on": date(2027, 2, 20),
    "injected": "yes",
    "injected_on": NOW.date(),
    "products": (TOXIN, FILLER),
    "consent": Consent(
        form="form-name",
        version="version-7",
        items=tuple(
            ConsentItem(id=f"{treatment}/risks", sentence="I was told what can go wrong.", accepted=True)
            for treatment in ("botulinum_toxin", "dermal_filler")
        ),
        signature="M 1 1 L 40 12 C 50 20 60 20 70 1",
        signed_at=NOW,
    ),
    "aftercare": Aftercare(how="both", leaflet="leaflet-name", given_at=NOW),
    "adverse_events": AdverseEvents(
        none=False, events=(AdverseEvent(what="adverse-what", seen_on=NOW.date(), action="adverse-action", product=1),)
    ),
    "follow_up": FollowUp(on=date(2027, 3, 15)),
    "note": "visit-note",
}


def answers(**changed: Any) -> Answers:
    """What the patient said, with some of its parts put differently."""
    said = {"jurisdiction": "uk", "person": {"age": 44}, "concerns": [FROWN, LIPS, CHEEK], "history": SAFE}
    return read_answers({**said, **changed})


def draft_with(rules: RuleBase, **changed: Any) -> Consultation:
    """A draft with everything in it but signatures; ``changed`` are parts of both readings."""
    draft = begin(rules, answers(**changed), by=NURSE, clinic_days=3)
    seen = {"concerns": [{**FROWN, "at_rest": "yes"}, LIPS, CHEEK, TEXTURE], "screening": {"dcq_score": 7}}
    known = {**SAFE, "blood_thinners": "yes"}
    draft = record_findings(draft, rules, findings=answers(**{**seen, "history": known, **changed}), by=NURSE)
    frown: dict[str, Any] = {"area": "glabella", "treatment": "botulinum_toxin", "by": PRESCRIBER, "at": NOW}
    draft = decide(draft, "decline", **frown, reason="action-not-priority", note="first-decision-note")
    draft = decide(draft, "agree", **frown, reason="other", note="decision-note")
    draft = decide(draft, "agree", area="lips", treatment="dermal_filler", by=NURSE, at=NOW)
    cheek: dict[str, Any] = {"area": "cheek", "treatment": "dermal_filler", "by": NURSE, "at": NOW}
    draft = decide(draft, "decline", **cheek, reason="does-not-align-preferences", note="cheek-note")
    stopped: dict[str, Any] = {"area": "glabella", "treatment": "dermal_filler", "by": PRESCRIBER, "at": NOW}
    draft = decide(draft, "agree", **stopped, reason="recipient-disagrees-evidence", note="stop-note", confirmed=True)
    return write(authorised(draft), by=NURSE, **WRITTEN)


def authorised(draft: Consultation) -> Consultation:
    """Refused first, then authorised with another product than was asked for; and an emergency that waited for nobody."""
    asked = authorising.agreed_plan(draft, {"botulinum_toxin": "asked-product"})
    draft = authorising.ask(draft, asked, by=NURSE, at=NOW)
    draft = authorising.refuse(draft, because="refused-because", by=PRESCRIBER, at=NOW)
    draft = authorising.ask(draft, asked, by=NURSE, at=NOW)
    answer: dict[str, Any] = {"seen": "in_person", "seen_on": date(2027, 2, 21), "valid_until": date(2027, 4, 1)}
    plan = authorising.agreed_plan(draft, {"botulinum_toxin": "product-toxin"})
    draft = authorising.authorise(draft, plan, by=PRESCRIBER, at=NOW, because="changed-because", **answer)
    return authorising.record_emergency(draft, "adrenaline", because="emergency-because", by=NURSE, at=NOW)


@cache
def draft() -> Consultation:
    """Everything but signatures."""
    return draft_with(shipped())


@cache
def waiting() -> Consultation:
    """Signed by the nurse, given back once, and signed again: a prescriber has to sign too."""
    signed = _signed(draft())
    return _signed(give_back(signed, because="given-back-because", by=PRESCRIBER, at=NOW))


@cache
def locked() -> Consultation:
    """Signed by both, with an addendum about something that went wrong later."""
    late = AdverseEvent(what="late-adverse-what", seen_on=date(2027, 3, 9), action="late-adverse-action", product=0)
    return add_addendum(co_sign(waiting(), by=PRESCRIBER, at=NOW), "addendum-text", by=NURSE, at=NOW, adverse_event=late)


def _signed(consultation: Consultation) -> Consultation:
    return sign(consultation, by=NURSE, at=NOW, today=NOW.date())
