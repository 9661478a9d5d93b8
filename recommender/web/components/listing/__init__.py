"""A table of records, each with a link that opens it."""

from __future__ import annotations

import hashlib
from typing import Final

from recommender.web.components import component

_LISTING: Final = component(__file__)


def html_listing(html: str, *, key: str, part: str = "") -> str | None:
    """A table of records from its HTML; returns the id of the link that was just pressed."""
    identity = hashlib.sha256(f"{part}\n{html}".encode()).hexdigest()
    result = _LISTING(key=key, data={"id": identity, "html": html, "part": part}, on_open_change=lambda: None)
    return result.open if isinstance(result.open, str) else None
