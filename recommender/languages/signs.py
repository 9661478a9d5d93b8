"""What a translation keeps exactly, beside its words: placeholders, marks of HTML, and signs that are no punctuation."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_SIGNS: Final = re.compile(r"\{[^{}]*\}|</?[a-zA-Z][^<>]*>|&\w+;|[^\w\s.,;:!?¿¡()«»“”‘’'\"/–—…-]|_")


def signs_of(text: str) -> Counter[str]:
    """How often each placeholder, mark and sign stands in a text: the same in a message and in its translation."""
    return Counter(_SIGNS.findall(text))
