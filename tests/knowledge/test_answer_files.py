"""Answers documents as files."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import AnswersError
from recommender.knowledge.answer_files import answers_of, parse_json


@pytest.mark.parametrize(
    "text",
    [
        "person: {age: 40}\n",
        '{"person": {"age": 40}}',
        '\ufeff{"person": {"age": 40}}',
        ' \n{"person": {"age": 40}}',
        "\ufeffperson:\n  age: 40\n",
    ],
)
def test_json_and_yaml_are_told_apart_by_how_they_begin(text: str) -> None:
    assert answers_of(text, "answers").person.age == 40


@pytest.mark.parametrize("name", ["a.yaml", "a.YML"])
def test_yaml_that_begins_as_json_is_read_as_yaml(name: str) -> None:
    assert answers_of("{person: {age: 40}} # one line\n", name).person.age == 40


def test_what_is_wrong_in_a_file_of_yaml_is_said_with_its_line() -> None:
    with pytest.raises(AnswersError) as refused:
        answers_of('{"person":\n {"age": "x"}}', "a.yaml")

    assert str(refused.value.problems[0]).startswith("a.yaml:2: person.age: should be a whole number")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a: is empty: expected an answers document (a mapping of fields)"),
        ("yes", "a: expected an answers document (a mapping of fields), found 'yes'"),
        ("- 1\n", "a: expected an answers document (a mapping of fields), found [1]"),
        ("[1]", "a: expected an answers document (a mapping of fields), found [1]"),
        ('{"a": 1,\n "b"}', "a:2: not JSON: Expecting ':' delimiter at column 5"),
        ('{"a": 1, "a": 2, "b": 3, "b": 4}', "a: 'a' stands twice"),
        ('{"x": {"\\ud800": 1, "\\ud800": 2}}', r"a: '\ud800' stands twice"),
        ("[" * 100_000, "a: not JSON that can be read: "),
        ('{"a": ' + "9" * 5000 + "}", "a: not JSON that can be read: "),
        ("a: 1\na: 2\n", "a:2: 'a' stands twice: first on line 1"),
    ],
    ids=range(10),
)
def test_what_is_no_document_is_said_with_its_line(text: str, message: str) -> None:
    with pytest.raises(AnswersError) as refused:
        answers_of(text, "a")

    assert str(refused.value.problems[0]).startswith(message)


def test_every_key_that_stands_twice_is_said() -> None:
    with pytest.raises(AnswersError) as refused:
        parse_json('{"a": 1, "b": {"c": 1, "c": 2}, "a": 2}', "a")

    assert [str(problem) for problem in refused.value.problems] == ["a: 'a' stands twice", "a: 'c' stands twice"]


@given(text=st.text() | st.lists(st.sampled_from('{}[]:," 1a\\u\n'), max_size=40).map("".join))
def test_any_text_is_a_mapping_or_refused(text: str) -> None:
    found: Any
    try:
        found = answers_of(text, "a")
    except AnswersError as error:
        found = error.problems

    assert found
