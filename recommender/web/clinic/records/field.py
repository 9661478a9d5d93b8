"""One field of a record on a page: its widgets, what they hold, and why that cannot be kept yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

import streamlit as st

from recommender.web.clinic.records.record_writing import ABSENT

KEEP: Final = object()
#: the key of the widget of a part
KeyOf = Callable[[str], str]


class InvalidInput(Exception):  # noqa: N818 (read as a sentence: not yet)
    """What stands in a field cannot be kept yet: which part of it is wrong and why; ``instead`` is kept meanwhile, if given."""

    def __init__(self, part: str, sentence: str, *, instead: Any = KEEP) -> None:
        super().__init__(sentence)
        self.part, self.sentence, self.instead = part, sentence, instead


def in_session(key_of: KeyOf, part: str) -> Any:
    """What stands in an ordinary widget, one for each part; ABSENT where it is not on the page."""
    return st.session_state.get(key_of(part), ABSENT)


class RecordField(NamedTuple):
    """A field of a record and its widgets, by the name of each part.

    ``raw`` gives what the widgets hold for a value of the record, ``read`` the value for what they hold, or raises NotYet.
    """

    path: str
    raw: Callable[[Any], Mapping[str, Any]]
    read: Callable[[Mapping[str, Any]], Any]
    parts: tuple[str, ...] = ("",)
    held: Callable[[KeyOf, str], Any] = in_session


class FieldError(NamedTuple):
    """What is not kept: which part of a field, and the sentence that says why."""

    part: str
    sentence: str
