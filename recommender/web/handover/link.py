"""A patient's answers as the fragment of an address, which no browser sends to a server: ``#a=1.`` and the packed document."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any, Final

import segno

from recommender.documents import AnswersError, Assessment, Problem
from recommender.web.assets import asset
from recommender.web.handover.patient_file import read_file
from recommender.web.handover.shown_result import as_document, shown_result_of
from recommender.web.state.draft import Draft

LONGEST: Final = 20_000  # characters; the 200 things that an answers document may hold, with every detail, make about 5,000
LARGEST: Final = 200_000  # bytes unpacked; the same make about 60,000
#: a larger QR code has modules too small for a phone that is held up to a screen
LARGEST_QR: Final = 22
_MARK: Final = "a=1."
_NAME: Final = "the link"
_PACKED: Final = re.compile(r"[A-Za-z0-9_-]+")
#: Words that documents have in common. They are part of format 1: another list is another format.
_IN_COMMON: Final = asset(__file__, "link_dictionary_1.txt").encode()


def fragment_of(assessment: Assessment) -> str:
    """The fragment with the answers behind an assessment and what its page says, without ``#``."""
    return _MARK + packed(handed_document(assessment))


def handed_document(assessment: Assessment) -> dict[str, Any]:
    """What is handed over: of an assessment's document the answers, and as much of the rest as its reader saw first."""
    return {"answers": assessment.answers.document(), **as_document(shown_result_of(assessment))}


def read_fragment(text: str) -> Draft:
    """The draft of a nurse that begins with the answers of a fragment; raises AnswersError naming what is wrong with it."""
    if len(text) > LONGEST:
        raise _problem(f"it has more than {LONGEST:,} characters, too many for the answers of one person")
    mark, dot, inside = text.removeprefix("#").partition(".")
    if f"{mark}{dot}" != _MARK:
        raise _problem("it is not one of the links that a patient's page makes, or was made by a later version")
    return read_file(unpacked(inside), name=_NAME)


def packed(document: Mapping[str, Any]) -> str:
    """A document as text for an address: the same document gives the same text."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    press = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, _IN_COMMON)
    return base64.urlsafe_b64encode(press.compress(text.encode()) + press.flush()).decode().rstrip("=")


def unpacked(text: str) -> str:
    """The JSON that was packed; raises AnswersError where it is cut off, changed or too large, before it takes up memory."""
    if not _PACKED.fullmatch(text):
        raise _problem("a character stands in it that no link has, or nothing does")
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        opener = zlib.decompressobj(zlib.MAX_WBITS, _IN_COMMON)
        found = opener.decompress(content, LARGEST + 1)
    except (binascii.Error, zlib.error):
        raise _problem("it is not whole: a part is missing or was changed") from None
    if len(found) > LARGEST:
        raise _problem(f"it holds more than {LARGEST:,} bytes, too many for the answers of one person")
    if not opener.eof or opener.unused_data:
        raise _problem("it is not whole: a part is missing or was added")
    try:
        return found.decode()
    except UnicodeDecodeError:
        raise _problem("what it holds is no text") from None


def qr_code(address: str) -> str | None:
    """The address as a QR code in SVG, or None where it is too long for one that a phone reads from a screen."""
    try:
        code = segno.make_qr(address, error="l", version=None, mode="byte")
    except segno.DataOverflowError:
        return None
    if int(code.version) > LARGEST_QR:
        return None
    return str(code.svg_inline(omitsize=True, border=4, light="#fff"))


def _problem(said: str) -> AnswersError:
    return AnswersError([Problem(_NAME, said)])
