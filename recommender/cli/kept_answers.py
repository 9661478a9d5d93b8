"""Answers saved to a file while they are given, so that nothing typed is lost and the interview can be continued later.

The file holds the answers document alone. The order of the questions, places named and not described yet, and questions left
out are in a second file, ``FILE.asked``, which counts only for the document it was written with.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from pydantic import ValidationError

from recommender.atomic_write import atomic_write
from recommender.cli.files import MOST, ONE_PERSON
from recommender.cli.questioning import Asked
from recommender.documents.answers import Answers
from recommender.documents.base import FrozenModel
from recommender.documents.problems import AnswersError, Problem
from recommender.knowledge.answer_files import checked, parse_json
from recommender.text_files import text_in

_OTHERS = {".yaml": "YAML", ".yml": "YAML", ".jsonl": "one document a line"}


class _AskedFile(FrozenModel):
    """``belongs_to``: fingerprints of the answers it was written with and of those before, as either may be in the file."""

    belongs_to: tuple[str, ...]
    asked: Asked


class KeptAnswers:
    """A file of answers and its ``.asked`` file; each is written whole or not at all, readable by its owner alone."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._file = Path(os.path.realpath(name))  # a link stays one, and what it leads to is replaced
        self._asked_file = self._file.with_name(f"{self._file.name}.asked")
        if name == "-" or self._file.suffix.lower() in _OTHERS:
            other = _OTHERS.get(self._file.suffix.lower(), "standard input")
            said = f"answers are kept as JSON here, not as {other}: name a file such as answers.json"
            raise AnswersError([Problem(name, said)])

    def read(self) -> tuple[Answers, Asked] | None:
        """What is kept, or None where there is no file yet; raises AnswersError if it is anything but an answers document."""
        text, kept = _read(self._file, self.name), self._asked()
        if text is None:
            return None
        answers = checked(parse_json(text, self.name), self.name)
        fits = kept is not None and _fingerprint(text) in kept.belongs_to
        return answers, kept.asked if kept is not None and fits else Asked()

    def keep(self, answers: Answers, asked: Asked) -> None:
        """Write both files; raises FileError where they cannot be written, and then the old files stay as they were."""
        written = json.dumps(answers.document(), indent=2, ensure_ascii=False) + "\n"
        earlier = _read(self._file, self.name)
        belongs_to = tuple(_fingerprint(text) for text in (written, earlier) if text is not None)
        kept = _AskedFile(belongs_to=belongs_to, asked=asked)
        _replace(self._asked_file, kept.model_dump_json(indent=2) + "\n")
        _replace(self._file, written)

    def _asked(self) -> _AskedFile | None:
        name = f"{self.name}.asked"
        text = _read(self._asked_file, name)
        try:
            return None if text is None else _AskedFile.model_validate_json(text)
        except ValidationError:
            said = "is not what an interview writes beside its answers, and would be overwritten: move it away"
            raise AnswersError([Problem(name, said)]) from None


def _read(file: Path, name: str) -> str | None:
    if not file.exists():
        return None
    if not file.is_file():
        raise AnswersError([Problem(name, "is no file in which answers can be kept")])
    text = text_in(file, name, most=MOST, what=ONE_PERSON)
    if isinstance(text, Problem):
        raise AnswersError([text])
    return text


def _replace(file: Path, text: str) -> None:
    with atomic_write(file) as written:
        written.write_text(text, encoding="utf-8")


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
