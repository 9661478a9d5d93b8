"""What to ask next, derived from the rules: only what some undecided rule reads and could still change the result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recommender.documents.answers import Answers, read_answers
from recommender.inference import assess, pending_of
from recommender.inference.derivation import natural
from recommender.inference.words import given_paths
from recommender.knowledge.rulebase import RuleBase


def needed(rules: RuleBase, answers: Answers | Mapping[str, Any]) -> tuple[str, ...]:
    """The paths of the questions not asked yet that could still change the result, in the order of the interview.

    Details of concerns come first, then the order of ``groups`` in questions.yaml. "I don't know" is an answer: what was
    answered so is not asked again. What only a nurse is asked is among them where a nurse answers, and never for a patient.
    """
    given = read_answers(answers)
    asked = set(given_paths(given))
    waiting_for = {path for waiting in pending_of(rules, assess(rules, given)) for path in waiting.paths} - asked
    questions = rules.reference.questions
    paths = {path for path in waiting_for if questions.asked_of(given.respondent, path)}
    order = [path for group in questions.groups for path in group.questions]
    details = sorted((path for path in paths if path.startswith("concerns[")), key=natural)
    return (*details, *(path for path in order if path in paths))
