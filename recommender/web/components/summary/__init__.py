"""The inside of a result, and other pages that are read."""

from __future__ import annotations

import hashlib

from recommender.web import words
from recommender.web.components import component

_SUMMARY = component(__file__)


def summary(html: str, *, key: str) -> None:
    """The inside of the result page, written by ``SummaryHtml``."""
    _SUMMARY(key=key, data={"id": hashlib.sha256(html.encode()).hexdigest(), "html": html, "back": words.BACK_TO_WHERE})
