"""Several conclusions said as one: every reason is kept, nobody is named twice, and whatever leaves a set is sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recommender.documents.assessment import Alert, Hold, Option, Reason, Referral
from recommender.documents.vocabulary import AREAS, DESTINATIONS, EFFECTS, KINDS, ON_THE_TABLE, URGENCIES
from recommender.inference.derivation import in_order


def in_rank(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    """Holds, strongest first; of equals, by rule."""
    return tuple(sorted(holds, key=lambda h: (-EFFECTS.index(h.effect), h.rule, h.area or "")))


def merged_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """One reason a rule, with all the answers that matched, in the order in which the rules first stand.

    What is so of one thing and in doubt of another is said as it is: it is so.
    """
    found: dict[str, Reason] = {}
    for reason in reasons:
        before = found.get(reason.rule)
        evidence = in_order((*before.evidence, *reason.evidence)) if before else reason.evidence
        builds_on = tuple(sorted({*before.builds_on, *reason.builds_on})) if before else reason.builds_on
        said = before if before and not before.in_doubt else reason
        found[reason.rule] = said.model_copy(update={"evidence": evidence, "builds_on": builds_on})
    return tuple(found.values())


def merged_referrals(referrals: Iterable[Referral], options: Sequence[Option]) -> tuple[Referral, ...]:
    """One referral for each destination, place and stance; of the same kinds, "instead" takes in "beside".

    A referral ``beside`` an injection stands ``instead`` where none is left to discuss at its place (of the person: at any),
    and one ``instead`` stands ``beside`` where one is left for all that it is about at its place: what is printed is then
    true of this person.
    """
    merged: dict[tuple[str, str, str], list[Referral]] = {}
    for referral in (_standing(referral, options) for referral in referrals):
        merged.setdefault((referral.to, referral.area or "", referral.stance), []).append(referral)
    for (to, area, stance), same in list(merged.items()):
        instead = merged.get((to, area, "instead"), [])
        if stance == "beside" and instead and _kinds(same) <= _kinds(instead):
            instead += merged.pop((to, area, stance))  # the same people for the same things are named once
    found = [
        same[0].model_copy(
            update={
                "kinds": tuple(sorted(_kinds(same), key=KINDS.index)),
                "reasons": merged_reasons(reason for r in same for reason in r.reasons),
            }
        )
        for same in merged.values()
    ]
    return tuple(
        sorted(found, key=lambda r: (AREAS.index(r.area) if r.area else -1, r.stance == "beside", DESTINATIONS.index(r.to)))
    )


def _kinds(referrals: Iterable[Referral]) -> set[str]:
    return {kind for referral in referrals for kind in referral.kinds}


def _standing(referral: Referral, options: Sequence[Option]) -> Referral:
    left = [o for o in options if o.status in ON_THE_TABLE and not _maybe_later(o)]
    here = [option for option in left if referral.area in (None, option.area)]
    if referral.stance == "beside" and not here:
        return referral.model_copy(update={"stance": "instead"})
    if referral.area is None:
        return referral
    if referral.stance == "instead" and {kind for option in here for kind in option.kinds}.issuperset(referral.kinds):
        return referral.model_copy(update={"stance": "beside"})
    return referral


def merged_alerts(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """One alert for each urgency and certainty, the most urgent first."""
    merged: dict[tuple[str, bool], list[Alert]] = {}
    for alert in alerts:
        merged.setdefault((alert.urgency, alert.in_doubt), []).append(alert)
    found = [
        same[0].model_copy(update={"reasons": merged_reasons(r for a in same for r in a.reasons)}) for same in merged.values()
    ]
    return tuple(sorted(found, key=lambda a: (URGENCIES.index(a.urgency), a.in_doubt)))


def _maybe_later(option: Option) -> bool:
    """A second choice that is not even an offer yet: no reason not to see first whom the referral names."""
    return option.status == "open" and option.role == "second_line"
