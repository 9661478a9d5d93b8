"""What the rules concluded, as blocks: alerts, options by place, referrals, holds and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Final

from recommender.documents.assessment import Alert, Assessment, Evidence, Hold, Option, Reason, Referral
from recommender.export.blocks import Block, Bullets, Callout, Line, Paragraph, Section, Tone
from recommender.export.labels import COUNTRIES, Labels
from recommender.languages import message, plural, spoken, translate

#: the ids of sections that lines lead to
OPTIONS: Final = "options"
REFERRALS: Final = "referrals"
NOT_NEEDED: Final = "not-needed"
NOTES: Final = "notes"
HOLDS_TITLE = message("What speaks against treatment for you")
#: holds at an option that have no short reason
IN_DOUBT: Final = plural("{number} reason in doubt, told below", "{number} reasons in doubt, told below")
FURTHER: Final = plural("{number} point, told below", "{number} points, told below")
TONE_OF_OUTCOME: dict[str, Tone] = {
    "emergency": "urgent",
    "same_day": "urgent",
    "contact_injector": "warning",
    "stop": "warning",
    "refer": "caution",
    "defer": "caution",
    "review": "caution",
}
TONE_OF_URGENCY: dict[str, Tone] = {
    "emergency": "urgent",
    "same_day": "urgent",
    "contact_injector": "warning",
    "self_care": "calm",
}
#: an address is shown too, so it names no medicine
NAMED_IN_ADDRESS = {"botulinum_toxin": "muscle", "dermal_filler": "volume"}
TONE_OF_STATUS: dict[str, Tone] = {
    "suggested": "calm",
    "open": "quiet",
    "review": "caution",
    "deferred": "caution",
    "referred": "caution",
    "withdrawn": "warning",
}


def alerts(assessment: Assessment, labels: Labels) -> Section:
    """What comes before everything else: what to do, and why."""
    blocks = [block for alert in assessment.alerts for block in _alert(alert, labels)]
    return Section("alerts", translate("Before anything else"), tuple(blocks))


def _alert(alert: Alert, labels: Labels) -> Iterable[Block]:
    yield Callout(TONE_OF_URGENCY[alert.urgency], labels.urgency(alert))
    yield Bullets(translate("Why"), reasons(alert.reasons, labels))


def alert_id(alert: Alert) -> str:
    """The name of an alert in a summary."""
    return f"alert-{alert.urgency}{'-in-doubt' * alert.in_doubt}"


def option_id(option: Option) -> str:
    """The name of an option in a summary."""
    return f"option-{option.area}-{NAMED_IN_ADDRESS[option.treatment]}"


def referral_id(referral: Referral) -> str:
    """The name of a referral in a summary."""
    return f"referral-{referral.to}-{referral.area or 'person'}-{referral.stance}"


def options(assessment: Assessment, labels: Labels, *, holds_follow: bool = True) -> Section:
    """Each place with its options; one that is withdrawn stays, with what defeated it.

    Where the holds on the person follow in a section of their own, an option names them shortly, and what speaks against
    several options is told once below them.
    """
    shared = _shared(assessment) if holds_follow else {}
    told_below = frozenset((*shared, *(hold.because for hold in assessment.holds))) if holds_follow else frozenset()
    places = [
        Section(f"place-{area}", labels.of("area", area), tuple(_option(o, told_below, labels) for o in same), area=area)
        for area, same in groupby(assessment.options, key=lambda option: option.area)
    ]
    several = against_several(shared, labels, lambda holds: tuple(_defeat(hold, labels) for hold in holds))
    return Section(OPTIONS, translate("Each place and what may help there"), (*places, *several))


def _shared(assessment: Assessment) -> dict[str, list[Option]]:
    """Each sentence that speaks against several options, with all of them, but those of holds on the person."""
    of_the_person = {hold.because for hold in assessment.holds}
    against: dict[str, list[Option]] = {}
    for option in assessment.options:
        for because in dict.fromkeys(hold.because for hold in option.defeats if hold.because not in of_the_person):
            against.setdefault(because, []).append(option)
    return {because: same for because, same in against.items() if len(same) > 1}


def against_several(
    shared: Mapping[str, list[Option]], labels: Labels, lines: Callable[[Iterable[Hold]], tuple[Line, ...]]
) -> Iterator[Section]:
    """What speaks against several options that are told apart, by sentence, under all their names."""
    by_title: dict[str, list[Hold]] = {}
    for because, same in shared.items():
        places = labels.list_of("area", (option.area for option in same))
        title = f"{places}: {labels.list_of('treatment', (option.treatment for option in same))}"
        holds = [hold for option in same for hold in option.defeats if hold.because == because]
        behind = tuple(one for hold in holds for one in hold.evidence)
        by_title.setdefault(title, []).append(holds[0].model_copy(update={"evidence": behind}))
    for number, (title, holds) in enumerate(by_title.items(), start=1):
        if told := lines(holds):
            yield Section(f"against-{number}", title, (Bullets(translate("What speaks against it"), told),))


def _option(option: Option, told_below: frozenset[str], labels: Labels) -> Section:
    seen = labels.at(option.area, option.kinds)
    role = translate("{role}, for", "before what is seen at a place").format(role=labels.of("role", option.role))
    label = translate("For") if option.status == "withdrawn" else role
    blocks: list[Block] = [Paragraph(Line(labels.list_of("kind", option.kinds), label=label))]
    if option.reasons:
        blocks.append(Bullets(title_of_reasons(option), reasons(option.reasons, labels, seen)))
    if option.defeats:
        blocks.append(Bullets(translate("What speaks against it"), tuple(_against(option.defeats, told_below, labels, seen))))
    if option.deciding:
        blocks.append(Bullets(translate("It depends on"), tuple(Line(labels.question(path)) for path in option.deciding)))
    return Section(
        option_id(option),
        labels.of("treatment", option.treatment),
        tuple(blocks),
        status=labels.of("status", option.status),
        tone=TONE_OF_STATUS[option.status],
    )


def title_of_reasons(option: Option) -> str:
    """What stands above the reasons for an option: of one that is not offered they are no reason why it is not."""
    return translate("What speaks for it") if option.status == "withdrawn" else translate("Why")


def _against(defeats: Iterable[Hold], told_below: frozenset[str], labels: Labels, seen: frozenset[str]) -> Iterator[Line]:
    """What defeats an option, the strongest first: holds of its place with their answers, those told below in short."""
    for _, same in groupby(defeats, key=lambda hold: hold.effect):
        holds = tuple(same)
        yield from _in_short([hold for hold in holds if hold.because in told_below], labels)
        yield from (_defeat(hold, labels, seen) for hold in holds if hold.because not in told_below)


def _defeat(hold: Hold, labels: Labels, seen: frozenset[str] = frozenset()) -> Line:
    """A hold on a place, with the answers behind it that its heading does not say."""
    details = (*limits(hold, labels), *labels.evidence(_behind(hold), seen))
    return Line(hold.because, label=labels.of("effect", hold.effect), details=details, sources=labels.cite(hold.sources))


def _in_short(holds: Iterable[Hold], labels: Labels) -> Iterator[Line]:
    """Holds of one effect in a line, and another for those in doubt: in short reasons, or how many there are."""
    for in_doubt, same in groupby(sorted(holds, key=lambda hold: hold.in_doubt), key=lambda hold: hold.in_doubt):
        told = tuple(same)
        shorts = tuple(dict.fromkeys(hold.in_short for hold in told if hold.in_short))
        rest = len({hold.because for hold in told if not hold.in_short})
        counted = (IN_DOUBT if in_doubt else FURTHER).of(rest).format(number=rest) if rest else ""
        said = "; ".join(filter(None, (*shorts, counted)))
        yield Line(f"{said[:1].upper()}{said[1:]}.", label=labels.of("effect", told[0].effect))


def _behind(reason: Reason) -> Iterable[Evidence]:
    """The answers behind a reason; one in doubt says itself what is not known."""
    return (one for one in reason.evidence if not (reason.in_doubt and one.value == "unsure"))


def limits(hold: Hold, labels: Labels) -> tuple[str, ...]:
    """How far a hold reaches: until when, and for which products, where each of them may be named."""
    found = []
    if hold.until:
        found.append(translate("Until: {until}").format(until=hold.until))
    if hold.products and all(labels.of("product", product) for product in hold.products):
        found.append(translate("Only for: {product}").format(product=labels.list_of("product", hold.products)))
    return tuple(found)


def referrals(assessment: Assessment, labels: Labels) -> Section:
    """Who else to see, instead of an injection or as well."""
    seen = (referral for referral in assessment.referrals if referral.to != "not_needed")
    return Section(REFERRALS, translate("Who else to see"), tuple(_referral(referral, labels) for referral in seen))


def not_needed(
    assessment: Assessment, labels: Labels, lines: Callable[[Iterable[Reason]], tuple[Line, ...]] | None = None
) -> Section:
    """The places where there is nothing to treat, and why; ``lines`` writes the reasons otherwise than for a nurse."""
    lines = lines or (lambda given: reasons(given, labels))
    told = tuple(
        Section(referral_id(referral), _whereabouts(referral, labels), (Bullets("", why),))
        for referral in assessment.referrals
        if referral.to == "not_needed" and (why := lines(referral.reasons))
    )
    return Section(NOT_NEEDED, labels.of("destination", "not_needed"), told)


def _whereabouts(referral: Referral, labels: Labels) -> str:
    where = labels.of("area", referral.area) if referral.area else translate("You as a whole")
    seen = labels.list_of("kind", referral.kinds)
    return f"{where} – {seen}" if seen else where


def _referral(referral: Referral, labels: Labels) -> Section:
    return Section(
        referral_id(referral),
        labels.of("destination", referral.to),
        (
            Paragraph(Line(_whereabouts(referral, labels), label=translate("About"))),
            Bullets(translate("Why"), reasons(referral.reasons, labels, labels.at(referral.area, referral.kinds))),
        ),
        status=labels.of("stance", referral.stance),
    )


def holds(assessment: Assessment, labels: Labels) -> Section:
    """What speaks against a treatment for this person, whatever the place: first what is known, then what is not, together."""
    known = tuple(
        Line(
            hold.because,
            label=labels.of("effect", hold.effect),
            details=(
                translate("About: {what}").format(what=_reach(hold, labels)),
                *limits(hold, labels),
                *labels.evidence(hold.evidence),
            ),
            sources=labels.cite(hold.sources),
        )
        for hold in assessment.holds
        if not hold.in_doubt
    )
    blocks = [Bullets("", known)] if known else []
    not_known: dict[str, list[Hold]] = {}
    for hold in assessment.holds:
        if hold.in_doubt:
            not_known.setdefault(". ".join((_reach(hold, labels), *limits(hold, labels))), []).append(hold)
    lead = translate("Not known, so a prescriber decides. About: {what}")
    blocks += [
        Bullets(lead.format(what=what), tuple(_doubt(hold, labels) for hold in same)) for what, same in not_known.items()
    ]
    return Section("holds", spoken(HOLDS_TITLE), tuple(blocks))


def _doubt(hold: Hold, labels: Labels) -> Line:
    """A hold of which it is not known whether it holds."""
    return Line(hold.because, details=labels.evidence(_behind(hold)), sources=labels.cite(hold.sources))


def _reach(hold: Hold, labels: Labels) -> str:
    treatments = labels.list_of("treatment", hold.treatments)
    return f"{treatments} ({labels.of('area', hold.area)})" if hold.area else treatments


def wellbeing(assessment: Assessment, labels: Labels) -> Section:
    """What concerns the person's own wellbeing, whatever may be injected: read at once, by a patient without the answers."""
    lines = reasons((note for note in assessment.notes if note.about == "your_wellbeing"), labels)
    if assessment.answers.respondent == "patient":
        lines = tuple(replace(line, details=()) for line in lines)
    return Section("wellbeing", translate("Your own wellbeing"), (Bullets("", lines),) if lines else ())


