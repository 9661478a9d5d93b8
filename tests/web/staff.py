"""Staff for the tests of the pages: real accounts in the records of a test, signed in by their own session."""

from __future__ import annotations

from typing import Final

from argon2 import PasswordHasher

from recommender.documents.staff import Role
from recommender.records.accounts import Accounts
from recommender.records.archive import Archive
from recommender.records.passwords import Passwords
from recommender.records.sign_ins import SignIns

PASSWORD: Final = "four plain words here"
QUICK: Final = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def session_of(archive: Archive, role: Role, login: str = "") -> str:
    """The token of somebody who has just signed in as this role, with an account of their own."""
    login = login or f"a.{role}"
    if all(account.login != login for account in Accounts(archive, QUICK).all()):
        Accounts(archive, QUICK).add(login, PASSWORD, role=role, name=f"{role.capitalize()} A.")
    return SignIns(archive, QUICK).sign_in(login, PASSWORD, source="test")
