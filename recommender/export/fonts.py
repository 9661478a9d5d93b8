"""The fonts that the PDF is set in: where they are, and which characters they can draw."""

from __future__ import annotations

import functools
import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
MISSING = "\N{WHITE SQUARE}"
_FORMAT_WITH_RANGES = 12


@functools.cache
def drawable() -> frozenset[int]:
    """The code points for which some shipped font has a glyph."""
    return frozenset(point for font in sorted(FOLDER.glob("*.ttf")) for point in _points(font.read_bytes()))


def with_drawable_characters(text: str) -> str:
    """The text with a square for each character that no shipped font can draw; an invisible one is left out."""
    known = drawable()
    return "".join(character if ord(character) in known or character == "\n" else _stand_in(character) for character in text)


def _stand_in(character: str) -> str:
    return "" if unicodedata.category(character) in ("Cf", "Mn", "Me", "Cc") else MISSING


def _points(font: bytes) -> Iterator[int]:
    """The code points in a font's character map (its table "cmap", in the form that lists ranges)."""
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">I", font, cmap + 4 + 8 * index + 4)
        start = cmap + offset
        if struct.unpack_from(">H", font, start)[0] != _FORMAT_WITH_RANGES:
            continue
        (groups,) = struct.unpack_from(">I", font, start + 12)
        for group in range(groups):
            first, last, _ = struct.unpack_from(">III", font, start + 16 + 12 * group)
            yield from range(first, last + 1)


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == name:
            return int(offset)
    raise ValueError(f"font without table {name!r}")
