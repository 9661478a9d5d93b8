"""An address is read and written in one place: it comes back as it was, and it leads to its thing however things are sorted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given as for_each
from hypothesis import strategies as st
from strategies import answers_documents

from recommender.documents.answer_path import (
    AnswerPath,
    Seen,
    address,
    answer_at,
    every_path,
    given,
    natural,
    seen_in,
    seen_when_read,
    with_answer,
)
from recommender.documents.answers import Answers, read_answers
from recommender.documents.problems import AnswersError

THINGS = (Seen("glabella", "lines"), Seen("lips", "fuller"), Seen("lips", "fuller", 1))


def test_an_address_comes_back_as_it_was() -> None:
    for at in every_path(THINGS):
        alone = AnswerPath(at.group, at.name, at.seen and at.seen._replace(which=0))

        assert AnswerPath.parse(at.text(THINGS), THINGS) == at
        assert AnswerPath.parse(at.text(THINGS)) == AnswerPath(at.group, at.name)
        assert AnswerPath.of_key(at.key) == (None if at.seen and at.name in ("area", "kind") else alone)
        assert AnswerPath.of_row(at.row) == alone


def test_each_way_to_write_an_address() -> None:
    at = AnswerPath("concern", "at_rest", THINGS[1])

    assert (at.text(THINGS), at.key, at.row) == ("concerns[1].at_rest", "detail.lips.fuller.at_rest", "lips/fuller.at_rest")
    assert (at.question, AnswerPath("symptoms", "fever").question) == ("at_rest", "after_treatment.symptoms.fever")
    assert AnswerPath("concern", "area", THINGS[1]).row == "lips/fuller"
    assert address("concern", "at_rest") == "concerns[].at_rest"


@pytest.mark.parametrize(
    "text",
    [
        *("", "history", "history.", ".pregnant", "history.pregnant.", "diet.meat", "symptoms.fever"),
        *("concerns", "concerns[0]", "concerns[x].area", "concerns[-1].area", "concerns[٣].area"),
        *("detail.lips.fuller.at_rest", "lips/fuller.at_rest"),
    ],
)
def test_what_is_no_address_of_a_document_is_refused_by_its_text(text: str) -> None:
    with pytest.raises(AnswersError, match="is no address of an answer") as refused:
        AnswerPath.parse(text, THINGS)

    assert refused.value.problems[0].where == text


@pytest.mark.parametrize(
    "key", ["places", "kinds.lips", "grading.lips.lines.at_rest", "detail.lip.fuller.at_rest", "concerns[0].area"]
)
def test_the_key_of_something_else_is_no_address(key: str) -> None:
    assert AnswerPath.of_key(key) is None


def test_what_is_not_seen_is_refused_and_nothing_is_written() -> None:
    document = {"concerns": [{"area": "glabella", "kind": "lines"}]}

    for act in (
        lambda: AnswerPath.parse("concerns[1].at_rest", seen_in(document)),
        lambda: AnswerPath("concern", "at_rest", THINGS[1]).text(seen_in(document)),
        lambda: AnswerPath("concern", "at_rest", THINGS[1]).put(document, "yes"),
        lambda: AnswerPath("concern", "at_rest").put(document, "yes"),
    ):
        with pytest.raises(AnswersError, match="not in the document"):
            act()
    assert document == {"concerns": [{"area": "glabella", "kind": "lines"}]}


@for_each(answers_documents())
def test_the_answers_given_are_the_whole_document(document: dict[str, Any]) -> None:
    document = read_answers(document).document()
    again: dict[str, Any] = {"concerns": [{"area": one.area, "kind": one.kind} for one in seen_in(document)]}

    for at, value in given(document):
        assert at.get(document) == value
        assert not at.words or value in at.words
        at.put(again, value)

    alone = {name: value for name, value in document.items() if name in ("jurisdiction", "respondent")}
    empty = {name: value for name in ("screening", "after_treatment") if (value := document.get(name)) is not None}
    assert read_answers({**empty, **alone, **again}).document() == document


@for_each(answers_documents(), st.randoms(use_true_random=False))
def test_a_thing_keeps_its_address_when_the_things_are_sorted(document: dict[str, Any], draw: Any) -> None:
    document = Answers.model_validate(document).document()
    draw.shuffle(document["concerns"])
    then, now = read_answers(document).document(), seen_when_read(document)

    assert len(set(now)) == len(now)
    for at, value in given(document):
        assert answer_at(then, at.text(now)) == value


def test_one_of_several_alike_keeps_its_address_when_an_answer_moves_it() -> None:
    alike = [{"area": "lips", "kind": "fuller", "at_rest": word} for word in ("no", "yes")]
    document = {"concerns": [{"area": "glabella", "kind": "lines"}, *alike]}
    first, second = (AnswerPath("concern", "at_rest", thing) for thing in seen_in(document)[1:])

    document = with_answer(document, first.text(seen_in(document)), "unsure")
    document = with_answer(document, second.text(seen_in(document)), "no")
    now = seen_when_read(document)

    assert (first.text(now), second.text(now)) == ("concerns[2].at_rest", "concerns[1].at_rest")
    assert answer_at(read_answers(document).document(), first.text(now)) == "unsure"


def test_an_answer_is_taken_back_and_the_document_it_came_from_stays() -> None:
    before = {"history": {"pregnant": "no"}}

    assert with_answer(before, "history.pregnant", None) == {"history": {}}
    assert with_answer({}, "after_treatment.symptoms.fever", "yes") == {"after_treatment": {"symptoms": {"fever": "yes"}}}
    assert before == {"history": {"pregnant": "no"}}


def test_the_addresses_of_a_document_sort_by_number() -> None:
    every = [address("concern", "at_rest", place) for place in (10, 9, 100)]

    assert sorted(every, key=natural) == [address("concern", "at_rest", place) for place in (9, 10, 100)]
