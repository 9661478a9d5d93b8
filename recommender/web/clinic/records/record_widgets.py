"""Widgets for the fields of a record: each shows the record's value, and below it why what was typed is not saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Final

import streamlit as st

from recommender.languages import clinic_time, short_day
from recommender.web.clinic.auth.access import may_see
from recommender.web.clinic.records.field import RecordField
from recommender.web.clinic.records.record_fields import RecordFields
from recommender.web.clinic.records.record_writing import value_at
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.treatment.treat_fields import fields_of
from recommender.web.clinic.treatment.treat_names import said_value
from recommender.web.clinic.ui import day_words
from recommender.web.clinic.ui.messages import show_error
from recommender.web.clinic.ui.typed_days import LONGEST, Reader, moment_text, read_back, read_day
from recommender.web.state.session import Visit
from recommender.web.ui import fields

PAGE: Final = "treat"
Step = Callable[[RecordFields], object]


def here(visit: Visit) -> RecordFields | None:
    """The fields of the record that the address names, for whoever may write it; None where there is none."""
    if visit.staff is None or not visit.record or not may_see(visit.staff, PAGE):
        return None
    return RecordFields(visit, visit.staff, fields_of)


def on_press(identifier: str, step: Step) -> Callable[[], None]:
    """A button's callback: save what was typed, then take the step.

    It looks up again who is signed in: the session may have ended since the page was drawn.
    """

    def run() -> None:
        record = here(Visit())
        if record is not None and record.record == identifier:
            record.collect()
            step(record)

    return run


def button(record: RecordFields, name: str, label: str, step: Step, *, look: Any = "secondary") -> None:
    """A button that takes a step in the record."""
    st.button(label, key=f"{name}-{record.record}", type=look, on_click=on_press(record.record, step))


def confirmed_button(record: RecordFields, name: str, label: str, step: Step, *, ask: str, yes: str, among: int = 1) -> None:
    """A button that asks for confirmation; where one of several (``among``) has gone, none of the others is asked about."""
    with st.popover(label, type="tertiary", key=f"{name}-ask-{among}-{record.record}"):
        st.html(f'<div class="plain">{escape(ask)}</div>')
        button(record, name, yes, step)


class Widgets:
    """The widgets of a record's page."""

    def __init__(self, record: RecordFields) -> None:
        self._record = record
        self._raw = {one.path: record.raw(one) for one in _fields(record)}

    def text(self, path: str, label: str, *, part: str = "", most: int = 200, width: int | str = 320, hint: str = "") -> None:
        """A line to type."""
        raw = self._shown(path, part) or ""
        key = self._record.key(path, part)
        st.text_input(label, raw, key=key, max_chars=most, width=width, placeholder=hint or None, autocomplete="off")  # type: ignore[arg-type]
        self.wrong(path, part)

    def lines(self, path: str, label: str, *, part: str = "", most: int = 4000) -> None:
        """Several lines to type."""
        st.text_area(label, self._shown(path, part) or "", key=self._record.key(path, part), max_chars=most, height=88)
        self.wrong(path, part)

    def day(self, path: str, label: str, *, part: str = "", today: bool = False, read: Reader = read_day) -> None:
        """A day to type, and a button for this one where it is likely; below it how it was read, where that is not plain."""
        now = (said.TODAY, lambda: short_day(clinic_time.today())) if today else None
        hint = day_words.DAY_HINT if read is read_day else day_words.MONTH_HINT
        self._moment(path, part, label, hint=hint, now=now)
        typed = st.session_state.get(self._record.key(path, part))
        if path not in self._record.wrong and (told := read_back(str(typed or ""), read)):
            fields.note(told)

    def moment(self, path: str, label: str, *, part: str = "") -> None:
        """A moment to type, and a button for this one."""
        now = (said.NOW, lambda: moment_text(clinic_time.now()))
        self._moment(path, part, label, hint=day_words.MOMENT_HINT, now=now)

    def _moment(self, path: str, part: str, label: str, *, hint: str, now: tuple[str, Callable[[], str]] | None) -> None:
        shown, key = self._shown(path, part) or "", self._record.key(path, part)

        def typed(_: RecordFields) -> None:
            if now:
                st.session_state[key] = now[1]()

        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.text_input(label, shown, key=key, max_chars=LONGEST, width=250, placeholder=hint, autocomplete="off")
            if now:
                button(self._record, f"now-{path}", now[0], typed)
        self.wrong(path, part)

    def one_of(
        self, path: str, label: str, options: Mapping[str, str], *, part: str = "", then: Step | None = None
    ) -> str | None:
        """A few answers, none chosen beforehand; the one that is chosen. ``then`` is taken once one is."""
        shown, keys = self._shown(path, part), list(options)
        chosen = st.radio(
            label,
            keys,
            index=keys.index(shown) if shown in keys else None,
            format_func=options.__getitem__,
            key=self._record.key(path, part),
            horizontal=True,
            width="stretch",
            on_change=on_press(self._record.record, then) if then else None,
        )
        self.wrong(path, part)
        return chosen

    def from_list(
        self, path: str, label: str, options: Mapping[str, str], *, part: str = "", typed: bool = False, width: int = 320
    ) -> None:
        """One of a list, none chosen beforehand; ``typed`` where another may be typed."""
        shown = self._shown(path, part)
        keys: Sequence[str] = list(options) if shown is None or shown in options else [*options, shown]
        st.selectbox(
            label,
            keys,
            index=keys.index(shown) if shown is not None else None,
            format_func=lambda key: options.get(key, key),
            key=self._record.key(path, part),
            placeholder=said.CHOOSE_OR_TYPE if typed else said.CHOOSE,
            accept_new_options=typed,
            width=width,
        )
        self.wrong(path, part)

    def wrong(self, path: str, part: str = "") -> None:
        """Why what stands in a field is not kept, if it is not."""
        found = self._record.wrong.get(path)
        if found is None or found.part != part:
            return
        kept = value_at(self._record.shown, path)
        still = said_value(self._record, path, kept) if part == "" and kept else ""
        words = said.NOT_SAVED_STILL if still else said.NOT_SAVED
        show_error(words.format(why=found.sentence, kept=still), field=self._record.key(path, part), pressed=False)

    def _shown(self, path: str, part: str) -> Any:
        return self._raw[path].get(part)


def _fields(record: RecordFields) -> Sequence[RecordField]:
    return list(fields_of(record))
