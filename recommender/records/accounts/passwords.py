"""Passwords: what one must be, and how it is kept and compared."""

from __future__ import annotations

import unicodedata
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from recommender.documents.problems import Problem
from recommender.languages import translate
from recommender.records.errors import RecordsError

SHORTEST: Final = 12
_LONGEST: Final = 200
_FEWEST_CHARACTERS: Final = 5
AT_ONCE: Final = 2
_at_once: Final = BoundedSemaphore(AT_ONCE)


class Passwords:
    """Passwords as Argon2id hashes, by the library's own settings unless others are given.

    Two at once in a process, and the others wait: each takes 64 MB, whoever asks for it.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("a password that nobody has")

    def hash(self, password: str) -> str:
        """A password as it is kept."""
        with _at_once:
            return self._hasher.hash(_plain(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether a password is the one kept; without any (None or "") it takes as long to say no."""
        try:
            with _at_once:
                fits = self._hasher.verify(kept or self._nobodys, _plain(password))
        except (VerificationError, InvalidHashError):  # a wrong one, or what is kept is no hash
            return False
        return fits and bool(kept)

    def is_outdated(self, kept: str) -> bool:
        """Whether a hash was made by weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)


def refuse_a_weak_password(password: str, login: str) -> None:
    """Raise RecordsError if a password is too short, too long, one thing repeated, or has the name in it."""
    plain, problems = _plain(password), []
    if len(plain) < SHORTEST:
        problems.append(
            Problem(
                "password",
                translate("has {number} characters: take at least {shortest}").format(number=len(plain), shortest=SHORTEST),
            )
        )
    if len(plain) > _LONGEST:
        problems.append(
            Problem(
                "password",
                translate("has {number} characters: take at most {longest}").format(number=len(plain), longest=_LONGEST),
            )
        )
    if len(set(plain)) < _FEWEST_CHARACTERS:
        problems.append(
            Problem(
                "password",
                translate("has {number} different characters: take at least {least}").format(
                    number=len(set(plain)), least=_FEWEST_CHARACTERS
                ),
            )
        )
    if login.casefold() in plain.casefold():
        problems.append(Problem("password", translate("has the name in it")))
    if problems:
        raise RecordsError(problems)


def _plain(password: str) -> str:
    """The same password, however a keyboard puts its accents together."""
    return unicodedata.normalize("NFKC", password)
