"""The link with its QR code."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.web.assets import asset
from recommender.web.handover import words as said

_LINK: Final = st.components.v2.component(
    "handover_link",
    html=(
        '<div class="handover"><figure><div class="qr" role="img"></div><figcaption></figcaption></figure>'
        '<label><span></span><input type="text" readonly></label><button type="button"></button>'
        '<p class="done" role="status"></p></div>'
    ),
    css=asset(__file__, "handover_link.css"),
    js=asset(__file__, "handover_link.js"),
)


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
