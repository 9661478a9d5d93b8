"""The agreement of patients and nurses as a table: a line for each question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recommender.records.reports.agreement import Agreement
from recommender.records.reports.csv_table import csv_bytes

COLUMNS: Final = ("question", "pairs", "same", "graded", "unsure", "one_alone", "kappa", "low", "high", "at_most", "note")


def csv_of(found: Iterable[Agreement]) -> bytes:
    """The table as CSV with a line of headings."""
    return csv_bytes(COLUMNS, map(cells, found))


def cells(one: Agreement) -> tuple[str, ...]:
    """One line, in the order of the columns; a figure that is not shown is empty."""
    figures = one.figures
    if figures is None:
        return (one.question, *[""] * (len(COLUMNS) - 2), one.remark)
    counted = (figures.pairs, figures.same, figures.graded, figures.unsure, figures.alone)
    kappa = figures.kappa
    numbers = (kappa.value, *(kappa.interval or ())) if kappa else ()
    shown = [f"{number:.2f}" for number in numbers]
    at_most = ("yes" if one.at_most else "no") if kappa else ""
    return (one.question, *map(str, counted), *shown, *[""] * (3 - len(shown)), at_most, one.remark)
