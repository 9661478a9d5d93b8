"""``make messages``: bring every catalogue up to date with the messages of the code, and say what is still to translate."""

from __future__ import annotations

import sys

from recommender.languages.catalogues import catalogue_file
from recommender.languages.extraction import is_translated, messages_of_code, text_of, translated_languages, update


def main() -> None:
    """Update every catalogue."""
    code = messages_of_code()
    for language in translated_languages():
        catalogue = update(language, code)
        catalogue_file(language).write_text(text_of(language, catalogue), encoding="utf-8")
        entries = [entry for entry in catalogue if entry.id]
        left = [entry for entry in entries if not is_translated(entry)]
        length = sum(len(entry.id if isinstance(entry.id, str) else "".join(entry.id)) for entry in left)
        sys.stdout.write(f"{language}: {len(entries)} messages, {len(left)} still to translate ({length} characters)\n")


main()
