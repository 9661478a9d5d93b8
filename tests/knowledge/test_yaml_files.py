"""YAML with memory: plain data, the line of every value, and a message for everything that is not read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.knowledge.yaml_files import as_yaml, parse_yaml, read_yaml

TEXT = """# a remark
- id: first
  when:
    concern: {area: [lips,
      cheek]}
  because: >-
    One sentence
    on two lines.

- id: second
"""


def test_data_is_plain_and_every_value_knows_its_line() -> None:
    file = parse_yaml(TEXT, "rules.yaml")

    places: dict[tuple[str | int, ...], int] = {
        (0,): 2,
        (0, "id"): 2,
        (0, "when"): 3,
        (0, "when", "concern"): 4,
        (0, "when", "concern", "area"): 4,
        (0, "when", "concern", "area", 1): 5,
        (0, "because"): 6,
        (1,): 10,
        (1, "id"): 10,
    }
    assert file.problems == []
    assert file.data == [
        {"id": "first", "when": {"concern": {"area": ["lips", "cheek"]}}, "because": "One sentence on two lines."},
        {"id": "second"},
    ]
    assert {place: file.where(place) for place in places} == {place: f"rules.yaml:{line}" for place, line in places.items()}


def test_a_place_that_is_not_there_is_that_of_what_stands_around_it() -> None:
    file = parse_yaml(TEXT, "rules.yaml")

    assert file.where((0, "when", "concern", "kind")) == "rules.yaml:4"
    assert file.where((1, "because")) == "rules.yaml:10"
    assert file.where((7, "id")) == "rules.yaml:2"
    assert parse_yaml("", "empty.yaml").where((0,)) == "empty.yaml:1"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: yes\nb: no\nc: off\nd: NO\ne: y\n", {"a": "yes", "b": "no", "c": "off", "d": "NO", "e": "y"}),
        ("a: true\nb: False\n", {"a": True, "b": False}),
        ("a: 42\nb: -3\nc: 0.5\nd: 0\n", {"a": 42, "b": -3, "c": 0.5, "d": 0}),
        ("a: '042'\nb: 12:75\nc: 2026-01-31 x\nd: 1e3\n", {"a": "042", "b": "12:75", "c": "2026-01-31 x", "d": "1e3"}),
        ("a: 'yes'\n", {"a": "yes"}),
        ("yes: 1\nno: 2\n1: 3\n", {"yes": 1, "no": 2, "1": 3}),
        ("a: 2026-01-31\n", {"a": date(2026, 1, 31)}),
        ("a: none\nb: ~\nc:\n", {"a": "none", "b": None, "c": None}),
        ("\ufeffa: 1\n", {"a": 1}),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("", None),
        ("# nothing but a remark\n", None),
    ],
)
def test_values_are_read_as_yaml_means_them_and_keys_as_words(text: str, data: Any) -> None:
    file = parse_yaml(text, "x.yaml")

    assert (file.data, file.problems) == (data, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3: 'a' stands twice: first on line 1"),
        ("a: {b: 1,\n  b: 2}\n", "x.yaml:2: 'b' stands twice: first on line 1"),
        ("[1, 2]: 3\n", "x.yaml:1: a key must be one word"),
        ("a: {\n", "x.yaml:2: not YAML: while parsing a flow node, did not find expected node content"),
        ("a: 1\n\tb: 2\n", "x.yaml:2: not YAML: "),
        ("a: 1\n---\nb: 2\n", "x.yaml:2: not YAML: expected a single document in the stream, but found another document"),
        ("a: &x 1\nb: *x\n", "x.yaml:2: the alias '*x' is not read here: write the value out"),
        ("a: &x [*x]\n", "x.yaml:1: the alias '*x' is not read here: write the value out"),
        ("a: 1\nb: \x07\n", r"x.yaml:2: not YAML: it holds the control character '\x07'"),
        ("a: \ud800\n", r"x.yaml:1: not YAML: it holds the control character '\ud800'"),
        ("\n\na: 2026-02-30\n", "x.yaml:3: cannot be read: day is out of range for month"),
        ("a: !!python/object:os.system x\n", "x.yaml:1: the tag 'tag:yaml.org,2002:python/object:os.system' is not read here"),
        ("a: !!int '042'\n", "x.yaml:1: the tag 'tag:yaml.org,2002:int' is not read here: leave it out"),
        *(
            (f"a:\n  {word}\n", f"x.yaml:2: '{word}' is no number here: write it without leading zeros, letters, colons")
            for word in ("042", "-042", "0x2A", "0o52", "0b11", "4_2", "1:30", "190:20:30", "042.5", "00")
        ),
        ("- " * 41 + "a\n", "x.yaml:1: is nested more than 40 deep"),
        ("a: " + "[" * 100_000, "x.yaml:1: is nested more than 40 deep"),
        ("".join(f"{' ' * n}a:\n" for n in range(100)), "x.yaml:41: is nested more than 40 deep"),
    ],
    ids=range(26),
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, problem: str) -> None:
    file = parse_yaml(text, "x.yaml")

    assert len(file.problems) == 1
    assert str(file.problems[0]).startswith(problem)


def test_several_faults_are_all_said_and_the_rest_is_read() -> None:
    file = parse_yaml("a: 1\na: 2\nb: 2026-02-30\nc: 3\n", "x.yaml")

    assert [problem.where for problem in file.problems] == ["x.yaml:2", "x.yaml:3"]
    assert file.data == {"a": 1, "b": None, "c": 3}


def test_a_few_lines_that_stand_for_billions_are_refused_at_once() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )

    file = parse_yaml(bomb, "x.yaml")

    assert file.data is None
    assert {problem.message for problem in file.problems} == {
        f"the alias '*{name}' is not read here: write the value out" for name in "abcdefgh"
    }


@pytest.mark.parametrize(("content", "words"), [(b"a: \xff\n", "save it as UTF-8"), (None, "No such file")])
def test_a_file_that_cannot_be_read_is_a_problem_and_no_exception(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "x.yaml"
    if content is not None:
        path.write_bytes(content)

    file = read_yaml(path, "x.yaml")

    assert file.data is None
    assert words in str(file.problems[0])


@given(text=st.text() | st.lists(st.sampled_from("a: -[]{}\n'\"&*!|>%#,?"), max_size=40).map("".join))
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    file = parse_yaml(text, "x.yaml")

    assert all(problem.where.startswith("x.yaml:") and "\n" not in problem.message for problem in file.problems)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(data=PLAIN)
def test_what_is_written_reads_the_same(data: Any) -> None:
    assert parse_yaml(as_yaml(data), "x.yaml").data == data
