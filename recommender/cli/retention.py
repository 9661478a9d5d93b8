"""``recommender records retention``: whose records are kept no longer, and their erasure when it is asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from recommender.cli.opened_records import opened
from recommender.cli.patients import keeper
from recommender.documents.problems import Problem, RecommenderError


def retention(
    *, erase: Annotated[bool, typer.Option("--erase", help="Erase them, once their number was typed.")] = False
) -> None:
    """List the patients whose last signed record is older than RECOMMENDER_RETENTION_YEARS, and erase them when asked.

    Example: recommender records retention --erase
    """
    from recommender.records.visits.retention import (  # noqa: PLC0415 (loads the database)
        YEARS_VARIABLE,
        erase_expired,
        expired,
        retention_years,
    )

    years = retention_years()
    if years is None:
        typer.echo(f"Nothing is erased for its age: {YEARS_VARIABLE} is not set.")
        return
    with opened() as store:
        found = expired(store, years, by=keeper())
        for one in found:
            typer.echo(f"{one.patient_id}  last signed {one.last_signed_at.date()}  visits: {one.visits}")
        typer.echo(f"{len(found)} patients were last signed for more than {years} years ago, with nothing written since.")
        if not erase or not found:
            return
        typer.echo("Erasing them with every visit is for good. Copies made before are not touched.")
        if typer.prompt("Type their number to erase them") != str(len(found)):
            raise RecommenderError([Problem("number", "is not that of the patients above: nothing was erased")])
        erased = erase_expired(store, years, only=[one.patient_id for one in found], by=keeper())
    typer.echo(f"{len(erased)} patients erased. The audit says so of each.")
