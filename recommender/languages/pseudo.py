"""A pseudo-language that shows untranslated and cut-off texts: English in accented letters, longer, in brackets."""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = str.maketrans("bcdfghjklmnpqrstvwxyzBCDFGHJKLMNPQRSTVWXYZ", "ƀçđƒĝĥĵķļṁñþɋŕšţṽŵẋýžßÇĐƑĜĤĴĶĻṀÑÞɊŔŠŢṼŴẊÝŽ")
#: a vowel is said twice: about two fifths longer
_VOWELS: Final = str.maketrans(
    {"a": "áà", "e": "éè", "i": "íì", "o": "óò", "u": "úù"} | {"A": "Áà", "E": "Éè", "I": "Íì", "O": "Óò", "U": "Úù"}
)
#: what is no language: placeholders, marks of HTML, addresses
_UNTOUCHED: Final = re.compile(r"(\{[^{}]*\}|</?[a-zA-Z][^<>]*>|&[a-z]+;|https?://\S+)")


def accented(text: str) -> str:
    """A text in other letters; placeholders, marks of HTML and addresses stay. Each part of it alone gives the same."""
    parts = _UNTOUCHED.split(text)
    return "".join(part if index % 2 else part.translate(_VOWELS).translate(_LETTERS) for index, part in enumerate(parts))


def pseudo(text: str) -> str:
    """A text in the language for tests."""
    return f"[{accented(text)}]" if text.strip() else text
