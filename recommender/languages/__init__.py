"""The languages that the product speaks: English, in which everything is written, and those it is translated into."""

from recommender.languages.formats import (
    day_comes_first,
    day_in_words,
    decimal_mark,
    either,
    month_names,
    number_text,
    short_day,
    together,
)
from recommender.languages.messages import Plural, message, plural, speaks, spoken, translate
from recommender.languages.speaking import (
    OWN_NAMES,
    PSEUDO,
    SHIPPED,
    SOURCE,
    current,
    in_its_language,
    is_known,
    speak,
    speaking,
)
from recommender.languages.standing import not_reviewed

__all__ = [
    "OWN_NAMES",
    "PSEUDO",
    "SHIPPED",
    "SOURCE",
    "Plural",
    "current",
    "day_comes_first",
    "day_in_words",
    "decimal_mark",
    "either",
    "in_its_language",
    "is_known",
    "message",
    "month_names",
    "not_reviewed",
    "number_text",
    "plural",
    "short_day",
    "speak",
    "speaking",
    "speaks",
    "spoken",
    "together",
    "translate",
]
