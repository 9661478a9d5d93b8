"""The link with its QR code."""

from __future__ import annotations

from typing import Final

from recommender.web.components import component
from recommender.web.handover import words as said

_LINK: Final = component(__file__)


def link_to_give(address: str, qr: str | None, *, key: str) -> None:
    """An address to copy, and its QR code (SVG) where it has one."""
    _LINK(
        key=key,
        data={
            "address": address,
            "qr": qr or "",
            "words": {
                "qr": said.QR,
                "hint": said.QR_HINT if qr else said.QR_TOO_LONG,
                "link": said.LINK,
                "copy": said.COPY,
                "copied": said.COPIED,
                "notCopied": said.NOT_COPIED,
            },
        },
    )
