"""What is wrong on a page, on top of it."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.web import words
from recommender.web.components import component

_ERRORS = component(__file__)


def error_summary(errors: Iterable[tuple[str, str]], *, count: int, asks: bool = False) -> None:
    """What is wrong on the page or is asked again, on top of it; it takes the focus each time ``count`` changes.

    With ``asks`` nothing is wrong: it is asked once whether something is left open. Each error is the class name of its
    field, "" where it is about none, and a sentence.
    """
    listed = [{"key": key, "text": text} for key, text in errors]
    title = words.ASKS_TITLE if asks else words.ERRORS_TITLE
    _ERRORS(key="error-summary", data={"title": title, "asks": asks, "count": count, "errors": listed})
