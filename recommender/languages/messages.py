"""Messages: English texts in the code, translated when they are looked up.

A words module keeps plain constants, marks each text with ``message`` and ends with ``speaks(__name__)``: from then on
``words.TITLE`` is the text in the language now spoken. So every call site stays as it is and the type checker still sees a
``str``; a class of descriptors would have changed all of them. The price: such a constant is never imported by its name.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, TypeVar

from recommender.languages.catalogues import translated, translated_count
from recommender.languages.speaking import SOURCE, current

T = TypeVar("T")
_SPOKEN: Final = "__spoken__"


class Message(str):
    """An English text that has a translation; ``context`` tells two of the same words apart for a translator."""

    context: str = ""


def message(text: str, context: str = "") -> str:
    """Mark a constant's text as one to be translated. Only literals: they are collected from the code."""
    marked = Message(text)
    marked.context = context
    return marked


@dataclass(frozen=True, slots=True)
class Plural:
    """A text that depends on a number; ``{number}`` in it is left for whoever says it."""

    one: str
    other: str

    def of(self, number: float) -> str:
        """The text for a number in the language now spoken, its placeholders not yet filled."""
        return translated_count(self.one, self.other, number, current())


def plural(one: str, other: str) -> Plural:
    """Mark a text that depends on a number. Only literals: they are collected from the code."""
    return Plural(one, other)


def translate(text: str, context: str = "") -> str:
    """An English text in the language now spoken. Only literals, or constants marked with ``message``."""
    return translated(text, getattr(text, "context", "") or context, current())


def spoken(value: T) -> T:
    """A marked text, or those in a tuple, a list or the values of a mapping, in the current language."""
    return _spoken(value)  # type: ignore[no-any-return]


def _spoken(value: Any) -> Any:
    if isinstance(value, Message):
        return translate(value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(_spoken, value))
    if type(value) in (tuple, list):
        return type(value)(map(_spoken, value))
    if isinstance(value, Mapping):
        return {name: _spoken(inner) for name, inner in value.items()}
    return value


class _Words(ModuleType):
    """A module whose constants are translated on access, each once for a language."""

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if current() == SOURCE or not name[0].isupper() or not isinstance(value, Message | tuple | list | Mapping):
            return value
        known = super().__getattribute__(_SPOKEN)
        key = (current(), name)
        if key not in known or known[key][0] is not value:
            known[key] = (value, _spoken(value))
        return known[key][1]


def speaks(module: str) -> None:
    """Make the constants of a words module translate themselves: its last line, with its ``__name__``."""
    words = sys.modules[module]
    setattr(words, _SPOKEN, {})
    words.__class__ = _Words
