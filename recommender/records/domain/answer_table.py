"""An answers document as a flat table: path → words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from recommender.documents.answer_path import given
from recommender.documents.answers import Answers

#: the word of a concern itself (``glabella/lines``)
NAMED = "named"


def answer_table(answers: Answers) -> Mapping[str, tuple[str, ...]]:
    """Path → the words answered there; only what was answered, in the order of the document.

    A concern has the path ``glabella/lines`` (with the word ``named``) and its details ``glabella/lines.at_rest``. A path has
    several words, sorted, only where the concern was named more than once with different words.
    """
    found: dict[str, list[str]] = {}
    for path, word in _said(answers):
        words = found.setdefault(path, [])
        if word not in words:
            words.append(word)
    return {path: tuple(sorted(words)) for path, words in found.items()}


def _said(answers: Answers) -> Iterator[tuple[str, str]]:
    for at, value in given(answers.document()):
        if at.seen is None or at.name not in ("area", "kind"):
            yield at.row, str(value)
        elif at.name == "area":
            yield at.row, NAMED
