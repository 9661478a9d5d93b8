"""``assess``: from an answers document to an assessment. No clock, no input or output, no randomness."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

from recommender.documents.answers import Answers, read_answers
from recommender.documents.assessment import Alert, Assessment, Evidence, Hold, Note, OpenQuestion, Option, Reason, Referral
from recommender.inference import policy
from recommender.inference.derivation import Derivation, in_order, natural
from recommender.inference.network import Fired, Network, speaks_in_doubt
from recommender.inference.pending import Pending, pending
from recommender.inference.plain import fired_plainly
from recommender.inference.words import words_of
from recommender.knowledge.conditions import Truth
from recommender.knowledge.evaluation import Evaluation
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule

_networks: weakref.WeakKeyDictionary[RuleBase, Network] = weakref.WeakKeyDictionary()
_compiling = threading.Lock()


def network_of(rules: RuleBase) -> Network:
    """The compiled network of a rule base: built once, kept as long as the rule base is."""
    network = _networks.get(rules)
    if network is None:
        with _compiling:
            network = _networks.get(rules)
            if network is None:
                network = _networks[rules] = Network(rules.rules)
    return network


def assess(rules: RuleBase, answers: Answers | Mapping[str, Any]) -> Assessment:
    """What the rules conclude from one person's answers.

    ``answers`` is an answers document, as the model or as plain data. Pure: the same answers and rules give the same
    assessment, byte for byte, in any order of concerns; safe to call from several threads. Raises AnswersError, listing
    every problem by its path, if the answers are not a valid document; a valid one never fails.
    """
    given = read_answers(answers)
    return _Assessor(rules, given, network_of(rules).run(rules.facts(given))).assessment()


def pending_of(rules: RuleBase, assessment: Assessment) -> tuple[Pending, ...]:
    """The rules that still wait for an answer and could change this assessment."""
    evaluation = rules.evaluation(rules.facts(assessment.answers))
    return tuple(pending(rules.rules, evaluation, assessment.options, assessment.holds))


def assess_plainly(rules: RuleBase, answers: Answers | Mapping[str, Any]) -> Assessment:
    """The same assessment by plain evaluation, without a network: for rule bases that live for a moment, such as mutants."""
    given = read_answers(answers)
    return _Assessor(rules, given, fired_plainly(rules, rules.facts(given))).assessment()


class _Assessor:
    def __init__(self, rules: RuleBase, answers: Answers, fired: tuple[Fired, ...]) -> None:
        self._rules = rules
        self._answers = answers
        self._facts = rules.facts(answers)
        self._evaluation = rules.evaluation(self._facts)
        self._why = Derivation(fired, rules.by_id, self._facts)
        certain = {(f.rule, f.concern) for f in self._why.fired if not f.in_doubt}
        self._fired = [
            (f, rules.by_id[f.rule])
            for f in self._why.fired
            if not f.in_doubt or (speaks_in_doubt(rules.by_id[f.rule]) and (f.rule, f.concern) not in certain)
        ]

    def assessment(self) -> Assessment:
        rules = self._rules
        every_hold = policy.in_rank(self._holds())
        holds = tuple(hold for hold in every_hold if hold.scope == "person")
        options = policy.place([*self._offers(), *self._open_offers()], every_hold)
        referrals = policy.merged_referrals(self._referrals(), options)
        alerts = policy.merged_alerts(self._alerts())
        notes = tuple(sorted([*self._notes(), *self._places_without_a_rule(options)], key=lambda n: n.rule))
        questions = self._open_questions(options, holds)
        cited = self._cited([*options, *holds, *referrals, *alerts, *notes]) | rules.reference.sources_of_treatments
        result = policy.outcome(options, holds, referrals, alerts)
        return Assessment(
            outcome=result,
            options=options,
            holds=holds,
            referrals=referrals,
            alerts=alerts,
            notes=notes,
            open_questions=questions,
            rules=rules.identity,
            jurisdiction=self._facts.jurisdiction,
            answers=self._answers,
            treatments=rules.reference.treatments,
            sources=tuple(rules.reference.sources[s].cited_as(s) for s in sorted(cited, key=natural)),
            words=words_of(
                rules.reference,
                self._answers,
                outcome=result,
                jurisdiction=self._facts.jurisdiction,
                questions=questions,
                options=options,
            ),
        )

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
                    reason = _reason_so_far(rule, concern, self._evaluation)
                    yield self._option(rule, concern, (reason,), deciding=tuple(sorted(paths)))

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
        merged: dict[tuple[str, str | None], Hold] = {}
        for fired, rule in self._concluding("hold"):
            hold = rule.text.hold
            assert hold is not None
            area = self._concern(fired.concern)["area"] if rule.scope == "concern" else None
            before = merged.get((rule.id, area))
            evidence = self._why.evidence(fired)
            if before is not None:
                in_doubt = before.in_doubt and fired.in_doubt
                evidence = in_order((*before.evidence, *evidence))
            else:
                in_doubt = fired.in_doubt
            merged[rule.id, area] = Hold.model_validate(
                {
                    "rule": rule.id,
                    "because": rule.text.because,
                    "evidence": evidence,
                    "sources": rule.text.sources,
                    "treatments": hold.treatment,
                    "effect": "review" if in_doubt else hold.effect,
                    "scope": rule.scope,
                    "area": area,
                    "until": None if in_doubt else hold.until,
                    "products": hold.products,
                    "in_doubt": in_doubt,
                }
            )
        yield from merged.values()

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
        for fired, rule in self._concluding("alert"):
            assert rule.text.alert is not None
            urgency = policy.IN_DOUBT[rule.text.alert.urgency] if fired.in_doubt else rule.text.alert.urgency
            yield Alert.model_validate({"urgency": urgency, "reasons": self._why.reasons(fired), "in_doubt": fired.in_doubt})

    def _notes(self) -> Iterator[Note]:
        merged: dict[str, Note] = {}
        for fired, rule in self._concluding("note"):
            evidence = self._why.evidence(fired)
            if rule.id in merged:
                evidence = in_order((*merged[rule.id].evidence, *evidence))
            assert rule.text.note is not None
            merged[rule.id] = Note(
                rule=rule.id,
                because=rule.text.because,
                evidence=evidence,
                sources=rule.text.sources,
                about=rule.text.note.about,
            )
        yield from merged.values()

    def _places_without_a_rule(self, options: tuple[Option, ...]) -> Iterator[Note]:
        """A thing seen that led to no option, referral or alert ends in a note that says so, never in silence."""
        waiting = {(option.area, kind) for option in options for kind in option.kinds}
        spoken = {fired.concern for fired, rule in self._fired if rule.conclusion in ("offer", "refer", "alert")}
        silent = [i for i, c in enumerate(self._facts.concerns) if i not in spoken and (c["area"], c["kind"]) not in waiting]
        if silent:
            evidence = [
                Evidence(path=f"concerns[{i}].{name}", value=self._facts.concerns[i][name])
                for i in silent
                for name in ("area", "kind")
            ]
            yield Note(
                rule="policy.nothing-concluded",
                because=self._rules.reference.wording.nothing_concluded,
                evidence=in_order(evidence),
                sources=(),
            )

    def _open_questions(self, options: tuple[Option, ...], holds: tuple[Hold, ...]) -> tuple[OpenQuestion, ...]:
        found: dict[str, set[str]] = {}
        for waiting in pending(self._rules.rules, self._evaluation, options, holds):
            if waiting.changes_status:
                for path in waiting.paths:
                    if self._rules.reference.questions.asked_of(self._answers.respondent, path):
                        found.setdefault(path, set()).update(waiting.could_change)
        return tuple(OpenQuestion(path=path, could_change=tuple(sorted(found[path]))) for path in sorted(found, key=natural))

    @staticmethod
    def _cited(parts: list[Any]) -> set[str]:
        cited: set[str] = set()
        for part in parts:
            cited.update(getattr(part, "sources", ()))
            for reason in (*getattr(part, "reasons", ()), *getattr(part, "defeats", ())):
                cited.update(reason.sources)
        return cited


def _reason_so_far(rule: Rule, concern: int, evaluation: Evaluation) -> Reason:
    """The reason of an offer that still waits: with the answers that already speak for it."""
    seen = evaluation.facts.concerns[concern]
    paths = [test.field.name for test in evaluation.concern_tests(rule) if test.truth(seen.get(test.field.name)) is Truth.YES]
    evidence = in_order(Evidence(path=f"concerns[{concern}].{name}", value=seen[name]) for name in paths)
    return Reason(rule=rule.id, because=rule.text.because, evidence=evidence, sources=rule.text.sources)
