"""The reader of a patient's answers that came with the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from recommender.web.assets import asset
from recommender.web.handover import words as said
from recommender.web.handover.link import LONGEST

_READER: Final = st.components.v2.component(
    "fragment_reader",
    html=(
        '<div class="came" hidden><h2></h2><p class="lead"></p><button type="button"></button></div>'
        '<div class="problems" role="alert"><p class="title"></p><ul></ul></div>'
    ),
    css=asset(__file__, "fragment_reader.css"),
    js=asset(__file__, "fragment_reader.js"),
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
