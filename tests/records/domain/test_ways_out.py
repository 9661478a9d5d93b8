"""From every draft there is a way: decisions are confirmed, changed or taken back, and a visit is discarded or moved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_samples import (
    ANSWERS,
    BORN_THEN,
    FROWN,
    LEAD,
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

from recommender.documents.consultation import AdverseEvents, Choice, Consultation
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Area, Treatment
from recommender.records.domain import workflow
from recommender.records.domain.completeness import completeness
from recommender.records.domain.decisions import advice_on, allowed_choices, allowed_reasons
from recommender.records.domain.permissions import NotAllowed
from recommender.records.maintenance.verification import verify
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patients

TOXIN_THERE: dict[str, Any] = {"area": "glabella", "treatment": "botulinum_toxin"}
#: what may be found: nothing at all, one place or two, with and without what holds, stops or leaves open
FINDINGS = [
    {"concerns": places, "history": {**SAFE, **history}}
    for places in ([], [FROWN], [LIPS], [FROWN, LIPS], [{**FROWN, "on_movement": "unsure"}])
    for history in ({}, {"pregnant": "yes"}, {"neuromuscular_disorder": "yes"}, {"bleeding_disorder": "yes"})
]


def _decided(draft: Consultation, choice: Choice, area: Area, treatment: Treatment, by: Staff) -> Consultation:
    advice = advice_on(draft.nurse.assessment, area, treatment)
    needs = choice in ("otherwise", "decline") or (choice == "agree" and advice.status != "suggested")
    reason = "other" if needs else None
    how: dict[str, Any] = {"reason": reason, "note": "Made up.", "confirmed": True, "by": by, "at": NOW}
    return workflow.decide(draft, choice, area=area, treatment=treatment, **how)


def _offered(draft: Consultation, area: Area, treatment: Treatment, by: Staff) -> list[Choice]:
    """What the page offers somebody there."""
    advice = advice_on(draft.nurse.assessment, area, treatment)
    return list(allowed_choices(advice, draft.decision_on(area, treatment), by.role))


STEPS = st.one_of(
    st.sampled_from(FINDINGS),
    st.tuples(
        st.sampled_from(["glabella", "lips", "chin"]),
        st.sampled_from(["botulinum_toxin", "dermal_filler"]),
        st.integers(0, 3),
        st.sampled_from([NURSE, PRESCRIBER]),
    ),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(STEPS, max_size=7))
def test_a_nurse_alone_always_finds_a_way_to_a_record_that_may_be_signed(steps: list[Any]) -> None:
    draft = begun()
    for step in steps:
        if isinstance(step, dict):
            draft = workflow.record_findings(draft, shipped(), findings=answers(respondent="nurse", **step), by=NURSE)
            continue
        area, treatment, which, by = step
        if may := _offered(draft, area, treatment, by):
            draft = _decided(draft, may[which % len(may)], area, treatment, by)

    for problem in completeness(draft, TODAY):
        if "/" in problem.where:
            area, treatment = problem.where.split("/")  # type: ignore[assignment]
            before = draft.decision_on(area, treatment)
            milder = [one for one in _offered(draft, area, treatment, NURSE) if one != "agree"]
            assert milder, f"{problem}: nothing but to agree, after {before}"
            draft = _decided(draft, milder[-1], area, treatment, NURSE)

    assert completeness(workflow.write(draft, by=NURSE, injected="no"), TODAY) == ()


@pytest.mark.parametrize("choice", ["agree", "decline"])
def test_what_was_decided_on_a_place_that_is_gone_is_taken_back_and_never_has_to_be_agreed_to(choice: Choice) -> None:
    draft = _decided(begun(), choice, by=NURSE, **TOXIN_THERE)
    gone = workflow.record_findings(draft, shipped(), findings=answers(respondent="nurse", concerns=[]), by=NURSE)

    offered = _offered(gone, by=NURSE, **TOXIN_THERE)
    back = workflow.decide(gone, "void", by=NURSE, at=NOW, **TOXIN_THERE)

    assert [one.where for one in completeness(gone, TODAY)] == ["glabella/botulinum_toxin", "injected"]
    assert offered == (["agree", "void"] if choice == "agree" else ["void"])
    assert [one.where for one in completeness(back, TODAY)] == ["injected"]
    assert back.decisions[-1].place == ""
    assert back.decisions[0].place == "Glabella"
    again = workflow.record_findings(back, shipped(), findings=answers(respondent="nurse"), by=NURSE)
    assert "is not decided yet" in completeness(again, TODAY)[0].message
    with pytest.raises(NotAllowed, match="is offered by the findings"):
        workflow.decide(again, "void", by=NURSE, at=NOW, **TOXIN_THERE)


def test_a_reason_against_it_is_none_for_going_ahead() -> None:
    held = workflow.record_findings(
        begun(), shipped(), findings=answers(history={**SAFE, "bleeding_disorder": "yes"}), by=NURSE
    )

    assert "patient-ineligible" not in allowed_reasons("agree")
    assert set(allowed_reasons("decline")) > set(allowed_reasons("agree"))
    with pytest.raises(NotAllowed, match="speaks against it, and it is agreed to"):
        workflow.decide(held, "agree", by=PRESCRIBER, at=NOW, reason="patient-ineligible", **TOXIN_THERE)


# an empty visit, what could not be saved, an expired product


@pytest.mark.parametrize("found", [{}, {"person": {"age": 44}}])
def test_an_empty_visit_is_not_signed_because_nothing_was_injected(found: dict[str, Any]) -> None:
    empty = workflow.write(workflow.begin(shipped(), found, by=NURSE), by=NURSE, injected="no")

    assert [str(one) for one in completeness(empty, TODAY)] == [
        "findings: are empty: record what is seen or asked, or discard this visit"
    ]


def test_health_questions_that_were_asked_are_findings() -> None:
    asked = workflow.begin(shipped(), {**ANSWERS, "concerns": []}, by=NURSE)

    assert completeness(workflow.write(asked, by=NURSE, injected="no"), TODAY) == ()


def test_what_is_typed_and_not_saved_blocks_the_signature() -> None:
    draft = workflow.write(whole(), by=NURSE, unsaved=({"path": "products[0].expires_on", "typed": "31.02.2027"},))

    assert [str(one) for one in completeness(draft, TODAY)] == [
        "products[0].expires_on: holds something typed that is not saved: correct it, or empty the field"
    ]


def test_an_expired_product_that_was_used_is_recorded_as_that_with_the_reason() -> None:
    old = TOXIN.model_copy(update={"expires_on": TODAY - timedelta(days=1)})
    draft = workflow.write(whole(), by=NURSE, products=(old,))
    said = workflow.write(draft, by=NURSE, products=(old.model_copy(update={"expired_because": "Seen too late."}),))

    assert [one.where for one in completeness(draft, TODAY)] == ["products[0].expires_on"]
    assert completeness(said, TODAY) == ()
    assert (draft.expired_products, len(said.expired_products), whole().expired_products) == ((), 1, ())
    nothing_asked = workflow.write(said, by=NURSE, adverse_events=None)
    assert [one.where for one in completeness(nothing_asked, TODAY)] == ["adverse_events"]
    assert completeness(workflow.write(said, by=NURSE, adverse_events=AdverseEvents(none=True)), TODAY) == ()


@pytest.mark.parametrize(("days", "first"), [(0, 0), (1, 2), (7, 8)])
def test_the_days_to_think_are_whole_days_between_being_told_and_being_treated(days: int, first: int) -> None:
    waits = whole().model_copy(update={"duties": whole().duties.model_copy(update={"cooling_off_days": days})})

    told = {n: workflow.write(waits, by=NURSE, informed_on=TODAY - timedelta(days=n)) for n in range(9)}

    refused = [n for n, draft in told.items() if completeness(draft, TODAY)]
    assert refused == list(range(first))


# discarding and moving


@pytest.fixture
def visit(store: RecordStore) -> Kept:
    """A whole draft under a patient who was born in 1983."""
    patient = Patients(store).add(Identity(name="Wrong Made-Up", born_on=BORN_THEN), by=NURSE)
    return Consultations(store).begin(patient.id, whole(), by=NURSE)


def test_a_visit_begun_by_mistake_is_discarded_with_a_reason_and_stays_to_be_read(store: RecordStore, visit: Kept) -> None:
    visits = Consultations(store)

    gone = visits.discard(visit.id, visit.version, because="The wrong patient.", by=NURSE)

    assert (gone.consultation.state, gone.consultation.products) == ("voided", whole().products)
    assert [line.state for line in visits.latest(by=NURSE)] == ["voided"]
    assert [line.id for line in visits.recall("LOT-1 a", by=NURSE)] == [visit.id]  # what was used is found all the same
    assert visits.overrides(by=LEAD) == ()
    assert visits.queue(by=NURSE) == ()
    for step in (
        lambda: visits.save(gone.id, gone.version, whole(), by=NURSE),
        lambda: visits.sign(gone.id, gone.version, by=NURSE, today=TODAY),
        lambda: visits.discard(gone.id, gone.version, because="Twice.", by=NURSE),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert verify(store).problems == ()


def test_a_visit_is_moved_to_its_patient_with_a_reason_and_age_and_consent_are_checked_again(
    store: RecordStore, visit: Kept
) -> None:
    visits, right = Consultations(store), Patients(store).add(Identity(name="Right", born_on=date(2012, 3, 2)), by=NURSE)
    unknown = Patients(store).add(Identity(name="Undated"), by=NURSE)

    moved = visits.move(visit.id, visit.version, right.id, because="Two of one name.", by=NURSE, rules=shipped())

    assert moved.patient_id == right.id
    assert visits.of_patient(visit.patient_id, by=NURSE) == ()
    assert moved.consultation.nurse.answers.person.age == 14  # a minor is one however the answers came
    found = [one.where for one in completeness(moved.consultation, TODAY)]
    assert found[:2] == ["moves", "glabella/botulinum_toxin"]
    again = visits.move(moved.id, moved.version, unknown.id, because="No: the other.", by=NURSE, rules=shipped())
    assert [one.where for one in completeness(again.consultation, TODAY)] == ["moves", "person.age"]
    asked = workflow.record_findings(again.consultation, shipped(), findings=answers(respondent="nurse"), by=NURSE)
    kept = visits.save(again.id, again.version, asked, by=NURSE)
    checked = visits.confirm_move(kept.id, kept.version, by=NURSE)
    assert completeness(checked.consultation, TODAY) == ()
    signed = visits.sign(checked.id, checked.version, by=NURSE, today=TODAY)
    assert signed.consultation.moves[1].confirmed == NURSE
    assert workflow.signatures_hold(signed.consultation)
    assert verify(store).problems == ()
    with pytest.raises(NotAllowed):
        visits.move(signed.id, signed.version, right.id, because="Too late.", by=NURSE, rules=shipped())


def test_only_a_draft_is_discarded_or_moved_and_by_those_who_write_it(store: RecordStore, visit: Kept) -> None:
    visits = Consultations(store)

    with pytest.raises(NotAllowed, match="lead"):
        visits.discard(visit.id, visit.version, because="Mine.", by=LEAD)
    with pytest.raises(NotAllowed, match="recorded under this patient already"):
        visits.move(visit.id, visit.version, visit.patient_id, because="Mine.", by=NURSE, rules=shipped())
    with pytest.raises(NotAllowed, match="cannot be changed by saving"):
        visits.save(visit.id, visit.version, workflow.discard(whole(), because="By saving.", by=NURSE, at=NOW), by=NURSE)


def test_a_follow_up_is_due_although_a_later_visit_was_discarded(store: RecordStore, visit: Kept) -> None:
    visits = Consultations(store)
    visits.sign(visit.id, visit.version, by=NURSE, today=TODAY)
    later = visits.begin(visit.patient_id, begun(), by=NURSE)
    days = (TODAY, TODAY + timedelta(days=30))

    before = visits.due(*days, by=NURSE)
    visits.discard(later.id, later.version, because="By mistake.", by=NURSE)

    assert before == ()
    assert [line.id for line in visits.due(*days, by=NURSE)] == [visit.id]
