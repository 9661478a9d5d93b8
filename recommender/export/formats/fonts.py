"""The fonts that the PDF is set in: where they are, and which characters they can draw."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from recommender.languages import message

FOLDER = Path(__file__).parent / "fonts"
#: invisible characters, which a font need not have: controls, joiners, variation selectors
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e0fff]"
)
NOT_DRAWN = message(
    "A PDF cannot draw some of the letters here: it has their Unicode numbers in brackets. The HTML file has the letters."
)


@functools.cache
def drawable() -> frozenset[int]:
    """The code points for which some shipped font has a glyph."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (takes 0.1 s to import, and only a PDF needs it)

    points: set[int] = set()
    for file in sorted(FOLDER.glob("*.ttf")):
        with TTFont(file, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def with_drawable_characters(text: str) -> str:
    """The text with Unicode numbers in brackets for what no shipped font can draw; what nobody sees is left out.

    Not one replacement character for all: different names in a script without a font would look the same.
    """
    found = groupby(_composed(text), key=_is_drawable)
    return "".join("".join(run) if known else f"[{' '.join(f'U+{ord(one):04X}' for one in run)}]" for known, run in found)


def is_drawable(text: str) -> bool:
    """Whether a PDF shows every character of a text."""
    return all(map(_is_drawable, set(_composed(text))))


def _composed(text: str) -> Iterator[str]:
    known = drawable()
    return (one for one in unicodedata.normalize("NFC", text) if ord(one) in known or not _INVISIBLE.match(one))


def _is_drawable(character: str) -> bool:
    return character == "\n" or ord(character) in drawable()
