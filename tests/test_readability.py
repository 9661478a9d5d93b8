"""What patients read stays within reach of a reader of about twelve."""

from __future__ import annotations

import pytest

from recommender import RuleBase, load_rules
from recommender.documents.vocabulary import JURISDICTIONS
from recommender.readability import readings


@pytest.fixture(scope="module")
def rules() -> RuleBase:
    return load_rules()


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_every_kind_of_text_is_easy_on_average_and_seldom_hard(rules: RuleBase, jurisdiction: str) -> None:
    found = readings(rules, jurisdiction)

    assert {one.kind for one in found} >= {"questions", "sentences of rules", "outcomes and what to do", "help with questions"}
    assert [one for one in found if one.mean > 6 or one.high > 10 or one.words_a_sentence > 15] == []


def test_long_words_and_long_sentences_count(rules: RuleBase) -> None:
    def grade_of(sentence: str) -> float:
        harder = rules.reference.wording.model_copy(update={"disclaimer": sentence})
        changed = rules.reference.model_copy(update={"wording": harder})
        base = RuleBase(rules.rules, changed, rules.on, rules.jurisdiction, rules.fingerprint)
        return next(one.high for one in readings(base, "other") if one.kind == "outcomes and what to do")

    assert grade_of(
        "Contraindicated administration necessitates interdisciplinary reconsideration immediately. " * 3
    ) > grade_of("We see you now.")
