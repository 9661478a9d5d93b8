"""Staff accounts: who may sign in, in which role. There is no default account."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from recommender.documents.problems import Problem, nearest
from recommender.documents.staff import LONGEST_NUMBER, ROLES, Staff, StaffRole
from recommender.documents.typed import LONGEST, line
from recommender.languages import translate
from recommender.records.accounts.passwords import Passwords, refuse_a_weak_password
from recommender.records.domain.permissions import ALLOWED, require
from recommender.records.errors import NotFound, RecordsError
from recommender.records.storage.audit import HEAD
from recommender.records.storage.record_store import RecordStore, new_id
from recommender.records.storage.row_authentication import account_hash, account_is_authentic, record_account
from recommender.records.storage.tables import AccountRow, AuditHead, AuditRow, SessionRow

COMMAND_LINE: Final = "command line"
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+'-]{1,79}")


class Account(NamedTuple):
    """An account, without its password."""

    id: str
    login: str
    name: str
    role: StaffRole
    active: bool
    by_provider: bool = False
    registration: str = ""


class Accounts:
    """The accounts of a record store. ``by`` is who does it; None is the command line.

    On the pages nobody can close or demote the last open account that manages accounts. The command line can: it can add
    another.
    """

    def __init__(self, store: RecordStore, passwords: Passwords) -> None:
        self._store = store
        self._passwords = passwords

    def add(
        self, login: str, password: str, *, role: StaffRole, name: str = "", registration: str = "", by: Staff | None = None
    ) -> Account:
        """Add an account; raises RecordsError if the name is taken or the password too weak."""
        _require(by)
        login = as_login(login)
        refuse_a_weak_password(password, login)
        kept = self._passwords.hash(password)
        return self._add(login, kept, role=role, name=name, registration=registration, by=by)

    def add_for_provider(
        self, login: str, *, role: StaffRole, name: str = "", registration: str = "", by: Staff | None = None
    ) -> Account:
        """Add an account without a password. Whoever first signs in at the provider with this verified address gets it."""
        _require(by)
        return self._add(as_login(login), "", role=role, name=name, registration=registration, by=by)

    def _add(self, login: str, kept: str, *, role: StaffRole, name: str, registration: str, by: Staff | None) -> Account:
        shown, number = line(name, "shown name") or login, as_registration(registration)
        with self._store.transaction() as transaction:
            if found_by_login(transaction.session, login) is not None:
                raise RecordsError([Problem(login, translate("is taken: somebody has this name already"))])
            row = AccountRow(id=new_id(), version=1, login=login, name=shown, role=role, password=kept)
            row.active, row.added_at, row.failures, row.locked_until = True, transaction.audit.at, 0, None
            row.issuer = row.subject = None
            row.registration = number
            transaction.session.add(row)
            record_account(transaction, row, "added", by=_named(by), before="")
        return _account(row)

    def all(self, *, by: Staff | None = None) -> tuple[Account, ...]:
        """Every account, by login."""
        _require(by)
        with self._store.snapshot() as session:
            return tuple(_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.login)))

    def were_never_any(self) -> bool:
        """Whether no account was ever added, according to the audit too."""
        with self._store.snapshot() as session:
            heard_of = session.scalar(select(AuditRow.number).where(AuditRow.kind == "account").limit(1))
            there = session.scalar(select(AccountRow.id).limit(1))
            rows = session.scalar(select(func.count()).select_from(AuditRow))
            return heard_of is None and there is None and rows == session.get_one(AuditHead, HEAD).count

    def change_role(self, login: str, role: StaffRole, *, by: Staff | None = None) -> Account:
        """Change a role; all sessions of the account end."""
        return self._change(login, "role changed", by=by, role=role)

    def set_registration(self, login: str, registration: str, *, by: Staff | None = None) -> Account:
        """Set the number under which somebody is registered in their profession; all sessions of the account end."""
        return self._change(login, "registration changed", by=by, registration=as_registration(registration))

    def set_active(self, login: str, *, active: bool, by: Staff | None = None) -> Account:
        """Close or reopen an account; all of its sessions end."""
        return self._change(login, "opened" if active else "shut", by=by, active=active)

    def set_password(self, login: str, password: str, *, by: Staff | None = None) -> Account:
        """Set a new password and end a lock-out; all sessions of the account end."""
        refuse_a_weak_password(password, as_login(login))
        kept = self._passwords.hash(password)
        return self._change(login, "password changed", by=by, password=kept, failures=0, locked_until=None)

    def unlink(self, login: str, *, by: Staff | None = None) -> Account:
        """Remove the link to the provider: the next who signs in there with the account's verified e-mail address is linked."""
        return self._change(login, "unlinked", by=by, issuer=None, subject=None)

    def _change(self, login: str, what: str, *, by: Staff | None, **values: object) -> Account:
        _require(by)
        login = as_login(login)
        with self._store.transaction() as transaction:
            row = found_by_login(transaction.session, login)
            if row is None:
                known = transaction.session.scalars(select(AccountRow.login).order_by(AccountRow.login)).all()
                raise NotFound([Problem(login, translate("nobody has this name"), (), nearest(login, known))])
            if row.by_provider and "password" in values:
                raise RecordsError([Problem(login, translate("has no password: the clinic's own provider opens it"))])
            if not account_is_authentic(self._store, transaction.session, row):  # never authenticate what others wrote
                raise RecordsError(
                    [Problem(login, translate("was changed without the key, and opens to nobody: add another one"))]
                )
            before = account_hash(row)
            managed = _manages(row)
            for name, value in values.items():
                setattr(row, name, value)
            if by is not None and managed and not _manages(row):
                self._refuse_to_leave_nobody(transaction.session, row)
            row.version += 1
            transaction.session.execute(delete(SessionRow).where(SessionRow.account_id == row.id))
            record_account(transaction, row, what, by=_named(by), before=before)
        return _account(row)

    def _refuse_to_leave_nobody(self, session: Session, row: AccountRow) -> None:
        others = session.scalars(select(AccountRow).where(AccountRow.id != row.id))
        if not any(_manages(other) and account_is_authentic(self._store, session, other) for other in others):
            raise RecordsError(
                [Problem(row.login, translate("is the last open account that manages accounts: add or open another one first"))]
            )


