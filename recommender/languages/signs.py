"""What a translation keeps exactly, beside its words: placeholders, marks of HTML, signs that are no punctuation, numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_SIGNS: Final = re.compile(r"\{[^{}]*\}|</?[a-zA-Z][^<>]*>|&\w+;|[^\w\s.,;:!?¿¡()«»“”‘’'\"/–—…-]|_")
_DIGITS: Final = re.compile(r"\d+")
_THOUSANDS: Final = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")


def signs_of(text: str) -> Counter[str]:
    """How often each placeholder, mark and sign stands in a text: the same in a message and in its translation."""
    return Counter(_SIGNS.findall(text))


def numbers_of(text: str) -> Counter[str]:
    """How often each number in digits stands in a text; 1,000, 1.000 and 1000 are one number."""
    return Counter(_DIGITS.findall(_THOUSANDS.sub("", text)))
