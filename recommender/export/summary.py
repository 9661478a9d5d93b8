"""The order of content: what a person is told, in which order, whatever the format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from recommender.documents.assessment import Assessment
from recommender.export import conclusions, record, treatments
from recommender.export.blocks import Block, Callout, Line, Paragraph, Section, Summary, Tone, Typed
from recommender.export.labels import Labels
from recommender.export.one_sentence import held_back, one_sentence
from recommender.languages import day_in_words, in_its_language, message, not_reviewed, spoken, translate

TITLE = message("Summary for your consultation")
TONE_OF_OUTCOME: dict[str, Tone] = {
    "emergency": "urgent",
    "same_day": "urgent",
    "contact_injector": "warning",
    "stop": "warning",
    "refer": "caution",
    "defer": "caution",
    "review": "caution",
}
#: controls that would turn the reading direction of whatever follows them
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on a copy beside the assessment: what the person typed for it, which is never stored, and its day.

    ``on`` is the day on which it was assessed: an assessment itself reads no clock and has none.
    """

    name: str = ""
    note: str = ""
    on: date | None = None


NOTHING_TYPED = Cover()


@in_its_language
def summarise(assessment: Assessment, *, cover: Cover = NOTHING_TYPED) -> Summary:
    """The whole assessment as blocks: it decides nothing, leaves nothing out and keeps the order of the document."""
    labels = Labels(assessment)
    name, note = " ".join(readable(cover.name).split()), readable(cover.note).strip()
    sections = (
        answer(assessment, labels),
        conclusions.alerts(assessment, labels),
        treatments.face(assessment, labels),
        conclusions.options(assessment, labels),
        conclusions.holds(assessment, labels),
        conclusions.referrals(assessment, labels),
        treatments.comparison(assessment, labels),
        treatments.timeline(assessment, labels),
        conclusions.notes(assessment, labels),
        treatments.afterwards(assessment, labels),
        Section("note", translate("Your own note"), (Typed("", note),) if note else ()),
        treatments.to_ask(assessment),
        record.still_open(assessment, labels),
        record.answered(assessment, labels),
        record.sources(labels),
        record.about(assessment, labels),
    )
    lead: list[Block] = [Typed(translate("For"), name)] if name else []
    if cover.on is not None:
        lead.append(Paragraph(Line(day_in_words(cover.on), label=translate("Assessed on"))))
    return Summary(spoken(TITLE), assessment.language, tuple(lead), tuple(section for section in sections if section.blocks))


def answer(assessment: Assessment, labels: Labels) -> Section:
    """The short answer, what to do now, and what every output says of itself."""
    tone = TONE_OF_OUTCOME.get(assessment.outcome, "calm")
    blocks: list[Block] = [Callout(tone, one_sentence(assessment, labels))]
    blocks += [Paragraph(line) for line in held_back(assessment, labels)]
    if labels.sentence("outcome_next"):
        blocks.append(Paragraph(Line(labels.sentence("outcome_next"), label=translate("What to do now"))))
    number = labels.sentence("emergency_number")
    if number and assessment.outcome == "emergency":
        blocks.append(conclusions.emergency_call(number))
    elif number and assessment.alerts:
        blocks.append(Paragraph(Line(number, label=translate("Emergency number"))))
    if labels.sentence("disclaimer"):
        blocks.append(Paragraph(Line(labels.sentence("disclaimer"), label=translate("Please note"))))
    if not_reviewed():
        blocks.append(Paragraph(Line(not_reviewed())))
    return Section("answer", translate("The short answer"), tuple(blocks))


def readable(typed: str) -> str:
    """Typed text without what no reader sees: control characters and controls that turn the reading direction."""
    text = re.sub(r"\r\n?|[\u0085\u2028\u2029\v\f]", "\n", typed).replace("\t", " ")
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character in _TURNING:
        return ""
    match unicodedata.category(character):
        case "Cc":
            return character if character == "\n" else ""
        case "Cs":
            return "\ufffd"
        case _:
            return character
