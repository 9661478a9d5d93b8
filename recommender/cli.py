"""The command line: ``recommender assess | rules | schema | serve``.

Exit codes: 0 done; 2 the input (answers, rules or the call) is not usable, with a message that says what and where;
3 some lines of a batch were not usable and ``--keep-going`` went on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment
from recommender.documents.problems import AnswersError, Problem, RecommenderError, nearest
from recommender.documents.vocabulary import JURISDICTIONS
from recommender.export import Cover, render
from recommender.inference import assess as assess_answers
from recommender.knowledge import Rule, RuleBase, load_rules
from recommender.knowledge.answer_files import parse_answers, parse_json
from recommender.knowledge.checks import issues
from recommender.knowledge.conditions import findings_of
from recommender.knowledge.yaml_files import as_yaml

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
rules_app = typer.Typer(help="Read and check the rule base.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")

BAD_INPUT, SOME_BAD_LINES = 2, 3


class Format(StrEnum):
    """What an assessment is written as."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"


class Document(StrEnum):
    """The two documents."""

    ANSWERS = "answers"
    ASSESSMENT = "assessment"


Place = StrEnum("Place", {word.upper(): word for word in JURISDICTIONS})  # type: ignore[misc]
RulesFolder = Annotated[Path | None, typer.Option("--rules", help="Folder of the rules (default: those shipped).")]
Where = Annotated[Place, typer.Option("--jurisdiction", help="Used where an answers document names none.", envvar="RECOMMENDER_JURISDICTION")]


@app.command()
def assess(
    file: Annotated[str, typer.Argument(help="An answers document (JSON or YAML), - for standard input, or a .jsonl file.")],
    *,
    format: Annotated[Format | None, typer.Option(help="Default: text, and json for .jsonl.")] = None,  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")] = None,
    answers_field: Annotated[str | None, typer.Option(help="In a .jsonl file: the field that holds the answers.")] = None,
    keep_going: Annotated[bool, typer.Option(help='In a .jsonl file: write {"error": …} for a bad line and go on; exit 3.')] = False,
    name: Annotated[str, typer.Option(help="A name to print on the summary; it is not kept.")] = "",
    note: Annotated[str, typer.Option(help="A note to print on the summary; it is not kept.")] = "",
    rules: RulesFolder = None,
    jurisdiction: Where = Place.OTHER,  # type: ignore[attr-defined]
) -> None:
    """Assess an answers document, or one a line.

    Example: recommender assess answers.yaml --format pdf --output summary.pdf
    """
    base = load_rules(rules, jurisdiction=jurisdiction.value)
    if file.endswith(".jsonl"):
        if format not in (None, Format.JSON):
            raise AnswersError([Problem("--format", f"a .jsonl file gives one JSON assessment a line, not {format.value}", ("json",))])
        _assess_lines(base, Path(file), output, answers_field=answers_field, keep_going=keep_going)
        return
    answers = parse_answers(_text_of(file), "standard input" if file == "-" else file)
    chosen = format or Format.TEXT
    written = render(assess_answers(base, answers), chosen.value, cover=Cover(name=name, note=note))
    if output is None and chosen is Format.PDF and sys.stdout.isatty():
        raise AnswersError([Problem("--output", "a PDF is not shown on a terminal: name a file with --output")])
    with _sink(output) as sink:
        sink.write(written)


def _text_of(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AnswersError([Problem(file, f"cannot be read: {error}")]) from None


def _sink(output: Path | None) -> BinaryIO:
    if output is None:
        return os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    try:
        return output.open("wb")
    except OSError as error:
        raise AnswersError([Problem(str(output), f"cannot be written: {error.strerror}")]) from None


def _assess_lines(rules: RuleBase, file: Path, output: Path | None, *, answers_field: str | None, keep_going: bool) -> None:
    bad = 0
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]} assessed"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress, _sink(output) as sink:
        try:
            task = progress.add_task(file.name, total=file.stat().st_size or 1, done=0)
            lines = file.open("rb")
        except OSError as error:
            raise AnswersError([Problem(str(file), f"cannot be read: {error.strerror}")]) from None
        with lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        written = assess_answers(rules, _answers_in(line, f"{file.name}:{number}", answers_field)).json_text()
                    except AnswersError as error:
                        if not keep_going:
                            raise _in_line(error, file, number) from None
                        bad += 1
                        written = json.dumps({"error": str(_in_line(error, file, number))}, ensure_ascii=False)
                    sink.write(written.encode() + b"\n")
                progress.update(task, advance=len(line), done=number)
    if bad:
        typer.echo(f"{bad} line{'s' * (bad != 1)} of {file.name} could not be assessed", err=True)
        raise typer.Exit(SOME_BAD_LINES)


