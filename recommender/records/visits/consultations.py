"""Consultation records in the database. Each change is checked, encrypted and audited in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recommender.documents.authorisation import EmergencyMedicine, Planned, Seen
from recommender.documents.consultation import AdverseEvent, Consultation
from recommender.documents.plan import lot_key
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.knowledge import RuleBase
from recommender.languages import translate
from recommender.records.domain import authorising, workflow
from recommender.records.domain.ages import age_at_visit, refuse_another_age
from recommender.records.domain.draft_checks import refuse_forged_assessments, refuse_forged_draft
from recommender.records.domain.permissions import NotAllowed, require
from recommender.records.errors import NotFound, RecordsError
from recommender.records.storage.record_store import Content, Transaction, new_id
from recommender.records.storage.tables import AccountRow, AuditRow, ConsultationRow, Override, PatientRow, UsedLot
from recommender.records.visits.lots import recalled_lots
from recommender.records.visits.patients import identity_in, row_of
from recommender.records.visits.visit_lists import VisitLists

#: how many of somebody's own records are looked through for what they did last
MOST_OF_ONES_OWN: Final = 12


class Kept(NamedTuple):
    """A record as stored; a change has to name its ``version``."""

    id: str
    patient_id: str
    version: int
    begun_by: str
    begun_at: datetime
    changed_at: datetime
    consultation: Consultation


class Changed(NamedTuple):
    """By whom and when a record was changed; ``name`` is that of the account now, or its id where there is none."""

    by: str
    name: str
    at: datetime


class Conflict(RecordsError):  # noqa: N818
    """Somebody else has changed this record since: ``stored`` is theirs, ``wanted`` is yours, so that nothing is lost."""

    heading = "Somebody else has changed this record"

    def __init__(self, stored: Kept, wanted: Consultation) -> None:
        super().__init__(
            [
                Problem(
                    stored.id,
                    translate("is at version {version} by now: compare the two, and save again").format(version=stored.version),
                )
            ]
        )
        self.stored, self.wanted = stored, wanted


class Consultations(VisitLists):
    """The consultation records of a record store."""

    def begin(self, patient_id: str, consultation: Consultation, *, by: Staff) -> Kept:
        """Store a new draft for a patient."""
        require(by, "write a draft")
        refuse_forged_assessments(consultation)
        refuse_forged_draft(_untouched(consultation), consultation, by=by)
        with self._store.transaction() as transaction:
            row = ConsultationRow(id=new_id(), patient_id=patient_id, version=0, begun_by=by.id, begun_at=transaction.audit.at)
            refuse_another_age(None, consultation, self._age(transaction, row, consultation))
            return self._put(transaction, row, consultation, by=by, what="begun")

    def get(self, identifier: str, *, by: Staff) -> Kept:
        """The record with this id."""
        require(by, "read records")
        with self._store.snapshot() as session:
            return self._kept(_row(session, identifier))

    def of_patient(self, patient_id: str, *, by: Staff) -> tuple[Kept, ...]:
        """One patient's records, the first visit first."""
        require(by, "read records")
        with self._store.snapshot() as session:
            wanted = select(ConsultationRow).where(ConsultationRow.patient_id == patient_id)
            rows = session.scalars(wanted.order_by(ConsultationRow.begun_at, ConsultationRow.id))
            return tuple(self._kept(row) for row in rows)

    def signed_with(self, brand: str, *, by: Staff) -> tuple[Consultation, ...]:
        """The latest records of a product of this brand that somebody signed themselves, the last signature first."""
        require(by, "read records")
        used = select(UsedLot.consultation_id).where(
            UsedLot.consultation_id == ConsultationRow.id, func.lower(UsedLot.brand) == brand.lower()
        )
        signed = select(AuditRow.number).where(
            AuditRow.kind == "consultation",
            AuditRow.record == ConsultationRow.id,
            AuditRow.what == "signed",
            AuditRow.who == by.id,
        )
        wanted = select(ConsultationRow).where(ConsultationRow.signed_at.is_not(None), used.exists(), signed.exists())
        latest = wanted.order_by(ConsultationRow.changed_at.desc(), ConsultationRow.id.desc()).limit(MOST_OF_ONES_OWN)
        with self._store.snapshot() as session:
            found = [self._kept(row).consultation for row in session.scalars(latest)]
        own = [(one.signature.at, one) for one in found if one.signature is not None and one.signature.by.id == by.id]
        return tuple(one for _, one in sorted(own, key=lambda pair: pair[0], reverse=True))

    def changes_since(self, identifier: str, version: int, *, by: Staff) -> tuple[Changed, ...]:
        """Who has changed this record since this version of it, the latest change first."""
        require(by, "read records")
        with self._store.snapshot() as session:
            count = _row(session, identifier).version - version  # every change is one version and one row of the audit
            rows = session.execute(
                select(AuditRow.who, AuditRow.at, AccountRow.name)
                .outerjoin(AccountRow, AccountRow.id == AuditRow.who)
                .where(AuditRow.kind == "consultation", AuditRow.record == identifier)
                .order_by(AuditRow.number.desc())
                .limit(max(count, 0))
            )
            return tuple(Changed(who, name or who, datetime.fromisoformat(at)) for who, at, name in rows)

    def save(self, identifier: str, version: int, consultation: Consultation, *, by: Staff) -> Kept:
        """Store a draft as it is now; nothing is written if nothing changed.

        Raises Conflict if it is no longer the version that was read, and NotAllowed if it changes what saving may not change.
        """
        with self._store.transaction() as transaction:
            row, kept = self._at(transaction, identifier, version, wanted=consultation)
            if consultation == kept.consultation:
                return kept
            refuse_forged_draft(kept.consultation, consultation, by=by)
            refuse_another_age(kept.consultation, consultation, self._age(transaction, row, consultation))
            return self._put(transaction, row, consultation, by=by, what="saved")

    def sign(self, identifier: str, version: int, *, by: Staff, today: date) -> Kept:
        """Sign a draft; raises Incomplete with everything that is missing. ``today`` is the date at the clinic."""
        step = partial(workflow.sign, by=by, today=today)
        return self._step(identifier, version, by, "signed", step, checks_age=True, checks_lots=True)

    def co_sign(self, identifier: str, version: int, *, by: Staff) -> Kept:
        """Co-sign a signed record, as a prescriber."""
        return self._step(identifier, version, by, "co-signed", partial(workflow.co_sign, by=by), checks_age=True)

    def give_back(self, identifier: str, version: int, *, because: str, by: Staff) -> Kept:
        """Return a signed record as a draft instead of co-signing it."""
        return self._step(identifier, version, by, "given back", partial(workflow.give_back, because=because, by=by))

    def ask(self, identifier: str, version: int, plan: tuple[Planned, ...], *, by: Staff) -> Kept:
        """Send the plan of a draft to a prescriber."""
        return self._step(identifier, version, by, "sent to a prescriber", partial(authorising.ask, plan=plan, by=by))

    def authorise(
        self,
        identifier: str,
        version: int,
        plan: tuple[Planned, ...],
        *,
        by: Staff,
        seen: Seen | None,
        seen_on: date | None,
        valid_until: date | None,
        because: str = "",
    ) -> Kept:
        """Authorise a plan, as it was sent or changed, as a prescriber."""
        step = partial(
            authorising.authorise, plan=plan, by=by, seen=seen, seen_on=seen_on, valid_until=valid_until, because=because
        )
        return self._step(identifier, version, by, "authorised", step)

    def refuse(self, identifier: str, version: int, *, because: str, by: Staff) -> Kept:
        """Refuse the plan of a draft, or take an authorisation back, as a prescriber."""
        return self._step(identifier, version, by, "refused", partial(authorising.refuse, because=because, by=by))

    def treat_oneself(self, identifier: str, version: int, *, by: Staff) -> Kept:
        """Store that a prescriber treats the patient herself."""
        return self._step(identifier, version, by, "treats the patient", partial(authorising.treat_oneself, by=by))

    def record_emergency(self, identifier: str, version: int, medicine: EmergencyMedicine, *, because: str, by: Staff) -> Kept:
        """Store that an emergency medicine was given without an authorisation."""
        step = partial(authorising.record_emergency, medicine=medicine, because=because, by=by)
        return self._step(identifier, version, by, "emergency", step)

    def discard(self, identifier: str, version: int, *, because: str, by: Staff) -> Kept:
        """Discard a draft that was begun by mistake; it can still be read, with the reason."""
        return self._step(identifier, version, by, "discarded", partial(workflow.discard, because=because, by=by))

    def move(self, identifier: str, version: int, to: str, *, because: str, by: Staff, rules: RuleBase) -> Kept:
        """Move a draft to the right patient; raises NotAllowed where it is theirs already."""
        with self._store.transaction() as transaction:
            row, kept = self._at(transaction, identifier, version)
            patient = transaction.session.get(PatientRow, to)
            if patient is None:
                raise NotFound.named("patient", to)
            if to == kept.patient_id:
                raise NotAllowed([Problem("patient", translate("it is recorded under this patient already"))])
            born_on = self._patients.of_rows([patient])[to].identity.born_on
            moved = workflow.move(
                kept.consultation,
                rules,
                source=kept.patient_id,
                age=age_at_visit(born_on, row.begun_at, kept.consultation),
                because=because,
                by=by,
                at=transaction.audit.at,
            )
            return self._put(transaction, row, moved, by=by, what="moved", owner=to)

    def confirm_move(self, identifier: str, version: int, *, by: Staff) -> Kept:
        """Store that somebody has checked a draft against the patient it was moved to."""
        return self._step(identifier, version, by, "checked", lambda draft, at: workflow.confirm_move(draft, by=by))  # noqa: ARG005

    def add_addendum(
        self, identifier: str, version: int, text: str, *, by: Staff, adverse_event: AdverseEvent | None = None
    ) -> Kept:
        """Add an addendum to a locked record."""
        step = partial(workflow.add_addendum, text=text, by=by, adverse_event=adverse_event)
        return self._step(identifier, version, by, "added to", step)

    def _step(
        self,
        identifier: str,
        version: int,
        by: Staff,
        what: str,
        step: Callable[..., Consultation],
        *,
        checks_age: bool = False,
        checks_lots: bool = False,
    ) -> Kept:
        with self._store.transaction() as transaction:
            row, kept = self._at(transaction, identifier, version)
            known: dict[str, Any] = {"age": self._age(transaction, row, kept.consultation)} if checks_age else {}
            if checks_lots:
                known["recalled"] = recalled_lots(transaction.session)
            return self._put(transaction, row, step(kept.consultation, at=transaction.audit.at, **known), by=by, what=what)

    def _age(self, transaction: Transaction, row: ConsultationRow, consultation: Consultation) -> int | None:
        patient = identity_in(self._store, row_of(transaction.session, row.patient_id))
        return age_at_visit(patient.born_on, row.begun_at, consultation)

    def _at(
        self, transaction: Transaction, identifier: str, version: int, *, wanted: Consultation | None = None
    ) -> tuple[ConsultationRow, Kept]:
        row = _row(transaction.session, identifier)
        kept = self._kept(row)
        if row.version != version:
            raise Conflict(kept, wanted or kept.consultation)
        return row, kept

    def _kept(self, row: ConsultationRow) -> Kept:
        text = self._store.open_sealed(row.sealed, sealing_context(row.id)).text
        consultation = Consultation.model_validate_json(text)
        return Kept(row.id, row.patient_id, row.version, row.begun_by, row.begun_at, row.changed_at, consultation)

    def _put(
        self,
        transaction: Transaction,
        row: ConsultationRow,
        consultation: Consultation,
        *,
        by: Staff,
        what: str,
        owner: str = "",
    ) -> Kept:
        before = audit_hash(self._store.open_sealed(row.sealed, sealing_context(row.id)), row) if row.version else ""
        content = Content.of(consultation.json_text())
        row.patient_id = owner or row.patient_id
        row.version += 1
        row.changed_at = transaction.audit.at
        for name, value in unsealed_columns(consultation).items():
            setattr(row, name, value)
        row.sealed, row.key_id = transaction.seal(content, sealing_context(row.id)), transaction.keyring.current
        transaction.session.add(row)
        transaction.session.flush()
        for table in (UsedLot, Override):
            transaction.session.execute(delete(table).where(table.consultation_id == row.id))
        transaction.session.add_all(index_rows(row.id, consultation))
        after = audit_hash(content, row)
        transaction.audit.record(by.id, what, kind="consultation", record=row.id, before=before, after=after)
        return Kept(row.id, row.patient_id, row.version, row.begun_by, row.begun_at, row.changed_at, consultation)


