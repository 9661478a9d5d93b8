"""A patient's timeline on the page: what happened on which day; each line opens its visit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from recommender.documents.staff import Staff
from recommender.export.visit.words import typed, who
from recommender.knowledge.rulebase import RuleBase
from recommender.languages import short_day
from recommender.records.reports.timeline import Happened, timeline
from recommender.records.visits.consultations import Kept
from recommender.web.clinic import words
from recommender.web.clinic.reports import words as said
from recommender.web.clinic.reports.events_page import named
from recommender.web.clinic.ui.listing import Cell, RecordRow, begun_on, record_table
from recommender.web.clinic.ui.question_names import QuestionNames


def timeline_section(visits: Sequence[Kept], rules: RuleBase, staff: Staff, *, key: str) -> None:
    """Everything that happened to a patient, folded away: the latest first."""
    by_id, names = {kept.id: kept for kept in visits}, QuestionNames(rules)
    with st.expander(said.TIMELINE_TITLE):
        rows = [_row(one, by_id[one.visit], names) for one in timeline(visits)]
        record_table(said.TIMELINE_CAPTION, said.TIMELINE_COLUMNS, rows, staff=staff, key=f"timeline-{key}", empty="")


def _row(one: Happened, kept: Kept, names: QuestionNames) -> RecordRow:
    used = [": ".join(filter(None, (", ".join(map(names.area, product.areas)), named(product)))) for product in one.products]
    detail = "; ".join(filter(None, (typed(one.text), *used)))
    day = short_day(one.on)
    aloud = f"{day}, {words.VISIT_OPEN.format(day=begun_on(kept.begun_at))}"
    cells = (Cell(said.HAPPENED[one.what], detail), Cell(who(one.by) if one.by else ""))
    return RecordRow(one.visit, kept.consultation.state, day, aloud, cells)
