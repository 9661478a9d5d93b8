"""``recommender records agreement``: how well patients' answers and nurses' findings agree, question by question."""

from __future__ import annotations

from typing import Annotated

import typer

from recommender.cli.files import write
from recommender.cli.lists import ListFormat
from recommender.cli.opened_records import opened
from recommender.cli.patients import keeper
from recommender.cli.tables import table_text

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
    from recommender.records.reports.agreement import agreement  # noqa: PLC0415 (loads the database)
    from recommender.records.reports.agreement_csv import COLUMNS, cells, csv_of  # noqa: PLC0415

    with opened() as store:
        found = agreement(store, by=keeper())
    if format is ListFormat.CSV:
        write(csv_of(found), output=None)
        return
    typer.echo(_EXPLAINED)
    typer.echo(table_text(COLUMNS, map(cells, found)), nl=False)
