"""One reading over four logics: experta, plain booleans, literals of a solver and planes of bits say the same of everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answers_documents, few_answers, of_the_whole, rule_base_of, rules_at_random, shipped

from recommender import RuleBase
from recommender.documents import Answers, read_answers
from recommender.inference.assess import concluded, network_of
from recommender.inference.choices import Choices, Known, everybody, given_in, inputs, population, stretch_of
from recommender.inference.network import Network
from recommender.inference.plain import fired_plainly
from recommender.inference.policy import Policy
from recommender.inference.statements import statements
from recommender.knowledge.fields import Facts
from recommender.knowledge.reading import Reading
from recommender.logic.circuit import Circuit

T = TypeVar("T")
Concluded = dict[str, Any]
MOST = 3  # places that are choices in the one circuit for everybody


def _compare(rules: RuleBase, network: Network, answers: dict[str, Any]) -> None:
    facts = rules.facts(read_answers(answers))

    assert network.run(facts) == fired_plainly(rules, facts)  # the same rules, and the same answers matched, leaf by leaf


@given(answers=answers_documents())
def test_experta_and_the_plain_reading_agree_on_the_shipped_rules(answers: dict[str, Any]) -> None:
    _compare(shipped(), network_of(shipped()), answers)


@given(texts=rules_at_random(), documents=st.lists(few_answers(), min_size=1, max_size=4))
def test_experta_and_the_plain_reading_agree_on_rules_made_at_random(
    texts: list[dict[str, Any]], documents: list[dict[str, Any]]
) -> None:
    rules = rule_base_of(texts)
    network = Network(rules.rules)

    for answers in documents:
        _compare(rules, network, answers)


def _comes_to(policy: Policy[T], is_so: Callable[[T], bool]) -> Concluded:
    """What the policy says of one of the people that it is about."""
    options = {
        f"{area}/{treatment}": (status, is_so(option.first_line))
        for (area, treatment), option in policy.options.items()
        for status, stands in policy.statuses(option).items()
        if is_so(stands) and (status != "withdrawn" or is_so(option.firm))
    }
    return {
        "outcome": [outcome for outcome, stands in policy.outcomes.items() if is_so(stands)],
        "options": options,
        "alerts": {urgency for urgency, raised in policy.raised.items() if is_so(raised)},
        "referrals": {(r.rule.id, r.concern) for r in policy.referrals if is_so(policy.named(r))},
        "notes": {note.rule.id for note in policy.notes if is_so(policy.told(note))},
        "holds": {(h.rule.id, h.concern, is_so(h.doubted)) for h in policy.holds if is_so(h.certain) or is_so(h.doubted)},
    }


def _by_experta(rules: RuleBase, network: Network, answers: Answers) -> Concluded:
    """The same in what is printed, by what experta fired."""
    facts = rules.facts(answers)
    found = concluded(rules, answers, facts, network.run(facts))
    return {
        "outcome": [found.outcome],
        "options": {f"{o.area}/{o.treatment}": (o.status, o.role == "first_line") for o in found.options},
        "alerts": {alert.urgency for alert in found.alerts},
        "notes": {note.rule for note in found.notes} - {"policy.nothing-concluded"},
    }


def _by_booleans(rules: RuleBase, facts: Facts) -> Concluded:
    reading = rules.reading(facts)
    return _comes_to(Policy(reading.people, statements(reading, rules)), bool)


def _policy(rules: RuleBase, people: Choices[int]) -> Policy[int]:
    return Policy(people, list(statements(Reading(people, rules.finders), rules)))


@lru_cache(maxsize=2)
def _everybody(rules: RuleBase) -> tuple[Circuit, Choices[int], Policy[int]]:
    circuit = Circuit()
    people = everybody(circuit, rules, Known(MOST))
    return circuit, people, _policy(rules, people)


def _by_literals(rules: RuleBase, facts: Facts) -> Concluded:
    circuit, people, policy = _everybody(rules)
    _comes_to(policy, bool)  # every gate is there before the solver is asked
    assumed = [people.jurisdictions[facts.jurisdiction], people.after_treatment * (1 if facts.after_treatment else -1)]
    assumed += [literal * (1 if k < len(facts.concerns) else -1) for k, literal in enumerate(people.there)]
    for (fact, concern), values in people.values.items():
        if concern is None or concern < len(facts.concerns):
            assumed.append(values[stretch_of(tuple(values), given_in(facts, fact, concern))])
    assert circuit.possible(assumed)
    return _comes_to(policy, circuit.holds)


def _by_planes(rules: RuleBase, people: Sequence[Facts]) -> list[Concluded]:
    policy = _policy(rules, population(rules, people))
    return [_comes_to(policy, lambda plane, bit=1 << number: bool(plane & bit)) for number in range(len(people))]


def _through_the_gates(rules: RuleBase, people: Sequence[Facts]) -> list[Concluded]:
    """The population sent through the gates of everybody."""
    circuit, everyone, policy = _everybody(rules)
    _comes_to(policy, bool)
    these = population(rules, people, most=MOST)
    plane = circuit.over(these.logic, inputs(everyone, these), circuit.below(range(2, circuit.last + 1)))
    return [_comes_to(policy, lambda literal, bit=1 << number: bool(plane(literal) & bit)) for number in range(len(people))]


def _all_agree(rules: RuleBase, network: Network, documents: Sequence[dict[str, Any]]) -> None:
    people = [read_answers({**document, "concerns": document.get("concerns", [])[:MOST]}) for document in documents]
    every = [rules.facts(answers) for answers in people]
    of_all = zip(people, every, _by_planes(rules, every), _through_the_gates(rules, every), strict=True)
    for answers, facts, in_planes, through_the_gates in of_all:
        plainly = _by_booleans(rules, facts)
        by_experta = _by_experta(rules, network, answers)

        assert by_experta == {name: plainly[name] for name in by_experta}
        assert _by_literals(rules, facts) == plainly
        assert in_planes == plainly
        assert through_the_gates == plainly


@settings(max_examples=of_the_whole(500, quick=4))
@given(documents=st.lists(answers_documents(), min_size=1, max_size=6))
def test_four_logics_agree_on_the_shipped_rules(documents: list[dict[str, Any]]) -> None:
    _all_agree(shipped(), network_of(shipped()), documents)


@settings(max_examples=of_the_whole(500, quick=4))
@given(texts=rules_at_random(), documents=st.lists(few_answers(), min_size=1, max_size=4))
def test_four_logics_agree_on_rules_made_at_random(texts: list[dict[str, Any]], documents: list[dict[str, Any]]) -> None:
    rules = rule_base_of(texts)

    _all_agree(rules, Network(rules.rules), documents)
