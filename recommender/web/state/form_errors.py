"""The errors shown on a page, until the visitor goes to another one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.web.state.address import STEP

_ERRORS: Final = "errors"
_ERROR_COUNT: Final = "error-count"


def errors() -> dict[str, str]:
    """The errors on this page: field → sentence."""
    step, found = st.session_state.get(_ERRORS, ("", {}))
    return dict(found) if step == st.query_params.get(STEP) else {}


def error_count() -> int:
    """How often errors were shown in this session, so that each summary takes the focus once."""
    return int(st.session_state.get(_ERROR_COUNT, 0))


def report(step: str, found: dict[str, str]) -> None:
    """Show these errors on a page."""
    st.session_state[_ERRORS] = (step, found)
    count_error()


def count_error() -> None:
    """Count one more time that errors are shown."""
    st.session_state[_ERROR_COUNT] = error_count() + 1


def forget_errors() -> None:
    """Forget the errors when another page is shown."""
    st.session_state.pop(_ERRORS, None)
