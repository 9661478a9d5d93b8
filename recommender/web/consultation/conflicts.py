"""Answers that two nurses gave differently at the same time: each is shown, and one of them is chosen."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from recommender.web.clinic import words as said
from recommender.web.consultation.checklist import Checklist
from recommender.web.state.autosave import CLASHES, clashes
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def resolve_conflicts(visit: Visit, checklist: Checklist) -> None:
    """Each answer that somebody else has changed meanwhile: theirs is kept, and this one waits to be chosen or dropped."""
    waiting = clashes(visit)
    if not waiting:
        return
    rows = {row.key: row for row in checklist.everything()}
    with st.container(key="clashes", border=True):
        fields.note(said.CLASH, kind="error")
        for key, mine in waiting.items():
            name = rows[key].name if key in rows else key
            theirs, yours = (checklist.said(key, value) for value in (visit.draft.get(key), mine))
            fields.note(said.CLASH_ASK.format(question=name, theirs=theirs, mine=yours), kind="plain")
            with st.container(horizontal=True, gap="small"):
                if st.button(said.CLASH_MINE, key=visit.key(f"mine-{key}")):
                    visit.change(partial(_mine, visit, key, mine))
                    _settled(visit, key)
                if st.button(said.CLASH_THEIRS, key=visit.key(f"theirs-{key}")):
                    _settled(visit, key)


def _mine(visit: Visit, key: str, mine: Any) -> bool:
    return visit.draft.put(key, mine)


def _settled(visit: Visit, key: str) -> None:
    st.session_state[visit.key(CLASHES)] = {one: value for one, value in clashes(visit).items() if one != key}
    st.rerun()
