"""Checks that are no guesses: each kind of fault is found in rules that have it, and none in rules that have not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rule_texts import hold, offer, refer, rule
from strategies import further, shipped

from recommender import RuleBase, assess
from recommender.documents import read_answers
from recommender.knowledge import shipped_rules
from recommender.knowledge.rules import HoldOn
from recommender.proofs import exact
from recommender.proofs.exact import exact_issues, names_of
from recommender.proofs.general import LABEL, REFERRED, AnyRules
from recommender.proofs.waivers import read_waivers

LIPS = rule("lips", "{concern: {area: lips, kind: fuller}}", offer())
STOP = rule("young", "{person: {age: {below: 18}}}", hold("hard_stop"))
PREGNANT = rule("pregnant", "{history: {pregnant: yes}}", hold("review"))


def found_of(rules: RuleBase, about: str) -> list[str]:
    """What is said of an answer, or of a rule by its name."""
    return [problem.message for problem in exact_issues(rules) if about in problem.message or problem.where == about]


@pytest.mark.parametrize(
    ("text", "faulty", "said"),
    [
        (rule("not", "{all: [{person: {age: {below: 9}}}, {person: {age: {at_least: 9}}}]}"), "test.not", "fires for nobody"),
        (
            rule("never", "{concern: {area: lips}, not: {anywhere: {area: [lips, chin]}}}", hold("review")),
            "test.never",
            "fires for nobody",
        ),
        (STOP + rule("under", "{person: {age: {below: 12}}}", hold("caution")), "test.under", "changes nothing for anybody"),
        (
            LIPS + STOP + rule("found", "{person: {age: {below: 9}}}", "find: small")
            + rule("reads", "{any: [{finding: small}, {person: {age: {below: 18}}}]}", refer("medical")),
            "test.found",
            "changes nothing for anybody",
        ),
        (LIPS + rule("lip", "{concern: {area: lips}}", hold("hard_stop")), "test.lips", "offers what is withdrawn of every"),
        (
            LIPS + rule("fine", "{concern: {area: lips, kind: fuller, severity: none}}", refer("not_needed")),
            "test.fine",
            "a treatment is offered for what needs none",
        ),
        (
            LIPS + rule("second", "{concern: {area: lips, severity: mild}}", offer(role="second_line")),
            "test.second",
            "the same treatment comes first and second",
        ),
    ],
)  # fmt: skip
def test_a_fault_of_each_kind_is_found(text: str, faulty: str, said: str, rules_of: Callable[[str], RuleBase]) -> None:
    assert [message for message in found_of(rules_of(text), faulty) if said in message]


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        (LIPS + STOP + PREGNANT, "test."),
        (STOP + rule("under", "{person: {age: {below: 19}}}", hold("caution")), "test."),
        (LIPS + rule("chin", "{concern: {area: chin}}", hold("hard_stop")), "test."),
        (
            LIPS + rule("two", "{anywhere: {area: chin}, same_area: {kind: lines}, concern: {kind: fuller}}", hold("review")),
            "test.",
        ),
    ],
)
def test_no_fault_is_seen_where_there_is_none(text: str, sound: str, rules_of: Callable[[str], RuleBase]) -> None:
    assert found_of(rules_of(text), sound) == []


def test_a_contradiction_comes_with_somebody_whom_both_rules_speak_of(rules_of: Callable[[str], RuleBase]) -> None:
    rules = rules_of(LIPS + rule("fine", "{concern: {area: lips, kind: fuller, severity: none}}", refer("not_needed")))

    said = next(message for message in found_of(rules, "test.fine") if "contradict" in message)

    found = assess(rules, read_answers(json.loads(said[said.index("{") :])))
    assert [option.status for option in found.options] == ["suggested"]
    assert [referral.to for referral in found.referrals] == ["not_needed"]


def test_values_that_no_rule_tells_apart_are_named(rules_of: Callable[[str], RuleBase]) -> None:
    two = rules_of(rule("yes", "{history: {pregnant: [yes, unsure]}}"))

    assert found_of(two, "history.pregnant") == ["no rule tells 'yes' from 'unsure'"]
    assert found_of(rules_of(PREGNANT), "history.pregnant") == []


@pytest.mark.slow
def test_of_the_shipped_rules_only_what_is_waived_is_found_and_every_waiver_is_needed(tmp_path: Path) -> None:
    rules = shipped()
    of = names_of(rules)
    (tmp_path / "properties").mkdir()
    needless = f"- {{check: {exact.NEVER_FIRES}, of: age.under-18, because: B}}\n"
    (tmp_path / "properties" / "waivers.yaml").write_text(needless, encoding="utf-8")

    found = exact_issues(rules, [*read_waivers(shipped_rules(), of), *read_waivers(tmp_path, of)])

    assert [problem.message for problem in found] == [
        "lets 'age.under-18' stand, of which 'never-fires' finds nothing: take it away"
    ]


@pytest.mark.parametrize(
    "taken", further(["allergy.lidocaine", "allergy.bovine-collagen", "blood.porphyria-filler", "allergy.milk"], "allergy.milk")
)
def test_a_hold_that_a_label_asks_for_is_missed(taken: str) -> None:
    without = shipped().with_changed({taken: None}, {taken})

    found = [one for one in AnyRules(without, places=2).broken() if one.about is LABEL]

    assert found
    assert all(one.confirmed for one in found)


@pytest.mark.parametrize(
    ("named", "missing"),
    [(None, True), ("{history: {overfilled: yes}}", False), ("{history: {hiv: yes}}", True)],
    ids=["nobody", "somebody", "somebody for another reason"],
)
def test_a_hold_that_refers_names_somebody(rules_of: Callable[[str], RuleBase], named: str | None, *, missing: bool) -> None:
    text = rule("old", "{history: {overfilled: yes}}", hold("refer"))
    text += rule("who", named, refer("medical", "beside")) if named is not None else ""

    found = [(one.name, one.confirmed) for one in AnyRules(rules_of(text)).broken() if one.about is REFERRED]

    assert found == ([("test.old", True)] if missing else [])


def test_a_hold_on_one_place_is_not_answered_by_somebody_for_another(rules_of: Callable[[str], RuleBase]) -> None:
    text = (
        LIPS + rule("hold", "{concern: {area: lips}}", hold("refer")) + rule("who", "{concern: {area: chin}}", refer("medical"))
    )

    assert [one.name for one in AnyRules(rules_of(text)).broken() if one.about is REFERRED] == ["test.hold"]


def test_every_hold_that_refers_in_the_shipped_rules_is_asked_about() -> None:
    referring = {rule.id for rule in shipped().rules if isinstance(rule.concludes, HoldOn) and rule.concludes.effect == "refer"}
    asked = {name for about, found in AnyRules(shipped(), places=2)._all() if about is REFERRED for name, _, _ in found}

    assert asked == referring
