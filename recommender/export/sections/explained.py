"""Why not, how far each hold reaches, and what would change it, as blocks: the explanation of an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, Literal, get_args

from recommender.documents.assessment import Assessment, Hold, Option
from recommender.documents.explanation import Change, Explanation, Reach, Unmet, WhyNot
from recommender.export.blocks import Block, Bullets, Line, Paragraph, Section, Summary, Table
from recommender.export.labels import Labels
from recommender.export.sections import basis
from recommender.export.sections.basis import targets
from recommender.export.sections.conclusions import NAMED_IN_ADDRESS
from recommender.export.sections.short_answer import answer
from recommender.export.sections.why import why
from recommender.export.summary import NOTHING_TYPED, Cover
from recommender.languages import in_its_language, message, spoken, together, translate

Part = Literal["why", "why_not", "what_if"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
TITLE = message("How this came about")
_LIFTS: Final = {
    "waiting": message("This passes with time"),
    "decision": message("A prescriber can decide otherwise"),
    "referral": message("This can change after that visit"),
    "answer": message("This can change when a missing answer is known"),
    "never": message("This does not change"),
}


@in_its_language
def explained(
    assessment: Assessment, explanation: Explanation, *, parts: Iterable[Part] = PARTS, cover: Cover = NOTHING_TYPED
) -> Summary:
    """The parts of an explanation that are asked for, after the short answer that they explain."""
    labels = Labels(assessment, explanation)
    written = {
        "why": lambda: why(assessment, labels),
        "why_not": lambda: why_not(assessment, explanation, labels),
        "what_if": lambda: what_if(assessment, explanation, labels),
    }
    asked = [written[part]() for part in PARTS if part in set(parts)]
    sections = (answer(assessment, labels), *asked, basis.sources(labels), basis.about(assessment, labels))
    return Summary(spoken(TITLE), assessment.language, cover.lead, tuple(section for section in sections if section.blocks))


def why_not(assessment: Assessment, explanation: Explanation, labels: Labels) -> Section:
    """What is not on the table and why, by place; then what each hold does, and when it lifts."""
    places = tuple(
        Section(f"why-not-{area}", labels.of("area", area), tuple(not_offered(one, assessment, labels) for one in same))
        for area, same in groupby(explanation.why_not, key=lambda one: one.area)
    )
    holds = holds_reach(assessment, explanation, labels)
    return Section("why-not", translate("Why not"), (*places, *([holds] if holds.blocks else [])))


def not_offered(one: WhyNot, assessment: Assessment, labels: Labels) -> Section:
    """Why a treatment is not on the table for something seen."""
    nurse = assessment.answers.respondent == "nurse"
    title = translate("{treatment}, for {kind}").format(
        treatment=labels.of("treatment", one.treatment), kind=labels.of("kind", one.kind)
    )
    return Section(
        f"why-not-{one.area}-{one.kind}-{NAMED_IN_ADDRESS[one.treatment]}",
        title,
        tuple(_reasons(one, labels, nurse=nurse)),
    )


def _reasons(one: WhyNot, labels: Labels, *, nurse: bool) -> Iterator[Block]:
    if one.against:
        lines = (Line(stop.because, sources=labels.cite(stop.sources)) for stop in one.against)
        yield Bullets(translate("This rules it out, whatever else is answered"), tuple(lines))
    near = [near for near in one.nearest if near.unmet]
    if nurse:
        for rule in near:
            lacks = tuple(_unmet(unmet, labels) for unmet in rule.unmet)
            yield Bullets(translate("Not met for “{title}”").format(title=rule.title), lacks)
    if one.against and not nurse:
        return
    if not near:
        yield Paragraph(Line(translate("This treatment is not used for this here.")))
    elif not nurse:
        yield Paragraph(Line(translate("What you told us does not point to it. A nurse looks again with you.")))


def _unmet(unmet: Unmet, labels: Labels) -> Line:
    """What is missing and what was answered, for a nurse."""
    if not unmet.path:
        return Line(unmet.said)
    given = labels.given(unmet.path)
    answered = translate("The answer was: {given}").format(given=given) if given else translate("This was not answered")
    return Line(unmet.said, details=(answered,))


def holds_reach(assessment: Assessment, explanation: Explanation, labels: Labels) -> Section:
    """Every hold that changes something: what it changes, and when it lifts if it can."""
    every = {(h.rule, h.area): h for h in (*assessment.holds, *(h for option in assessment.options for h in option.defeats))}
    lines = tuple(
        _reach(every[reach.rule, reach.area], reach, assessment.options, labels)
        for reach in explanation.reaches
        if reach.effect != "caution"
    )
    return Section(
        "reach", translate("What speaks against treatment, and whether that can change"), (Bullets("", lines),) if lines else ()
    )


def _reach(hold: Hold, reach: Reach, options: tuple[Option, ...], labels: Labels) -> Line:
    lifts = f"{spoken(_LIFTS)[reach.lifts]}: {reach.until}" if reach.until else spoken(_LIFTS)[reach.lifts]
    return Line(
        hold.because,
        label=labels.of("effect", hold.effect),
        details=(_decides(hold, reach, options, labels), f"{lifts}."),
        sources=labels.cite(hold.sources),
    )


def _decides(hold: Hold, reach: Reach, options: tuple[Option, ...], labels: Labels) -> str:
    if reach.decides:
        return translate("It decides about: {options}.").format(options="; ".join(map(labels.target, reach.decides)))
    if any(hold in option.defeats for option in options):
        return translate("Something else already decides.")
    return translate("Nothing is offered that this affects.")


def what_if(assessment: Assessment, explanation: Explanation, labels: Labels, *, what_is_open: bool = True) -> Section:
    """What would change the result: time, an answer still open, what a nurse sees; for a nurse every single answer too."""
    nurse = assessment.answers.respondent == "nurse"
    blocks: list[Block] = []
    if explanation.with_time:
        blocks.append(
            Section(
                "with-time",
                translate("With time"),
                (Bullets("", tuple(_by_change(explanation.with_time, assessment.options, labels, passing=True))),),
            )
        )
    still_open = basis.still_open(assessment, labels)
    if what_is_open and still_open.blocks:
        blocks.append(still_open)
    if explanation.by_grading and nurse:
        lines = tuple(_by_change(explanation.by_grading, assessment.options, labels, passing=False))
        blocks.append(
            Section("grading", translate("Graded otherwise"), (Bullets(translate("If what is seen were graded so"), lines),))
        )
    elif explanation.by_grading:
        # which answer leads to which treatment is not said, so that nobody answers for the result they hope for
        looked_at = dict.fromkeys(answer.path for change in explanation.by_grading for answer in change.answers)
        paths = [path for path in looked_at if labels.given(path)]
        lead = translate("The result depends on these, so a nurse looks at them with you")
        blocks.append(
            Section(
                "grading",
                translate("What a nurse looks at again"),
                (Bullets(lead, tuple(Line(labels.question(p)) for p in paths)),),
            )
        )
    if explanation.sensitivity:
        blocks.append(
            Section(
                "sensitivity",
                translate("Every single answer"),
                (_sensitivity(explanation.sensitivity, assessment.options, labels),),
            )
        )
    return Section(
        "what-if",
        translate("What would change it"),
        tuple(blocks) or (Paragraph(Line(translate("Nothing that time, an answer or a second look can change."))),),
    )


def _by_change(changes: Iterable[Change], options: tuple[Option, ...], labels: Labels, *, passing: bool) -> Iterator[Line]:
    """One line for each set of answers, with everything that it changes."""
    same: dict[tuple[tuple[str, str | int], ...], list[Change]] = {}
    for change in changes:
        same.setdefault(tuple((a.path, a.value) for a in change.answers), []).append(change)
    for answers, those in same.items():
        if passing:
            text = together([labels.of("passes", path) for path, _ in answers])
            text = translate("When {text}").format(text=text)
        else:
            text = "; ".join(f"{labels.question(path)} → {labels.answer(path, value)}" for path, value in answers)
        yield Line(text, details=_changed(those, options, labels))


def _sensitivity(changes: Iterable[Change], options: tuple[Option, ...], labels: Labels) -> Table:
    rows = []
    for (path, value), those in groupby(changes, key=lambda change: (change.answers[0].path, change.answers[0].value)):
        said = "; ".join(_changed(those, options, labels))
        rows.append((Line(labels.question(path)), Line(labels.answer(path, value)), Line(said)))
    header = (translate("Answer to"), translate("If it were"), translate("Then"))
    return Table(translate("Each answer that would change how something stands, all others as they are"), header, tuple(rows))


def _changed(changes: Iterable[Change], options: tuple[Option, ...], labels: Labels) -> tuple[str, ...]:
    """What stands otherwise, and how, for those that change alike in one phrase."""
    same: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        same.setdefault((change.now, change.then), []).append(change.target)
    return tuple(
        f"{targets(names, options, labels)}: {_standing(now, names, labels)} → {_standing(then, names, labels)}"
        for (now, then), names in same.items()
    )


def _standing(word: str, names: Sequence[str], labels: Labels) -> str:
    match word:
        case "":
            if all(name.startswith("alert/") for name in names):
                return translate("not said")
            return translate("not on the table") if any("/" in name for name in names) else translate("nothing against it")
        case "raised":
            return translate("said")
        case _:
            return labels.of("status", word)