def notes(assessment: Assessment, labels: Labels) -> Section:
    """What else is worth knowing and changes no option; what holds in the person's country stands apart, under its name."""
    about_country = [note for note in assessment.notes if note.about == "your_country"]
    others = reasons((note for note in assessment.notes if note.about not in ("your_country", "your_wellbeing")), labels)
    # what these rest on is the country, which the heading says
    here = tuple(replace(line, details=()) for line in reasons(about_country, labels))
    blocks = (
        Bullets("", others),
        Bullets(translate("Where you are ({country})").format(country=spoken(COUNTRIES)[assessment.jurisdiction]), here),
    )
    return Section(NOTES, translate("Good to know"), tuple(block for block in blocks if block.lines))


def reasons(given: Iterable[Reason], labels: Labels, said: frozenset[str] = frozenset()) -> tuple[Line, ...]:
    """Reasons as lines; those with the same sentence are one line with all their answers (but ``said``) and sources."""
    same: dict[str, list[Reason]] = {}
    for reason in given:
        same.setdefault(reason.because, []).append(reason)
    return tuple(
        Line(
            because,
            details=labels.evidence((one for reason in merged for one in _behind(reason)), said),
            sources=labels.cite(s for reason in merged for s in reason.sources),
        )
        for because, merged in same.items()
    )


def emergency_call(number: str) -> Callout:
    """Whom to call in an emergency: one number, or every number where the country is not known."""
    said = translate("Emergency number: {number}").format(number=number)
    return Callout("urgent", said, calls=True)
