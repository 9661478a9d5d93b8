"""What must be complete before a record can be signed."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from datetime import date, timedelta

from recommender.documents.answer_path import PARTS
from recommender.documents.assessment import Assessment
from recommender.documents.consultation import Consultation
from recommender.documents.plan import UNITS, Product, lot_key
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import ON_THE_TABLE, Area, Treatment
from recommender.languages import clinic_time, message, short_day, spoken, translate
from recommender.records.domain.ages import age_problem
from recommender.records.domain.authorising import beyond_authorisation
from recommender.records.domain.consent_form import treatments_of
from recommender.records.domain.decisions import advice_when_decided, decision_problems, rests_on_signs, signs_of_this_visit

_NEEDED = {
    "product": message("the kind of product"),
    "brand": message("the brand"),
    "lot": message("the lot number"),
    "depth": message("into which layer"),
    "technique": message("how it was injected"),
    "points": message("where it went on the face chart, and how much"),
}
UNSAVED = message("holds something typed that is not saved: correct it, or empty the field")
_TOO_URGENT = frozenset({"emergency", "same_day"})


def first_day(told: date, wait: int) -> date:
    """The first day on which somebody informed on a day may be treated: ``wait`` whole days lie between."""
    return told + timedelta(days=wait + 1 if wait else 0)


def completeness(
    consultation: Consultation,
    today: date,
    *,
    age: int | None = None,
    by: Staff | None = None,
    recalled: Collection[str] = (),
) -> tuple[Problem, ...]:
    """Everything that is missing or wrong in a draft, in the order of the page; empty if it may be signed.

    ``age`` is what the patient's day of birth gives, None where it is not known; ``by`` is who would sign; ``recalled`` are
    the lots that the clinic knows to be recalled, as they are compared. A deferred, referred or withdrawn option needs no
    decision unless somebody goes ahead with it.
    """
    wrong_age = age_problem(consultation, age)
    return (*((wrong_age,) if wrong_age else ()), *_problems(consultation, today, by), *_recalled(consultation, recalled))


def _problems(consultation: Consultation, today: date, by: Staff | None) -> Iterator[Problem]:
    if consultation.nurse.answers.respondent != "nurse":
        yield Problem("findings", translate("are still the patient's own answers: look, and record what you find"))
    elif _is_empty(consultation):
        yield Problem("findings", translate("are empty: record what is seen or asked, or discard this visit"))
    for path in dict.fromkeys(one.path for one in consultation.unsaved):
        yield Problem(path, spoken(UNSAVED))
    if unread := len(consultation.unread):
        said = translate("hold {number} answers that the patient brought: read them through with the patient")
        yield Problem("findings", said.format(number=unread))
    if consultation.moves and consultation.moves[-1].confirmed is None:
        said = translate("this visit was recorded under another patient before: check and confirm that it is this patient's")
        yield Problem("moves", said)
    yield from _decisions(consultation, today)
    match consultation.injected:
        case None:
            yield Problem("injected", translate("say whether anything was injected today"))
        case "no" if consultation.products:
            yield Problem("injected", translate("says “no”, and the plan names products: one of them is wrong"))
        case "no":
            pass
        case "yes":
            yield from _treatment(consultation, today)
    yield from beyond_authorisation(consultation, by)


def _is_empty(consultation: Consultation) -> bool:
    """Whether the findings say nothing; an age alone is no finding."""
    found = consultation.nurse.answers.document()
    return not any(found.get(part) for part in PARTS if part != "person")


def _decisions(consultation: Consultation, today: date) -> Iterator[Problem]:
    assessment = consultation.nurse.assessment
    for option in assessment.options:
        decision = consultation.decision_on(option.area, option.treatment)
        if decision is None and option.status in ON_THE_TABLE:
            yield Problem(
                f"{option.area}/{option.treatment}", translate("is not decided yet: agree, choose otherwise or decline")
            )
    latest = {(one.area, one.treatment): one for one in consultation.decisions}
    for decision in latest.values():
        if decision.choice != "void":  # as if nothing had been decided
            yield from decision_problems(decision, advice_when_decided(consultation, decision, today))


def _treatment(consultation: Consultation, today: date) -> Iterator[Problem]:
    yield from _urgent(consultation, today)
    used = {product.treatment for product in consultation.products}
    for question in consultation.nurse.stop_questions:
        if used.intersection(question.treatments):
            yield Problem(
                question.path, translate("is not answered, and the answer could stop this treatment: ask before you sign")
            )
    yield from _days(consultation, today)
    if not consultation.products:
        yield Problem("products", translate("are missing: what was injected, and where"))
    for number, product in enumerate(consultation.products):
        yield from _product(product, f"products[{number}]", consultation, today)
    yield from _graded(consultation)
    yield from _consent(consultation)
    if consultation.aftercare is None:
        yield Problem("aftercare", translate("is missing: what the patient was told, and how"))
    yield from _adverse(consultation, today)
    yield from _follow_up(consultation, today)


def _urgent(consultation: Consultation, today: date) -> Iterator[Problem]:
    """Nobody who needs urgent help is injected; signs that followed the injection of this visit are adverse events."""
    alerts = [alert for alert in consultation.nurse.assessment.alerts if alert.urgency in _TOO_URGENT]
    followed = signs_of_this_visit(consultation, today)
    before = [alert for alert in alerts if not (followed and rests_on_signs(alert.reasons))]
    if before:
        said = translate(
            "says “yes”, and the findings call for help first ({urgent}). If the signs followed this injection, say in the "
            "findings how many days ago it was"
        )
        yield Problem("injected", said.format(urgent=before[0].urgency))
    events = consultation.adverse_events.events if consultation.adverse_events else ()
    if len(alerts) > len(before) and not any(event.action for event in events):
        said = translate("are to be recorded with what was done: the findings call for help ({urgent})")
        yield Problem("adverse_events", said.format(urgent=alerts[0].urgency))


def _days(consultation: Consultation, today: date) -> Iterator[Problem]:
    told, on, wait = consultation.informed_on, consultation.injected_on, consultation.duties.cooling_off_days
    if told is None:
        yield Problem(
            "informed_on", translate("is missing: the day the patient was told what it is, what it does and what can go wrong")
        )
    if on is None:
        yield Problem("injected_on", translate("is missing: the day of the injection"))
    elif on > today:
        yield Problem(
            "injected_on", translate("is still to come ({on}): a record is signed afterwards").format(on=short_day(on))
        )
    if told is not None and on is not None:
        if on < told:
            said = translate("is after the injection ({told}, injected on {on})")
            yield Problem("informed_on", said.format(told=short_day(told), on=short_day(on)))
        elif on < first_day(told, wait):
            yield Problem(
                "injected_on",
                translate("is too soon: {wait} whole days to think, so not before {day}").format(
                    wait=wait, day=short_day(first_day(told, wait))
                ),
            )


def _product(product: Product, where: str, consultation: Consultation, today: date) -> Iterator[Problem]:
    needed = spoken(_NEEDED) | (
        {"dilution": translate("with what, and how much")} if product.treatment == "botulinum_toxin" else {}
    )
    for name, what in needed.items():
        if not getattr(product, name):
            yield Problem(f"{where}.{name}", translate("is missing: {what}").format(what=what))
    used_on = min(consultation.injected_on or today, today)
    if product.expires_on is None:
        yield Problem(f"{where}.expires_on", translate("is missing"))
    elif product.has_expired(used_on) and not product.expired_because:
        yield Problem(
            f"{where}.expires_on",
            translate("has expired: good until {expires_on}, used on {used_on}. If it was used all the same, say why").format(
                expires_on=short_day(product.expires_on), used_on=short_day(used_on)
            ),
        )
    if product.unit != UNITS[product.treatment]:
        yield Problem(
            f"{where}.unit",
            translate("is not how this is measured") if product.unit else translate("is missing"),
            (UNITS[product.treatment],),
        )
    for area in product.areas:
        yield from _agreed(area, product.treatment, consultation)


def _recalled(consultation: Consultation, recalled: Collection[str]) -> Iterator[Problem]:
    if consultation.injected != "yes":
        return
    for number, product in enumerate(consultation.products):
        if lot_key(product.lot) in recalled and not product.recalled_because:
            said = translate("is recalled. If it was used all the same, say why")
            yield Problem(f"products[{number}].lot", said)


def _agreed(area: Area, treatment: Treatment, consultation: Consultation) -> Iterator[Problem]:
    decision = consultation.decision_on(area, treatment)
    if decision is None:
        yield Problem(f"{area}/{treatment}", translate("is in the plan, and nobody decided on it"))
    elif decision.choice != "agree":
        yield Problem(
            f"{area}/{treatment}", translate("is in the plan, and the decision is “{choice}”").format(choice=decision.choice)
        )


def to_grade(consultation: Consultation) -> frozenset[Area]:
    """The places whose lines have to be graded: those in the plan or, while it is empty, those agreed on or not decided yet."""
    treated = {area for product in consultation.products for area in product.areas}
    if treated or consultation.injected == "no":
        return frozenset(treated if consultation.injected != "no" else ())
    latest = {(one.area, one.treatment): one.choice for one in consultation.decisions}
    agreed = frozenset(area for (area, _), choice in latest.items() if choice == "agree")
    return agreed | offered_at(consultation.nurse.assessment, decided=latest)


def offered_at(assessment: Assessment, *, decided: Container[tuple[Area, Treatment]] = ()) -> frozenset[Area]:
    """The places where something is to be discussed that is not decided yet."""
    options = (one for one in assessment.options if one.status in ON_THE_TABLE)
    return frozenset(one.area for one in options if (one.area, one.treatment) not in decided)


def _graded(consultation: Consultation) -> Iterator[Problem]:
    """Treated lines are graded at rest and on movement, in agreement with the findings."""
    treated = {area for product in consultation.products for area in product.areas}
    graded = {(one.area, one.kind): one for one in consultation.gradings}
    for concern in consultation.nurse.answers.concerns:
        if concern.kind != "lines" or concern.area not in treated:
            continue
        grading = graded.get((concern.area, concern.kind))
        for side in ("at_rest", "on_movement"):
            grade = getattr(grading, side, None)
            where = f"gradings.{concern.area}.{side}"
            if grade is None:
                yield Problem(where, translate("is missing: how marked the lines are"))
            elif {"yes": grade == "none", "no": grade != "none"}.get(getattr(concern, side) or "", False):
                yield Problem(
                    where,
                    translate("says “{grade}”, and the findings say “{finding}”").format(
                        grade=grade, finding=getattr(concern, side)
                    ),
                )


def _consent(consultation: Consultation) -> Iterator[Problem]:
    consent = consultation.consent
    if consent is None:
        yield Problem("consent", translate("is missing"))
        return
    for treatment in dict.fromkeys(product.treatment for product in consultation.products):
        if treatment not in treatments_of(consent):
            yield Problem(
                "consent",
                translate("has no sentence about {treatment}, which is in the plan: ask for consent to that too").format(
                    treatment=treatment
                ),
            )
    for number, item in enumerate(consent.items):
        if item.accepted is not True:
            said = translate("is not accepted") if item.accepted is False else translate("is not answered")
            yield Problem(f"consent.items[{number}]", f"{said}: {item.sentence}")
    if consent.signature is None or consent.signed_at is None:
        yield Problem("consent.signature", translate("is missing: the patient signs"))
        return
    day = clinic_time.local(consent.signed_at).date()
    if consultation.injected_on is not None and day > consultation.injected_on:
        said = translate("is after the injection ({day}): consent comes first")
        yield Problem("consent.signed_at", said.format(day=short_day(day)))
    if consultation.informed_on is not None and day < consultation.informed_on:
        yield Problem("consent.signed_at", translate("is before the patient was told ({day})").format(day=short_day(day)))


def _adverse(consultation: Consultation, today: date) -> Iterator[Problem]:
    if consultation.adverse_events is None:
        yield Problem("adverse_events", translate("are not recorded: say what went wrong, or that nothing did"))
        return
    for number, event in enumerate(consultation.adverse_events.events):
        where = f"adverse_events.events[{number}]"
        if event.seen_on > today:
            said = translate("is still to come ({seen_on})")
            yield Problem(f"{where}.seen_on", said.format(seen_on=short_day(event.seen_on)))
        if event.product is not None and event.product >= len(consultation.products):
            yield Problem(f"{where}.product", translate("names a product that the plan does not have"))


def _follow_up(consultation: Consultation, today: date) -> Iterator[Problem]:
    if consultation.follow_up is None:
        yield Problem("follow_up", translate("is missing: a day, or why there is none"))
    elif consultation.follow_up.on is not None and consultation.follow_up.on < today:
        yield Problem("follow_up.on", translate("has passed ({on})").format(on=short_day(consultation.follow_up.on)))
