"""Passwords: what is accepted, and how they are hashed and verified."""

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
    """Argon2id hashes, with the library's defaults unless another hasher is given.

    At most two run at once in a process, because each takes 64 MB; the others wait.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("a password that nobody has")

    def hash(self, password: str) -> str:
        """The hash to store."""
        with _at_once:
            return self._hasher.hash(_plain(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether a password matches a stored hash. Without one (None or "") the answer is no, after the same time."""
        try:
            with _at_once:
                fits = self._hasher.verify(kept or self._nobodys, _plain(password))
        except (VerificationError, InvalidHashError):  # a wrong password, or no valid hash
            return False
        return fits and bool(kept)

    def is_outdated(self, kept: str) -> bool:
        """Whether a hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)


def refuse_a_weak_password(password: str, login: str) -> None:
    """Raise RecordsError if a password is too short or too long, has too few different characters, or contains the login."""
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
    """The password in one Unicode form, however the keyboard composes accents."""
    return unicodedata.normalize("NFKC", password)
