"""Merge two entries of one patient: the visits move, the audit keeps both ids, and it cannot be undone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.languages import short_day, translate
from recommender.records.domain.permissions import require
from recommender.records.errors import RecordsError
from recommender.records.storage.record_store import RecordStore, Transaction
from recommender.records.storage.tables import AuditRow, ConsultationRow
from recommender.records.visits import consultations
from recommender.records.visits.patients import (
    LONGEST_CONTACT,
    Identity,
    Patient,
    identity_in,
    put_identity,
    row_of,
    sealing_context,
)
from recommender.records.visits.patients import audit_hash as patient_hash

INTO = "merged into "


def merge(store: RecordStore, gone: str, into: str, *, by: Staff) -> tuple[Patient, int]:
    """Merge the entry ``gone`` into ``into``, which gets its visits; how many were moved.

    The name of ``into`` stays, and the other one finds the patient too. A missing day of birth or contact comes from ``gone``;
    two contacts are joined. Raises RecordsError where the days of birth differ.
    """
    require(by, "merge patients")
    if gone == into:
        raise RecordsError([Problem("patient", translate("is the same one twice"))])
    with store.transaction() as transaction:
        old, row = row_of(transaction.session, gone), row_of(transaction.session, into)
        who = _one_of(identity_in(store, row), identity_in(store, old))
        put_identity(store, transaction, row, who, by=by, what=f"merged with {gone}")
        moved = _move(store, transaction, gone, into, by=by)
        before = patient_hash(store.open_sealed(old.sealed, sealing_context(gone)), old)
        transaction.audit.record(by.id, f"{INTO}{into}", kind="patient", record=gone, before=before)
        transaction.session.delete(old)
        stays = Patient(into, row.version, who)
    store.forget_erased()
    return stays, moved


def merged_into(session: Session, identifier: str) -> list[str]:
    """The ids of the entries that were merged into this patient, oldest first."""
    found, known = [], [identifier]
    while known:
        rows = select(AuditRow.record).where(AuditRow.kind == "patient", AuditRow.what.in_([f"{INTO}{one}" for one in known]))
        known = list(session.scalars(rows.order_by(AuditRow.number)))
        found += known
    return found


def _one_of(stays: Identity, goes: Identity) -> Identity:
    if stays.born_on and goes.born_on and stays.born_on != goes.born_on:
        problem = translate("differs ({one} and {other}): correct the wrong one first, or these are two people")
        raise RecordsError([Problem("born_on", problem.format(one=short_day(stays.born_on), other=short_day(goes.born_on)))])
    contacts = dict.fromkeys(filter(None, (stays.contact, goes.contact)))
    contact = "; ".join(contacts)
    if len(contact) > LONGEST_CONTACT:
        raise RecordsError([Problem("contact", translate("of both is too long for one: shorten one of them first"))])
    also = dict.fromkeys(name for name in (*stays.also, goes.name, *goes.also) if name != stays.name)
    return Identity(name=stays.name, born_on=stays.born_on or goes.born_on, contact=contact, also=tuple(also))


def _move(store: RecordStore, transaction: Transaction, gone: str, into: str, *, by: Staff) -> int:
    visits = transaction.session.scalars(select(ConsultationRow).where(ConsultationRow.patient_id == gone)).all()
    for visit in visits:
        content = store.open_sealed(visit.sealed, consultations.sealing_context(visit.id))
        before = consultations.audit_hash(content, visit)
        visit.patient_id, visit.changed_at = into, transaction.audit.at
        visit.version += 1
        after = consultations.audit_hash(content, visit)
        transaction.audit.record(by.id, "moved", kind="consultation", record=visit.id, before=before, after=after)
    transaction.session.flush()
    return len(visits)
