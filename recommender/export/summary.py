"""The order of content: what a person is told, in which order, whatever the format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from recommender.documents.assessment import Assessment
from recommender.export.blocks import Block, Line, Paragraph, Section, Summary, Typed
from recommender.export.labels import Labels
from recommender.export.sections import basis, conclusions, one_screen, patient_summary, treatments
from recommender.export.sections.short_answer import answer
from recommender.languages import day_in_words, in_its_language, message, spoken, translate

TITLE = message("Summary for your consultation")
_MORE_FOR_A_NURSE = message("More: answers, treatments and sources")
#: controls that would turn the reading direction of whatever follows them
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Cover:
    """What a copy has besides the assessment: what the person typed for it, which is never stored, and its day.

    ``on`` is the day on which it was assessed: an assessment itself reads no clock and has none.
    """

    name: str = ""
    note: str = ""
    on: date | None = None
    tone: str = ""

    @property
    def lead(self) -> tuple[Block, ...]:
        """What stands under the title: for whom it is, and its day."""
        name = " ".join(readable(self.name).split())
        lead: list[Block] = [Typed(translate("For"), name)] if name else []
        if self.on is not None:
            lead.append(Paragraph(Line(day_in_words(self.on), label=translate("Assessed on"))))
        return tuple(lead)


NOTHING_TYPED = Cover()


@in_its_language
def summarise(assessment: Assessment, *, cover: Cover = NOTHING_TYPED) -> Summary:
    """The assessment as blocks, in the order for its reader; it decides nothing.

    A nurse reads every conclusion, and behind one fold what it rests on. A patient reads the short answer, and the rest
    behind one fold; where help is needed now, and under age, one screen and nothing else.
    """
    labels = Labels(assessment)
    note = readable(cover.note).strip()
    own_note = Section("note", translate("Your own note"), (Typed("", note),) if note else ())
    title = spoken(TITLE)
    if assessment.answers.respondent == "nurse":
        sections = _for_a_nurse(assessment, labels, own_note)
    elif one_screen.is_all(assessment):
        title, sections = one_screen.title(assessment), (one_screen.screen(assessment, labels), own_note)
    else:
        sections = patient_summary.sections(assessment, labels, own_note)
    told = tuple(section for section in sections if section.blocks)
    return Summary(title, assessment.language, cover.lead, told).in_tone(cover.tone)


def _for_a_nurse(assessment: Assessment, labels: Labels, note: Section) -> tuple[Section, ...]:
    more = (
        conclusions.notes(assessment, labels),
        basis.still_open(assessment, labels),
        basis.answered(assessment, labels),
        treatments.comparison(assessment.treatments, labels),
        treatments.timeline(assessment.treatments, labels),
        treatments.to_ask(assessment.treatments),
        basis.sources(labels),
        basis.about(assessment, labels),
    )
    return (
        answer(assessment, labels),
        conclusions.alerts(assessment, labels),
        conclusions.wellbeing(assessment, labels),
        treatments.face(assessment, labels),
        conclusions.options(assessment, labels),
        conclusions.holds(assessment, labels),
        conclusions.referrals(assessment, labels),
        conclusions.not_needed(assessment, labels),
        treatments.afterwards(assessment, labels),
        note,
        Section(
            patient_summary.MORE,
            spoken(_MORE_FOR_A_NURSE),
            tuple(section for section in more if section.blocks),
            folded=True,
        ),
    )


def readable(typed: str) -> str:
    """Typed text without control characters and controls of the reading direction."""
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
