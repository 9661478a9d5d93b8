"""With how many places something is decided for everybody, however many they name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from recommender.knowledge.conditions import Condition, FindingTest, Leaf, OtherConcern, fold, leaves
from recommender.knowledge.rulebase import RuleBase


def enough_for(rules: RuleBase, weighed: Collection[type], statements: int) -> int:
    """With how many places it is decided what so many statements of rules that conclude these come to together."""
    found = [rule for rule in rules.rules if isinstance(rule.concludes, tuple(weighed))]
    made = sorted((int(rule.scope == "concern") + others(rule.when, rules) for rule in found), reverse=True)
    absent = {leaf for rule in found for leaf in none_other(rule.when, rules)}
    places = statements if statements > 2 else 1
    return sum(made[:statements]) + sum(places if leaf.where == "same_area" else 1 for leaf in absent)


class _Most:
    """Counts what is needed: for all of the parts, or for the part that needs most."""

    def all_of(self, parts: Iterable[int]) -> int:
        return sum(parts)

    def any_of(self, parts: Iterable[int]) -> int:
        return max(parts, default=0)


def others(condition: Condition, rules: RuleBase) -> int:
    """How many tests of some other place a condition needs, itself or by its findings."""

    def leaf(leaf: Leaf) -> int:
        match leaf:
            case OtherConcern(negated=False):
                return 1
            case FindingTest(names):
                return max((others(finder.when, rules) for name in names for finder in rules.finders[name]), default=0)
            case _:
                return 0

    return fold(condition, _Most(), leaf)


def none_other(condition: Condition, rules: RuleBase) -> Iterator[OtherConcern]:
    """The tests that there is no other place such as this, of a condition and its findings."""
    for leaf in leaves(condition):
        match leaf:
            case OtherConcern(negated=True):
                yield leaf
            case FindingTest(names):
                for finder in (finder for name in names for finder in rules.finders[name]):
                    yield from none_other(finder.when, rules)
            case _:
                pass