def sealing_context(identifier: str) -> str:
    """The context that a record is encrypted for."""
    return f"consultation/{identifier}"


def audit_hash(content: Content, row: ConsultationRow) -> str:
    """The hash that the audit keeps of a record."""
    return content.hash("consultation", row.id, version=row.version, owner=row.patient_id)


def unsealed_columns(consultation: Consultation) -> dict[str, Any]:
    """The columns that hold parts of a record in the clear, to search and sort by."""
    return {
        "state": consultation.state,
        "stage": authorising.stage_of(consultation),
        "waits_for_prescriber": workflow.waits_for_prescriber(consultation),
        "jurisdiction": consultation.jurisdiction,
        "rules_fingerprint": consultation.nurse.assessment.rules.fingerprint,
        "signed_at": consultation.signature.at if consultation.signature else None,
        "injected_on": consultation.injected_on,
        "follow_up_on": consultation.follow_up.on if consultation.follow_up else None,
        "used_expired": bool(consultation.expired_products),
    }


def index_rows(identifier: str, consultation: Consultation) -> Iterator[UsedLot | Override]:
    """The rows by which a record is found by lot and by rule."""
    for number, product in enumerate(consultation.products):
        if product.lot:
            yield UsedLot(consultation_id=identifier, number=number, lot=lot_key(product.lot), brand=product.brand)
    for number, decision in enumerate(consultation.decisions):
        if consultation.decision_on(decision.area, decision.treatment) is decision:
            for rule in decision.against:
                yield Override(
                    consultation_id=identifier, number=number, rule=rule, choice=decision.choice, reason=decision.reason or ""
                )


def _untouched(consultation: Consultation) -> Consultation:
    """A new record before anything was written into it."""
    return consultation.model_copy(
        update={
            "decisions": (),
            "authorisations": (),
            "emergencies": (),
            "moves": (),
            "voided": None,
            "signature": None,
            "co_signature": None,
            "returns": (),
            "addenda": (),
        }
    )


def _row(session: Session, identifier: str) -> ConsultationRow:
    row = session.get(ConsultationRow, identifier)
    if row is None:
        raise NotFound.named("consultation", identifier)
    return row
