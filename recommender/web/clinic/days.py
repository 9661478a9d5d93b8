"""Days and moments as somebody types them. What could be read in two ways, or is no day, is refused with a sentence."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from recommender.languages import month_names
from recommender.web.clinic import treat_words as said

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_IN_WORDS: Final = re.compile(r"(\d{1,2})\.? ?(?:de )?([a-z]{3,10})\.?,? ?(?:de )?(\d{4})", re.ASCII)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_MOMENT: Final = re.compile(r"(?:(.+?),? )?(\d{1,2})[:.](\d{2})", re.ASCII)


class NoDay(ValueError):  # noqa: N818 (read as a sentence: this is no day)
    """What was typed is no day or no moment; its text says why."""


def read_day(text: str) -> date:
    """The day that was typed: ``2027-12-31``, ``31 Dec 2027``, or ``31.12.2027`` where no other day could be meant.

    A month may be named in English and in the language spoken.
    """
    typed = " ".join(text.lower().split())
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = map(int, found.groups())
    elif found := _IN_WORDS.fullmatch(typed):
        year, month, day = int(found[3]), _month(found[2]), int(found[1])
    elif found := _YEAR_LAST.fullmatch(typed):
        first, second, year = map(int, found.groups())
        if first != second and first <= 12 and second <= 12:
            raise NoDay(said.DAY_TWO_WAYS)
        day, month = (first, second) if second <= 12 else (second, first)
    else:
        raise NoDay(said.DAY_UNREAD)
    try:
        read = date(year, month, day)
    except ValueError:
        raise NoDay(said.DAY_IMPOSSIBLE) from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise NoDay(said.DAY_IMPOSSIBLE)
    return read


def read_moment(text: str, now: datetime) -> datetime:
    """The moment that was typed, ``2027-12-31 14:05``, or ``14:05`` for the day of ``now``, in the server's time zone."""
    found = _MOMENT.fullmatch(" ".join(text.split()))
    if not found:
        raise NoDay(said.MOMENT_UNREAD)
    day = read_day(found[1]) if found[1] else now.date()
    try:
        at = time(int(found[2]), int(found[3]))
    except ValueError:
        raise NoDay(said.MOMENT_IMPOSSIBLE) from None
    return datetime.combine(day, at).astimezone()


def moment_text(moment: datetime) -> str:
    """A moment as it is read back, in the clinic's time."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _month(word: str) -> int:
    for names in (_MONTHS, month_names()):
        for number, name in enumerate(names, start=1):
            if name.startswith(word):
                return number
    raise NoDay(said.DAY_UNREAD)
