"""Everything that is concluded about one person, from what fired: the parts that an assessment is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from recommender.documents.answers import Answers
from recommender.documents.assessment import NOTHING_CONCLUDED, Alert, Evidence, Hold, Note, Option, Reason, Referral
from recommender.documents.vocabulary import AREAS, KINDS, TREATMENTS, URGENCIES, Area, Kind, Outcome
from recommender.inference.derivation import Derivation, in_order
from recommender.inference.merging import grouped, in_rank, merged_reasons, merged_referrals
from recommender.inference.policy import IN_DOUBT, OptionState, Policy
from recommender.inference.statements import Statement
from recommender.knowledge.fields import AREA, KIND
from recommender.knowledge.reference import Wording
from recommender.knowledge.rules import HoldOn, Tell
from recommender.lazy import lazy_property

Said = Statement[bool, Any]


class Conclusions:
    """What the rules conclude about one person, by the policy over what they say. Each part is worked out when asked for.

    ``derivation`` gives the reasons; ``said`` puts a rule's sentence in the words for its reader.
    """

    def __init__(
        self, answers: Answers, policy: Policy[bool], derivation: Derivation, wording: Wording, said: Callable[[str], str]
    ) -> None:
        self._wording = wording
        self._seen = answers.concerns
        self._policy = policy
        self._why = derivation
        self._said = said

    @lazy_property
    def outcome(self) -> Outcome:
        """One word for the person."""
        return next(outcome for outcome, is_so in self._policy.outcomes.items() if is_so)

    @lazy_property
    def options(self) -> tuple[Option, ...]:
        """The treatments for each place, with what defeats them; one that is only open and would be withdrawn is left out."""
        found = []
        for (area, _), state in self._policy.options.items():
            option = self._option(area, state)
            if state.firm or option.status != "withdrawn":
                found.append(option)
        return tuple(sorted(found, key=lambda o: (AREAS.index(o.area), o.role != "first_line", TREATMENTS.index(o.treatment))))

    def _option(self, area: Area, state: OptionState[bool]) -> Option:
        offers = [offer for offer, _ in self._policy.offers_at(area, state.treatment) if offer.certain or not state.firm]
        status = next(status for status, is_so in self._policy.statuses(state).items() if is_so)
        defeats = (hold for hold in self._every_hold if state.treatment in hold.treatments and hold.area in (None, area))
        return Option(
            area=area,
            kinds=self._kinds(offers),
            treatment=state.treatment,
            role="first_line" if state.first_line else "second_line",
            status=status,
            reasons=self._reasons(offers),
            defeats=in_rank(defeats),
            deciding=tuple(sorted(self._deciding(area, state, offers))) if status == "open" or not state.firm else (),
        )

    def _deciding(self, area: Area, state: OptionState[bool], offers: Iterable[Said]) -> set[str]:
        """The paths of the details on which an option depends."""
        if not state.firm:
            return {path for offer in offers for path in self._why.missing(offer)}
        holds = (hold for hold, _ in self._policy.holds_at(area, state.treatment) if hold.undecided)
        return {path for hold in holds for path in self._why.unsure(hold)}

    def _kinds(self, found: Iterable[Said]) -> tuple[Kind, ...]:
        kinds = {self._seen[one.concern].kind for one in found if one.concern is not None}
        return tuple(sorted(kinds, key=KINDS.index))

    def _area(self, concern: int | None) -> Area | None:
        return None if concern is None else self._seen[concern].area

    @lazy_property
    def holds(self) -> tuple[Hold, ...]:
        """What speaks against treating this person; what speaks about a place stands with its options."""
        return tuple(hold for hold in self._every_hold if hold.scope == "person")

    @lazy_property
    def _every_hold(self) -> tuple[Hold, ...]:
        decided = (hold for hold in self._policy.holds if not hold.undecided)
        merged = grouped(decided, lambda hold: (hold.rule.id, self._area(hold.concern)))
        return in_rank(self._hold(same, area) for (_, area), same in merged.items())

    def _hold(self, same: list[Statement[bool, HoldOn]], area: Area | None) -> Hold:
        rule, hold, in_doubt = same[0].rule, same[0].concludes, all(one.doubted for one in same)
        reason, chain = self._told(same)
        return Hold(
            **reason,
            chain=chain,
            treatments=hold.treatment,
            effect="review" if in_doubt else hold.effect,
            scope=rule.scope,
            area=area,
            until=self._said(hold.until) if hold.until and not in_doubt else None,
            products=hold.products,
        )

    def _reasons(self, same: Iterable[Said]) -> tuple[Reason, ...]:
        return merged_reasons(reason for one in same for reason in self._why.reasons(one))

    def _told(self, same: Iterable[Said]) -> tuple[dict[str, Any], tuple[Reason, ...]]:
        """One rule that speaks about one concern or several, as one reason, and the chain that it rests on."""
        first, *rest = self._reasons(same)
        every = in_order(evidence for reason in (first, *rest) for evidence in reason.evidence)
        return {**dict(first), "evidence": every}, (first, *rest) if rest else ()

    @lazy_property
    def referrals(self) -> tuple[Referral, ...]:
        """Who else to see."""
        named = (
            Referral(
                to=referral.concludes.to,
                stance=referral.concludes.stance,
                area=self._area(referral.concern),
                kinds=self._kinds((referral,)),
                reasons=self._why.reasons(referral),
            )
            for referral in self._policy.referrals
            if self._policy.named(referral)
        )
        return merged_referrals(named, self.options)

    @lazy_property
    def alerts(self) -> tuple[Alert, ...]:
        """What cannot wait, and what may; of those in doubt first what would be the most urgent."""
        ranked = sorted(self._policy.alerts, key=lambda alert: URGENCIES.index(alert.concludes.urgency))
        merged = grouped(ranked, lambda a: (IN_DOUBT[a.concludes.urgency] if a.doubted else a.concludes.urgency, a.doubted))
        return tuple(
            Alert(urgency=urgency, reasons=self._reasons(merged[urgency, in_doubt]), in_doubt=in_doubt)
            for urgency, in_doubt in sorted(merged, key=lambda key: (URGENCIES.index(key[0]), key[1]))
        )

    @lazy_property
    def notes(self) -> tuple[Note, ...]:
        """What is worth knowing, and the places about which nothing could be concluded."""
        merged = grouped(filter(self._policy.told, self._policy.notes), lambda note: note.rule.id)
        return tuple(sorted([*map(self._note, merged.values()), *self._places_without_a_rule()], key=lambda n: n.rule))

    def _note(self, same: list[Statement[bool, Tell]]) -> Note:
        reason, chain = self._told(same)
        return Note(**reason, chain=chain, about=same[0].concludes.about)

    def _places_without_a_rule(self) -> Iterator[Note]:
        """A thing seen that led to no option, referral or alert ends in a note that says so, never in silence."""
        waiting = {(option.area, kind) for option in self.options for kind in option.kinds}
        policy = self._policy
        spoke: tuple[Said, ...] = (*policy.offers, *policy.referrals, *policy.alerts)
        spoken = {statement.concern for statement in spoke if not statement.waits}
        silent = [i for i, c in enumerate(self._seen) if i not in spoken and (c.area, c.kind) not in waiting]
        if silent:
            evidence = [
                Evidence(path=fact.path(i), value=getattr(self._seen[i], fact.name)) for i in silent for fact in (AREA, KIND)
            ]
            yield Note(
                rule=NOTHING_CONCLUDED,
                because=self._said(self._wording.nothing_concluded),
                evidence=in_order(evidence),
                sources=(),
            )

    @property
    def cited(self) -> frozenset[str]:
        """The sources of everything concluded."""
        told: list[Reason] = [*self.holds, *self.notes]
        argued: list[Option | Referral | Alert] = [*self.options, *self.referrals, *self.alerts]
        told += [reason for one in argued for reason in one.reasons]
        told += [defeat for option in self.options for defeat in option.defeats]
        return frozenset(source for one in told for source in one.sources)
