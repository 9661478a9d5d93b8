"""``recommender records backup | restore``: all records in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recommender.cli.exit_codes import BAD_INPUT
from recommender.cli.opened_records import opened
from recommender.documents.problems import Problem

if TYPE_CHECKING:
    from recommender.records.maintenance.backup import Copied


def back_up(file: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Copy all records, still sealed and without their keys, to one new file while they are in use, and verify the copy.

    Example: recommender records backup /backups/monday.sqlite
    """
    from recommender.records.maintenance.backup import back_up  # noqa: PLC0415 (the database is loaded by the commands that need it)

    with opened() as store:
        copied = back_up(store, file)
    _tell(copied, f"In {file}")
    typer.echo("The keys are not in it, and without them nobody can read it: keep a copy of them in another place.")
    _end(copied)


def restore(
    file: Annotated[Path, typer.Argument(help="What 'recommender records backup' wrote.")],
    *,
    damaged: Annotated[bool, typer.Option("--damaged", help="Take the copy as it is, with what is wrong in it.")] = False,
) -> None:
    """Put a copy back into records that are empty, in whichever database, and verify it before and after.

    Example: recommender records restore /backups/monday.sqlite
    """
    from recommender.records.errors import KeyProblem  # noqa: PLC0415
    from recommender.records.maintenance.backup import restore  # noqa: PLC0415
    from recommender.records.storage.key_files import KEYS_VARIABLE, KeyFile, keys_in_environment  # noqa: PLC0415

    keys = KeyFile.of_installation()
    if (keys_in_environment() or keys.read()) is None:  # a new key would open nothing of the copy
        problem = f"is missing: put back the key that the copy was sealed with, or set {KEYS_VARIABLE}"
        raise KeyProblem([Problem(str(keys.file), problem)])
    with opened(to_restore=True) as store:
        copied = restore(store, file, damaged=damaged)
    _tell(copied, "Restored")
    _end(copied)


def _tell(copied: Copied, where: str) -> None:
    counts = f"{copied.patients} patients, {copied.consultations} visits, {copied.accounts} accounts"
    end = copied.verified.end
    typer.echo(f"{where}: {counts}. The audit ends with {end.rows}:{end.hash}")


def _end(copied: Copied) -> None:
    for problem in copied.verified.problems:
        typer.echo(str(problem), err=True)
    if copied.verified.problems:
        typer.echo("The copy is as the records are, and they are not whole: see what is named above.", err=True)
        raise typer.Exit(BAD_INPUT)
