"""Two versions of the rules compared for everybody: what can come out otherwise, through which rules, for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from recommender.documents.answers import Answers
from recommender.documents.vocabulary import (
    AREAS,
    DESTINATIONS,
    EFFECTS,
    MAKES_NO_OPTION,
    ON_THE_TABLE,
    OUTCOMES,
    STATUS_OF,
    TREATMENTS,
    URGENCIES,
    Area,
)
from recommender.inference.policy import OptionState, Policy
from recommender.knowledge.fields import AREA
from recommender.knowledge.reading import OnePerson, Reading
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule
from recommender.logic.circuit import FALSE, Circuit
from recommender.proofs.claims import HoldClaim, held
from recommender.proofs.everybody import Everybody, ReadBy
from recommender.proofs.proof import places_for

#: where something is not concluded at all
NONE = "none"
#: how safe a word is among its kind: the further down, the more somebody is kept from. What is not offered any more is safer
#: than what is on the table; what is withdrawn and not shown any more leaves nobody to learn why, and is less safe.
_STATUSES: tuple[str, ...] = (*ON_THE_TABLE, NONE, *(STATUS_OF[effect] for effect in MAKES_NO_OPTION))
_SAFER: Mapping[str, Sequence[str]] = {
    "option": _STATUSES,
    "role": ("first_line", "second_line", NONE),
    "hold": (NONE, *EFFECTS),
    "referral": (NONE, "beside", "instead"),
    "alert": (NONE, "raised"),
    "note": (NONE, "told"),
    "outcome": (
        *("nothing_found", "not_needed", "self_care", "discuss", "review"),
        *("defer", "refer", "stop", "contact_injector", "same_day", "emergency"),
    ),
}
Direction = Literal["weaker", "stronger"]


@dataclass(frozen=True, order=True)
class What:
    """What can come out: an option of a treatment, for instance; the places stand beside it."""

    kind: str
    name: str = ""


@dataclass(frozen=True)
class Change:
    """What can come out otherwise: from one word to another, at these places, through these rules, first for whom."""

    what: What
    before: str
    after: str
    areas: tuple[Area, ...]
    rules: tuple[str, ...]
    answers: Answers

    @property
    def direction(self) -> Direction:
        """Whether the new version keeps somebody from less than the old one."""
        return direction_of(self.what, self.before, self.after)


def direction_of(what: What, before: str, after: str) -> Direction:
    """Whether this change keeps somebody from less."""
    order = _SAFER[what.kind]
    return "weaker" if order.index(after) < order.index(before) else "stronger"


@dataclass(frozen=True)
class Difference:
    """What is not the same of two versions: the rules whose text is not, and what can come out otherwise for anybody.

    ``limited_to``: who names more places than that was not looked at.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    changes: tuple[Change, ...]
    limited_to: int | None = None

    @property
    def weaker(self) -> tuple[Change, ...]:
        """What got weaker in safety."""
        return tuple(change for change in self.changes if change.direction == "weaker")


def difference(old: RuleBase, new: RuleBase, *, places: int | None = None) -> Difference:
    """What can come out otherwise by the new version, for anybody in any country; what got weaker first.

    ``places``: for everybody who names at most so many, instead of as many as are enough.
    """
    before, after = ({rule.id: rule for rule in rules.rules} for rules in (old, new))
    changed = tuple(sorted(name for name in before.keys() & after.keys() if _differs(before[name], after[name])))
    added, removed = tuple(sorted(after.keys() - before.keys())), tuple(sorted(before.keys() - after.keys()))
    if not (changed or added or removed or old.follows != new.follows):
        return Difference(added, removed, changed, ())
    most = places if places is not None else max(places_for(old), places_for(new))
    everyone = Everybody(old, most, [rule.when for rule in (*old.rules, *new.rules)])
    versions = everyone.read_by(old), everyone.read_by(new)
    found = list(_changes(everyone, versions, (old, new)))
    order = list(_SAFER)
    found.sort(key=lambda c: (c.direction != "weaker", order.index(c.what.kind), c.what, c.before, c.after))
    return Difference(added, removed, changed, tuple(found), places)


def _differs(one: Rule, other: Rule) -> bool:
    """Whether two versions of a rule can conclude otherwise; words for people apart."""
    return (one.when, one.concludes, one.text.jurisdictions) != (other.when, other.concludes, other.text.jurisdictions)


def _changes(everyone: Everybody, versions: tuple[ReadBy, ReadBy], rules: tuple[RuleBase, RuleBase]) -> Iterator[Change]:
    together: dict[tuple[What, str, str], list[tuple[Area | None, int]]] = defaultdict(list)
    named = (hold.concludes for version in versions for hold in version.policy.holds)
    products = sorted({(treatment, product) for hold in named for treatment in hold.treatment for product in hold.products})
    said = [dict(_said(version, products)) for version in versions]
    for key in sorted(said[0].keys() | said[1].keys(), key=str):
        one, other = (_with_none(version.get(key, {}), everyone.circuit) for version in said)
        for before, after, so in _otherwise(everyone.circuit, one, other):
            together[key[0], before, after].append((key[1], so))
    for (what, before, after), where in together.items():
        answers = everyone.smallest(everyone.circuit.any_of(so for _, so in where))
        assert answers is not None
        areas = tuple(area for area in AREAS if any(area == found for found, _ in where))
        yield Change(what, before, after, areas, _through(rules, answers), answers)


