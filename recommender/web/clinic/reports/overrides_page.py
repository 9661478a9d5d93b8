"""Which rules were not followed in signed records, how, why and how often."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from recommender.export import Summary
from recommender.export.blocks import Line, Table
from recommender.export.visit.words import CHOICES, REASONS
from recommender.languages import current, spoken
from recommender.records.visits.visit_lists import OverrideCount
from recommender.web.clinic import list_words as said
from recommender.web.clinic.stores import consultations
from recommender.web.components.summary import summary
from recommender.web.result.summary_html import SummaryHtml
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def overrides_page(visit: Visit) -> None:
    """One line for each rule, choice and reason; the rules that were not followed most often first."""
    if visit.staff is None:
        return
    st.title(said.OVERRIDES_TITLE, anchor=False)
    fields.note(said.OVERRIDES_LEAD)
    found = consultations().overrides(by=visit.staff)
    if not found:
        fields.note(said.OVERRIDES_NONE, kind="plain")
        return
    titles = {rule.id: rule.text.title for rule in visit.rules.every_rule}
    of_rule: Counter[str] = Counter()
    for one in found:
        of_rule[one.rule] += one.times
    ordered = sorted(found, key=lambda one: (-of_rule[one.rule], one.rule, -one.times))
    rows = tuple(_row(one, titles.get(one.rule, said.EARLIER_RULE)) for one in ordered)
    table = Table(said.OVERRIDES_CAPTION, said.OVERRIDES_COLUMNS, rows)
    summary(SummaryHtml(Summary("", current(), (table,), ())).text(), key="overrides")


def _row(one: OverrideCount, title: str) -> tuple[Line, ...]:
    choice = next((words.clinical for code, words in spoken(CHOICES).items() if code == one.choice), one.choice)
    reason = next(
        (words.clinical for code, words in spoken(REASONS).items() if code == one.reason), one.reason or said.NO_REASON
    )
    return Line(title, details=(one.rule,)), Line(choice), Line(reason), Line(str(one.times))
