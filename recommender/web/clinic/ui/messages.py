"""Status and error messages, on this page or on the next one.

An error is shown at its field, linked to it, and listed in the summary on top of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final, NamedTuple

import streamlit as st

from recommender.documents.problems import RecommenderError
from recommender.web.state.form_errors import count_error
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_NEXT: Final = SessionValue[str]("told-next")
_WRONG: Final = SessionValue[list["ShownError"]]("wrong-now")


class ShownError(NamedTuple):
    """What is wrong on the page as it is drawn now: the key of the field, "" for none, why, whether a press led to it, and
    the name of the sentence on the page.

    What no press led to is read aloud where it stands and takes no focus from whoever is typing.
    """

    field: str
    text: str
    pressed: bool
    name: str


def show_status(text: str) -> None:
    """A short text that is read aloud where it appears."""
    st.html(f'<div class="done" role="status">{escape(text)}</div>')


def show_error(text: str, *, field: str = "", pressed: bool = True) -> None:
    """Show an error here, and keep it for the link to its field and for the summary on top of the page."""
    before = shown_errors()
    name = f"{fields.css_name(field)}-error-{len(before)}" if field else ""
    if pressed:
        count_error()
    _WRONG.put([*before, ShownError(field, text, pressed, name)])
    mark = f' id="{name}"' if name else ""
    role = "" if pressed else ' role="alert"'  # the summary is read aloud for what was pressed
    st.html(f'<div class="error"{mark}{role}>{escape(text)}</div>')


def shown_errors() -> list[ShownError]:
    """The errors shown on the page so far."""
    return _WRONG.get([])


def forget_shown_errors() -> None:
    """Forget the errors of the previous rerun."""
    _WRONG.take()


def effects_of_errors() -> list[dict[str, Any]]:
    """What links the errors to their fields."""
    by_field: dict[str, list[str]] = {}
    for one in shown_errors():
        by_field.setdefault(one.field, []).append(one.name)
    return [
        {"key": fields.css_name(key), "described": " ".join(names), "invalid": True} for key, names in by_field.items() if key
    ]


def show_problems(error: RecommenderError, named: Mapping[str, str] | None = None) -> None:
    """Show each problem of an error; ``named`` maps the name that a problem gives to its field."""
    for problem in error.problems:
        where = f"{problem.where[:1].upper()}{problem.where[1:]}"
        show_error(f"{where} {problem.message}.", field=(named or {}).get(problem.where, ""))


def status_for_next_page(text: str) -> None:
    """Keep a text for the page that is shown next."""
    _NEXT.put(text)


def show_kept_status() -> None:
    """Show the text that was kept for this page, once."""
    if text := _NEXT.take():
        show_status(text)
