"""Mutants: rules changed in one place at a time, to see whether the examples and scenarios notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recommender.documents.vocabulary import DESTINATIONS, EFFECTS, TREATMENTS, URGENCIES
from recommender.knowledge.conditions import (
    UNANSWERED,
    UNSURE,
    All,
    AnswerTest,
    AnyOf,
    ConcernTest,
    Condition,
    FindingTest,
    OtherConcern,
    Test,
)
from recommender.knowledge.rules import HoldOn, Offer, Raise, Refer, Rule


@dataclass(frozen=True)
class Mutant:
    """A rule with one thing changed, and what was changed; None in the place of the rule where it was taken away."""

    rule: Rule
    changed: Rule | None
    what: str


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every single change of a rule's condition, thresholds, effect, conclusion and jurisdictions."""
    yield Mutant(rule, None, "the rule is taken away")
    for condition, what in _conditions(rule.when):
        yield Mutant(rule, replace(rule, when=condition), what)
    for update in _conclusions(rule):
        changed = {rule.conclusion: rule.concludes.model_copy(update=update)}
        what = ", ".join(f"{name} {'+'.join(to) if isinstance(to, tuple) else to}" for name, to in update.items())
        yield Mutant(rule, replace(rule, text=rule.text.model_copy(update=changed)), what)
    for left_out in rule.text.jurisdictions:
        kept = tuple(place for place in rule.text.jurisdictions if place != left_out)
        yield Mutant(
            rule,
            replace(rule, text=rule.text.model_copy(update={"jurisdictions": kept})),
            f"not in {left_out}" if kept else "everywhere",
        )


def _conditions(condition: Condition) -> Iterator[tuple[Condition, str]]:
    match condition:
        case All(parts) | AnyOf(parts):
            other = AnyOf if isinstance(condition, All) else All
            if len(parts) > 1:
                yield other(parts), f"{'all' if isinstance(condition, All) else 'any'} becomes the other"
            for index, part in enumerate(parts):
                before, after = parts[:index], parts[index + 1 :]
                if before or after:
                    yield type(condition)((*before, *after)), f"part {index + 1} left out"
                yield from ((type(condition)((*before, changed, *after)), what) for changed, what in _conditions(part))
        case ConcernTest(tests):
            yield from ((ConcernTest(changed), what) for changed, what in _tests(tests))
        case OtherConcern(where, tests, negated):
            yield from ((OtherConcern(where, changed, negated), what) for changed, what in _tests(tests))
            yield OtherConcern(where, tests, not negated), "some becomes none"
        case AnswerTest(test):
            yield from ((AnswerTest(changed), what) for changed, what in _test(test))
        case FindingTest(names):
            yield from ((FindingTest(tuple(n for n in names if n != name)), f"not {name}") for name in names if len(names) > 1)


def _tests(tests: Sequence[Test]) -> Iterator[tuple[tuple[Test, ...], str]]:
    for index, test in enumerate(tests):
        before, after = tuple(tests[:index]), tuple(tests[index + 1 :])
        if before or after:
            yield (*before, *after), f"{test.field.name} not tested"
        yield from (((*before, changed, *after), what) for changed, what in _test(test))


def _test(test: Test) -> Iterator[tuple[Test, str]]:
    name = test.field.name
    yield replace(test, negated=not test.negated), f"{name} negated"
    for word in sorted(test.words):
        if len(test.words) > 1:
            yield replace(test, words=test.words - {word}), f"{name} without {word}"
    missing = [word for word in test.field.words if word not in test.words | {UNSURE, UNANSWERED}]
    if test.words and missing and not test.field.is_number:
        yield replace(test, words=test.words | {missing[0]}), f"{name} also {missing[0]}"
    for step in (-1, 1):
        if isinstance(test.at_least, int):
            yield replace(test, at_least=test.at_least + step), f"{name} at least {test.at_least + step}"
        if isinstance(test.below, int):
            yield replace(test, below=test.below + step), f"{name} below {test.below + step}"


def _conclusions(rule: Rule) -> Iterator[dict[str, Any]]:
    match rule.concludes:
        case Offer() as offer:
            yield {"role": "second_line" if offer.role == "first_line" else "first_line"}
            yield {"treatment": next(treatment for treatment in TREATMENTS if treatment != offer.treatment)}
        case HoldOn() as hold:
            yield from ({"effect": effect} for effect in _neighbours(EFFECTS, hold.effect))
            for left_out in hold.treatment:
                others = tuple(t for t in hold.treatment if t != left_out)
                yield {"treatment": others or tuple(t for t in TREATMENTS if t != left_out)}
            yield from ({"products": tuple(p for p in hold.products if p != product)} for product in hold.products)
        case Refer() as refer:
            yield {"stance": "beside" if refer.stance == "instead" else "instead"}
            yield from ({"to": to} for to in _neighbours(DESTINATIONS, refer.to))
        case Raise() as alert:
            yield from ({"urgency": urgency} for urgency in _neighbours(URGENCIES, alert.urgency))
        case _:
            pass


def _neighbours(words: Sequence[str], word: str) -> list[str]:
    index = words.index(word)
    return [*words[max(0, index - 1) : index], *words[index + 1 : index + 2]]
