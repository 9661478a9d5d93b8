"""Signing in and out: one answer to every wrong attempt, waits that grow, and sessions that end by themselves."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.languages import translate
from recommender.records.accounts import account_hash, as_login, as_staff
from recommender.records.archive import Archive
from recommender.records.errors import RecordsError
from recommender.records.passwords import Passwords, refuse_a_weak_password
from recommender.records.tables import AccountRow, AttemptRow, SessionRow

_SEEN_AGAIN: Final = timedelta(minutes=1)  # a page that is read every second is not a write every second


class Limits(NamedTuple):
    """How long a session lasts, and how many wrong attempts there may be."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)
    free_failures: int = 5
    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta = timedelta(minutes=15)
    window: timedelta = timedelta(minutes=5)
    attempts_in_window: int = 30

    def wait(self, failures: int) -> timedelta:
        """How long nobody signs in to an account after so many failures in a row: twice as long each time."""
        over = failures - self.free_failures
        return timedelta(0) if over < 0 else min(self.first_wait * 2 ** min(over, 20), self.longest_wait)


class SignInRefused(RecordsError):  # noqa: N818
    """Nobody was signed in. It says the same whatever the reason, so that nobody learns which names there are."""

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
    """The present password was not the one kept, or there were too many attempts."""

    heading = "The password is as it was"

    def __init__(self) -> None:
        super().__init__(
            [Problem("present password", translate("does not fit, or there were too many attempts: wait, then try again"))]
        )


class SignIns:
    """Who is signed in. ``source`` is where an attempt comes from, such as an address; only a keyed hash of it is kept."""

    def __init__(self, archive: Archive, passwords: Passwords, limits: Limits = Limits()) -> None:  # noqa: B008 (frozen)
        self._archive = archive
        self._passwords = passwords
        self.limits = limits

    def sign_in(self, login: str, password: str, *, source: str) -> str:
        """A token for a new session; raises SignInRefused. The token is shown once: only its hash is kept."""
        account_id, kept = self._counted(_typed_login(login), source)
        if not self._passwords.fits(password, kept) or account_id is None or kept is None:
            raise SignInRefused
        return self._opened(account_id, password, kept)

    def who(self, token: str) -> Staff | None:
        """Who is signed in with this token, and as what, now; None where the session has ended."""
        now = self._archive.clock()
        with self._archive.reading() as session:
            found = session.get(SessionRow, session_key(token))
            account = session.get(AccountRow, found.account_id) if found else None
        if found is None or account is None or not account.active or self._is_over(found, now):
            return None
        if now - found.seen_at >= _SEEN_AGAIN:
            with self._archive.noting() as session:
                again = session.get(SessionRow, session_key(token))
                if again is not None:
                    again.seen_at = now
        return as_staff(account)

    def sign_out(self, token: str) -> None:
        """End one session."""
        with self._archive.noting() as session:
            session.execute(delete(SessionRow).where(SessionRow.token == session_key(token)))

    def sign_out_everywhere(self, account_id: str) -> None:
        """End every session of an account."""
        with self._archive.changing() as change:
            account = change.session.get_one(AccountRow, account_id)
            change.session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
            content = account_hash(account)
            change.ledger.record(
                account_id, "signed out everywhere", kind="account", record=account_id, before=content, after=content
            )

    def change_password(self, token: str, present: str, new: str) -> None:
        """Give whoever is signed in with this token a new password; every other session of theirs ends.

        Raises RecordsError if the new one is too weak, and WrongPassword if the present one does not fit: that counts as a
        failed attempt to sign in.
        """
        staff = self.who(token)
        if staff is None:
            raise WrongPassword
        with self._archive.reading() as session:
            login = session.get_one(AccountRow, staff.id).login
        refuse_a_weak_password(new, login)
        account_id, kept = self._counted(login, f"session:{staff.id}")
        if not self._passwords.fits(present, kept) or account_id is None:
            raise WrongPassword
        hashed = self._passwords.hash(new)
        with self._archive.changing() as change:
            account = change.session.get_one(AccountRow, account_id)
            here = change.session.get(SessionRow, session_key(token))
            if here is None or not account.active or account.password != kept:  # changed while the two were compared
                raise WrongPassword
            before = account_hash(account)
            account.password, account.failures, account.locked_until = hashed, 0, None
            account.version += 1
            others = SessionRow.token != session_key(token)
            change.session.execute(delete(SessionRow).where(SessionRow.account_id == account_id, others))
            after = account_hash(account)
            change.ledger.record(account_id, "password changed", kind="account", record=account_id, before=before, after=after)

    def _counted(self, login: str, source: str) -> tuple[str | None, str | None]:
        """The account and hash to compare with, or neither; the attempt counts as a failure before anything is compared.

        So twenty attempts at once are twenty failures, not one.
        """
        now = self._archive.clock()
        with self._archive.noting() as session:
            self._forget_what_is_over(session, now)
            place = self._archive.keyring.blind(f"source:{source}")
            attempts = session.get(AttemptRow, place)
            if attempts is None:
                attempts = AttemptRow(source=place, since=now, count=0)
                session.add(attempts)
            attempts.count += 1
            if attempts.count > self.limits.attempts_in_window:
                return None, None
            account = session.scalar(select(AccountRow).where(AccountRow.login == login))
            if account is None or not account.active or (account.locked_until is not None and now < account.locked_until):
                return None, None
            account.failures += 1
            wait = self.limits.wait(account.failures)
            account.locked_until = now + wait if wait else None
            return account.id, account.password or None

    def _opened(self, account_id: str, password: str, kept: str) -> str:
        token = secrets.token_urlsafe(32)
        with self._archive.changing() as change:
            account = change.session.get_one(AccountRow, account_id)
            if not account.active or account.password != kept:  # changed while the two were compared
                raise SignInRefused
            before = account_hash(account)
            account.failures, account.locked_until = 0, None
            if self._passwords.is_outdated(account.password):
                account.password = self._passwords.hash(password)
            now = change.ledger.at
            change.session.add(SessionRow(token=session_key(token), account_id=account_id, opened_at=now, seen_at=now))
            after = account_hash(account)
            change.ledger.record(account_id, "signed in", kind="account", record=account_id, before=before, after=after)
        return token

    def _is_over(self, found: SessionRow, now: datetime) -> bool:
        return now - found.seen_at >= self.limits.idle or now - found.opened_at >= self.limits.absolute

    def _forget_what_is_over(self, session: Session, now: datetime) -> None:
        over = or_(SessionRow.seen_at <= now - self.limits.idle, SessionRow.opened_at <= now - self.limits.absolute)
        session.execute(delete(SessionRow).where(over))
        session.execute(delete(AttemptRow).where(AttemptRow.since <= now - self.limits.window))


def _typed_login(login: str) -> str:
    """The name that was typed as accounts have it; what no account can have is nobody's."""
    try:
        return as_login(login)
    except RecordsError:
        return ""


def session_key(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()
