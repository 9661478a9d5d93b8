"""A code to hand over answers by: how it is made, read when it is typed, and turned into a key and a name for the row.

14 characters at random out of 31 are 69 bits; a fifteenth tells a slip of the finger from a wrong code.
"""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

#: without 0 and O, 1, I and L; that they are a prime number makes the last character find every slip that it should
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_AT_RANDOM: Final = 14
_GROUP: Final = 5
_PURPOSE: Final = b"consultation recommender: code to hand over by, 1"


class Secrets(NamedTuple):
    """What a code opens: the row by its name, and what stands there by its key. Neither tells the other."""

    row: str
    key: bytes


def new_code() -> str:
    """A code that nobody can guess, in groups as a person reads it."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(_AT_RANDOM))
    return _in_groups(characters + _check(characters))


def read_code(typed: str) -> str | None:
    """The code as it was given, whatever its case and gaps; None where it is mistyped.

    One wrong character, and two that changed places, are always found.
    """
    characters = "".join(character for character in typed.upper() if character not in " -–\u00a0\t")
    if len(characters) != _AT_RANDOM + 1 or not set(characters) <= set(ALPHABET):
        return None
    return _in_groups(characters) if _check(characters[:-1]) == characters[-1] else None


def secrets_of(code: str) -> Secrets:
    """What a code opens, worked out slowly.

    Of 69 random bits HKDF alone would do against guesses at the door. Scrypt is for a stolen file: there a guess costs 16 MB
    and some hundredths of a second and not a millionth, and the few who type a code do not notice. Its salt is the same for all
    rows, because the row has to be found by the code alone; no two codes are alike, so no salt is needed to keep them apart.
    """
    stretched = Scrypt(salt=_PURPOSE, length=32, n=2**14, r=8, p=1).derive(code.encode())
    row, key = (HKDFExpand(SHA256(), 32, _PURPOSE + use).derive(stretched) for use in (b": row", b": key"))
    return Secrets(row.hex(), key)


def _check(characters: str) -> str:
    total = sum(place * ALPHABET.index(character) for place, character in enumerate(characters, start=1))
    return ALPHABET[total * pow(_AT_RANDOM + 1, -1, len(ALPHABET)) * -1 % len(ALPHABET)]


def _in_groups(characters: str) -> str:
    return "-".join(characters[start : start + _GROUP] for start in range(0, len(characters), _GROUP))
