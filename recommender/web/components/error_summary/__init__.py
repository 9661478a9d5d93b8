"""What is wrong on a page, on top of it."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.web import words
from recommender.web.components import component

_ERRORS = component(__file__)


def error_summary(errors: Iterable[tuple[str, str]], *, count: int) -> None:
    """What is wrong on the page, on top of it; it takes the focus each time ``count`` changes.

    Each error is the class name of its field, "" where it is about none, and a sentence.
    """
    listed = [{"key": key, "text": text} for key, text in errors]
    _ERRORS(key="error-summary", data={"title": words.ERRORS_TITLE, "count": count, "errors": listed})
