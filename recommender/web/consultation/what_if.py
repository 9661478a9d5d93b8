"""What-if: what other answers would change, tried on a copy of the draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from recommender import assess
from recommender.web.actions import WHAT_IF, button
from recommender.web.clinic.ui.messages import show_error
from recommender.web.components.summary import summary
from recommender.web.consultation import words as said
from recommender.web.consultation.checklist import Checklist, Row
from recommender.web.consultation.differences import differences, table_html
from recommender.web.patient.journey import Journey, JourneyStep
from recommender.web.state.draft import Draft
from recommender.web.state.session import Visit
from recommender.web.ui import fields

_NOT_ASKED: Final = ""


def what_if(visit: Visit, journey: Journey, step: JourneyStep, checklist: Checklist) -> None:
    """The panel. Closed, nothing is worked out; what is tried stands in its fields alone."""
    with st.expander(said.WHAT_IF_TITLE, key=visit.key("what-if-panel"), on_change="rerun") as panel:
        if panel.open:
            _tried(visit, journey, step, checklist)


def _tried(visit: Visit, journey: Journey, step: JourneyStep, checklist: Checklist) -> None:
    fields.note(said.WHAT_IF_LEAD)
    rows = {row.key: row for row in checklist.everything() if row.kind != "known"}
    picked = st.multiselect(
        said.WHAT_IF_PICK,
        list(rows),
        format_func=lambda key: rows[key].name,
        key=visit.key(WHAT_IF),
        placeholder=said.WHAT_IF_PLACEHOLDER,
        select_all=False,  # it would stand first in the list and be what Enter chooses
    )
    tried = {key: _other(visit, rows[key]) for key in picked}
    if not tried:
        fields.note(said.WHAT_IF_NONE)
        return
    then = assess(visit.rules, trial(visit.draft, tried).answers())
    different = differences(journey.assessment, then)
    if different:
        summary(table_html(different, caption=said.WHAT_IF_TABLE, columns=said.WHAT_IF_COLUMNS), key=visit.key("what-if-table"))
    else:
        fields.note(said.WHAT_IF_SAME, kind="plain")
    button("what-if-reset", said.WHAT_IF_RESET, step)


def trial(draft: Draft, tried: Mapping[str, Any]) -> Draft:
    """A copy of a draft with other answers; None is an answer taken back. The draft itself stays as it is."""
    copy = Draft(draft.content())
    for key, value in tried.items():
        copy.put(key, value)
    return copy


def _other(visit: Visit, row: Row) -> Any:
    """The field for another answer to one question, and what stands in it."""
    key = visit.key(f"what-if.{row.key}")
    label = said.WHAT_IF_ASK.format(question=row.name, now=_now(row))
    if row.kind == "number":
        st.text_input(label, "" if row.value is None else str(row.value), key=key, max_chars=fields.MOST_DIGITS, width=260)
        text, value = fields.typed_number(key)
        if text and (value is None or value > row.most):
            is_year = fields.looks_like_a_year(row.key, value)
            show_error(said.AGE_YEAR if is_year else said.WHOLE_NUMBER.format(most=row.most), field=key, pressed=False)
            return row.value
        return value
    words = dict(row.options)
    answers = (*words, _NOT_ASKED)
    chosen = st.radio(
        label,
        answers,
        index=answers.index(row.value or _NOT_ASKED),
        format_func=lambda value: words.get(value, said.NOT_ASKED),
        key=key,
        horizontal=True,
    )
    return chosen or None


def _now(row: Row) -> str:
    answer = said.NOT_ASKED if row.value is None else dict(row.options).get(row.value, str(row.value))
    return said.WHAT_IF_NOW.format(answer=answer)
