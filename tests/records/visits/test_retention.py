"""Whose records are kept no longer: by the last signature, never by what is unsigned, and erased only when asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from record_samples import LEAD, NOW, NURSE, PRESCRIBER, TODAY, Clock, begun, whole

from recommender.records.domain.permissions import NotAllowed
from recommender.records.maintenance.verification import verify
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import AuditRow
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patients
from recommender.records.visits.retention import Expired, erase_expired, expired

YEARS = 8
LONG_AFTER = NOW.replace(year=NOW.year + YEARS) + timedelta(days=1)


def _signed(store: RecordStore) -> Kept:
    visits = Consultations(store)
    patient = Patients(store).add(Identity(name="Somebody Made-Up"), by=NURSE, anyway=True)
    kept = visits.begin(patient.id, begun(), by=NURSE)
    kept = visits.save(kept.id, kept.version, whole(), by=NURSE)
    return visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)


def test_a_patient_is_listed_once_the_last_signature_is_older(store: RecordStore, clock: Clock) -> None:
    kept = _signed(store)
    signed_at = kept.changed_at

    clock.now = signed_at.replace(year=signed_at.year + YEARS) - timedelta(seconds=1)  # read, it goes on by a second
    on_the_day = expired(store, YEARS, by=LEAD)
    after = expired(store, YEARS, by=LEAD)

    assert on_the_day == ()
    assert after == (Expired(kept.patient_id, signed_at, 1),)


def test_a_leap_day_has_its_anniversary(store: RecordStore, clock: Clock) -> None:
    clock.now = datetime(2028, 2, 28, 12, tzinfo=UTC) - timedelta(days=366)
    kept = _signed(store)

    clock.now = datetime(2028, 2, 29, 12, tzinfo=UTC)
    found = expired(store, 1, by=LEAD)

    assert [one.patient_id for one in found] == [kept.patient_id]


def test_whoever_has_no_signature_or_something_newer_is_not_listed(store: RecordStore, clock: Clock) -> None:
    visits = Consultations(store)
    unsigned = Patients(store).add(Identity(name="Somebody Unsigned"), by=NURSE, anyway=True)
    visits.begin(unsigned.id, begun(), by=NURSE)
    again, added_to = _signed(store), _signed(store)
    locked = visits.co_sign(added_to.id, added_to.version, by=PRESCRIBER)

    clock.now = LONG_AFTER - timedelta(days=30)
    visits.begin(again.patient_id, begun(), by=NURSE)
    visits.add_addendum(locked.id, locked.version, "Telephoned.", by=NURSE)
    clock.now = LONG_AFTER

    assert expired(store, YEARS, by=LEAD) == ()


def test_what_was_confirmed_and_is_still_expired_is_erased_and_the_audit_says_why(store: RecordStore, clock: Clock) -> None:
    gone, back, unconfirmed = _signed(store), _signed(store), _signed(store)
    clock.now = LONG_AFTER
    Consultations(store).begin(back.patient_id, begun(), by=NURSE)

    erased = erase_expired(store, YEARS, only=[gone.patient_id, back.patient_id], by=LEAD)

    with store.snapshot() as session:
        last = [session.get_one(AuditRow, verify(store).end.rows - behind) for behind in (1, 0)]
    assert [one.patient_id for one in erased] == [gone.patient_id]
    assert [(row.who, row.what, row.kind, row.record) for row in last] == [
        ("l1", "erased after retention", "consultation", gone.id),
        ("l1", "erased after retention", "patient", gone.patient_id),
    ]
    assert len(Consultations(store).of_patient(back.patient_id, by=LEAD)) == 2
    assert len(Consultations(store).of_patient(unconfirmed.patient_id, by=LEAD)) == 1
    assert verify(store).problems == ()


def test_a_nurse_erases_nobody_for_their_age(store: RecordStore) -> None:
    with pytest.raises(NotAllowed, match="may not erase a patient"):
        erase_expired(store, YEARS, only=[], by=NURSE)
