"""Sign-in and sessions: the same answer to every failed attempt, increasing waits, sessions that expire."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.languages import translate
from recommender.records.accounts.accounts import as_login, as_staff
from recommender.records.accounts.passwords import Passwords, refuse_a_weak_password
from recommender.records.client_network import network_of
from recommender.records.errors import RecordsError, StorageError
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.row_authentication import (
    account_hash,
    account_is_authentic,
    record_account,
    session_is_authentic,
    set_session_mac,
)
from recommender.records.storage.tables import AccountRow, AttemptRow, SessionRow

_SEEN_AGAIN: Final = timedelta(minutes=1)  # at most one write a minute for a session in use
_CLOCKS_DIFFER: Final = timedelta(minutes=2)  # between the processes of one installation


class Limits(NamedTuple):
    """How long sessions last, and how many failed attempts are allowed."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)
    free_failures: int = 5
    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta = timedelta(minutes=15)
    window: timedelta = timedelta(minutes=5)
    attempts_in_window: int = 30

    def wait(self, failures: int) -> timedelta:
        """How long an account is locked after so many failures in a row; it doubles each time."""
        over = failures - self.free_failures
        return timedelta(0) if over < 0 else min(self.first_wait * 2 ** min(over, 20), self.longest_wait)


class SignInRefused(RecordsError):  # noqa: N818
    """A failed sign-in. The message never says why, so that nobody learns which logins exist."""

    heading = "You are not signed in"

    def __init__(self) -> None:
        super().__init__(
            [
                Problem(
                    "sign-in", translate("name and password do not fit, or there were too many attempts: wait, then try again")
                )
            ]
        )


class WrongPassword(RecordsError):  # noqa: N818
    """The present password did not match, or there were too many attempts."""

    heading = "The password is as it was"

    def __init__(self) -> None:
        super().__init__(
            [Problem("current password", translate("does not fit, or there were too many attempts: wait, then try again"))]
        )


class SignedIn(NamedTuple):
    """Whose session it is; ``held`` is the record whose consent form the patient holds, empty where nobody does."""

    staff: Staff
    held: str = ""


