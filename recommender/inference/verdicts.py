"""What rules say in one world, as literals: how each option and alert stands, and what else is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, product

from recommender.documents.vocabulary import DESTINATIONS, EFFECTS, TREATMENTS, URGENCIES, Treatment
from recommender.inference.circuit import FALSE, TRUE, Circuit
from recommender.inference.outcomes import OptionLiterals, Outcomes, PersonLiterals
from recommender.inference.policy import (
    CHANGES_LOOKS,
    IN_DOUBT,
    MAKES_NO_OPTION,
    NEEDS_HELP,
    SEEN_BEFORE_ALL,
    SEEN_LATER,
    TOLD_LATER,
)
from recommender.inference.world import Shape, World
from recommender.knowledge.doubt import speaks_in_doubt
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule


class Verdicts:
    """The options, alerts and everything else that the rules come to in one world, as ``policy`` puts them."""

    def __init__(self, circuit: Circuit, rules: RuleBase, shape: Shape, world: World) -> None:
        self._circuit = circuit
        self._rules = rules
        self._shape = shape
        self._world = world
        self._at_least: dict[tuple[str | None, Treatment], Mapping[str, int]] = {}
        self._firm: dict[tuple[str, Treatment], tuple[int, int]] = {}

    def _fires(self, rule: Rule, concern: int | None) -> int:
        return self._world.reads(rule, concern, "certain")

    def _doubts(self, rule: Rule, concern: int | None) -> int:
        if not speaks_in_doubt(rule):
            return FALSE
        return self._circuit.all_of((self._world.reads(rule, concern, "doubted"), -self._fires(rule, concern)))

    def _concluding(self, what: str) -> Iterator[tuple[Rule, int | None]]:
        for rule in self._rules.concluding[what]:
            for concern in range(len(self._shape.concerns)) if rule.scope == "concern" else (None,):
                yield rule, concern

    def _areas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(area for area, _ in self._shape.concerns))

    def _offers(self, area: str, treatment: Treatment) -> Iterator[tuple[Rule, int | None]]:
        for rule, concern in self._concluding("offer"):
            assert rule.text.offer is not None
            assert concern is not None
            if rule.text.offer.treatment == treatment and self._shape.concerns[concern][0] == area:
                yield rule, concern

    def _holds(self, area: str | None, treatment: Treatment) -> Iterator[tuple[Rule, int | None]]:
        """The holds on a treatment at a place; without a place, those on the person."""
        for rule, concern in self._concluding("hold"):
            assert rule.text.hold is not None
            here = concern is None or self._shape.concerns[concern][0] == area
            if treatment in rule.text.hold.treatment and here:
                yield rule, concern

    def _held(self, area: str | None, treatment: Treatment, effect: str) -> int:
        """Held with this effect or a stronger one; a hold in doubt is for a prescriber."""
        if (area, treatment) not in self._at_least:
            self._at_least[area, treatment] = dict(self._by_strength(area, treatment))
        return self._at_least[area, treatment][effect]

    def _by_strength(self, area: str | None, treatment: Treatment) -> Iterator[tuple[str, int]]:
        found: dict[str, list[int]] = {effect: [] for effect in EFFECTS}
        for rule, concern in self._holds(area, treatment):
            assert rule.text.hold is not None
            found[rule.text.hold.effect].append(self._fires(rule, concern))
            found["review"].append(self._doubts(rule, concern))
        held = FALSE
        for effect in reversed(EFFECTS):
            held = self._circuit.any_of([held, *found[effect]])
            yield effect, held

    def _offered(self, area: str, treatment: Treatment) -> tuple[int, int]:
        """Whether a treatment is offered at a place for certain, and whether it is no more than open."""
        key = (area, treatment)
        if key not in self._firm:
            offers = tuple(self._offers(area, treatment))
            firm = self._circuit.any_of(self._fires(*offer) for offer in offers)
            waits = self._circuit.any_of(self._world.waits(*offer) for offer in offers)
            self._firm[key] = firm, self._circuit.all_of((-firm, waits))
        return self._firm[key]

    def standings(self) -> Mapping[str, tuple[int, ...]]:
        """Each option and alert by name, with a literal for each standing it can have; one not on the table has none.

        Where no place is named and nothing is asked about an injection, each treatment: how it is held.
        """
        circuit = self._circuit
        found: dict[str, tuple[int, ...]] = {}
        for area, treatment in product(self._areas(), TREATMENTS):
            firm, is_open = self._offered(area, treatment)
            if (firm, is_open) != (FALSE, FALSE):
                review, defer, refer, stop = (
                    self._held(area, treatment, effect) for effect in ("review", "defer", "refer", "hard_stop")
                )
                some = circuit.any_of((firm, is_open))
                found[f"{area}/{treatment}"] = (
                    circuit.all_of((firm, -review)),
                    circuit.all_of((is_open, -defer)),
                    circuit.all_of((firm, review, -defer)),
                    circuit.all_of((some, defer, -refer)),
                    circuit.all_of((some, refer, -stop)),
                )
        if not self._shape.concerns and not self._shape.after_treatment:
            found |= dict(self._held_back())
        for urgency in URGENCIES:
            raised = circuit.any_of(self._raised(urgency))
            if raised != FALSE:
                found[f"alert/{urgency}"] = (raised,)
        return found

    def _held_back(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Where no place is named: each treatment with a literal for each strength with which it is held."""
        for treatment in TREATMENTS:
            review, defer, refer, stop = (
                self._held(None, treatment, effect) for effect in ("review", "defer", "refer", "hard_stop")
            )
            if review != FALSE:
                all_of = self._circuit.all_of
                yield treatment, (all_of((review, -defer)), all_of((defer, -refer)), all_of((refer, -stop)), stop)

    def _raised(self, urgency: str) -> Iterator[int]:
        for rule, concern in self._concluding("alert"):
            assert rule.text.alert is not None
            if rule.text.alert.urgency == urgency:
                yield self._fires(rule, concern)
            if IN_DOUBT[rule.text.alert.urgency] == urgency:
                yield self._doubts(rule, concern)

    def shown(self) -> Mapping[str, tuple[int, ...]]:
        """What else is told: the one word for the person, who else to see, and of what is on the table offers, holds and notes
        by rule.
        """
        outcomes = Outcomes(self._circuit, tuple(self._options()), self._person())
        return {"outcome": tuple(outcomes.literals().values()), **dict(self._shown())}

    def _options(self) -> Iterator[OptionLiterals]:
        for area, treatment in product(self._areas(), TREATMENTS):
            firm, is_open = self._offered(area, treatment)
            first = [o for o in self._offers(area, treatment) if o[0].text.offer and o[0].text.offer.role == "first_line"]
            by_place = [
                self._fires(rule, concern)
                for rule, concern in self._holds(area, treatment)
                if rule.scope == "concern" and rule.text.hold and rule.text.hold.effect in MAKES_NO_OPTION
            ]
            if (firm, is_open) != (FALSE, FALSE):
                yield OptionLiterals(
                    treatment=treatment,
                    is_offered=firm,
                    is_open=is_open,
                    may_be_first=self._circuit.any_of(self._world.waits(*offer) for offer in first),
                    ruled_out=self._circuit.any_of(by_place),
                    held={effect: self._held(area, treatment, effect) for effect in EFFECTS},
                )

    def _person(self) -> PersonLiterals:
        any_of, referrals = self._circuit.any_of, tuple(self._concluding("refer"))
        referred = {to: any_of(self._fires(*r) for r in referrals if _destination(r[0]) == to) for to in DESTINATIONS}
        as_a_whole = (r for r in referrals if r[1] is None and _comes_before_all(r[0]))
        return PersonLiterals(
            held={(t, effect): self._held(None, t, effect) for t in TREATMENTS for effect in EFFECTS},
            raised={urgency: any_of(self._raised(urgency)) for urgency in URGENCIES},
            referred=referred,
            referred_as_a_whole=any_of(self._fires(*r) for r in as_a_whole),
        )

    def _shown(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        circuit = self._circuit
        on_the_table: list[int] = []
        for area, treatment in product(self._areas() or (None,), TREATMENTS):
            stopped = self._held(area, treatment, "hard_stop")
            # where no place is named, what speaks against a treatment is told all the same
            firm, is_open = self._offered(area, treatment) if area is not None else (TRUE, FALSE)
            here = circuit.all_of((circuit.any_of((firm, is_open)), -stopped))
            on_the_table.append(here)
            if area is None:
                yield f"person/{treatment}", (stopped,)
            for rule, concerns in _by_rule(self._offers(area, treatment) if area is not None else ()):
                offered = circuit.any_of(self._fires(rule, concern) for concern in concerns)
                maybe = circuit.any_of(self._world.waits(rule, concern) for concern in concerns)
                told = circuit.all_of((offered, -stopped)), circuit.all_of((maybe, is_open, -stopped))
                yield f"offer/{area}/{rule.id}", told
            for rule, concerns in _by_rule(self._holds(area, treatment)):
                held = circuit.any_of(self._fires(rule, concern) for concern in concerns)
                doubted = circuit.all_of((circuit.any_of(self._doubts(rule, concern) for concern in concerns), -held))
                yield f"hold/{area}/{treatment}/{rule.id}", (circuit.all_of((held, here)), circuit.all_of((doubted, here)))
        help_first = circuit.any_of(literal for urgency in NEEDS_HELP for literal in self._raised(urgency))
        psychologist_first = circuit.any_of(
            self._fires(*r) for r in self._concluding("refer") if r[1] is None and _comes_before_all(r[0], "psychological")
        )
        for rule, concerns in _by_rule(self._concluding("refer")):
            to = _destination(rule)
            named = (-help_first if to in SEEN_LATER else TRUE, -psychologist_first if to in CHANGES_LOOKS else TRUE)
            for area in dict.fromkeys(self._area(concern) for concern in concerns):
                fires = circuit.any_of(
                    circuit.all_of((self._fires(rule, concern), -self._unneeded(concern) if to in CHANGES_LOOKS else TRUE))
                    for concern in concerns
                    if self._area(concern) == area
                )
                yield f"refer/{area}/{rule.id}", (circuit.all_of((fires, *named)),)
        some = circuit.any_of(on_the_table)
        for rule, concerns in _by_rule(self._concluding("note")):
            fires = circuit.any_of(self._fires(rule, concern) for concern in concerns)
            later = rule.text.note is not None and rule.text.note.about in TOLD_LATER
            yield f"note/{rule.id}", (circuit.all_of((fires, some, -help_first if later else TRUE)),)

    def _unneeded(self, concern: int | None) -> int:
        """Whether what is seen there needs no treatment."""
        seen = self._shape.concerns
        return self._circuit.any_of(
            self._fires(rule, other)
            for rule, other in self._concluding("refer")
            if _destination(rule) == "not_needed" and None not in (concern, other) and seen[other or 0] == seen[concern or 0]
        )

    def _area(self, concern: int | None) -> str | None:
        return None if concern is None else self._shape.concerns[concern][0]


def _destination(rule: Rule) -> str:
    assert rule.text.refer is not None
    return rule.text.refer.to


def _comes_before_all(rule: Rule, *to: str) -> bool:
    refer = rule.text.refer
    return refer is not None and refer.to in (to or SEEN_BEFORE_ALL) and refer.stance == "instead"


def _by_rule(found: Iterable[tuple[Rule, int | None]]) -> Iterator[tuple[Rule, tuple[int | None, ...]]]:
    for _, group in groupby(found, key=lambda one: one[0].id):
        same = tuple(group)
        yield same[0][0], tuple(concern for _, concern in same)
