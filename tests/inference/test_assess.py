"""assess: a pure function from answers to an assessment, on the rules as shipped."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from strategies import shipped

from recommender import AnswersError, Assessment, RuleBase, assess, load_rules
from recommender.documents import read_answers
from recommender.documents.assessment import Evidence
from recommender.knowledge.fields import FIELDS

FROWN_LINES = {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}]}


def test_lines_on_movement_between_the_brows_are_offered_the_toxin_with_reasons(rules: RuleBase) -> None:
    assessment = assess(rules, FROWN_LINES)

    (option,) = assessment.options
    assert (option.area, option.treatment, option.role, option.status) == (
        "glabella",
        "botulinum_toxin",
        "first_line",
        "suggested",
    )
    assert Evidence(path="concerns[0].on_movement", value="yes") in [e for r in option.reasons for e in r.evidence]
    assert assessment.outcome == "discuss"


def test_lines_at_rest_between_the_brows_keep_filler_visible_and_withdrawn(rules: RuleBase) -> None:
    answers = {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "yes"}]}

    found = {option.treatment: option.status for option in assess(rules, answers).options}

    assert found == {"botulinum_toxin": "suggested", "dermal_filler": "withdrawn"}


def test_an_emergency_comes_before_everything_that_could_be_offered(rules: RuleBase) -> None:
    answers = {**FROWN_LINES, "after_treatment": {"treatment": "dermal_filler", "symptoms": {"vision_change": "yes"}}}

    assessment = assess(rules, answers)

    assert assessment.outcome == "emergency"
    assert assessment.alerts[0].urgency == "emergency"
    assert assessment.options


def test_answers_are_taken_as_data_or_as_a_model_and_left_as_they_were(rules: RuleBase) -> None:
    answers = {**FROWN_LINES, "history": {"pregnant": False}}
    before = deepcopy(answers)

    assert assess(rules, answers) == assess(rules, read_answers(answers))
    assert answers == before


def test_the_same_answers_give_the_same_bytes_however_often_they_are_asked(rules: RuleBase) -> None:
    found = {assess(rules, FROWN_LINES).json_text() for _ in range(5)}

    assert len(found) == 1


def test_invalid_answers_raise_one_error_with_every_problem_by_its_path(rules: RuleBase) -> None:
    answers = {"person": {"age": "old"}, "histroy": {}, "concerns": [{"area": "glabela", "kind": "lines"}]}

    with pytest.raises(AnswersError) as refused:
        assess(rules, answers)

    assert [(p.where, p.nearest) for p in refused.value.problems] == [
        ("person.age", None),
        ("concerns[0].area", "glabella"),
        ("histroy", "history"),
    ]


def test_an_assessment_stands_by_itself(rules: RuleBase) -> None:
    assessment = assess(rules, FROWN_LINES)

    cited = {source for option in assessment.options for reason in option.reasons for source in reason.sources}
    assert Assessment.model_validate_json(assessment.json_text()) == assessment
    assert cited <= {source.id for source in assessment.sources}
    assert assessment.rules == rules.identity
    assert assessment.rules.status == "draft"
    assert [facts.treatment for facts in assessment.treatments] == ["botulinum_toxin", "dermal_filler"]
    assert {"outcome", "outcome_next", "disclaimer", "emergency_number", "area.glabella", "kind.lines"} <= set(assessment.words)


def test_the_same_sources_are_cited_to_whoever_may_be_told_of_fewer_products() -> None:
    rules = load_rules()  # nothing was worked out from these before
    patient, nurse = (assess(rules, {**FROWN_LINES, "jurisdiction": "uk", "respondent": one}) for one in ("patient", "nurse"))

    assert not patient.treatments[0].products
    assert nurse.treatments[0].products
    assert [source.id for source in patient.sources] == [source.id for source in nurse.sources]


def test_nothing_unanswered_is_written(rules: RuleBase) -> None:
    text = assess(rules, FROWN_LINES).json_text()

    assert "null" not in text
    assert '"history":{}' in text


@pytest.mark.parametrize(
    ("home", "said", "found"), [("uk", None, "uk"), ("uk", "us", "us"), ("other", None, "other"), ("au", "ca", "ca")]
)
def test_the_answers_name_the_jurisdiction_and_the_installation_stands_in(home: Any, said: str | None, found: str) -> None:
    rules = shipped(home)

    assessment = assess(rules, FROWN_LINES | ({} if said is None else {"jurisdiction": said}))

    assert assessment.jurisdiction == found
    assert assessment.words["emergency_number"] == rules.reference.wording.emergency_number.of(found)


def test_no_answer_at_all_is_answered(rules: RuleBase) -> None:
    assessment = assess(rules, {})

    assert assessment.outcome == "nothing_found"
    assert assessment.words["outcome"]
    assert (assessment.options, assessment.alerts, assessment.holds) == ((), (), ())


def test_who_denies_every_sign_after_an_injection_is_told_so_and_of_no_place(rules: RuleBase) -> None:
    symptoms = dict.fromkeys(FIELDS["symptoms"], "no")

    found = assess(rules, {"after_treatment": {"days_ago": 3, "treatment": "dermal_filler", "symptoms": symptoms}})

    assert found.outcome == "nothing_found"
    assert found.words["outcome"] == "You have named none of the signs we ask about."
    assert "call the person who injected you" in found.words["outcome_next"]
