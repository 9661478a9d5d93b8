"""What blocks a signature: a whole record may be signed, and each thing taken from it is named."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from record_samples import (
    CONSENTED,
    FORM,
    FROWN,
    LIPS,
    NOW,
    NURSE,
    PRESCRIBER,
    SAFE,
    TODAY,
    TOXIN,
    answers,
    begun,
    whole,
)
from strategies import shipped

from recommender.documents import Answers
from recommender.documents.consultation import AdverseEvent, AdverseEvents, Consultation, FollowUp, Grading
from recommender.records.domain.completeness import completeness
from recommender.records.domain.workflow import begin, decide, record_findings, write


def test_a_record_in_which_nothing_is_missing_may_be_signed() -> None:
    assert completeness(whole(), TODAY) == ()


def test_a_visit_without_an_injection_needs_neither_consent_nor_a_plan() -> None:
    draft = decide(
        begun(), "decline", area="glabella", treatment="botulinum_toxin", by=NURSE, at=NOW, reason="action-not-priority"
    )

    draft = write(draft, by=NURSE, injected="no")

    assert completeness(draft, TODAY) == ()


def test_a_draft_just_begun_lacks_a_decision_and_whether_anything_was_injected() -> None:
    found = completeness(begun(), TODAY)

    assert [problem.where for problem in found] == ["glabella/botulinum_toxin", "injected"]


def _product(**changed: Any) -> dict[str, Any]:
    return {"products": (TOXIN.model_copy(update=changed),)}


def _event(**changed: Any) -> dict[str, Any]:
    return {"adverse_events": AdverseEvents(none=False, events=(AdverseEvent(what="a bruise", **changed),))}


@pytest.mark.parametrize(
    ("changed", "where", "words"),
    [
        ({"injected": None}, "injected", "say whether anything was injected"),
        ({"injected": "no"}, "injected", "says “no”, and the plan names products"),
        ({"informed_on": None}, "informed_on", "is missing"),
        ({"injected_on": None}, "injected_on", "is missing"),
        ({"products": ()}, "products", "are missing"),
        (_product(product=""), "products[0].product", "is missing"),
        (_product(brand=""), "products[0].brand", "is missing"),
        (_product(lot=""), "products[0].lot", "is missing"),
        (_product(dilution=""), "products[0].dilution", "is missing"),
        (_product(unit=None), "products[0].unit", "is missing"),
        (_product(unit="ml"), "products[0].unit", "is not how this is measured"),
        (_product(depth=None), "products[0].depth", "is missing"),
        (_product(technique=None), "products[0].technique", "is missing"),
        (_product(points=()), "products[0].points", "is missing"),
        (_product(expires_on=None), "products[0].expires_on", "is missing"),
        (_product(expires_on=TODAY - timedelta(days=1)), "products[0].expires_on", "has expired"),
        (_product(points=(TOXIN.points[0].model_copy(update={"area": "chin"}),)), "chin/botulinum_toxin", "nobody decided"),
        ({"gradings": ()}, "gradings.glabella.at_rest", "is missing"),
        (
            {"gradings": (Grading(area="glabella", kind="lines", at_rest="mild", on_movement="severe"),)},
            "gradings.glabella.at_rest",
            "says “mild”, and the findings say “no”",
        ),
        ({"consent": None}, "consent", "is missing"),
        ({"consent": FORM}, "consent.items[0]", "is not answered: I was told what can go wrong."),
        ({"consent": CONSENTED.model_copy(update={"signature": None})}, "consent.signature", "the patient signs"),
        (
            {"consent": CONSENTED.model_copy(update={"signed_at": NOW + timedelta(days=1)})},
            "consent.signed_at",
            "consent comes first",
        ),
        ({"consent": CONSENTED.model_copy(update={"signed_at": NOW - timedelta(days=1)})}, "consent.signed_at", "was told"),
        ({"aftercare": None}, "aftercare", "is missing"),
        ({"adverse_events": None}, "adverse_events", "or that nothing did"),
        (_event(seen_on=TODAY + timedelta(days=1)), "adverse_events.events[0].seen_on", "is still to come"),
        (_event(seen_on=TODAY, product=1), "adverse_events.events[0].product", "the plan does not have"),
        ({"follow_up": None}, "follow_up", "is missing"),
        ({"follow_up": FollowUp(on=TODAY - timedelta(days=1))}, "follow_up.on", "has passed"),
    ],
)
def test_each_thing_taken_away_or_put_wrongly_is_named(changed: dict[str, Any], where: str, words: str) -> None:
    draft = write(whole(), by=NURSE, **changed)

    found = completeness(draft, TODAY)

    assert where in [problem.where for problem in found]
    assert any(words in problem.message for problem in found if problem.where == where)


def test_a_product_may_be_used_on_the_last_day_it_is_good_for() -> None:
    draft = write(whole(), by=NURSE, **_product(expires_on=TODAY))

    assert completeness(draft, TODAY) == ()
    assert completeness(draft, TODAY + timedelta(days=1)) == ()  # written up the day after


def test_no_injection_is_signed_before_it_was_given() -> None:
    draft = write(whole(), by=NURSE, injected_on=TODAY + timedelta(days=1))

    assert [str(problem) for problem in completeness(draft, TODAY)] == [
        "injected_on: is still to come (2 Mar 2027): a record is signed afterwards"
    ]


def test_somebody_has_the_days_to_think_that_the_clinic_gives() -> None:
    waiting = whole().duties.model_copy(update={"cooling_off_days": 7})
    draft = whole().model_copy(update={"duties": waiting})

    sooner = completeness(draft, TODAY)
    told_a_week_before = completeness(write(draft, by=NURSE, informed_on=TODAY - timedelta(days=8)), TODAY)

    assert [str(one) for one in sooner] == ["injected_on: is too soon: 7 whole days to think, so not before 9 Mar 2027"]
    assert told_a_week_before == ()


@pytest.mark.parametrize(("age", "jurisdiction", "days"), [(17, "au", 7), (None, "au", 7), (18, "au", 2), (17, "uk", 2)])
def test_the_days_to_think_are_those_of_the_country_or_of_the_clinic_if_it_gives_more(
    age: int | None, jurisdiction: str, days: int
) -> None:
    given = answers(jurisdiction=jurisdiction, person={} if age is None else {"age": age})

    draft = begin(shipped(), given, by=NURSE, clinic_days=2)

    assert draft.duties.cooling_off_days == days


def test_a_question_that_could_stop_the_treatment_blocks_its_signature_until_it_is_answered() -> None:
    unasked = {key: value for key, value in SAFE.items() if key != "neuromuscular_disorder"}

    draft = record_findings(whole(), shipped(), findings=answers(history=unasked), by=NURSE)

    assert [problem.where for problem in completeness(draft, TODAY)] == ["history.neuromuscular_disorder"]


def test_a_decision_is_taken_again_where_the_findings_changed_what_it_was_about() -> None:
    draft = record_findings(whole(), shipped(), findings=answers(history={**SAFE, "pregnant": "yes"}), by=NURSE)

    found = completeness(draft, TODAY)

    assert [str(problem) for problem in found] == [
        "glabella/botulinum_toxin: the findings have changed since this was decided: decide again"
    ]


@pytest.mark.parametrize("days_ago", [None, 1, 30])
def test_nothing_is_injected_where_the_findings_call_for_help_first(days_ago: int | None) -> None:
    after = {"treatment": "dermal_filler", "symptoms": {"vision_change": "yes"}, "days_ago": days_ago}
    draft = record_findings(whole(), shipped(), findings=answers(after_treatment=after), by=NURSE)

    found = completeness(draft, TODAY)

    assert any(one.where == "injected" and "call for help first (emergency)" in one.message for one in found)
    assert any("decide again" in one.message for one in found)


AFTER_THIS = {"treatment": "botulinum_toxin", "days_ago": 0, "symptoms": {"throat_or_face_swelling": "yes"}}
WENT_WRONG = AdverseEvent(what="Made-up swelling.", seen_on=TODAY, product=0, action="Made-up: help was called.")


def test_signs_that_followed_the_injection_of_this_visit_are_signed_once_they_are_recorded_as_gone_wrong() -> None:
    draft = record_findings(whole(), shipped(), findings=answers(after_treatment=AFTER_THIS), by=NURSE)
    told = write(draft, by=NURSE, adverse_events=AdverseEvents(none=False, events=(WENT_WRONG,)))
    no_action = write(
        draft, by=NURSE, adverse_events=AdverseEvents(none=False, events=(WENT_WRONG.model_copy(update={"action": ""}),))
    )

    assert draft.nurse.assessment.outcome == "emergency"
    missing = ["adverse_events: are to be recorded with what was done: the findings call for help (emergency)"]
    assert [str(one) for one in completeness(draft, TODAY)] == missing
    assert [str(one) for one in completeness(no_action, TODAY)] == missing
    assert completeness(told, TODAY) == ()


def test_what_else_speaks_against_it_is_decided_again_whatever_followed_the_injection() -> None:
    held = answers(history={**SAFE, "pregnant": "yes"}, after_treatment=AFTER_THIS)
    draft = record_findings(whole(), shipped(), findings=held, by=NURSE)
    told = write(draft, by=NURSE, adverse_events=AdverseEvents(none=False, events=(WENT_WRONG,)))

    assert [str(one) for one in completeness(told, TODAY)] == [
        "glabella/botulinum_toxin: the findings have changed since this was decided: decide again"
    ]


def test_signs_days_after_the_injection_are_of_this_visit_while_it_is_not_signed() -> None:
    later = TODAY + timedelta(days=2)
    draft = record_findings(whole(), shipped(), findings=answers(after_treatment=AFTER_THIS | {"days_ago": 2}), by=NURSE)
    told = write(draft, by=NURSE, adverse_events=AdverseEvents(none=False, events=(WENT_WRONG,)))

    assert "injected" not in {one.where for one in completeness(told, later)}
    assert "injected" in {one.where for one in completeness(told, TODAY)}


def test_what_a_prescriber_overrode_is_complete_with_her_reason_and_second_confirmation() -> None:
    stopped = record_findings(whole(), shipped(), findings=answers(history={**SAFE, "toxin_reaction": "yes"}), by=NURSE)

    decided = decide(
        stopped,
        "agree",
        area="glabella",
        treatment="botulinum_toxin",
        by=PRESCRIBER,
        at=NOW,
        reason="recipient-disagrees-evidence",
        note="Made up: it was another medicine.",
        confirmed=True,
    )

    assert completeness(decided, TODAY) == ()


def test_an_option_that_is_deferred_or_withdrawn_and_left_alone_needs_no_decision() -> None:
    held = record_findings(
        begun(), shipped(), findings=answers(concerns=[FROWN, LIPS], history={**SAFE, "pregnant": "yes"}), by=NURSE
    )

    draft = write(held, by=NURSE, injected="no")

    assert {option.status for option in held.nurse.assessment.options} == {"deferred"}
    assert completeness(draft, TODAY) == ()


def test_the_patients_own_answers_are_no_findings() -> None:
    draft = Consultation(jurisdiction="uk", nurse=begun().patient)  # type: ignore[arg-type]

    assert completeness(draft, TODAY)[0].where == "findings"


@pytest.mark.parametrize("none", [True, False])
def test_adverse_events_are_none_or_described_and_never_both_or_neither(*, none: bool) -> None:
    events = (AdverseEvent(what="a bruise", seen_on=date(2027, 3, 1)),) if none else ()

    with pytest.raises(ValueError, match="either there was none, or each one is described"):
        AdverseEvents(none=none, events=events)


def test_a_signature_is_lines_and_curves_and_never_markup() -> None:
    for drawn in ('M 1 1"/><script>', "1 1 L 2 2 L 3 3", "M 1 1\nL 2 2 ; x"):
        with pytest.raises(ValueError, match="pattern"):
            FORM.signed(drawn, at=datetime(2027, 3, 1, tzinfo=NOW.tzinfo))


def test_the_form_that_was_read_keeps_its_own_words() -> None:
    reworded = FORM.model_copy(update={"items": (FORM.items[0].model_copy(update={"sentence": "Something else."}),)})

    assert CONSENTED.fingerprint == FORM.fingerprint
    assert reworded.fingerprint != FORM.fingerprint


def test_blank_answers_begin_a_record_too() -> None:
    draft = begin(shipped(), by=NURSE)

    assert draft.patient is None
    assert draft.nurse.answers == Answers(respondent="nurse")
