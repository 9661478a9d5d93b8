"""The life of a record: draft → signed → co-signed by a prescriber where one is due → locked; then addenda only.

A draft that was begun by mistake is discarded, or moved to the patient whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from recommender.documents.answers import Answers, read_answers
from recommender.documents.assessment import Option
from recommender.documents.consultation import (
    Addendum,
    AdverseEvent,
    Choice,
    Consultation,
    Decision,
    Duties,
    Move,
    Reading,
    ReasonCode,
    Return,
    Signature,
    Voided,
)
from recommender.documents.problems import Problem, RecommenderError
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Area, Treatment
from recommender.knowledge import RuleBase
from recommender.languages import translate
from recommender.records.domain.ages import age_problem
from recommender.records.domain.assessed_answers import reading
from recommender.records.domain.completeness import completeness
from recommender.records.domain.decisions import faults_of, reasons_for, standing_of
from recommender.records.domain.draft_checks import still_a_draft
from recommender.records.domain.permissions import NotAllowed, require

#: what is written by hand while it is a draft; the rest has a step of its own
WRITABLE = frozenset(
    {
        "gradings",
        "informed_on",
        "injected",
        "injected_on",
        "products",
        "consent",
        "aftercare",
        "adverse_events",
        "follow_up",
        "note",
        "unsaved",
    }
)


class Incomplete(RecommenderError):  # noqa: N818
    """A record that may not be signed yet; ``problems`` say what is missing."""

    heading = "The consultation cannot be signed yet"


def begin(
    rules: RuleBase, answers: Answers | Mapping[str, Any] | None = None, *, by: Staff, clinic_days: int = 0
) -> Consultation:
    """A new record: from what the patient answered, which is kept as it was given, or blank.

    The findings start as a copy of the patient's answers. ``clinic_days`` is how long this clinic makes everybody think.
    """
    require(by, "write a draft")
    patient = reading(rules, read_answers(answers)) if answers is not None else None
    start = patient.answers if patient else Answers()
    nurse = reading(rules, start.model_copy(update={"respondent": "nurse"}))
    jurisdiction = nurse.assessment.jurisdiction
    duties = _duties(rules, nurse, clinic_days)
    return Consultation(jurisdiction=jurisdiction, duties=duties, patient=patient, nurse=nurse)


def _duties(rules: RuleBase, nurse: Reading, clinic_days: int) -> Duties:
    where, age = nurse.assessment.jurisdiction, nurse.answers.person.age
    known = rules.reference.consultation
    waits = [
        entry
        for entry in known.cooling_off
        if where in entry.jurisdictions and (entry.below_age is None or age is None or age < entry.below_age)
    ]
    signs = [entry for entry in known.prescriber if where in entry.jurisdictions]
    return Duties(
        cooling_off_days=max((clinic_days, *(entry.days for entry in waits))),
        clinic_days=clinic_days,
        prescriber_signs=tuple(sorted({treatment for entry in signs for treatment in entry.treatments})),
        sources=tuple(sorted(frozenset().union(*(entry.sources for entry in waits), *(entry.sources for entry in signs)))),
    )


def find(consultation: Consultation, rules: RuleBase, *, findings: Answers | Mapping[str, Any], by: Staff) -> Consultation:
    """The record with what the nurse finds, and what the rules make of it; the patient's own answers stay as they are."""
    still_a_draft(consultation)
    require(by, "write a draft")
    given = read_answers(findings).model_copy(update={"respondent": "nurse", "jurisdiction": consultation.jurisdiction})
    nurse = reading(rules, given)
    return _with(consultation, nurse=nurse, duties=_duties(rules, nurse, consultation.duties.clinic_days))


def write(consultation: Consultation, *, by: Staff, **fields: Any) -> Consultation:
    """The record with some of its WRITABLE fields filled in or changed."""
    still_a_draft(consultation)
    require(by, "write a draft")
    refused = sorted(set(fields) - WRITABLE)
    if refused:
        raise NotAllowed([Problem(name, translate("is not written by hand"), tuple(sorted(WRITABLE))) for name in refused])
    return _with(consultation, **fields)


def decide(
    consultation: Consultation,
    choice: Choice,
    *,
    area: Area,
    treatment: Treatment,
    by: Staff,
    at: datetime,
    reason: ReasonCode | None = None,
    note: str = "",
    confirmed: bool = False,
    place: str = "",
) -> Consultation:
    """The record with a decision about one treatment at one place; raises NotAllowed where it is not this person's to take.

    ``place`` names the area where the assessment does not speak of it.

    A stop is decided on by a prescriber alone, with a reason of her own in words and a second confirmation.
    """
    still_a_draft(consultation)
    require(by, "write a draft")
    standing = standing_of(consultation.nurse.assessment, area, treatment)
    decision = Decision(
        area=area,
        treatment=treatment,
        choice=choice,
        status=standing.status,
        against=standing.against(choice),
        reason=reason,
        note=note,
        confirmed=confirmed,
        place=consultation.nurse.assessment.words.get(f"area.{area}", place),
        by=by,
        at=at,
    )
    problems = faults_of(decision, standing)
    if reason is not None and reason not in reasons_for(choice):
        problems += (Problem("reason", translate("speaks against it, and it is agreed to"), reasons_for(choice)),)
    if problems:
        raise NotAllowed(problems)
    return _with(consultation, decisions=(*consultation.decisions, decision))


