"""The reader of a patient's answers that came with the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from recommender.web.components import component
from recommender.web.handover import words as said
from recommender.web.handover.link import LONGEST

_READER: Final = component(__file__)


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
