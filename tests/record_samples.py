"""Made-up people and visits, and a whole record that may be signed, from which tests take one thing away."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from strategies import shipped

from recommender.documents import Answers, read_answers
from recommender.documents.consent import Consent, ConsentItem
from recommender.documents.consultation import AdverseEvents, Aftercare, Consultation, FollowUp, Grading
from recommender.documents.plan import Point, Product
from recommender.documents.staff import Staff
from recommender.records.domain.workflow import begin, decide, record_findings, write

NURSE = Staff(id="n1", name="Nurse One", role="nurse")
OTHER_NURSE = Staff(id="n2", name="Nurse Two", role="nurse")
PRESCRIBER = Staff(id="p1", name="Prescriber One", role="prescriber")
LEAD = Staff(id="l1", name="Lead One", role="lead")
ADMIN = Staff(id="a1", name="Admin One", role="admin")

NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
DRAWING = "M 1 1 L 40 12 C 50 20 60 20 70 1"

FROWN = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}
LIPS = {"area": "lips", "kind": "fuller"}
SAFE = dict.fromkeys(
    (
        "pregnant",
        "breastfeeding",
        "neuromuscular_disorder",
        "toxin_reaction",
        "severe_allergies",
        "diagnosed_body_dysmorphia",
        "pressured_by_others",
        "filler_reaction",
        "lidocaine_allergy",
        "keloid_tendency",
        "porphyria",
        "untreated_epilepsy",
    ),
    "no",
)
#: of somebody who is 44 today, as the sample answers say, and of somebody who is on the day of ``NOW``
BORN_ON = date(date.today().year - 44, 1, 1)
BORN_THEN = date(1983, 1, 2)
ANSWERS: dict[str, Any] = {"jurisdiction": "uk", "person": {"age": 44}, "concerns": [FROWN], "history": SAFE}


def answers(**changed: Any) -> Answers:
    """The sample answers with some of their parts put differently."""
    return read_answers({**ANSWERS, **changed})


TOXIN = Product(
    treatment="botulinum_toxin",
    product="a kind",
    brand="a brand",
    lot="LOT-1 a",
    expires_on=date(2027, 12, 31),
    dilution="2.5 ml saline",
    unit="units",
    depth="intramuscular",
    technique="single_points",
    points=(
        Point(area="glabella", x=0.45, y=0.31, amount=Decimal(4)),
        Point(area="glabella", x=0.55, y=0.31, amount=Decimal("4.5")),
    ),
)
FORM = Consent(
    form="toxin", version="3", items=(ConsentItem(id="botulinum_toxin/risks", sentence="I was told what can go wrong."),)
)
CONSENTED = Consent(
    form="toxin",
    version="3",
    items=(ConsentItem(id="botulinum_toxin/risks", sentence="I was told what can go wrong.", accepted=True),),
    signature=DRAWING,
    signed_at=NOW,
)
TREATED: dict[str, Any] = {
    "gradings": (Grading(area="glabella", kind="lines", at_rest="none", on_movement="moderate"),),
    "informed_on": TODAY,
    "injected": "yes",
    "injected_on": TODAY,
    "products": (TOXIN,),
    "consent": CONSENTED,
    "aftercare": Aftercare(how="both", leaflet="toxin 2", given_at=NOW),
    "adverse_events": AdverseEvents(none=True),
    "follow_up": FollowUp(on=date(2027, 3, 15)),
    "note": "Prefers mornings.",
}


def begun_before(draft: Consultation) -> Consultation:
    """A draft as it was begun before a prescriber had to authorise anything: it is treated and signed as it was then."""
    known = shipped().reference.consultation
    cited = {source for entries in (known.cooling_off, known.prescriber) for entry in entries for source in entry.sources}
    sources = tuple(source for source in draft.duties.sources if source in cited)
    duties = draft.duties.model_copy(update={"authorised_first": (), "seen_as": "", "valid_days": None, "sources": sources})
    return draft.model_copy(update={"duties": duties})


@cache
def begun() -> Consultation:
    """A draft that starts from the patient's answers, from before a prescriber had to authorise anything."""
    return begun_before(begin(shipped(), answers(), by=NURSE))


@cache
def whole() -> Consultation:
    """A draft in which nothing is missing: frown lines, treated."""
    draft = record_findings(begun(), shipped(), findings=answers(respondent="nurse"), by=NURSE)
    draft = decide(draft, "agree", area="glabella", treatment="botulinum_toxin", by=NURSE, at=NOW)
    return write(draft, by=NURSE, **TREATED)


class Clock:
    """A clock that goes on by a second each time it is read, and further when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now
