"""The short answer names what it is about, says no more than the document, and puts what is not offered first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rule_texts import hold, offer, rule
from strategies import shipped

from recommender import RuleBase, assess
from recommender.documents import Assessment
from recommender.documents.vocabulary import OUTCOMES
from recommender.export.labels import Labels
from recommender.export.one_sentence import PLACES_NAMED, held_back, one_sentence, still_open_first
from recommender.scenarios import read_scenarios

SCENARIOS = Path(__file__).parents[1] / "scenarios"


@pytest.fixture(scope="module")
def concluded() -> tuple[Assessment, ...]:
    """What the rules say of some people of each outcome."""
    rules: RuleBase = shipped("uk")
    few: dict[str, list[Assessment]] = {outcome: [] for outcome in OUTCOMES}
    for scenario in read_scenarios(SCENARIOS):
        if len(few[scenario.expect.outcome]) < 12 and scenario.answers.jurisdiction in (None, "uk"):
            found = assess(rules, scenario.answers)
            few[found.outcome].append(found)
    assert all(few.values())
    return tuple(one for same in few.values() for one in same)


def said(assessment: Assessment) -> str:
    return one_sentence(assessment, Labels(assessment))


def of_the_outcome(assessment: Assessment) -> str:
    """The sentence without what is said of open questions."""
    return said(assessment).removeprefix(f"{still_open_first(assessment, Labels(assessment))} ")


def test_it_is_the_outcome_in_the_words_of_the_rules(concluded: tuple[Assessment, ...]) -> None:
    assert [one.outcome for one in concluded if one.words["outcome"].rstrip(".") not in said(one)] == []


def test_what_may_be_discussed_is_named_with_its_places_and_nothing_else_is(concluded: tuple[Assessment, ...]) -> None:
    for one in (one for one in concluded if one.outcome == "discuss"):
        labels = Labels(one)
        offer = said(one).rpartition(one.words["outcome"].rstrip("."))[2]
        for option in one.options:
            same = {o.area for o in one.options if (o.treatment, o.status) == (option.treatment, "suggested")}
            named = labels.of("treatment", option.treatment) in offer

            assert named == bool(same)
            if 0 < len(same) <= PLACES_NAMED:
                assert all(labels.of("area", area) in offer for area in same)


def test_what_is_not_offered_stands_before_what_may_be_discussed(concluded: tuple[Assessment, ...]) -> None:
    mixed = [
        one
        for one in concluded
        if one.outcome in ("discuss", "review") and any(option.status == "withdrawn" for option in one.options)
    ]

    assert mixed
    assert [said(one) for one in mixed if not of_the_outcome(one).startswith("Not offered: ")] == []


def test_no_status_of_an_option_is_left_out_beside_something_to_discuss(concluded: tuple[Assessment, ...]) -> None:
    offers = [one for one in concluded if one.outcome in ("discuss", "review")]

    for one in offers:
        labels = Labels(one)
        told = said(one) + " ".join(f"{line.label}: {line.text}" for line in held_back(one, labels))
        held = {o.status for o in one.options} & {"withdrawn", "referred", "deferred"}

        assert [status for status in sorted(held) if f"{labels.of('status', status)}: " not in told] == []
    assert any(held_back(one, Labels(one)) for one in offers)


def test_help_that_is_needed_now_is_said_without_anything_before_or_after_it(concluded: tuple[Assessment, ...]) -> None:
    urgent = [one for one in concluded if one.outcome in ("emergency", "same_day")]

    assert urgent
    assert [said(one) for one in urgent] == [one.words["outcome"] for one in urgent]


def test_a_sample_reads_as_a_person_would_say_it(discuss: Assessment) -> None:
    assert said(discuss) == (
        "4 health questions are not answered, so this may still change. Not offered: Dermal filler (Between the eyebrows). "
        "There is something here to discuss with a nurse or doctor: Anti-wrinkle injection (Between the eyebrows)."
    )


@pytest.mark.parametrize(
    ("history", "begins"),
    [
        ({}, "2 health questions are not answered, so this may still change. There is"),
        ({"hiv": "no"}, "1 health question is not answered, so this may still change. There is"),
        ({"hiv": "no", "diabetes": "no"}, "There is something here"),
        (
            {"hiv": "no", "diabetes": "unsure"},
            "1 health question is answered “I don't know”, so this may still",
        ),
        (
            {"diabetes": "unsure"},
            "2 health questions are not answered, or answered “I don't know”, so",
        ),
    ],
)
def test_how_many_health_questions_are_open_is_said_first(
    rules_of: Callable[[str], RuleBase], history: dict[str, str], begins: str
) -> None:
    rules = rules_of(
        rule("fills", "{concern: {kind: fuller}}", offer())
        + rule("a", "{history: {hiv: yes}}", hold("hard_stop"))
        + rule("b", "{history: {diabetes: yes}}", hold("review"))
    )

    found = assess(rules, {"concerns": [{"area": "lips", "kind": "fuller"}], "history": history})

    assert said(found).startswith(begins)


def test_a_clean_history_and_one_left_blank_are_not_told_alike() -> None:
    rules = shipped()
    clean = {path.removeprefix("history."): "no" for path in rules.reference.questions.questions if path.startswith("history.")}
    seen = {"concerns": [{"area": "lips", "kind": "fuller"}], "person": {"age": 40}}

    blank, told = (assess(rules, {**seen, "history": history}) for history in ({}, clean))

    assert (blank.outcome, told.outcome) == ("discuss", "discuss")
    assert said(blank).endswith(said(told))
    assert said(blank) != said(told)
