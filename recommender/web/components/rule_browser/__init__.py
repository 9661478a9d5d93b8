"""Rules and sources to browse and search."""

from __future__ import annotations

import hashlib

from recommender.web.components import component

_BROWSER = component(__file__)


def rule_browser(html: str, *, key: str) -> None:
    """Rules and sources to browse, written by ``AboutHtml``; searches stay in the browser."""
    _BROWSER(key=key, data={"id": hashlib.sha256(html.encode()).hexdigest(), "html": html})
