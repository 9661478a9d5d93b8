"""A question on a terminal, and what is typed to answer it; the same without colour where the output is a file or a pipe."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import Final

from rich.console import Console

from recommender.cli.questions import Question
from recommender.cli.streams import STANDARD_OUTPUT, unfiltered, visible, written_to

_WIDEST: Final = 88


class Terminal:
    """Writes to standard output in lines of at most ``width`` characters, and reads standard input line by line."""

    def __init__(self) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # bytes of another encoding are no answer, and no traceback
        self._console = Console(file=unfiltered(sys.stdout), highlight=False, markup=False, emoji=False, soft_wrap=True)
        self.width = min(_WIDEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else _WIDEST
        self._heading = ""

    def say(self, text: str, *, strong: bool = False) -> None:
        """A paragraph."""
        self.print("\n".join(self._wrapped(text)) + "\n", strong=strong)

    def print(self, text: str, *, strong: bool = False) -> None:
        """A text as it stands."""
        with written_to(STANDARD_OUTPUT):
            self._console.print(visible(text), style="bold" if strong else None)

    def typed(self, allowed: str) -> str:
        """One line that was typed, without spaces round it; raises EOFError where the input has ended."""
        sys.stdout.write(f"{allowed} > ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        self.print("" if sys.stdin.isatty() else f"{line.strip()}\n")  # as it would stand on a terminal
        return line.strip()

    def show(self, question: Question, *, left: int) -> None:
        """A question with all that helps to answer it; ``left`` is how many there are at most, where that is known."""
        if question.heading != self._heading:
            self._heading = question.heading
            if question.heading:
                self.print(f"{question.heading}\n{'-' * len(question.heading)}")
            for paragraph in question.intro.splitlines():
                self.say(paragraph)
        if left:
            self.print("At most 1 more question" if left == 1 else f"At most {left} more questions")
        self.print("\n".join(self._wrapped(question.ask)), strong=True)
        self.print("\n".join([*self._explained(question), "", *self._listed(question)]))

    def _explained(self, question: Question) -> Iterator[str]:
        yield from self._wrapped(question.help, "  ")
        if question.test:
            yield from ("", "  How to find out:")
            for step in question.test:
                yield from self._wrapped(step, "  - ")

    def _listed(self, question: Question) -> Iterator[str]:
        region = ""
        for number, choice in enumerate(question.choices, start=1):
            if choice.region != region:
                region = choice.region
                yield f"  {region}"
            yield from self._wrapped(f"{choice.label} – {choice.hint}" if choice.hint else choice.label, f"  {number:>2}  ")
        if question.none:
            yield from self._wrapped(question.none, "   0  ")

    def _wrapped(self, text: str, lead: str = "") -> list[str]:
        return textwrap.wrap(text, self.width, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)
