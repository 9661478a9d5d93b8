"""Files that a page of the clinic offers: made here, saved by the browser from what the page already holds."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.records.reports.visits_csv import csv_of
from recommender.records.visits.visit_lists import VisitLine
from recommender.web.clinic import list_words as said
from recommender.web.components.downloads import File, saved


def save_lines(lines: Sequence[VisitLine], *, name: str, key: str) -> None:
    """A button that saves the visits listed, safe for a spreadsheet; none where there are none."""
    if lines:
        save_csv(csv_of(lines), name=name, key=key)


def save_csv(content: bytes, *, name: str, key: str) -> None:
    """A button that saves a table."""
    saved([File(said.SAVE_CSV, said.SAVE_CSV_HINT, name, "text/csv", content)], key=key)


def save_json(text: str, *, name: str, key: str) -> None:
    """A button that saves a document."""
    saved([File(said.DATA_SAVE, said.DATA_HINT, name, "application/json", text.encode())], key=key)
