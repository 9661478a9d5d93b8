"""Browser components: the link with its QR code, and the reader of a fragment that came with the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from recommender.web.handover import words as said
from recommender.web.handover.link import LONGEST
from recommender.web.ui.components import asset

_LINK: Final = st.components.v2.component(
    "handover_link",
    html=(
        '<div class="handover"><figure><div class="qr" role="img"></div><figcaption></figcaption></figure>'
        '<label><span></span><input type="text" readonly></label><button type="button"></button>'
        '<p class="done" role="status"></p></div>'
    ),
    css=asset("handover.css"),
    js=asset("handover.js"),
)
_READER: Final = st.components.v2.component(
    "fragment_reader",
    html=(
        '<div class="came" hidden><h2></h2><p class="lead"></p><button type="button"></button></div>'
        '<div class="problems" role="alert"><p class="title"></p><ul></ul></div>'
    ),
    css=asset("fragment.css"),
    js=asset("fragment.js"),
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


def fragment_reader(problems: Sequence[str], *, key: str) -> None:
    """Takes a patient's fragment out of the address and offers to open it; then it stands under the key, as ``opened``."""
    _READER(
        key=key,
        data={
            "problems": list(problems),
            "longest": LONGEST,
            "words": {
                "title": said.CAME_TITLE,
                "lead": said.CAME_LEAD,
                "button": said.CAME_BUTTON,
                "problem": said.CAME_PROBLEM,
            },
        },
        on_opened_change=lambda: None,  # without it Streamlit would not keep the text under the key
    )
