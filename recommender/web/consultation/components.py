"""Browser components of the nurse's page: the checklist to answer in place, and the button that opens a patient's file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from recommender.knowledge.answer_files import LARGEST
from recommender.web.consultation import words as said
from recommender.web.consultation.checklist import Part
from recommender.web.ui.components import asset

CHANGES: Final = "changes"
OPENED: Final = "opened"
_SHEET = st.components.v2.component(
    "sheet",
    html=(
        '<div class="sheet"><div class="list-seen"></div>'
        '<h2 class="open-title"></h2><p class="open-lead"></p><p class="open-more"></p><div class="list-open"></div>'
        '<details class="answered"><summary><h2></h2></summary><div class="list-answered"></div></details></div>'
    ),
    css=asset("sheet.css"),
    js=asset("sheet.js"),
)
_OPENER = st.components.v2.component(
    "opener",
    html=(
        '<div class="opener"><label><span class="button"></span>'
        '<input type="file" accept=".json,application/json" aria-describedby="problems"></label>'
        '<div class="problems" id="problems" role="alert"><p class="title"></p><ul></ul></div></div>'
    ),
    css=asset("opener.css"),
    js=asset("opener.js"),
)


def sheet(parts: Sequence[Part], *, key: str, applied: int) -> None:
    """Rows to answer; changes stand under the key, as ``changes``: [number, key of the draft, value or None] each.

    ``applied`` is the number of the last change that the draft has.
    """
    _SHEET(
        key=key,
        data={
            "applied": applied,
            "parts": [part._asdict() | {"rows": [row._asdict() for row in part.rows]} for part in parts],
            "words": {
                "open": said.OPEN_TITLE,
                "openLead": said.OPEN_LEAD,
                "openNone": said.OPEN_NONE,
                "atPlaces": said.OPEN_AT_PLACES,
                "answered": said.ANSWERED_TITLE,
                "takeBack": said.TAKE_BACK,
                "differs": said.DIFFERS,
                "whole": said.WHOLE_NUMBER,
                "year": said.AGE_YEAR,
            },
        },
        on_changes_change=lambda: None,  # without it Streamlit would not keep the changes under the key
    )


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


def changes_told(key: str, *, after: int) -> list[tuple[int, str, Any]]:
    """The changes of a checklist with a number above ``after``, in order; anything malformed is left out."""
    told = (st.session_state.get(key) or {}).get(CHANGES)
    shaped = [one for one in told if isinstance(one, list) and len(one) == 3] if isinstance(told, list) else []
    return [(n, name, value) for n, name, value in shaped if type(n) is int and n > after and isinstance(name, str)]
