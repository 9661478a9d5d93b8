"""What a patient's signed records know: earlier answers, what was injected, what went wrong, and which answers contradict it.

It is no answer of the visit in hand before somebody confirms it; an injection of the clinic's own alone answers by itself.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from recommender.documents.answer_path import answer_at
from recommender.documents.answers import Answers
from recommender.documents.consultation import AdverseEvent, Consultation
from recommender.documents.plan import Product
from recommender.knowledge.reference import Questions, RecordedBy

Denier = Literal["patient", "nurse", "both"]


class PastVisit(NamedTuple):
    """A visit of the patient and its day: of the injection, else on which it was begun."""

    on: date
    consultation: Consultation


class Fact(NamedTuple):
    """An answer that the records know, and of which day; with ``product``, the injection that shows it."""

    path: str
    answer: Literal["yes", "no"]
    on: date
    product: Product | None = None


class Injected(NamedTuple):
    """A product that was injected."""

    on: date
    product: Product


class WentWrong(NamedTuple):
    """An adverse event, and the product that it followed, if it is known."""

    event: AdverseEvent
    product: Product | None


class Known(NamedTuple):
    """What the signed records know of a patient; ``injected`` and ``went_wrong`` the latest first, ``facts`` by path.

    ``alerts`` are the facts to know before anything is done: each "yes" that lasts, in the order of the questions.
    """

    injected: tuple[Injected, ...] = ()
    went_wrong: tuple[WentWrong, ...] = ()
    facts: Mapping[str, Fact] = {}
    alerts: tuple[Fact, ...] = ()


class Contradiction(NamedTuple):
    """A "no" where the records know a "yes"; ``by`` is who answered it."""

    fact: Fact
    by: Denier


def known(visits: Iterable[PastVisit], questions: Questions, on: date) -> Known:
    """What the signed ones of these visits know on a day."""
    signed = sorted((one for one in visits if one.consultation.signature is not None), key=lambda one: one.on)
    injected = [Injected(on_day, product) for on_day, visit in signed if visit.injected == "yes" for product in visit.products]
    facts = {fact.path: fact for visit in signed for fact in _answered(visit, questions)}  # the latest answer stands
    facts |= {fact.path: fact for fact in _shown(injected, questions, on)}
    asked = questions.questions
    alerts = (facts[path] for path in asked if path in facts and facts[path].answer == "yes" and asked[path].recorded is None)
    wrong = sorted((one for visit in signed for one in _wrong(visit.consultation)), key=lambda one: one.event.seen_on)
    return Known(tuple(reversed(injected)), tuple(reversed(wrong)), facts, tuple(alerts))


def contradictions(facts: Mapping[str, Fact], findings: Answers, patient: Answers | None) -> tuple[Contradiction, ...]:
    """Each "no" of the findings, and of the patient's own answers, where the records know a "yes"."""
    found, given = findings.document(), patient.document() if patient is not None else {}
    denied = (
        (fact, _denied_by(answer_at(given, fact.path) == "no", answer_at(found, fact.path) == "no"))
        for fact in facts.values()
        if fact.answer == "yes"
    )
    return tuple(Contradiction(fact, by) for fact, by in denied if by is not None)


def _denied_by(patient: bool, nurse: bool) -> Denier | None:  # noqa: FBT001 (two of a kind)
    return "both" if patient and nurse else "patient" if patient else "nurse" if nurse else None


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, monthrange(day.year + years, month + 1)[1]))


def _answered(visit: PastVisit, questions: Questions) -> Iterator[Fact]:
    """What was found at a visit and lasts; what was not known then is asked anew."""
    document = visit.consultation.nurse.answers.document()
    for path, words in questions.questions.items():
        if words.lasts is not None and (answer := answer_at(document, path)) in ("yes", "no"):
            yield Fact(path, answer, visit.on)


def _shown(injected: Iterable[Injected], questions: Questions, on: date) -> Iterator[Fact]:
    """What injections show; that the clinic has none says nothing, for others inject too."""
    for path, words in questions.questions.items():
        if words.recorded is not None:
            for one in injected:
                if _shows(one, words.recorded, on):
                    yield Fact(path, "yes", one.on, one.product)


def _shows(injected: Injected, recorded: RecordedBy, on: date) -> bool:
    in_time = recorded.months is None or on <= months_after(injected.on, recorded.months)
    return injected.product.treatment == recorded.treatment and injected.on <= on and in_time


def _wrong(visit: Consultation) -> Iterator[WentWrong]:
    events = [*visit.adverse_events.events] if visit.adverse_events else []
    events += [one.adverse_event for one in visit.addenda if one.adverse_event is not None]
    for event in events:
        is_there = event.product is not None and event.product < len(visit.products)
        yield WentWrong(event, visit.products[event.product] if is_there and event.product is not None else None)
