"""Days and lists as the language now spoken writes them; digits of a time and of a number stay as they were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from babel.dates import format_date, get_month_names

from recommender.languages.messages import translate
from recommender.languages.pseudo import pseudo
from recommender.languages.speaking import PSEUDO, SOURCE, current

_LOCALES: Final = {SOURCE: "en_GB", PSEUDO: "en_GB"}


def day_in_words(day: date) -> str:
    """A day in words: 15 March 2027, 15 de marzo de 2027."""
    said = str(format_date(day, "long", locale=_LOCALES.get(current(), current())))
    return pseudo(said) if current() == PSEUDO else said


def month_names() -> tuple[str, ...]:
    """The names of the twelve months in the language now spoken, in small letters."""
    names = get_month_names("wide", locale=_LOCALES.get(current(), current()))
    return tuple(str(names[number]).lower() for number in range(1, 13))


def either(words: Sequence[str]) -> str:
    """Several things of which one is enough: a, b or c."""
    return words[0] if len(words) == 1 else translate("{others} or {last}").format(others=", ".join(words[:-1]), last=words[-1])


def together(words: Sequence[str]) -> str:
    """Several things at once: a, b and c."""
    return (
        words[0] if len(words) == 1 else translate("{others} and {last}").format(others=", ".join(words[:-1]), last=words[-1])
    )
