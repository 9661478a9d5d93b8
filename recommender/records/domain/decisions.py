"""Decisions about one treatment at one place: what the assessment advises, and who may decide what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, get_args

from recommender.documents.answer_path import CONCERN, AnswerPath
from recommender.documents.assessment import Assessment, Hold, Reason
from recommender.documents.consultation import Choice, Consultation, Decision, ReasonCode
from recommender.documents.problems import Problem
from recommender.documents.staff import StaffRole
from recommender.documents.vocabulary import LEFT_TO_A_PRESCRIBER, MAKES_NO_OPTION, Area, Status, Treatment
from recommender.knowledge.conditions import AFTER_TREATMENT
from recommender.languages import translate
from recommender.records.domain.permissions import ALLOWED

_HOLDING = frozenset((*LEFT_TO_A_PRESCRIBER, *MAKES_NO_OPTION))
#: reasons against a treatment, not offered for agreeing to it
_AGAINST = frozenset({"patient-ineligible", "action-unsuccessful", "action-not-priority", "limited-time"})


class DecisionAdvice(NamedTuple):
    """What an assessment says of a treatment at a place; ``status`` is None where it is not offered there."""

    status: Status | None
    offered_by: tuple[str, ...]
    held_by: tuple[str, ...]
    stopped: bool

    def against(self, choice: Choice) -> tuple[str, ...]:
        """The rules that a choice does not follow."""
        if choice == "agree":
            return self.held_by
        return self.offered_by if self.status == "suggested" else ()


def advice_on(assessment: Assessment, area: Area, treatment: Treatment, *, with_signs: bool = True) -> DecisionAdvice:
    """The advice on a treatment at a place, offered there or not; with or without signs that followed an injection."""
    option = next((one for one in assessment.options if (one.area, one.treatment) == (area, treatment)), None)
    found = option.defeats if option else tuple(hold for hold in assessment.holds if _speaks_of(hold, area, treatment))
    holds = [hold for hold in found if hold.effect in _HOLDING and (with_signs or not rests_on_signs([hold]))]
    return DecisionAdvice(
        status=option.status if option else None,
        offered_by=tuple(sorted({reason.rule for reason in option.reasons})) if option else (),
        held_by=tuple(sorted({hold.rule for hold in holds})),
        stopped=any(hold.effect == "hard_stop" for hold in holds),
    )


def signs_of_this_visit(consultation: Consultation, today: date) -> bool:
    """Whether the signs in the findings followed the injection of this visit, and so every decision of it."""
    after, on = consultation.nurse.answers.after_treatment, consultation.injected_on
    if consultation.injected != "yes" or on is None or after is None or after.days_ago is None:
        return False
    return after.days_ago <= (today - on).days


def advice_when_decided(consultation: Consultation, decision: Decision, today: date) -> DecisionAdvice:
    """The advice that a decision was about, without holds that rest only on signs that followed the injection."""
    assessment, area, treatment = consultation.nurse.assessment, decision.area, decision.treatment
    advice = advice_on(assessment, area, treatment)
    if not signs_of_this_visit(consultation, today):
        return advice
    before = advice_on(assessment, area, treatment, with_signs=False)
    return before._replace(status=decision.status) if before.held_by != advice.held_by else advice


def rests_on_signs(reasons: Iterable[Reason]) -> bool:
    """Whether these rules matched signs after an injection, and otherwise only concerns."""
    groups = {AnswerPath.parse(found.path).group for reason in reasons for found in reason.evidence}
    return not AFTER_TREATMENT.isdisjoint(groups) and groups <= AFTER_TREATMENT | {CONCERN}


def allowed_choices(advice: DecisionAdvice, decision: Decision | None, role: StaffRole) -> Iterator[Choice]:
    """The choices somebody with this role has after this last decision.

    Nobody agrees to an open option, and only a prescriber to a held one. A decision about what is no longer offered can be
    taken back; one that was not to treat cannot become an agreement.
    """
    held = bool(advice.held_by) and "decide against a hold" not in ALLOWED[role]
    gone = advice.status is None and decision is not None and decision.choice != "void"
    if advice.status != "open" and not held and not (gone and decision is not None and decision.choice != "agree"):
        yield "agree"
    if advice.status is not None:
        yield from ("otherwise", "decline")
    if gone:
        yield "void"


def allowed_reasons(choice: Choice) -> tuple[ReasonCode, ...]:
    """The reasons to choose from: a reason against a treatment is none for agreeing to it."""
    codes: tuple[ReasonCode, ...] = get_args(ReasonCode)
    return tuple(code for code in codes if choice != "agree" or code not in _AGAINST)


def _speaks_of(hold: Hold, area: Area, treatment: Treatment) -> bool:
    return treatment in hold.treatments and hold.area in (None, area)


def decision_problems(decision: Decision, advice: DecisionAdvice) -> tuple[Problem, ...]:
    """What is wrong with a decision: who took it, and with which reason."""
    where = f"{decision.area}/{decision.treatment}"
    if decision.choice == "void":
        offered = advice.status is not None
        return (Problem(where, translate("is offered by the findings: agree, choose otherwise or decline")),) if offered else ()
    if advice.status is None and decision.choice != "agree":
        return (Problem(where, translate("the findings no longer offer it: take the decision back, or put the place back")),)
    if decision.status != advice.status or decision.against != advice.against(decision.choice):
        return (Problem(where, translate("the findings have changed since this was decided: decide again")),)
    if decision.choice != "agree":
        return _reasoned(
            decision, where, translate("say why it is not followed") if advice.status == "suggested" else translate("say why")
        )
    if advice.status == "open":
        return (Problem(where, translate("an answer that decides between treatments is not known yet: find it out first")),)
    if advice.held_by:
        return (
            *_held(decision, advice, where),
            *_reasoned(decision, where, translate("say why it is done although it is held")),
        )
    return (
        ()
        if advice.status == "suggested"
        else _reasoned(decision, where, translate("the findings do not point to this: say why it is done"))
    )


def _held(decision: Decision, advice: DecisionAdvice, where: str) -> tuple[Problem, ...]:
    if "decide against a hold" not in ALLOWED[decision.by.role]:
        what = translate("is stopped") if advice.stopped else translate("is held")
        return (
            Problem(
                where,
                translate("{what} by {held_by}: a prescriber decides this").format(
                    what=what, held_by=", ".join(advice.held_by)
                ),
            ),
        )
    if advice.stopped and not (decision.note and decision.confirmed):
        return (
            Problem(
                where,
                translate("is stopped by {held_by}: a reason in words and a second confirmation").format(
                    held_by=", ".join(advice.held_by)
                ),
            ),
        )
    return ()


def _reasoned(decision: Decision, where: str, why: str) -> tuple[Problem, ...]:
    if decision.reason is None:
        return (Problem(where, why),)
    if decision.reason == "other" and not decision.note:
        return (Problem(where, translate("the reason is “other”: say it in words")),)
    return ()
