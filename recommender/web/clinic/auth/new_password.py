"""The fields for a new password, typed twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from recommender.web.clinic import list_words as said
from recommender.web.clinic.ui.messages import show_error
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

#: how the key of every field for a password begins
SECRET: Final = "secret-"  # noqa: S105 (no password)
_TO_EMPTY: Final = SessionValue[list[str]]("fields-to-empty")


def new_password(name: str, label: str, again: str) -> Callable[[], str | None]:
    """Two fields for a new password; returns a function that gives it, or shows why there is none and gives None.

    Use them inside a form: outside of one, Streamlit does not send what is typed when Tab moves to the button that shows it.
    """
    fields.note(said.PASSWORD_HINT)
    first = secret(f"{name}-new", label)
    second = secret(f"{name}-again", again)

    def password() -> str | None:
        if not first or not second:
            show_error(said.NOTHING_TYPED, field=password_field(name) if not first else password_field(name, again=True))
        elif first != second:
            show_error(said.DIFFERENT, field=password_field(name, again=True))
        else:
            return first
        return None

    return password


def password_field(name: str, *, again: bool = False) -> str:
    """The key of a field for a new password, or of the one in which it is typed again."""
    return f"{SECRET}{name}-{'again' if again else 'new'}"


def secret(name: str, label: str, *, autocomplete: str = "new-password") -> str:
    """A field for a password."""
    typed = st.text_input(label, key=f"{SECRET}{name}", type="password", max_chars=200, autocomplete=autocomplete, width=420)
    return typed or ""


def forget_passwords(*also: str) -> None:
    """Empty every field for a password, and other fields, when the page is drawn next."""
    _TO_EMPTY.put([*(str(key) for key in st.session_state if str(key).startswith(SECRET)), *also])


def empty_fields() -> None:
    """Empty these fields in the browser too: deleting the value alone would leave the text in the field."""
    for key in _TO_EMPTY.take() or ():
        st.session_state[key] = ""
