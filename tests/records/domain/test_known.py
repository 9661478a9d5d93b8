"""What a patient's signed records know: what is carried to the next visit, what is asked anew, what contradicts them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from record_samples import NOW, NURSE, SAFE, TODAY, TOXIN, TREATED, answers, begun, whole
from strategies import shipped

from recommender.documents.consultation import Addendum, AdverseEvent, AdverseEvents, Consultation
from recommender.records.domain.completeness import completeness, to_grade
from recommender.records.domain.known import Known, PastVisit, contradictions, known, months_after
from recommender.records.domain.workflow import record_findings, sign, write

QUESTIONS = shipped("uk").voice("nurse", "uk").reference.questions


def signed(on: date = TODAY, **history: str) -> PastVisit:
    """A visit with frown lines treated on a day, and what was found."""
    draft = record_findings(whole(), shipped(), findings=answers(respondent="nurse", history={**SAFE, **history}), by=NURSE)
    return PastVisit(on, sign(draft, by=NURSE, at=NOW, today=TODAY))


def knows(*visits: PastVisit, on: date = TODAY) -> Known:
    return known(visits, QUESTIONS, on)


def test_what_lasts_is_carried_with_its_day_and_the_latest_answer_stands() -> None:
    later = TODAY + timedelta(days=40)

    facts = knows(signed(diabetes="no", heart_disease="no"), signed(later, diabetes="yes"), on=later).facts

    assert [(facts[f"history.{name}"].answer, facts[f"history.{name}"].on) for name in ("diabetes", "heart_disease")] == [
        ("yes", later),
        ("no", TODAY),
    ]


def test_what_changes_is_asked_anew_and_so_is_what_was_not_known() -> None:
    changing = [
        "pregnant",
        "breastfeeding",
        "feeling_unwell",
        "recent_infection",
        "infection_or_inflammation_at_site",
        "blood_thinners",
        "isotretinoin",
        "autoimmune_flare",
        "recent_or_planned_vaccination",
        "event_within_two_weeks",
        "appearance_distress",
        "capacity_doubt",
    ]

    facts = knows(signed(**dict.fromkeys(changing, "no"), hiv="unsure")).facts

    assert [name for name in (*changing, "hiv") if f"history.{name}" in facts] == []
    assert [path for path in facts if not path.startswith("history.")] == []


def test_a_question_that_time_alone_answers_otherwise_cannot_last() -> None:
    passing = QUESTIONS.questions["history.recent_infection"].model_copy(update={"lasts": "wrongly"})
    wrong = QUESTIONS.model_copy(update={"questions": {**QUESTIONS.questions, "history.recent_infection": passing}})

    assert [problem.where for problem in wrong.problems()] == ["questions.yaml: history.recent_infection"]
    assert [*QUESTIONS.problems()] == []


@pytest.mark.parametrize(("days", "within"), [(0, True), (30, True), (92, True), (93, False), (400, False)])
def test_an_injection_of_the_clinic_shows_that_there_was_one_and_whether_within_three_months(
    days: int, *, within: bool
) -> None:
    facts = knows(signed(), on=TODAY + timedelta(days=days)).facts  # injected on 1 March: until 1 June

    assert (facts["history.previous_toxin"].answer, facts["history.previous_toxin"].product) == ("yes", TOXIN)
    assert ("history.toxin_within_three_months" in facts) is within
    assert "history.previous_filler" not in facts  # others inject too: no record says "no"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
        (date(2027, 1, 31), 24, date(2029, 1, 31)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_draft_and_a_discarded_visit_know_nothing() -> None:
    draft = record_findings(whole(), shipped(), findings=answers(respondent="nurse", history={**SAFE, "hiv": "yes"}), by=NURSE)

    assert knows(PastVisit(TODAY, draft)) == Known()


def test_alerts_are_each_yes_that_lasts_and_what_was_injected_and_went_wrong_comes_with_its_product() -> None:
    visit = signed(lidocaine_allergy="yes", previous_toxin="yes", feeling_unwell="no").consultation
    seen = AdverseEvent(what="A late lump", seen_on=TODAY + timedelta(days=9), product=0)
    at_once = AdverseEvents(none=False, events=(AdverseEvent(what="Fainted", seen_on=TODAY),))
    added = visit.model_copy(
        update={"adverse_events": at_once, "addenda": (Addendum(by=NURSE, at=NOW, text="Seen.", adverse_event=seen),)}
    )

    found = knows(PastVisit(TODAY, added))

    assert [fact.path for fact in found.alerts] == ["history.lidocaine_allergy"]
    assert [(one.event.what, one.product) for one in found.went_wrong] == [("A late lump", TOXIN), ("Fainted", None)]
    assert [(one.on, one.product.lot) for one in found.injected] == [(TODAY, TOXIN.lot)]


def test_a_no_of_patient_or_nurse_where_the_records_know_a_yes_is_a_contradiction() -> None:
    facts = knows(signed(lidocaine_allergy="yes", heart_disease="no")).facts
    denied = answers(history={"toxin_within_three_months": "no", "lidocaine_allergy": "no", "heart_disease": "yes"})
    found = answers(respondent="nurse", history={"toxin_within_three_months": "yes", "lidocaine_allergy": "no"})

    told = {(one.fact.path, one.by) for one in contradictions(facts, found, denied)}

    assert told == {
        ("history.toxin_within_three_months", "patient"),
        ("history.lidocaine_allergy", "both"),
    }
    (alone,) = contradictions(facts, answers(respondent="nurse", history={"lidocaine_allergy": "no"}), None)
    assert alone.by == "nurse"
    assert contradictions(facts, answers(respondent="nurse", history={}), None) == ()


def test_what_a_patient_brought_is_read_through_before_anybody_signs() -> None:
    draft = write(whole(), by=NURSE, unread=("history.pregnant", "history.hiv"))

    problems = [(problem.where, "2 answers" in problem.message) for problem in completeness(draft, TODAY)]

    assert problems == [("findings", True)]
    assert completeness(write(draft, by=NURSE, unread=()), TODAY) == ()


def graded(**written: Any) -> Consultation:
    return write(begun(), by=NURSE, **written)


def test_lines_are_to_be_graded_as_soon_as_a_treatment_is_offered_there() -> None:
    assert to_grade(begun()) == {"glabella"}
    assert to_grade(graded(injected="no")) == frozenset()
    assert to_grade(graded(injected="yes", products=TREATED["products"])) == {"glabella"}
