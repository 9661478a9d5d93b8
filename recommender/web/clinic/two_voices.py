"""Patient and nurse on one page: where their answers come to different results, and where two nurses answered at once."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from recommender import assess
from recommender.documents import Assessment
from recommender.documents.consultation import Consultation
from recommender.web.checklist import Checklist
from recommender.web.clinic import words as said
from recommender.web.differences import differences, table_html
from recommender.web.state.autosave import CLASHES, clashes
from recommender.web.state.session import Visit
from recommender.web.ui import fields
from recommender.web.ui.components import summary


def both_assessments(visit: Visit, consultation: Consultation, found: Assessment) -> None:
    """Where the nurse's findings come to another result than the patient's answers, read by the same rules of today."""
    if consultation.patient is None:
        return
    answers = consultation.patient.answers.model_copy(update={"respondent": "nurse", "jurisdiction": consultation.jurisdiction})
    different = differences(assess(visit.rules, answers), found)
    if not different:
        fields.note(said.BOTH_SAME, kind="plain")
        return
    with st.expander(said.BOTH_TITLE.format(number=len(different)), key=visit.key("both-panel")):
        summary(table_html(different, caption=said.BOTH_TABLE, columns=said.BOTH_COLUMNS), key=visit.key("both"))


def settle_clashes(visit: Visit, checklist: Checklist) -> None:
    """Each answer that somebody else gave otherwise meanwhile: theirs is kept, and this one waits to be chosen or let go."""
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
