"""How the recommender puts one treatment at one place, and who may go ahead with it."""

from __future__ import annotations

from typing import NamedTuple

from recommender.documents.assessment import Assessment, Hold
from recommender.documents.consultation import Choice, Decision
from recommender.documents.problems import Problem
from recommender.documents.vocabulary import EFFECTS, Area, Status, Treatment
from recommender.languages import translate
from recommender.records.staff import ALLOWED

_HOLDING = frozenset(EFFECTS[EFFECTS.index("review") :])


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


def standing_of(assessment: Assessment, area: Area, treatment: Treatment) -> Standing:
    """What an assessment says of a treatment at a place, offered there or not."""
    option = next((one for one in assessment.options if (one.area, one.treatment) == (area, treatment)), None)
    found = option.defeats if option else tuple(hold for hold in assessment.holds if _speaks_of(hold, area, treatment))
    holds = [hold for hold in found if hold.effect in _HOLDING]
    return Standing(
        status=option.status if option else None,
        offered_by=tuple(sorted({reason.rule for reason in option.reasons})) if option else (),
        held_by=tuple(sorted({hold.rule for hold in holds})),
        stopped=any(hold.effect == "hard_stop" for hold in holds),
    )


def _speaks_of(hold: Hold, area: Area, treatment: Treatment) -> bool:
    return treatment in hold.treatments and hold.area in (None, area)


def faults_of(decision: Decision, standing: Standing) -> tuple[Problem, ...]:
    """What is wrong with a decision as it was taken, by whom and with which reason."""
    where = f"{decision.area}/{decision.treatment}"
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
        else _reasoned(decision, where, translate("no rule offers this here: say why it is done"))
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
