"""``recommender assess``: one answers document, or one a line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from recommender.cli.files import Format, answers_in, sink_of, write
from recommender.cli.options import SOME_BAD_LINES, InLanguage, Place, RulesFolder, Tongue, Where
from recommender.documents.problems import AnswersError, Problem, nearest
from recommender.documents.vocabulary import Jurisdiction
from recommender.export import Cover, render
from recommender.inference import assess as assess_answers
from recommender.knowledge import RuleBase, load_rules
from recommender.knowledge.answer_files import parse_json


def assess(
    file: Annotated[str, typer.Argument(help="An answers document (JSON or YAML), - for standard input, or a .jsonl file.")],
    *,
    format: Annotated[Format | None, typer.Option(help="Default: text, and json for .jsonl.")] = None,  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")] = None,
    answers_field: Annotated[str | None, typer.Option(help="In a .jsonl file: the field that holds the answers.")] = None,
    keep_going: Annotated[
        bool, typer.Option(help='In a .jsonl file: write {"error": …} for a bad line and go on; exit 3.')
    ] = False,
    name: Annotated[str, typer.Option(help="A name to print on the summary; it is not kept.")] = "",
    note: Annotated[str, typer.Option(help="A note to print on the summary; it is not kept.")] = "",
    rules: RulesFolder = None,
    jurisdiction: Where = Place.OTHER,  # type: ignore[attr-defined]
    language: InLanguage = Tongue.EN,  # type: ignore[attr-defined]
) -> None:
    """Assess an answers document, or one a line.

    Example: recommender assess answers.yaml --format pdf --output summary.pdf
    """
    base = load_rules(rules, jurisdiction=cast("Jurisdiction", jurisdiction.value), language=language.value)
    if file.endswith(".jsonl"):
        if format not in (None, Format.JSON):
            raise AnswersError(
                [Problem("--format", f"a .jsonl file gives one JSON assessment a line, not {format.value}", ("json",))]
            )
        _assess_lines(base, Path(file), output, answers_field=answers_field, keep_going=keep_going)
        return
    chosen = format or Format.TEXT
    cover = Cover(name=name, note=note, on=date.today())
    write(render(assess_answers(base, answers_in(file)), chosen.value, cover=cover), chosen, output)


def _assess_lines(rules: RuleBase, file: Path, output: Path | None, *, answers_field: str | None, keep_going: bool) -> None:
    bad = 0
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]} assessed"), TimeRemainingColumn())
    try:
        lines, size = file.open("rb"), file.stat().st_size
    except OSError as error:
        raise AnswersError([Problem(str(file), f"cannot be read: {error.strerror}")]) from None
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    with lines, progress, sink_of(output) as sink:
        task = progress.add_task(file.name, total=size or 1, done=0)
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
