"""What a visitor's session keeps from one run to the next, each with its type; fields are kept by Streamlit itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

import streamlit as st

T = TypeVar("T")


class Keyed(Protocol):
    """What has keys of its own, as a visit has."""

    def key(self, name: str, /) -> str:
        """A name with what it is about."""


class SessionValue(Generic[T]):
    """A value under a name; ``of`` says what it is about, where there can be several: a visit, or the id of something."""

    def __init__(self, name: str) -> None:
        self._name = name

    def get(self, default: T, *, of: Keyed | str = "") -> T:
        """The value, or the default where nothing is kept."""
        value: T = st.session_state.get(self._key(of), default)
        return value

    def found(self, *, of: Keyed | str = "") -> T | None:
        """The value, or None where nothing is kept."""
        value: T | None = st.session_state.get(self._key(of))
        return value

    def begun(self, make: Callable[[], T], *, of: Keyed | str = "") -> T:
        """The value, made and kept where there is none."""
        key = self._key(of)
        if key not in st.session_state:
            st.session_state[key] = make()
        value: T = st.session_state[key]
        return value

    def put(self, value: T, *, of: Keyed | str = "") -> None:
        """Keep a value."""
        st.session_state[self._key(of)] = value

    def take(self, *, of: Keyed | str = "") -> T | None:
        """The value, which is kept no longer; None where there is none."""
        value: T | None = st.session_state.pop(self._key(of), None)
        return value

    def _key(self, of: Keyed | str) -> str:
        if isinstance(of, str):
            return f"{self._name}-{of}" if of else self._name
        return of.key(self._name)
