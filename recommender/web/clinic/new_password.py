"""A new password, typed twice, for an account of one's own or of somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from recommender.web import fields
from recommender.web.clinic import list_words as said
from recommender.web.clinic.telling import told

_PREFIX: Final = "secret-"


def new_password(name: str, label: str, again: str) -> Callable[[], str | None]:
    """Two fields for a new password; what is called gives it, or says why there is none."""
    fields.note(said.PASSWORD_HINT)
    first = secret(f"{name}-new", label)
    second = secret(f"{name}-again", again)

    def password() -> str | None:
        if not first or not second:
            told(said.NOTHING_TYPED, kind="error")
        elif first != second:
            told(said.DIFFERENT, kind="error")
        else:
            return first
        return None

    return password


def secret(name: str, label: str, *, autocomplete: str = "new-password") -> str:
    """A field for a password."""
    typed = st.text_input(label, key=f"{_PREFIX}{name}", type="password", max_chars=200, autocomplete=autocomplete, width=420)
    return typed or ""


def forget_passwords(*also: str) -> None:
    """Empty every field for a password, and other fields."""
    for key in list(st.session_state):
        if str(key).startswith(_PREFIX) or key in also:
            del st.session_state[key]
