"""The command line: ``recommender assess | explain | interview | rules | records | accounts | schema | serve``.

Exit codes: 0 done; 1 whoever read the output went away; 2 the input (answers, rules or the call) is not usable, with a
message that says what and where; 3 some lines of a batch were not usable and ``--keep-going`` went on.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from recommender.cli.accounts import accounts_app
from recommender.cli.agreement import list_agreement
from recommender.cli.assess import assess
from recommender.cli.copies import back_up, restore
from recommender.cli.explain import explain
from recommender.cli.interview import interview
from recommender.cli.lists import list_visits
from recommender.cli.options import BAD_INPUT
from recommender.cli.patients import erase, merge, patient_data
from recommender.cli.processes import keep_running
from recommender.cli.records import records_app
from recommender.cli.retention import retention
from recommender.cli.rules import rules_app
from recommender.cli.summaries import summary
from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment
from recommender.documents.explanation import Explanation
from recommender.documents.problems import RecommenderError

app = typer.Typer(
    help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
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
    typer.echo(json.dumps(models[document].model_json_schema(by_alias=True), indent=2, ensure_ascii=False))


@app.command()
def serve(
    *,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes that share the port, each on one processor.")] = 1,
) -> None:
    """Serve the web form.

    Example: recommender serve --port 8501 --processes 2
    """
    site = Path(__file__).resolve().parent.parent / "web" / "application.py"
    typer.echo(f"The form is at http://{address}:{port} (stop with Ctrl-C)")
    sys.stdout.flush()
    options = [f"--server.port={port}", f"--server.address={address}", "--server.headless=true"]
    if processes > 1:
        if not hasattr(socket, "SO_REUSEPORT"):
            raise typer.BadParameter("this system cannot share a port among processes", param_hint="--processes")
        command = [sys.executable, "-m", "recommender.web.worker", "run", str(site), *options]
        own = os.environ | {"RECOMMENDER_FIRST_START": secrets.token_urlsafe(24)}
        sys.exit(keep_running(command, processes, own))
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(site), *options])  # noqa: S606


def main() -> None:
    """Run the command line; what is wrong with the input is a message and exit code 2, never a traceback."""
    try:
        app()
    except RecommenderError as error:
        typer.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
