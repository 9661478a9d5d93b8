"""Where the nurse's findings come to another result than the patient's answers."""

from __future__ import annotations

import streamlit as st

from recommender import assess
from recommender.documents import Assessment
from recommender.documents.consultation import Consultation
from recommender.web.clinic import words as said
from recommender.web.components.summary import summary
from recommender.web.consultation.differences import differences, table_html
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def patient_differences(visit: Visit, consultation: Consultation, found: Assessment) -> None:
    """How the result of the patient's own answers differs from the nurse's, both by today's rules."""
    if consultation.patient is None:
        return
    answers = consultation.patient.answers.model_copy(update={"respondent": "nurse", "jurisdiction": consultation.jurisdiction})
    different = differences(assess(visit.rules, answers), found)
    if not different:
        fields.note(said.BOTH_SAME, kind="plain")
        return
    with st.expander(said.BOTH_TITLE.format(number=len(different)), key=visit.key("both-panel")):
        summary(table_html(different, caption=said.BOTH_TABLE, columns=said.BOTH_COLUMNS), key=visit.key("both"))
