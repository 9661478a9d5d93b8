"""The words of the documents that hang on one another."""

from __future__ import annotations

from typing import get_args

from recommender.documents.vocabulary import EFFECTS, LEFT_TO_A_PRESCRIBER, MAKES_NO_OPTION, ON_THE_TABLE, STATUS_OF, Status


def test_an_option_stands_under_each_effect_as_one_status_and_open_without_any() -> None:
    assert tuple(STATUS_OF) == EFFECTS
    assert {*STATUS_OF.values(), "open"} == set(get_args(Status))


def test_a_stronger_effect_never_leaves_more_to_discuss() -> None:
    weakest = tuple(effect for effect in EFFECTS if STATUS_OF[effect] == "suggested")

    assert (*weakest, *LEFT_TO_A_PRESCRIBER, *MAKES_NO_OPTION) == EFFECTS
    assert {STATUS_OF[effect] for effect in (*weakest, *LEFT_TO_A_PRESCRIBER)} | {"open"} == set(ON_THE_TABLE)
