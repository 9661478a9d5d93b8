"""Sign-ins at the clinic's own provider: each opens one session, once, for the account that is linked to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recommender.records.accounts.accounts import found_by_login
from recommender.records.accounts.sign_ins import session_key
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.row_authentication import account_hash, account_is_authentic, record_account, set_session_mac
from recommender.records.storage.tables import AccountRow, ProviderSignInRow, SessionRow

_FRESH: Final = timedelta(minutes=10)  # the browser comes here at once; the provider's cookie is kept for a month
_CLOCKS_DIFFER: Final = timedelta(minutes=2)
_REMEMBERED: Final = timedelta(days=1)  # far longer than _FRESH


class ProviderIdentity(NamedTuple):
    """What the provider says of somebody: issuer and subject, their e-mail address if it is verified (else ""), when they
    signed in, and a secret token of this sign-in.
    """

    issuer: str
    subject: str
    email: str
    at: datetime
    token: str


class ProviderSignIns:
    """Turns a sign-in at the provider into a session like any other. A sign-in whose session has ended opens no second one."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    def open_session(self, identity: ProviderIdentity) -> bool:
        """Open the session of a sign-in, if its account is linked and open; whether the sign-in was fresh and unused."""
        now, key = self._store.clock(), session_key(identity.token)
        if not -_CLOCKS_DIFFER <= now - identity.at < _FRESH:
            return False
        with self._store.snapshot() as session:
            if session.get(ProviderSignInRow, key) is not None:
                return False
        with self._store.transaction() as transaction:
            if transaction.session.get(ProviderSignInRow, key) is not None:
                return False
            forgotten = ~ProviderSignInRow.used_at.between(now - _REMEMBERED, now + _REMEMBERED)
            transaction.session.execute(delete(ProviderSignInRow).where(forgotten))
            transaction.session.add(ProviderSignInRow(token=key, used_at=now))
            account = self._account_of(transaction.session, identity)
            if account is not None and account.active:
                before, is_new = account_hash(account), account.subject is None
                account.issuer, account.subject = identity.issuer, identity.subject
                opened = SessionRow(token=key, account_id=account.id, opened_at=now, seen_at=now)
                set_session_mac(transaction.keyring, opened, account)
                transaction.session.add(opened)
                what = "linked and signed in" if is_new else "signed in"
                record_account(transaction, account, what, by=account.id, before=before)
        return True

    def has_account(self, identity: ProviderIdentity) -> bool:
        """Whether this identity has an open account here."""
        with self._store.snapshot() as session:
            account = self._account_of(session, identity)
        return account is not None and account.active

    def _account_of(self, session: Session, identity: ProviderIdentity) -> AccountRow | None:
        """The account linked to this identity; else an unlinked account that was added with its verified e-mail address."""
        linked = select(AccountRow).where(AccountRow.issuer == identity.issuer, AccountRow.subject == identity.subject)
        account = session.scalar(linked)
        if account is None and identity.email.isascii():
            named = found_by_login(session, identity.email.strip().lower())
            account = named if named is not None and named.by_provider and named.subject is None else None
        return account if account is not None and account_is_authentic(self._store, session, account) else None
