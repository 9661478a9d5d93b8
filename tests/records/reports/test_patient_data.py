"""Everything that is kept about one patient, in one document, and nothing of anybody else."""

from __future__ import annotations

import json

import pytest
from record_samples import BORN_THEN, LEAD, NURSE, begun, whole

from recommender.records.domain.permissions import NotAllowed
from recommender.records.errors import NotFound
from recommender.records.maintenance.verification import verify
from recommender.records.reports.patient_data import patient_data_json
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients


def test_the_dossier_holds_identity_every_record_and_the_audit_of_one_patient_alone(store: RecordStore) -> None:
    patients, visits = Patients(store), Consultations(store)
    patient = patients.add(Identity(name="Somebody Made-Up", born_on=BORN_THEN, contact="+1 555"), by=NURSE)
    other = patients.add(Identity(name="Somebody Else"), by=NURSE)
    visits.begin(other.id, begun(), by=NURSE)
    kept = visits.begin(patient.id, begun(), by=NURSE)
    kept = visits.save(kept.id, kept.version, whole(), by=NURSE)

    written = patient_data_json(store, patient.id, by=LEAD)

    found = json.loads(written)
    (visit,) = found["visits"]
    record = visit["record"]
    expected = json.loads(kept.consultation.json_text())
    for said in ("patient", "nurse"):
        expected[said]["assessment"] = json.loads(expected[said].pop("text"))
    del expected["patient"]["public_text"]
    expected["nurse"]["public"] = json.loads(expected["nurse"].pop("public_text"))
    assert {name: found["patient"][name] for name in ("id", "name", "born_on", "contact")} == {
        "id": patient.id,
        "name": "Somebody Made-Up",
        "born_on": BORN_THEN.isoformat(),
        "contact": "+1 555",
    }
    assert (visit["id"], visit["version"], visit["state"], record) == (kept.id, 2, "draft", expected)
    assert [(row["who"], row["what"], row["record"]) for row in found["audit"]] == [
        ("n1", "added", patient.id),
        ("n1", "begun", kept.id),
        ("n1", "saved", kept.id),
        ("l1", "handed out", patient.id),
    ]
    assert other.id not in written
    assert verify(store).problems == ()


def test_a_nurse_does_not_hand_a_patients_data_out(store: RecordStore) -> None:
    patient = Patients(store).add(Identity(name="Somebody Made-Up"), by=NURSE)

    with pytest.raises(NotAllowed, match="may not hand out a patient's data"):
        patient_data_json(store, patient.id, by=NURSE)

    assert verify(store).end.rows == 1


def test_of_somebody_unknown_there_is_no_dossier_and_no_audit_row(store: RecordStore) -> None:
    with pytest.raises(NotFound):
        patient_data_json(store, "nobody", by=LEAD)

    assert verify(store).end.rows == 0
