"""A summary with its explanation beside each conclusion: why step by step, why not the other one, what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from recommender.documents.assessment import Assessment
from recommender.documents.explanation import Explanation
from recommender.export import record
from recommender.export.blocks import Chain, Section, Summary
from recommender.export.explained import not_offered, what_if
from recommender.export.labels import Labels
from recommender.export.patient_summary import MORE, cited_among
from recommender.export.summary import summarise
from recommender.export.why import chains
from recommender.languages import in_its_language, message, spoken

#: the names of the sections that stand beside a conclusion begin so: a screen folds them
BESIDE = "beside-"
WHY, WHY_NOT, WHY_NEITHER = (
    message("Why? Step by step"),
    message("Why not the other one?"),
    message("Places without an option, and why"),
)


@in_its_language
def summary_with_explanation(assessment: Assessment, explanation: Explanation) -> Summary:
    """The whole summary; beside each conclusion stands how it follows, and beside each place what is not offered and why."""
    labels = Labels(assessment, explanation)
    summary = summarise(assessment)
    if assessment.answers.respondent != "nurse":
        *shown, last = summary.sections
        return replace(summary, sections=(*shown, _explained(last, shown, assessment, explanation, labels)))
    found, others = chains(assessment, labels), _others(assessment, explanation, labels)
    listed = record.sources(labels)  # with those that the explanation cites beside the assessment's
    sections = [_with(_listing(section, listed), found, others) for section in summary.sections]
    without = {area: same for area, same in others.items() if not any(o.area == area for o in assessment.options)}
    places = tuple(Section(f"neither-{area}", labels.of("area", area), same) for area, same in without.items())
    if places:
        neither = Section(f"{BESIDE}neither", spoken(WHY_NEITHER), places)
        sections.insert(_after(("answer", "alerts", "face", "options"), sections), neither)
    change = what_if(assessment, explanation, labels, what_is_open=False)
    if explanation.with_time or explanation.by_grading:
        sections.insert(_after(("answer", "holds", "referrals"), sections), replace(change, id=f"{BESIDE}{change.id}"))
    return replace(summary, sections=tuple(sections))


def _listing(section: Section, listed: Section) -> Section:
    """A section with the list of sources in the place of the one within it."""
    inside = (listed if isinstance(block, Section) and block.id == listed.id else block for block in section.blocks)
    return replace(section, blocks=tuple(inside))


def _explained(
    section: Section, shown: Iterable[Section], assessment: Assessment, explanation: Explanation, labels: Labels
) -> Section:
    """A patient's last section; behind a fold it tells how each conclusion follows, and what was not chosen and why too."""
    if section.id != MORE or assessment.needs_help_today:
        return section
    found = chains(assessment, labels)
    blocks = [_with(block, found, {}) for block in section.blocks if isinstance(block, Section)]
    places = tuple(
        Section(f"neither-{area}", labels.of("area", area), same)
        for area, same in _others(assessment, explanation, labels).items()
    )
    if places:
        blocks.insert(_after(("face", "options"), blocks), Section(f"{BESIDE}neither", spoken(WHY_NOT), places))
    change = what_if(assessment, explanation, labels, what_is_open=False)
    if explanation.with_time or explanation.by_grading:
        blocks.insert(_after(("referrals", "in-doubt", "notes", "open"), blocks), replace(change, id=f"{BESIDE}{change.id}"))
    listed = cited_among(record.sources(labels), (*shown, *blocks))
    return _listing(replace(section, blocks=tuple(blocks)), listed)


def _others(assessment: Assessment, explanation: Explanation, labels: Labels) -> Mapping[str, tuple[Section, ...]]:
    every = groupby(explanation.why_not, key=lambda one: one.area)
    return {area: tuple(not_offered(one, assessment, labels) for one in same) for area, same in every}


def _after(names: Iterable[str], sections: Iterable[Section]) -> int:
    """The place after the last section that has one of these names, or the first."""
    return max((place for place, section in enumerate(sections, start=1) if section.id in names), default=0)


def _with(section: Section, found: Mapping[str, Chain], others: Mapping[str, tuple[Section, ...]]) -> Section:
    inner = tuple(_with(block, found, others) if isinstance(block, Section) else block for block in section.blocks)
    return replace(section, blocks=(*inner, *_beside(section, found, others)))


def _beside(section: Section, found: Mapping[str, Chain], others: Mapping[str, tuple[Section, ...]]) -> Iterator[Section]:
    if section.id in found:
        yield Section(f"{BESIDE}{section.id}", spoken(WHY), (found[section.id],))
    if section.id in ("alerts", "holds"):
        kind = section.id.removesuffix("s")
        for name, chain in found.items():
            if name.startswith(f"{kind}-"):
                yield Section(f"{BESIDE}{name}", f"{spoken(WHY)}: {chain.conclusion}", (chain,))
    same = others.get(section.id.removeprefix("place-"), ()) if section.id.startswith("place-") else ()
    if same:
        yield Section(f"{BESIDE}{section.id}", spoken(WHY_NOT), same)
