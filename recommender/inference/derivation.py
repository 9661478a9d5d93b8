"""Why a rule fired: the very answers that matched it, and the rules whose findings it builds on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from recommender.documents.answer_path import natural
from recommender.documents.assessment import Evidence, Reason
from recommender.inference.network import PERSON, Fired
from recommender.inference.statements import Statement
from recommender.knowledge.conditions import All, AnswerTest, AnyOf, ConcernTest, Condition, FindingTest, OtherConcern, leaves
from recommender.knowledge.fields import DERIVED, FIELDS, Facts
from recommender.knowledge.reading import Reading, own_tests
from recommender.knowledge.rules import HoldOn, Offer, Rule

Key = tuple[str, int | None]


def in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence without repeats, by path."""
    return tuple(sorted(set(evidence), key=lambda e: (natural(e.path), str(e.value))))


class Derivation:
    """Everything that fired for one person, as chains from answer to finding to conclusion.

    What does not hold by what was answered alone is said in doubt.
    """

    def __init__(
        self,
        fired: Iterable[Fired],
        rules: Mapping[str, Rule],
        facts: Facts,
        reading: Reading[bool],
        said: Callable[[str], str],
    ) -> None:
        self._said = said
        self._rules = rules
        self._reading = reading
        self._facts = facts
        self._finders: dict[tuple[str, int], list[Fired]] = {}
        for one in fired:
            finding = rules[one.rule].finds
            if finding is not None:
                self._finders.setdefault((finding, PERSON if one.concern is None else one.concern), []).append(one)

    def reasons(self, statement: Statement[bool, Any]) -> tuple[Reason, ...]:
        """The rule itself, then the rules whose findings it builds on, each with its own evidence, each once.

        Of an offer that still waits, the rule with the answers that already speak for it.
        """
        if statement.fired is None:
            return self._so_far(statement)
        chain: dict[Key, Reason] = {}
        self._follow(statement.fired, chain)
        first, *rest = chain.values()
        return (first, *sorted(rest, key=lambda r: (r.rule, [natural(e.path) for e in r.evidence])))

    def _follow(self, fired: Fired, chain: dict[Key, Reason]) -> None:
        key = (fired.rule, fired.concern)
        if key in chain:
            return
        rule = self._rules[fired.rule]
        finders = [
            finder
            for _, matched in sorted(fired.matched, key=str)
            if isinstance(matched, tuple)
            for finder in self._finders.get(matched, ())
            if fired.in_doubt or not finder.in_doubt
        ]
        builds_on = tuple(sorted({finder.rule for finder in finders}))
        chain[key] = self.reason(rule, fired.concern, self._matched(rule, fired), builds_on=builds_on)
        for finder in finders:
            self._follow(finder, chain)

    def reason(
        self, rule: Rule, concern: int | None, evidence: Iterable[Evidence], *, builds_on: tuple[str, ...] = ()
    ) -> Reason:
        """What a rule says of a concern or the person, with the answers behind it: as so, or in doubt."""
        known = self._reading.rule(rule, concern, "answered")
        return Reason(
            rule=rule.id,
            because=self._said(rule.sentence(known=known)),
            in_short=self._said(rule.text.in_short) if known and rule.text.in_short else None,
            evidence=in_order(evidence),
            sources=rule.text.sources,
            builds_on=builds_on,
            in_doubt=not known,
        )

    def _so_far(self, offer: Statement[bool, Offer]) -> tuple[Reason, ...]:
        assert offer.concern is not None  # an offer is about a concern: checked at load
        tests = own_tests(offer.rule, self._reading.finders)
        speaking = {test.field.name for test in tests if self._reading.people.says(test, offer.concern, "certain")}
        evidence = [self._of_concern(name, offer.concern) for name in speaking]
        return (self.reason(offer.rule, offer.concern, evidence),)

    def unsure(self, hold: Statement[bool, HoldOn]) -> frozenset[str]:
        """The paths of the details answered "unsure" for which it is not decided whether a hold stands."""
        assert hold.concern is not None  # only a hold on a place is undecided
        tests = own_tests(hold.rule, self._reading.finders)
        details = {test.field for test in tests if self._reading.rule(hold.rule, hold.concern, test.field)}
        return frozenset(detail.path(hold.concern) for detail in details)

    def missing(self, offer: Statement[bool, Offer]) -> frozenset[str]:
        """The paths of the details for want of which an offer waits."""
        return frozenset(self._missing(offer.rule.when, offer.concern))

    def _missing(self, condition: Condition, concern: int | None) -> Iterator[str]:
        if not self._reading.unknown(condition, concern):
            return
        match condition:
            case All(parts) | AnyOf(parts):
                for part in parts:
                    yield from self._missing(part, concern)
            case ConcernTest(tests):
                unknown = (test for test in tests if self._reading.unknown(ConcernTest((test,)), concern))
                yield from (test.field.path(concern) for test in unknown)
            case FindingTest(names):
                for finder in (finder for name in names for finder in self._reading.finders[name]):
                    if self._reading.rule(finder, concern, "possible"):
                        yield from self._missing(finder.when, concern)
            case _:
                pass  # about something else: no offer waits for it

    def _matched(self, rule: Rule, fired: Fired) -> Iterator[Evidence]:
        tested = tuple(leaves(rule.when))
        for number, matched in fired.matched:
            match tested[number]:
                case ConcernTest(tests) | OtherConcern(tests=tests) if isinstance(matched, int):
                    for test in tests:
                        yield self._of_concern(test.field.name, matched)
                case AnswerTest(test) if test.field not in DERIVED and test.field in self._facts.values:
                    before = self._facts.followed.get(test.field)
                    yield Evidence(
                        path=test.field.path(),
                        value=self._facts.values[test.field],
                        follows_from=before.path() if before is not None else None,
                    )
                case FindingTest() | AnswerTest() | _:
                    pass

    def _of_concern(self, name: str, concern: int) -> Evidence:
        return Evidence(path=FIELDS["concern"][name].path(concern), value=self._facts.concerns[concern][name])
