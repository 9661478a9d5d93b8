"""The command line as a test calls it: in a process that has read the rules already, in an empty folder of its own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from recommender import RuleBase, load_rules
from recommender.cli import main

CHECKOUT = Path(__file__).parent.parent
DONE, BAD_INPUT, SOME_BAD_LINES = 0, 2, 3


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: bytes
    err: str


Run = Callable[..., Ran]


@cache
def _read_once(**home: Any) -> RuleBase:
    return load_rules(**home)


def _load(folder: Path | None = None, **home: Any) -> RuleBase:
    """As load_rules, with the shipped rules read once for all these tests; as a program of its own it reads them itself."""
    return _read_once(**home) if folder is None else load_rules(folder, **home)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RECOMMENDER_JURISDICTION", raising=False)
    for command in ("assess", "explain", "interview", "rules"):
        monkeypatch.setattr(import_module(f"recommender.cli.{command}"), "load_rules", _load)

    def call(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["recommender", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            main()
            code = DONE
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capfdbinary.readouterr()
        return Ran(code, printed.out, printed.err.decode())

    return call


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file into the folder of the test."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def is_a_message(ran: Ran, *words: str) -> None:
    """A refusal: nothing on standard output, and on standard error words for a person."""
    assert (ran.code, ran.out) == (BAD_INPUT, b"")
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err
