"""Authorised before it is injected: asking a prescriber, her answer, and what was injected beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from recommender.documents.authorisation import SEEN_AS, Authorisation, Emergency, EmergencyMedicine, Planned, Seen
from recommender.documents.consultation import Consultation, Stage
from recommender.documents.plan import Product
from recommender.documents.problems import Problem, RecommenderError
from recommender.documents.staff import Staff
from recommender.documents.typed import line
from recommender.documents.vocabulary import AREAS, Treatment
from recommender.languages import clinic_time, message, short_day, spoken, translate
from recommender.records.domain.decisions import advice_when_decided
from recommender.records.domain.draft_checks import require_draft
from recommender.records.domain.permissions import NotAllowed, require

NOT_ASKED = message("nothing is agreed on that a prescriber authorises")
NOT_CHANGED = message("say what you changed")
NO_REASON = message("say why it is refused")
NOT_SEEN = message("say how and on which day you saw the patient")
NO_END = message("say until which day it is good")


class NotAuthorised(RecommenderError):  # noqa: N818
    """An answer to a plan in which something is missing or wrong; ``problems`` name it."""

    heading = "The treatment cannot be authorised so"


def agreed_plan(consultation: Consultation, products: Mapping[Treatment, str] | None = None) -> tuple[Planned, ...]:
    """What is agreed on and has to be authorised first: each treatment with its places, as it was last decided."""
    latest = {(one.area, one.treatment): one.choice for one in consultation.decisions}
    found = {
        treatment: tuple(area for area in AREAS if latest.get((area, treatment)) == "agree")
        for treatment in consultation.duties.authorised_first
    }
    return tuple(
        Planned(treatment=treatment, areas=areas, product=(products or {}).get(treatment, ""))
        for treatment, areas in found.items()
        if areas
    )


def is_open(consultation: Consultation) -> bool:
    """Whether what is injected may be recorded: what is agreed on is authorised, nothing has to be, or it is recorded already.

    An emergency waits for nobody. What was authorised on other findings is authorised again.
    """
    given = consultation.authorisation
    return (
        not agreed_plan(consultation)
        or (given is not None and not is_outdated(given, consultation))
        or bool(consultation.emergencies or consultation.products)
        or consultation.injected == "no"
    )


def has_ended(given: Authorisation, consultation: Consultation) -> bool:
    """Whether an authorisation is over, and nothing was recorded as injected before that."""
    on = consultation.injected_on or clinic_time.today()
    return given.valid_until is not None and on > given.valid_until


def is_outdated(given: Authorisation, consultation: Consultation) -> bool:
    """Whether the findings say something else now of what was authorised than what it was decided on before.

    A prescriber who treats the patient herself is there when they change.
    """
    if given.herself or given.at is None:
        return False
    today = clinic_time.today()
    for planned in given.plan:
        for area in planned.areas:
            of_it = (one for one in consultation.decisions if (one.area, one.treatment) == (area, planned.treatment))
            before = [one for one in of_it if one.at <= given.at]
            if not before:
                continue
            advice = advice_when_decided(consultation, before[-1], today)
            if (before[-1].status, before[-1].against) != (advice.status, advice.against(before[-1].choice)):
                return True
    return False


def stage_of(consultation: Consultation) -> Stage:
    """What a prescriber last did with a draft, as lists tell it: not what was authorised on findings that have changed since.

    Once something is injected, the page of the record says so, and the signature waits for it.
    """
    given = consultation.authorisation
    counts = consultation.stage in ("authorised", "changed") and consultation.injected != "yes"
    return "" if counts and given is not None and is_outdated(given, consultation) else consultation.stage


def ask(consultation: Consultation, plan: tuple[Planned, ...], *, by: Staff, at: datetime) -> Consultation:
    """The draft sent to a prescriber with a plan, which takes the place of one that still waits."""
    require_draft(consultation)
    require(by, "ask for an authorisation")
    _of_what_is_due(consultation, plan)
    asked = Authorisation(asked_by=by, asked_at=at, asked=plan)
    return _with(consultation, authorisations=(*_answered(consultation), asked))


def authorise(
    consultation: Consultation,
    plan: tuple[Planned, ...],
    *,
    by: Staff,
    at: datetime,
    seen: Seen | None,
    seen_on: date | None,
    valid_until: date | None,
    because: str = "",
) -> Consultation:
    """The draft with a plan authorised, as it was asked for or changed; raises NotAuthorised where something is missing."""
    require_draft(consultation)
    require(by, "authorise a treatment")
    _of_what_is_due(consultation, plan)
    asked = waiting_plan(consultation)
    changed = asked is not None and set(plan) != set(asked.asked)
    problems = [*_wrongly_seen(consultation, seen, seen_on, at), *_wrong_end(consultation, valid_until, at)]
    if changed and not because:
        problems.append(Problem("because", spoken(NOT_CHANGED)))
    if problems:
        raise NotAuthorised(problems)
    return _answer(
        consultation,
        answer="changed" if changed else "authorised",
        by=by,
        at=at,
        plan=plan,
        because=because,
        seen=seen,
        seen_on=seen_on,
        valid_until=valid_until,
        afterwards=consultation.injected == "yes",
    )


def refuse(consultation: Consultation, *, because: str, by: Staff, at: datetime) -> Consultation:
    """The draft with the plan refused, or what was authorised taken back; the reason stays in it."""
    require_draft(consultation)
    require(by, "authorise a treatment")
    if not consultation.authorisations:
        raise NotAllowed([Problem("authorisation", translate("nobody asked for one"))])
    if not because:
        raise NotAuthorised([Problem("because", spoken(NO_REASON))])
    return _answer(consultation, answer="refused", by=by, at=at, because=because)


def treat_oneself(consultation: Consultation, *, by: Staff, at: datetime) -> Consultation:
    """The draft of a prescriber who treats the patient herself, and authorises by that."""
    require_draft(consultation)
    require(by, "authorise a treatment")
    if not consultation.duties.authorised_first:
        raise NotAllowed([Problem("authorisation", translate("nothing here has to be authorised"))])
    afterwards = consultation.injected == "yes"
    return _answer(consultation, answer="authorised", by=by, at=at, herself=True, afterwards=afterwards)


def record_emergency(
    consultation: Consultation, medicine: EmergencyMedicine, *, because: str, by: Staff, at: datetime
) -> Consultation:
    """The draft with an emergency medicine that was given without an authorisation."""
    require_draft(consultation)
    require(by, "write a draft")
    given = Emergency(medicine=medicine, because=because, by=by, at=at)
    return _with(consultation, emergencies=(*consultation.emergencies, given))


def beyond_authorisation(consultation: Consultation, by: Staff | None = None) -> Iterator[Problem]:
    """What was injected that no prescriber authorised, by name; ``by`` is who would sign."""
    due = consultation.duties.authorised_first
    used = {number: one for number, one in enumerate(consultation.products) if one.treatment in due}
    if not used or consultation.injected != "yes":
        return
    given = consultation.authorisation
    if given is None or given.by is None or given.at is None:
        for treatment in dict.fromkeys(product.treatment for product in used.values()):
            said = translate("{treatment} is not authorised by a prescriber: send the plan to her")
            yield Problem("authorisation", said.format(treatment=treatment))
        return
    name = given.by.name
    if is_outdated(given, consultation):
        said = translate("the findings have changed since {name} authorised it: send the plan to her again")
        yield Problem("authorisation", said.format(name=name))
    yield from _on_another_day(given, consultation.injected_on, clinic_time.local(given.at).date(), name)
    if given.herself:
        if by is not None and by.id != given.by.id:
            said = translate("{name} said that she treats the patient herself: she signs, or the plan is sent to her")
            yield Problem("authorisation", said.format(name=name))
        return
    for number, product in used.items():
        yield from _not_in_plan(given, f"products[{number}]", product, name)


def _on_another_day(given: Authorisation, on: date | None, since: date, name: str) -> Iterator[Problem]:
    """That it was injected before it was authorised, or after the end."""
    if on is not None and on < since and not given.afterwards:
        said = translate("is before {name} authorised it ({day}): send the plan to her again")
        yield Problem("injected_on", said.format(name=name, day=short_day(since)))
    if on is not None and given.valid_until is not None and on > given.valid_until:
        said = translate("is after the authorisation by {name} ended ({day}): send the plan to her again")
        yield Problem("injected_on", said.format(name=name, day=short_day(given.valid_until)))


def _not_in_plan(given: Authorisation, where: str, product: Product, name: str) -> Iterator[Problem]:
    """The places and the product that were not authorised."""
    planned = next((one for one in given.plan if one.treatment == product.treatment), None)
    for area in product.areas:
        if planned is None or area not in planned.areas:
            said = translate("was injected, and {name} did not authorise it there: send the plan to her again")
            yield Problem(f"{area}/{product.treatment}", said.format(name=name))
    if planned is not None and planned.product and product.product and product.product != planned.product:
        said = translate("is another one than {name} authorised ({product}): send the plan to her again")
        yield Problem(f"{where}.product", said.format(name=name, product=planned.product))


def _of_what_is_due(consultation: Consultation, plan: tuple[Planned, ...]) -> None:
    due = consultation.duties.authorised_first
    named = [one.treatment for one in plan]
    if not plan or len(set(named)) < len(named) or not set(named) <= set(due):
        raise NotAuthorised([Problem("plan", spoken(NOT_ASKED), due)])
    for one in plan:
        if one.product:
            line(one.product, "product")


def _wrongly_seen(consultation: Consultation, seen: Seen | None, seen_on: date | None, at: datetime) -> Iterator[Problem]:
    """What is wrong with how and when the patient was seen, as the country wants it."""
    duties = consultation.duties
    ways = SEEN_AS[duties.seen_as]
    if (seen is None or seen_on is None) and (duties.seen_as or seen is not None or seen_on is not None):
        yield Problem("seen", spoken(NOT_SEEN))
    if seen is not None and seen not in ways:
        yield Problem("seen", translate("is not enough in this country"), ways)
    if seen_on is not None and seen_on > clinic_time.local(at).date():
        yield Problem("seen_on", translate("is still to come ({seen_on})").format(seen_on=short_day(seen_on)))


def _wrong_end(consultation: Consultation, valid_until: date | None, at: datetime) -> Iterator[Problem]:
    today, most = clinic_time.local(at).date(), consultation.duties.valid_days
    injected = consultation.injected_on if consultation.injected == "yes" else None
    if valid_until is None:
        yield Problem("valid_until", spoken(NO_END))
    elif valid_until < min(today, injected or today):
        yield Problem("valid_until", translate("has passed ({on})").format(on=short_day(valid_until)))
    elif most is not None and valid_until > today + timedelta(days=most):
        last = short_day(today + timedelta(days=most))
        yield Problem(
            "valid_until",
            translate("is too late: here it is good for {days} days at most, until {day}").format(days=most, day=last),
        )


def waiting_plan(consultation: Consultation) -> Authorisation | None:
    """What a prescriber is asked and has not answered."""
    last = consultation.authorisations[-1] if consultation.authorisations else None
    return last if last is not None and last.answer is None else None


def _answered(consultation: Consultation) -> tuple[Authorisation, ...]:
    return tuple(one for one in consultation.authorisations if one.answer is not None)


def _answer(consultation: Consultation, **said: Any) -> Consultation:
    asked = waiting_plan(consultation)
    answered = Authorisation.model_validate({**(dict(asked) if asked else {}), **said})
    return _with(consultation, authorisations=(*_answered(consultation), answered))


def _with(consultation: Consultation, **fields: Any) -> Consultation:
    return Consultation.model_validate({**dict(consultation), **fields})
