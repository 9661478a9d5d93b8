"""The button that opens a patient's file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from recommender.knowledge.answer_files import LARGEST
from recommender.web.components import component
from recommender.web.consultation import words as said

OPENED: Final = "opened"
_OPENER = component(__file__)


def opener(problems: Sequence[str], *, key: str) -> None:
    """A button to open a patient's file, and what was wrong with the last one; its text stands under the key, as ``opened``."""
    _OPENER(
        key=key,
        data={
            "problems": list(problems),
            "largest": LARGEST,
            "words": {
                "button": said.FILE_BUTTON,
                "problem": said.FILE_PROBLEM,
                "tooLarge": said.FILE_TOO_LARGE,
                "unreadable": said.FILE_UNREADABLE,
            },
        },
        on_opened_change=lambda: None,
    )


def text_opened(key: str) -> str | None:
    """The text of the file that was opened just now."""
    opened = (st.session_state.get(key) or {}).get(OPENED)
    text = opened.get("text") if isinstance(opened, dict) else None
    return text if isinstance(text, str) else None