def _answers_in(line: bytes, where: str, field: str | None) -> Any:
    try:
        data = parse_json(line.decode("utf-8").lstrip("\ufeff"), where)
    except UnicodeDecodeError as error:
        raise AnswersError([Problem(where, f"not UTF-8: {error}")]) from None
    if field is None:
        return data
    if field not in data:
        raise AnswersError([Problem(where, f"has no field '{field}'", tuple(data), nearest(field, data))])
    return data[field]


def _in_line(error: AnswersError, file: Path, number: int) -> AnswersError:
    where = f"{file.name}:{number}"
    return AnswersError([p if p.where.startswith(where) else p._replace(where=f"{where}: {p.where}") for p in error.problems])


@app.command()
def schema(document: Annotated[Document, typer.Argument(help="Which document.")]) -> None:
    """Print the JSON Schema of a document.

    Example: recommender schema answers
    """
    model = Answers if document is Document.ANSWERS else Assessment
    typer.echo(json.dumps(model.model_json_schema(by_alias=True), indent=2, ensure_ascii=False))


@app.command()
def serve(
    *,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the web form.

    Example: recommender serve --port 8501
    """
    site = Path(__file__).resolve().parent / "web" / "application.py"
    typer.echo(f"The form is at http://{address}:{port} (stop with Ctrl-C)")
    sys.stdout.flush()
    options = [f"--server.port={port}", f"--server.address={address}", "--server.headless=true"]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(site), *options])  # noqa: S606


@rules_app.command("list")
def list_rules(*, rules: RulesFolder = None) -> None:
    """List every rule: what it concludes, and about whom.

    Example: recommender rules list
    """
    base = load_rules(rules)
    table = Table("Rule", "Concludes", "About", "Title")
    for rule in base.rules:
        table.add_row(rule.id, _conclusion(rule), rule.scope, rule.text.title)
    Console(width=None if sys.stdout.isatty() else 200).print(table)
    typer.echo(f"{len(base.rules)} rules, version {base.identity.version}, {base.identity.status}")


def _conclusion(rule: Rule) -> str:
    text = rule.text
    if text.find is not None:
        return f"finding {text.find}"
    if text.offer is not None:
        return f"offer {text.offer.treatment}"
    if text.hold is not None:
        return f"{text.hold.effect} {' + '.join(text.hold.treatment)}"
    if text.refer is not None:
        return f"refer {text.refer.to}"
    return f"alert {text.alert.urgency}" if text.alert is not None else "note"


@rules_app.command("show")
def show_rule(identifier: Annotated[str, typer.Argument(metavar="ID")], *, rules: RulesFolder = None) -> None:
    """Show one rule as written, with the titles of its sources.

    Example: recommender rules show places.no-filler
    """
    base = load_rules(rules)
    found = {rule.id: rule for rule in (*base.rules, *base.out_of_force)}
    if identifier not in found:
        raise AnswersError([Problem(identifier, "no rule has this id", (), nearest(identifier, found))])
    rule = found[identifier]
    typer.echo(f"# {rule.where} – {rule.text.status}; about the {rule.scope}")
    typer.echo(as_yaml(rule.text.model_dump(mode="json", exclude_none=True, exclude_defaults=True)), nl=False)
    for source in rule.text.sources:
        cited = base.reference.sources[source]
        typer.echo(f"# {source}: {cited.title} ({cited.publisher}{f', {cited.year}' if cited.year else ''}); {cited.strength}")


@rules_app.command("check")
def check_rules(*, rules: RulesFolder = None) -> None:
    """Load the rules and report what should be mended; exit 2 if anything should.

    Example: recommender rules check
    """
    base = load_rules(rules)
    found = issues(base)
    for problem in found:
        typer.echo(str(problem), err=True)
    if found:
        typer.echo(f"{len(found)} issue{'s' * (len(found) != 1)}", err=True)
        raise typer.Exit(BAD_INPUT)
    examples = sum(len(rule.text.examples) for rule in base.rules)
    typer.echo(f"{len(base.rules)} rules with {examples} examples: no issue")


@rules_app.command("graph")
def graph_rules(*, rules: RulesFolder = None) -> None:
    """Print how findings chain from rule to rule, as a Mermaid graph.

    Example: recommender rules graph > graph.mmd
    """
    for line in _graph(load_rules(rules)):
        typer.echo(line)


def _graph(rules: RuleBase) -> Iterator[str]:
    yield "graph LR"
    for rule in rules.rules:
        node = rule.id.replace(".", "_").replace("-", "_")
        read = sorted(findings_of(rule.when))
        if read or rule.text.find:
            yield f'  {node}["{rule.id}"]'
            yield from (f"  {name}([{name}]) --> {node}" for name in read)
            if rule.text.find:
                yield f"  {node} --> {rule.text.find}([{rule.text.find}])"
            else:
                yield f'  {node} --> {node}_out["{_conclusion(rule)}"]'


def main() -> None:
    """Run the command line; what is wrong with the input is a message and exit code 2, never a traceback."""
    try:
        app()
    except RecommenderError as error:
        typer.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
