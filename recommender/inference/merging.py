"""Several conclusions said as one: every reason is kept, nobody is named twice, and whatever leaves a set is sorted."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from recommender.documents.assessment import Hold, Option, Reason, Referral
from recommender.documents.vocabulary import AREAS, DESTINATIONS, EFFECTS, KINDS, ON_THE_TABLE
from recommender.inference.derivation import in_order

_One = TypeVar("_One")
_Key = TypeVar("_Key", bound=Hashable)


def grouped(found: Iterable[_One], key: Callable[[_One], _Key]) -> dict[_Key, list[_One]]:
    """What was found by its key, keys and what has them in the order in which they were found."""
    groups: dict[_Key, list[_One]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return groups


def in_rank(holds: Iterable[Hold]) -> tuple[Hold, ...]:
    """Holds, strongest first; of equals, by rule."""
    return tuple(sorted(holds, key=lambda h: (-EFFECTS.index(h.effect), h.rule, h.area or "")))


def merged_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """One reason a rule, with all the answers that matched, in the order in which the rules first stand.

    What is so of one thing and in doubt of another is said as it is: it is so.
    """
    return tuple(map(_merged, grouped(reasons, lambda reason: reason.rule).values()))


def _merged(same: Sequence[Reason]) -> Reason:
    if len(same) == 1:
        return same[0]
    said = next((reason for reason in same if not reason.in_doubt), same[-1])
    evidence = in_order(evidence for reason in same for evidence in reason.evidence)
    builds_on = tuple(sorted({rule for reason in same for rule in reason.builds_on}))
    return said.model_copy(update={"evidence": evidence, "builds_on": builds_on})


def merged_referrals(referrals: Iterable[Referral], options: Sequence[Option]) -> tuple[Referral, ...]:
    """One referral for each destination, place and stance; of the same kinds, "instead" takes in "beside".

    A referral ``beside`` an injection stands ``instead`` where none is left to discuss at its place (of the person: at any),
    and one ``instead`` stands ``beside`` where one is left for all that it is about at its place: what is printed is then
    true of this person.
    """
    merged = grouped((_standing(one, options) for one in referrals), lambda one: (one.to, one.area or "", one.stance))
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
    here = [o for o in options if o.status in ON_THE_TABLE and not _maybe_later(o) and referral.area in (None, o.area)]
    if referral.stance == "beside" and not here:
        return referral.model_copy(update={"stance": "instead"})
    if referral.area is None:
        return referral
    if referral.stance == "instead" and {kind for option in here for kind in option.kinds}.issuperset(referral.kinds):
        return referral.model_copy(update={"stance": "beside"})
    return referral


def _maybe_later(option: Option) -> bool:
    """A second choice that is not even an offer yet: no reason not to see first whom the referral names."""
    return option.status == "open" and option.role == "second_line"
