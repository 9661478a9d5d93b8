"""Records in a table, on every page that lists them: each row has one link, which opens its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Final, NamedTuple
from urllib.parse import urlencode

from recommender.documents.consultation import Stage, State
from recommender.documents.staff import Staff
from recommender.export.blocks import Tone
from recommender.export.visit.words import typed
from recommender.languages import clinic_time, short_day
from recommender.records.visits.visit_lists import MOST_LISTED, VisitLine
from recommender.web.clinic import list_words as said
from recommender.web.clinic import words
from recommender.web.clinic.auth.access import may_see
from recommender.web.clinic.navigation import go_to
from recommender.web.components.listing import html_listing
from recommender.web.patient.journey import CONSULTATION
from recommender.web.state.address import RECORD, STEP
from recommender.web.ui import fields

_TONES: Final[Mapping[Stage, Tone]] = {
    "asked": "caution",
    "authorised": "calm",
    "changed": "calm",
    "refused": "warning",
    "given_back": "warning",
}
#: what a prescriber last did with a draft → the page on which the work goes on; on Findings where she did nothing
_DRAFT_PAGES: Final[Mapping[Stage, str]] = {
    "asked": "decide",
    "authorised": "treat",
    "changed": "treat",
    "refused": "decide",
    "given_back": "record",
}


class Cell(NamedTuple):
    """What stands in one cell, a second line under it, and a mark in words whose colour is ``tone``."""

    text: str
    detail: str = ""
    mark: str = ""
    tone: Tone = "quiet"


class RecordRow(NamedTuple):
    """A record in a table: its link reads as ``name``, and aloud as ``aloud``, which has the name in it.

    A draft opens on ``draft_page`` for whoever may write.
    """

    id: str
    state: State
    name: str
    aloud: str
    cells: tuple[Cell, ...]
    detail: str = ""
    draft_page: str = CONSULTATION.name


def day_cell(day: date | None) -> Cell:
    """A day in a cell."""
    return Cell(short_day(day) if day else said.NOTHING)


def begun_on(begun_at: datetime) -> str:
    """The day on which a visit was begun, as the clinic's clock has it."""
    return short_day(clinic_time.local(begun_at).date())


def state_cell(state: State, stage: Stage) -> Cell:
    """The state of a record, marked with what a prescriber last did with it."""
    return Cell(words.STATES[state], mark=said.STAGES.get(stage, ""), tone=_TONES.get(stage, "quiet"))


def draft_page(stage: Stage) -> str:
    """The page on which the work on a draft goes on."""
    return _DRAFT_PAGES.get(stage, CONSULTATION.name)


def record_row(line: VisitLine, *cells: Cell, on: str = "") -> RecordRow:
    """A record by the name of its patient, with the cells that follow; a draft opens ``on`` this page."""
    name = typed(line.patient.name)
    born = words.BORN.format(day=short_day(line.patient.born_on)) if line.patient.born_on else ""
    aloud = said.OPEN_ALOUD.format(name=name, day=begun_on(line.begun_at))
    return RecordRow(line.id, line.state, name, aloud, cells, born, on or draft_page(line.stage))


def injected_cell(day: date | None, *, expired: bool) -> Cell:
    """The day of an injection, marked where an expired product was used."""
    return Cell(short_day(day) if day else said.NOTHING, mark=said.EXPIRED if expired else "", tone="warning")


def record_table(
    caption: str, header: Sequence[str], rows: Sequence[RecordRow], *, staff: Staff, key: str, part: str = "", empty: str
) -> None:
    """A table of records, or ``empty`` in words; pressing a row's link turns to its record.

    ``header`` has a word for the name and one for each cell. Where ``part`` changes, other rows of the same list are shown,
    and the table's caption takes the focus.
    """
    if not rows:
        fields.note(empty, kind="plain")
        return
    pressed = html_listing(_table(caption, header, rows, staff), key=key, part=part)
    chosen = next((row for row in rows if row.id == pressed), None)
    if chosen is not None:
        go_to(page_of(chosen, staff), **{RECORD: chosen.id})


def note_if_cut(shown: int, found: int) -> None:
    """Say that a list is cut off, where it is."""
    if shown < found or found >= MOST_LISTED:
        fields.note(said.CUT.format(number=shown))


def page_of(row: RecordRow, staff: Staff) -> str:
    """The page of a record that opens first: of a draft the one on which the work goes on, for whoever may write."""
    return row.draft_page if row.state == "draft" and may_see(staff, row.draft_page) else "record"


def _table(caption: str, header: Sequence[str], rows: Sequence[RecordRow], staff: Staff) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in header)
    body = "".join(_row(row, header, staff) for row in rows)
    return (
        f'<table class="rows"><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _row(row: RecordRow, header: Sequence[str], staff: Staff) -> str:
    address = urlencode({STEP: page_of(row, staff), RECORD: row.id})
    link = (
        f'<a href="?{escape(address)}" data-open="{escape(row.id)}" aria-label="{escape(row.aloud)}">'
        f"{fields.person_html(row.name)}</a>"
    )
    cells = "".join(
        f'<td data-label="{escape(title)}:">{_cell(cell)}</td>' for title, cell in zip(header[1:], row.cells, strict=True)
    )
    return f'<tr><th scope="row">{link}{_detail(row.detail)}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    mark = f' <span class="mark {cell.tone}">{escape(cell.mark)}</span>' if cell.mark else ""
    return f"{escape(cell.text)}{mark}{_detail(cell.detail)}"


def _detail(text: str) -> str:
    return f'<span class="detail">{escape(text)}</span>' if text else ""
