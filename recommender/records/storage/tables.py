"""The tables. What is said about patients is encrypted; in the clear is only what is searched, sorted or counted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, LargeBinary, String, TypeDecorator, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ID_LENGTH = 22


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite stores no offset: it is dropped on writing and added on reading."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """As it is written."""
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """As it is read."""
        return value.replace(tzinfo=UTC) if value is not None else None


class Table(DeclarativeBase):
    """Every table of the records."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment(), bytes: LargeBinary(), str: String()}


class PatientRow(Table):
    """A patient, encrypted. ``indexed`` is the version of the name search that made their words."""

    __tablename__ = "patient"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    version: Mapped[int] = mapped_column()
    changed_at: Mapped[datetime]
    key_id: Mapped[str] = mapped_column(String(8), index=True)
    sealed: Mapped[bytes]
    indexed: Mapped[int] = mapped_column(server_default="0")

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 (as its base declares it)


class PatientWord(Table):
    """The beginning of a word of a patient's name, or their day of birth, as a blind index (keyed hash)."""

    __tablename__ = "patient_word"

    word: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patient.id", ondelete="CASCADE"), primary_key=True, index=True)


class ConsultationRow(Table):
    """One visit. The record is encrypted as a whole."""

    __tablename__ = "consultation"
    __table_args__ = (
        Index("ix_consultation_changed", "changed_at", "id"),
        Index("ix_consultation_state_changed", "state", "changed_at", "id"),
        Index("ix_consultation_waiting", "waits_for_prescriber", "changed_at"),
    )

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    patient_id: Mapped[str] = mapped_column(ForeignKey("patient.id"), index=True)
    version: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(8))
    waits_for_prescriber: Mapped[bool]
    jurisdiction: Mapped[str] = mapped_column(String(8))
    rules_fingerprint: Mapped[str] = mapped_column(String(80))
    begun_by: Mapped[str] = mapped_column(String(64))
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    injected_on: Mapped[date | None]
    follow_up_on: Mapped[date | None] = mapped_column(index=True)
    used_expired: Mapped[bool] = mapped_column(server_default=false())
    stage: Mapped[str] = mapped_column(String(12), server_default="")
    key_id: Mapped[str] = mapped_column(String(8), index=True)
    sealed: Mapped[bytes]

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 (as its base declares it)


class UsedLot(Table):
    """One product of one visit, for recalls."""

    __tablename__ = "used_lot"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    lot: Mapped[str] = mapped_column(String(200), index=True)
    brand: Mapped[str] = mapped_column(String(200))


class StockLot(Table):
    """A lot of the clinic's own products, in the clear: it names no patient.

    ``compared`` is its number as lots are compared. Without a valid ``mac`` it is offered to nobody.
    """

    __tablename__ = "stock_lot"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    version: Mapped[int] = mapped_column()
    treatment: Mapped[str] = mapped_column(String(32))
    product: Mapped[str] = mapped_column(String(200))
    brand: Mapped[str] = mapped_column(String(200))
    lot: Mapped[str] = mapped_column(String(200))
    compared: Mapped[str] = mapped_column(String(200), index=True)
    expires_on: Mapped[date]
    dilution: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(8))
    mac: Mapped[str] = mapped_column("vouched", String(80))

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 (as its base declares it)


class Override(Table):
    """One rule that a decision did not follow, with the coded reason, for the review of the rules."""

    __tablename__ = "override"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)
    choice: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(40))


class AuditRow(Table):
    """One change of state, chained to the row before. Triggers refuse to change or delete it."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    who: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    record: Mapped[str] = mapped_column(String(64))
    before: Mapped[str] = mapped_column(String(64))
    after: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index("ix_audit_record", "kind", "record", "number"),)


class AuditHead(Table):
    """The end of the chain, with a keyed hash (MAC): it reveals rows that were cut off the end."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column("vouched", String(80))


class AccountRow(Table):
    """A staff account. Without a password, a provider authenticates its owner.

    Without a valid ``mac`` (``row_authentication.py``) nobody can sign in to it.
    """

    __tablename__ = "account"
    __table_args__ = (Index("ix_account_provider", "issuer", "subject", unique=True),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    version: Mapped[int] = mapped_column()
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool]
    added_at: Mapped[datetime]
    failures: Mapped[int]
    locked_until: Mapped[datetime | None]
    issuer: Mapped[str | None] = mapped_column(String(500))
    subject: Mapped[str | None] = mapped_column(String(255))
    registration: Mapped[str] = mapped_column(String(60), server_default="")
    mac: Mapped[str] = mapped_column("vouched", String(80))

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 (as its base declares it)

    @property
    def by_provider(self) -> bool:
        """Whether a provider authenticates its owner, and no password."""
        return not self.password


class SessionRow(Table):
    """A session. Only the hash of its token is stored; without a valid ``mac`` it is refused.

    ``held`` is the record whose consent form the patient holds: until somebody signs in anew, it opens nothing else.
    """

    __tablename__ = "session"

    token: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    held: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    mac: Mapped[str] = mapped_column("vouched", String(80))


class ProviderSignInRow(Table):
    """A sign-in at a provider that was used here, with or without success: it is not accepted again."""

    __tablename__ = "provider_sign_in"

    token: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used_at: Mapped[datetime]


class AttemptRow(Table):
    """Sign-in attempts from one source within one period, for the rate limit; the source is a keyed hash."""

    __tablename__ = "attempt"

    source: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    since: Mapped[datetime]
    count: Mapped[int]
