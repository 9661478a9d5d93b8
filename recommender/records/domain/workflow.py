"""The workflow of a record: draft → signed → co-signed by a prescriber where required → locked; then addenda only.

A draft that was begun by mistake is discarded, or moved to the right patient.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from recommender.documents.answers import Answers, read_answers
from recommender.documents.assessment import Option
from recommender.documents.consultation import (
    Addendum,
    AdverseEvent,
    AssessedAnswers,
    Choice,
    Consultation,
    Decision,
    Duties,
    Move,
    ReasonCode,
    RecordSignature,
    Return,
    Voided,
)
from recommender.documents.problems import Problem, RecommenderError
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import LEFT_TO_A_PRESCRIBER, STATUS_OF, Area, Treatment
from recommender.knowledge import RuleBase
from recommender.languages import translate
from recommender.records.domain.ages import age_problem
from recommender.records.domain.assessed_answers import assess_answers
from recommender.records.domain.completeness import completeness
from recommender.records.domain.decisions import advice_on, allowed_reasons, decision_problems
from recommender.records.domain.draft_checks import require_draft
from recommender.records.domain.permissions import NotAllowed, require

_LEFT_TO_A_PRESCRIBER = frozenset(STATUS_OF[effect] for effect in LEFT_TO_A_PRESCRIBER)
#: fields that ``write`` changes; the others have steps of their own
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
        "unread",
    }
)


class Incomplete(RecommenderError):  # noqa: N818
    """A record that cannot be signed yet; ``problems`` say what is missing."""

    heading = "The consultation cannot be signed yet"


def begin(
    rules: RuleBase, answers: Answers | Mapping[str, Any] | None = None, *, by: Staff, clinic_days: int = 0
) -> Consultation:
    """A new record, blank or from a patient's answers, which are kept as given.

    The findings start as a copy of the answers. ``clinic_days`` is the clinic's own minimum of days to think.
    """
    require(by, "write a draft")
    patient = assess_answers(rules, read_answers(answers)) if answers is not None else None
    start = patient.answers if patient else Answers()
    nurse = assess_answers(rules, start.model_copy(update={"respondent": "nurse"}))
    jurisdiction = nurse.assessment.jurisdiction
    duties = _duties(rules, nurse, clinic_days, authorised_first=True)
    return Consultation(jurisdiction=jurisdiction, duties=duties, patient=patient, nurse=nurse)


def _duties(rules: RuleBase, nurse: AssessedAnswers, clinic_days: int, *, authorised_first: bool) -> Duties:
    """The duties of a visit; one that was begun before there was anything to authorise first keeps none of it."""
    where, age = nurse.assessment.jurisdiction, nurse.answers.person.age
    known = rules.reference.consultation
    waits = [
        entry
        for entry in known.cooling_off
        if where in entry.jurisdictions and (entry.below_age is None or age is None or age < entry.below_age)
    ]
    signs = [entry for entry in known.prescriber if where in entry.jurisdictions]
    treatments = tuple(sorted({treatment for entry in signs for treatment in entry.treatments}))
    first = [entry for entry in known.authorisation if authorised_first and where in entry.jurisdictions]
    cited = (*(one.sources for one in waits), *(one.sources for one in signs), *(one.sources for one in first))
    return Duties(
        cooling_off_days=max((clinic_days, *(entry.days for entry in waits))),
        clinic_days=clinic_days,
        prescriber_signs=treatments,
        authorised_first=treatments if authorised_first else (),
        seen_as=("in_person" if any(entry.seen == "in_person" for entry in first) else "live") if first else "",
        valid_days=min((entry.valid_days for entry in first if entry.valid_days), default=None),
        sources=tuple(sorted(frozenset().union(*cited))),
    )


def record_findings(
    consultation: Consultation, rules: RuleBase, *, findings: Answers | Mapping[str, Any], by: Staff
) -> Consultation:
    """The record with the nurse's findings and what the rules conclude from them; the patient's answers stay."""
    require_draft(consultation)
    require(by, "write a draft")
    given = read_answers(findings).model_copy(update={"respondent": "nurse", "jurisdiction": consultation.jurisdiction})
    nurse = assess_answers(rules, given)
    was = consultation.duties
    return _with(
        consultation,
        nurse=nurse,
        duties=_duties(rules, nurse, was.clinic_days, authorised_first=bool(was.authorised_first)),
    )


def write(consultation: Consultation, *, by: Staff, **fields: Any) -> Consultation:
    """The record with some of its WRITABLE fields changed."""
    require_draft(consultation)
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

    Only a prescriber decides against a stop, with a reason in words and a second confirmation. ``place`` names the area where
    the assessment does not.
    """
    require_draft(consultation)
    require(by, "write a draft")
    advice = advice_on(consultation.nurse.assessment, area, treatment)
    decision = Decision(
        area=area,
        treatment=treatment,
        choice=choice,
        status=advice.status,
        against=advice.against(choice),
        reason=reason,
        note=note,
        confirmed=confirmed,
        place=consultation.nurse.assessment.words.get(f"area.{area}", place),
        by=by,
        at=at,
    )
    problems = decision_problems(decision, advice)
    if reason is not None and reason not in allowed_reasons(choice):
        problems += (Problem("reason", translate("speaks against it, and it is agreed to"), allowed_reasons(choice)),)
    if problems:
        raise NotAllowed(problems)
    return _with(consultation, decisions=(*consultation.decisions, decision))


