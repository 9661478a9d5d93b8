"""Compile rules to real ``experta.Rule``s once, and run them for one person."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from recommender.inference.engine_library import AND, MATCH, NOT, OR, Engine, Fact, L, P
from recommender.inference.engine_library import Rule as EngineRule
from recommender.knowledge.conditions import (
    AFTER_TREATMENT,
    UNANSWERED,
    AnswerTest,
    ConcernTest,
    FindingTest,
    Leaf,
    OtherConcern,
    Test,
    fold,
    tests_of,
)
from recommender.knowledge.doubt import doubtable
from recommender.knowledge.fields import Facts, Field, Value
from recommender.knowledge.rules import Rule

NOT_ASKED = "?"  # stands in a concern for a detail without an answer, where a negated test must see that it is not known
PERSON = -1

#: a leaf of a rule that matched, by its number, and what matched it: a concern's index, a finding with its concern, or PERSON
Matched = tuple[int, tuple[str, int] | int]


class ConcernFact(Fact):  # type: ignore[misc]
    """One concern: its number, its area, its kind and its details."""


class PersonFact(Fact):  # type: ignore[misc]
    """All that is known of the person: one fact, so that each pattern of the network looks at it once."""


class FindingFact(Fact):  # type: ignore[misc]
    """What rules concluded about a concern (or PERSON), for other rules. ``sure`` is "no" where it rests on an "unsure"."""


@dataclass(frozen=True)
class Fired:
    """A rule that fired about a concern (None: the person), with everything that matched it, over all its branches."""

    rule: str
    concern: int | None
    in_doubt: bool
    matched: frozenset[Matched]


class Network:
    """The compiled rules. Engines are kept in a pool: each run takes one for itself and gives it back emptied."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        rules = tuple(rules)
        self.rules = rules
        person_findings = frozenset(r.finds for r in rules if r.finds is not None and r.scope == "person")
        self._compiled = [_compile(rule, person_findings, in_doubt=False) for rule in rules]
        self._compiled += [_compile(rule, person_findings, in_doubt=True) for rule in doubtable(rules)]
        tests = frozenset(test for rule in rules for test in tests_of(rule.when))
        self._fields = frozenset(test.field for test in tests)
        self._missed = frozenset(test.field for test in tests if UNANSWERED in test.words)
        self._idle: deque[Any] = deque()
        self._class = type("RuleEngine", (Engine,), {f"rule_{i}": rule for i, rule in enumerate(self._compiled)})
        self._idle.append(self._new_engine())

    def _new_engine(self) -> Any:
        engine = self._class()
        engine.reset()
        return engine

    def run(self, facts: Facts) -> tuple[Fired, ...]:
        """The rules that fire for one person, in one order whatever order they fired in."""
        try:
            engine = self._idle.pop()
        except IndexError:
            engine = self._new_engine()
        record: dict[tuple[str, int, bool], set[Matched]] = {}
        engine.record = record
        engine.declare(*self._facts(facts))
        engine.run()
        engine.reset()
        engine.record = None
        self._idle.append(engine)
        return tuple(
            Fired(rule, None if concern == PERSON else concern, in_doubt, frozenset(matched))
            for (rule, concern, in_doubt), matched in sorted(record.items(), key=lambda item: item[0])
        )

    def _facts(self, facts: Facts) -> Iterable[Any]:
        """The facts that some rule can match, and no other."""
        known = {_key(field): value for field, value in facts.values.items() if field in self._fields}
        asked = (field for field in self._missed if facts.after_treatment or field.group not in AFTER_TREATMENT)
        known |= {_missing(field): "yes" for field in asked if field not in facts.values}
        known["jurisdiction"] = facts.jurisdiction
        yield PersonFact(**known)
        details = [field.name for field in self._fields if field.group == "concern"]
        for index, concern in enumerate(facts.concerns):
            yield ConcernFact(index=index, **{name: concern.get(name, NOT_ASKED) for name in {*details, "area", "kind"}})


def _key(field: Field) -> str:
    return f"{field.group}_{field.name}"


def _missing(field: Field) -> str:
    return f"unanswered_{_key(field)}"


def _compile(rule: Rule, person_findings: frozenset[str], *, in_doubt: bool) -> Any:
    logic = _Patterns(person_findings, in_doubt=in_doubt)
    patterns = fold(rule.when, logic, logic.of)
    if rule.scope == "concern":
        patterns = AND(ConcernFact(__bind__="about", index=MATCH.concern, area=MATCH.area), patterns)
    if rule.text.jurisdictions:
        here = PersonFact(__bind__="here", jurisdiction=_one_of(frozenset(rule.text.jurisdictions)))
        patterns = AND(here, patterns)
    return EngineRule(patterns)(_conclusion(rule, in_doubt=in_doubt))


