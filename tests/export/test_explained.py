"""An explanation as its readers have it: each step, what is missing, what a hold decides, and no advice to be someone else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from export_reading import as_read
from hypothesis import given
from strategies import answers_documents, further, shipped

from recommender import RuleBase, assess, explain
from recommender.export import FORMATS, Cover, render_explanation, summary_with_explanation
from recommender.export.blocks import Chain, Section
from recommender.export.labels import Labels
from recommender.export.sections.why import chains

FROWN = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "yes"}
PERSON = {
    "person": {"age": 44},
    "concerns": [
        FROWN,
        {"area": "under_eye", "kind": "hollow", "puffiness_too": "yes"},
        {"area": "skin", "kind": "pigmentation"},
    ],
    "history": {"event_within_two_weeks": "yes", "blood_thinners": "yes"},
}


def text(rules: RuleBase, answers: dict[str, Any], *parts: Any) -> str:
    assessment = assess(rules, answers)
    return as_read(render_explanation(assessment, explain(rules, assessment), "text", parts=parts), "text")


def test_an_option_follows_step_by_step_and_each_step_names_what_it_rests_on(rules: RuleBase) -> None:
    assessment = assess(rules, PERSON)

    chain = chains(assessment, Labels(assessment)).options["option-glabella-muscle"]

    movement, relaxes, usual, event, off_label = chain.steps[:5]
    assert movement.answers == (
        "Between the eyebrows – Lines, wrinkles or creases",
        "Does it appear, or get deeper, when you move that part of your face? Yes",
    )
    assert (relaxes.builds_on, usual.builds_on) == ((0,), ())
    assert [step.label for step in chain.steps] == ["", "", "", "Wait", "Good to know first"]
    assert (event.against, off_label.against) == (True, False)
    assert chain.conclusion == "Anti-wrinkle injection, Between the eyebrows: Not now"
    assert chain.lines[1].details == ("From: Between the eyebrows – Lines, wrinkles or creases; step 1",)
    assert chain.lines[-1].text == chain.conclusion


@given(answers=answers_documents())
def test_every_conclusion_has_a_chain_and_every_step_stands_after_those_it_builds_on(answers: dict[str, Any]) -> None:
    assessment = assess(shipped(), answers)

    found = chains(assessment, Labels(assessment)).every

    concluded = (*assessment.options, *assessment.referrals, *assessment.alerts, *assessment.holds)
    assert len(found) == len(concluded)
    for chain in found.values():
        assert chain.steps
        for number, step in enumerate(chain.steps):
            assert all(before < number for before in step.builds_on)
            assert step.said
        assert len(chain.lines) == len(chain.steps) + 1


def test_why_not_says_what_the_nearest_rule_lacks_and_what_was_answered(rules: RuleBase) -> None:
    answers = {"concerns": [FROWN | {"at_rest": "no"}, {"area": "lips", "kind": "fuller"}]}

    said = text(rules, answers | {"respondent": "nurse"}, "why_not")

    assert "At rest (static): yes The answer was: No" in said
    assert "This treatment is not used for this here." in said
    assert "WHAT WOULD CHANGE IT" not in said


def test_a_patient_reads_neither_which_answer_is_wanted_nor_which_was_given(rules: RuleBase) -> None:
    said = text(rules, {"concerns": [{"area": "chin", "kind": "lines"} | {"at_rest": "no"}]}, "why_not")

    assert "What you told us does not point to it. A nurse looks again with you." in said
    assert "The answer was" not in said
    assert "Is it there when your face is quite still?" not in said


@pytest.mark.parametrize("at_rest", [{}, {"at_rest": "no"}, {"at_rest": "unsure"}, {"at_rest": "yes"}])
def test_what_rules_a_treatment_out_is_said_whether_or_not_a_rule_offers_it_yet(
    rules: RuleBase, at_rest: dict[str, str]
) -> None:
    said = text(rules, {"concerns": [{"area": "glabella", "kind": "lines", **at_rest}]}, "why_not")

    assert "This rules it out, whatever else is answered: - Filler is not offered here." in said
    assert not re.search(r"\(sources?[^)]*[A-Z]\d", said)  # each of its sources stands in the list, by its number


def test_a_hold_on_what_nobody_offers_does_not_claim_to_decide(rules: RuleBase) -> None:
    said = text(rules, {"history": {"pregnant": "yes"}}, "why_not")

    assert "Nothing is offered that this affects." in said


def test_why_not_names_what_speaks_against_a_withdrawn_option(rules: RuleBase) -> None:
    said = text(rules, PERSON, "why_not")

    assert "This rules it out, whatever else is answered: - Where there is puffiness or loose skin" in said
    assert "It decides about: Between the eyebrows – Anti-wrinkle injection. This passes with time: after the event." in said


def test_a_patient_reads_what_time_changes_and_a_nurse_every_answer(rules: RuleBase) -> None:
    patient, nurse = (text(rules, PERSON | {"respondent": reader}, "what_if") for reader in ("patient", "nurse"))

    assert "When the event is over" in patient
    assert "Not now → Worth discussing" in patient
    assert "Every single answer" not in patient
    assert "If it were" not in patient
    assert "Event within 2 weeks | No |" in nurse
    assert "Age (years) | 0 to 17 |" in nurse


@given(answers=answers_documents())
def test_no_text_for_a_patient_suggests_another_age_illness_or_medicine(answers: dict[str, Any]) -> None:
    questions = shipped().voice("patient", "other").reference.questions.questions
    steady = {said.ask for path, said in questions.items() if path.startswith(("person.", "history.")) and not said.passes}
    assessment = assess(shipped(), answers | {"respondent": "patient", "jurisdiction": "other"})
    explanation = explain(shipped(), assessment)

    said = as_read(render_explanation(assessment, explanation, "markdown", parts=("why_not", "what_if")), "markdown")

    told, _, rest = said.partition("What is still open")
    _, _, after = rest.partition("What a nurse looks at again")
    assert {ask for ask in steady if ask in told or ask in after} == set()
    assert not re.search(r"if you (were|had|stop|start)", said, re.IGNORECASE)


def test_a_nurse_reads_in_her_language_that_an_alert_would_no_longer_be_said(rules: RuleBase) -> None:
    answers = {"respondent": "nurse", "after_treatment": {"symptoms": {"fever": "yes"}}}

    said = text(rules.in_language("es"), answers, "what_if")

    assert "se dice → no se dice" in said
    assert not re.search(r"\bsaid\b", said)


@pytest.mark.parametrize("written_as", further(FORMATS, "text", "html"))
def test_it_can_be_had_in_every_format(rules: RuleBase, written_as: str) -> None:
    assessment = assess(rules, PERSON)

    written = render_explanation(assessment, explain(rules, assessment), written_as)

    assert "after the event" in as_read(written, written_as)


def test_other_formats_are_refused_by_name(rules: RuleBase) -> None:
    assessment = assess(rules, {})

    with pytest.raises(ValueError, match=r"unknown format 'docx' \(allowed: text, json, markdown, html, pdf\)"):
        render_explanation(assessment, explain(rules, assessment), "docx")


def test_under_each_conclusion_stands_its_chain_and_under_each_place_what_is_not_offered(rules: RuleBase) -> None:
    assessment = assess(rules, PERSON | {"respondent": "nurse"})

    summary = summary_with_explanation(assessment, explain(rules, assessment))

    folded = {section.id.removeprefix("explanation-"): section for section in _sections(summary.sections) if section.folded}
    assert set(folded) == {
        "place-glabella",
        "option-glabella-muscle",
        "option-glabella-volume",
        "place-under_eye",
        "option-under_eye-volume",
        "referral-skin_consultation-skin-instead",
        "referral-surgical_opinion-under_eye-instead",
        "hold-1",
        "hold-2",
        "neither",
        "what-if",
        "more",
    }
    assert isinstance(folded["option-glabella-muscle"].blocks[0], Chain)
    assert [section.title for section in folded["neither"].blocks if isinstance(section, Section)] == ["Facial skin"]


def test_behind_a_patients_fold_stand_the_chains_of_options_and_what_was_not_chosen(rules: RuleBase) -> None:
    assessment = assess(rules, PERSON)

    *shown, more = summary_with_explanation(assessment, explain(rules, assessment)).sections

    assert not [section for section in _sections(tuple(shown)) if section.folded]
    assert [section.id for section in _sections((more,)) if section.folded] == [block.id for block in more.blocks]  # type: ignore[union-attr]
    (why,) = (section for section in _sections((more,)) if section.id == "explanation-why")
    assert "why-option-glabella-muscle" in {section.id for section in _sections((why,))}
    assert {"explanation-neither", "explanation-what-if"} <= {block.id for block in more.blocks}  # type: ignore[union-attr]


def test_what_somebody_else_looks_at_first_can_change_after_that_visit(rules: RuleBase) -> None:
    droop = {"unexplained_double_vision_or_droop": "yes"}

    said = text(rules, {"person": {"age": 40}, "concerns": [FROWN], "history": droop}, "why_not")

    assert "It decides about: Between the eyebrows – Anti-wrinkle injection. This can change after that visit." in said


def test_what_a_patient_reads_first_cites_sources_that_are_listed_behind_the_fold(rules: RuleBase) -> None:
    assessment = assess(rules, {"person": {"age": 45}, "history": {"neuromuscular_disorder": "yes"}})

    summary = summary_with_explanation(assessment, explain(rules, assessment))

    (holds,) = (section for section in _sections(summary.sections) if section.id == "holds")
    cited = {number for block in holds.blocks for line in block.lines for number in line.sources}  # type: ignore[union-attr]
    assert cited != set()
    assert cited <= summary.source_numbers


def test_an_explanation_says_on_which_day_it_was_made(rules: RuleBase) -> None:
    assessment = assess(rules, PERSON)

    written = render_explanation(assessment, explain(rules, assessment), "text", cover=Cover(on=date(2027, 3, 15)))

    assert "Assessed on: 15 March 2027" in written.decode()


def _sections(blocks: tuple[object, ...]) -> list[Section]:
    found: list[Section] = []
    for block in blocks:
        if isinstance(block, Section):
            found += [block, *_sections(block.blocks)]
    return found
