"""What a patient reads: first what fits one screen, then the rest, each part folded, and each thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from recommender.documents.assessment import Assessment, Hold, Option, Reason, TreatmentFacts
from recommender.documents.vocabulary import ON_THE_TABLE, TREATMENTS, Treatment
from recommender.export.blocks import Block, Bullets, Line, Paragraph, Section, Sources
from recommender.export.labels import Labels
from recommender.export.sections import basis, conclusions, treatments
from recommender.export.sections.short_answer import answer
from recommender.languages import message, plural, spoken, translate

#: the section with everything that need not be read at once: its parts are folded on a screen, and on new pages on paper
MORE: Final = "more"
MORE_TITLE: Final = message("More")
_MATTERS: Final = message("What matters for you")
_IN_DOUBT: Final = "in-doubt"
KNOW_FIRST: Final = plural("{number} point is good to know first.", "{number} points are good to know first.")
STILL_OPEN: Final = plural("{number} answer could still change this.", "{number} answers could still change this.")
#: with a sign after an injection no treatment is compared
_SIGNS: Final = ("contact_injector", "self_care")


def sections(assessment: Assessment, labels: Labels, note: Section) -> tuple[Section, ...]:
    """The sections of a patient's summary; whatever is said in one is not said again in a later one.

    Where medical help is needed today, it tells why and what was answered, and of no treatment.
    """
    said = _Said(labels)
    if assessment.needs_help_today:
        first = (answer(assessment, labels), _signs(assessment, said), note)
        rest = (_other_signs(assessment, said), basis.answered(assessment, labels), basis.about(assessment, labels))
        return _folded(first, rest, labels)
    facts = _facts_of(concerned(assessment), assessment)
    health = _health(assessment, labels, said)
    shown = (
        answer(assessment, labels, *_risks(assessment), *_against(health, assessment), *_open(assessment)),
        _signs(assessment, said),
        conclusions.wellbeing(assessment, labels),
        treatments.afterwards(assessment, labels),
        note,
    )
    more = (
        _other_signs(assessment, said),
        _options(assessment, labels, said),
        _referrals(assessment, labels, said),
        _in_doubt(assessment, labels, said),
        treatments.comparison(facts, labels, timed=False),
        treatments.timeline(facts, labels),
        conclusions.not_needed(assessment, labels, said.lines),
        conclusions.notes(assessment, labels),
        treatments.to_ask(facts),
        basis.still_open(assessment, labels),
        basis.answered(assessment, labels),
        basis.about(assessment, labels),
    )
    return _folded(shown, more, labels)


def _folded(shown: Sequence[Section], more: Sequence[Section], labels: Labels) -> tuple[Section, ...]:
    """What is read at once, and the rest, each part folded, with the sources that any cites before its last section."""
    listed = cited_among(basis.sources(labels), (*shown, *more))
    parts = tuple(replace(one, folded=True) for one in (*more[:-1], listed, more[-1]) if one.blocks)
    return (*shown, Section(MORE, spoken(MORE_TITLE), parts))


def _risks(assessment: Assessment) -> Iterator[Block]:
    """One risk of each treatment that is on the table."""
    on_the_table = {option.treatment for option in assessment.options if option.status in ON_THE_TABLE}
    facts = _facts_of(tuple(treatment for treatment in concerned(assessment) if treatment in on_the_table), assessment)
    lines = tuple(Line(one.risk_in_short, label=one.name, more=treatments.COMPARISON) for one in facts if one.risk_in_short)
    if lines:
        yield Bullets(translate("Rare but serious"), lines)


def _against(health: Section, assessment: Assessment) -> Iterator[Block]:
    """What speaks against what is asked about: what is known of their health; else how much is told of the places.

    A stronger hold on a place is no part of it, for the line of the place says it.
    """
    if health.blocks:
        yield health
        return
    holds = [hold for option in assessment.options for hold in option.defeats]
    stronger = [hold for hold in holds if hold.effect != "caution" or hold.in_doubt]
    points = len({hold.because for hold in holds if hold not in stronger})
    said = []
    if assessment.options and not stronger:
        said.append(translate("Nothing in what you answered."))
    if any(hold.in_doubt for hold in holds):
        said.append(translate("A prescriber looks at what you are not sure about."))
    if points:
        said.append(KNOW_FIRST.of(points).format(number=points))
    if said:
        more = _IN_DOUBT if any(hold.in_doubt for hold in holds) else conclusions.OPTIONS
        yield Paragraph(Line(" ".join(said), label=translate("What speaks against it"), more=more if holds else ""))


def _open(assessment: Assessment) -> Iterator[Block]:
    """What is still open: an answer, or what is seen at the consultation."""
    number = len(assessment.open_questions)
    if number and assessment.outcome not in _SIGNS:
        said = STILL_OPEN.of(number).format(number=number)
        yield Paragraph(Line(said, label=translate("Still open"), more=basis.OPEN))
    elif any(option.status in ON_THE_TABLE for option in assessment.options):
        said = translate("None of your answers. At your consultation it is looked at again.")
        yield Paragraph(Line(said, label=translate("Still open")))


def concerned(assessment: Assessment) -> tuple[Treatment, ...]:
    """The treatments that concern this person: offered and not ruled out; where none is offered, what their health holds."""
    if assessment.needs_help_today or assessment.outcome in _SIGNS:
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
    """Why help is needed, or not: what each sign that is known can mean, and each one in doubt that may be as urgent."""
    first = assessment.alerts[0].urgency if assessment.alerts else None
    told = [alert for alert in assessment.alerts if alert.urgency == first]
    later = [alert for alert in assessment.alerts if alert not in told and not alert.in_doubt]
    in_doubt = said.lines(reason for alert in told if alert.in_doubt for reason in alert.reasons)
    certain = said.lines(
        [*(reason for alert in told if not alert.in_doubt for reason in alert.reasons)]
        + [reason for alert in later for reason in alert.reasons if not reason.in_doubt]
    )
    unsure = translate("You are not sure about these signs. If you have one of them, do at once what it says")
    lists = [Bullets(unsure, in_doubt), Bullets("", certain)]
    ordered = lists if assessment.needs_help_today else lists[::-1]
    return Section("alerts", translate("Why"), tuple(one for one in ordered if one.lines))


def _other_signs(assessment: Assessment, said: _Said) -> Section:
    """What else a sign can mean of which it is not known whether it is there."""
    lines = said.lines(reason for alert in assessment.alerts for reason in alert.reasons)
    return Section("other-signs", translate("What other signs can mean"), (Bullets("", lines),) if lines else ())


def _health(assessment: Assessment, labels: Labels, said: _Said) -> Section:
    """What is known to speak against what this person asks about, or is to be told to whoever gives it."""
    about = _asked_about(assessment)
    ruled_out = [hold for option in assessment.options for hold in option.defeats if hold.effect == "hard_stop"]
    holds = [
        hold
        for hold in assessment.holds
        if not hold.in_doubt and (about & set(hold.treatments) or set(hold.treatments) == set(TREATMENTS) or hold in ruled_out)
    ]
    lines = said.lines(holds, lambda hold: _hold(hold, labels, about))
    return Section("holds", spoken(_MATTERS), (Bullets("", lines),) if lines else ())


def _asked_about(assessment: Assessment) -> set[Treatment]:
    """The treatments of which it matters to this person what speaks against them: those left for what they named, or else
    those ruled out; every one where nothing is named, or nothing is said of it.
    """
    if not assessment.answers.concerns or not (assessment.options or assessment.referrals):
        return set(TREATMENTS)
    left = {option.treatment for option in assessment.options if option.status != "withdrawn"}
    return left or {option.treatment for option in assessment.options}


def _hold(hold: Reason, labels: Labels, asked_about: set[Treatment]) -> Line:
    """A hold on the person, with the treatment that it is about where that is not all that is asked about."""
    assert isinstance(hold, Hold)
    one = len(hold.treatments) == 1 and set(hold.treatments) != asked_about
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
    shared = _shared(tuple(alike.values()), assessment.holds)
    told_elsewhere = {*shared, *(hold.because for hold in assessment.holds)}
    told = tuple(_option(same, told_elsewhere, labels, said) for same in alike.values())

    def write(holds: Iterable[Hold]) -> tuple[Line, ...]:
        return said.lines(holds, lambda hold: _hold_here(hold, labels))

    several = conclusions.against_several(shared, labels, write)
    return Section(conclusions.OPTIONS, translate("Each place and what may help there"), (*told, *several))


def _shared(groups: Iterable[list[Option]], person_holds: tuple[Hold, ...]) -> dict[str, list[Option]]:
    """Each sentence against options that are told apart, with all of them: it is said once, and no place lacks it."""
    against: dict[str, list[list[Option]]] = {}
    for same in groups:
        for because in dict.fromkeys(hold.because for hold in same[0].defeats if hold not in person_holds):
            against.setdefault(because, []).append(same)
    return {because: [o for same in those for o in same] for because, those in against.items() if len(those) > 1}


def _option(same: list[Option], told_elsewhere: set[str], labels: Labels, said: _Said) -> Section:
    first, areas = same[0], dict.fromkeys(option.area for option in same)
    here = tuple(hold for hold in first.defeats if hold.because not in told_elsewhere)
    blocks: list[Block] = []
    if why := said.lines(first.reasons):
        blocks.append(Bullets(conclusions.title_of_reasons(first), why))
    if against := (*_stop_told_before(first, labels), *said.lines(here, lambda hold: _hold_here(hold, labels))):
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


def _stop_told_before(option: Option, labels: Labels) -> Iterator[Line]:
    """Where the stop of an option that is not offered is told, if it is about the person and not the place."""
    if option.status == "withdrawn" and option.defeats[0].scope == "person":
        where = translate("More under “{section}”.").format(section=spoken(_MATTERS))
        yield Line(where, label=labels.of("effect", option.defeats[0].effect))


def _referrals(assessment: Assessment, labels: Labels, said: _Said) -> Section:
    """Who else to see, and why where that has not been said."""
    told = []
    for referral in assessment.referrals:
        lines = said.lines(referral.reasons) if referral.to != "not_needed" else ()
        if lines:
            title = labels.of("destination", referral.to)
            where = f": {labels.of('area', referral.area)}" if referral.area else ""
            told.append(Section(conclusions.referral_id(referral), f"{title}{where}", (Bullets("", lines),)))
    return Section(conclusions.REFERRALS, translate("Who else to see"), tuple(told))


def _in_doubt(assessment: Assessment, labels: Labels, said: _Said) -> Section:
    """What would speak against what this person asks about where an answer is not known, and what rules out the other."""
    about = _asked_about(assessment)

    def write(hold: Reason) -> Line:
        line = _hold(hold, labels, about)
        return replace(line, label="") if hold.in_doubt else line  # that a prescriber decides is said above them all

    holds = (h for h in assessment.holds if (about & set(h.treatments) if h.in_doubt else h.effect == "hard_stop"))
    lines = said.lines(holds, write)
    return Section(_IN_DOUBT, translate("What else a prescriber looks at"), (Bullets("", lines),) if lines else ())


def _facts_of(treatments: tuple[Treatment, ...], assessment: Assessment) -> tuple[TreatmentFacts, ...]:
    return tuple(facts for facts in assessment.treatments if facts.treatment in treatments)
