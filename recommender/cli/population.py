"""``recommender population``: a table of people in, a table of what is concluded out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from recommender.cli.exit_codes import SOME_BAD_LINES
from recommender.cli.files import write
from recommender.cli.options import JurisdictionChoice, JurisdictionOption, RulesFolder
from recommender.cli.streams import unfiltered, visible
from recommender.documents.vocabulary import Jurisdiction
from recommender.extras import need
from recommender.knowledge import load_rules


def population(
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="Parquet or CSV with a column an answer, or .jsonl.")],
    output: Annotated[Path, typer.Argument(metavar="OUTPUT", help="Parquet, CSV or .jsonl, by its name.")],
    *,
    answers_field: Annotated[str | None, typer.Option(help="In a .jsonl file: the field that holds the answers.")] = None,
    summary: Annotated[Path | None, typer.Option(help="Write an HTML page with the counts here.")] = None,
    rules: RulesFolder = None,
    jurisdiction: JurisdictionOption = JurisdictionChoice.OTHER,  # type: ignore[attr-defined]
) -> None:
    """Assess a table of people: Parquet, CSV, or one answers document a line.

    Example: recommender population people.parquet assessed.parquet --summary summary.html
    """
    for library in ("numpy", "pyarrow"):
        need(library, extra="population")
    from recommender.population.files import assess_file  # noqa: PLC0415 (loads pyarrow)
    from recommender.population.summary import summary_html  # noqa: PLC0415

    base = load_rules(rules, jurisdiction=cast("Jurisdiction", jurisdiction.value))
    console = Console(file=unfiltered(sys.stderr))
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(visible(source.name))
        run = assess_file(
            base,
            source,
            output,
            answers_field=answers_field,
            done=lambda rows: progress.update(task, description=f"{visible(source.name)}: {rows:,} rows"),
        )
    if summary is not None:
        write(summary_html(base, run, source.name).encode(), output=summary, answers=str(source), rules=rules)
    typer.echo(f"{run.people:,} people assessed", err=True)
    if run.rejected:
        typer.echo(f"{run.rejected:,} rows rejected: {output.name}.rejects.jsonl says why", err=True)
        raise typer.Exit(SOME_BAD_LINES)
