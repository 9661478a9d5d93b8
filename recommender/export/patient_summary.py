"""What a patient reads: the short answer and what matters about their health, and the rest behind one fold, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from recommender.documents.assessment import Assessment, Hold, Option, Reason, TreatmentFacts
from recommender.documents.vocabulary import Treatment
from recommender.export import conclusions, record, treatments
from recommender.export.blocks import Block, Bullets, Line, Section, Sources
from recommender.export.labels import Labels
from recommender.export.short_answer import answer
from recommender.languages import message, spoken, translate

#: the section behind which everything stands that need not be read at once: a screen folds it, paper turns the page
MORE: Final = "more"
MORE_TITLE: Final = message("More: why, the treatments, what to ask, and the sources")
#: with a sign after an injection no treatment is compared
_SIGNS: Final = ("same_day", "contact_injector", "self_care")


def sections(assessment: Assessment, labels: Labels, note: Section) -> tuple[Section, ...]:
    """The sections of a patient's summary; whatever is said in one is not said again in a later one."""
    said = _Said(labels)
    facts = _facts_of(concerned(assessment), assessment)
    shown = (
        answer(assessment, labels),
        _signs(assessment, said),
        _health(assessment, labels, said),
        treatments.afterwards(assessment, labels),
        note,
    )
    more = (
        _other_signs(assessment, said),
        treatments.face(assessment, labels),
        _options(assessment, labels, said),
        _referrals(assessment, labels, said),
        _in_doubt(assessment, labels, said),
        treatments.comparison(facts, labels, timed=False),
        treatments.timeline(facts, labels),
        conclusions.notes(assessment, labels),
        treatments.to_ask(facts),
        record.still_open(assessment, labels),
        record.answered(assessment, labels),
        record.about(assessment, labels),
    )
    listed = cited_among(record.sources(labels), (*shown, *more))
    return (*shown, Section(MORE, spoken(MORE_TITLE), tuple(one for one in (*more[:-1], listed, more[-1]) if one.blocks)))


def concerned(assessment: Assessment) -> tuple[Treatment, ...]:
    """The treatments that concern this person: offered and not ruled out; where none is offered, what their health holds."""
    if assessment.outcome in _SIGNS:
        return ()
    offered = {option.treatment for option in assessment.options if option.status != "withdrawn"}
    if not assessment.answers.concerns:
        offered = {t for hold in assessment.holds if hold.effect != "hard_stop" for t in hold.treatments}
    return tuple(facts.treatment for facts in assessment.treatments if facts.treatment in offered)


def cited_among(listed: Section, sections: Iterable[Section]) -> Section:
    """The list of sources with those alone that some line of the sections cites."""
    cited = frozenset(number for section in sections for number in _numbers(section))
    entries = tuple(entry for entry in listed.listed if entry.number in cited)
    return Section(listed.id, listed.title, (Sources(entries),) if entries else ())


def _numbers(block: object) -> Iterator[str]:
    """The numbers of the sources that the lines of a block cite."""
    if isinstance(block, Line):
        yield from block.sources
    elif isinstance(block, tuple):
        for inner in block:
            yield from _numbers(inner)
    elif hasattr(block, "__dataclass_fields__"):
        for name in block.__dataclass_fields__:
            yield from _numbers(getattr(block, name))


