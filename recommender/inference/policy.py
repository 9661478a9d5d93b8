"""The policy: what many simultaneous conclusions come to. It is the only place that ranks anything.

It is stated once, over any logic: for one person it decides what their assessment says, for everybody what could be said.
All options are collected; the strongest hold sets an option's status; a withdrawn option stays with what defeated it;
alerts come before everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from recommender.documents.vocabulary import (
    AREAS,
    DESTINATIONS,
    EFFECTS,
    LEFT_TO_A_PRESCRIBER,
    MAKES_NO_OPTION,
    STATUS_OF,
    TREATMENTS,
    URGENCIES,
    Area,
    Destination,
    Effect,
    Outcome,
    Status,
    Treatment,
    Urgency,
)
from recommender.inference.statements import C, Statement
from recommender.knowledge.fields import AREA, KIND
from recommender.knowledge.reading import People
from recommender.knowledge.rules import HoldOn, Offer, Raise, Refer, Tell
from recommender.logic.logics import T

#: an alert whose sign was answered "unsure" is one step milder, and never silent
IN_DOUBT: Mapping[Urgency, Urgency] = {
    "emergency": "same_day",
    "same_day": "contact_injector",
    "contact_injector": "contact_injector",
    "self_care": "contact_injector",
}
#: whom the person as a whole is sent to before anything is discussed, unless ``beside`` it
SEEN_BEFORE_ALL = ("medical", "psychological")
#: with one of these alerts somebody needs help today
NEEDS_HELP: tuple[Urgency, ...] = ("emergency", "same_day")
#: who is seen about looks or teeth: named when no help is needed today
SEEN_LATER = ("skin_consultation", "surgical_opinion", "dental", "not_needed")
#: topics of notes on what a treatment does, which are not told then
TOLD_LATER = ("what_to_expect",)
#: who would change looks: not named while a psychologist comes first, nor about what needs no treatment
CHANGES_LOOKS = ("skin_consultation", "surgical_opinion")

_Name = TypeVar("_Name", bound=str)


@dataclass(frozen=True, slots=True)
class OptionState(Generic[T]):
    """One treatment at one place: ``firm`` where it is offered, ``open`` where it only may be.

    ``first_line`` is so among the offers that stand; ``undecided`` where a detail answered "unsure" could rule it out;
    ``ruled_out`` is by what is known of its place; ``held`` says for an effect whether a hold of that strength, or a stronger
    one, is on it.
    """

    treatment: Treatment
    firm: T
    open: T
    first_line: T
    undecided: T
    ruled_out: T
    held: Mapping[str, T]


class Policy(Generic[T]):
    """The statements that rules make about people, and what they come to together."""

    def __init__(self, people: People[T], statements: Iterable[Statement[T, Any]]) -> None:
        self._people = people
        self.all_of, self.any_of, self._not = people.logic.all_of, people.logic.any_of, people.logic.not_
        self._true, self._false = people.logic.true, people.logic.false
        by_type: dict[type, list[Statement[T, Any]]] = defaultdict(list)
        for statement in statements:
            by_type[type(statement.concludes)].append(statement)
        self.offers: Sequence[Statement[T, Offer]] = by_type[Offer]
        self.holds: Sequence[Statement[T, HoldOn]] = by_type[HoldOn]
        self.referrals: Sequence[Statement[T, Refer]] = by_type[Refer]
        self.alerts: Sequence[Statement[T, Raise]] = by_type[Raise]
        self.notes: Sequence[Statement[T, Tell]] = by_type[Tell]
        self._held: dict[tuple[str | None, Treatment], Mapping[str, T]] = {}

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The places at which something is, or may be, named."""
        return tuple(
            area for area in AREAS if any(self._people.names(k, AREA, area) != self._false for k in self._people.concerns)
        )

    # holds, options, alerts

    def offers_at(self, area: str, treatment: Treatment) -> Iterator[tuple[Statement[T, Offer], T]]:
        """The offers of a treatment at a place, with whether they are about it."""
        return self.here(area, (offer for offer in self.offers if offer.concludes.treatment == treatment))

    def holds_at(self, area: str | None, treatment: Treatment) -> Iterator[tuple[Statement[T, HoldOn], T]]:
        """The holds on a treatment at a place, with whether they are about it; without a place, those on the person."""
        return self.here(area, (hold for hold in self.holds if treatment in hold.concludes.treatment))

    def here(self, area: str | None, found: Iterable[Statement[T, C]]) -> Iterator[tuple[Statement[T, C], T]]:
        """Those of the statements that can be about a place or the person, with whether they are."""
        for statement in found:
            if statement.concern is None:
                yield statement, self._true
            elif area is not None and (here := self._people.names(statement.concern, AREA, area)) != self._false:
                yield statement, here

    def held(self, area: str | None, treatment: Treatment) -> Mapping[str, T]:
        """For each effect, whether a hold of that strength or a stronger one stands; one in doubt is for a prescriber."""
        key = area, treatment
        if key not in self._held:
            found: dict[str, list[T]] = {effect: [] for effect in EFFECTS}
            for hold, here in self.holds_at(area, treatment):
                found[hold.concludes.effect].append(self.all_of((here, hold.certain)))
                found["review"].append(self.all_of((here, hold.doubted)))
            held: dict[str, T] = {}
            so_far = self._false
            for effect in reversed(EFFECTS):
                held[effect] = so_far = self.any_of([so_far, *found[effect]])
            self._held[key] = held
        return self._held[key]

    @cached_property
    def options(self) -> Mapping[tuple[Area, Treatment], OptionState[T]]:
        """Each treatment at each place at which it may be offered."""
        every = {(area, treatment): self.option_at(area, treatment) for area in self.areas for treatment in TREATMENTS}
        return {key: o for key, o in every.items() if (o.firm, o.open) != (self._false, self._false)}

    def option_at(self, area: str, treatment: Treatment) -> OptionState[T]:
        """A treatment at a place, whether or not it can be offered there."""
        offers = list(self.offers_at(area, treatment))
        first = [(offer, here) for offer, here in offers if offer.concludes.role == "first_line"]
        firm, waits, first_firm, first_waits = (
            self.any_of(self.all_of((here, getattr(offer, stands))) for offer, here in found)
            for found in (offers, first)
            for stands in ("certain", "waits")
        )
        holds = list(self.holds_at(area, treatment))
        ruled_out = (
            self.all_of((here, hold.certain))
            for hold, here in holds
            if hold.concern is not None and hold.concludes.effect in MAKES_NO_OPTION
        )
        not_firm = self._not(firm)
        return OptionState(
            treatment=treatment,
            firm=firm,
            open=self.all_of((not_firm, waits)),
            first_line=self.any_of((first_firm, self.all_of((not_firm, first_waits)))),
            undecided=self.any_of(self.all_of((here, hold.undecided)) for hold, here in holds),
            ruled_out=self.any_of(ruled_out),
            held=self.held(area, treatment),
        )

    def statuses(self, option: OptionState[T]) -> Mapping[Status, T]:
        """Each status of an option that is offered or open, with whether it is the one: the first that applies.

        One that is no more than open and would be withdrawn is no option.
        """
        rows = (
            *_standing(option.held, MAKES_NO_OPTION),
            ("open", self._depends(option)),
            *_standing(option.held, LEFT_TO_A_PRESCRIBER),
            ("suggested", self._true),
        )
        return self._first(self.any_of((option.firm, option.open)), rows)

    def _depends(self, option: OptionState[T]) -> T:
        """Whether it depends on a detail that is not known."""
        return self.any_of((option.open, option.undecided))

    def held_back(self, treatment: Treatment) -> Mapping[Status, T]:
        """How a treatment is held, where no place is named."""
        held = self.held(None, treatment)
        return self._first(self._true, (*_standing(held, MAKES_NO_OPTION), *_standing(held, LEFT_TO_A_PRESCRIBER)))

    def _first(self, given: T, rows: Iterable[tuple[_Name, T]]) -> Mapping[_Name, T]:
        """An ordered table over the logic: each name with where it is the first whose row applies, where ``given`` is so."""
        found: dict[_Name, list[T]] = {}
        left = given
        for name, applies in rows:
            found.setdefault(name, []).append(self.all_of((left, applies)))
            left = self.all_of((left, self._not(applies)))
        return {name: self.any_of(parts) for name, parts in found.items()}

    @cached_property
    def raised(self) -> Mapping[Urgency, T]:
        """Each urgency with whether there is such an alert."""
        found: dict[Urgency, list[T]] = {urgency: [] for urgency in URGENCIES}
        for alert in self.alerts:
            found[alert.concludes.urgency].append(alert.certain)
            found[IN_DOUBT[alert.concludes.urgency]].append(alert.doubted)
        return {urgency: self.any_of(parts) for urgency, parts in found.items()}

    @cached_property
    def help_first(self) -> T:
        """Whether somebody needs help today: nothing else is then put beside it."""
        return self.any_of(self.raised[urgency] for urgency in NEEDS_HELP)

    # who else to see, and notes

    def named(self, referral: Statement[T, Refer]) -> T:
        """Whether a referral is named: not one that can wait for help needed today, or for a psychologist who comes first.

        Nobody who would change looks is named about what needs no treatment.
        """
        against = [self.help_first] if referral.concludes.to in SEEN_LATER else []
        if referral.concludes.to in CHANGES_LOOKS:
            against += [self._before_all("psychological"), self._unneeded(referral.concern)]
        return self.all_of((referral.certain, *map(self._not, against)))

    def _before_all(self, *destinations: str) -> T:
        """Whether the person as a whole is to see one of these instead of an injection."""
        return self.any_of(
            r.certain
            for r in self.referrals
            if r.concern is None and r.concludes.to in destinations and r.concludes.stance == "instead"
        )

    def _unneeded(self, concern: int | None) -> T:
        """Whether what is seen there needs no treatment."""
        return self.any_of(
            self.all_of((r.certain, self._alike(concern, r.concern))) for r in self.referrals if r.concludes.to == "not_needed"
        )

    def _alike(self, one: int | None, other: int | None) -> T:
        if one is None or other is None:
            return self._true if one is other else self._false
        return self.all_of(self._people.alike(fact, one, other) for fact in (AREA, KIND))

    def told(self, note: Statement[T, Tell]) -> T:
        """Whether a note is told: not one on what a treatment does while help is needed today."""
        later = note.concludes.about in TOLD_LATER
        return self.all_of((note.certain, self._not(self.help_first))) if later else note.certain

    # the one word for the person

    @cached_property
    def _named(self) -> Mapping[Destination, T]:
        """Each destination with whether somebody is sent there."""
        return {to: self.any_of(self.named(r) for r in self.referrals if r.concludes.to == to) for to in DESTINATIONS}

    @cached_property
    def _elsewhere(self) -> T:
        """Whether there is somebody else to see at all."""
        return self.any_of(named for to, named in self._named.items() if to != "not_needed")

    @cached_property
    def outcomes(self) -> Mapping[Outcome, T]:
        """Each outcome with whether it is the one: this order is the policy."""
        person = {treatment: self.held(None, treatment) for treatment in TREATMENTS}
        return self._first(
            self._true,
            (
                *((urgency, self.raised[urgency]) for urgency in ("emergency", "same_day", "contact_injector")),
                *self._against_everything(),
                ("refer", self._before_all(*SEEN_BEFORE_ALL)),
                ("discuss", self._some_option(lambda o: self._not(o.held["review"]))),
                ("review", self._some_option(lambda o: self.all_of((o.held["review"], self._not(o.held["defer"]))))),
                ("refer", self._elsewhere),
                ("refer", self._some_option(self._seen_first)),
                ("not_needed", self._named["not_needed"]),
                ("defer", self._some_option(lambda o: self.all_of((o.held["defer"], self._not(o.held["refer"]))))),
                ("review", self.any_of(self.all_of((h["review"], self._not(h["defer"]))) for h in person.values())),
                ("self_care", self.raised["self_care"]),
                ("nothing_found", self._true),
            ),
        )

    def _seen_first(self, option: OptionState[T]) -> T:
        return self.all_of((option.held["refer"], self._not(option.held["hard_stop"])))

    def _stands(self, option: OptionState[T]) -> T:
        return self.any_of((option.firm, option.open))

    def _some_option(self, how: Callable[[OptionState[T]], T]) -> T:
        """Whether some option stands so. A second choice that is only open is no reason not to see first whom a referral
        names.
        """
        return self.any_of(
            self.all_of((self._stands(o), how(o), self._not(self.all_of((self._elsewhere, self.maybe_later(o))))))
            for o in self.options.values()
        )

    def maybe_later(self, option: OptionState[T]) -> T:
        """Whether an option is a second choice that is not even an offer yet."""
        return self.all_of((self._depends(option), self._not(option.held["defer"]), self._not(option.first_line)))

    def _against_everything(self) -> Iterator[tuple[Outcome, T]]:
        """Where holds on the person defeat every option, or stand though there is no option.

        Options that what is known of their place already rules out do not count, unless there is no other.
        """
        person = {treatment: self.held(None, treatment) for treatment in TREATMENTS}
        may_be = ((o, self.all_of((o.open, self._not(o.held["hard_stop"])))) for o in self.options.values())
        exists = [(option, self.any_of((option.firm, maybe))) for option, maybe in may_be]
        no_other = self.all_of(self.any_of((self._not(there), o.ruled_out)) for o, there in exists)
        counted = [(o, self.all_of((there, self.any_of((self._not(o.ruled_out), no_other))))) for o, there in exists]
        none_counted = self._not(self.any_of(one for _, one in counted))

        def strongest_is(effect: str) -> T:
            on_counted = (self.all_of((one, person[o.treatment][effect])) for o, one in counted)
            anything = self.any_of(held[effect] for held in person.values())
            return self.any_of((self.all_of((none_counted, anything)), *on_counted))

        defeated = self.all_of(self.any_of((self._not(one), person[o.treatment]["defer"])) for o, one in counted)
        something = self.any_of((*(there for _, there in exists), self._not(self.any_of(self._named.values()))))
        applies = self.all_of((something, defeated, strongest_is("defer")))
        yield "stop", self.all_of((applies, strongest_is("hard_stop")))
        seen_first = self.any_of(self.all_of((self._stands(o), self._seen_first(o))) for o, _ in exists)
        yield "refer", self.all_of((applies, self.any_of((strongest_is("refer"), seen_first))))
        yield "defer", applies


def _standing(held: Mapping[str, T], effects: Sequence[Effect]) -> Iterator[tuple[Status, T]]:
    """The status for each of these effects with whether a hold is as strong, the strongest first."""
    return ((STATUS_OF[effect], held[effect]) for effect in reversed(effects))
