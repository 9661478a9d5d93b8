"""What is missing in a record, in words and by the page on which it is filled in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Final, NamedTuple, cast

from recommender.documents.consultation import Consultation
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Area
from recommender.export.labels import Labels
from recommender.knowledge import RuleBase
from recommender.languages import spoken
from recommender.records.domain.completeness import UNSAVED, completeness
from recommender.web.clinic.pages import parts
from recommender.web.clinic.records import record_words as said
from recommender.web.clinic.treatment.treat_names import name_of
from recommender.web.clinic.treatment.treat_words import NAMES

_DECISION: Final = re.compile(r"(?P<area>[a-z_]+)/(?P<treatment>[a-z_]+)")
_RULE: Final = re.compile(r"[a-z][\w-]*\.[a-z][\w-]*", re.ASCII)
#: parts of a field in which something is chosen, whose words nobody typed
_CHOSEN: Final = frozenset({"how", "product"})
_GRADING: Final = re.compile(r"gradings\.(?P<area>[a-z_]+)\.(?P<side>at_rest|on_movement)")


class Missing(NamedTuple):
    """One thing that is missing: the page on which it is put right, and a sentence that names it."""

    page: str
    sentence: str


def missing(
    consultation: Consultation,
    today: date,
    rules: RuleBase,
    *,
    age: int | None = None,
    by: Staff | None = None,
    recalled: Collection[str] = (),
) -> tuple[Missing, ...]:
    """Everything that ``completeness`` finds, in its order; sentences of the consent form are counted, not listed."""
    problems = completeness(consultation, today, age=age, by=by, recalled=recalled)
    items = sum(problem.where.startswith("consent.items[") for problem in problems)
    said_of = _Saying(consultation, rules)
    found = [said_of.problem(problem, consultation) for problem in problems if not problem.where.startswith("consent.items[")]
    if items:
        found.append(Missing("treat", f"{spoken(NAMES)['consent']}: {said.CONSENT_OPEN.format(number=items)}."))
    return tuple(found)


def by_page(found: tuple[Missing, ...]) -> Iterator[tuple[str, list[str]]]:
    """What is missing, page by page in the order of the work."""
    for page in parts():
        here = [one.sentence for one in found if one.page == page]
        if here:
            yield page, here


def rule_titles(rules: RuleBase) -> dict[str, str]:
    """What each rule is called, by its id."""
    return {rule.id: rule.text.title for rule in rules.every_rule}


def titled(message: str, rules: RuleBase) -> str:
    """A message with rules by their titles and not by their ids."""
    titles = rule_titles(rules)
    return _RULE.sub(lambda found: f"“{titles[found[0]]}”" if found[0] in titles else found[0], message)


class _Saying:
    """Says what is missing of one record, in the words of its pages."""

    def __init__(self, consultation: Consultation, rules: RuleBase) -> None:
        self._labels = Labels(consultation.nurse.assessment)
        self._reference = rules.voice("nurse", rules.jurisdiction).reference
        self._rules = rules

    def problem(self, problem: Problem, consultation: Consultation) -> Missing:
        """One problem, on the page of the field that it is about."""
        page, about = self._where(problem.where)
        typed = [
            one.typed
            for one in consultation.unsaved
            if one.path == problem.where and one.part.rstrip("0123456789") not in _CHOSEN
        ]
        if problem.message == spoken(UNSAVED) and typed:
            return Missing(page, said.UNSAVED.format(name=about, typed="; ".join(typed)))
        message = titled(problem.message, self._rules).removeprefix("is ").removeprefix("are ")
        for facts in self._reference.treatments:
            message = message.replace(facts.treatment, facts.name)
        allowed = f" ({', '.join(problem.allowed)})" if problem.allowed else ""
        return Missing(page, f"{about}: {message}{allowed}.")

    def _where(self, path: str) -> tuple[str, str]:
        if found := _DECISION.fullmatch(path):
            return "decide", f"{self._place(found['area'])}, {self._labels.of('treatment', found['treatment'])}"
        if found := _GRADING.fullmatch(path):
            return "consultation", f"{self._place(found['area'])}, {said.GRADED[found['side']]}"
        if path == "findings":
            return "consultation", said.FINDINGS
        if path == "authorisation":
            return "decide", said.AUTHORISATION
        if path == "moves":
            return "record", said.MOVED
        if path.partition("[")[0].partition(".")[0] in spoken(NAMES):
            return "treat", name_of(path)
        return "consultation", self._labels.question(path)

    def _place(self, area: str) -> str:
        """A place, which the findings may not speak of any more."""
        return self._reference.questions.areas[cast("Area", area)].label
