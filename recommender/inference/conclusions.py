"""Everything that is concluded about one person, from what fired: the parts that an assessment is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from recommender.documents.assessment import NOTHING_CONCLUDED, Alert, Evidence, Hold, Note, Option, Reason, Referral
from recommender.documents.vocabulary import URGENCIES, Outcome
from recommender.inference import policy
from recommender.inference.derivation import Derivation, in_order
from recommender.inference.network import Fired
from recommender.knowledge.conditions import Truth
from recommender.knowledge.doubt import speaks_in_doubt
from recommender.knowledge.evaluation import Evaluation
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule
from recommender.once import once


class Conclusions:
    """What the rules conclude about one person. Each part is worked out once, when it is asked for.

    ``evaluation`` is the strict reading of the same rules and the same facts that fired; ``said`` puts a rule's sentence in
    the words for its reader.
    """

    def __init__(
        self, rules: RuleBase, fired: Iterable[Fired], evaluation: Evaluation, *, said: Callable[[str], str] = str
    ) -> None:
        self._rules = rules
        self._said = said
        self._evaluation = evaluation
        self._facts = evaluation.facts
        answered = Evaluation(evaluation.finders, evaluation.facts, reading="answered")
        self._why = Derivation(fired, rules.by_id, answered, said)
        certain = {(f.rule, f.concern) for f in self._why.fired if not f.in_doubt}
        self._fired = [
            (f, rules.by_id[f.rule])
            for f in self._why.fired
            if not f.in_doubt or (speaks_in_doubt(rules.by_id[f.rule]) and (f.rule, f.concern) not in certain)
        ]

    @once
    def outcome(self) -> Outcome:
        """One word for the person."""
        return policy.outcome(self.options, self.holds, self.referrals, self.alerts)

    @once
    def options(self) -> tuple[Option, ...]:
        """The treatments for each place, with what defeats them."""
        return policy.place([*self._offers(), *self._open_offers()], self._every_hold)

    @once
    def holds(self) -> tuple[Hold, ...]:
        """What speaks against treating this person; what speaks about a place stands with its options."""
        return tuple(hold for hold in self._every_hold if hold.scope == "person")

    @once
    def referrals(self) -> tuple[Referral, ...]:
        """Who else to see."""
        return policy.merged_referrals(policy.named_now(self._referrals(), self.alerts), self.options)

    @once
    def alerts(self) -> tuple[Alert, ...]:
        """What cannot wait, and what may."""
        return policy.merged_alerts(self._alerts())

    @once
    def notes(self) -> tuple[Note, ...]:
        """What is worth knowing, and the places about which nothing could be concluded."""
        return tuple(sorted([*self._notes(), *self._places_without_a_rule()], key=lambda n: n.rule))

    @property
    def cited(self) -> frozenset[str]:
        """The sources of everything concluded."""
        told: list[Hold | Note | Reason] = [*self.holds, *self.notes]
        argued: list[Option | Referral | Alert] = [*self.options, *self.referrals, *self.alerts]
        told += [reason for one in argued for reason in one.reasons]
        told += [defeat for option in self.options for defeat in option.defeats]
        return frozenset(source for one in told for source in one.sources)

    @once
    def _every_hold(self) -> tuple[Hold, ...]:
        return policy.in_rank(self._holds())

    def _concluding(self, what: str) -> Iterator[tuple[Fired, Rule]]:
        return ((fired, rule) for fired, rule in self._fired if rule.conclusion == what)

    def _concern(self, fired_concern: int | None) -> Mapping[str, str]:
        assert fired_concern is not None  # an offer and a hold on a place are about a concern: checked at load
        return self._facts.concerns[fired_concern]

    def _offers(self) -> Iterator[Option]:
        for fired, rule in self._concluding("offer"):
            yield self._option(rule, fired.concern, self._why.reasons(fired), deciding=())

    def _open_offers(self) -> Iterator[Option]:
        """Offers not known only for want of this concern's own details."""
        for rule in self._rules.rules:
            if rule.text.offer is None:
                continue
            for concern in range(len(self._facts.concerns)):
                paths = self._evaluation.unknowns(rule, concern)
                if paths and all(path.startswith(f"concerns[{concern}].") for path in paths):
                    reason = self._reason_so_far(rule, concern)
                    yield self._option(rule, concern, (reason,), deciding=tuple(sorted(paths)))

    def _reason_so_far(self, rule: Rule, concern: int) -> Reason:
        """The reason of an offer that still waits: with the answers that already speak for it."""
        seen = self._concern(concern)
        tests = self._evaluation.concern_tests(rule)
        names = [test.field.name for test in tests if test.truth(seen.get(test.field.name)) is Truth.YES]
        evidence = [Evidence(path=f"concerns[{concern}].{name}", value=seen[name]) for name in names]
        return self._why.reason(rule, concern, evidence)

    def _option(self, rule: Rule, concern: int | None, reasons: tuple[Reason, ...], *, deciding: tuple[str, ...]) -> Option:
        offer, seen = rule.text.offer, self._concern(concern)
        assert offer is not None
        return Option.model_validate(
            {
                "area": seen["area"],
                "kinds": (seen["kind"],),
                "treatment": offer.treatment,
                "role": offer.role,
                "status": "open" if deciding else "suggested",
                "reasons": reasons,
                "defeats": (),
                "deciding": deciding,
            }
        )

    def _holds(self) -> Iterator[Hold]:
        merged: dict[tuple[str, str | None], list[Fired]] = {}
        for fired, rule in self._concluding("hold"):
            area = self._concern(fired.concern)["area"] if rule.scope == "concern" else None
            merged.setdefault((rule.id, area), []).append(fired)
        for (identifier, area), same in merged.items():
            rule = self._rules.by_id[identifier]
            hold, in_doubt = rule.text.hold, all(fired.in_doubt for fired in same)
            assert hold is not None
            yield Hold.model_validate(
                {
                    **self._told(rule, same),
                    "treatments": hold.treatment,
                    "effect": "review" if in_doubt else hold.effect,
                    "scope": rule.scope,
                    "area": area,
                    "until": self._said(hold.until) if hold.until and not in_doubt else None,
                    "products": hold.products,
                }
            )

    def _told(self, rule: Rule, same: Iterable[Fired]) -> dict[str, object]:
        """What a hold and a note have in common, of one rule that fired for one concern or for several."""
        first, *rest = policy.merged_reasons(reason for fired in same for reason in self._why.reasons(fired))
        return {
            "rule": rule.id,
            "because": first.because,
            "in_short": first.in_short,
            "evidence": in_order(evidence for reason in (first, *rest) for evidence in reason.evidence),
            "sources": first.sources,
            "builds_on": first.builds_on,
            "in_doubt": first.in_doubt,
            "chain": (first, *rest) if rest else (),
        }

    def _referrals(self) -> Iterator[Referral]:
        for fired, rule in self._concluding("refer"):
            refer = rule.text.refer
            assert refer is not None
            seen = self._concern(fired.concern) if rule.scope == "concern" else None
            yield Referral.model_validate(
                {
                    "to": refer.to,
                    "stance": refer.stance,
                    "area": seen["area"] if seen else None,
                    "kinds": (seen["kind"],) if seen else (),
                    "reasons": self._why.reasons(fired),
                }
            )

    def _alerts(self) -> Iterator[Alert]:
        """The alerts, what would be most urgent first: of those in doubt that order is lost with their urgency."""
        for fired, rule in sorted(self._concluding("alert"), key=lambda one: _urgency(one[1])):
            assert rule.text.alert is not None
            urgency = policy.IN_DOUBT[rule.text.alert.urgency] if fired.in_doubt else rule.text.alert.urgency
            yield Alert.model_validate({"urgency": urgency, "reasons": self._why.reasons(fired), "in_doubt": fired.in_doubt})

    def _notes(self) -> Iterator[Note]:
        merged: dict[str, list[Fired]] = {}
        for fired, rule in self._concluding("note"):
            merged.setdefault(rule.id, []).append(fired)
        for identifier, same in merged.items():
            rule = self._rules.by_id[identifier]
            assert rule.text.note is not None
            if rule.text.note.about in policy.TOLD_LATER and policy.help_first(self.alerts):
                continue
            yield Note.model_validate({**self._told(rule, same), "about": rule.text.note.about})

    def _places_without_a_rule(self) -> Iterator[Note]:
        """A thing seen that led to no option, referral or alert ends in a note that says so, never in silence."""
        waiting = {(option.area, kind) for option in self.options for kind in option.kinds}
        spoken = {fired.concern for fired, rule in self._fired if rule.conclusion in ("offer", "refer", "alert")}
        silent = [i for i, c in enumerate(self._facts.concerns) if i not in spoken and (c["area"], c["kind"]) not in waiting]
        if silent:
            evidence = [
                Evidence(path=f"concerns[{i}].{name}", value=self._facts.concerns[i][name])
                for i in silent
                for name in ("area", "kind")
            ]
            yield Note(
                rule=NOTHING_CONCLUDED,
                because=self._said(self._rules.reference.wording.nothing_concluded),
                evidence=in_order(evidence),
                sources=(),
            )


def _urgency(rule: Rule) -> int:
    return URGENCIES.index(rule.text.alert.urgency) if rule.text.alert else len(URGENCIES)
