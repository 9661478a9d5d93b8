"""Which rules can speak while it is not known whether they hold: each of them has a sentence for that, ``if_not_known``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from recommender.documents.problems import Problem
from recommender.knowledge.conditions import UNSURE, OtherConcern, Test, tests_of
from recommender.knowledge.reading import Finders, finders_of, leaves_behind, own_tests, rules_behind
from recommender.knowledge.rules import Offer, Rule

#: what is known of every concern: nothing waits for it
_ALWAYS_KNOWN = frozenset({"area", "kind"})


def doubtable(rules: Iterable[Rule]) -> list[Rule]:
    """The rules that an "unsure" must not pass by: those that speak in doubt, and the findings that these rest on."""
    rules = tuple(rules)
    finders = finders_of(rules)
    behind = (one for rule in rules if rule.speaks_in_doubt for one in rules_behind(rule, finders))
    heeded = {one.id for one in behind if _rests_on(one, finders, _is_doubted)}
    return [rule for rule in rules if rule.id in heeded]


def told_in_doubt(rules: Iterable[Rule]) -> frozenset[str]:
    """The ids of the rules whose sentence can be told though it is not known whether it is so.

    Those that an "unsure" does not pass by; an offer that can wait for a detail of what is seen; and whatever fires as well
    on what is not known as on what is.
    """
    rules = tuple(rules)
    finders = finders_of(rules)
    waiting = (r for r in rules if isinstance(r.concludes, Offer) and any(map(_may_be_left_out, own_tests(r, finders))))
    either_way = (rule for rule in rules if _rests_on(rule, finders, _holds_unknown_as_well))
    return frozenset(rule.id for found in (doubtable(rules), waiting, either_way) for rule in found)


def sentences_missing(rules: Sequence[Rule], *, read_by_others: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Each rule that can be told in doubt and has no sentence for it, or that has one and never can be.

    ``read_by_others`` are findings that rules read which are not among these.
    """
    told = told_in_doubt(rules)
    for rule in rules:
        sentence = rule.text.if_not_known
        if rule.id in told and sentence is None:
            fault = "can be told while its answers are not known: say it in 'if_not_known', such as 'If you …, …'"
            yield Problem(rule.where, f"'{rule.id}' {fault}")
        elif sentence is not None and rule.id not in told and rule.finds not in read_by_others:
            yield Problem(rule.where, f"'{rule.id}' has an 'if_not_known', and is never told while its answers are not known")


def _rests_on(rule: Rule, finders: Finders, wanted: Callable[[Test], bool]) -> bool:
    """Whether a rule, or a finding that it rests on, makes such a test; what must be absent is never in doubt."""
    held = (leaf for leaf in leaves_behind(rule, finders) if not (isinstance(leaf, OtherConcern) and leaf.negated))
    return any(wanted(test) for leaf in held for test in tests_of(leaf))


def _is_doubted(test: Test) -> bool:
    return test.accepts(UNSURE, "doubted") and not test.accepts(UNSURE, "certain")


def _holds_unknown_as_well(test: Test) -> bool:
    return any(test.accepts(value, "certain") and not test.accepts(value, "answered") for value in (None, UNSURE))


def _may_be_left_out(test: Test) -> bool:
    return test.field.name not in _ALWAYS_KNOWN
