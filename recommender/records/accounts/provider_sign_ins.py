"""Sign-ins at a clinic's own provider: each opens one session here, once; whose it is says the account it is linked to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recommender.records.accounts.accounts import found_by_login
from recommender.records.accounts.sign_ins import session_key
from recommender.records.storage.record_store import Archive
from recommender.records.storage.row_authentication import account_hash, account_holds, record_account, vouch_for_session
from recommender.records.storage.tables import AccountRow, ProviderSignInRow, SessionRow

_FRESH: Final = timedelta(minutes=10)  # somebody comes here at once; a provider's cookie lies about for a month
_CLOCKS_DIFFER: Final = timedelta(minutes=2)
_REMEMBERED: Final = timedelta(days=1)  # far longer than a sign-in is fresh


class Told(NamedTuple):
    """What the provider says of somebody: who they are there, their e-mail if it is verified (else ""), and of this sign-in
    when it was and a token that names it and that nobody can guess.
    """

    issuer: str
    subject: str
    email: str
    at: datetime
    token: str


class ProviderSignIns:
    """From a provider's sign-in to a session like any other: it ends as they do, and what has ended is not opened again."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def arrive(self, told: Told) -> bool:
        """Open the session of a sign-in that was not seen before; whether this was the first time that it was seen."""
        now, key = self._archive.clock(), session_key(told.token)
        if not -_CLOCKS_DIFFER <= now - told.at < _FRESH:
            return False
        with self._archive.reading() as session:
            if session.get(ProviderSignInRow, key) is not None:
                return False
        with self._archive.changing() as change:
            if change.session.get(ProviderSignInRow, key) is not None:
                return False
            forgotten = ~ProviderSignInRow.used_at.between(now - _REMEMBERED, now + _REMEMBERED)
            change.session.execute(delete(ProviderSignInRow).where(forgotten))
            change.session.add(ProviderSignInRow(token=key, used_at=now))
            account = self._account_of(change.session, told)
            if account is not None and account.active:
                before, is_new = account_hash(account), account.subject is None
                account.issuer, account.subject = told.issuer, told.subject
                opened = SessionRow(token=key, account_id=account.id, opened_at=now, seen_at=now)
                vouch_for_session(change.keyring, opened, account)
                change.session.add(opened)
                what = "linked and signed in" if is_new else "signed in"
                record_account(change, account, what, by=account.id, before=before)
        return True

    def has_account(self, told: Told) -> bool:
        """Whether what the provider says opens an account here."""
        with self._archive.reading() as session:
            account = self._account_of(session, told)
        return account is not None and account.active

    def _account_of(self, session: Session, told: Told) -> AccountRow | None:
        """The account linked to who they are there; else the one that was added with their verified e-mail and never used."""
        linked = select(AccountRow).where(AccountRow.issuer == told.issuer, AccountRow.subject == told.subject)
        account = session.scalar(linked)
        if account is None and told.email.isascii():
            named = found_by_login(session, told.email.strip().lower())
            account = named if named is not None and named.by_provider and named.subject is None else None
        return account if account is not None and account_holds(self._archive, session, account) else None
