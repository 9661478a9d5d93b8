"""A line that somebody types – a name, a lot, a brand – as it may be kept: checked as it is once it was brought to one form."""

from __future__ import annotations

import unicodedata
from typing import Final

from recommender.documents.problems import Problem, RecommenderError
from recommender.languages import translate

LONGEST: Final = 200
#: marks that turn the order of what stands around them, on paper and on a page as well
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
#: letters and symbols that are drawn as nothing
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class LineRefused(RecommenderError):  # noqa: N818 (read as a sentence: the line is refused)
    """What was typed cannot be kept as a line."""

    heading = "This cannot be kept"


def line(text: str, where: str, *, most: int = LONGEST, several: bool = False) -> str:
    """The text in one form (NFC), without space around it; empty if there is none.

    Raises LineRefused, naming ``where``, for what breaks or turns lines, for what nobody can see, and for what is longer
    than ``most`` characters in small letters or in capitals: "ß" becomes two of them. ``several`` lines may be asked for.
    """
    kept = unicodedata.normalize("NFC", text).strip() if len(text) <= most * 4 else text
    if max(map(len, (kept, kept.upper(), kept.casefold()))) > most:
        raise LineRefused([Problem(where, translate("is too long: at most {most} characters").format(most=most))])
    for sign in kept:
        if (sign in _TURNING or unicodedata.category(sign) in _NEVER) and not (several and sign == "\n"):
            problem = translate("has a character that cannot be kept ({code}): type it again").format(code=f"U+{ord(sign):04X}")
            raise LineRefused([Problem(where, problem)])
    if kept and not any(map(_is_seen, kept)):
        raise LineRefused([Problem(where, translate("has nothing in it that can be seen"))])
    return kept


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "ZCM" and sign not in _BLANK