class SignIns:
    """Sessions of staff. ``source`` is where an attempt comes from, such as an IP address; only its keyed hash is stored."""

    def __init__(self, store: RecordStore, passwords: Passwords, limits: Limits = Limits()) -> None:  # noqa: B008 (frozen)
        self._store = store
        self._passwords = passwords
        self.limits = limits

    def sign_in(self, login: str, password: str, *, source: str) -> str:
        """The token of a new session; raises SignInRefused. Only its hash is stored."""
        account_id, kept = self._counted(_typed_login(login), source)
        if not self._passwords.fits(password, kept) or account_id is None or kept is None:
            raise SignInRefused
        return self._opened(account_id, password, kept)

    def who(self, token: str) -> Staff | None:
        """Whose session this token opens, with their role now; None where it has ended, or while a patient holds a form."""
        found = self.session_of(token)
        return found.staff if found is not None and not found.held else None

    def session_of(self, token: str) -> SignedIn | None:
        """The session that this token opens, held by a patient or not; None where it has ended."""
        now = self._store.clock()
        with self._store.snapshot() as session:
            found = session.get(SessionRow, session_key(token))
            account = self._account_of(session, found) if found else None
        if found is None or account is None or self._is_over(found, now):
            return None
        if now - found.seen_at >= _SEEN_AGAIN:
            with (
                suppress(StorageError),
                self._store.unaudited_transaction() as session,
            ):  # where nothing can be written, reading goes on
                again = session.get(SessionRow, session_key(token))
                owner = self._account_of(session, again) if again else None
                if again is not None and owner is not None:
                    again.seen_at = now
                    set_session_mac(self._store.keyring, again, owner)
        return SignedIn(as_staff(account), found.held or "")

    def hand_over(self, token: str, record: str) -> None:
        """Let the patient hold the consent form of a record: until somebody signs in anew, the session opens nothing else.

        Raises RecordsError where the session has ended.
        """
        with self._store.transaction() as transaction:
            found = transaction.session.get(SessionRow, session_key(token))
            account = self._account_of(transaction.session, found) if found else None
            if found is None or account is None or self._is_over(found, transaction.audit.at):
                raise RecordsError([Problem("session", translate("has ended: sign in again"))])
            found.held = record
            set_session_mac(transaction.keyring, found, account)
            transaction.audit.record(account.id, "given to the patient", kind="consent", record=record)

    def _account_of(self, session: Session, found: SessionRow) -> AccountRow | None:
        """The open account of a session, where both are authentic."""
        account = session.get(AccountRow, found.account_id)
        if account is None or not account.active or not account_is_authentic(self._store, session, account):
            return None
        return account if session_is_authentic(self._store, found, account) else None

    def sign_out(self, token: str) -> None:
        """End one session."""
        with self._store.unaudited_transaction() as session:
            session.execute(delete(SessionRow).where(SessionRow.token == session_key(token)))

    def sign_out_everywhere(self, account_id: str) -> None:
        """End every session of an account."""
        with self._store.transaction() as transaction:
            account = transaction.session.get_one(AccountRow, account_id)
            transaction.session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
            account.version += 1
            record_account(transaction, account, "signed out everywhere", by=account_id, before=account_hash(account))

    def change_password(self, token: str, present: str, new: str) -> None:
        """Change the password of the owner of this session; their other sessions end.

        Raises RecordsError if the new one is too weak, and WrongPassword if the present one does not match: that counts as a
        failed attempt to sign in.
        """
        staff = self.who(token)
        if staff is None:
            raise WrongPassword
        with self._store.snapshot() as session:
            login = session.get_one(AccountRow, staff.id).login
        refuse_a_weak_password(new, login)
        try:
            account_id, kept = self._counted(login, f"session:{staff.id}")
        except SignInRefused:
            raise WrongPassword from None
        if not self._passwords.fits(present, kept) or account_id is None:
            raise WrongPassword
        hashed = self._passwords.hash(new)
        with self._store.transaction() as transaction:
            account = transaction.session.get_one(AccountRow, account_id)
            here = transaction.session.get(SessionRow, session_key(token))
            if here is None or self._account_of(transaction.session, here) is None or account.password != kept:
                raise WrongPassword  # changed while the two were compared
            before = account_hash(account)
            account.password, account.failures, account.locked_until = hashed, 0, None
            account.version += 1
            others = SessionRow.token != session_key(token)
            transaction.session.execute(delete(SessionRow).where(SessionRow.account_id == account_id, others))
            set_session_mac(transaction.keyring, here, account)
            record_account(transaction, account, "password changed", by=account_id, before=before)

    def _counted(self, login: str, source: str) -> tuple[str | None, str | None]:
        """The account and the hash to compare with, or neither. The attempt is counted as a failure before the comparison.

        So twenty attempts at once are twenty failures. Raises SignInRefused where the source has no attempts left; nothing is
        compared or written then.
        """
        now = self._store.clock()
        place = self._store.keyring.blind_index(f"source:{network_of(source) or source}")
        with self._store.snapshot() as session:
            self._refuse_too_many(session.get(AttemptRow, place), now)
        with self._store.unaudited_transaction() as session:
            self._forget_what_is_over(session, now)
            attempts = session.get(AttemptRow, place)
            self._refuse_too_many(attempts, now)
            if attempts is None:
                attempts = AttemptRow(source=place, since=now, count=0)
                session.add(attempts)
            attempts.count += 1
            account = session.scalar(select(AccountRow).where(AccountRow.login == login))
            if account is None or not account.active or self._is_waiting(account, now):
                return None, None
            if not account_is_authentic(self._store, session, account):
                return None, None
            account.failures += 1
            wait = self.limits.wait(account.failures)
            account.locked_until = now + wait if wait else None
            return account.id, account.password or None

    def _opened(self, account_id: str, password: str, kept: str) -> str:
        token = secrets.token_urlsafe(32)
        with self._store.transaction() as transaction:
            account = transaction.session.get_one(AccountRow, account_id)
            if (
                not account.active
                or account.password != kept
                or not account_is_authentic(self._store, transaction.session, account)
            ):
                raise SignInRefused  # changed while the two were compared
            before = account_hash(account)
            account.failures, account.locked_until = 0, None
            if self._passwords.is_outdated(account.password):
                account.password = self._passwords.hash(password)
            now = transaction.audit.at
            opened = SessionRow(token=session_key(token), account_id=account_id, opened_at=now, seen_at=now)
            set_session_mac(transaction.keyring, opened, account)
            transaction.session.add(opened)
            record_account(transaction, account, "signed in", by=account_id, before=before)
        return token

    def _refuse_too_many(self, attempts: AttemptRow | None, now: datetime) -> None:
        if attempts is None or attempts.count < self.limits.attempts_in_window:
            return
        if now - self.limits.window < attempts.since <= now + _CLOCKS_DIFFER:
            raise SignInRefused

    def _is_waiting(self, account: AccountRow, now: datetime) -> bool:
        """Whether the account is locked. A lock longer than the longest wait was written by a clock that was ahead: it is
        over.
        """
        until = account.locked_until
        return until is not None and now < until <= now + self.limits.longest_wait + _CLOCKS_DIFFER

    def _is_over(self, found: SessionRow, now: datetime) -> bool:
        """Whether a session has expired, or was written by a clock that was ahead."""
        if max(found.seen_at, found.opened_at) > now + _CLOCKS_DIFFER:
            return True
        return now - found.seen_at >= self.limits.idle or now - found.opened_at >= self.limits.absolute

    def _forget_what_is_over(self, session: Session, now: datetime) -> None:
        ahead = now + _CLOCKS_DIFFER
        going_on = and_(
            SessionRow.seen_at.between(now - self.limits.idle, ahead),
            SessionRow.opened_at.between(now - self.limits.absolute, ahead),
        )
        session.execute(delete(SessionRow).where(~going_on))
        counting = and_(AttemptRow.since > now - self.limits.window, AttemptRow.since <= ahead)
        session.execute(delete(AttemptRow).where(~counting))


def _typed_login(login: str) -> str:
    """A typed login as it is stored; "" where no account can have it."""
    try:
        return as_login(login)
    except RecordsError:
        return ""


def session_key(token: str) -> bytes:
    """The hash of a token, as it is stored."""
    return hashlib.sha256(token.encode()).digest()
