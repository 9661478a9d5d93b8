"""What fires: findings that chain, scopes, jurisdictions, days in force, and "unsure" that must not pass by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from rule_texts import TELL, alert, hold, rule

from recommender import RuleBase, load_rules
from recommender.documents import read_answers
from recommender.inference.assess import network_of
from recommender.inference.plain import fired_plainly

RulesOf = Callable[[str], RuleBase]
LIPS, CHIN = {"area": "lips", "kind": "lines"}, {"area": "chin", "kind": "lines"}


def fired(rules: RuleBase, answers: dict[str, Any]) -> set[tuple[str, int | None]]:
    """The rules that fire for certain, without their prefix, and the concerns they fire about."""
    return {(f.rule.removeprefix("test."), f.concern) for f in _both(rules, answers) if not f.in_doubt}


def in_doubt(rules: RuleBase, answers: dict[str, Any]) -> set[tuple[str, int | None]]:
    """The rules that fire if "unsure" is read as what they fear."""
    return {(f.rule.removeprefix("test."), f.concern) for f in _both(rules, answers) if f.in_doubt}


def _both(rules: RuleBase, answers: dict[str, Any]) -> tuple[Any, ...]:
    facts = rules.facts(read_answers(answers))
    found = network_of(rules).run(facts)
    assert found == fired_plainly(rules, facts)
    return found


CHAIN = (
    rule("first", "{concern: {on_movement: yes}}", "find: moves")
    + rule("second", "{finding: moves, concern: {at_rest: yes}}", "find: moves_and_stays")
    + rule("third", "{any: [{finding: moves_and_stays}, {history: {hiv: yes}}]}")
)


@pytest.mark.parametrize(
    ("concern", "found"),
    [
        ({"on_movement": "yes", "at_rest": "yes"}, {"first", "second", "third"}),
        ({"on_movement": "yes", "at_rest": "no"}, {"first"}),
        ({"on_movement": "no", "at_rest": "yes"}, set()),
        ({"on_movement": "yes"}, {"first"}),
        ({"at_rest": "yes"}, set()),
    ],
)
def test_findings_chain_from_rule_to_rule(rules_of: RulesOf, concern: dict[str, str], found: set[str]) -> None:
    rules = rules_of(CHAIN)

    assert fired(rules, {"concerns": [LIPS | concern]}) == {(name, 0) for name in found}


def test_a_finding_is_about_its_own_concern_and_no_other(rules_of: RulesOf) -> None:
    rules = rules_of(CHAIN)
    answers = {"concerns": [LIPS | {"on_movement": "yes", "at_rest": "no"}, CHIN | {"on_movement": "no", "at_rest": "yes"}]}

    assert fired(rules, answers) == {("first", 0)}


def test_a_finding_about_the_person_is_seen_from_every_concern(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("found", "{history: {pregnant: yes}}", "find: expecting")
        + rule("person", "{finding: expecting}")
        + rule("place", "{finding: expecting, concern: {kind: lines}}")
    )

    found = fired(rules, {"history": {"pregnant": "yes"}, "concerns": [LIPS, CHIN, {"area": "chin", "kind": "fuller"}]})

    assert found == {("found", None), ("person", None), ("place", 0), ("place", 1)}


def test_a_finding_with_two_finders_is_found_by_either(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("one", "{history: {pregnant: yes}}", "find: expecting")
        + rule("two", "{history: {breastfeeding: yes}}", "find: expecting")
        + rule("reader", "{finding: expecting}")
    )

    assert fired(rules, {"history": {"pregnant": "yes"}}) == {("one", None), ("reader", None)}
    assert fired(rules, {"history": {"breastfeeding": "yes"}}) == {("two", None), ("reader", None)}
    assert fired(rules, {"history": {"pregnant": "no"}}) == set()


def test_not_known_never_satisfies_a_negation(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("person", "{not: {history: {pregnant: yes}}}")
        + rule("place", "{concern: {kind: lines}, not: {same_area: {at_rest: yes}}}")
        + rule("anywhere", "{not: {anywhere: {at_rest: yes}}}")
    )
    unknown, denied = LIPS | {"kind": "fuller"}, LIPS | {"kind": "fuller", "at_rest": "no"}

    assert fired(rules, {"concerns": [LIPS | {"at_rest": "no"}, unknown]}) == set()
    assert fired(rules, {"history": {"pregnant": "no"}}) == {("person", None), ("anywhere", None)}
    assert fired(rules, {"concerns": [LIPS | {"at_rest": "no"}, denied]}) == {("anywhere", None), ("place", 0)}


KINDS = ("lines", "fuller", "hollow", "bags", "sagging")


@pytest.mark.parametrize("seen", [kinds for n in range(len(KINDS) + 1) for kinds in combinations(KINDS, n)], ids="+".join)
def test_many_rules_that_say_only_what_is_absent_are_all_taken_back_by_what_is_there(rules_of: RulesOf, seen: Any) -> None:
    rules = rules_of("".join(rule(f"no-{kind}", f"{{not: {{anywhere: {{kind: {kind}}}}}}}") for kind in KINDS))

    found = fired(rules, {"concerns": [{"area": "lips", "kind": kind} for kind in seen]})

    assert found == {(f"no-{kind}", None) for kind in KINDS if kind not in seen}


@pytest.mark.parametrize(
    ("jurisdictions", "here", "fires"),
    [
        ("[uk]", "uk", True),
        ("[uk]", "us", False),
        ("[uk, eu]", "eu", True),
        ("[other]", None, True),
        ("[uk]", None, False),
        ("[]", None, True),
        ("[]", "au", True),
    ],
)
def test_a_rule_speaks_in_its_jurisdictions_alone(rules_of: RulesOf, jurisdictions: str, here: Any, *, fires: bool) -> None:
    about = f"jurisdictions: {jurisdictions}"
    rules = rules_of(
        rule("person", "{history: {pregnant: yes}}", more=about) + rule("place", "{concern: {kind: lines}}", more=about)
    )
    answers = {"history": {"pregnant": "yes"}, "concerns": [LIPS]} | ({} if here is None else {"jurisdiction": here})

    assert fired(rules, answers) == ({("person", None), ("place", 0)} if fires else set())


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
    ],
)
def test_a_rule_is_in_force_on_both_of_its_days_and_between(rules_folder: Any, on: date, *, in_force: bool) -> None:
    folder: Path = rules_folder(
        dated=rule("dated", "{history: {pregnant: yes}}", more="in_force_from: 2026-03-01\nin_force_until: 2026-03-31")
    )

    rules = load_rules(folder, on=on)

    assert fired(rules, {"history": {"pregnant": "yes"}}) == ({("dated", None)} if in_force else set())
    assert [r.id for r in rules.out_of_force] == ([] if in_force else ["test.dated"])


def test_a_finding_whose_finder_is_out_of_force_is_never_found(rules_folder: Any) -> None:
    folder: Path = rules_folder(
        chain=rule("finder", "{concern: {kind: lines}}", "find: moves", "in_force_until: 2026-03-31")
        + rule("reader", "{finding: moves}")
    )

    before, after = load_rules(folder, on=date(2026, 3, 31)), load_rules(folder, on=date(2026, 4, 1))

    assert fired(before, {"concerns": [LIPS]}) == {("finder", 0), ("reader", 0)}
    assert fired(after, {"concerns": [LIPS]}) == set()


STOP, CAUTION = hold("hard_stop"), hold("caution")


@pytest.mark.parametrize(
    ("when", "conclusion", "answers", "heeded"),
    [
        ("{history: {hiv: yes}}", STOP, {"history": {"hiv": "unsure"}}, True),
        ("{history: {hiv: yes}}", STOP, {"history": {}}, False),
        ("{history: {hiv: yes}}", STOP, {"history": {"hiv": "no"}}, False),
        ("{history: {hiv: yes}}", CAUTION, {"history": {"hiv": "unsure"}}, False),
        ("{not: {history: {hiv: no}}}", STOP, {"history": {"hiv": "unsure"}}, True),
        ("{history: {hiv: yes, diabetes: yes}}", STOP, {"history": {"hiv": "unsure", "diabetes": "yes"}}, True),
        ("{history: {hiv: yes, diabetes: yes}}", STOP, {"history": {"hiv": "unsure"}}, False),
        ("{history: {hiv: yes, diabetes: yes}}", STOP, {"history": {"hiv": "unsure", "diabetes": "no"}}, False),
        ("{goals: {avoid_surgery: yes}}", STOP, {"goals": {"avoid_surgery": "unsure"}}, False),
        (
            "{symptoms: {fever: yes}}",
            alert("emergency"),
            {"after_treatment": {"symptoms": {"fever": "unsure"}}},
            True,
        ),
        (
            "{symptoms: {fever: unanswered}}",
            alert("emergency"),
            {"after_treatment": {"symptoms": {"fever": "unsure"}}},
            True,
        ),
        ("{symptoms: {fever: yes}}", TELL, {"after_treatment": {"symptoms": {"fever": "unsure"}}}, False),
    ],
)
def test_unsure_about_safety_is_heeded_where_yes_would_stop_or_alarm(
    rules_of: RulesOf, when: str, conclusion: str, answers: dict[str, Any], *, heeded: bool
) -> None:
    rules = rules_of(rule("fears", when, conclusion))

    assert fired(rules, answers) == set()
    assert in_doubt(rules, answers) == ({("fears", None)} if heeded else set())


def test_what_rests_on_an_unsure_finding_is_in_doubt_too_and_never_certain(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("finder", "{history: {hiv: yes}}", "find: weakened")
        + rule("stop", "{finding: weakened}", STOP)
        + rule("caution", "{finding: weakened}", CAUTION)
    )

    assert fired(rules, {"history": {"hiv": "unsure"}}) == set()
    assert in_doubt(rules, {"history": {"hiv": "unsure"}}) == {("finder", None), ("stop", None)}
    assert fired(rules, {"history": {"hiv": "yes"}}) == {("finder", None), ("stop", None), ("caution", None)}


def test_every_branch_that_holds_is_recorded_with_the_answers_that_matched(rules_of: RulesOf) -> None:
    rules = rules_of(
        rule("either", "{any: [{history: {hiv: yes}}, {all: [{history: {diabetes: yes}}, {person: {age: {below: 50}}}]}]}")
    )
    answers = {"person": {"age": 40}, "history": {"hiv": "yes", "diabetes": "yes"}}

    (found,) = network_of(rules).run(rules.facts(read_answers(answers)))

    assert {number for number, _ in found.matched} == {0, 1, 2}
