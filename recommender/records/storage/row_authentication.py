"""Accounts, sessions and the clinic's lots carry a keyed hash (MAC): a row written without the key counts for nothing."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.records.storage.audit import HEAD, AuditChain, Kind, head_problems
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.tables import AccountRow, AuditHead, AuditRow, SessionRow, StockLot

if TYPE_CHECKING:
    from recommender.records.storage.record_store import RecordStore, Transaction

_Row = AccountRow | SessionRow | StockLot


def account_hash(row: AccountRow) -> str:
    """The hash that the audit keeps of an account; the salt of its password keeps the rest from being guessed.

    What earlier versions could not hold is in it only where it is used, so that their accounts have the same hash.
    """
    content: list[object] = [row.id, row.login, row.name, row.role, row.password, row.active]
    if row.subject is not None:
        content += [row.issuer, row.subject]
    if row.registration:
        content.append({"registration": row.registration})
    return _hash(content)


def lot_hash(row: StockLot) -> str:
    """The hash that the audit keeps of a lot."""
    return _hash(
        [row.id, row.treatment, row.product, row.brand, row.lot, row.compared, str(row.expires_on), row.dilution, row.state]
    )


def record_account(transaction: Transaction, row: AccountRow, what: str, *, by: str, before: str) -> None:
    """Authenticate an account as it is now, and record in the audit what was done with it."""
    row.mac = transaction.keyring.mac(_account_text(row))
    transaction.audit.record(by, what, kind="account", record=row.id, before=before, after=account_hash(row))


def record_lot(transaction: Transaction, row: StockLot, what: str, *, by: str, before: str) -> None:
    """Authenticate a lot as it is now, and record in the audit what was done with it."""
    row.mac = transaction.keyring.mac(_lot_text(row))
    transaction.audit.record(by, what, kind="lot", record=row.id, before=before, after=lot_hash(row))


def account_is_authentic(store: RecordStore, session: Session, row: AccountRow) -> bool:
    """Whether the account was written with the key and is as the audit last recorded it.

    So a row copied from an older back-up is refused as well.
    """
    return _last_audited(session, "account", row.id) == account_hash(row) and store.mac_is_valid(_account_text(row), row.mac)


def lot_is_authentic(store: RecordStore, session: Session, row: StockLot) -> bool:
    """The same of a lot."""
    return _last_audited(session, "lot", row.id) == lot_hash(row) and store.mac_is_valid(_lot_text(row), row.mac)


def set_session_mac(keyring: KeyRing, row: SessionRow, account: AccountRow) -> None:
    """Authenticate a session for its account as it is now: any change of the account ends it."""
    row.mac = keyring.mac(_session_text(row, account))


def session_is_authentic(store: RecordStore, row: SessionRow, account: AccountRow) -> bool:
    """Whether the session was written with the key, for the account as it is now."""
    return store.mac_is_valid(_session_text(row, account), row.mac)


def renew_macs(store: RecordStore, transaction: Transaction) -> int:
    """Renew with the current key what another key authenticated; how many rows."""
    found = outdated_macs(store, transaction.session, transaction.keyring.current)
    for row, text in found:
        row.mac = transaction.keyring.mac(text)
    return len(found)


def outdated_macs(store: RecordStore, session: Session, key: str) -> list[tuple[_Row, str]]:
    """The rows that another key than this one authenticated, each with its text; rows without a valid MAC are left out."""
    texts: list[tuple[_Row, str]] = []
    accounts = {row.id: row for row in session.scalars(select(AccountRow))}
    texts += [(row, _account_text(row)) for row in accounts.values()]
    signed_in = session.scalars(select(SessionRow))
    texts += [(row, _session_text(row, accounts[row.account_id])) for row in signed_in if row.account_id in accounts]
    texts += [(row, _lot_text(row)) for row in session.scalars(select(StockLot))]
    return [(row, text) for row, text in texts if not row.mac.startswith(f"{key}:") and store.mac_is_valid(text, row.mac)]


def add_missing_macs(store: RecordStore) -> None:
    """Authenticate the accounts of a version that had no MACs, where they are as an intact audit last recorded them."""
    with store.snapshot() as session:
        if session.scalar(select(AccountRow.id).where(AccountRow.mac == "").limit(1)) is None:
            return
    with store.unaudited_transaction() as session:
        chain, head = AuditChain(), session.get_one(AuditHead, HEAD)
        if any(chain.problems(session)) or any(head_problems(store.keyring, head, chain)):
            return  # 'recommender records verify' reports it; other accounts can be added on the command line
        for row in session.scalars(select(AccountRow).where(AccountRow.mac == "")):
            if chain.after.get(("account", row.id)) == account_hash(row):
                row.mac = store.keyring.mac(_account_text(row))


def _last_audited(session: Session, kind: Kind, record: str) -> str | None:
    said = select(AuditRow.after).where(AuditRow.kind == kind, AuditRow.record == record)
    return session.scalar(said.order_by(AuditRow.number.desc()).limit(1))


def _hash(content: list[object]) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _account_text(row: AccountRow) -> str:
    return json.dumps(["account", row.version, account_hash(row)])


def _lot_text(row: StockLot) -> str:
    return json.dumps(["lot", row.version, lot_hash(row)])


def _session_text(row: SessionRow, account: AccountRow) -> str:
    times = [moment.astimezone(UTC).isoformat() for moment in (row.opened_at, row.seen_at)]
    held = [{"held": row.held}] if row.held else []
    return json.dumps(["session", row.token.hex(), row.account_id, account.version, *times, *held])
