"""What every page and every output in a translated language says of its translation."""

from __future__ import annotations

from typing import Final

from recommender.languages.messages import message, translate
from recommender.languages.speaking import SOURCE, current

NOT_REVIEWED: Final = message("This is a translation. No clinician has reviewed it.")


def not_reviewed() -> str:
    """That nobody has reviewed the translation into the language now spoken; empty for English."""
    return "" if current() == SOURCE else translate(NOT_REVIEWED)
