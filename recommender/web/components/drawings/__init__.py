"""Drawings with their captions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from recommender.web.components import component

_FIGURE = component(__file__)


def drawings(svgs: Sequence[tuple[str, str]], *, key: str, size: str) -> None:
    """Drawings with their captions, side by side; ``size`` is card, wide or face."""
    identity = hashlib.sha256("".join(svg for svg, _ in svgs).encode()).hexdigest()
    _FIGURE(key=key, data={"id": identity, "size": size, "drawings": [{"svg": svg, "caption": said} for svg, said in svgs]})
