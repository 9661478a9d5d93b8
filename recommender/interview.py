"""The interview: what to ask next, derived from the rules, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from recommender.documents.answers import Answers, read_answers
from recommender.inference.derivation import natural
from recommender.inference.relevance import Relevance
from recommender.knowledge.rulebase import RuleBase

AGE = "person.age"


def needed(rules: RuleBase, answers: Answers | Mapping[str, Any]) -> tuple[str, ...]:
    """The paths of the questions not asked yet that could still change the result, in the order of the interview.

    The age comes first, then details of concerns, then the order of ``groups`` in questions.yaml. "I don't know" is an answer:
    what was answered so is not asked again. What only a nurse is asked is never among them where a patient answers.
    """
    return tuple(_still_to_ask(rules, read_answers(answers)))


def next_question(rules: RuleBase, answers: Answers | Mapping[str, Any]) -> str | None:
    """The path of the next question, or None where no answer could change the result any more.

    An answer never makes another matter that did not: whoever counts what is asked and what is still needed sees progress
    that does not go backwards.
    """
    return next(_still_to_ask(rules, read_answers(answers)), None)


def _still_to_ask(rules: RuleBase, answers: Answers) -> Iterator[str]:
    relevance = Relevance(rules, answers)
    pages = (path for group in rules.reference.questions.groups for path in group.questions)
    order = {path: place for place, path in enumerate(pages)}
    asked = [path for path in relevance.unanswered if path.startswith("concerns[") or path in order]
    asked.sort(key=lambda path: (path != AGE, path in order, order.get(path, 0), natural(path)))
    return (path for path in asked if relevance.matters(path))
