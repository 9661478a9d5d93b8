"""A text field for a day; below it why what was typed is no day, or how it was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import streamlit as st

from recommender.languages import short_day
from recommender.web.clinic.ui import day_words as said
from recommender.web.clinic.ui.messages import show_error
from recommender.web.clinic.ui.typed_days import LONGEST, InvalidDay, Reader, read_back, read_day
from recommender.web.ui import fields


class TypedDay(NamedTuple):
    """What stands in a field: the day that it is, if it is one, and else why it is none; neither where nothing is typed."""

    day: date | None
    problem: str = ""


def day_field(label: str, key: str, read: Reader, *, value: date | None = None, width: int = 250) -> TypedDay:
    """A field for a day, which begins with ``value``; what is no day is told below it."""
    st.text_input(
        label,
        short_day(value) if value else "",
        key=key,
        max_chars=LONGEST,
        width=width,
        placeholder=said.DAY_HINT,
        autocomplete="off",
    )
    typed = typed_day(str(st.session_state.get(key) or ""), read)
    if typed.problem:
        show_error(typed.problem, field=key, pressed=False)
    elif told := read_back(str(st.session_state.get(key) or ""), read):
        fields.note(told)
    return typed


def span_of_days(first: tuple[str, str, date], last: tuple[str, str, date]) -> tuple[date, date] | None:
    """Two fields side by side, each of a label, a key and the day that it begins with: the first and the last day.

    None where one of them is no day, or the first is after the last; that is told.
    """
    with st.container(horizontal=True, gap="small"):
        days = []
        for label, key, value in (first, last):
            with st.container(width=260):
                days.append(day_field(label, key, read_day, value=value).day)
    begins, ends = days
    if begins is None or ends is None:
        return None
    if begins > ends:
        show_error(said.SPAN_WRONG, field=first[1], pressed=False)
        return None
    return begins, ends


def typed_day(text: str, read: Callable[[str], date]) -> TypedDay:
    """What a text says of a day."""
    if not text.strip():
        return TypedDay(None)
    try:
        return TypedDay(read(text))
    except InvalidDay as reason:
        return TypedDay(None, str(reason))
