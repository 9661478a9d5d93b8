"""Answers in and documents out: files, standard input and the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from recommender.documents.problems import AnswersError, Problem
from recommender.knowledge.answer_files import parse_answers


class Format(StrEnum):
    """What a document is written as."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"


def answers_in(file: str) -> Any:
    """The answers document in a file, or on standard input where it is "-", as plain data."""
    return parse_answers(_text_of(file), "standard input" if file == "-" else file)


def write(written: bytes, format: Format, output: Path | None) -> None:  # noqa: A002 (its plain name)
    """Write a document to a file, or to the terminal."""
    if output is None and format is Format.PDF and sys.stdout.isatty():
        raise AnswersError([Problem("--output", "a PDF is not shown on a terminal: name a file with --output")])
    with sink_of(output) as sink:
        sink.write(written)


def _text_of(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AnswersError([Problem(file, f"cannot be read: {error}")]) from None


@contextmanager
def sink_of(output: Path | None) -> Iterator[BinaryIO]:
    """Where the result goes; a full disk is as much a message as a folder that is not there."""
    if output is None:
        with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as sink:
            yield sink
        return
    try:
        with output.open("wb") as sink:
            yield sink
    except OSError as error:
        raise AnswersError([Problem(str(output), f"cannot be written: {error.strerror}")]) from None
