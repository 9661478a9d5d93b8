"""How hard is what patients read? School grades of every sentence they are shown, in the words for one jurisdiction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

import textstat

from recommender.documents.told import Place
from recommender.documents.vocabulary import Jurisdiction
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.wordings import public_texts, public_texts_beside

_NO_SENTENCES = ("title", "in_short")
_KINDS = {
    "treatments.yaml": "facts about the treatments",
    "wording.yaml": "outcomes and what to do",
    "consent.yaml": "sentences of consent",
}
_KINDS_OF_QUESTIONS = {"ask": "questions", "help": "help with questions", "why": "why it is asked"}


@dataclass(frozen=True)
class Readability:
    """Texts of one kind: how many, words a sentence, the mean and 95th percentile of their grades, and the hardest.

    Grades are Flesch-Kincaid: 6 is read at about 11 to 12 years of age. Two-word labels are left out: a formula for
    sentences says nothing of them.
    """

    kind: str
    texts: int
    words_a_sentence: float
    mean: float
    high: float
    hardest: str


def readings(rules: RuleBase, jurisdiction: Jurisdiction) -> tuple[Readability, ...]:
    """What patients read, by kind of text, hardest kind first."""
    voice = rules.voice("patient", jurisdiction)
    kinds: dict[str, list[str]] = {}
    for where, text in public_texts(rules.every_rule).items():
        if not where.endswith(_NO_SENTENCES):
            kinds.setdefault("sentences of rules", []).append(voice.said(text))
    for place, text in public_texts_beside(voice.reference).items():
        kinds.setdefault(_kind(place), []).append(text)
    return readings_of(kinds)


def readings_of(kinds: Mapping[str, Sequence[str]]) -> tuple[Readability, ...]:
    """Texts by kind, such as those of the pages themselves, hardest kind first."""
    found = (_reading(kind, [text for text in texts if len(text.split()) > 3]) for kind, texts in kinds.items())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: -one.mean))


def _kind(place: Place) -> str:
    return _KINDS.get(str(place[0]), _KINDS_OF_QUESTIONS.get(str(place[-1]), "other words of the form"))


def _reading(kind: str, texts: list[str]) -> Readability | None:
    if len(texts) < 2:
        return None
    grades: Mapping[str, float] = {text: textstat.flesch_kincaid_grade(text) for text in texts}
    every = [grades[text] for text in texts]
    words = sum(textstat.lexicon_count(text) for text in texts) / sum(textstat.sentence_count(text) for text in texts)
    return Readability(
        kind, len(texts), words, fmean(every), quantiles(every, n=20)[-1], max(grades, key=lambda text: grades[text])
    )
