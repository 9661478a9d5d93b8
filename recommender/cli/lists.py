"""``recommender records list``: visits as a list, on the terminal or for a spreadsheet."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from recommender.cli.archive import opened
from recommender.cli.patients import keeper


class ListFormat(StrEnum):
    """What a list is written as."""

    TEXT = "text"
    CSV = "csv"


class VisitState(StrEnum):
    """Where a visit is in its life."""

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
    from recommender.records.consultations import Consultations  # noqa: PLC0415 (loads the database)
    from recommender.records.lists import COLUMNS, cells, csv_text, listed  # noqa: PLC0415
    from recommender.records.new_file import new_file  # noqa: PLC0415

    with opened() as archive:
        day = due_before.date() if due_before else None
        lines = tuple(listed(Consultations(archive), by=keeper(), state=state.value if state else None, due_before=day))
    if format is ListFormat.CSV:
        written = csv_text(lines)
    else:
        table = Table(*COLUMNS)
        for line in lines:
            table.add_row(*map(Text, cells(line)))  # a name is no markup
        console = Console(width=None if sys.stdout.isatty() and output is None else 240)
        with console.capture() as captured:
            console.print(table)
        written = captured.get()
    if output is None:
        typer.echo(written.encode(), nl=False)  # bytes: a line of CSV ends as CSV says
        return
    with new_file(output) as file:
        file.write_bytes(written.encode())
