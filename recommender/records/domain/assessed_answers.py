"""Answers assessed by the rules. A record stores the result word for word, and accepts it from nowhere else."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import Final

from recommender.documents.answer_path import answer_at
from recommender.documents.answers import Answers
from recommender.documents.consultation import AssessedAnswers, StopQuestion
from recommender.inference import assess
from recommender.knowledge import RuleBase

#: hashes of what ``assess_answers`` made in this process: a record accepts no other findings
_MADE: Final[OrderedDict[bytes, None]] = OrderedDict()
_MOST_MADE: Final = 20_000


def assess_answers(rules: RuleBase, answers: Answers) -> AssessedAnswers:
    """Answers with what the rules conclude today; a nurse's findings also in the words for the patient."""
    assessment = assess(rules, answers)
    document = answers.document()
    unanswered = [question.path for question in assessment.open_questions if answer_at(document, question.path) is None]
    stops = tuple(StopQuestion(path=path, treatments=found) for path in unanswered if (found := rules.could_stop(path)))
    told = assess(rules, answers.model_copy(update={"respondent": "patient"})) if answers.respondent == "nurse" else None
    made = AssessedAnswers(text=assessment.json_text(), public_text=told.json_text() if told else "", stop_questions=stops)
    _MADE[_named(made)] = None
    while len(_MADE) > _MOST_MADE:
        _MADE.popitem(last=False)
    return made


def made_by_rules(reading: AssessedAnswers) -> bool:
    """Whether ``assess_answers`` made this in this process."""
    return _named(reading) in _MADE


def _named(made: AssessedAnswers) -> bytes:
    return hashlib.sha256(made.model_dump_json().encode()).digest()
