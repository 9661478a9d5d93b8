"""What a property says of somebody, an option or an alert for instance: of everybody, and of one assessment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from recommender.documents.assessment import Assessment, Option
from recommender.documents.base import FrozenModel
from recommender.documents.vocabulary import (
    EFFECTS,
    Area,
    Destination,
    Effect,
    NoteTopic,
    Outcome,
    Role,
    Stance,
    Status,
    Treatment,
    Urgency,
)
from recommender.inference.policy import OptionState, Policy
from recommender.knowledge.fields import AREA
from recommender.knowledge.reading import People
from recommender.knowledge.rules import one_or_more
from recommender.logic.logics import T

_Many = (BeforeValidator(one_or_more), Field(min_length=1))


class OptionClaim(FrozenModel):
    """An option that stands so; what is left out may be any. About something seen, it is an option at its place."""

    status: Annotated[tuple[Status, ...], *_Many]
    treatment: Treatment | None = None
    area: Annotated[tuple[Area, ...] | None, BeforeValidator(one_or_more)] = None
    role: Role | None = None


class HoldClaim(FrozenModel):
    """A hold on a treatment at least as strong as ``effect``: on the person, or at the place of what is seen.

    With a ``product``, one that speaks of this product or of all.
    """

    treatment: Treatment
    effect: Effect
    product: str | None = None


class ReferralClaim(FrozenModel):
    """Somebody else to see: about the person, or the place of what is seen."""

    to: Annotated[tuple[Destination, ...], *_Many]
    stance: Stance | None = None


class NoteClaim(FrozenModel):
    """A note on this topic."""

    about: NoteTopic


class AlertClaim(FrozenModel):
    """An alert of one of these urgencies."""

    urgency: Annotated[tuple[Urgency, ...], *_Many]


class Claim(FrozenModel):
    """Exactly one thing that is, or is not, concluded; ``any`` is one of several, at least."""

    option: OptionClaim | None = None
    hold: HoldClaim | None = None
    referral: ReferralClaim | None = None
    alert: AlertClaim | None = None
    note: NoteClaim | None = None
    outcome: Annotated[tuple[Outcome, ...] | None, BeforeValidator(one_or_more)] = None
    any: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Claim:
        if sum(bool(getattr(self, name)) for name in type(self).model_fields) != 1:
            raise ValueError(f"says exactly one of {', '.join(type(self).model_fields)}")
        return self

    @property
    def parts(self) -> tuple[Claim, ...]:
        """The claims that it is one of, or itself."""
        return tuple(part for claim in self.any for part in claim.parts) or (self,)

    def over(self, policy: Policy[T], people: People[T], concern: int | None) -> T:
        """Where it is so of these people; of those who see something, about this ``concern``."""
        if self.any:
            return policy.any_of(claim.over(policy, people, concern) for claim in self.any)
        if self.option is not None:
            return policy.any_of(_options(self.option, policy, people, concern))
        if self.hold is not None:
            places = policy.areas if concern is not None else (None,)
            return policy.any_of(
                policy.all_of((_here(people, concern, area), held(self.hold, policy, area))) for area in places
            )
        if self.referral is not None:
            return policy.any_of(_referrals(self.referral, policy, people, concern))
        if self.note is not None:
            return policy.any_of(policy.told(note) for note in policy.notes if note.concludes.about == self.note.about)
        if self.alert is not None:
            return policy.any_of(policy.raised[urgency] for urgency in self.alert.urgency)
        return policy.any_of(policy.outcomes[outcome] for outcome in self.outcome or ())

    def of(self, found: Assessment, area: Area | None) -> bool:
        """Whether an assessment says it; with an ``area``, about that place."""
        if self.any:
            return any(claim.of(found, area) for claim in self.any)
        if self.option is not None:
            return any(_matches(self.option, option.area, area) and _is(self.option, option) for option in found.options)
        if self.hold is not None:
            hold, least = self.hold, EFFECTS.index(self.hold.effect)
            at_place = (h for o in found.options if area == o.area for h in o.defeats)
            every = (*found.holds, *at_place)
            return any(
                hold.treatment in h.treatments and EFFECTS.index(h.effect) >= least and _speaks_of(hold.product, h.products)
                for h in every
            )
        if self.referral is not None:
            to, stance = self.referral.to, self.referral.stance
            return any(
                r.to in to and stance in (None, r.stance) and (area is None or r.area in (None, area)) for r in found.referrals
            )
        if self.note is not None:
            return any(note.about == self.note.about for note in found.notes)
        if self.alert is not None:
            return any(alert.urgency in self.alert.urgency for alert in found.alerts)
        return found.outcome in (self.outcome or ())


def _is(claim: OptionClaim, option: Option) -> bool:
    return option.status in claim.status and claim.treatment in (None, option.treatment) and claim.role in (None, option.role)


def _matches(claim: OptionClaim, at: Area, area: Area | None) -> bool:
    return at in claim.area if claim.area is not None else area in (None, at)


def held(claim: HoldClaim, policy: Policy[T], area: Area | None) -> T:
    """Where such a hold stands at a place; without a place, on the person."""
    if claim.product is None:
        return policy.held(area, claim.treatment)[claim.effect]
    strong = EFFECTS[EFFECTS.index(claim.effect) :]
    return policy.any_of(
        policy.all_of((here, policy.any_of((hold.certain, hold.doubted)) if "review" in strong else hold.certain))
        for hold, here in policy.holds_at(area, claim.treatment)
        if _speaks_of(claim.product, hold.concludes.products) and hold.concludes.effect in strong
    )


def _speaks_of(product: str | None, products: tuple[str, ...]) -> bool:
    return product is None or not products or product in products


def _here(people: People[T], concern: int | None, area: Area | None) -> T:
    return people.logic.true if concern is None or area is None else people.names(concern, AREA, area)


def _options(claim: OptionClaim, policy: Policy[T], people: People[T], concern: int | None) -> Iterator[T]:
    for (area, treatment), option in policy.options.items():
        if claim.treatment in (None, treatment) and (claim.area is None or area in claim.area):
            here = people.logic.true if claim.area is not None else _here(people, concern, area)
            stands = policy.any_of(_stands(policy, option, status) for status in claim.status)
            yield policy.all_of((here, stands, _role(claim, people, option)))


def _role(claim: OptionClaim, people: People[T], option: OptionState[T]) -> T:
    if claim.role is None:
        return people.logic.true
    return option.first_line if claim.role == "first_line" else people.logic.not_(option.first_line)


def _stands(policy: Policy[T], option: OptionState[T], status: Status) -> T:
    """Where an option stands so; one that is no more than open and would be withdrawn is no option."""
    stands = policy.statuses(option)[status]
    return policy.all_of((stands, option.firm)) if status == "withdrawn" else stands


def _referrals(claim: ReferralClaim, policy: Policy[T], people: People[T], concern: int | None) -> Iterator[T]:
    for referral in policy.referrals:
        if referral.concludes.to in claim.to and claim.stance in (None, referral.concludes.stance):
            named = policy.named(referral)
            if concern is None or referral.concern is None:
                yield named
            else:
                yield policy.all_of((named, people.alike(AREA, concern, referral.concern)))