def void(consultation: Consultation, *, because: str, by: Staff, at: datetime) -> Consultation:
    """The draft discarded, because it was begun by mistake: nothing in it is changed any more, and nothing is lost."""
    still_a_draft(consultation)
    require(by, "write a draft")
    return _with(consultation, voided=Voided(by=by, at=at, because=because))


def move(
    consultation: Consultation, rules: RuleBase, *, source: str, age: int | None, because: str, by: Staff, at: datetime
) -> Consultation:
    """The draft as it stands under the patient whose it is, and no longer under ``source``.

    ``age`` is this patient's; where it is None (no day of birth is known) it is asked again. All of it waits to be confirmed.
    """
    still_a_draft(consultation)
    require(by, "write a draft")
    given = consultation.nurse.answers
    person = given.person.model_copy(update={"age": age})
    moved = _with(consultation, moves=(*consultation.moves, Move(by=by, at=at, because=because, source=source)))
    return find(moved, rules.in_language(moved.language), findings=given.model_copy(update={"person": person}), by=by)


def confirm_move(consultation: Consultation, *, by: Staff) -> Consultation:
    """The moved draft, once somebody has checked that findings, age and consent are those of the patient it stands under."""
    still_a_draft(consultation)
    require(by, "write a draft")
    if not consultation.moves:
        raise NotAllowed([Problem("moves", translate("it was never moved"))])
    *before, last = consultation.moves
    return _with(consultation, moves=(*before, last.model_copy(update={"confirmed": by})))


def sign(consultation: Consultation, *, by: Staff, at: datetime, today: date, age: int | None = None) -> Consultation:
    """The record signed as it stands; raises Incomplete with everything that is missing.

    ``age`` is what the patient's day of birth gives: findings about another one are not signed.
    """
    still_a_draft(consultation)
    require(by, "sign")
    problems = completeness(consultation, today, age=age)
    if problems:
        raise Incomplete(problems)
    return _with(consultation, signature=Signature(by=by, at=at, content=consultation.content_hash))


def co_sign(consultation: Consultation, *, by: Staff, at: datetime, age: int | None = None) -> Consultation:
    """The record signed by a prescriber too, and thereby locked; raises Incomplete where its age is not the patient's."""
    _waiting(consultation)
    require(by, "co-sign")
    if problem := age_problem(consultation, age):
        raise Incomplete([problem])
    return _with(consultation, co_signature=Signature(by=by, at=at, content=consultation.content_hash))


def give_back(consultation: Consultation, *, because: str, by: Staff, at: datetime) -> Consultation:
    """The record as a draft again, because a prescriber does not sign it as it is; the reason stays in it."""
    _waiting(consultation)
    require(by, "co-sign")
    return _with(consultation, signature=None, returns=(*consultation.returns, Return(by=by, at=at, because=because)))


def add(
    consultation: Consultation, text: str, *, by: Staff, at: datetime, adverse_event: AdverseEvent | None = None
) -> Consultation:
    """The locked record with an addendum."""
    if consultation.state != "locked":
        raise NotAllowed([Problem(consultation.state, translate("an addendum is for a locked record"), ("locked",))])
    require(by, "add an addendum")
    if adverse_event is not None and adverse_event.product is not None and adverse_event.product >= len(consultation.products):
        raise NotAllowed([Problem("adverse_event.product", translate("names a product that the record does not have"))])
    addendum = Addendum(by=by, at=at, text=text, adverse_event=adverse_event)
    return _with(consultation, addenda=(*consultation.addenda, addendum))


def waits_for_prescriber(consultation: Consultation) -> bool:
    """Whether a prescriber is waited for: to co-sign, or to decide about an option that is theirs."""
    if consultation.state != "draft":
        return consultation.state == "signed"
    return bool(left_to_a_prescriber(consultation))


def left_to_a_prescriber(consultation: Consultation) -> tuple[Option, ...]:
    """The options under review that nobody has decided about yet."""
    review = (option for option in consultation.nurse.assessment.options if option.status == "review")
    return tuple(option for option in review if consultation.decision_on(option.area, option.treatment) is None)


def proposed_follow_up(rules: RuleBase, consultation: Consultation, injected_on: date) -> date | None:
    """The day to propose for seeing the patient again, the latest of those of the treatments used; None without any.

    It is that of ``consultation.yaml`` where a source names one, else the first day of the treatment's full effect, as its
    facts in the assessment say.
    """
    used = {product.treatment for product in consultation.products}
    days: list[float] = []
    for facts in consultation.nurse.assessment.treatments:
        if facts.treatment in used:
            review = rules.reference.consultation.review_after(facts.treatment)
            days += [review] if review is not None else facts.peak.days[:1] if facts.peak.days else []
    return injected_on + timedelta(days=round(max(days))) if days else None


def signatures_hold(consultation: Consultation) -> bool:
    """Whether every signature is one for exactly this content."""
    signed = [one for one in (consultation.signature, consultation.co_signature) if one is not None]
    return all(one.content == consultation.content_hash for one in signed)


def _waiting(consultation: Consultation) -> None:
    if consultation.state != "signed":
        raise NotAllowed([Problem(consultation.state, translate("no prescriber's signature is waited for"), ("signed",))])


def _with(consultation: Consultation, **fields: Any) -> Consultation:
    return Consultation.model_validate({**dict(consultation), **fields})