class _Said:
    """Lines of reasons, each sentence once in the whole summary."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._before: set[str] = set()

    def lines(self, reasons: Iterable[Reason], of: Callable[[Reason], Line] | None = None) -> tuple[Line, ...]:
        """A line for each reason whose sentence has not been said before."""
        found = []
        for reason in reasons:
            if reason.because not in self._before:
                self._before.add(reason.because)
                found.append(of(reason) if of else Line(reason.because, sources=self._labels.cite(reason.sources)))
        return tuple(found)


def _signs(assessment: Assessment, said: _Said) -> Section:
    """Why help is needed, or not: what is most urgent, and what each sign that is known can mean."""
    reasons = [
        reason for number, alert in enumerate(assessment.alerts) for reason in alert.reasons if not (number and reason.in_doubt)
    ]
    lines = said.lines(reasons)
    return Section("alerts", translate("Why"), (Bullets("", lines),) if lines else ())


def _other_signs(assessment: Assessment, said: _Said) -> Section:
    """What else a sign can mean of which it is not known whether it is there."""
    lines = said.lines(reason for alert in assessment.alerts for reason in alert.reasons)
    return Section("other-signs", translate("What other signs can mean"), (Bullets("", lines),) if lines else ())


def _health(assessment: Assessment, labels: Labels, said: _Said) -> Section:
    """What is known to speak against a treatment that concerns this person, or is to be told to whoever gives it."""
    about = concerned(assessment) or tuple(facts.treatment for facts in assessment.treatments)
    holds = (h for h in assessment.holds if not h.in_doubt and set(h.treatments) & set(about))
    write = _hold_here if len(about) == 1 else _hold
    lines = said.lines(holds, lambda hold: write(hold, labels))
    return Section("holds", translate("What matters for you"), (Bullets("", lines),) if lines else ())


def _hold(hold: Reason, labels: Labels) -> Line:
    """A hold on the person, with the treatment that it is about where it is not about both."""
    assert isinstance(hold, Hold)
    one = len(hold.treatments) == 1
    about = (translate("About: {what}").format(what=labels.list_of("treatment", hold.treatments)),) if one else ()
    here = _hold_here(hold, labels)
    return replace(here, details=(*about, *here.details))


def _hold_here(hold: Reason, labels: Labels) -> Line:
    assert isinstance(hold, Hold)
    details = conclusions.limits(hold, labels)
    return Line(hold.because, label=labels.of("effect", hold.effect), details=details, sources=labels.cite(hold.sources))


def _options(assessment: Assessment, labels: Labels, said: _Said) -> Section:
    """How each treatment stands at each place and why; places where a treatment stands alike are told together."""
    alike: dict[tuple[object, ...], list[Option]] = {}
    for option in assessment.options:
        reasons = tuple(reason.because for reason in (*option.reasons, *option.defeats))
        alike.setdefault((option.treatment, option.status, option.role, reasons, option.deciding), []).append(option)
    told = tuple(_option(same, assessment.holds, labels, said) for same in alike.values())
    return Section("options", translate("Each place and what may help there"), told)


def _option(same: list[Option], person_holds: tuple[Hold, ...], labels: Labels, said: _Said) -> Section:
    first, areas = same[0], dict.fromkeys(option.area for option in same)
    here = tuple(hold for hold in first.defeats if hold not in person_holds)
    blocks: list[Block] = []
    if why := said.lines(first.reasons):
        blocks.append(Bullets(translate("Why"), why))
    if against := said.lines(here, lambda hold: _hold_here(hold, labels)):
        blocks.append(Bullets(translate("What speaks against it"), against))
    if first.deciding:
        paths = [path for option in same for path in option.deciding]
        blocks.append(Bullets(translate("It depends on"), tuple(Line(labels.question(path)) for path in paths)))
    return Section(
        conclusions.option_id(first),
        f"{labels.list_of('area', areas)}: {labels.of('treatment', first.treatment)}",
        tuple(blocks),
        status=labels.of("status", first.status),
        tone=conclusions.TONE_OF_STATUS[first.status],
    )


def _referrals(assessment: Assessment, labels: Labels, said: _Said) -> Section:
    """Who else to see, and why where that has not been said."""
    told = []
    for referral in assessment.referrals:
        lines = said.lines(referral.reasons)
        if lines:
            title = labels.of("destination", referral.to)
            where = f": {labels.of('area', referral.area)}" if referral.area else ""
            told.append(Section(conclusions.referral_id(referral), f"{title}{where}", (Bullets("", lines),)))
    return Section("referrals", translate("Who else to see"), tuple(told))


def _in_doubt(assessment: Assessment, labels: Labels, said: _Said) -> Section:
    """What would speak against a treatment where an answer is not known, and what speaks against the other treatment."""
    lines = said.lines(assessment.holds, lambda hold: _hold(hold, labels))
    return Section("in-doubt", translate("What else a prescriber looks at"), (Bullets("", lines),) if lines else ())


def _facts_of(treatments: tuple[Treatment, ...], assessment: Assessment) -> tuple[TreatmentFacts, ...]:
    return tuple(facts for facts in assessment.treatments if facts.treatment in treatments)
