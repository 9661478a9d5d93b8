"""``recommender records list``: visits as a list, on the terminal or for a spreadsheet."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from recommender.cli.files import write_new
from recommender.cli.opened_records import opened
from recommender.cli.patients import keeper
from recommender.cli.tables import WIDE, table_text


class ListFormat(StrEnum):
    """What a list is written as."""

    TEXT = "text"
    CSV = "csv"


class VisitState(StrEnum):
    """The state of a visit."""

    DRAFT = "draft"
    SIGNED = "signed"
    LOCKED = "locked"
    VOIDED = "voided"


def list_visits(
    *,
    format: Annotated[ListFormat, typer.Option(help="How to write it.")] = ListFormat.TEXT,  # noqa: A002 (its plain name)
    state: Annotated[VisitState | None, typer.Option(help="Only visits in this state.")] = None,
    due_before: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only follow-ups due before this day and not seen since.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="A file that is not there yet (default: the terminal).")] = None,
) -> None:
    """List visits with their patients, the one changed last first, or the follow-ups that are due.

    Example: recommender records list --format csv --due-before 2027-04-01 --output due.csv
    """
    from recommender.records.reports.visits_csv import COLUMNS, cells, csv_of, listed  # noqa: PLC0415
    from recommender.records.visits.consultations import Consultations  # noqa: PLC0415 (loads the database)

    with opened() as store:
        day = due_before.date() if due_before else None
        lines = tuple(listed(Consultations(store), by=keeper(), state=state.value if state else None, due_before=day))
    if format is ListFormat.CSV:
        written = csv_of(lines)
    else:
        written = table_text(COLUMNS, map(cells, lines), width=None if output is None else WIDE).encode()
    write_new(written, output=output)
