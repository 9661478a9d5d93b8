"""Two entries of one patient become one: the visits move, the audit keeps both ids, and it is not undone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.languages import short_day, translate
from recommender.records.domain.permissions import require
from recommender.records.errors import RecordsError
from recommender.records.storage.record_store import Archive, Change
from recommender.records.storage.tables import AuditRow, ConsultationRow
from recommender.records.visits import consultations
from recommender.records.visits.patients import LONGEST_CONTACT, Identity, Patient, identity_in, place_of, put_identity, row_of
from recommender.records.visits.patients import hash_of as patient_hash

INTO = "merged into "


def merge(archive: Archive, gone: str, into: str, *, by: Staff) -> tuple[Patient, int]:
    """Make two entries of one patient one: ``gone`` goes, and its visits are those of ``into``; how many moved.

    The name of ``into`` stands and the other one finds it too; a day of birth or contact that it lacks comes from the other,
    and two contacts stand side by side. Raises RecordsError where the days of birth differ: correct the wrong one first.
    """
    require(by, "merge patients")
    if gone == into:
        raise RecordsError([Problem("patient", translate("is the same one twice"))])
    with archive.changing() as change:
        old, row = row_of(change.session, gone), row_of(change.session, into)
        who = _one_of(identity_in(archive, row), identity_in(archive, old))
        put_identity(archive, change, row, who, by=by, what=f"merged with {gone}")
        moved = _move(archive, change, gone, into, by=by)
        before = patient_hash(archive.open_sealed(old.sealed, place_of(gone)), old)
        change.ledger.record(by.id, f"{INTO}{into}", kind="patient", record=gone, before=before)
        change.session.delete(old)
        stays = Patient(into, row.version, who)
    archive.forget_erased()
    return stays, moved


def merged_into(session: Session, identifier: str) -> list[str]:
    """The ids of everybody who became this patient, in the order in which they did."""
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


def _move(archive: Archive, change: Change, gone: str, into: str, *, by: Staff) -> int:
    visits = change.session.scalars(select(ConsultationRow).where(ConsultationRow.patient_id == gone)).all()
    for visit in visits:
        content = archive.open_sealed(visit.sealed, consultations.place_of(visit.id))
        before = consultations.hash_of(content, visit)
        visit.patient_id, visit.changed_at = into, change.ledger.at
        visit.version += 1
        after = consultations.hash_of(content, visit)
        change.ledger.record(by.id, "moved", kind="consultation", record=visit.id, before=before, after=after)
    change.session.flush()
    return len(visits)
