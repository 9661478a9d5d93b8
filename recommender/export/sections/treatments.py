"""The treatments themselves, as blocks: the face map, the timeline, the comparison, and what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from recommender.documents.assessment import Advice, Assessment, Option, ProductClass, Referral, Timing, TreatmentFacts
from recommender.documents.vocabulary import AREAS, ON_THE_TABLE, Area
from recommender.export.blocks import (
    Block,
    Bullets,
    Days,
    Face,
    FaceState,
    Line,
    Paragraph,
    Section,
    Table,
    Timeline,
    TimelineRow,
)
from recommender.export.labels import Labels
from recommender.languages import plural, together, translate

COMPARISON: Final = "comparison"
DAYS_IN_A_MONTH = 365.25 / 12
MONTHS = plural("{number} month", "{number} months")


def face(assessment: Assessment, labels: Labels) -> Section:
    """Where on the face: each place by the treatment that is on the table there."""
    shown = tuple(dict.fromkeys(state for _, state in face_states(assessment)))
    words, places = _words_of_states(labels), _places_of_states(assessment, labels)
    lines = tuple(Line(places[state], label=words[state]) for state in shown)
    return Section("face", translate("Where on the face"), (face_beside(assessment, labels, lines, shown),) if shown else ())


def face_beside(assessment: Assessment, labels: Labels, lines: tuple[Line, ...], shown: tuple[FaceState | None, ...]) -> Face:
    """The face with lines beside it that say what is drawn on it."""
    words = _words_of_states(labels)
    places = " ".join(f"{words[state]}: {where}." for state, where in _places_of_states(assessment, labels).items())
    alt = translate("Drawing of a face. {places}").format(places=places)
    return Face(translate("Where on the face"), face_states(assessment), lines, shown, alt)


def _words_of_states(labels: Labels) -> Mapping[FaceState, str]:
    return {
        "botulinum_toxin": labels.of("treatment", "botulinum_toxin"),
        "dermal_filler": labels.of("treatment", "dermal_filler"),
        "both": together([labels.of("treatment", "botulinum_toxin"), labels.of("treatment", "dermal_filler")]),
        "elsewhere": translate("Someone else to see"),
        "held": translate("Not now, or not offered"),
        "not_needed": labels.of("destination", "not_needed"),
    }


def _places_of_states(assessment: Assessment, labels: Labels) -> Mapping[FaceState, str]:
    places: dict[FaceState, list[str]] = {}
    for area, state in face_states(assessment):
        places.setdefault(state, []).append(area)
    return {state: labels.list_of("area", same) for state, same in places.items()}


def face_states(assessment: Assessment) -> tuple[tuple[Area, FaceState], ...]:
    """A state for each area that has an option or a referral, in the order of the vocabulary."""
    states = {}
    for area in AREAS:
        options = [option for option in assessment.options if option.area == area]
        if state := face_state(options, [referral for referral in assessment.referrals if referral.area == area]):
            states[area] = state
    return tuple(states.items())


def face_state(options: Iterable[Option], referrals: Iterable[Referral]) -> FaceState | None:
    """How options and referrals about one thing are drawn: an option comes before whoever else is to be seen."""
    shown = [*options]
    on_the_table = {option.treatment for option in shown if option.status in ON_THE_TABLE}
    if shown:
        return "both" if len(on_the_table) > 1 else next(iter(on_the_table), "held")
    destinations = {referral.to for referral in referrals}
    return ("not_needed" if destinations == {"not_needed"} else "elsewhere") if destinations else None


def timeline(treatments: tuple[TreatmentFacts, ...], labels: Labels) -> Section:
    """When each treatment starts, is full and wears off."""
    title = translate("When it works and when it wears off")
    rows = tuple(row for facts in treatments for row in _rows(facts))
    lines = tuple(_timing(facts, labels) for facts in treatments)
    ends = (translate("{label}: about {months}.").format(label=row.label, months=months_of(row.end)) for row in rows if row.end)
    alt = translate("Bars on a scale of months, showing how long the effect is reported to last. {ends}").format(
        ends=" ".join(ends)
    )
    return Section("timeline", title, (Timeline(title, rows, lines, alt),) if lines else ())


def months_of(days: Days) -> str:
    """A span of days in whole months."""
    first, last = (round(day / DAYS_IN_A_MONTH) for day in days)
    if first != last:
        return translate("{first} to {last} months").format(first=first, last=last)
    return MONTHS.of(first).format(number=first)


def _timing(facts: TreatmentFacts, labels: Labels) -> Line:
    timings = (facts.onset, facts.peak, facts.lasts)
    said = " ".join(timing.text for timing in timings)
    return Line(said, label=facts.name, sources=labels.cite(source for timing in timings for source in timing.sources))


def _rows(facts: TreatmentFacts) -> Iterator[TimelineRow]:
    """One bar for a treatment; fillers have one for each kind that may be named, because their kinds last so differently."""
    if facts.treatment != "dermal_filler" or not facts.products:
        yield TimelineRow(facts.name, facts.onset.days, facts.peak.days, facts.lasts.days)
        return
    for product in facts.products:
        ends = (product.months[0] * DAYS_IN_A_MONTH, product.months[1] * DAYS_IN_A_MONTH) if product.months else None
        yield TimelineRow(f"{facts.name}: {product.name}", facts.onset.days, facts.peak.days, ends)


def aftercare(facts: TreatmentFacts, advice: Iterable[Advice], labels: Labels) -> tuple[Bullets, ...]:
    """What to do and what to know after an injection of one treatment; nothing where there is no advice."""
    lines = tuple(Line(one.text, sources=labels.cite(one.sources)) for one in advice)
    return (Bullets(translate("{name}: looking after it").format(name=facts.name), lines),) if lines else ()


def afterwards(assessment: Assessment, labels: Labels) -> Section:
    """What is still to do after the injection that somebody asks about, or after either where it is not known which; where
    help is needed today, there is nothing else.
    """
    asked = assessment.answers.after_treatment
    title = translate("Looking after it")
    if asked is None or not assessment.tells_aftercare:
        return Section("aftercare", title, ())
    had = (facts for facts in assessment.treatments if asked.treatment in (facts.treatment, "unsure", None))
    told = (aftercare(facts, facts.advice_still(asked.days_ago, assessment.outcome), labels) for facts in had)
    return Section("aftercare", title, tuple(block for blocks in told for block in blocks))


def comparison(treatments: tuple[TreatmentFacts, ...], labels: Labels, *, timed: bool = True) -> Section:
    """The treatments side by side, and the kinds of product of each; not ``timed`` where a timeline says when they work."""
    blocks: list[Block] = []
    if treatments:
        header = (translate("Question"), *(facts.name for facts in treatments))
        rows = tuple(_comparison(treatments, labels, timed=timed))
        blocks.append(Table(translate("The treatments, question by question"), header, rows))
    blocks += [_products(facts, labels) for facts in treatments if facts.products]
    return Section(COMPARISON, translate("The treatments side by side"), tuple(blocks))


def _comparison(treatments: tuple[TreatmentFacts, ...], labels: Labels, *, timed: bool) -> Iterator[tuple[Line, ...]]:
    def said(question: str, answers: Iterable[str]) -> tuple[Line, ...]:
        return (Line(question), *(Line(answer) for answer in answers))

    def when(question: str, timings: Iterable[Timing]) -> tuple[Line, ...]:
        return (Line(question), *(Line(timing.text, sources=labels.cite(timing.sources)) for timing in timings))

    if all(facts.clinical_name for facts in treatments):
        yield said(translate("What doctors call it"), (facts.clinical_name or facts.name for facts in treatments))
    yield said(translate("What is it?"), (facts.what_it_is for facts in treatments))
    yield said(translate("How does it work?"), (facts.how_it_works for facts in treatments))
    yield said(translate("What is it good for?"), (facts.good_for for facts in treatments))
    if timed:
        yield when(translate("When does it start?"), (facts.onset for facts in treatments))
        yield when(translate("When is the effect full?"), (facts.peak for facts in treatments))
        yield when(translate("How long does it last?"), (facts.lasts for facts in treatments))
    yield said(translate("Can it be undone?"), (facts.reversible for facts in treatments))
    yield said(translate("What is common afterwards?"), (facts.common_effects for facts in treatments))
    yield said(translate("What is rare but serious?"), (facts.serious_risks for facts in treatments))
    yield said(translate("How sure is this?"), (facts.limits for facts in treatments))
    yield (Line(translate("Where this is from")), *(Line("", sources=labels.cite(facts.sources)) for facts in treatments))


def _products(facts: TreatmentFacts, labels: Labels) -> Table:
    def row(product: ProductClass) -> tuple[Line, ...]:
        return (Line(product.name), Line(product.lasts), Line(product.reversible, sources=labels.cite(product.sources)))

    return Table(
        translate("{name}: kinds of product").format(name=facts.name),
        (translate("Kind"), translate("How long it lasts"), translate("Can it be undone?")),
        tuple(map(row, facts.products)),
    )


def to_ask(treatments: tuple[TreatmentFacts, ...]) -> Section:
    """What to ask whoever may treat this person about each treatment."""
    blocks = tuple(Bullets(facts.name, tuple(Line(q) for q in facts.ask)) for facts in treatments if facts.ask)
    lead = (
        Paragraph(
            Line(translate("Take these questions along. Ask all that you want to: a good nurse or doctor is glad to answer."))
        ),
    )
    return Section("ask", translate("What to ask your nurse or doctor"), (*lead, *blocks) if blocks else ())
