"""Files to save, and the page to print."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import streamlit as st

from recommender.web import words
from recommender.web.components import component

_DOWNLOADS = component(__file__)


class File(NamedTuple):
    """A file to save: what its button says, a hint under it, the file's name, its media type and its content."""

    label: str
    hint: str
    name: str
    media_type: str
    content: bytes


def downloads(
    make: Callable[[str], tuple[bytes, str]],
    *,
    key: str,
    printed: bool = False,
    formats: Collection[str] = ("pdf", "html", "markdown", "json"),
    stem: str = "consultation-summary",
) -> None:
    """A button for each of ``words.FILES`` in these formats; the first is the one most people want. The files are named by
    ``stem``. With ``printed`` one more button prints the page.

    Only the file whose button was just pressed is made (format → content, media type) and sent; none is kept.
    """
    late = st.session_state.pop(f"{key}-late", None)  # a button that this session did not know when the rerun began
    wanted = _wanted(late or (st.session_state.get(key) or {}).get("wanted"))
    files = [
        {"label": label, "hint": hint, "name": f"{stem}.{ending}", "format": format_, "main": place == 0}
        for place, (format_, (label, hint, ending)) in enumerate(words.FILES.items())
        if format_ in formats
    ]
    made = None
    if wanted is not None:
        content, media_type = make(wanted[0])
        made = {"format": wanted[0], "press": wanted[1], **_sent(content, media_type)}
    paper = {"label": words.PRINT, "hint": words.PRINT_HINT} if printed else None
    told = _DOWNLOADS(
        key=key, data={"files": files, "made": made, "print": paper, "inside": words.INSIDE_APP}, on_wanted_change=lambda: None
    )
    if wanted is None and _wanted(told.wanted) is not None:
        st.session_state[f"{key}-late"] = told.wanted
        st.rerun()


def _wanted(told: object) -> tuple[str, int] | None:
    """The format that somebody asked for, and the number of the press; None where that was told of none."""
    match told:
        case {"format": str(name), "press": int(press)} if name in words.FILES:
            return name, press
    return None


def saved(files: Sequence[File], *, key: str) -> None:
    """A download button for each file; the browser makes it from the page's data."""
    shown = [
        {"label": file.label, "hint": file.hint, "name": file.name, "main": False, **_sent(file.content, file.media_type)}
        for file in files
    ]
    _DOWNLOADS(key=key, data={"files": shown, "made": None, "inside": words.INSIDE_APP}, on_wanted_change=lambda: None)


def _sent(content: bytes, media_type: str) -> dict[str, str]:
    return {"type": media_type, "content": base64.b64encode(content).decode()}
