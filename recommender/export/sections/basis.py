"""What the conclusions rest on, as blocks: what is still open, what was answered, the sources, and which rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from recommender.documents.answer_path import CONCERN, Seen, address, given
from recommender.documents.answers import Answers, Concern
from recommender.documents.assessment import Assessment, Option, Source
from recommender.documents.vocabulary import TREATMENTS
from recommender.export.blocks import Block, Bullets, Line, Paragraph, Section, SourceEntry, Sources, Table
from recommender.export.labels import COUNTRIES, Labels
from recommender.languages import message, spoken, translate

FINGERPRINT_SHOWN = 12
OPEN: Final = "open"
SOURCES: Final = "sources"
ABOUT: Final = "about"
STANDING_OF_RULES = {
    "draft": message("Draft: no clinician has signed these rules yet."),
    "signed": message("Signed: a named clinician has signed every rule."),
}
#: strength of a source, as ``sources.yaml`` has it → the same for readers
STRENGTHS = {
    "product label/regulator": message("product label/regulator"),
    "guideline/systematic review": message("guideline/systematic review"),
    "peer-reviewed study/review": message("peer-reviewed study/review"),
    "professional society": message("professional society"),
    "clinic/trade/secondary page": message("clinic/trade/secondary page"),
}
_RESPONDENT = {"patient": message("The person themselves"), "nurse": message("A nurse, with the person")}


def still_open(assessment: Assessment, labels: Labels) -> Section:
    """The answers that are not known and could still change something, and what they could change."""
    same: dict[str, list[Line]] = {}
    for question in assessment.open_questions:
        said = could_change(question.could_change, assessment.options, labels)
        same.setdefault(said, []).append(Line(labels.question(question.path)))
    blocks: list[Block] = [Bullets(said, tuple(lines)) for said, lines in same.items()]
    lead = Paragraph(Line(translate("Not answered is not “no”. These answers could still change the result:")))
    return Section(OPEN, translate("What is still open"), (lead, *blocks) if blocks else ())


def could_change(changes: tuple[str, ...], options: tuple[Option, ...], labels: Labels) -> str:
    """What an open answer could change, in words."""
    named = targets(changes, options, labels)
    return translate("Could change {named}").format(named=named) if named else translate("Could change the result")


def targets(names: Iterable[str], options: tuple[Option, ...], labels: Labels) -> str:
    """Options and alerts in words; where they are every option, or every one of a treatment, it says so."""
    named: list[str] = []
    left = set(names)
    possible = [option for option in options if option.status != "withdrawn"]
    if len(possible) > 1 and left.issuperset(map(_target, possible)):
        every = left.issuperset(map(_target, options))
        named.append(translate("every option") if every else translate("every option that is not ruled out"))
        left.difference_update(map(_target, options))
    for treatment in TREATMENTS:
        same = {_target(option) for option in possible if option.treatment == treatment}
        if len(same) > 1 and same <= left:
            named.append(translate("every option with: {treatment}").format(treatment=labels.of("treatment", treatment)))
            left -= same
    return "; ".join([*named, *(labels.target(name) for name in names if name in left)])


def _target(option: Option) -> str:
    return f"{option.area}/{option.treatment}"


def answered(assessment: Assessment, labels: Labels) -> Section:
    """What was answered, and only that: what was left out is not listed as "no"."""
    answers = assessment.answers
    blocks: list[Block] = []
    if answers.concerns:
        seen = tuple(_concern(index, concern, labels) for index, concern in enumerate(answers.concerns))
        blocks.append(Bullets(translate("What is seen, and where"), seen))
    said = not_of_concerns(answers)
    rows = tuple((Line(labels.question(path)), Line(labels.answer(path, value))) for path, value in said.items())
    if rows:
        blocks.append(Table(translate("Questions that were answered"), (translate("Question"), translate("Answer")), rows))
    return Section(
        "answered", translate("What you answered"), tuple(blocks) or (Paragraph(Line(translate("Nothing was answered."))),)
    )


def _concern(index: int, concern: Concern, labels: Labels) -> Line:
    return Line(labels.thing(Seen(concern.area, concern.kind)), details=details_of(index, concern, labels))


def details_of(index: int, concern: Concern, labels: Labels) -> tuple[str, ...]:
    """What was answered about the thing at this place of the document, without what it is and where."""
    said = concern.model_dump(exclude_none=True, exclude={"area", "kind"})
    return tuple(labels.answered(address(CONCERN, name, index), value) for name, value in said.items())


def not_of_concerns(answers: Answers) -> Mapping[str, str | int]:
    """Path → value of every answer that is not about something seen, in the order of the document."""
    return {at.text(): value for at, value in given(answers.document()) if at.seen is None}


def sources(labels: Labels) -> Section:
    """The numbered sources."""
    entries = tuple(
        SourceEntry(str(number), _source(source), source.url or "", _quoted(source))
        for number, source in enumerate(labels.sources, start=1)
    )
    return Section(SOURCES, translate("Sources"), (Sources(entries),) if entries else ())


def _source(source: Source) -> str:
    year = str(source.year) if source.year else translate("year not given")
    if not _quoted(source):  # neither may be named: then its strength says what it is
        return f"{strength_in_words(source.strength)}, {year}. [{source.id}]"
    return translate("{quoted}, {year}. Strength: {strength}. [{id}]").format(
        quoted=_quoted(source), year=year, strength=strength_in_words(source.strength), id=source.id
    )


def _quoted(source: Source) -> str:
    return ". ".join(filter(None, (source.title, source.publisher)))


def strength_in_words(strength: str) -> str:
    """The strength of a source, as the rules have it, in the language now spoken."""
    return spoken(STRENGTHS).get(strength, strength)


def about(assessment: Assessment, labels: Labels) -> Section:
    """Which rules concluded this, how they stand, for which country, and who answered."""
    scheme, _, digest = assessment.rules.fingerprint.rpartition(":")
    fingerprint = f"{scheme} {digest[:FINGERPRINT_SHOWN]}".strip()
    number = labels.sentence("emergency_number")
    facts = (
        *((Line(number, label=translate("Emergency number")),) if number else ()),
        Line(
            translate("version {version}, fingerprint {fingerprint}").format(
                version=assessment.rules.version, fingerprint=fingerprint
            ),
            label=translate("Rules"),
        ),
        Line(spoken(STANDING_OF_RULES)[assessment.rules.status], label=translate("Standing of the rules")),
        Line(spoken(COUNTRIES)[assessment.jurisdiction], label=translate("Country whose rules apply")),
        Line(spoken(_RESPONDENT)[assessment.answers.respondent], label=translate("Answered by")),
    )
    return Section(ABOUT, translate("About this summary"), (Bullets("", facts),))
