"""Properties of any rules at all: each kind of fault is found, with people of whom the engine says the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from rule_texts import alert, hold, offer, rule
from strategies import rule_base_of, rules_at_random, sampled, shipped

from recommender import RecommenderError, RuleBase
from recommender.knowledge import shipped_rules
from recommender.proofs.exact import names_of
from recommender.proofs.general import CONTRAINDICATION, LABEL, NAMED, UNKNOWN, WORSE_SIGN, AnyRules, Broken, General, enough
from recommender.proofs.waivers import read_waivers

LIPS = rule("lips", "{concern: {area: lips, kind: fuller}}", offer())
FAULTS: dict[General, tuple[str, str]] = {
    UNKNOWN: (
        LIPS
        + rule("with", "{history: {pregnant: yes}}", hold("defer"))
        + rule("without", "{history: {pregnant: no}}", hold("refer"))
        + rule("doubt", "{history: {pregnant: unsure}}", hold("caution")),
        "history.pregnant",
    ),
    CONTRAINDICATION: (
        LIPS
        + rule("diabetes", "{history: {diabetes: yes}}", hold("review"))
        + rule("no-diabetes", "{history: {diabetes: no}}", hold("hard_stop")),
        "history.diabetes",
    ),
    WORSE_SIGN: (
        rule("fever", "{symptoms: {fever: no, severe_pain: yes}}", alert("emergency"))
        + rule("hot", "{symptoms: {fever: yes}}", alert("same_day")),
        "symptoms.fever",
    ),
    NAMED: (LIPS, "kind.lines"),
    LABEL: (
        LIPS + rule("allergic", "{history: {severe_allergies: yes}}", hold("review", products="calcium_hydroxylapatite")),
        "hyaluronic_acid.severe_allergies",
    ),
}


def broken(rules: RuleBase, about: General, **kept: object) -> dict[str, Broken]:
    """By what a property is broken."""
    return {one.name: one for one in AnyRules(rules, **kept).broken() if one.about is about}  # type: ignore[arg-type]


@pytest.mark.parametrize("about", FAULTS, ids=lambda about: about.id)
def test_a_fault_of_each_kind_is_found_and_the_engine_says_the_same(
    about: General, rules_of: Callable[[str], RuleBase]
) -> None:
    text, name = FAULTS[about]

    found = broken(rules_of(text), about)

    assert name in found
    assert all(one.confirmed for one in found.values()), [one.answers_text for one in found.values()]


@pytest.mark.parametrize(
    ("about", "mended"),
    [
        (UNKNOWN, FAULTS[UNKNOWN][0].replace("pregnant: no}", "hiv: yes}")),
        (CONTRAINDICATION, FAULTS[CONTRAINDICATION][0].replace("diabetes: no}", "hiv: yes}")),
        (WORSE_SIGN, FAULTS[WORSE_SIGN][0].replace("fever: no, ", "")),
        (LABEL, FAULTS[LABEL][0].replace("[calcium_hydroxylapatite]", "[calcium_hydroxylapatite, hyaluronic_acid]")),
    ],
    ids=lambda one: getattr(one, "id", ""),
)
def test_what_is_mended_is_not_found(about: General, mended: str, rules_of: Callable[[str], RuleBase]) -> None:
    assert FAULTS[about][1] not in broken(rules_of(mended), about)


@pytest.mark.slow
def test_of_the_shipped_rules_only_what_is_declared_is_let_stand_and_all_of_it_is_needed() -> None:
    rules = shipped()
    waivers = read_waivers(shipped_rules(), names_of(rules))
    of_any = AnyRules(rules, waivers, places=2)

    assert [(one.about.id, one.name, one.answers_text) for one in of_any.broken()] == []
    assert [waiver.where for waiver in of_any.needless()] == []
    assert {one.name for one in AnyRules(rules, waivers[1:], places=2).broken()} == set(waivers[0].text.of)


def test_an_exception_that_nothing_needs_is_told(tmp_path: Path, rules_of: Callable[[str], RuleBase]) -> None:
    rules = rules_of(FAULTS[WORSE_SIGN][0])
    written = "- check: any.worse-sign-never-lowers-an-alert\n  of: symptoms.{}\n  because: B\n"
    (tmp_path / "properties").mkdir()
    file = tmp_path / "properties" / "waivers.yaml"
    file.write_text(written.format("fever") + written.format("severe_pain"), encoding="utf-8")
    waivers = read_waivers(tmp_path, names_of(rules))

    assert broken(rules, WORSE_SIGN, waivers=waivers) == {}
    assert [waiver.where for waiver in AnyRules(rules, waivers).needless()] == ["properties/waivers.yaml:4"]
    file.write_text(written.format("feverish") + written.replace("any.worse", "any.wors").format("fever"), encoding="utf-8")
    with pytest.raises(
        RecommenderError, match=r"(?s)yaml:2: .*did you mean 'symptoms.fever'.*yaml:4: .*did you mean 'any.worse-sign"
    ):
        read_waivers(tmp_path, names_of(rules))


@given(texts=rules_at_random())
@settings(max_examples=sampled(25))
def test_whoever_is_found_among_rules_at_random_is_confirmed_and_more_places_find_no_other(texts: list[dict[str, Any]]) -> None:
    rules = rule_base_of(texts)

    found = list(AnyRules(rules).broken())
    more = list(AnyRules(rules, places=enough(rules) + 1).broken())

    assert [(one.about.id, one.name, one.answers_text) for one in found if not one.confirmed] == []
    assert {(one.about.id, one.name) for one in more} == {(one.about.id, one.name) for one in found}
