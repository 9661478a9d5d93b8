"""A summary with the explanation of each conclusion under it: why step by step, why not the other one, what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from recommender.documents.assessment import Assessment
from recommender.documents.explanation import Explanation
from recommender.export.blocks import Block, Section, Summary
from recommender.export.labels import Labels
from recommender.export.sections import basis
from recommender.export.sections.explained import not_offered, what_if
from recommender.export.sections.patient_summary import MORE, cited_among
from recommender.export.sections.why import Chains, chains, why
from recommender.export.summary import summarise
from recommender.languages import in_its_language, message, spoken

WHY, WHY_NOT, WHY_NEITHER = (
    message("Why? Step by step"),
    message("Why not the other one?"),
    message("Places without an option, and why"),
)


@in_its_language
def summary_with_explanation(assessment: Assessment, explanation: Explanation) -> Summary:
    """The whole summary; under each conclusion stands how it follows, and under each place what is not offered and why."""
    labels = Labels(assessment, explanation)
    summary = summarise(assessment)
    if assessment.answers.respondent != "nurse":
        *shown, last = summary.sections
        return replace(summary, sections=(*shown, _explained(last, shown, assessment, explanation, labels)))
    found, others = chains(assessment, labels), _others(assessment, explanation, labels)
    listed = basis.sources(labels)  # those of the assessment and of the explanation
    sections = [_with(_listing(section, listed), found, others) for section in summary.sections]
    without = {area: same for area, same in others.items() if not any(o.area == area for o in assessment.options)}
    places = tuple(Section(f"neither-{area}", labels.of("area", area), same) for area, same in without.items())
    if places:
        neither = _folded("neither", spoken(WHY_NEITHER), places)
        sections.insert(_after(("answer", "alerts", "face", "options"), sections), neither)
    change = what_if(assessment, explanation, labels, what_is_open=False)
    if explanation.with_time or explanation.by_grading:
        sections.insert(_after(("answer", "holds", "referrals"), sections), _folded(change.id, change.title, change.blocks))
    return replace(summary, sections=tuple(sections))


def _listing(section: Section, listed: Section) -> Section:
    """A section with the list of sources in the place of the one within it."""
    inside = (listed if isinstance(block, Section) and block.id == listed.id else block for block in section.blocks)
    return replace(section, blocks=tuple(inside))


def _explained(
    section: Section, shown: Iterable[Section], assessment: Assessment, explanation: Explanation, labels: Labels
) -> Section:
    """A patient's last section; it tells what was not chosen and why, too, and last how each conclusion follows."""
    if section.id != MORE or assessment.needs_help_today:
        return section
    *blocks, about = (block for block in section.blocks if isinstance(block, Section) and block.id != basis.SOURCES)
    places = tuple(
        Section(f"neither-{area}", labels.of("area", area), same)
        for area, same in _others(assessment, explanation, labels).items()
    )
    if places:
        blocks.insert(_after(("face", "options"), blocks), _folded("neither", spoken(WHY_NOT), places))
    change = what_if(assessment, explanation, labels, what_is_open=False)
    if explanation.with_time or explanation.by_grading:
        blocks.insert(
            _after(("referrals", "in-doubt", "notes", "open"), blocks), _folded(change.id, change.title, change.blocks)
        )
    steps = why(assessment, labels, of_holds=False)
    if steps.blocks:
        blocks.append(_folded(steps.id, spoken(WHY), steps.blocks))
    listed = cited_among(basis.sources(labels), (*shown, *blocks))
    return replace(section, blocks=(*blocks, *((replace(listed, folded=True),) if listed.blocks else ()), about))


def _others(assessment: Assessment, explanation: Explanation, labels: Labels) -> Mapping[str, tuple[Section, ...]]:
    every = groupby(explanation.why_not, key=lambda one: one.area)
    return {area: tuple(not_offered(one, assessment, labels) for one in same) for area, same in every}


def _after(names: Iterable[str], sections: Iterable[Section]) -> int:
    """The place after the last section that has one of these names, or the first."""
    return max((place for place, section in enumerate(sections, start=1) if section.id in names), default=0)


def _with(section: Section, found: Chains, others: Mapping[str, tuple[Section, ...]]) -> Section:
    inner = tuple(_with(block, found, others) if isinstance(block, Section) else block for block in section.blocks)
    return replace(section, blocks=(*inner, *_explanations(section, found, others)))


def _explanations(section: Section, found: Chains, others: Mapping[str, tuple[Section, ...]]) -> Iterator[Section]:
    """What explains a section: its own chain, those of a list of alerts or holds, and what is not offered at its place."""
    if section.id in found.every:
        yield _folded(section.id, spoken(WHY), (found.every[section.id],))
    for name, chain in {"alerts": found.alerts, "holds": found.holds}.get(section.id, {}).items():
        yield _folded(name, f"{spoken(WHY)}: {chain.conclusion}", (chain,))
    if section.area is not None and section.area in others:
        yield _folded(section.id, spoken(WHY_NOT), others[section.area])


def _folded(name: str, title: str, blocks: tuple[Block, ...]) -> Section:
    return Section(f"explanation-{name}", title, blocks, folded=True)
