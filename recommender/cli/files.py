"""Answers in and documents out: files, standard input and the terminal."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

import typer

from recommender.atomic_write import FileError, atomic_write
from recommender.cli.streams import STANDARD_OUTPUT, written_to
from recommender.documents.answers import Answers
from recommender.documents.problems import AnswersError, Problem
from recommender.export import NOT_DRAWN, is_drawable
from recommender.knowledge import shipped_rules
from recommender.knowledge.answer_files import LARGEST, answers_of
from recommender.text_files import text_from, text_in

STANDARD_INPUT: Final = "-"
ONE_PERSON: Final = "the answers of one person"
MOST: Final = 4 * LARGEST  # bytes, of which a character takes at most four


class Format(StrEnum):
    """What a document is written as."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"


def answers_in(file: str) -> Answers:
    """The answers document in a file, or on standard input where it is "-"; raises AnswersError with every problem."""
    name = "standard input" if file == STANDARD_INPUT else file
    if file == STANDARD_INPUT:
        text = text_from(sys.stdin.buffer, name, most=MOST, what=ONE_PERSON)
    else:
        text = text_in(Path(file), name, most=MOST, what=ONE_PERSON)
    if isinstance(text, Problem):
        raise AnswersError([text])
    return answers_of(text, name)


def write(
    written: bytes,
    format: Format = Format.TEXT,  # noqa: A002 (its plain name)
    *,
    output: Path | None,
    answers: str | None = None,
    rules: Path | None = None,
    private: bool = True,
) -> None:
    """Write a document to a file, or to standard output: as UTF-8, or as the terminal can show it."""
    if output is not None or not sys.stdout.isatty():
        with sink_of(output, answers=answers, rules=rules, private=private) as sink:
            sink.write(written)
        return
    if format is Format.PDF:
        raise FileError([Problem("--output", "a PDF is not shown on a terminal: name a file with --output")])
    sys.stdout.write(written.decode("utf-8-sig"))
    sys.stdout.flush()


def note_what_a_pdf_lacks(typed: str, format: Format) -> None:  # noqa: A002 (its plain name)
    """Say on standard error where a PDF has numbers for letters that somebody typed."""
    if format is Format.PDF and not is_drawable(typed):
        typer.echo(NOT_DRAWN, err=True)


def write_new(written: bytes, format: Format = Format.TEXT, *, output: Path | None) -> None:  # noqa: A002 (its plain name)
    """Write what the records hold to a file that is not there yet, or to standard output."""
    if output is None:
        write(written, format, output=None)
        return
    with atomic_write(output, overwrite=False) as file:
        file.write_bytes(written)


@contextmanager
def sink_of(
    output: Path | None, *, answers: str | None = None, rules: Path | None = None, private: bool = True
) -> Iterator[BinaryIO]:
    """Where the result goes, whole or not at all; never over the ``answers`` or the ``rules`` that it is made from."""
    inputs = [rules or shipped_rules(), *([Path(answers)] if answers not in (None, STANDARD_INPUT) else [])]
    if output is None:
        _refuse_output_that_is_read(inputs)
        with written_to(STANDARD_OUTPUT):
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    with atomic_write(output, inputs=inputs, private=private) as file, file.open("wb") as sink:
        yield sink


def _refuse_output_that_is_read(inputs: Iterable[Path]) -> None:
    """Standard output that leads to what is read would be read again, without end."""
    try:
        sink = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):  # no file of the system's
        return
    read = [path.stat() for path in inputs if path.is_file()]
    if stat.S_ISREG(sink.st_mode) and any(os.path.samestat(sink, one) for one in read):
        raise FileError([Problem(STANDARD_OUTPUT, "leads to the file that is read: name another one")])
