"""One patient's visits side by side on the page: what was found, with each change marked, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from recommender.documents.consultation import Decision
from recommender.export.visit.words import CHOICES, amount, typed
from recommender.knowledge.rulebase import RuleBase
from recommender.languages import clinic_time, short_day, spoken
from recommender.records.reports.visit_comparison import (
    ComparedAnswer,
    ComparedValue,
    ComparedVisit,
    Injected,
    VisitComparison,
    compare_visits,
)
from recommender.records.visits.consultations import Kept
from recommender.web.clinic import list_words as said
from recommender.web.clinic import words
from recommender.web.clinic.ui.question_names import QuestionNames
from recommender.web.components.listing import html_listing
from recommender.web.ui import fields


def side_by_side(kepts: Sequence[Kept], rules: RuleBase, *, key: str) -> None:
    """The table of all visits, the first one first; only what changed, unless all is asked for."""
    st.header(said.SIDE_TITLE, anchor=False)
    if sum(kept.consultation.state != "voided" for kept in kepts) < 2:
        fields.note(said.SIDE_ONE, kind="plain")
        return
    table = compare_visits(kepts)
    fields.note(said.SIDE_LEAD)
    everything = st.checkbox(said.SIDE_ALL, key=f"all-{key}")
    shown = [row for row in table.rows if everything or row.changed]
    if not shown:
        fields.note(said.SIDE_SAME, kind="plain")
    html_listing(_SideBySideHtml(QuestionNames(rules)).text(table, shown), key=f"side-{key}")


class _SideBySideHtml:
    """Writes the table; every text is escaped."""

    def __init__(self, names: QuestionNames) -> None:
        self._names = names

    def text(self, table: VisitComparison, shown: Sequence[ComparedAnswer]) -> str:
        """The table in a region that scrolls by itself, by the keyboard as well."""
        head = "".join(
            f'<th scope="col">{escape(short_day(clinic_time.local(visit.begun_at).date()))}'
            f'<span class="detail">{escape(words.STATES[visit.state])}</span></th>'
            for visit in table.visits
        )
        body = "".join(self._row(row) for row in shown)
        body += self._done(said.DECIDED, [self._decided(visit) for visit in table.visits])
        body += self._done(said.INJECTED, [self._injected(visit) for visit in table.visits])
        return (
            '<div class="wide" role="region" tabindex="0" aria-labelledby="side-by-side">'
            f'<table><caption id="side-by-side">{escape(said.SIDE_CAPTION)}</caption>'
            f'<thead><tr><th scope="col">{escape(said.SIDE_ABOUT)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        )

    def _row(self, row: ComparedAnswer) -> str:
        cells = "".join(self._cell(row.about, cell) for cell in row.cells)
        return f'<tr><th scope="row">{escape(self._names.asked(row.about))}</th>{cells}</tr>'

    def _cell(self, about: str, cell: ComparedValue) -> str:
        answer = self._names.answered(about, cell.words)
        told = escape(answer) if answer else f'<span class="unsaid">{escape(said.NOT_SAID)}</span>'
        if not cell.changed:
            return f"<td>{told}</td>"
        return f'<td class="changed calm">{told} <span class="mark calm">{escape(cell.since)}</span></td>'

    def _done(self, title: str, cells: Sequence[str]) -> str:
        return f'<tr><th scope="row">{escape(title)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'

    def _decided(self, visit: ComparedVisit) -> str:
        return "".join(f"<p>{escape(self._decision(one))}</p>" for one in visit.decided) or _nothing(said.NOT_DECIDED)

    def _decision(self, one: Decision) -> str:
        return f"{self._names.area(one.area)} – {self._names.treatment(one.treatment)}: {spoken(CHOICES)[one.choice].clinical}"

    def _injected(self, visit: ComparedVisit) -> str:
        return "".join(f"<p>{escape(self._given(one))}</p>" for one in visit.injected) or _nothing(said.NOT_INJECTED)

    def _given(self, one: Injected) -> str:
        product = typed(one.brand or one.product) or self._names.treatment(one.treatment)
        lot = said.LOT.format(lot=typed(one.lot) or said.NOTHING)
        past = f", {said.EXPIRED}" if one.expired else ""
        return f"{self._names.area(one.area)}: {product}, {amount(one.amount, one.unit)}, {lot}{past}"


def _nothing(text: str) -> str:
    return f'<span class="unsaid">{escape(text)}</span>'
