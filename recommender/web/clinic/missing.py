"""What a record still lacks, in words and by the page on which it is put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.export.labels import Labels
from recommender.knowledge.voice import Voice
from recommender.languages import spoken
from recommender.records.completeness import completeness
from recommender.web.clinic import record_words as said
from recommender.web.clinic.treat_names import name_of
from recommender.web.clinic.treat_words import NAMES

PAGES: Final = ("consultation", "decide", "treat")
_DECISION: Final = re.compile(r"(?P<area>[a-z_]+)/(?P<treatment>[a-z_]+)")
_GRADING: Final = re.compile(r"gradings\.(?P<area>[a-z_]+)\.(?P<side>at_rest|on_movement)")


class Missing(NamedTuple):
    """One thing that is missing: the page on which it is put right, and a sentence that names it."""

    page: str
    sentence: str


def missing(consultation: Consultation, today: date, voice: Voice, *, age: int | None = None) -> tuple[Missing, ...]:
    """Everything that ``completeness`` finds, in its order; sentences of the consent form are counted, not listed."""
    problems = completeness(consultation, today, age=age)
    items = sum(problem.where.startswith("consent.items[") for problem in problems)
    labels = Labels(consultation.nurse.assessment)
    found = [_said(problem, labels, voice) for problem in problems if not problem.where.startswith("consent.items[")]
    if items:
        found.append(Missing("treat", f"{spoken(NAMES)['consent']}: {said.CONSENT_OPEN.format(number=items)}."))
    return tuple(found)


def by_page(found: tuple[Missing, ...]) -> Iterator[tuple[str, list[str]]]:
    """What is missing, page by page in the order of the work."""
    for page in PAGES:
        here = [one.sentence for one in found if one.page == page]
        if here:
            yield page, here


def _said(problem: Problem, labels: Labels, voice: Voice) -> Missing:
    page, about = _where(problem.where, labels)
    message = problem.message.removeprefix("is ").removeprefix("are ")
    for facts in voice.reference.treatments:
        message = message.replace(facts.treatment, facts.name)
    allowed = f" ({', '.join(problem.allowed)})" if problem.allowed else ""
    return Missing(page, f"{about}: {message}{allowed}.")


def _where(path: str, labels: Labels) -> tuple[str, str]:
    if found := _DECISION.fullmatch(path):
        return "decide", f"{labels.of('area', found['area'])}, {labels.of('treatment', found['treatment'])}"
    if found := _GRADING.fullmatch(path):
        return "consultation", f"{labels.of('area', found['area'])}, {said.GRADED[found['side']]}"
    if path == "findings":
        return "consultation", said.FINDINGS
    if path.partition("[")[0].partition(".")[0] in spoken(NAMES):
        return "treat", name_of(path)
    return "consultation", labels.question(path)
