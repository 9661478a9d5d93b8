"""The check of the answers: each question with its answer and a button to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from recommender.web import words
from recommender.web.components import component

_ANSWERS = component(__file__)


class AnswerRow(NamedTuple):
    """A question as it was asked, its answer ("" if there is none), and the name of the page that asks it."""

    question: str
    answer: str
    step: str


def answer_list(parts: Mapping[str, Sequence[AnswerRow]], *, key: str) -> str | None:
    """Questions with their answers, by part, each with a button to change it; the page of the one just pressed."""
    result = _ANSWERS(
        key=key,
        data={
            "parts": [{"title": title, "rows": [row._asdict() for row in rows]} for title, rows in parts.items()],
            "words": {"change": words.CHANGE, "answer": words.ANSWER, "open": words.NOT_ANSWERED},
        },
        on_change_change=lambda: None,
    )
    return result.change if isinstance(result.change, str) else None