def as_login(login: str) -> str:
    """A login as it is stored: small letters, digits and ``. _ @ - + '``, so that an e-mail address is one; raises
    RecordsError.
    """
    plain = login.strip().casefold() if len(login) <= LONGEST else ""
    if _LOGIN.fullmatch(plain) is None:
        raise RecordsError(
            [
                Problem(
                    "name", translate("takes 2 to 80 small letters, digits and . _ @ - + ', and starts with a letter or digit")
                )
            ]
        )
    return plain


def as_registration(number: str) -> str:
    """A registration number as it is stored: one line, or nothing; raises RecommenderError."""
    return line(number, "registration number", most=LONGEST_NUMBER)


def role_named(word: str) -> StaffRole:
    """The role with this name; raises RecordsError that lists the roles."""
    found = next((role for role in ROLES if role == word), None)
    if found is None:
        raise RecordsError(
            [Problem("role", translate("there is none named {word}").format(word=word[:40]), ROLES, nearest(word, ROLES))]
        )
    return found


def _require(by: Staff | None) -> None:
    if by is not None:
        require(by, "manage accounts")


def _manages(row: AccountRow) -> bool:
    """Whether this account is open and manages accounts."""
    return row.active and "manage accounts" in ALLOWED[role_named(row.role)]


def _named(by: Staff | None) -> str:
    return by.id if by else COMMAND_LINE


def found_by_login(session: Session, login: str) -> AccountRow | None:
    """The account with this login."""
    return session.scalar(select(AccountRow).where(AccountRow.login == login))


def as_staff(row: AccountRow) -> Staff:
    """The owner of an account as a record names them; a name of an earlier version that is too long is cut."""
    return Staff(id=row.id, name=row.name[:LONGEST], role=role_named(row.role), registration=row.registration)


def _account(row: AccountRow) -> Account:
    return Account(row.id, row.login, row.name, role_named(row.role), row.active, row.by_provider, row.registration)
