"""The code for handing over answers: creating it, reading what was typed, deriving the row's name and key from it.

14 random characters of 31 are 69 bits; a check character tells a typing error from a wrong code.
"""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

#: without 0 and O, 1, I and L; their number is prime, so that the check character detects every such error
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_AT_RANDOM: Final = 14
_GROUP: Final = 5
_PURPOSE: Final = b"consultation recommender: code to hand over by, 1"


class Secrets(NamedTuple):
    """What a code derives: the name of its row and the key of its content. Neither reveals the other."""

    row: str
    key: bytes


def new_code() -> str:
    """A new random code, in groups of five characters."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(_AT_RANDOM))
    return _in_groups(characters + _check(characters))


def read_code(typed: str) -> str | None:
    """The code as it was issued, whatever the case and gaps; None for a typing error.

    One wrong character, or two that changed places, are always detected.
    """
    characters = "".join(character for character in typed.upper() if character not in " -–\u00a0\t")
    if len(characters) != _AT_RANDOM + 1 or not set(characters) <= set(ALPHABET):
        return None
    return _in_groups(characters) if _check(characters[:-1]) == characters[-1] else None


def secrets_of(code: str) -> Secrets:
    """Derive row name and key, slowly.

    Against guesses over the network HKDF would do for 69 random bits. Scrypt is for a stolen file: a guess costs 16 MB and
    some hundredths of a second there, not a millionth. The salt is the same for all rows, because the row has to be found by
    the code alone; as all codes differ, nothing is lost by that.
    """
    stretched = Scrypt(salt=_PURPOSE, length=32, n=2**14, r=8, p=1).derive(code.encode())
    row, key = (HKDFExpand(SHA256(), 32, _PURPOSE + use).derive(stretched) for use in (b": row", b": key"))
    return Secrets(row.hex(), key)


def _check(characters: str) -> str:
    total = sum(place * ALPHABET.index(character) for place, character in enumerate(characters, start=1))
    return ALPHABET[total * pow(_AT_RANDOM + 1, -1, len(ALPHABET)) * -1 % len(ALPHABET)]


def _in_groups(characters: str) -> str:
    return "-".join(characters[start : start + _GROUP] for start in range(0, len(characters), _GROUP))
