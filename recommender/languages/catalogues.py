"""The catalogues: text files of translations (``<language>.po``), made ready in memory when first used."""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from recommender.languages.pseudo import pseudo
from recommender.languages.speaking import PSEUDO, SOURCE

FOLDER: Final = Path(__file__).parent


def catalogue_file(language: str) -> Path:
    """Where the translations into a language are kept."""
    return FOLDER / f"{language}.po"


@cache
def translations(language: str) -> NullTranslations:
    """The messages of a language; one without a file says everything in English."""
    file = catalogue_file(language)
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as text:
        write_mo(compiled, read_po(text, locale=language))
    compiled.seek(0)
    return Translations(compiled)


@lru_cache(maxsize=8192)
def translated(text: str, context: str, language: str) -> str:
    """A message in a language; English where it has no translation."""
    if language == SOURCE:
        return str(text)
    if language == PSEUDO:
        return pseudo(text)
    found = translations(language)
    return str(found.upgettext(context, text) if context else found.ugettext(text))


def translated_count(one: str, other: str, number: float, language: str) -> str:
    """The form of a message for a number, in a language."""
    if language in (SOURCE, PSEUDO):
        said = one if number == 1 else other
        return pseudo(said) if language == PSEUDO else said
    return str(translations(language).ungettext(one, other, number))  # type: ignore[arg-type]