def discard(consultation: Consultation, *, because: str, by: Staff, at: datetime) -> Consultation:
    """The draft discarded because it was begun by mistake. It cannot be changed any more."""
    require_draft(consultation)
    require(by, "write a draft")
    return _with(consultation, voided=Voided(by=by, at=at, because=because))


def move(
    consultation: Consultation, rules: RuleBase, *, source: str, age: int | None, because: str, by: Staff, at: datetime
) -> Consultation:
    """The draft moved to the right patient, away from ``source``; the move has to be confirmed.

    ``age`` is this patient's; where it is None (no day of birth is known) the age is asked again. What a prescriber has
    authorised was for the other patient, and no longer counts.
    """
    require_draft(consultation)
    require(by, "write a draft")
    given = consultation.nurse.answers
    person = given.person.model_copy(update={"age": age})
    answered = tuple(one for one in consultation.authorisations if one.answer is not None)  # what still waits is sent again
    moves = (*consultation.moves, Move(by=by, at=at, because=because, source=source))
    moved = _with(consultation, moves=moves, authorisations=answered)
    return record_findings(
        moved, rules.in_language(moved.language), findings=given.model_copy(update={"person": person}), by=by
    )


def confirm_move(consultation: Consultation, *, by: Staff) -> Consultation:
    """The moved draft, confirmed: somebody has checked that findings, age and consent are this patient's."""
    require_draft(consultation)
    require(by, "write a draft")
    if not consultation.moves:
        raise NotAllowed([Problem("moves", translate("it was never moved"))])
    *before, last = consultation.moves
    return _with(consultation, moves=(*before, last.model_copy(update={"confirmed": by})))


def sign(
    consultation: Consultation,
    *,
    by: Staff,
    at: datetime,
    today: date,
    age: int | None = None,
    recalled: Collection[str] = (),
) -> Consultation:
    """The record signed; raises Incomplete with everything that is missing.

    ``age`` is what the patient's day of birth gives: findings with another one are not signed. ``recalled`` are the lots that
    the clinic knows to be recalled.
    """
    require_draft(consultation)
    require(by, "sign")
    problems = completeness(consultation, today, age=age, by=by, recalled=recalled)
    if problems:
        raise Incomplete(problems)
    return _with(consultation, signature=RecordSignature(by=by, at=at, content=consultation.content_hash))


def co_sign(consultation: Consultation, *, by: Staff, at: datetime, age: int | None = None) -> Consultation:
    """The record co-signed by a prescriber, and so locked; raises Incomplete where its age is not the patient's."""
    _waiting(consultation)
    require(by, "co-sign")
    if problem := age_problem(consultation, age):
        raise Incomplete([problem])
    return _with(consultation, co_signature=RecordSignature(by=by, at=at, content=consultation.content_hash))


def give_back(consultation: Consultation, *, because: str, by: Staff, at: datetime) -> Consultation:
    """The record as a draft again, because a prescriber does not co-sign it; the reason stays in it."""
    _waiting(consultation)
    require(by, "co-sign")
    return _with(consultation, signature=None, returns=(*consultation.returns, Return(by=by, at=at, because=because)))


def add_addendum(
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
    """Whether a prescriber has to co-sign, to authorise a plan, or to decide about an option."""
    if consultation.state != "draft":
        return consultation.state == "signed"
    return consultation.stage == "asked" or bool(left_to_a_prescriber(consultation))


def left_to_a_prescriber(consultation: Consultation) -> tuple[Option, ...]:
    """The options that are a prescriber's to agree to, without a decision."""
    theirs = (option for option in consultation.nurse.assessment.options if option.status in _LEFT_TO_A_PRESCRIBER)
    return tuple(option for option in theirs if consultation.decision_on(option.area, option.treatment) is None)


def proposed_follow_up(rules: RuleBase, consultation: Consultation, injected_on: date) -> date | None:
    """The day to propose for a follow-up, the latest of the treatments used; None without any.

    It is the one in ``consultation.yaml`` where a source names one, else the first day of the treatment's full effect, as its
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
    """Whether every signature is for exactly this content."""
    signed = [one for one in (consultation.signature, consultation.co_signature) if one is not None]
    return all(one.content == consultation.content_hash for one in signed)


def _waiting(consultation: Consultation) -> None:
    if consultation.state != "signed":
        raise NotAllowed([Problem(consultation.state, translate("no prescriber's signature is waited for"), ("signed",))])


def _with(consultation: Consultation, **fields: Any) -> Consultation:
    return Consultation.model_validate({**dict(consultation), **fields})
