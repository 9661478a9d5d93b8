"""What a visit was told is wrong on a page, until it turns to another one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.web.state.address import STEP

_ERRORS: Final = "errors"
_ERROR_COUNT: Final = "error-count"


def errors() -> dict[str, str]:
    """What is wrong on this page: field → sentence."""
    step, found = st.session_state.get(_ERRORS, ("", {}))
    return dict(found) if step == st.query_params.get(STEP) else {}


def error_count() -> int:
    """How often this visit was told of errors, so that each summary takes the focus once."""
    return int(st.session_state.get(_ERROR_COUNT, 0))


def report(step: str, found: dict[str, str]) -> None:
    """Show these errors on a page."""
    st.session_state[_ERRORS] = (step, found)
    count_error()


def count_error() -> None:
    """Count that this visit is told of an error."""
    st.session_state[_ERROR_COUNT] = error_count() + 1


def forget_errors() -> None:
    """Another page is shown: nothing is wrong there yet."""
    st.session_state.pop(_ERRORS, None)
