"""What grants access is vouched for with the key: an account or a session that somebody wrote without it opens nothing."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from recommender.records.storage.audit import HEAD, Chain, head_problems
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.tables import AccountRow, AuditHead, AuditRow, SessionRow

if TYPE_CHECKING:
    from recommender.records.storage.record_store import Archive, Change


def account_hash(row: AccountRow) -> str:
    """The hash that the audit keeps of an account; the salt of the password in it keeps the rest from being guessed.

    Where no provider opens it, it is the hash of the version that knew of none.
    """
    content = [row.id, row.login, row.name, row.role, row.password, row.active]
    if row.subject is not None:
        content += [row.issuer, row.subject]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def record_account(change: Change, row: AccountRow, what: str, *, by: str, before: str) -> None:
    """Vouch for an account as it is now, and say in the audit what was done with it."""
    row.vouched = change.keyring.vouch(_account_text(row))
    change.ledger.record(by, what, kind="account", record=row.id, before=before, after=account_hash(row))


def account_holds(archive: Archive, session: Session, row: AccountRow) -> bool:
    """Whether a holder of the key wrote this account, and it is still what the audit last said of it.

    So a row that was taken from an older copy of the database does not hold either.
    """
    said = select(AuditRow.after).where(AuditRow.kind == "account", AuditRow.record == row.id)
    last = session.scalar(said.order_by(AuditRow.number.desc()).limit(1))
    return last == account_hash(row) and archive.vouched(_account_text(row), row.vouched)


def vouch_for_session(keyring: KeyRing, row: SessionRow, account: AccountRow) -> None:
    """Vouch for a session as it is now; it ends with the account as it is now."""
    row.vouched = keyring.vouch(_session_text(row, account))


def session_holds(archive: Archive, row: SessionRow, account: AccountRow) -> bool:
    """Whether a holder of the key wrote this session, for the account as it is now."""
    return archive.vouched(_session_text(row, account), row.vouched)


def vouch_anew(archive: Archive, change: Change) -> int:
    """Vouch with the key that seals now for what another key vouched for; how many rows that were."""
    found = to_vouch_anew(archive, change.session, change.keyring.current)
    for row, text in found:
        row.vouched = change.keyring.vouch(text)
    return len(found)


def to_vouch_anew(archive: Archive, session: Session, key: str) -> list[tuple[AccountRow | SessionRow, str]]:
    """What another key than this one vouched for, and for which text; what holds by no key is left as it is."""
    texts: list[tuple[AccountRow | SessionRow, str]] = []
    accounts = {row.id: row for row in session.scalars(select(AccountRow))}
    texts += [(row, _account_text(row)) for row in accounts.values()]
    signed_in = session.scalars(select(SessionRow))
    texts += [(row, _session_text(row, accounts[row.account_id])) for row in signed_in if row.account_id in accounts]
    return [(row, text) for row, text in texts if not row.vouched.startswith(f"{key}:") and archive.vouched(text, row.vouched)]


def vouch_for_older_accounts(archive: Archive) -> None:
    """Vouch for accounts of a version that did not, where they are as a whole audit last said, and for no other."""
    with archive.reading() as session:
        if session.scalar(select(AccountRow.id).where(AccountRow.vouched == "").limit(1)) is None:
            return
    with archive.noting() as session:
        chain, head = Chain(), session.get_one(AuditHead, HEAD)
        if any(chain.problems(session)) or any(head_problems(archive.keyring, head, chain)):
            return  # 'recommender records verify' says what is wrong, and the command line adds other accounts
        for row in session.scalars(select(AccountRow).where(AccountRow.vouched == "")):
            if chain.after.get(("account", row.id)) == account_hash(row):
                row.vouched = archive.keyring.vouch(_account_text(row))


def _account_text(row: AccountRow) -> str:
    return json.dumps(["account", row.version, account_hash(row)])


def _session_text(row: SessionRow, account: AccountRow) -> str:
    times = [moment.astimezone(UTC).isoformat() for moment in (row.opened_at, row.seen_at)]
    return json.dumps(["session", row.token.hex(), row.account_id, account.version, *times])
