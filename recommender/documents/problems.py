"""What is wrong with an input, said so that its author can mend it.

RecommenderError            anything a caller may want to show instead of a traceback
├── AnswersError            an answers document is not valid (``problems``, one a path)
└── RuleBaseError           the rule files are not valid (``problems``, one a place)
"""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

MOST_SAID = 100  # problems of one input
_LONGEST = 80
_MOST_WORDS = 60
_FEW_WORDS = 3  # as short as saying that they stand above
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _LONGEST


class Problem(NamedTuple):
    """One thing wrong: where it is, what was found, what is allowed there and the nearest known word.

    ``stands_for`` is 1, and more in the last of a long list, which says how many are left out.
    """

    where: str
    message: str
    allowed: tuple[str, ...] = ()
    nearest: str | None = None
    stands_for: int = 1

    def __str__(self) -> str:
        return self.text(set())

    def text(self, said: set[tuple[str, ...]]) -> str:
        """The problem in one line, below others whose lists of what is allowed are ``said`` already."""
        text = f"{self.where}: {self.message}"
        if self.nearest:
            text += f" – did you mean '{self.nearest}'?"
        if self.allowed in said:
            text += "" if self.nearest else " (allowed: as above)"
        elif self.allowed:
            if len(self.allowed) > _FEW_WORDS:
                said.add(self.allowed)
            more = len(self.allowed) - _MOST_WORDS
            text += f" (allowed: {', '.join(self.allowed[:_MOST_WORDS])}{f' and {more} more' if more > 0 else ''})"
        return text


class RecommenderError(Exception):
    """An error to show to a person as it is: its text says where, what and what to do."""

    heading = "This cannot be used"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = first_problems(tuple(problems))
        self.count = sum(problem.stands_for for problem in self.problems)
        heading = f"{self.heading}: {self.count:,} problem{'s' * (self.count != 1)}"
        said: set[tuple[str, ...]] = set()
        super().__init__("\n".join([heading, *(f"  {problem.text(said)}" for problem in self.problems)]))


class AnswersError(RecommenderError):
    """The answers document is not valid."""

    heading = "The answers cannot be used"


class RuleBaseError(RecommenderError):
    """The rule files are not valid."""

    heading = "The rules cannot be loaded"


def first_problems(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """As many problems as one can read, and a last one that says how many more there are."""
    first, left = tuple(problems[:MOST_SAID]), problems[MOST_SAID:]
    return (*first, and_more(left[-1].where, sum(one.stands_for for one in left))) if left else first


def and_more(where: str, count: int) -> Problem:
    """What stands for all the problems that are not said."""
    return Problem(where, f"and {count:,} more problem{'s' * (count != 1)}", stands_for=count)


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word that reads most like ``word``, or None if nothing is near."""
    if not isinstance(word, str) or len(word) > _LONGEST:
        return None
    plain = {_plain(candidate): candidate for candidate in known}
    found = difflib.get_close_matches(_plain(word), list(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")


def unknown_word(where: str, what: str, word: object, known: Iterable[str]) -> Problem:
    """A Problem for a word outside a closed list."""
    allowed = tuple(known)
    return Problem(where, f"unknown {what} {shown(word)}", allowed, nearest(word, allowed))


def shown(value: object) -> str:
    """A value as it may be quoted in a message: short, on one line, however long or deep it is."""
    if value is None:
        return "nothing"
    if isinstance(value, date):
        return str(value)
    try:
        text = _SHORT.repr(value)
    except ValueError:  # Python refuses to write out a number of thousands of digits
        return "a very long number"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
