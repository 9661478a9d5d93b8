"""Reads days and times as people type them. What is ambiguous or no day is refused with a sentence."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Final, NamedTuple

from recommender.documents.answers import MAX_AGE, age_on
from recommender.languages import clinic_time, day_comes_first, day_in_words, month_names, short_day
from recommender.web.clinic.ui import day_words as said

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
LONGEST: Final = 40

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\.?", re.ASCII)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})", re.ASCII)
_IN_WORDS: Final = re.compile(r"(\d{1,2})\.?[- ]?(?:de )?([a-z]{3,10})\.?,?[- ]?(?:del? )?(\d{4}|\d{2})", re.ASCII)
_WORD_FIRST: Final = re.compile(r"([a-z]{3,10})\.? (\d{1,2}),? (\d{4}|\d{2})", re.ASCII)
_MONTH: Final = re.compile(r"(?:(\d{1,2})[-/. ](\d{4})|(\d{4})[-/. ](\d{1,2})|([a-z]{3,10})\.? ?(?:del? )?(\d{4}))", re.ASCII)
_NO_YEAR: Final = re.compile(r"\d{1,2}[-/. ]+(?:de )?(?:\d{1,2}|[a-z]{3,10})[-/. ]*", re.ASCII)
_MOMENT: Final = re.compile(r"(?:(.+?),? )?(\d{1,2})[:.](\d{2})(?: h)?(?: ([^\W\d]+))?")


class InvalidDay(ValueError):  # noqa: N818 (read as a sentence: this is no day)
    """What was typed is no day or no moment; its text says why."""


class _Read(NamedTuple):
    """What was read; without a day it is a whole month."""

    year: int
    month: int
    day: int | None = None


Reader = Callable[[str], date]


def read_day(text: str) -> date:
    """The day that was typed: ``2027-12-31``, ``31 Dec 2027``, or ``31.12.2027`` where the language leaves no other reading.

    A month may be named in English and in the language spoken.
    """
    read = _parts(text)
    if read.day is None:
        raise InvalidDay(said.MONTH_ALONE)
    return _day(read.year, read.month, read.day)


def read_last_day(text: str) -> date:
    """The last day on which something is good: a day, or a month as packs print it, ``12/2027``, which is its last day."""
    read = _parts(text)
    if read.day is not None:
        return _day(read.year, read.month, read.day)
    first = _day(read.year, read.month, 1)
    return first.replace(day=monthrange(first.year, first.month)[1])


def read_birth(text: str) -> date:
    """A day of birth."""
    return _not_before(read_past_day(text), MAX_AGE)


def read_past_day(text: str) -> date:
    """A day that is not in the future."""
    read = read_day(text)
    if read > clinic_time.today():
        raise InvalidDay(said.STILL_TO_COME)
    return read


def read_moment(text: str, now: datetime) -> datetime:
    """The moment that was typed, ``31 Dec 2027 14:05``, or ``14:05`` for the day of ``now``, by the clinic's clock.

    An hour that a clock shows twice is followed by ``earlier`` or ``later``.
    """
    found = _MOMENT.fullmatch(_plain(text))
    if not found:
        raise InvalidDay(said.MOMENT_UNREAD)
    day = read_day(found[1]) if found[1] else clinic_time.local(now).date()
    try:
        at = time(int(found[2]), int(found[3]))
    except ValueError:
        raise InvalidDay(said.MOMENT_IMPOSSIBLE) from None
    moments = clinic_time.moments_at(day, at)
    if not moments:
        raise InvalidDay(said.MOMENT_SKIPPED)
    which = _which(found[4])
    if len(moments) == 2 and which is None:
        typed = f"{short_day(day)} {at:%H:%M}"
        raise InvalidDay(said.MOMENT_TWICE.format(first=f"“{typed} {said.EARLIER}”", second=f"“{typed} {said.LATER}”"))
    return moments[which or 0] if len(moments) == 2 else moments[0]


def moment_text(moment: datetime) -> str:
    """A moment as it is read back, by the clinic's clock."""
    there = clinic_time.local(moment)
    moments = clinic_time.moments_at(there.date(), there.time().replace(second=0, microsecond=0))
    which = f" {said.EARLIER if there - moments[0] < moments[1] - moments[0] else said.LATER}" if len(moments) == 2 else ""
    return f"{short_day(there.date())} {there:%H:%M}{which}"


def read_back(text: str, reader: Reader) -> str:
    """How a typed day was read, where it was not typed as it is shown; empty for what is no day."""
    with suppress(InvalidDay):
        day = reader(text)
        if _plain(text) not in (_plain(short_day(day)), day.isoformat()):
            return said.READ_AS.format(day=day_in_words(day))
    return ""


def _parts(text: str) -> _Read:
    typed = _plain(text)
    if found := _YEAR_FIRST.fullmatch(typed):
        return _Read(int(found[1]), int(found[2]), int(found[3]))
    if found := _IN_WORDS.fullmatch(typed):
        return _Read(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _WORD_FIRST.fullmatch(typed):
        return _Read(_year(found[3]), _month(found[1]), int(found[2]))
    if found := _YEAR_LAST.fullmatch(typed):
        return _in_one_order(int(found[1]), int(found[2]), _year(found[3]))
    if found := _MONTH.fullmatch(typed):
        year = found[2] or found[3] or found[6]
        return _Read(int(year), int(found[1] or found[4] or _month(found[5])))
    if _NO_YEAR.fullmatch(typed):
        raise InvalidDay(said.NO_YEAR)
    raise InvalidDay(said.YEAR_ALONE if re.fullmatch(r"[12]\d{3}", typed, re.ASCII) else said.UNREAD)


def _plain(text: str) -> str:
    """A text in small letters and plain digits, with one kind of dash and single spaces."""
    if len(text) > LONGEST * 2:
        raise InvalidDay(said.UNREAD)
    typed = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return "".join("-" if unicodedata.category(sign) == "Pd" or sign == "\u2212" else sign for sign in typed)


def _in_one_order(first: int, second: int, year: int) -> _Read:
    day_first, month_first = _Read(year, second, first), _Read(year, first, second)
    if first == second or first > 12 or second > 12:
        return day_first if second <= 12 else month_first
    in_order = day_comes_first()
    if in_order is None:
        told = (day_in_words(_day(year, read.month, read.day or 1)) for read in (day_first, month_first))
        raise InvalidDay(said.TWO_WAYS.format(first=next(told), second=next(told)))
    return day_first if in_order else month_first


def _year(typed: str) -> int:
    if len(typed) == 2:
        raise InvalidDay(said.SHORT_YEAR.format(first=f"19{typed}", second=f"20{typed}"))
    return int(typed)


def _day(year: int, month: int, day: int) -> date:
    try:
        read = date(year, month, day)
    except ValueError:
        raise InvalidDay(said.IMPOSSIBLE) from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise InvalidDay(said.IMPOSSIBLE)
    return read


def _not_before(day: date, years: int) -> date:
    if age_on(clinic_time.today(), day) > years:
        raise InvalidDay(said.TOO_LONG_AGO.format(years=years))
    return day


def _which(word: str | None) -> int | None:
    """Which of two moments a word names, in English or in the language spoken."""
    if word is None:
        return None
    for place, words in enumerate((("earlier", said.EARLIER), ("later", said.LATER))):
        if word in words:
            return place
    raise InvalidDay(said.MOMENT_UNREAD)


def _month(word: str) -> int:
    for names in (_MONTHS, month_names()):
        for number, name in enumerate(names, start=1):
            if name.startswith(word):
                return number
    raise InvalidDay(said.UNREAD)
