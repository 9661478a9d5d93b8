"""Telling somebody what became of what they did: at once, or on the page they are turned to."""

from __future__ import annotations

from html import escape
from typing import Final, Literal

import streamlit as st

from recommender.documents.problems import RecommenderError

_NEXT: Final = "told-next"


def told(text: str, *, kind: Literal["done", "error"] = "done") -> None:
    """A short text that is read aloud where it appears."""
    role = "alert" if kind == "error" else "status"
    st.html(f'<div class="{kind}" role="{role}">{escape(text)}</div>')


def told_problems(error: RecommenderError) -> None:
    """What is wrong, each thing in a sentence."""
    for problem in error.problems:
        where = f"{problem.where[:1].upper()}{problem.where[1:]}"
        told(f"{where} {problem.message}.", kind="error")


def tell_next(text: str) -> None:
    """Keep a text for the page that is shown next."""
    st.session_state[_NEXT] = text


def told_before() -> None:
    """Show the text that was kept for this page, once."""
    if text := st.session_state.pop(_NEXT, ""):
        told(text)
