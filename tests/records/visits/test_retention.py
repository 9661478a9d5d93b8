"""Whose records are kept no longer: by the last signature, never by what is unsigned, and erased only when asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from record_samples import LEAD, NOW, NURSE, PRESCRIBER, TODAY, Clock, begun, whole

from recommender.records.domain.permissions import NotAllowed
from recommender.records.maintenance.verification import verify
from recommender.records.storage.record_store import Archive
from recommender.records.storage.tables import AuditRow
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patients
from recommender.records.visits.retention import Expired, erase_expired, expired

YEARS = 8
LONG_AFTER = NOW.replace(year=NOW.year + YEARS) + timedelta(days=1)


def _signed(archive: Archive) -> Kept:
    visits = Consultations(archive)
    patient = Patients(archive).add(Identity(name="Somebody Made-Up"), by=NURSE, anyway=True)
    kept = visits.begin(patient.id, begun(), by=NURSE)
    kept = visits.save(kept.id, kept.version, whole(), by=NURSE)
    return visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)


def test_a_patient_is_listed_once_the_last_signature_is_older(archive: Archive, clock: Clock) -> None:
    kept = _signed(archive)
    signed_at = kept.changed_at

    clock.now = signed_at.replace(year=signed_at.year + YEARS) - timedelta(seconds=1)  # read, it goes on by a second
    on_the_day = expired(archive, YEARS, by=LEAD)
    after = expired(archive, YEARS, by=LEAD)

    assert on_the_day == ()
    assert after == (Expired(kept.patient_id, signed_at, 1),)


def test_a_leap_day_has_its_anniversary(archive: Archive, clock: Clock) -> None:
    clock.now = datetime(2028, 2, 28, 12, tzinfo=UTC) - timedelta(days=366)
    kept = _signed(archive)

    clock.now = datetime(2028, 2, 29, 12, tzinfo=UTC)
    found = expired(archive, 1, by=LEAD)

    assert [one.patient_id for one in found] == [kept.patient_id]


def test_whoever_has_no_signature_or_something_newer_is_not_listed(archive: Archive, clock: Clock) -> None:
    visits = Consultations(archive)
    unsigned = Patients(archive).add(Identity(name="Somebody Unsigned"), by=NURSE, anyway=True)
    visits.begin(unsigned.id, begun(), by=NURSE)
    again, added_to = _signed(archive), _signed(archive)
    locked = visits.co_sign(added_to.id, added_to.version, by=PRESCRIBER)

    clock.now = LONG_AFTER - timedelta(days=30)
    visits.begin(again.patient_id, begun(), by=NURSE)
    visits.add(locked.id, locked.version, "Telephoned.", by=NURSE)
    clock.now = LONG_AFTER

    assert expired(archive, YEARS, by=LEAD) == ()


def test_what_was_confirmed_and_is_still_expired_is_erased_and_the_audit_says_why(archive: Archive, clock: Clock) -> None:
    gone, back, unconfirmed = _signed(archive), _signed(archive), _signed(archive)
    clock.now = LONG_AFTER
    Consultations(archive).begin(back.patient_id, begun(), by=NURSE)

    erased = erase_expired(archive, YEARS, only=[gone.patient_id, back.patient_id], by=LEAD)

    with archive.reading() as session:
        last = [session.get_one(AuditRow, verify(archive).end.rows - behind) for behind in (1, 0)]
    assert [one.patient_id for one in erased] == [gone.patient_id]
    assert [(row.who, row.what, row.kind, row.record) for row in last] == [
        ("l1", "erased after retention", "consultation", gone.id),
        ("l1", "erased after retention", "patient", gone.patient_id),
    ]
    assert len(Consultations(archive).of_patient(back.patient_id, by=LEAD)) == 2
    assert len(Consultations(archive).of_patient(unconfirmed.patient_id, by=LEAD)) == 1
    assert verify(archive).problems == ()


def test_a_nurse_erases_nobody_for_their_age(archive: Archive) -> None:
    with pytest.raises(NotAllowed, match="may not erase a patient"):
        erase_expired(archive, YEARS, only=[], by=NURSE)
