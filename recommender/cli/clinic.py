"""``recommender clinic``: what a clinic sets up for itself."""

from __future__ import annotations

import typer

from recommender.cli.commands import Commands
from recommender.cli.opened_records import need_the_records

clinic_app = typer.Typer(
    cls=Commands,
    help="What the clinic says of itself, and its own consent forms.",
    no_args_is_help=True,
    callback=need_the_records,
)


@clinic_app.command("check")
def check_clinic() -> None:
    """Read the clinic's file and its own consent forms as the application does at its start; exit 2 if anything is wrong.

    Example: recommender clinic check
    """
    from recommender.records.storage import settings  # noqa: PLC0415 (loads the database)

    clinic, forms = settings.clinic(), settings.own_forms()
    if clinic is None:
        typer.echo(f"{settings.CLINIC} names no file: documents say nothing of the clinic")
    else:
        mark = f"a mark ({clinic.mark.kind.upper()})" if clinic.mark else "no mark"
        typer.echo(f"{clinic.name}: {', '.join(clinic.address)}, {clinic.telephone}, {mark}")
        if clinic.night_telephone is None:
            typer.echo("No telephone at night: patients read the emergency number alone")
    if not forms:
        typer.echo(f"{settings.FORMS} names no folder: ours is the only consent form")
    for form in forms:
        count = sum(len(part) for _, part in form.parts)
        typer.echo(f"{form.form}, version {form.version}, {form.language}: {', '.join(form.treatments)}; {count} sentences")
