"""Messages: where, what was found, what is allowed, the nearest word, however strange the input."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from recommender import AnswersError
from recommender.documents.problems import Problem, RecommenderError, nearest, shown, unknown_word


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("a.yaml:3", "is missing"), "a.yaml:3: is missing"),
        (Problem("x", "is odd", ("one", "two")), "x: is odd (allowed: one, two)"),
        (Problem("x", "is odd", ("one", "two"), "one"), "x: is odd – did you mean 'one'? (allowed: one, two)"),
    ],
)
def test_a_problem_says_where_what_and_what_is_allowed(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_a_very_long_list_of_allowed_words_is_cut_with_a_count() -> None:
    problem = unknown_word("x", "source", "no", [f"S-{number}" for number in range(100)])

    text = str(problem)

    assert text.endswith(", S-59 and 40 more)")
    assert len(problem.allowed) == 100


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("glabela", ("glabella", "lips"), "glabella"),
        ("Crow's Feet", ("crows_feet", "lips"), "crows_feet"),
        ("under-eye", ("under_eye", "lips"), "under_eye"),
        ("t1-001", ("T1-001", "F2-006"), "T1-001"),
        ("xyzzy", ("glabella", "lips"), None),
        (5, ("glabella", "lips"), None),
        (["glabella"], ("glabella",), None),
        ("glabella" * 1000, ("glabella",), None),
    ],
)
def test_the_nearest_word_is_found_whatever_its_case_and_joints(word: object, known: tuple[str, ...], found: object) -> None:
    assert nearest(word, known) == found


def _nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("yes", "'yes'"),
        (None, "nothing"),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 10, 30), "2026-01-31 10:30:00"),
        ("line\nbreak\x1b[2J", r"'line\nbreak\x1b[2J'"),
        pytest.param(10**5000, "a very long number", id="a very long number"),
        pytest.param(_nested(5000), "[[[[[[[...]]]]]]]", id="very deep"),
    ],
)
def test_any_value_can_be_quoted_in_a_message(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    "value", ["x" * 10_000_000, list(range(1_000_000)), {"x" * 500: "y" * 500}], ids=["text", "list", "mapping"]
)
def test_a_long_value_is_quoted_short(value: object) -> None:
    assert len(shown(value)) <= 80


def test_an_error_lists_every_problem_below_its_heading() -> None:
    error = AnswersError([Problem("person.age", "is missing"), Problem("history", "is odd")])

    assert str(error) == "The answers cannot be used: 2 problems\n  person.age: is missing\n  history: is odd"
    assert error.problems == (Problem("person.age", "is missing"), Problem("history", "is odd"))


def test_a_long_list_of_what_is_allowed_is_said_once() -> None:
    many, few = ("one", "two", "three", "four"), ("yes", "no", "unsure")
    problems = [
        unknown_word("a", "word", "tow", many),
        unknown_word("b", "word", "thre", many),
        unknown_word("c", "word", "?", many),
        unknown_word("d", "word", "?", few),
        unknown_word("e", "word", "?", few),
    ]

    assert str(RecommenderError(problems)).splitlines()[1:] == [
        "  a: unknown word 'tow' – did you mean 'two'? (allowed: one, two, three, four)",
        "  b: unknown word 'thre' – did you mean 'three'?",
        "  c: unknown word '?' (allowed: as above)",
        "  d: unknown word '?' (allowed: yes, no, unsure)",
        "  e: unknown word '?' (allowed: yes, no, unsure)",
    ]
