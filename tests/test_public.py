"""The public surface: what the package names, and no more."""

from __future__ import annotations

import inspect
import types

import recommender


def test_the_names_of_the_package_are_sorted_and_complete() -> None:
    named = {
        name
        for name, thing in vars(recommender).items()
        if not name.startswith("_") and not isinstance(thing, types.ModuleType)
    }

    assert recommender.__all__ == sorted(recommender.__all__)
    assert set(recommender.__all__) == named


def test_every_public_name_says_in_a_sentence_what_it_promises() -> None:
    unsaid = [name for name in recommender.__all__ if not (inspect.getdoc(getattr(recommender, name)) or "").strip()]

    assert unsaid == []


def test_the_example_of_the_package_runs_as_it_stands() -> None:
    example = (recommender.__doc__ or "").partition("\n\n")[2]

    found: dict[str, object] = {}
    exec(inspect.cleandoc(example), found)

    assert isinstance(found["assessment"], recommender.Assessment)
    assert found["assessment"].outcome == "discuss"


def test_every_error_of_the_package_can_be_caught_as_one() -> None:
    assert issubclass(recommender.AnswersError, recommender.RecommenderError)
    assert issubclass(recommender.RuleBaseError, recommender.RecommenderError)
