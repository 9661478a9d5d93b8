"""Under which words a name is kept to be found, and which of them have to be there for what somebody types."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Final

#: the beginnings of a word that are kept: from three letters on, for shorter ones would tell too much of a name
SHORTEST: Final = 3
LONGEST: Final = 12
#: letters that Unicode does not take apart into a plain one and a mark
_PLAIN: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k",
     "ƒ": "f", "ɨ": "i", "ʉ": "u", "ə": "e"}
)  # fmt: skip
_APOSTROPHES: Final = frozenset("'\u2019\u2018\u201b\u02bc\u02bb\u02bd\u02be\u02bf\u02b9\u2032\u2035`\u00b4\uff07\ua78b\ua78c")
_DASHES: Final = frozenset("\u00ad\u2043\u2212\u30fb\u00b7/_")


def kept_words(names: Iterable[str], born_on: date | None) -> tuple[str, ...]:
    """What a patient is kept under: the beginnings of each word of each name, and the day of birth."""
    words = {word for name in names for word in (*_words(name), *_words(name, apostrophe=" "), *_words(name, dash=""))}
    beginnings = {word[:length] for word in words for length in range(SHORTEST, LONGEST + 1)}
    return tuple(sorted(beginnings)) + _born(born_on)


def asked_words(name: str, born_on: date | None) -> tuple[str, ...]:
    """What has to be there: each word or its beginning, and the day of birth."""
    return tuple(sorted({word[:LONGEST] for word in _words(name)})) + _born(born_on)


def same_name(one: str, other: str) -> bool:
    """Whether two names have the same words, in any order and however they are written."""
    return sorted(_words(one)) == sorted(_words(other))


def has_words(name: str, asked: str) -> bool:
    """Whether a name has all these words, each one whole."""
    return set(_words(asked)) <= set(_words(name))


def _born(day: date | None) -> tuple[str, ...]:
    return (f"born:{day.isoformat()}",) if day else ()


def _words(name: str, *, apostrophe: str = "", dash: str = " ") -> list[str]:
    """The words of a name in plain small letters; one without any letter – a name of pictures – as it is."""
    parted = "".join(apostrophe if sign in _APOSTROPHES else dash if _is_dash(sign) else sign for sign in name)
    return [word for part in parted.split() if (word := _plain(part))]


def _is_dash(sign: str) -> bool:
    return sign in _DASHES or unicodedata.category(sign) == "Pd"


def _plain(word: str) -> str:
    small = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(sign for sign in small if unicodedata.category(sign) not in ("Mn", "Cf", "Cc")).translate(_PLAIN)
    return "".join(filter(str.isalnum, bare)) or bare
