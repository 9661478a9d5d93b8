"""What the shipped rules conclude is written without loss in every format."""

from __future__ import annotations

from typing import Any

import pytest
from export_reading import READ_BY_PEOPLE, as_read, conclusions
from strategies import further, shipped

from recommender import RuleBase, assess
from recommender.export import render

PEOPLE: dict[str, dict[str, Any]] = {
    "many places": {
        "jurisdiction": "uk",
        "concerns": [
            {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "yes"},
            {"area": "under_eye", "kind": "dark_circles"},
            {"area": "lips", "kind": "fuller"},
            {"area": "skin", "kind": "texture"},
            {"area": "hands", "kind": "suspicious_lesion"},
        ],
        "history": {"blood_thinners": "unsure", "infection_or_inflammation_at_site": "yes"},
    },
    "ruled out": {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}], "history": {"pregnant": "yes"}},
    "emergency": {"after_treatment": {"treatment": "dermal_filler", "symptoms": {"vision_change": "yes", "fever": "unsure"}}},
    "nothing": {},
}


@pytest.fixture(scope="module")
def rules() -> RuleBase:
    return shipped()


@pytest.mark.parametrize("answers", PEOPLE.values(), ids=PEOPLE.keys())
@pytest.mark.parametrize("written_as", further(READ_BY_PEOPLE, "text", "pdf"))
def test_a_nurse_loses_nothing_that_the_rules_conclude(rules: RuleBase, answers: dict[str, Any], written_as: str) -> None:
    assessment = assess(rules, answers | {"respondent": "nurse"})

    seen = as_read(render(assessment, written_as), written_as)

    assert [sentence for sentence in conclusions(assessment) if sentence not in seen] == []