def _conclusion(rule: Rule, *, in_doubt: bool) -> Callable[..., None]:
    """What happens when the rule fires: it is recorded with the facts that matched, and its finding is declared."""
    name, finding = rule.id, rule.finds

    def fire(engine: Any, **context: Any) -> None:
        concern = context.get("concern", PERSON) if rule.scope == "concern" else PERSON
        matched = engine.record.setdefault((name, concern, in_doubt), set())
        matched.update((int(bind[4:]), _identity(fact)) for bind, fact in context.items() if bind.startswith("leaf"))
        if finding is not None:
            engine.declare(FindingFact(name=finding, index=concern, sure="no" if in_doubt else "yes"))

    return fire


def _identity(fact: Any) -> tuple[str, int] | int:
    if isinstance(fact, FindingFact):
        return fact["name"], fact["index"]
    return fact["index"] if isinstance(fact, ConcernFact) else PERSON


class _Patterns:
    """The patterns of one rule. Each is bound (``leaf0``, ``leaf1`` …): the binding is the evidence."""

    def __init__(self, person_findings: frozenset[str], *, in_doubt: bool) -> None:
        self._person_findings = person_findings
        self._in_doubt = in_doubt
        self._leaf = -1

    def all_of(self, patterns: Iterable[Any]) -> Any:
        """Experta's AND."""
        return AND(*patterns)

    def any_of(self, patterns: Iterable[Any]) -> Any:
        """Experta's OR."""
        return OR(*patterns)

    def of(self, leaf: Leaf) -> Any:
        """The conditional element for a leaf; leaves are numbered in reading order."""
        match leaf:
            case ConcernTest(tests):
                return self._bound(ConcernFact(index=MATCH.concern, **_fields(tests, doubt=self._in_doubt)))
            case AnswerTest(test):
                return self._answer(test)
            case FindingTest(names):
                return self._findings(names)
            case OtherConcern():
                return self._other(leaf)

    def _bound(self, pattern: Any) -> Any:
        self._leaf += 1
        pattern.__bind__ = f"leaf{self._leaf}"
        return pattern

    def _answer(self, test: Test) -> Any:
        self._leaf += 1
        bind, patterns = f"leaf{self._leaf}", []
        if not (test.field.is_number and test.words):
            patterns.append(PersonFact(__bind__=bind, **{_key(test.field): _constraint(test, doubt=self._in_doubt)}))
        if UNANSWERED in test.words:
            patterns.append(PersonFact(__bind__=bind, **{_missing(test.field): L("yes")}))
        return patterns[0] if len(patterns) == 1 else OR(*patterns)

    def _findings(self, names: tuple[str, ...]) -> Any:
        self._leaf += 1
        bind, certainty = f"leaf{self._leaf}", {} if self._in_doubt else {"sure": L("yes")}
        patterns = []
        for index, group in (
            (L(PERSON), frozenset(names) & self._person_findings),
            (MATCH.concern, frozenset(names) - self._person_findings),
        ):
            if group:
                patterns.append(FindingFact(__bind__=bind, name=_one_of(group), index=index, **certainty))
        return patterns[0] if len(patterns) == 1 else OR(*patterns)

    def _other(self, condition: OtherConcern) -> Any:
        place = {"area": MATCH.area, "index": ~MATCH.concern} if condition.where == "same_area" else {}
        if condition.negated:
            self._leaf += 1
            possible = {t.field.name: _one_of(t.accepted("possible") | {NOT_ASKED}) for t in condition.tests}
            # A bare NOT would be activated at reset, before any concern is there, and experta does not find every such
            # activation again to take it back: PersonFact comes in one go with the concerns, so none is ever taken back.
            return AND(PersonFact(__bind__="here"), NOT(ConcernFact(__bind__="absent", **possible | place)))
        return self._bound(ConcernFact(**_fields(condition.tests, doubt=self._in_doubt) | place))


def _fields(tests: Iterable[Test], *, doubt: bool) -> dict[str, Any]:
    return {test.field.name: _constraint(test, doubt=doubt) for test in tests}


def _constraint(test: Test, *, doubt: bool = False) -> Any:
    if test.field.is_number:
        return P(_number(test.at_least, test.below, negated=test.negated))
    return _one_of(test.accepted("doubted" if doubt else "certain"))


def _one_of(words: frozenset[str]) -> Any:
    return L(next(iter(words))) if len(words) == 1 else P(_member(words))


@cache
def _member(words: frozenset[str]) -> Callable[[Value], bool]:
    """One function for one set of words, so that equal patterns share their node."""
    return lambda value: value in words


@cache
def _number(at_least: Value | None, below: Value | None, *, negated: bool) -> Callable[[Value], bool]:
    def within(value: Any) -> bool:
        return ((at_least is None or value >= at_least) and (below is None or value < below)) != negated

    return within
