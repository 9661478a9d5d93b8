"""What no rule base should hold: rules and values that are of no consequence for anybody, and rules that contradict each other.

Whoever shows that a rule is of consequence is looked for among people with few places; what is left is decided for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from recommender.documents.problems import Problem
from recommender.inference.statements import Statement
from recommender.knowledge.conditions import Mode
from recommender.knowledge.fields import AREA, Field, Value
from recommender.knowledge.reading import Reading
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import HoldOn, Offer, Refer, Rule
from recommender.logic.circuit import FALSE, TRUE
from recommender.proofs.everybody import Everybody, ReadBy
from recommender.proofs.general import answer_name
from recommender.proofs.general import names_of as of_general
from recommender.proofs.one_changed import OneChanged
from recommender.proofs.places import others
from recommender.proofs.proof import places_for
from recommender.proofs.waivers import Waiver

NEVER_FIRES, CHANGES_NOTHING, ALWAYS_WITHDRAWN = "never-fires", "changes-nothing", "always-withdrawn"
NOT_TOLD_APART, CONTRADICTION = "not-told-apart", "contradiction"
CHECKS = (NEVER_FIRES, CHANGES_NOTHING, ALWAYS_WITHDRAWN, NOT_TOLD_APART, CONTRADICTION)
_FEW = 2
_MODES: tuple[Mode, ...] = ("certain", "possible", "doubted")
_SAID = {
    NEVER_FIRES: "'{}' fires for nobody, whatever they answer",
    CHANGES_NOTHING: "'{}' changes nothing for anybody: without it everybody is told the same",
    ALWAYS_WITHDRAWN: "'{}' offers what is withdrawn of everybody whom it is offered to",
}


def names_of(rules: RuleBase) -> Mapping[str, frozenset[str]]:
    """What a waiver of each check, and of each general property, can be of."""
    ids = frozenset(rules.by_id)
    answers = frozenset(answer_name(fact) for fact in _worded(rules))
    return {
        **of_general(rules),
        **dict.fromkeys((NEVER_FIRES, CHANGES_NOTHING, ALWAYS_WITHDRAWN, CONTRADICTION), ids),
        NOT_TOLD_APART: answers,
    }


def exact_issues(rules: RuleBase, waivers: Sequence[Waiver] = ()) -> Iterator[Problem]:
    """Each thing found, but what is waived; and each waiver that nothing needs."""
    found = list(_found(rules))
    of = {(check, name) for check, names, _ in found for name in names}
    let_stand = {(waiver.text.check, name) for waiver in waivers for name in waiver.text.of}
    yield from (problem for check, names, problem in found if not any((check, name) in let_stand for name in names))
    for waiver in waivers:
        if waiver.text.check in CHECKS:
            for name in waiver.text.of:
                if (waiver.text.check, name) not in of:
                    yield Problem(
                        waiver.where, f"lets '{name}' stand, of which '{waiver.text.check}' finds nothing: take it away"
                    )


def _found(rules: RuleBase) -> Iterator[tuple[str, tuple[str, ...], Problem]]:
    silent = _without(rules, _fires, set(rules.by_id), 1 + max(others(rule.when, rules) for rule in rules.rules))
    idle = _without(rules, _matters, set(rules.by_id) - silent, places_for(rules))
    offers = {rule.id for rule in rules.concluding["offer"]} - silent - idle
    withdrawn = _without(rules, _is_on_the_table, offers, places_for(rules))
    for check, names in ((NEVER_FIRES, silent), (CHANGES_NOTHING, idle), (ALWAYS_WITHDRAWN, withdrawn)):
        for name in sorted(names):
            yield check, (name,), Problem(rules.by_id[name].where, _SAID[check].format(name))
    few = _Few(rules, _FEW)
    yield from few.values_not_told_apart()
    yield from few.contradictions()


_Shown = Mapping[str, int]
_Asked = Collection[str]


def _without(rules: RuleBase, shown: Callable[[_Few, _Asked], _Shown], asked: _Asked, enough: int) -> set[str]:
    """The rules of which nobody shows it: those with few places are asked first, and of what is left everybody."""
    left = set(asked)
    for places in sorted({min(_FEW, enough), enough}):
        if left:
            few = _Few(rules, places)
            left = few.left(shown(few, left))
    return left


class _Few:
    """Everybody with so many places, as some rules read them."""

    def __init__(self, rules: RuleBase, places: int) -> None:
        self.rules = rules
        self.everyone = Everybody(rules, places, [rule.when for rule in rules.rules])
        self.circuit = self.everyone.circuit
        self.read: ReadBy = self.everyone.read_by(rules)

    def left(self, shown: _Shown) -> set[str]:
        """The rules of which it is shown of nobody."""
        left = dict(shown)
        while left and self.circuit.possible([self.circuit.any_of(left.values())]):
            for name in [name for name, so in left.items() if self.circuit.holds(so)]:
                del left[name]
        return set(left)

    def values_not_told_apart(self) -> Iterator[tuple[str, tuple[str, ...], Problem]]:
        """Each two words of an answer that mean the same to every rule, about the first thing or the person."""
        reading, spoken = self.read.reading, [rule for rule in self.rules.rules if rule.finds is None]
        read = [reading.rule(rule, 0 if rule.scope == "concern" else None, mode) for rule in spoken for mode in _MODES]
        elsewhere = [reading.rule(rule, 1, mode) for rule in spoken if rule.scope == "concern" for mode in _MODES]
        literals = [*read, *elsewhere]
        gates = self.circuit.below(literals)
        for fact in _worded(self.rules):
            item = (fact, 0 if fact.group == "concern" else None)
            if item not in self.read.people.values:
                continue
            with_it = {word: self._with(item, word, gates) for word in fact.words}
            for one, other in combinations(fact.words, 2):
                pairs = {(with_it[one].get(so, so), with_it[other].get(so, so)) for so in literals}
                differ = self.circuit.any_of(self.circuit.differ(a, b) for a, b in pairs if a != b)
                if differ == FALSE or not self.circuit.possible([differ]):
                    name = answer_name(fact)
                    yield NOT_TOLD_APART, (name,), Problem(name, f"no rule tells '{one}' from '{other}'")

    def _with(self, item: tuple[Field, int | None], word: Value, gates: Sequence[int]) -> Mapping[int, int]:
        values = self.read.people.values[item]
        return self.circuit.known(gates, {literal: TRUE if one == word else FALSE for one, literal in values.items()})

    def contradictions(self) -> Iterator[tuple[str, tuple[str, ...], Problem]]:
        """Each two rules that say of one thing what cannot both be so, for somebody."""
        policy = self.read.policy
        said: list[Statement[int, Any]] = [*policy.offers, *policy.referrals]
        of_first = [one for one in said if one.concern in (0, None)]
        for one, other in combinations(of_first, 2):
            fault = _cannot_both_be(one, other)
            if fault is not None and one.rule.id != other.rule.id:
                both = [one.certain, other.certain]
                both += [self.on_the_table(said) for said in (one, other) if isinstance(said.concludes, Offer)]
                answers = self.everyone.smallest(self.circuit.all_of(both))
                if answers is not None:
                    fault = f"'{one.rule.id}' and '{other.rule.id}' contradict each other: {fault}; for instance of "
                    person = answers.model_dump_json(by_alias=True, exclude_none=True)
                    yield CONTRADICTION, (one.rule.id, other.rule.id), Problem(one.rule.where, fault + person)

    def on_the_table(self, offer: Statement[int, Offer]) -> int:
        """Where what is offered is not ruled out at its place."""
        policy, treatment = self.read.policy, offer.concludes.treatment
        found = []
        for area in policy.areas:
            here = self.read.people.names(offer.concern or 0, AREA, area)
            found.append(self.circuit.all_of((here, -policy.held(area, treatment)["hard_stop"])))
        return self.circuit.any_of(found)


def _cannot_both_be(one: Statement[int, Any], other: Statement[int, Any]) -> str | None:
    """Why two statements about one thing seen cannot both be so; of a person, several things can be so at once."""
    if one.concern is None or one.concern != other.concern:
        return None
    match one.concludes, other.concludes:
        case Offer(treatment=treatment, role=role), Offer() as second if treatment == second.treatment and role != second.role:
            return f"the same treatment comes first and second ({treatment})"
        case Refer(to=to, stance=stance), Refer() as second if to == second.to and stance != second.stance:
            return f"the same referral is instead of an injection and beside it ({to})"
        case (Offer(), Refer(to="not_needed", stance="instead")) | (Refer(to="not_needed", stance="instead"), Offer()):
            return "a treatment is offered for what needs none"
        case _:
            return None


def _worded(rules: RuleBase) -> list[Field]:
    return [fact for fact in sorted(rules.fields_read) if not fact.is_number]


def _fires(few: _Few, asked: _Asked) -> _Shown:
    reading = few.read.reading
    modes: tuple[Mode, ...] = ("certain", "doubted")
    return {
        rule.id: few.circuit.any_of(reading.rule(rule, concern, m) for concern in reading.concerns_of(rule) for m in modes)
        for rule in few.rules.rules
        if rule.id in asked
    }


def _matters(few: _Few, asked: _Asked) -> _Shown:
    """Where a rule is told, or what it finds makes another rule say otherwise."""
    circuit, policy = few.circuit, few.read.policy
    told: dict[str, list[int]] = {name: [] for name in asked}
    for offer in policy.offers:
        told.get(offer.rule.id, []).extend((offer.certain, circuit.all_of((offer.waits, few.on_the_table(offer)))))
    for alert in policy.alerts:
        told.get(alert.rule.id, []).extend((alert.certain, alert.doubted))
    for referral in policy.referrals:
        told.get(referral.rule.id, []).append(policy.named(referral))
    for note in policy.notes:
        told.get(note.rule.id, []).append(policy.told(note))
    for hold in policy.holds:
        if hold.rule.id in told:
            stands = circuit.any_of((hold.certain, hold.doubted, hold.undecided))
            told[hold.rule.id] += [circuit.all_of((stands, -stopped)) for stopped in _stopped_by_others(few, hold)]
    found = {name: circuit.any_of(so) for name, so in told.items()}
    return {**found, **_found_makes_a_difference(few, [rule for rule in few.rules.rules if rule.finds and rule.id in asked])}


def _stopped_by_others(few: _Few, hold: Statement[int, HoldOn]) -> Iterator[int]:
    """Of each treatment that it holds, where other rules rule it out at its place."""
    circuit, policy, people = few.circuit, few.read.policy, few.read.people
    for treatment in hold.concludes.treatment:
        if hold.concern is None:
            places = [(TRUE, policy.holds_at(None, treatment))]
        else:
            at = [(people.names(hold.concern, AREA, area), policy.holds_at(area, treatment)) for area in policy.areas]
            places = [(here, holds) for here, holds in at if here != FALSE]
        for here, holds in places:
            others_stop = [
                circuit.all_of((there, other.certain))
                for other, there in holds
                if other.rule.id != hold.rule.id and other.concludes.effect == "hard_stop"
            ]
            yield circuit.any_of((-here, *others_stop))


def _found_makes_a_difference(few: _Few, finders: Sequence[Rule]) -> _Shown:
    """Where some rule would say otherwise, did a finding's rule not find it."""
    circuit, before = few.circuit, few.read.reading
    choice = circuit.one_of(len(finders)) if finders else []
    after: Reading[int] = OneChanged(
        few.read.people, few.rules.finders, {rule.id: [(is_it, None)] for rule, is_it in zip(finders, choice, strict=True)}
    )
    spoken = [rule for rule in few.rules.rules if rule.finds is None]
    pairs = (
        (before.rule(rule, concern, mode), after.rule(rule, concern, mode))
        for rule in spoken
        for concern in before.concerns_of(rule)
        for mode in _MODES
    )
    otherwise = circuit.any_of(circuit.differ(one, other) for one, other in pairs if one != other)
    return {rule.id: circuit.all_of((is_it, otherwise)) for rule, is_it in zip(finders, choice, strict=True)}


def _is_on_the_table(few: _Few, asked: _Asked) -> _Shown:
    circuit = few.circuit
    found: dict[str, list[int]] = {name: [] for name in asked}
    for offer in few.read.policy.offers:
        if offer.rule.id in found:
            offered = circuit.any_of((offer.certain, offer.waits))
            found[offer.rule.id].append(circuit.all_of((offered, few.on_the_table(offer))))
    return {name: circuit.any_of(so) for name, so in found.items()}
