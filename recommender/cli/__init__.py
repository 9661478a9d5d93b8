"""The command line: ``recommender assess | explain | interview | rules | records | accounts | clinic | schema | serve``."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Annotated, Final, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command

import recommender
from recommender.cli.commands import Commands, LazyCommand
from recommender.cli.exit_codes import BAD_INPUT
from recommender.cli.streams import usable_streams

_HELP: Final = """\
Prepare a consultation about anti-wrinkle injections and dermal fillers.

Exit codes: 0 done; 1 whoever read the output went away, or rules got weaker in safety (rules diff); 2 the input (answers,
rules or the call) is not usable, or the output cannot be written, with a message that says what and where; 3 some lines of a
batch were not usable and --keep-going went on.
"""
#: name, where it is, and its sentence: help is shown without loading any of them
_COMMANDS: Final = (
    ("assess", "assess:assess", "Assess an answers document, or one a line."),
    (
        "explain",
        "explain:explain",
        "Explain an assessment: why, why not, and what would change it; all three unless some are named.",
    ),
    (
        "interview",
        "interview:interview",
        "Ask what matters, one question at a time, and keep every answer in a file to go on with later.",
    ),
    ("population", "population:population", "Assess a table of people: Parquet, CSV, or one answers document a line."),
    ("schema", "schema:schema", "Print the JSON Schema of a document."),
    ("serve", "serve:serve", "Serve the web form."),
    ("rules", "rules:rules_app", "Read, check, print and sign the rule base."),
    ("records", "records:records_app", "Look after the records: their tables, their audit, their keys, their copies."),
    ("accounts", "accounts:accounts_app", "Who may sign in, and in which role. There is no account until one is added."),
    ("clinic", "clinic:clinic_app", "What the clinic says of itself, and its own consent forms."),
)
_app = typer.Typer(
    cls=Commands,
    help=_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(asked: bool) -> None:  # noqa: FBT001 (as the library calls it)
    if asked:
        typer.echo(f"recommender {recommender.__version__}")
        raise typer.Exit


@_app.callback()
def every_command(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is, and end.")
    ] = False,
) -> None:
    """What every command takes."""


def command_line() -> TyperGroup:
    """The whole command line; each command is loaded when it is called."""
    group = cast("TyperGroup", get_command(_app))
    for name, place, sentence in _COMMANDS:
        group.add_command(LazyCommand(name, f"recommender.cli.{place}", sentence))
    return group


def main() -> None:
    """Run the command line; what is wrong with the input is a message and exit code 2, never a traceback."""
    with usable_streams():
        try:
            command_line()()
        except SystemExit:  # as most commands end; the class below would load the documents
            raise
        except recommender.RecommenderError as error:
            with suppress(recommender.RecommenderError, BrokenPipeError):  # nobody reads it
                typer.echo(str(error), err=True)
            sys.exit(BAD_INPUT)
