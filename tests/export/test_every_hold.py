"""Every effect that a hold can have is told in its own words, whatever is named and whoever reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from export_reading import as_read
from rule_texts import hold, offer, rule

from recommender import Assessment, RuleBase, assess, explain
from recommender.documents.vocabulary import EFFECTS, STATUS_OF
from recommender.export import render, render_explanation
from recommender.export.labels import Labels
from recommender.export.sections.short_answer import answers

RulesOf = Callable[[str], RuleBase]
LIPS = {"area": "lips", "kind": "fuller"}


def _rules(rules_of: RulesOf, effect: str) -> RuleBase:
    return rules_of(rule("fills", "{concern: {kind: fuller}}", offer()) + rule("no", "{history: {hiv: yes}}", hold(effect)))


def _short_answers(assessment: Assessment) -> list[str]:
    return [line.text for line in answers(assessment, Labels(assessment))]


@pytest.mark.parametrize("respondent", ["patient", "nurse"])
@pytest.mark.parametrize("effect", EFFECTS)
def test_each_effect_is_told_with_how_the_option_stands_and_what_lifts_it(
    rules_of: RulesOf, effect: str, respondent: str
) -> None:
    rules = _rules(rules_of, effect)
    assessment = assess(rules, {"respondent": respondent, "concerns": [LIPS], "history": {"hiv": "yes"}})
    explanation = explain(rules, assessment)

    summary = as_read(render(assessment, "text"), "text")
    explained = as_read(render_explanation(assessment, explanation, "text", parts=["why_not"]), "text")

    wording = rules.reference.wording
    assert wording.effects[effect] in summary
    assert wording.statuses[STATUS_OF[effect]] in summary
    (reach,) = explanation.reaches
    assert reach.decides == (() if effect == "caution" else ("lips/dermal_filler",))
    assert (f"{wording.effects[effect]}: The reason of no." in explained) == (effect != "caution")


def test_no_two_effects_are_told_alike_in_the_short_answer(rules_of: RulesOf) -> None:
    for concerns in ([LIPS], []):
        told = [
            tuple(_short_answers(assess(_rules(rules_of, effect), {"concerns": concerns, "history": {"hiv": "yes"}})))
            for effect in EFFECTS
        ]

        assert len(set(told)) == len(EFFECTS), told
