"""Records for the tests of the treatment's page, kept as the pages keep them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

from record_samples import begun_before
from strategies import shipped

from recommender.documents.answers import read_answers
from recommender.documents.consent import Consent
from recommender.documents.consultation import AdverseEvents, Aftercare, Consultation, FollowUp, Grading
from recommender.documents.plan import Point, Product
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Area, Treatment
from recommender.records.domain import workflow
from recommender.records.domain.consent_form import consent_form
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patients

BY: Final = Staff(id="n1", name="Nurse One", role="nurse")
OTHER: Final = Staff(id="n2", name="Nurse Two", role="nurse")
TODAY: Final = date.today()
STROKE: Final = "M 10 20 L 200.5 60 L 300 100.5"
FROWN: Final = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}
ASKED: Final = (
    "pregnant",
    "breastfeeding",
    "neuromuscular_disorder",
    "toxin_reaction",
    "severe_allergies",
    "diagnosed_body_dysmorphia",
    "pressured_by_others",
    "filler_reaction",
)
ANSWERS: Final[dict[str, Any]] = {
    "jurisdiction": "uk",
    "respondent": "nurse",
    "person": {"age": 44},
    "concerns": [FROWN],
    "history": dict.fromkeys(ASKED, "no"),
}
TOXIN: Final[tuple[Area, Treatment]] = ("glabella", "botulinum_toxin")


@cache
def _found(clinic_days: int) -> Consultation:
    rules = shipped("uk")
    draft = begun_before(workflow.begin(rules, None, by=BY, clinic_days=clinic_days))
    return workflow.record_findings(
        draft.model_copy(update={"jurisdiction": "uk"}), rules, findings=read_answers(ANSWERS), by=BY
    )


def decided(*agreed: tuple[Area, Treatment], clinic_days: int = 0, **fields: Any) -> Consultation:
    """A draft of frown lines with these treatments agreed on, graded, and these fields written."""
    draft = _found(clinic_days)
    for area, treatment in agreed:
        reason = None if (area, treatment) == TOXIN else "other"
        draft = workflow.decide(
            draft, "agree", area=area, treatment=treatment, by=BY, at=datetime.now(UTC), reason=reason, note="Made up."
        )
    graded = Grading(area="glabella", kind="lines", at_rest="none", on_movement="moderate")
    return workflow.write(draft, by=BY, gradings=(graded,), **fields)


def kept_in(record_store: RecordStore, consultation: Consultation) -> Kept:
    """The record of a made-up patient."""
    patient = Patients(record_store).add(Identity(name="Made Up"), by=BY, anyway=True)
    return Consultations(record_store).begin(patient.id, consultation, by=BY)


def product(**changed: Any) -> Product:
    """A product in which nothing is missing, with one point."""
    given: dict[str, Any] = {
        "treatment": "botulinum_toxin",
        "product": "a kind",
        "brand": "a brand",
        "lot": "LOT-1",
        "expires_on": TODAY + timedelta(days=90),
        "dilution": "made up",
        "unit": "units",
        "depth": "intramuscular",
        "technique": "single_points",
        "points": (Point(area="glabella", x=0.45, y=0.31, amount=1),),  # type: ignore[arg-type]
    }
    return Product(**{**given, **changed})


def signed_form(draft: Consultation) -> Consent:
    """The form for what a draft plans, agreed to and signed."""
    form = consent_form(shipped("uk"), draft)
    items = tuple(item.model_copy(update={"accepted": True}) for item in form.items)
    return form.model_copy(update={"items": items}).signed(STROKE, at=datetime.now().astimezone())


def complete() -> Consultation:
    """A draft in which nothing is missing."""
    draft = decided(TOXIN)
    return workflow.write(
        draft,
        by=BY,
        informed_on=TODAY,
        injected="yes",
        injected_on=TODAY,
        products=(product(),),
        consent=signed_form(draft),
        aftercare=Aftercare(how="both", leaflet="made up 2", given_at=datetime.now().astimezone()),
        adverse_events=AdverseEvents(none=True),
        follow_up=FollowUp(on=TODAY + timedelta(days=14)),
    )
