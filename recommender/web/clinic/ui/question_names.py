"""Questions and answers in a nurse's words, by the path that they have in tables over several documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recommender.documents.answer_path import AnswerPath
from recommender.documents.plan import Product
from recommender.documents.vocabulary import Area
from recommender.knowledge.reference import Reference
from recommender.knowledge.rulebase import RuleBase
from recommender.web.clinic import list_words
from recommender.web.consultation import words as said

_GRADINGS: Final = "gradings."


class QuestionNames:
    """The words for the paths of ``answer_table.py``: ``history.pregnant``, ``glabella/lines.at_rest``, and gradings."""

    def __init__(self, rules: RuleBase) -> None:
        reference = rules.voice("nurse", rules.jurisdiction).reference
        self._reference, self._questions = reference, reference.questions
        self._answers: dict[str, str] = {
            **reference.questions.answers,
            **{str(facts.treatment): facts.name for facts in reference.treatments},
            "unsure": said.NOT_KNOWN,
            "named": list_words.NAMED,
        }

    def asked(self, path: str) -> str:
        """The question behind a path."""
        at = AnswerPath.of_row(path.removeprefix(_GRADINGS))
        words = self._questions.about(at)
        asked = said.GRADED[at.name] if path.startswith(_GRADINGS) else words.ask if words else _plain(at.name)
        if at.seen is None:
            return asked
        seen = f"{self.area(at.seen.area)} – {self._questions.kinds[at.seen.kind].label}"
        return seen if at.name == "area" else f"{seen}: {asked}"

    def answered(self, path: str, words: Iterable[str]) -> str:
        """What was answered there, in words."""
        return ", ".join(self._answered(path, word) for word in words)

    def area(self, area: Area) -> str:
        """A place."""
        return self._questions.areas[area].label

    def treatment(self, treatment: str) -> str:
        """A treatment."""
        return self._answers.get(treatment, treatment)

    def product(self, product: Product) -> str:
        """A product: what it is, its brand and its lot."""
        return product_words(self._reference, product)

    def _answered(self, path: str, word: str) -> str:
        own = self._questions.about(AnswerPath.of_row(path.removeprefix(_GRADINGS)))
        return self._answers.get(word) or (own.answers.get(word) if own else None) or _plain(word)


def product_words(reference: Reference, product: Product) -> str:
    """A product in words: what it is, its brand and its lot."""
    name = next(facts.name for facts in reference.treatments if facts.treatment == product.treatment)
    lot = list_words.LOT.format(lot=product.lot) if product.lot else ""
    return ", ".join(filter(None, (name, product.brand, lot)))


def _plain(word: str) -> str:
    return word.replace("_", " ")
