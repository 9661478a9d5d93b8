"""The command line: ``recommender assess | explain | interview | rules | records | accounts | schema | serve``."""

from __future__ import annotations

import json
import os
import secrets
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import BaseModel

from recommender import __version__
from recommender.cli.accounts import accounts_app
from recommender.cli.agreement import list_agreement
from recommender.cli.assess import assess
from recommender.cli.commands import Commands
from recommender.cli.copies import back_up, restore
from recommender.cli.explain import explain
from recommender.cli.files import write
from recommender.cli.interview import interview
from recommender.cli.listening import refuse_unusable, url_of
from recommender.cli.lists import list_visits
from recommender.cli.options import BAD_INPUT
from recommender.cli.patients import erase, merge, patient_data
from recommender.cli.processes import keep_running, open_port
from recommender.cli.records import records_app
from recommender.cli.retention import retention
from recommender.cli.rules import rules_app
from recommender.cli.streams import usable_streams
from recommender.cli.summaries import summary
from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment
from recommender.documents.explanation import Explanation
from recommender.documents.problems import RecommenderError

_HELP: Final = """\
Prepare a consultation about anti-wrinkle injections and dermal fillers.

Exit codes: 0 done; 1 whoever read the output went away; 2 the input (answers, rules or the call) is not usable, or the
output cannot be written, with a message that says what and where; 3 some lines of a batch were not usable and --keep-going
went on.
"""
app = typer.Typer(
    cls=Commands,
    help=_HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(assess)
app.command()(explain)
app.command()(interview)
app.add_typer(rules_app, name="rules")
app.add_typer(records_app, name="records")
records_app.command("backup")(back_up)
records_app.command("restore")(restore)
records_app.command("patient-data")(patient_data)
records_app.command("erase")(erase)
records_app.command("merge")(merge)
records_app.command("retention")(retention)
records_app.command("list")(list_visits)
records_app.command("agreement")(list_agreement)
records_app.command("summary")(summary)
app.add_typer(accounts_app, name="accounts")


def _say_version(asked: bool) -> None:  # noqa: FBT001 (as the library calls it)
    if asked:
        typer.echo(f"recommender {__version__}")
        raise typer.Exit


@app.callback()
def every_command(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is, and end.")
    ] = False,
) -> None:
    """What every command takes."""


class Document(StrEnum):
    """The documents."""

    ANSWERS = "answers"
    ASSESSMENT = "assessment"
    EXPLANATION = "explanation"


@app.command()
def schema(document: Annotated[Document, typer.Argument(help="Which document.")]) -> None:
    """Print the JSON Schema of a document.

    Example: recommender schema answers
    """
    models: dict[Document, type[BaseModel]] = {
        Document.ANSWERS: Answers,
        Document.ASSESSMENT: Assessment,
        Document.EXPLANATION: Explanation,
    }
    written = json.dumps(models[document].model_json_schema(by_alias=True), indent=2, ensure_ascii=False)
    write(f"{written}\n".encode(), output=None)


@app.command()
def serve(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes that share the port, each on one processor.")] = 1,
    base_path: Annotated[str, typer.Option(help="Path below the host at which a proxy has the form, for example /form.")] = "",
) -> None:
    """Serve the web form.

    Example: recommender serve --port 8501 --processes 2
    """
    site = Path(__file__).resolve().parent.parent / "web" / "application.py"
    refuse_unusable(address, port)
    announced = {"RECOMMENDER_ANNOUNCED": url_of(address, port)}
    try:
        Path.home()
    except RuntimeError:  # an account without a home, in which the server would look for settings
        os.environ["HOME"] = str(Path.cwd())
    below = [f"--server.baseUrlPath={base_path}"] if base_path else []
    options = [
        *below,
        f"--server.port={port}",
        f"--server.address={address}",
        "--server.headless=true",
        "--logger.hideWelcomeMessage=true",
    ]
    if processes > 1:
        if os.name == "nt":
            raise typer.BadParameter("this system cannot share a port among processes", param_hint="--processes")
        command = [sys.executable, "-m", "recommender.web.streamlit_port.worker", "run", str(site), *options]
        own = os.environ | {"RECOMMENDER_FIRST_START": secrets.token_urlsafe(24)}
        try:
            listening = open_port(address, port)
        except OSError as error:
            raise typer.BadParameter(f"{address}, port {port}: {error.strerror}", param_hint="--port") from None
        sys.exit(keep_running(command, processes, own, listening=listening, first=announced))
    os.environ.update(announced)
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(site), *options])  # noqa: S606


def main() -> None:
    """Run the command line; what is wrong with the input is a message and exit code 2, never a traceback."""
    with usable_streams():
        try:
            app()
        except RecommenderError as error:
            with suppress(RecommenderError, BrokenPipeError):  # nobody reads it
                typer.echo(str(error), err=True)
            sys.exit(BAD_INPUT)
