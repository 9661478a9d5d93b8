"""Why: for each conclusion, how it follows from the answers, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from recommender.documents.assessment import Alert, Assessment, Hold, Option, Reason, Referral
from recommender.export.blocks import Chain, Line, Section, Step
from recommender.export.labels import Labels
from recommender.export.sections.conclusions import alert_id, option_id, referral_id
from recommender.inference.merging import merged_reasons
from recommender.languages import translate


class Chains(NamedTuple):
    """How each alert, option, referral and hold on the person follows, by the id of its section in a summary."""

    alerts: Mapping[str, Chain]
    options: Mapping[str, Chain]
    referrals: Mapping[str, Chain]
    holds: Mapping[str, Chain]

    @property
    def every(self) -> Mapping[str, Chain]:
        """All of them."""
        return {**self.alerts, **self.options, **self.referrals, **self.holds}


def chains(assessment: Assessment, labels: Labels) -> Chains:
    """The chains of an assessment."""
    return Chains(
        {alert_id(alert): _alert(alert, labels) for alert in assessment.alerts},
        {option_id(option): _option(option, labels) for option in assessment.options},
        {referral_id(referral): _referral(referral, labels) for referral in assessment.referrals},
        {f"hold-{number}": _hold(hold, labels) for number, hold in enumerate(assessment.holds, start=1)},
    )


def why(assessment: Assessment, labels: Labels, *, of_holds: bool = True) -> Section:
    """Every chain under its conclusion, options by place; those of holds on the person stand in those of options too."""
    found = chains(assessment, labels).every
    sections = [Section(f"why-{alert_id(a)}", labels.urgency(a), (found[alert_id(a)],)) for a in assessment.alerts]
    for area, same in groupby(assessment.options, key=lambda option: option.area):
        inner = (Section(f"why-{option_id(o)}", labels.of("treatment", o.treatment), (found[option_id(o)],)) for o in same)
        sections.append(Section(f"why-place-{area}", labels.of("area", area), tuple(inner)))
    for referral in assessment.referrals:
        name = referral_id(referral)
        sections.append(Section(f"why-{name}", labels.of("destination", referral.to), (found[name],)))
    for number, hold in enumerate(assessment.holds if of_holds else (), start=1):
        name = f"hold-{number}"
        sections.append(Section(f"why-{name}", _held(hold, labels), (found[name],)))
    return Section("why", translate("Why"), tuple(sections))


def _hold(hold: Hold, labels: Labels) -> Chain:
    return _chain((), (hold,), _held(hold, labels), labels)


def _option(option: Option, labels: Labels) -> Chain:
    named = f"{labels.of('treatment', option.treatment)}, {labels.of('area', option.area)}"
    return _chain(option.reasons, option.defeats, f"{named}: {labels.of('status', option.status)}", labels)


def _referral(referral: Referral, labels: Labels) -> Chain:
    said = f"{labels.of('destination', referral.to)}: {labels.of('stance', referral.stance)}"
    return _chain(referral.reasons, (), said, labels)


def _alert(alert: Alert, labels: Labels) -> Chain:
    return _chain(alert.reasons, (), labels.urgency(alert), labels)


def _held(hold: Hold, labels: Labels) -> str:
    return f"{labels.of('effect', hold.effect)}: {labels.list_of('treatment', hold.treatments)}"


def _chain(reasons: Sequence[Reason], holds: Sequence[Hold], conclusion: str, labels: Labels) -> Chain:
    against = [reason for hold in holds for reason in (hold.chain or (hold,))]
    ordered = _after_what_they_build_on(merged_reasons((*reasons, *against)))
    place = {reason.rule: number for number, reason in enumerate(ordered)}
    effects = {hold.rule: hold.effect for hold in holds}
    steps = tuple(
        Step(
            said=reason.because,
            label=labels.of("effect", effects[reason.rule]) if reason.rule in effects else "",
            answers=labels.phrases(reason.evidence),
            builds_on=tuple(sorted(place[rule] for rule in reason.builds_on)),
            against=effects.get(reason.rule, "caution") != "caution",
        )
        for reason in ordered
    )
    lines = [_line(n, step, labels.cite(r.sources)) for n, (step, r) in enumerate(zip(steps, ordered, strict=True), start=1)]
    alt = translate("Boxes joined by arrows. They say what is listed beside them: {conclusion}.").format(conclusion=conclusion)
    return Chain(
        translate("How this follows: {conclusion}").format(conclusion=conclusion),
        steps,
        conclusion,
        (*lines, Line(conclusion, label=translate("So"))),
        alt,
    )


def _line(number: int, step: Step, sources: tuple[str, ...]) -> Line:
    rests_on = "; ".join((*step.answers, *(translate("step {number}").format(number=before + 1) for before in step.builds_on)))
    label = (
        translate("Step {number} ({label})").format(number=number, label=step.label)
        if step.label
        else translate("Step {number}").format(number=number)
    )
    return Line(
        step.said,
        label=label,
        details=(translate("From: {rests_on}").format(rests_on=rests_on),) if rests_on else (),
        sources=sources,
    )


def _after_what_they_build_on(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons, each after those it builds on; otherwise as they stand."""
    by_rule = {reason.rule: reason for reason in reasons}
    ordered: dict[str, Reason] = {}

    def place(reason: Reason) -> None:
        if reason.rule not in ordered:
            for rule in reason.builds_on:
                place(by_rule[rule])
            ordered[reason.rule] = reason

    for reason in by_rule.values():
        place(reason)
    return tuple(ordered.values())
