"""How the recommender puts one treatment at one place, and who may go ahead with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, get_args

from recommender.documents.assessment import Assessment, Hold, Reason
from recommender.documents.consultation import Choice, Consultation, Decision, ReasonCode
from recommender.documents.problems import Problem
from recommender.documents.staff import Role
from recommender.documents.vocabulary import EFFECTS, Area, Status, Treatment
from recommender.languages import translate
from recommender.records.domain.permissions import ALLOWED

_HOLDING = frozenset(EFFECTS[EFFECTS.index("review") :])
#: reasons against a treatment, which are none for going ahead with it
_AGAINST = frozenset({"patient-ineligible", "action-unsuccessful", "action-not-priority", "limited-time"})


class Standing(NamedTuple):
    """What an assessment says of a treatment at a place: ``status`` None where nothing offers it there."""

    status: Status | None
    offered_by: tuple[str, ...]
    held_by: tuple[str, ...]
    stopped: bool

    def against(self, choice: Choice) -> tuple[str, ...]:
        """The rules that a choice does not follow."""
        if choice == "agree":
            return self.held_by
        return self.offered_by if self.status == "suggested" else ()


def standing_of(assessment: Assessment, area: Area, treatment: Treatment, *, with_signs: bool = True) -> Standing:
    """What an assessment says of a treatment at a place, offered there or not; with or without signs after an injection."""
    option = next((one for one in assessment.options if (one.area, one.treatment) == (area, treatment)), None)
    found = option.defeats if option else tuple(hold for hold in assessment.holds if _speaks_of(hold, area, treatment))
    holds = [hold for hold in found if hold.effect in _HOLDING and (with_signs or not rests_on_signs([hold]))]
    return Standing(
        status=option.status if option else None,
        offered_by=tuple(sorted({reason.rule for reason in option.reasons})) if option else (),
        held_by=tuple(sorted({hold.rule for hold in holds})),
        stopped=any(hold.effect == "hard_stop" for hold in holds),
    )


def signs_of_this_visit(consultation: Consultation, today: date) -> bool:
    """Whether the signs in the findings followed the injection of this visit: what was decided was decided before them."""
    after, on = consultation.nurse.answers.after_treatment, consultation.injected_on
    if consultation.injected != "yes" or on is None or after is None or after.days_ago is None:
        return False
    return after.days_ago <= (today - on).days


def standing_when_decided(consultation: Consultation, decision: Decision, today: date) -> Standing:
    """What the assessment says of what was decided on, without what only signs that followed since speak against."""
    assessment, area, treatment = consultation.nurse.assessment, decision.area, decision.treatment
    standing = standing_of(assessment, area, treatment)
    if not signs_of_this_visit(consultation, today):
        return standing
    before = standing_of(assessment, area, treatment, with_signs=False)
    return before._replace(status=decision.status) if before.held_by != standing.held_by else standing


def rests_on_signs(reasons: Iterable[Reason]) -> bool:
    """Whether these rules matched what followed an injection, and beside it the places alone."""
    paths = [found.path.partition(".")[0].partition("[")[0] for reason in reasons for found in reason.evidence]
    return "after_treatment" in paths and {"after_treatment", "concerns"}.issuperset(paths)


def choices_of(standing: Standing, decision: Decision | None, role: Role) -> Iterator[Choice]:
    """What somebody may decide where this was the last decision: to what is open nobody agrees, to what is held a prescriber.

    What the findings do not offer any more can always be taken back, and what was declined need not be agreed to.
    """
    held = bool(standing.held_by) and "decide against a hold" not in ALLOWED[role]
    gone = standing.status is None and decision is not None and decision.choice != "void"
    if standing.status != "open" and not held and not (gone and decision is not None and decision.choice != "agree"):
        yield "agree"
    if standing.status is not None:
        yield from ("otherwise", "decline")
    if gone:
        yield "void"


def reasons_for(choice: Choice) -> tuple[ReasonCode, ...]:
    """The reasons that somebody may have for a choice: why not is no reason to go ahead."""
    codes: tuple[ReasonCode, ...] = get_args(ReasonCode)
    return tuple(code for code in codes if choice != "agree" or code not in _AGAINST)


def _speaks_of(hold: Hold, area: Area, treatment: Treatment) -> bool:
    return treatment in hold.treatments and hold.area in (None, area)


def faults_of(decision: Decision, standing: Standing) -> tuple[Problem, ...]:
    """What is wrong with a decision as it was taken, by whom and with which reason."""
    where = f"{decision.area}/{decision.treatment}"
    if decision.choice == "void":
        offered = standing.status is not None
        return (Problem(where, translate("is offered by the findings: agree, choose otherwise or decline")),) if offered else ()
    if standing.status is None and decision.choice != "agree":
        return (Problem(where, translate("the findings no longer offer it: take the decision back, or put the place back")),)
    if decision.status != standing.status or decision.against != standing.against(decision.choice):
        return (Problem(where, translate("the findings have changed since this was decided: decide again")),)
    if decision.choice != "agree":
        return _reasoned(
            decision, where, translate("say why it is not followed") if standing.status == "suggested" else translate("say why")
        )
    if standing.status == "open":
        return (Problem(where, translate("an answer that decides between treatments is not known yet: find it out first")),)
    if standing.held_by:
        return (
            *_held(decision, standing, where),
            *_reasoned(decision, where, translate("say why it is done although it is held")),
        )
    return (
        ()
        if standing.status == "suggested"
        else _reasoned(decision, where, translate("the findings do not point to this: say why it is done"))
    )


def _held(decision: Decision, standing: Standing, where: str) -> tuple[Problem, ...]:
    if "decide against a hold" not in ALLOWED[decision.by.role]:
        what = translate("is stopped") if standing.stopped else translate("is held")
        return (
            Problem(
                where,
                translate("{what} by {held_by}: a prescriber decides this").format(
                    what=what, held_by=", ".join(standing.held_by)
                ),
            ),
        )
    if standing.stopped and not (decision.note and decision.confirmed):
        return (
            Problem(
                where,
                translate("is stopped by {held_by}: a reason in words and a second confirmation").format(
                    held_by=", ".join(standing.held_by)
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
