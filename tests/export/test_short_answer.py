"""The short answer: a line for each thing that was named – which treatment and why, or who else to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from rule_texts import hold, offer, refer, rule
from strategies import sampled, shipped

from recommender import RuleBase, assess
from recommender.authoring.scenarios import read_scenarios
from recommender.documents import Assessment
from recommender.documents.vocabulary import OUTCOMES
from recommender.export import summarise, text_of
from recommender.export.labels import Labels
from recommender.export.sections.short_answer import answers, headline, still_open_first

SCENARIOS = Path(__file__).parents[1] / "scenarios"
FROWN = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}
FULLER = {"area": "lips", "kind": "fuller"}


@pytest.fixture(scope="module")
def concluded() -> tuple[Assessment, ...]:
    """What the rules say of some people of each outcome."""
    rules: RuleBase = shipped("uk")
    few: dict[str, list[Assessment]] = {outcome: [] for outcome in OUTCOMES}
    for scenario in read_scenarios(SCENARIOS):
        if len(few[scenario.expect.outcome]) < sampled(25) and scenario.answers.jurisdiction in (None, "uk"):
            found = assess(rules, scenario.answers)
            few[found.outcome].append(found)
    assert all(few.values())
    return tuple(one for same in few.values() for one in same)


def told(concerns: Iterable[dict[str, Any]] = (), *, jurisdiction: str = "uk", **groups: Any) -> list[str]:
    """The lines of the short answer of one person."""
    assessment = assess(shipped(), {"jurisdiction": jurisdiction, "concerns": list(concerns), **groups})
    return [f"{line.label}: {line.text}" for line in answers(assessment, Labels(assessment))]


def said(assessment: Assessment) -> str:
    return headline(assessment, Labels(assessment))


def test_each_thing_has_its_treatment_and_why_or_who_else_to_see() -> None:
    jowls = {"area": "jawline", "kind": "sagging", "severity": "moderate"}

    assert told([FROWN, FULLER, jowls], jurisdiction="ca") == [
        "Between the eyebrows: Anti-wrinkle injection, because movement makes these lines.",
        "Lips: Dermal filler, because only this adds volume.",
        "Jawline: Neither – see a surgeon, because injections do not lift loose skin.",
    ]


@pytest.mark.parametrize(
    ("concerns", "history", "first"),
    [
        (
            [FROWN, FULLER],
            {},
            "This is worth discussing with a nurse or doctor: muscle-relaxing injection and dermal filler.",
        ),
        (
            [FROWN, FULLER],
            {"pregnant": "yes"},
            "Now is not the time for this: muscle-relaxing injection and dermal filler, because you are pregnant.",
        ),
        (
            [FROWN],
            {"toxin_reaction": "yes"},
            "Something in your answers rules this out: muscle-relaxing injection, because you reacted to this medicine before.",
        ),
        (
            [FULLER],
            {"pregnant": "unsure"},
            "A prescriber needs to decide about this: dermal filler, because an answer is missing.",
        ),
        (
            [{"area": "under_eye", "kind": "dark_circles", "cause": "pigment"}],
            {},
            "It is better to see someone else first: a skin practitioner, because the darkness is colour in the skin.",
        ),
        ([], {"pregnant": "yes"}, "muscle-relaxing injection and dermal filler, because you are pregnant."),
    ],
    ids=["discuss", "wait", "ruled out", "a prescriber", "someone else", "no place named"],
)
def test_the_headline_says_what_it_is_about_and_a_reason_that_holds_for_all_of_it(
    concerns: list[dict[str, Any]], history: dict[str, str], first: str
) -> None:
    assessment = assess(shipped(), {"jurisdiction": "uk", "concerns": concerns, "history": history})

    assert said(assessment).endswith(first)
    lines = text_of(summarise(assessment), width=10**6).partition("What to do now")[0].split("\n- ")[1:]
    reason = first.partition(", because ")[2]
    assert len(lines) == (len(concerns) or 2)
    assert [line for line in lines if reason and reason in line] == []  # said once


def test_what_has_to_wait_says_why_in_the_same_line() -> None:
    assert told([FROWN, FULLER], history={"pregnant": "yes"}) == [
        "Between the eyebrows: Muscle-relaxing injection, but not now, because you are pregnant.",
        "Lips: Dermal filler, but not now, because you are pregnant.",
    ]


def test_places_with_the_same_answer_share_a_line_and_two_answers_at_one_place_name_what_is_seen() -> None:
    cheek = [{"area": "cheek", "kind": "volume_loss"}, {"area": "cheek", "kind": "texture"}]

    assert told([FULLER, *cheek]) == [
        "Cheeks (flatter, thinner or more sunken than before), Lips: Dermal filler, because only this adds volume.",
        (
            "Cheeks (rough, oily or sun-damaged skin, or large pores): Neither – see a skin practitioner, "
            "because this is in the skin itself."
        ),
    ]


def test_an_answer_that_is_not_known_is_never_told_as_a_fact() -> None:
    assert told([FULLER], history={"pregnant": "unsure"}) == [
        "Lips: Dermal filler only if a prescriber agrees, because an answer is missing."
    ]


def test_without_a_place_each_treatment_that_something_speaks_against_has_a_line() -> None:
    assert told(history={"neuromuscular_disorder": "yes"}) == [
        "Muscle-relaxing injection: Not offered, because it can cause dangerous weakness in you."
    ]


def test_who_is_to_be_seen_about_the_person_stands_after_what_was_asked_about() -> None:
    first, *_, last = told([FULLER], history={"unexplained_double_vision_or_droop": "yes"})

    assert first.startswith("Lips: ")
    assert last == "First: See a doctor, because the droop or double vision is unexplained."


def test_what_nobody_asked_for_is_not_said_to_be_refused() -> None:
    both = [{"area": "forehead", "kind": "lines", "on_movement": "yes", "at_rest": "yes"}]

    assert told(both) == ["Forehead: Muscle-relaxing injection, because movement makes these lines."]


def test_what_needs_no_treatment_is_said_so_and_not_as_a_refusal() -> None:
    nothing_there = {**FROWN, "on_movement": "no", "at_rest": "no"}

    assert told([nothing_there]) == ["Between the eyebrows: No treatment needed, because there is no line to treat."]


def test_a_first_choice_that_is_ruled_out_is_said_beside_a_second_one(rules_of: Callable[[str], RuleBase]) -> None:
    about = "{concern: {kind: fuller}}"
    rules = rules_of(
        rule("a", about, offer())
        + rule("b", about, offer("botulinum_toxin", "second_line"))
        + rule("c", "{all: [{concern: {kind: fuller}}, {history: {hiv: yes}}]}", hold("hard_stop"))
    )

    assessment = assess(rules, {"concerns": [FULLER], "history": {"hiv": "yes"}})

    (line,) = answers(assessment, Labels(assessment))
    assert line.text == "No dermal filler. Anti-wrinkle injection."


def test_a_reason_that_has_just_been_said_is_not_said_again(rules_of: Callable[[str], RuleBase]) -> None:
    about, short = "{concern: {kind: fuller}}", "  in_short: the cause comes first\n"
    texts = [rule("a", about, offer()), rule("b", about, hold("refer")), rule("c", about, refer("dental"))]
    rules = rules_of("".join(text.replace("  sources:", f"{short}  sources:") for text in texts))

    assessment = assess(rules, {"concerns": [FULLER]})

    (line,) = answers(assessment, Labels(assessment))
    assert line.text == "Dermal filler only after someone else has looked, because the cause comes first. First see a dentist."


def test_the_name_that_people_know_stands_once_and_only_where_it_may_be_told() -> None:
    crows = {"area": "crows_feet", "kind": "lines", "on_movement": "yes", "at_rest": "yes"}

    shown = {place: " ".join(told([FROWN, crows], jurisdiction=place)) for place in ("us", "uk", "eu", "au", "ca", "other")}

    assert {place: text.count("Botox") for place, text in shown.items()} == {
        "us": 1,
        **dict.fromkeys(("uk", "eu", "au", "ca", "other"), 0),
    }


def test_it_is_the_outcome_in_the_words_of_the_rules(concluded: tuple[Assessment, ...]) -> None:
    assert [one.outcome for one in concluded if one.words["outcome"].rstrip(".") not in said(one)] == []


def test_no_outcome_is_told_without_which_treatment_or_whom_to_see(
    concluded: tuple[Assessment, ...],
) -> None:
    about = [one for one in concluded if one.outcome in ("stop", "defer", "review", "discuss", "refer")]

    assert {one.outcome for one in about} == {"stop", "defer", "review", "discuss", "refer"}
    assert [said(one) for one in about if said(one).endswith(one.words["outcome"])] == []


def test_a_nurse_is_told_that_you_is_the_patient_and_a_patient_is_not() -> None:
    reasons = {"concerns": [FULLER], "history": {"capacity_doubt": "yes"}}
    for_nurse, for_patient = (
        text_of(summarise(assess(shipped(), {**reasons, "respondent": respondent}))) for respondent in ("nurse", "patient")
    )

    assert "because the choice has to be understood first" in " ".join(for_nurse.split())
    assert "In these sentences, “you” is the patient." in for_nurse
    assert "is the patient" not in for_patient


def test_where_it_is_about_help_it_comes_first_and_else_what_is_open_does(concluded: tuple[Assessment, ...]) -> None:
    open_too = [one for one in concluded if still_open_first(one, Labels(one))]
    about_help = {one.outcome for one in open_too if said(one).startswith(one.words["outcome"])}

    assert about_help == {"contact_injector", "self_care"}
    others = [one for one in open_too if one.outcome not in about_help]
    assert others
    assert all(said(one).startswith(still_open_first(one, Labels(one))) for one in others)


def test_what_waits_for_an_answer_and_has_to_wait_too_is_said_as_a_condition() -> None:
    circles = {"area": "under_eye", "kind": "dark_circles", "cause": "unsure"}

    (line,) = told([circles], history={"breastfeeding": "yes"}, person={"age": 41})

    waits = "only if an answer still open speaks for it, and in any case not now, because you are breastfeeding."
    assert line.startswith(f"Under the eyes: Dermal filler {waits}")


def test_what_waits_for_an_answer_and_for_a_prescriber_is_said_to_wait_for_both() -> None:
    (line,) = told([{"area": "underarm", "kind": "sweating"}], history={"pregnant": "unsure"}, person={"age": 41})

    assert "only if an answer still open speaks for it and a prescriber agrees." in line


@pytest.mark.parametrize("respondent", ["patient", "nurse"])
def test_nothing_is_said_to_be_perhaps_so(respondent: str, concluded: tuple[Assessment, ...]) -> None:
    sagging = [{"area": area, "kind": "sagging", "sudden": "unsure"} for area in ("jawline", "brow", "upper_eyelid")]
    circles = {"area": "under_eye", "kind": "dark_circles", "cause": "unsure"}
    people = [one.answers.document() for one in concluded] + [{"concerns": [one]} for one in (*sagging, circles)]

    for language, perhaps in (("en", "perhaps"), ("es", "quizá ")):
        rules = shipped().in_language(language)
        found = [assess(rules, {**person, "respondent": respondent}) for person in people]
        lines = [line.text for one in found for line in answers(one, Labels(one))]
        assert [line for line in lines if perhaps in line.lower()] == []
        assert any("answer still open" in line or "respuesta aún pendiente" in line for line in lines)


SIGHT, FEVER, HEADACHE = "vision_change", "fever", "mild_headache"
TODAY, INJECTOR = "get medical help today.", "contact the person who injected you."
IF_SO, AS_IT_SAYS = "If you have a sign that you are not sure about, call 999 now.", "do at once what this page says about it."


@pytest.mark.parametrize(
    ("symptoms", "first", "then"),
    [
        ({SIGHT: "unsure"}, IF_SO, f"If you cannot tell, {TODAY}"),
        ({SIGHT: "unsure", FEVER: "yes"}, IF_SO, f"In any case, {TODAY}"),
        ({SIGHT: "unsure", FEVER: "unsure"}, IF_SO, f"If you cannot tell, {TODAY}"),
        ({FEVER: "unsure"}, AS_IT_SAYS, f"If you cannot tell, {INJECTOR}"),
        ({FEVER: "unsure", "late_lump": "yes"}, AS_IT_SAYS, f"In any case, {INJECTOR}"),
        ({FEVER: "yes", HEADACHE: "unsure"}, "", "You need medical help today."),
        ({"late_lump": "yes"}, "", "Please contact the person who injected you."),
    ],
)
@pytest.mark.parametrize("respondent", ["patient", "nurse"])
def test_what_a_sign_in_doubt_would_ask_for_is_said_first_and_as_a_condition(
    respondent: str, symptoms: dict[str, str], first: str, then: str
) -> None:
    after = {"treatment": "dermal_filler", "days_ago": 1, "symptoms": symptoms}

    found = assess(shipped(), {"jurisdiction": "uk", "respondent": respondent, "after_treatment": after})

    outcome = found.words["outcome"]
    assert first in outcome
    assert outcome.endswith(then)
    assert outcome.startswith("If ") is bool(first)
    in_doubt = outcome.startswith("If ") and "cannot tell" in outcome
    assert (" cannot tell, call " in found.words["outcome_next"]) is in_doubt


@pytest.mark.parametrize(
    ("headache", "said_first"),
    [("yes", "You need medical help today."), ("unsure", "You may need medical help today.")],
)
def test_what_rests_on_an_answer_that_is_not_known_is_no_more_than_may_be(headache: str, said_first: str) -> None:
    hollow = {"area": "temple", "kind": "volume_loss"}
    answers = {"person": {"age": 61}, "concerns": [hollow], "history": {"new_headache_or_jaw_pain": headache}}

    found = assess(shipped("uk"), answers)

    assert (found.outcome, found.words["outcome"]) == ("same_day", said_first)


def test_no_place_named_and_a_place_without_an_answer_are_told_apart(rules_of: Callable[[str], RuleBase]) -> None:
    about = "{concern: {kind: fuller}}"
    ruled_out = rules_of(rule("a", about, offer()) + rule("b", about, hold("hard_stop")))

    nothing, no_rule = (assess(shipped("uk"), {"concerns": seen}) for seen in ([], [{"area": "hands", "kind": "bands"}]))
    not_here = assess(ruled_out, {"concerns": [FULLER]})

    assert {one.outcome for one in (nothing, no_rule, not_here)} == {"nothing_found"}
    assert nothing.words["outcome"] == "You named no place, so no treatment is suggested."
    assert no_rule.words["outcome"] == not_here.words["outcome"] == "These rules suggest no treatment for what you named."
    assert "name a place" in nothing.words["outcome_next"]
    assert "name a place" not in no_rule.words["outcome_next"]


def test_every_thing_that_was_named_stands_in_it_and_no_other_place_does(concluded: tuple[Assessment, ...]) -> None:
    for one in concluded:
        labels = Labels(one)
        named = {labels.of("area", concern.area) for concern in one.answers.concerns}
        lines = " ".join(line.label for line in answers(one, labels))

        assert [place for place in named if place not in lines] == []


def test_whoever_is_to_be_seen_instead_stands_in_it(concluded: tuple[Assessment, ...]) -> None:
    for one in concluded:
        labels = Labels(one)
        lines = " ".join(line.text for line in answers(one, labels)).lower()
        instead = {labels.of("destination", r.to).lower() for r in one.referrals if r.stance == "instead"}

        assert [whom for whom in instead if whom not in lines] == []


def test_help_that_is_needed_now_is_said_without_anything_before_it(concluded: tuple[Assessment, ...]) -> None:
    urgent = [one for one in concluded if one.outcome in ("emergency", "same_day")]

    assert urgent
    assert [said(one) for one in urgent] == [one.words["outcome"] for one in urgent]


@pytest.mark.parametrize(
    ("history", "begins"),
    [
        ({}, "2 health questions are not answered, so this may still change. This is"),
        ({"hiv": "no"}, "1 health question is not answered, so this may still change. This is"),
        ({"hiv": "no", "diabetes": "no"}, "This is worth discussing"),
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

    found = assess(rules, {"concerns": [FULLER], "history": history})

    assert said(found).startswith(begins)


def test_a_clean_history_and_one_left_blank_are_not_told_alike() -> None:
    rules = shipped()
    clean = {path.removeprefix("history."): "no" for path in rules.reference.questions.questions if path.startswith("history.")}
    seen = {"concerns": [FULLER], "person": {"age": 40}}

    blank, all_no = (assess(rules, {**seen, "history": history}) for history in ({}, clean))

    assert (blank.outcome, all_no.outcome) == ("discuss", "discuss")
    assert said(blank).endswith(said(all_no))
    assert said(blank) != said(all_no)
    assert still_open_first(all_no, Labels(all_no)) == ""
