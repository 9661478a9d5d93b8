"""Days, numbers and lists as the language now spoken writes them; digits of a time stay as they were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from babel.dates import format_date, get_date_format, get_month_names
from babel.numbers import get_decimal_symbol

from recommender.languages.messages import translate
from recommender.languages.pseudo import pseudo
from recommender.languages.speaking import PSEUDO, SOURCE, current

_LOCALES: Final = {SOURCE: "en_GB", PSEUDO: "en_GB"}


def day_in_words(day: date) -> str:
    """A day in words: 15 March 2027, 15 de marzo de 2027."""
    said = str(format_date(day, "long", locale=_locale()))
    return pseudo(said) if current() == PSEUDO else said


def short_day(day: date) -> str:
    """A day for lists and fields, which no order of day and month can make another one: 15 Mar 2027, 15 mar 2027."""
    return str(format_date(day, "d MMM y", locale=_locale()))


def day_comes_first() -> bool | None:
    """Whether 5/12/1984 begins with the day in the language now spoken; None for English, which is written in both orders."""
    if current() in (SOURCE, PSEUDO):
        return None
    return str(get_date_format("short", locale=_locale()).pattern).startswith("d")


def decimal_mark() -> str:
    """What stands before the decimals of a number in the language now spoken."""
    return str(get_decimal_symbol(_locale()))


def number_text(number: Decimal) -> str:
    """A number without zeros that say nothing, with the decimal mark of the language now spoken."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", decimal_mark())


def month_names() -> tuple[str, ...]:
    """The names of the twelve months in the language now spoken, in small letters."""
    names = get_month_names("wide", locale=_locale())
    return tuple(str(names[number]).lower() for number in range(1, 13))


def _locale() -> str:
    return _LOCALES.get(current(), current())


def either(words: Sequence[str]) -> str:
    """Several things of which one is enough: a, b or c."""
    return words[0] if len(words) == 1 else translate("{others} or {last}").format(others=", ".join(words[:-1]), last=words[-1])


def together(words: Sequence[str]) -> str:
    """Several things at once: a, b and c."""
    return (
        words[0] if len(words) == 1 else translate("{others} and {last}").format(others=", ".join(words[:-1]), last=words[-1])
    )
