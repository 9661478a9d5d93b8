"""Searching names: the words that a patient is indexed under, and the words that a query asks for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

#: lengths of the beginnings that are indexed: shorter ones would reveal too much of a name
SHORTEST: Final = 3
LONGEST: Final = 12
#: letters that Unicode does not decompose into a plain letter and a mark
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k",
     "ƒ": "f", "ɨ": "i", "ʉ": "u", "ə": "e"}
)  # fmt: skip
#: letters also written as two: Müller is Mueller, Sørensen is Soerensen, Håkon is Haakon
_AS_TWO: Final = str.maketrans({"ä": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "å": "aa"})
_TWO: Final = re.compile("([aou])e|aa")
_APOSTROPHES: Final = frozenset("'\u2019\u2018\u201b\u02bc\u02bb\u02bd\u02be\u02bf\u02b9\u2032\u2035`\u00b4\uff07\ua78b\ua78c")
_DASHES: Final = frozenset("\u00ad\u2043\u2212\u30fb\u00b7/_")


def kept_words(names: Iterable[str], born_on: date | None) -> tuple[str, ...]:
    """The words to index a patient under: the beginnings of each word of each name, and the day of birth."""
    parted = {word for name in names for word in (*_split(name), *_split(name, apostrophe=" "), *_split(name, dash=""))}
    words = {word for one in parted for word in _spellings(one)}
    beginnings = {word[:length] for word in words for length in range(SHORTEST, LONGEST + 1)}
    return tuple(sorted(beginnings)) + _born(born_on)


def asked_words(name: str, born_on: date | None) -> tuple[str, ...]:
    """The words that a query asks for: each word or its beginning, and the day of birth."""
    return tuple(sorted({word[:LONGEST] for part in _split(name) if (word := _plain(part))})) + _born(born_on)


def same_name(one: str, other: str) -> bool:
    """Whether two names have the same words, in any order and spelling."""
    return sorted(_shortest(one)) == sorted(_shortest(other))


def has_words(name: str, asked: str) -> bool:
    """Whether a name has all of these words, as whole words."""
    return set(_shortest(asked)) <= set(_shortest(name))


def _born(day: date | None) -> tuple[str, ...]:
    return (f"born:{day.isoformat()}",) if day else ()


def _split(name: str, *, apostrophe: str = "", dash: str = " ") -> list[str]:
    """The words of a name as written."""
    return "".join(apostrophe if sign in _APOSTROPHES else dash if _is_dash(sign) else sign for sign in name).split()


def _spellings(word: str) -> set[str]:
    """The spellings of a word in plain small letters: ü as u, as ue, and ue as u."""
    plain, as_two = _plain(word), _plain(unicodedata.normalize("NFC", word.casefold()).translate(_AS_TWO))
    return {plain, as_two, _as_one(plain)} - {""}


def _shortest(name: str) -> list[str]:
    """The words of a name in the plain spelling that all of its spellings share."""
    return [_as_one(plain) for word in _split(name) if (plain := _plain(word))]


def _as_one(plain: str) -> str:
    return _TWO.sub(lambda found: found[1] or "a", plain)


def _is_dash(sign: str) -> bool:
    return sign in _DASHES or unicodedata.category(sign) == "Pd"


def _plain(word: str) -> str:
    """A word in plain small letters; one without any letter (emoji) as it is."""
    small = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(sign for sign in small if unicodedata.category(sign) not in ("Mn", "Cf", "Cc")).translate(_PLAIN)
    return "".join(filter(str.isalnum, bare)) or bare
