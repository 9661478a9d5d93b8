"""The errors shown on a page, and what is asked again there, until the visitor goes to another one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.web.state.address import STEP

_ERRORS: Final = "errors"
_ERROR_COUNT: Final = "error-count"
_NONE: Final[tuple[str, dict[str, str], bool]] = ("", {}, False)


def errors() -> dict[str, str]:
    """The errors on this page: field → sentence."""
    step, found, _ = st.session_state.get(_ERRORS, _NONE)
    return dict(found) if step == st.query_params.get(STEP) else {}


def asks_again() -> bool:
    """Whether what is shown is no error: it is asked once whether something is left open on purpose."""
    return bool(errors()) and bool(st.session_state[_ERRORS][2])


def error_count() -> int:
    """How often errors were shown in this session, so that each summary takes the focus once."""
    return int(st.session_state.get(_ERROR_COUNT, 0))


def report(step: str, found: dict[str, str], *, asks: bool = False) -> None:
    """Show these errors on a page; with ``asks`` they are none."""
    st.session_state[_ERRORS] = (step, found, asks)
    count_error()


def count_error() -> None:
    """Count one more time that errors are shown."""
    st.session_state[_ERROR_COUNT] = error_count() + 1


def forget_errors() -> None:
    """Forget the errors when another page is shown."""
    st.session_state.pop(_ERRORS, None)
