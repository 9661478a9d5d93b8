"""Everything that is stored about one patient in one readable document, for a request for access to personal data."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.records.domain.permissions import require
from recommender.records.errors import NotFound
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.tables import AuditRow, ConsultationRow, PatientRow
from recommender.records.visits import patients
from recommender.records.visits.consultations import sealing_context
from recommender.records.visits.merging import merged_into
from recommender.records.visits.name_search import has_words
from recommender.records.visits.patients import Identity, Patients

SCHEMA: Final = "patient-data/1"


def patient_data_json(store: RecordStore, identifier: str, *, by: Staff) -> str:
    """The patient's identity, records and audit rows as JSON; the audit records that it was handed out."""
    require(by, "hand out a patient's data")
    with store.transaction() as transaction:
        row = transaction.session.get(PatientRow, identifier)
        if row is None:
            raise NotFound.named("patient", identifier)
        content = store.open_sealed(row.sealed, patients.sealing_context(row.id))
        same = patients.audit_hash(content, row)
        transaction.audit.record(by.id, "handed out", kind="patient", record=row.id, before=same, after=same)
        transaction.session.flush()
        visits = select(ConsultationRow).where(ConsultationRow.patient_id == row.id)
        rows = transaction.session.scalars(visits.order_by(ConsultationRow.begun_at, ConsultationRow.id)).all()
        document = {
            "schema": SCHEMA,
            "made_at": transaction.audit.at.isoformat(),
            "patient": {
                "id": row.id,
                "version": row.version,
                "changed_at": row.changed_at.isoformat(),
                **Identity.model_validate_json(content.text).model_dump(mode="json"),
            },
            "visits": [_visit(store, visit) for visit in rows],
            "audit": _audit(
                transaction.session, [row.id, *merged_into(transaction.session, row.id)], [visit.id for visit in rows]
            ),
        }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def only_patient(store: RecordStore, named: str, *, by: Staff) -> str:
    """The id of the one patient with this id, or with these words in the name; raises NotFound for none or several."""
    with store.snapshot() as session:
        if session.get(PatientRow, named) is not None:
            return named
    found = [one for one in Patients(store).search(named, by=by) if has_words(one.identity.name, named)]
    if not found:
        raise NotFound([Problem("patient", "none has this id, or a name with all these words, each one whole")])
    if len(found) > 1:
        told = tuple(f"{one.id} (born {one.identity.born_on or 'on a day not kept'})" for one in found)
        raise NotFound([Problem("patient", "several have such a name: take the id", told)])
    return found[0].id


def _visit(store: RecordStore, row: ConsultationRow) -> dict[str, Any]:
    consultation = Consultation.model_validate_json(store.open_sealed(row.sealed, sealing_context(row.id)).text)
    record = consultation.document()
    for reading in filter(None, (record["patient"], record["nurse"])):
        reading["assessment"] = json.loads(reading.pop("text"))  # stored as text, word for word: readable here
        public = reading.pop("public_text")
        if public:
            reading["public"] = json.loads(public)
    return {
        "id": row.id,
        "version": row.version,
        "begun_by": row.begun_by,
        "begun_at": row.begun_at.isoformat(),
        "changed_at": row.changed_at.isoformat(),
        "state": row.state,
        "record": record,
    }


def _audit(session: Session, patients: list[str], visits: list[str]) -> list[dict[str, Any]]:
    theirs = or_(
        and_(AuditRow.kind == "patient", AuditRow.record.in_(patients)),
        and_(AuditRow.kind.in_(("consultation", "consent")), AuditRow.record.in_(visits)),
    )
    rows = session.scalars(select(AuditRow).where(theirs).order_by(AuditRow.number))
    return [{column.key: getattr(row, column.key) for column in AuditRow.__table__.columns} for row in rows]
