"""The one-screen summaries: an emergency, and an age under which nothing is offered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recommender.documents.answer_path import AGE
from recommender.documents.assessment import Assessment, Hold
from recommender.documents.vocabulary import TREATMENTS
from recommender.export.blocks import Block, Bullets, Callout, Line, Paragraph, Section
from recommender.export.labels import Labels
from recommender.export.sections.conclusions import emergency_call
from recommender.export.sections.short_answer import seen_elsewhere, standing, whom_to_see
from recommender.inference.policy import SEEN_BEFORE_ALL
from recommender.languages import message, spoken, translate

TITLE_OF_EMERGENCY: Final = message("Get help now")
TITLE_UNDER_AGE: Final = message("For adults only")
#: so many reasons to call for help are said: who answers the call asks for the rest
_REASONS: Final = 2


def is_all(assessment: Assessment) -> bool:
    """Whether one screen is all that a patient is told."""
    return assessment.outcome == "emergency" or (not assessment.alerts and bool(_stops_of_age(assessment)))


def title(assessment: Assessment) -> str:
    """What the one screen is headed."""
    return spoken(TITLE_OF_EMERGENCY if assessment.outcome == "emergency" else TITLE_UNDER_AGE)


def screen(assessment: Assessment, labels: Labels) -> Section:
    """The one screen: the call for help, or why nothing is offered at this age and whom to talk to."""
    emergency = assessment.outcome == "emergency"
    blocks = _emergency(assessment, labels) if emergency else _under_age(assessment, labels)
    return Section("answer", translate("The short answer"), (*blocks, *standing(labels, draft_alone=emergency)))


def _emergency(assessment: Assessment, labels: Labels) -> Iterator[Block]:
    yield Callout("urgent", labels.sentence("outcome") or labels.of("outcome", "emergency"))
    if labels.sentence("emergency_number"):
        yield emergency_call(labels.sentence("emergency_number"))
    if labels.sentence("outcome_next"):
        yield Paragraph(Line(labels.sentence("outcome_next"), label=translate("What to do now")))
    reasons = [reason for alert in assessment.alerts if alert.urgency == "emergency" for reason in alert.reasons]
    shorts = dict.fromkeys(reason.in_short for reason in reasons if reason.in_short)
    said = "; ".join(tuple(shorts)[:_REASONS]) or reasons[0].because.rstrip(".")
    yield Paragraph(Line(f"{said[:1].upper()}{said[1:]}.", label=translate("Why")))


def _under_age(assessment: Assessment, labels: Labels) -> Iterator[Block]:
    yield Callout("warning", " ".join(dict.fromkeys(hold.because for hold in _stops_of_age(assessment))))
    lines = (*seen_elsewhere(assessment, labels, SEEN_BEFORE_ALL), *whom_to_see(assessment, labels))
    if lines:
        yield Bullets("", lines)
    talk = translate("If something about your looks troubles you, talk to a parent, your doctor or someone else you trust.")
    yield Paragraph(Line(talk, label=translate("Whom to talk to")))
    yield Paragraph(Line(translate("You can look at your answers again and correct a mistake.")))


def _stops_of_age(assessment: Assessment) -> tuple[Hold, ...]:
    """The stops that rest on the age alone, where they leave no treatment."""
    stops = tuple(
        hold
        for hold in assessment.holds
        if hold.effect == "hard_stop" and not hold.in_doubt and {one.path for one in hold.evidence} == {AGE}
    )
    return stops if {treatment for hold in stops for treatment in hold.treatments} >= set(TREATMENTS) else ()