def _with_none(words: Mapping[str, int], circuit: Circuit) -> Mapping[str, int]:
    return {**words, NONE: -circuit.any_of(words.values())} if NONE not in words else words


def _otherwise(circuit: Circuit, one: Mapping[str, int], other: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """Each two words, the first by the old version and the second by the new, that somebody is told."""
    pairs = {
        (before, after): so
        for before, was in one.items()
        for after, is_now in other.items()
        if before != after and (so := circuit.all_of((was, is_now))) != FALSE
    }
    left = dict(pairs)
    while left and circuit.possible([circuit.any_of(left.values())]):
        found = [pair for pair, so in left.items() if circuit.holds(so)]
        for pair in found:
            yield (*pair, left.pop(pair))


_Said = Iterator[tuple[tuple[What, Area | None], Mapping[str, int]]]


def _said(read: ReadBy, products: Sequence[tuple[str, str]]) -> _Said:
    """Everything that can be concluded of everybody: what, and where, with each word that it can have."""
    policy = read.policy
    yield from _options(policy)
    yield from _holds(policy, products)
    yield from _referrals(read)
    yield from (((What("alert", urgency), None), {"raised": policy.raised[urgency]}) for urgency in URGENCIES)
    told: dict[str, list[int]] = defaultdict(list)
    for note in policy.notes:
        told[f"{note.concludes.about}: {note.rule.id}"].append(policy.told(note))
    yield from (((What("note", name), None), {"told": policy.any_of(parts)}) for name, parts in told.items())
    yield (What("outcome"), None), {outcome: policy.outcomes[outcome] for outcome in OUTCOMES}  # type: ignore[index]


def _options(policy: Policy[int]) -> _Said:
    for (area, treatment), option in policy.options.items():
        statuses = _statuses(policy, option)
        offered, first = policy.any_of(statuses.values()), option.first_line
        roles = {"first_line": policy.all_of((offered, first)), "second_line": policy.all_of((offered, -first))}
        yield (What("option", treatment), area), statuses
        yield (What("role", treatment), area), roles


def _holds(policy: Policy[int], products: Sequence[tuple[str, str]]) -> _Said:
    """On a treatment as a whole, and on each of the products that some hold names."""
    for treatment in TREATMENTS:
        for place in (None, *policy.areas):
            yield (What("hold", treatment), place), _strongest(policy, policy.held(place, treatment))
            for product in (product for of, product in products if of == treatment):
                claims = [HoldClaim(treatment=treatment, effect=effect, product=product) for effect in EFFECTS]
                on_it = {claim.effect: held(claim, policy, place) for claim in claims}
                yield (What("hold", f"{treatment}/{product}"), place), _strongest(policy, on_it)


def _referrals(read: ReadBy) -> _Said:
    policy, logic = read.policy, read.people.logic
    for to in DESTINATIONS:
        for place in (None, *policy.areas):
            named: dict[str, list[int]] = {"instead": [], "beside": []}
            for referral in policy.referrals:
                if referral.concludes.to == to and (referral.concern is None) == (place is None):
                    here = logic.true if place is None else read.people.names(referral.concern or 0, AREA, place)
                    named[referral.concludes.stance].append(policy.all_of((here, policy.named(referral))))
            instead, beside = (policy.any_of(named[stance]) for stance in ("instead", "beside"))
            yield (What("referral", to), place), {"instead": instead, "beside": policy.all_of((beside, -instead))}


def _statuses(policy: Policy[int], option: OptionState[int]) -> Mapping[str, int]:
    """One that is no more than open and would be withdrawn is no option."""
    stands = policy.statuses(option)
    return {status: policy.all_of((so, option.firm)) if status == "withdrawn" else so for status, so in stands.items()}


def _strongest(policy: Policy[int], strong: Mapping[Any, int]) -> Mapping[str, int]:
    """The strongest hold alone, from those that are at least so strong."""
    stronger = (*(strong[effect] for effect in EFFECTS[1:]), FALSE)
    return {effect: policy.all_of((strong[effect], -more)) for effect, more in zip(EFFECTS, stronger, strict=True)}


def _through(rules: tuple[RuleBase, RuleBase], answers: Answers) -> tuple[str, ...]:
    """The rules whose text is not the same in both versions and that say otherwise of somebody."""
    said: list[dict[str, object]] = []
    for version in rules:
        reading = Reading(OnePerson(version.facts(answers)), version.finders)
        said.append({rule.id: _fires(reading, rule) for rule in version.rules})
    old, new = (version.by_id for version in rules)
    every = sorted(old.keys() | new.keys())
    return tuple(
        name
        for name in every
        if (name not in old or name not in new or _differs(old[name], new[name]))
        and (
            said[0].get(name) != said[1].get(name)
            or (name in old and name in new and old[name].concludes != new[name].concludes)
        )
    )


def _fires(reading: Reading[bool], rule: Rule) -> tuple[bool, ...]:
    modes = ("certain", "doubted", "possible")
    return tuple(reading.rule(rule, concern, mode) for concern in reading.concerns_of(rule) for mode in modes)  # type: ignore[arg-type]
