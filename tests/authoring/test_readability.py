"""What patients read stays within reach of a reader of about twelve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

import pytest
from strategies import shipped

from recommender import RuleBase
from recommender.authoring.readability import readings, readings_of
from recommender.documents.vocabulary import JURISDICTIONS
from recommender.web import words
from recommender.web.about import words as about_words
from recommender.web.handover import words as handover_words
from recommender.web.patient import leaving_words


@pytest.fixture(scope="module")
def rules() -> RuleBase:
    return shipped()


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_every_kind_of_text_is_easy_on_average_and_seldom_hard(rules: RuleBase, jurisdiction: str) -> None:
    found = readings(rules, jurisdiction)

    assert {one.kind for one in found} >= {"questions", "sentences of rules", "outcomes and what to do", "help with questions"}
    assert [one for one in found if one.mean > 6 or one.high > 10 or one.words_a_sentence > 15] == []


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in texts_in(one))
    elif isinstance(value, tuple):
        yield from (text for one in value for text in texts_in(one))


@pytest.mark.parametrize("module", [words, about_words, handover_words, leaving_words])
def test_the_words_of_the_pages_are_easy_on_average_and_seldom_hard(module: ModuleType) -> None:
    texts = [text for name, value in vars(module).items() if name.isupper() for text in texts_in(value)]

    (found,) = readings_of({module.__name__: texts})

    assert found.texts > 5
    assert (found.mean <= 6, found.high <= 10, found.words_a_sentence <= 15) == (True, True, True), found


def test_long_words_and_long_sentences_count(rules: RuleBase) -> None:
    def grade_of(sentence: str) -> float:
        harder = rules.reference.wording.model_copy(update={"disclaimer": sentence})
        changed = rules.reference.model_copy(update={"wording": harder})
        base = RuleBase(rules.rules, changed, rules.on, rules.jurisdiction, rules.fingerprint)
        return next(one.high for one in readings(base, "other") if one.kind == "outcomes and what to do")

    assert grade_of(
        "Contraindicated administration necessitates interdisciplinary reconsideration immediately. " * 3
    ) > grade_of("We see you now.")
