"""``recommender assess``: one answers document, or one a line."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, BinaryIO, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from recommender.cli.exit_codes import SOME_BAD_LINES
from recommender.cli.files import MOST, ONE_PERSON, Format, answers_in, note_what_a_pdf_lacks, sink_of, write
from recommender.cli.options import (
    JurisdictionChoice,
    JurisdictionOption,
    LanguageChoice,
    LanguageOption,
    RulesFolder,
)
from recommender.cli.streams import unfiltered, visible
from recommender.documents.answers import Answers
from recommender.documents.problems import AnswersError, Problem, nearest, shown
from recommender.documents.vocabulary import Jurisdiction
from recommender.export import Cover, render
from recommender.inference import assess as assess_answers
from recommender.knowledge import RuleBase, load_rules
from recommender.knowledge.answer_files import checked, parse_json
from recommender.text_files import text_from, unreadable


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
    jurisdiction: JurisdictionOption = JurisdictionChoice.OTHER,  # type: ignore[attr-defined]
    language: LanguageOption = LanguageChoice.EN,  # type: ignore[attr-defined]
) -> None:
    """Assess an answers document, or one a line.

    Example: recommender assess answers.yaml --format pdf --output summary.pdf
    """
    batch = file.endswith(".jsonl")
    chosen = format or (Format.JSON if batch else Format.TEXT)
    given = {"--name": name, "--note": note, "--answers-field": answers_field, "--keep-going": keep_going}
    _refuse_what_would_be_lost(batch=batch, format=chosen, given=given)
    base = load_rules(rules, jurisdiction=cast("Jurisdiction", jurisdiction.value), language=language.value)
    if batch:
        with sink_of(output, answers=file, rules=rules) as sink:
            bad = _assess_lines(base, Path(file), sink, answers_field=answers_field, keep_going=keep_going)
        if bad:
            typer.echo(f"{bad} line{'s' * (bad != 1)} of {Path(file).name} could not be assessed", err=True)
            raise typer.Exit(SOME_BAD_LINES)
        return
    cover = Cover(name=name, note=note, on=date.today())
    written = render(assess_answers(base, answers_in(file)), chosen.value, cover=cover)
    write(written, chosen, output=output, answers=file, rules=rules)
    note_what_a_pdf_lacks(f"{name} {note}", chosen)


def _refuse_what_would_be_lost(*, batch: bool, format: Format, given: Mapping[str, object]) -> None:  # noqa: A002
    """Raise AnswersError for options that would have no effect."""
    if batch and format is not Format.JSON:
        said = f"a .jsonl file gives one JSON assessment a line, not {format.value}"
        raise AnswersError([Problem("--format", said, (Format.JSON.value,))])
    problems = []
    if format is Format.JSON:
        said = "is printed on a summary, and JSON is the assessment alone: leave it out, or name another --format"
        problems += [Problem(name, said) for name in ("--name", "--note") if given[name]]
    if not batch:
        problems += [Problem(name, "is for a .jsonl file alone") for name in ("--answers-field", "--keep-going") if given[name]]
    if problems:
        raise AnswersError(problems)


def _assess_lines(rules: RuleBase, file: Path, sink: BinaryIO, *, answers_field: str | None, keep_going: bool) -> int:
    """Assess one document a line, and say how many lines could not be assessed."""
    bad = found = 0
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[done]} assessed"))
    console = Console(file=unfiltered(sys.stderr))
    hidden = not console.is_terminal
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task(visible(file.name), total=None, done=0)
        for number, line in enumerate(lines_of(file), start=1):
            progress.update(task, total=file.stat().st_size)
            if line.strip():
                found += 1
                try:
                    written = assess_answers(rules, answers_of_line(line, f"{file.name}:{number}", answers_field)).json_text()
                except AnswersError as error:
                    if not keep_going:
                        raise
                    bad += 1
                    written = json.dumps({"error": str(error)}, ensure_ascii=False)
                sink.write(written.encode() + b"\n")
            progress.update(task, advance=len(line), done=number)
    if not found:
        raise AnswersError([Problem(str(file), "is empty: expected one answers document a line")])
    return bad


def lines_of(file: Path) -> Iterator[bytes]:
    """The lines of a file; of one that is too long, its beginning alone."""
    try:
        source = file.open("rb")
    except OSError as error:
        raise AnswersError([unreadable(str(file), error)]) from None
    with source:
        while line := source.readline(MOST + 1):
            yield line
            while len(line) > MOST and not line.endswith(b"\n"):
                line = source.readline(MOST + 1)


def answers_of_line(line: bytes, where: str, field: str | None) -> Answers:
    """The answers of one line, or of one ``field`` of it; raises AnswersError with every problem."""
    text = text_from(io.BytesIO(line), where, most=MOST, what=ONE_PERSON)
    if isinstance(text, Problem):
        raise AnswersError([text])
    data: Any = parse_json(text, where)
    if field is not None:
        if field not in data:
            raise AnswersError([Problem(where, f"has no field {shown(field)}", tuple(map(shown, data)), nearest(field, data))])
        data = data[field]
    return checked(data, where)
