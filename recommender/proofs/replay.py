"""Two versions of the rules on answers that were really given: who is told otherwise, and how many of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment
from recommender.documents.vocabulary import EFFECTS, Area
from recommender.inference.assess import assess
from recommender.knowledge.rulebase import RuleBase
from recommender.proofs.difference import NONE, Direction, What, direction_of


@dataclass(frozen=True)
class Replayed:
    """How many people there were, how many of them are told otherwise, and of each thing how many."""

    people: int
    otherwise: int
    weaker: int
    counts: Mapping[tuple[What, str, str], int]

    def of_direction(self, direction: Direction) -> Iterator[tuple[What, str, str, int]]:
        """What is told otherwise in this direction, most often first."""
        for (what, before, after), count in sorted(self.counts.items(), key=lambda item: (-item[1], item[0])):
            if direction_of(what, before, after) == direction:
                yield what, before, after, count


def replay(old: RuleBase, new: RuleBase, people: Iterable[Answers]) -> Replayed:
    """What each of these people is told by the two versions, counted; a person counts once for each thing."""
    number = otherwise = weaker = 0
    counts: Counter[tuple[What, str, str]] = Counter()
    for answers in people:
        before, after = (_told(assess(rules, answers)) for rules in (old, new))
        changed = {
            (what, before.get((what, area), NONE), after.get((what, area), NONE))
            for what, area in before.keys() | after.keys()
            if before.get((what, area), NONE) != after.get((what, area), NONE)
        }
        counts.update(changed)
        number += 1
        otherwise += bool(changed)
        weaker += any(direction_of(*one) == "weaker" for one in changed)
    return Replayed(number, otherwise, weaker, counts)


def _told(found: Assessment) -> Mapping[tuple[What, Area | None], str]:
    """Each thing that is concluded, and where, with its word."""
    told: dict[tuple[What, Area | None], str] = {(What("outcome"), None): found.outcome}
    for option in found.options:
        told[What("option", option.treatment), option.area] = option.status
        told[What("role", option.treatment), option.area] = option.role
    holds = [(None, hold) for hold in found.holds] + [(o.area, hold) for o in found.options for hold in o.defeats]
    for area, hold in sorted(holds, key=lambda one: EFFECTS.index(one[1].effect)):
        told.update(((What("hold", treatment), area), hold.effect) for treatment in hold.treatments)
    for referral in sorted(found.referrals, key=lambda one: one.stance == "instead"):
        told[What("referral", referral.to), referral.area] = referral.stance
    told.update(((What("alert", alert.urgency), None), "raised") for alert in found.alerts)
    told.update(((What("note", f"{note.about}: {note.rule}"), None), "told") for note in found.notes)
    return told
