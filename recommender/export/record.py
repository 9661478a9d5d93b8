"""What the conclusions rest on, as blocks: what is still open, what was answered, the sources, and which rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment, Option, Source
from recommender.documents.vocabulary import TREATMENTS
from recommender.export.blocks import Block, Bullets, Line, Paragraph, Section, SourceEntry, Sources, Table
from recommender.export.labels import COUNTRIES, Labels

FINGERPRINT_SHOWN = 12
STANDING_OF_RULES = {
    "draft": "Draft: no clinician has signed these rules yet.",
    "signed": "Signed: a named clinician has signed every rule.",
}
_RESPONDENT = {"patient": "The person themselves", "nurse": "A nurse, with the person"}


def still_open(assessment: Assessment, labels: Labels) -> Section:
    """The answers that are not known and could still change something, and what they could change."""
    same: dict[str, list[Line]] = {}
    for question in assessment.open_questions:
        said = could_change(question.could_change, assessment.options, labels)
        same.setdefault(said, []).append(Line(labels.question(question.path)))
    blocks: list[Block] = [Bullets(said, tuple(lines)) for said, lines in same.items()]
    lead = Paragraph(Line("Not answered is not “no”. These answers could still change the result:"))
    return Section("open", "What is still open", (lead, *blocks) if blocks else ())


def could_change(changes: tuple[str, ...], options: tuple[Option, ...], labels: Labels) -> str:
    """What an open answer could change, in words."""
    named = targets(changes, options, labels)
    return f"Could change {named}" if named else "Could change the result"


def targets(names: Iterable[str], options: tuple[Option, ...], labels: Labels) -> str:
    """Options and alerts in words; where they are every option, or every one of a treatment, it says so."""
    named: list[str] = []
    left = set(names)
    possible = [option for option in options if option.status != "withdrawn"]
    if len(possible) > 1 and left.issuperset(map(_target, possible)):
        every = left.issuperset(map(_target, options))
        named.append("every option" if every else "every option that is not ruled out")
        left.difference_update(map(_target, options))
    for treatment in TREATMENTS:
        same = {_target(option) for option in possible if option.treatment == treatment}
        if len(same) > 1 and same <= left:
            named.append(f"every option with: {labels.of('treatment', treatment)}")
            left -= same
    return "; ".join([*named, *(labels.target(name) for name in names if name in left)])


def _target(option: Option) -> str:
    return f"{option.area}/{option.treatment}"


def answered(assessment: Assessment, labels: Labels) -> Section:
    """What was answered, and only that: what was left out is not listed as "no"."""
    answers = assessment.answers
    blocks: list[Block] = []
    if answers.concerns:
        seen = tuple(_concern(answers, index, labels) for index in range(len(answers.concerns)))
        blocks.append(Bullets("What is seen, and where", seen))
    rows = tuple((Line(labels.question(path)), Line(labels.answer(path, value))) for path, value in given(answers.document()))
    if rows:
        blocks.append(Table("Questions that were answered", ("Question", "Answer"), rows))
    return Section("answered", "What you answered", tuple(blocks) or (Paragraph(Line("Nothing was answered.")),))


def _concern(answers: Answers, index: int, labels: Labels) -> Line:
    given = answers.concerns[index].model_dump(exclude_none=True, exclude={"area", "kind"})
    details = tuple(labels.answered(f"concerns[{index}].{name}", value) for name, value in given.items())
    return Line(labels.seen(index), details=details)


def given(document: Mapping[str, Any]) -> Iterator[tuple[str, str | int]]:
    """Path and value of every answer that is not about something seen, in the order of the document."""
    for group in ("person", "history", "screening", "goals", "after_treatment"):
        for name, value in document.get(group, {}).items():
            if name == "symptoms":
                yield from ((f"{group}.symptoms.{symptom}", said) for symptom, said in value.items())
            else:
                yield f"{group}.{name}", value


def sources(labels: Labels) -> Section:
    """The numbered sources."""
    entries = tuple(
        SourceEntry(str(number), _source(source, labels), source.url or "")
        for number, source in enumerate(labels.sources, start=1)
    )
    return Section("sources", "Sources", (Sources(entries),) if entries else ())


def _source(source: Source, labels: Labels) -> str:
    year = str(source.year) if source.year else "year not given"
    return f"{source.title}. {source.publisher}, {year}. Strength: {labels.of('strength', source.strength)}. [{source.id}]"


def about(assessment: Assessment, labels: Labels) -> Section:
    """Which rules concluded this, how they stand, for which country, and who answered."""
    scheme, _, digest = assessment.rules.fingerprint.rpartition(":")
    fingerprint = f"{scheme} {digest[:FINGERPRINT_SHOWN]}".strip()
    number = labels.sentence("emergency_number")
    facts = (
        *((Line(number, label="Emergency number"),) if number else ()),
        Line(f"version {assessment.rules.version}, fingerprint {fingerprint}", label="Rules"),
        Line(STANDING_OF_RULES[assessment.rules.status], label="Standing of the rules"),
        Line(COUNTRIES[assessment.jurisdiction], label="Country whose rules apply"),
        Line(_RESPONDENT[assessment.answers.respondent], label="Answered by"),
    )
    return Section("about", "About this summary", (Bullets("", facts),))
