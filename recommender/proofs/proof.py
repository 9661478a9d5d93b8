"""Properties decided for everybody, each with the smallest person for whom it fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment
from recommender.documents.vocabulary import URGENCIES, Area
from recommender.inference.assess import assess
from recommender.knowledge.reading import OnePerson, Reading
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import HoldOn, Offer, Raise, Refer, Tell
from recommender.proofs.claims import Claim
from recommender.proofs.everybody import Everybody, ReadBy
from recommender.proofs.places import enough_for, others
from recommender.proofs.properties import Property

#: properties that need no more places are decided by themselves, among fewer people
_FEW = 5


@dataclass(frozen=True)
class Verdict:
    """What was found of one property: proved, or broken by these answers. ``confirmed`` is what the engine says of them."""

    about: Property
    answers: Answers | None = None
    confirmed: bool = False

    @property
    def proved(self) -> bool:
        """Whether there is nobody for whom it fails."""
        return self.answers is None

    @property
    def answers_text(self) -> str:
        """These answers as a document on one line; "" where it is proved."""
        return "" if self.answers is None else self.answers.model_dump_json(by_alias=True, exclude_none=True)


def prove(rules: RuleBase, properties: Iterable[Property], *, places: int | None = None) -> Iterator[Verdict]:
    """Decide each property for everybody, those that need few places first.

    ``places``: for everybody with at most so many, instead of as many as are enough.
    """
    enough = {one: places if places is not None else enough_places(rules, one) for one in properties}
    few, many = ([one for one in enough if (enough[one] > _FEW) == is_many] for is_many in (False, True))
    for together in filter(None, (few, many)):
        asked = (*(rule.when for rule in rules.rules), *(one.when for one in together))
        everyone = Everybody(rules, max(enough[one] for one in together), asked)
        read = everyone.read_by(rules)
        for one in together:
            answers = everyone.smallest(broken_by(read, one))
            yield Verdict(one, answers, confirmed=answers is not None and is_broken(rules, one, answers))


def broken_by(read: ReadBy, one: Property) -> int:
    """Where a property is broken: of somebody it is about, what is never so is so, or what is always so is not.

    What is about something seen is about the first thing that somebody names: who names the same things in another order
    is somebody of the same.
    """
    people, logic = read.people, read.people.logic
    concern = 0 if one.about_concern else None
    about = read.reading.condition(one.when, concern)
    there = logic.true if concern is None else people.is_there(concern)
    here = people.lives_in(one.text.in_) if one.text.in_ else logic.true
    never = [claim.over(read.policy, people, concern) for claim in one.text.never]
    always = [-claim.over(read.policy, people, concern) for claim in one.text.always]
    return logic.all_of((here, there, about, logic.any_of([*never, *always])))


def is_broken(rules: RuleBase, one: Property, answers: Answers) -> bool:
    """Whether a property is broken by somebody's assessment, as the product concludes it."""
    found = assess(rules, answers)
    if one.text.in_ and found.jurisdiction not in one.text.in_:
        return False
    reading = Reading(OnePerson(rules.facts(answers)), rules.finders)
    if not one.about_concern:
        return bool(reading.condition(one.when, None)) and _contradicted(one, found, None)
    return any(
        reading.condition(one.when, number) and _contradicted(one, found, concern.area)
        for number, concern in enumerate(found.answers.concerns)
    )


def _contradicted(one: Property, found: Assessment, area: Area | None) -> bool:
    return any(claim.of(found, area) for claim in one.text.never) or not all(claim.of(found, area) for claim in one.text.always)


def enough_places(rules: RuleBase, one: Property) -> int:
    """With how many places the property is decided for everybody, however many they name.

    Somebody breaks it because something is concluded of them (*never*), or because something is not (*always*). Take them,
    and leave out all they name but the following; it is still so, by the same rules:

    - what the property is about, and for each test of another place in its condition one that satisfies it;
    - what the statements that make the claim true are about, and again one for each test of another place that they make,
      themselves or by their findings. An option rests on an offer and a hold; an outcome on two statements, and up to two
      more keep an earlier line of the policy from applying: an offer that is not defeated, and somebody else to see.

    No rule comes to fire by leaving places out, but one that tests that there is *no* other: for each such test of a rule
    that could change the claim, one of the places left out keeps it false, and stays; where the test is about the same
    place, one at each of the places kept.
    """
    claims = [claim for written in (*one.text.never, *one.text.always) for claim in written.parts]
    return int(one.about_concern) + others(one.when, rules) + _enough(rules, claims)


def _enough(rules: RuleBase, claims: Sequence[Claim]) -> int:
    """With how many places these claims are decided, beside what the property itself is about."""
    return enough_for(rules, {kind for claim in claims for kind in _weighed(claim)}, max(map(_statements, claims)))


def places_for(rules: RuleBase) -> int:
    """With how many places anything at all that the rules conclude is decided for everybody: as for any claim of options,
    holds, referrals, alerts and outcomes.
    """
    claims: tuple[dict[str, Any], ...] = (
        {"option": {"status": "suggested"}},
        {"referral": {"to": "medical"}},
        {"note": {"about": "timing"}},
    )
    return max(_enough(rules, [Claim.model_validate(claim)]) for claim in claims)


def _weighed(claim: Claim) -> tuple[type, ...]:
    if claim.option is not None:
        return Offer, HoldOn
    if claim.hold is not None:
        return (HoldOn,)
    if claim.alert is not None:
        return (Raise,)
    if claim.note is not None:
        return Raise, Tell
    if claim.outcome is not None:
        return (Raise,) if _is_of_alerts(claim) else (Offer, HoldOn, Refer, Raise)
    return Refer, Raise


def _statements(claim: Claim) -> int:
    return 4 if claim.outcome is not None and not _is_of_alerts(claim) else 2


def _is_of_alerts(claim: Claim) -> bool:
    """Whether it is about outcomes that alerts alone decide: the first lines of the policy."""
    return claim.outcome is not None and set(claim.outcome) <= set(URGENCIES) - {"self_care"}
