"""How well patients and nurses agree, question by question, said with its limits."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from recommender.export import Summary
from recommender.export.blocks import Block, Bullets, Line, Table
from recommender.extras import NotInstalledError
from recommender.languages import clinic_time, current
from recommender.records.reports.agreement import FEWEST, Agreement, Figures, agreement
from recommender.records.reports.agreement_csv import csv_of
from recommender.web.clinic import list_words as said
from recommender.web.clinic.stores import record_store
from recommender.web.clinic.ui.downloads import save_csv
from recommender.web.clinic.ui.question_names import QuestionNames
from recommender.web.components.summary import summary
from recommender.web.result.summary_html import SummaryHtml
from recommender.web.state.session import Visit
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_KEPT: Final = SessionValue[tuple[datetime, tuple[Agreement, ...]]]("agreement-found")


def agreement_page(visit: Visit) -> None:
    """What agreement is and is not, and the table once somebody asks for it: every signed record is opened for it."""
    if visit.staff is None:
        return
    st.title(said.AGREEMENT_TITLE, anchor=False)
    fields.note(said.AGREEMENT_LEAD, kind="plain")
    kept = _KEPT.found()
    if st.button(said.AGREEMENT_AGAIN if kept else said.AGREEMENT_COUNT, key="agreement-count", type="primary"):
        try:
            kept = (clinic_time.now(), agreement(record_store(), by=visit.staff))
        except NotInstalledError as error:
            fields.note(said.AGREEMENT_NOT_INSTALLED.format(command=error.command))
            return
        _KEPT.put(kept)
    if kept is None:
        fields.note(said.AGREEMENT_SLOW)
        return
    at, found = kept
    fields.note(said.AGREEMENT_AT.format(time=at.strftime("%H:%M")))
    if not found:
        fields.note(said.AGREEMENT_NONE, kind="plain")
        return
    blocks = _blocks(found, QuestionNames(visit.rules))
    summary(SummaryHtml(Summary("", current(), blocks, ())).text(), key="agreement")
    save_csv(csv_of(found), name="agreement.csv", key="agreement-csv")


def _blocks(found: tuple[Agreement, ...], names: QuestionNames) -> tuple[Block, ...]:
    rows = tuple(_row(one, one.figures, names) for one in found if one.figures is not None)
    few = tuple(Line(_asked(one.question, names)) for one in found if one.figures is None)
    table = (Table(said.AGREEMENT_CAPTION, said.AGREEMENT_COLUMNS, rows),) if rows else ()
    return (*table, *((Bullets(said.TOO_FEW.format(fewest=FEWEST), few),) if few else ()))


def _row(one: Agreement, figures: Figures, names: QuestionNames) -> tuple[Line, ...]:
    kappa, interval = said.NO_KAPPA, said.NOTHING
    if figures.kappa is not None:
        value = _number(figures.kappa.value)
        kappa = said.AT_MOST.format(kappa=value) if one.at_most else value
        if figures.kappa.interval is not None:
            low, high = map(_number, figures.kappa.interval)
            interval = said.BETWEEN.format(low=low, high=high)
    left_out = figures.unsure + figures.alone
    counts = [said.SAME.format(same=figures.same)]
    counts += [said.GRADED.format(graded=figures.graded)] if figures.graded else []
    counts += [said.LEFT_OUT.format(number=left_out)] if left_out else []
    noted = (f"{one.remark[:1].upper()}{one.remark[1:]}.",) if one.remark else ()
    notes = (*noted, *((said.ORDERED,) if one.ordered and figures.kappa else ()))
    pairs = Line(str(figures.pairs), details=tuple(counts))
    return Line(_asked(one.question, names)), Line(kappa), Line(interval), pairs, Line(" ".join(notes) or said.NOTHING)


def _asked(question: str, names: QuestionNames) -> str:
    asked = names.asked(question)
    is_concern = "/" in question and "." not in question
    return said.WHETHER_NAMED.format(concern=asked) if is_concern else asked


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
