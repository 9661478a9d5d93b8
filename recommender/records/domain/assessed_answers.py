"""Somebody's answers with what the rules make of them: what a record keeps word for word, and takes from nobody else."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import Final

from recommender.documents.answers import Answers
from recommender.documents.consultation import Reading, StopQuestion
from recommender.inference import assess
from recommender.knowledge import RuleBase

#: what the rules made of answers in this process, by its hash: a record takes no other findings than these
_MADE: Final[OrderedDict[bytes, None]] = OrderedDict()
_MOST_MADE: Final = 20_000


def reading(rules: RuleBase, answers: Answers) -> Reading:
    """Answers, with what the rules make of them today; a nurse's also in the words for the patient, as of the same day."""
    assessment = assess(rules, answers)
    unanswered = [question.path for question in assessment.open_questions if _answer(answers, question.path) is None]
    stops = tuple(StopQuestion(path=path, treatments=found) for path in unanswered if (found := rules.could_stop(path)))
    told = assess(rules, answers.model_copy(update={"respondent": "patient"})) if answers.respondent == "nurse" else None
    made = Reading(text=assessment.json_text(), public_text=told.json_text() if told else "", stop_questions=stops)
    _MADE[_named(made)] = None
    while len(_MADE) > _MOST_MADE:
        _MADE.popitem(last=False)
    return made


def made_by_rules(reading: Reading) -> bool:
    """Whether the rules have made this of answers in this process, as ``reading`` gives it."""
    return _named(reading) in _MADE


def _named(made: Reading) -> bytes:
    return hashlib.sha256(made.model_dump_json().encode()).digest()


def _answer(answers: Answers, path: str) -> object:
    """What stands at the path of an open question; "unsure" is an answer."""
    found: object = answers
    for part in path.replace("[", ".").replace("]", "").split("."):
        if found is None:
            return None
        found = found[int(part)] if isinstance(found, tuple) else getattr(found, part)
    return found
