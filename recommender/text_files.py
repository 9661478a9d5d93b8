"""Text as it comes from files and streams: UTF-8, no larger than what it is for, and otherwise a sentence that says so."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO, Final

from recommender.documents.problems import Problem

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE: Final = "save it as UTF-8 in the program that wrote it"


def text_in(file: Path, name: str, *, most: int, what: str) -> str | Problem:
    """The text of a file of at most so many bytes, or why it cannot be read; ``what`` it holds is said where it is larger."""
    try:
        with file.open("rb") as source:
            return text_from(source, name, most=most, what=what)
    except OSError as error:
        return unreadable(name, error)


def text_from(source: BinaryIO, name: str, *, most: int, what: str) -> str | Problem:
    """The text of a stream of at most so many bytes, or why it cannot be read; no more than that is read."""
    try:
        data = source.read(most + 1)
    except OSError as error:
        return unreadable(name, error)
    if len(data) > most:
        return Problem(name, f"it has more than {most:,} bytes, too many for {what}")
    return decoded(data, name)


def decoded(data: bytes, name: str) -> str | Problem:
    """Bytes as text without a byte-order mark, or which other encoding they seem to have."""
    if data.startswith(_UTF_16) or 0 in data[:2]:
        wide = "UTF-32" if b"\0\0" in data[:4] else "UTF-16"
        return Problem(name, f"is not UTF-8 but {wide}, it seems: {_SAVE}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"{name}:{line}" if b"\n" in data.strip() else name
        return Problem(where, f"is not UTF-8, by the byte 0x{data[error.start]:02x}: {_SAVE}")


def unreadable(name: str, error: OSError) -> Problem:
    """What the system says of a file that cannot be read."""
    return Problem(name, f"cannot be read: {error.strerror or error}")
