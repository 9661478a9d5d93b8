"""The messages of the code, collected by Babel, and the catalogues brought up to date: ``python -m recommender.languages``."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po, write_po

from recommender.languages.catalogues import catalogue_file
from recommender.languages.speaking import OWN_NAMES, SHIPPED, SOURCE

_KEYWORDS: Final = parse_keywords(["message:1,1t", "message:1,2c,2t", "translate:1,1t", "translate:1,2c,2t", "plural:1,2"])
_METHODS: Final = [("**.py", "python")]
_HEADER: Final = """\
# {name}: what the pages and outputs of the recommender say. Not reviewed by a clinician.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def messages_of_code(package: Path | None = None) -> Catalog:
    """Every message of the package, with the files that have it, in the order of the files."""
    root = package or Path(__file__).parent.parent
    found = Catalog(project="recommender", fuzzy=False)
    collected = extract_from_dir(root, method_map=_METHODS, keywords=_KEYWORDS, comment_tags=("Translators:",))
    for file, _line, text, comments, context in sorted(collected, key=lambda one: (one[0], one[1])):
        found.add(text, locations=[(file, 0)], auto_comments=comments, context=context)
    return found


def update(language: str, code: Catalog) -> Catalog:
    """The catalogue of a language with exactly the messages of the code: what is gone leaves, what is new is empty."""
    file = catalogue_file(language)
    known = read_po(BytesIO(file.read_bytes()), locale=language) if file.is_file() else Catalog(locale=language)
    catalogue = Catalog(locale=language, project="recommender", fuzzy=False)
    for entry in code:
        if entry.id:
            key = entry.id if isinstance(entry.id, str) else entry.id[0]
            said = known.get(key, entry.context)
            catalogue.add(
                entry.id,
                said.string if said is not None and not said.fuzzy else None,
                locations=entry.locations,
                auto_comments=entry.auto_comments,
                context=entry.context,
            )
    return catalogue


def text_of(language: str, catalogue: Catalog) -> str:
    """The file of a language's catalogue, its entries in the order of the code: the same bytes for the same messages."""
    entries = BytesIO()
    write_po(entries, catalogue, width=127, omit_header=True, include_lineno=False)
    heading = _HEADER.format(name=OWN_NAMES[language], language=language, plurals=catalogue.plural_forms)
    return heading + entries.getvalue().decode()


def is_translated(entry: Message) -> bool:
    """Whether a message of a catalogue has a translation, in each form that a number asks for."""
    said = entry.string
    return bool(said) if said is None or isinstance(said, str) else all(said)


def translated_languages() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(language for language in SHIPPED if language != SOURCE)
