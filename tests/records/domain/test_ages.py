"""The age of a patient whose day of birth is known: whatever was typed or brought along, it follows from that day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from record_samples import NOW, NURSE, PRESCRIBER, SAFE, TODAY, answers, begun, whole
from strategies import shipped

from recommender.documents.answers import age_on
from recommender.documents.consultation import Consultation
from recommender.records.domain.ages import age_at_visit, of_age
from recommender.records.domain.permissions import NotAllowed
from recommender.records.domain.workflow import Incomplete, begin, record_findings, write
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patient, Patients

FORTY_FOUR = date(1983, 2, 1)
CHILD = date(2012, 5, 6)  # 14 on the day of these tests


@pytest.fixture
def visits(store: RecordStore) -> Consultations:
    return Consultations(store)


def patient(store: RecordStore, born_on: date | None) -> Patient:
    return Patients(store).add(Identity(name="Somebody Made-Up", born_on=born_on), by=NURSE)


def corrected(store: RecordStore, whose: Patient, born_on: date) -> Patient:
    return Patients(store).change(whose.id, whose.version, Identity(name="Somebody Made-Up", born_on=born_on), by=NURSE)


@pytest.mark.parametrize(
    ("day", "born_on", "age"),
    [
        (date(2027, 5, 5), date(2009, 5, 6), 17),
        (date(2027, 5, 6), date(2009, 5, 6), 18),
        (date(2027, 2, 28), date(2008, 2, 29), 18),
        (date(2026, 2, 28), date(2008, 2, 29), 17),
        (date(2026, 3, 1), date(2008, 2, 29), 18),
    ],
)
def test_an_age_grows_on_the_birthday(day: date, born_on: date, age: int) -> None:
    assert age_on(day, born_on) == age


def test_the_day_of_the_visit_is_the_clinics_and_that_of_an_injection_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    born_on, evening = date(2009, 3, 2), datetime(2027, 3, 1, 20, 0, tzinfo=UTC)

    monkeypatch.setenv("RECOMMENDER_TIMEZONE", "Australia/Sydney")
    there = age_at_visit(born_on, evening, begun())
    monkeypatch.setenv("RECOMMENDER_TIMEZONE", "Europe/Madrid")
    here = age_at_visit(born_on, evening, begun())
    earlier = age_at_visit(born_on, evening + timedelta(days=9), write(begun(), by=NURSE, injected_on=date(2027, 3, 1)))
    later = age_at_visit(born_on, evening, write(begun(), by=NURSE, injected_on=date(2027, 3, 9)))

    assert (there, here, earlier, later) == (18, 17, 17, 17)
    assert age_at_visit(None, evening, begun()) is None


def test_a_visit_of_a_minor_does_not_begin_with_the_age_of_an_adult(store: RecordStore, visits: Consultations) -> None:
    child = patient(store, CHILD)

    with pytest.raises(NotAllowed, match="the findings say 44, and by the day of birth it is 14"):
        visits.begin(child.id, begun(), by=NURSE)

    assert visits.of_patient(child.id, by=NURSE) == ()


def test_findings_of_a_minor_are_concluded_for_a_minor(store: RecordStore, visits: Consultations) -> None:
    child = patient(store, CHILD)
    blank = visits.begin(child.id, begin(shipped(), None, by=NURSE), by=NURSE)
    grown = record_findings(blank.consultation, shipped(), findings=answers(respondent="nurse"), by=NURSE)

    with pytest.raises(NotAllowed, match=r"person\.age"):
        visits.save(blank.id, blank.version, grown, by=NURSE)
    right = record_findings(blank.consultation, shipped(), findings=of_age(answers(respondent="nurse"), 14), by=NURSE)
    kept = visits.save(blank.id, blank.version, right, by=NURSE)

    assert kept.consultation.nurse.assessment.outcome == "stop"


def _whole_visit(store: RecordStore, visits: Consultations, draft: Consultation) -> tuple[Patient, Kept]:
    somebody = patient(store, FORTY_FOUR)
    return somebody, visits.begin(somebody.id, draft, by=NURSE)


def test_a_day_of_birth_that_is_corrected_keeps_the_draft_from_being_signed_as_it_is(
    store: RecordStore, visits: Consultations
) -> None:
    somebody, kept = _whole_visit(store, visits, whole().model_copy(update={"decisions": ()}))
    kept = visits.save(kept.id, kept.version, whole_by(kept), by=NURSE)
    corrected(store, somebody, CHILD)

    with pytest.raises(Incomplete, match="the findings say 44, and by the day of birth it is 14"):
        visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)
    noted = visits.save(kept.id, kept.version, write(kept.consultation, by=NURSE, note="Written still."), by=NURSE)

    assert noted.consultation.state == "draft"


def whole_by(kept: Kept) -> Consultation:
    return kept.consultation.model_copy(update={"decisions": whole().decisions})


def test_what_is_signed_stays_and_a_prescriber_does_not_sign_beside_another_age(
    store: RecordStore, visits: Consultations
) -> None:
    somebody, kept = _whole_visit(store, visits, whole())
    signed = visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)
    corrected(store, somebody, CHILD)

    with pytest.raises(Incomplete, match=r"person\.age"):
        visits.co_sign(signed.id, signed.version, by=PRESCRIBER)

    assert visits.get(signed.id, by=NURSE).consultation == signed.consultation
    given_back = visits.give_back(signed.id, signed.version, because="Born 2012.", by=PRESCRIBER)
    assert given_back.consultation.state == "draft"


def test_without_a_day_of_birth_the_age_is_what_is_found(store: RecordStore, visits: Consultations) -> None:
    kept = visits.begin(patient(store, None).id, whole(), by=NURSE)

    assert visits.sign(kept.id, kept.version, by=NURSE, today=TODAY).consultation.nurse.answers.person.age == 44


def test_findings_without_an_age_are_not_signed_where_the_day_of_birth_is_known(
    store: RecordStore, visits: Consultations
) -> None:
    given = {"respondent": "nurse", "jurisdiction": "uk", "history": SAFE}
    draft = write(record_findings(begun(), shipped(), findings=given, by=NURSE), by=NURSE, injected="no")
    kept = visits.begin(patient(store, FORTY_FOUR).id, draft, by=NURSE)

    with pytest.raises(Incomplete, match="do not have it, and by the day of birth it is 44"):
        visits.sign(kept.id, kept.version, by=NURSE, today=NOW.date())
