"""What a record still lacks, in words and by the page on which it is put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.export.labels import Labels
from recommender.records.completeness import completeness
from recommender.web.clinic import record_words as said

_DECISION: Final = re.compile(r"(?P<area>[a-z_]+)/(?P<treatment>[a-z_]+)")
_NUMBERED: Final = re.compile(
    r"(?P<group>products|adverse_events\.events|consent\.items)\[(?P<number>\d+)\](?:\.(?P<field>.+))?"
)
_GRADING: Final = re.compile(r"gradings\.(?P<area>[a-z_]+)\.(?P<side>at_rest|on_movement)")


class Missing(NamedTuple):
    """One thing that is missing: on which page it is put right, what it is about, and what is wrong with it."""

    page: str
    about: str
    what: str


def missing(consultation: Consultation, today: date) -> tuple[Missing, ...]:
    """Everything that ``completeness`` finds, in its order."""
    labels = Labels(consultation.nurse.assessment)
    return tuple(_said(problem, labels) for problem in completeness(consultation, today))


def by_page(found: tuple[Missing, ...]) -> Iterator[tuple[str, list[Missing]]]:
    """What is missing, page by page in the order of the work."""
    for page in ("consultation", "decide", "treat"):
        here = [one for one in found if one.page == page]
        if here:
            yield page, here


def _said(problem: Problem, labels: Labels) -> Missing:
    where, allowed = problem.where, f" ({', '.join(problem.allowed)})" if problem.allowed else ""
    what = f"{problem.message}{allowed}"
    if found := _DECISION.fullmatch(where):
        about = f"{labels.of('area', found['area'])} – {labels.of('treatment', found['treatment'])}"
        return Missing("decide", about, what)
    if found := _GRADING.fullmatch(where):
        return Missing("consultation", f"{labels.of('area', found['area'])}: {said.GRADED[found['side']]}", what)
    if found := _NUMBERED.fullmatch(where):
        group = said.NUMBERED[found["group"]].format(number=int(found["number"]) + 1)
        field = f", {said.FIELDS.get(found['field'], found['field'])}" if found["field"] else ""
        return Missing("treat", f"{group}{field}", what)
    if where in said.FIELDS:
        return Missing("consultation" if where == "findings" else "treat", said.FIELDS[where], what)
    return Missing("consultation", labels.question(where), what)
