"""What the patient said and what the nurse found side by side, and what the rules made of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment
from recommender.documents.consultation import Grading
from recommender.documents.vocabulary import Area, Kind
from recommender.export.blocks import Callout, Line, Paragraph, Section, Table
from recommender.export.labels import Labels
from recommender.export.sections import conclusions
from recommender.export.sections.basis import details_of, not_of_concerns
from recommender.export.sections.conclusions import TONE_OF_OUTCOME
from recommender.export.sections.short_answer import headline
from recommender.languages import message, spoken, translate

_NOT_ANSWERED = message("not answered")


class LabelledReading:
    """One reading, with its labels."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment, self.labels = assessment, Labels(assessment)

    @property
    def answers(self) -> Answers:
        """The answers as given."""
        return self.assessment.answers


class _Compared(NamedTuple):
    """One thing that either of them said."""

    about: str
    said: str
    found: str
    differs: bool


def answers_compared(patient: LabelledReading | None, nurse: LabelledReading) -> Section:
    """Every answer of either: what differs side by side, then what is the same; or the findings alone."""
    rows = (*_concerns_compared(patient, nurse), *_others_compared(patient, nurse))
    tables: tuple[Table, ...] = ()
    found = tuple((Line(row.about), Line(row.found)) for row in rows if not row.differs or patient is None)
    if patient is None:
        lead = translate("The patient answered nothing beforehand: these are the findings alone.")
        same = Table(translate("What was found"), (translate("Question"), translate("Found")), found)
    else:
        differ = tuple((Line(row.about), Line(row.said), Line(row.found)) for row in rows if row.differs)
        lead = translate("{differ} of {rows} differ. What was not answered is not “no”.").format(
            differ=len(differ), rows=len(rows)
        )
        header = (translate("Question"), translate("The patient said"), translate("The nurse found"))
        tables = (Table(translate("What differs"), header, differ),) if differ else ()
        same = Table(translate("What both say"), (translate("Question"), translate("Both")), found)
    return Section(
        "compared", translate("What was said and found"), (Paragraph(Line(lead)), *tables, *((same,) if found else ()))
    )


def _concerns_compared(patient: LabelledReading | None, nurse: LabelledReading) -> Iterator[_Compared]:
    said, found = (_concerns(one) if one else {} for one in (patient, nurse))
    for area, kind in dict.fromkeys((*found, *said)):
        about = f"{nurse.labels.of('area', area)} – {nurse.labels.of('kind', kind)}"
        theirs, hers = said.get((area, kind)), found.get((area, kind))
        words = [one.words if one else translate("not named") for one in (theirs, hers)]
        yield _Compared(about, words[0], words[1], _differ(theirs, hers))


class _Seen(NamedTuple):
    """What one of them said of one thing seen: each detail, and all of it in words."""

    details: tuple[Mapping[str, object], ...]
    words: str


def _differ(theirs: _Seen | None, hers: _Seen | None) -> bool:
    return (theirs and theirs.details) != (hers and hers.details)


def _concerns(told: LabelledReading) -> dict[tuple[Area, Kind], _Seen]:
    seen: dict[tuple[Area, Kind], _Seen] = {}
    for index, concern in enumerate(told.answers.concerns):
        details = concern.model_dump(exclude_none=True, exclude={"area", "kind"})
        words = "; ".join(details_of(index, concern, told.labels)) or translate("named")
        before = seen.get((concern.area, concern.kind), _Seen((), ""))
        both = translate("{before}; and: {after}").format(before=before.words, after=words) if before.words else words
        seen[concern.area, concern.kind] = _Seen((*before.details, details), both)
    return seen


def _others_compared(patient: LabelledReading | None, nurse: LabelledReading) -> Iterator[_Compared]:
    said, found = (not_of_concerns(one.answers) if one else {} for one in (patient, nurse))
    for path in dict.fromkeys((*found, *said)):
        asked = nurse if path in found or patient is None else patient
        words = [
            one.labels.answer(path, answers[path]) if one and path in answers else spoken(_NOT_ANSWERED)
            for one, answers in ((patient, said), (nurse, found))
        ]
        yield _Compared(asked.labels.question(path), words[0], words[1], said.get(path) != found.get(path))


def graded(gradings: tuple[Grading, ...], labels: Labels) -> Section:
    """How marked each thing is, with the face still and moving."""
    rows = tuple(
        (
            Line(f"{labels.of('area', one.area)} – {labels.of('kind', one.kind)}"),
            *(Line(labels.of("answer", said) if said else translate("not graded")) for said in (one.at_rest, one.on_movement)),
        )
        for one in gradings
    )
    table = Table(
        translate("How marked it is"), (translate("What is seen"), translate("At rest"), translate("On movement")), rows
    )
    return Section("graded", translate("Gradings"), (table,) if rows else (Paragraph(Line(translate("Nothing is graded."))),))


def conclusions_compared(patient: LabelledReading, nurse: LabelledReading) -> Section:
    """How each option stands on the patient's answers, and on the findings."""
    each = [
        {(option.area, option.treatment): one.labels.of("status", option.status) for option in one.assessment.options}
        for one in (patient, nurse)
    ]
    rows = [(Line(translate("In short")), *(Line(headline(one.assessment, one.labels)) for one in (patient, nurse)))]
    rows += [
        (
            Line(f"{nurse.labels.of('area', area)}: {nurse.labels.of('treatment', treatment)}"),
            *(Line(standing.get((area, treatment), translate("not on the table"))) for standing in each),
        )
        for area, treatment in dict.fromkeys((*each[1], *each[0]))
    ]
    header = (translate("About"), translate("On the patient's answers"), translate("On the findings"))
    table = Table(translate("What the rules concluded, side by side"), header, tuple(rows))
    return Section("concluded", translate("What the rules concluded"), (table,))


def concluded(told: LabelledReading, identifier: str, title: str) -> Section:
    """Everything the rules concluded on one reading."""
    assessment, labels = told.assessment, told.labels
    parts = (
        conclusions.alerts(assessment, labels),
        conclusions.wellbeing(assessment, labels),
        conclusions.options(assessment, labels),
        conclusions.referrals(assessment, labels),
        conclusions.not_needed(assessment, labels),
        conclusions.holds(assessment, labels),
        conclusions.notes(assessment, labels),
    )
    outcome = Callout(TONE_OF_OUTCOME.get(assessment.outcome, "calm"), headline(assessment, told.labels))
    inner = tuple(_named(part, identifier) for part in parts if part.blocks)
    return Section(identifier, title, (outcome, *inner))


def _named(section: Section, prefix: str) -> Section:
    """A section with its name, and those within it, begun with that of its reading: both may stand on one page."""
    inner = tuple(_named(block, prefix) if isinstance(block, Section) else block for block in section.blocks)
    return replace(section, id=f"{prefix}-{section.id}", blocks=inner)
