"""What saving may not change in a draft: that has a step of its own in the workflow, or is concluded by the rules."""

from __future__ import annotations

from collections.abc import Iterator

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.documents.typed import LineRefused, line
from recommender.languages import translate
from recommender.records.domain.assessed_answers import made_by_rules
from recommender.records.domain.decisions import advice_on, decision_problems
from recommender.records.domain.permissions import NotAllowed, require

#: fields of a product that are one line of text
_LINES = ("product", "brand", "lot", "dilution")
#: what a prescriber is asked, and emergencies: each has a step of its own
STEPS = ("authorisations", "emergencies")


def require_draft(consultation: Consultation) -> None:
    """Refuse, with NotAllowed, a record that is no longer a draft."""
    if consultation.state != "draft":
        raise NotAllowed(
            [Problem(consultation.state, translate("only a draft is changed; what is locked takes an addendum"), ("draft",))]
        )


def refuse_forged_assessments(consultation: Consultation) -> None:
    """Refuse, with NotAllowed, a new record whose assessments were not made by the rules."""
    readings = {"patient": consultation.patient, "nurse": consultation.nurse}
    forged = [name for name, one in readings.items() if one is not None and not made_by_rules(one)]
    if forged:
        raise NotAllowed([Problem(name, translate("is not what the rules make of these answers")) for name in forged])


def refuse_forged_draft(before: Consultation, after: Consultation, *, by: Staff) -> None:
    """Refuse, with NotAllowed, a draft with changes that saving may not make.

    The patient's answers stay. Findings are a nurse's, for the country of the record, and duties change with them alone.
    Decisions are only added, by whoever saves them and may take them. Signatures, authorisations, returns and addenda have
    steps of their own.
    """
    require_draft(before)
    require(by, "write a draft")
    kept = ("jurisdiction", "patient", "moves", "voided", "signature", "co_signature", "returns", "addenda", *STEPS)
    problems = [
        Problem(name, translate("cannot be changed by saving"))
        for name in kept
        if getattr(before, name) != getattr(after, name)
    ]
    problems += _unfit_lines(before, after)
    problems += _forged_findings(before, after)
    count = len(before.decisions)
    if after.decisions[:count] != before.decisions:
        problems.append(Problem("decisions", translate("are added to, never taken back: decide again instead")))
    for decision in after.decisions[count:]:
        if decision.by != by:
            problems.append(
                Problem(
                    "decisions",
                    translate("one is by {name}, and saved by {other}").format(name=decision.by.name, other=by.name),
                )
            )
        advice = advice_on(after.nurse.assessment, decision.area, decision.treatment)
        if (decision.status, decision.against) == (advice.status, advice.against(decision.choice)):
            problems += decision_problems(
                decision, advice
            )  # where the findings changed since, completeness asks for a new decision
    if problems:
        raise NotAllowed(problems)


def _unfit_lines(before: Consultation, after: Consultation) -> Iterator[Problem]:
    """Newly typed texts of products that are not one clean line."""
    kept = {getattr(product, name) for product in before.products for name in _LINES}
    for number, product in enumerate(after.products):
        for name in _LINES:
            if (text := getattr(product, name)) not in kept:
                try:
                    line(text, f"products[{number}].{name}")
                except LineRefused as refused:
                    yield from refused.problems


def _forged_findings(before: Consultation, after: Consultation) -> Iterator[Problem]:
    """Findings or duties that ``record_findings`` would not have made."""
    then, now = before.nurse.assessment, after.nurse.assessment
    is_nurses = (now.answers.respondent, now.jurisdiction) == ("nurse", before.jurisdiction)
    if after.nurse != before.nurse and not (is_nurses and made_by_rules(after.nurse)):
        yield Problem("nurse", translate("is not what the rules of this country make of a nurse's findings"))
    same_rules = then.rules.fingerprint == now.rules.fingerprint
    same_age = then.answers.person.age == now.answers.person.age
    same_duty = same_rules or not before.duties.authorised_first  # what was begun without that duty has none
    kept = [
        ("clinic_days", True),
        ("prescriber_signs", same_rules),
        ("authorised_first", same_duty),
        ("seen_as", same_duty),
        ("valid_days", same_duty),
        ("cooling_off_days", same_rules and same_age),
    ]
    changed = [name for name, stays in kept if stays and getattr(before.duties, name) != getattr(after.duties, name)]
    if changed or (after.duties != before.duties and after.nurse == before.nurse):
        yield Problem("duties", translate("follow from the findings and are not written by hand"))
