"""experta and the plain three-valued reading agree on every rule: on the shipped rules and on rules made at random."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from strategies import answers_documents, few_answers, rule_base_of, rules_at_random, shipped

from recommender import RuleBase
from recommender.documents import read_answers
from recommender.inference.assess import network_of
from recommender.inference.network import Network
from recommender.inference.plain import fired_plainly
from recommender.knowledge.conditions import Truth
from recommender.knowledge.doubt import doubtable
from recommender.knowledge.evaluation import Evaluation

Found = set[tuple[str, int | None]]


def _true_in(evaluation: Evaluation, rules: RuleBase, among: set[str]) -> Found:
    return {
        (rule.id, concern)
        for rule in rules.rules
        if rule.id in among
        for concern in evaluation.concerns_of(rule)
        if evaluation.truth(rule, concern) is Truth.YES
    }


def _compare(rules: RuleBase, network: Network, answers: dict[str, Any]) -> None:
    facts = rules.facts(read_answers(answers))

    fired = network.run(facts)

    certain = {(f.rule, f.concern) for f in fired if not f.in_doubt}
    in_doubt = {(f.rule, f.concern) for f in fired if f.in_doubt}
    heeded = {rule.id for rule in doubtable(rules.rules)}
    assert certain == _true_in(rules.evaluation(facts), rules, set(rules.by_id))
    assert in_doubt == _true_in(rules.evaluation(facts, reading="doubted"), rules, heeded)
    assert fired == fired_plainly(rules, facts)  # the same answers matched, leaf by leaf


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
