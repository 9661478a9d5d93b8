"""``recommender records agreement``: how well patients' answers and nurses' findings agree, question by question."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from recommender.cli.archive import opened
from recommender.cli.lists import ListFormat
from recommender.cli.patients import keeper

if TYPE_CHECKING:
    from recommender.records.agreement import Agreement

COLUMNS = ("question", "pairs", "same", "graded", "unsure", "one_alone", "kappa", "low", "high", "at_most", "note")
_EXPLAINED = """\
Kappa between a patient's answer and the nurse's finding of the same visit, signed records only, with its 95 % interval.
A record begins with the patient's answers as its findings: a copy left unchanged counts as agreement, so a kappa marked
"at most" is an upper bound. Pairs marked graded rest on a grading that the nurse entered herself."""


def list_agreement(
    *,
    format: Annotated[ListFormat, typer.Option(help="How to write it.")] = ListFormat.TEXT,  # noqa: A002 (its plain name)
) -> None:
    """Say for every question how well patients and nurses agree; of fewer than 20 pairs nothing is shown.

    Example: recommender records agreement --format csv
    """
    from recommender.records.agreement import agreement  # noqa: PLC0415 (loads the database)

    with opened() as archive:
        found = agreement(archive, by=keeper())
    if format is ListFormat.CSV:
        sink = io.StringIO()
        writer = csv.writer(sink)
        writer.writerow(COLUMNS)
        writer.writerows(map(cells, found))  # words of the documents and figures: nothing that a person typed
        typer.echo(sink.getvalue().encode(), nl=False)
        return
    table = Table(*COLUMNS)
    for one in found:
        table.add_row(*cells(one))
    console = Console(width=None if sys.stdout.isatty() else 160)
    with console.capture() as captured:
        console.print(table)
    typer.echo(_EXPLAINED)
    typer.echo(captured.get(), nl=False)


def cells(one: Agreement) -> tuple[str, ...]:
    """What stands in one line, in the order of the columns; a figure that is not shown is empty."""
    figures = one.figures
    if figures is None:
        return (one.question, *[""] * (len(COLUMNS) - 2), one.said)
    counted = (figures.pairs, figures.same, figures.graded, figures.unsure, figures.alone)
    kappa = figures.kappa
    numbers = (kappa.value, *(kappa.interval or ())) if kappa else ()
    shown = [f"{number:.2f}" for number in numbers]
    at_most = ("yes" if one.at_most else "no") if kappa else ""
    return (one.question, *map(str, counted), *shown, *[""] * (3 - len(shown)), at_most, one.said)
