"""Questions and answers in a nurse's words, by the path that they have in tables over several documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from recommender.documents.vocabulary import Area, Kind
from recommender.knowledge.rulebase import RuleBase
from recommender.web.clinic import list_words
from recommender.web.consultation import words as said

_GRADINGS: Final = "gradings."


class QuestionNames:
    """The words for the paths of ``answer_table.py``: ``history.pregnant``, ``glabella/lines.at_rest``, and gradings."""

    def __init__(self, rules: RuleBase) -> None:
        reference = rules.voice("nurse", rules.jurisdiction).reference
        self._questions = reference.questions
        self._answers: dict[str, str] = {
            **reference.questions.answers,
            **{str(facts.treatment): facts.name for facts in reference.treatments},
            "unsure": said.NOT_KNOWN,
            "named": list_words.NAMED,
        }

    def asked(self, path: str) -> str:
        """The question behind a path."""
        if "/" in path:
            return self._of_a_concern(path)
        words = self._questions.questions.get(path)
        return words.ask if words else _plain(path.rpartition(".")[2])

    def answered(self, path: str, words: Iterable[str]) -> str:
        """What was answered there, in words."""
        return ", ".join(self._answered(path, word) for word in words)

    def area(self, area: Area) -> str:
        """A place."""
        return self._questions.areas[area].label

    def treatment(self, treatment: str) -> str:
        """A treatment."""
        return self._answers.get(treatment, treatment)

    def _of_a_concern(self, path: str) -> str:
        concern, _, detail = path.removeprefix(_GRADINGS).partition(".")
        area, kind = concern.split("/")
        seen = f"{self.area(cast('Area', area))} – {self._questions.kinds[cast('Kind', kind)].label}"
        if not detail:
            return seen
        words = self._questions.details.get(detail)
        asked = said.GRADED[detail] if path.startswith(_GRADINGS) else words.ask if words else _plain(detail)
        return f"{seen}: {asked}"

    def _answered(self, path: str, word: str) -> str:
        own = self._questions.details.get(path.rpartition(".")[2]) if "/" in path else self._questions.questions.get(path)
        return self._answers.get(word) or (own.answers.get(word) if own else None) or _plain(word)


def _plain(word: str) -> str:
    return word.replace("_", " ")
