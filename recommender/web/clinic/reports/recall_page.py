"""A lot that is recalled: every patient and visit in which it was used."""

from __future__ import annotations

from typing import Final

import streamlit as st

from recommender.documents.plan import lot_key
from recommender.export.visit.words import typed
from recommender.web.clinic import list_words as said
from recommender.web.clinic.stores import consultations
from recommender.web.clinic.ui.downloads import save_lines
from recommender.web.clinic.ui.listing import Cell, injected_cell, note_if_cut, record_row, record_table, state_cell
from recommender.web.clinic.ui.messages import show_kept_status
from recommender.web.state.session import Visit
from recommender.web.ui import fields

LOT_FIELD: Final = "lot"


def recall_page(visit: Visit) -> None:
    """A lot number to enter, and who was treated from it."""
    staff = visit.staff
    if staff is None:
        return
    st.title(said.RECALL_TITLE, anchor=False)
    show_kept_status()
    fields.note(said.RECALL_LEAD)
    lot = st.text_input(said.RECALL_LOT, key=LOT_FIELD, max_chars=200, autocomplete="off", width=320)
    if not lot_key(lot):
        return
    lines = consultations().recall(lot, by=staff)
    rows = [
        record_row(
            line,
            Cell(typed(line.patient.contact) or said.NOTHING),
            injected_cell(line.injected_on, expired=line.used_expired),
            state_cell(line.state, line.stage),
        )
        for line in lines
    ]
    people = said.counted(said.PATIENTS, len({line.patient_id for line in lines}))
    caption = said.RECALL_CAPTION.format(lot=typed(lot), patients=people, visits=said.counted(said.VISITS, len(lines)))
    header = (said.PATIENT, said.CONTACT, said.INJECTED_ON, said.STATE)
    record_table(caption, header, rows, staff=staff, key="recall", empty=said.RECALL_NONE)
    note_if_cut(len(rows), len(rows))
    save_lines(lines, name=f"lot-{lot_key(lot).lower()[:40]}.csv", key="recall-csv")
