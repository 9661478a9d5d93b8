"""Nobody has to read a long page before they know where they stand."""

from __future__ import annotations

import pytest
from strategies import further, shipped

from recommender.authoring.lengths import MOST_WORDS, MOST_WORDS_FOR_A_NURSE, lengths, words_of
from recommender.documents.vocabulary import JURISDICTIONS, Jurisdiction


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("jurisdiction", further(JURISDICTIONS, "uk"))
def test_the_longest_first_page_of_each_kind_of_result_stays_short(jurisdiction: Jurisdiction, language: str) -> None:
    found = lengths(shipped().in_language(language), jurisdiction)

    assert [one.kind for one in found] == [*MOST_WORDS, *(f"{kind}, for a nurse" for kind in MOST_WORDS_FOR_A_NURSE)]
    assert [one for one in found if one.words > one.most] == []
    assert all(one.people > 1 and one.words > 20 for one in found)


def test_what_stands_behind_the_fold_does_not_count_and_what_is_said_first_does() -> None:
    rules = shipped()
    lips = {"concerns": [{"area": "lips", "kind": "fuller"}]}

    alone, with_thinners = words_of(rules, lips), words_of(rules, {**lips, "history": {"blood_thinners": "yes"}})

    assert 50 < alone < with_thinners < 200
