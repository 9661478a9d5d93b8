"""A draft keeps what is allowed, under known keys, and makes a document of what was answered."""

from __future__ import annotations

from typing import Any

import pytest

from recommender.documents import AnswersError, read_answers
from recommender.web.state.draft import MOST, Draft, choices, detail_key, kinds_key


def frown_lines() -> Draft:
    draft = Draft()
    draft.put("places", ["lips", "glabella"])
    draft.put(kinds_key("glabella"), ["lines"])
    draft.put(detail_key("glabella", "lines", "on_movement"), "yes")
    return draft


def test_an_empty_draft_makes_a_document_without_an_answer() -> None:
    assert Draft().answers().document() == {
        "schema": "consultation-answers/1",
        "respondent": "patient",
        "person": {},
        "concerns": [],
        "history": {},
        "goals": {},
    }


def test_a_place_without_anything_seen_there_is_no_concern() -> None:
    assert frown_lines().answers().document()["concerns"] == [{"area": "glabella", "kind": "lines", "on_movement": "yes"}]


def test_a_place_taken_back_and_chosen_again_still_knows_its_answers() -> None:
    draft = frown_lines()

    draft.put("places", [])
    without = draft.answers().document()["concerns"]
    draft.put("places", ["glabella"])

    assert without == []
    assert draft.answers().document()["concerns"] == [{"area": "glabella", "kind": "lines", "on_movement": "yes"}]


def test_content_comes_back_the_same() -> None:
    draft = frown_lines()
    draft.shown.add("person.age")
    draft.after = True

    assert Draft(draft.content()).content() == draft.content()


def test_what_a_document_has_no_word_for_is_left_out_of_it_but_kept() -> None:
    draft = Draft()
    draft.put("places", ["jawline"])
    draft.put(kinds_key("jawline"), ["sagging"])
    severity = detail_key("jawline", "sagging", "severity")

    draft.put(severity, "unsure")

    assert draft.get(severity) == "unsure"
    assert draft.answers().document()["concerns"] == [{"area": "jawline", "kind": "sagging"}]


def test_the_path_of_a_detail_is_the_key_of_its_place_and_kind() -> None:
    draft = frown_lines()
    draft.put(kinds_key("lips"), ["fuller", "volume_loss"])

    assert draft.key_of("concerns[0].at_rest") == "detail.glabella.lines.at_rest"
    assert draft.key_of("concerns[2].severity") == "detail.lips.fuller.severity"
    assert draft.key_of("history.pregnant") == "history.pregnant"
    assert [(c.area, c.kind, 0) for c in draft.answers().concerns] == list(draft.concerns())


def test_after_an_injection_the_document_says_so_even_before_any_answer() -> None:
    draft = Draft()

    draft.after = True
    assert draft.answers().document()["after_treatment"] == {"symptoms": {}}

    draft.after = False
    draft.put("after_treatment.symptoms.fever", "unsure")
    assert draft.answers().document()["after_treatment"] == {"symptoms": {"fever": "unsure"}}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("history.pregnant", "maybe"),
        ("history.pregnant", True),
        ("history.pregnant", ["yes"]),
        ("history.__class__", "yes"),
        ("history", "yes"),
        ("goals.unknown", "yes"),
        ("person.age", -1),
        ("person.age", 121),
        ("person.age", True),
        ("person.age", "42"),
        ("person.age", 4.2),
        ("screening.dcq_score", 9),
        ("after_treatment.days_ago", 99999),
        ("after_treatment.symptoms.unknown", "yes"),
        ("places", ["glabella", "moon"]),
        ("places", "glabella"),
        ("places", [["glabella"]]),
        ("places", [{}]),
        ("kinds.moon", ["lines"]),
        ("kinds.glabella", ["wings"]),
        ("detail.glabella.lines.wings", "yes"),
        ("detail.glabella.wings.at_rest", "yes"),
        ("detail.glabella.lines.at_rest", "mild"),
        ("shown", "yes"),
        ("", "yes"),
    ],
)
def test_what_is_not_allowed_is_not_kept(key: str, value: Any) -> None:
    draft = Draft()

    assert not draft.put(key, value)
    assert draft.content()["values"] == {}
    assert Draft({"values": {key: value}}).content()["values"] == {}


@pytest.mark.parametrize(
    "key",
    [
        "history.pregnant",
        "goals.keep_movement",
        "after_treatment.treatment",
        "detail.cheek.scars.scar_type",
        "detail.nose.contour.severity",
    ],
)
def test_i_do_not_know_may_answer_every_question(key: str) -> None:
    assert "unsure" in choices(key)
    assert Draft().put(key, "unsure")


def nurses() -> Draft:
    return Draft({"respondent": "nurse"})


def test_a_nurses_draft_says_so_in_the_store_and_in_its_document() -> None:
    draft = nurses()

    draft.put("screening.dcq_score", 9)

    assert Draft(draft.content()).content() == {
        "values": {"screening.dcq_score": 9},
        "shown": [],
        "after": False,
        "respondent": "nurse",
    }
    assert draft.answers().document() == {
        "schema": "consultation-answers/1",
        "respondent": "nurse",
        "person": {},
        "concerns": [],
        "history": {},
        "screening": {"dcq_score": 9},
        "goals": {},
    }


@pytest.mark.parametrize("respondent", [None, "patient", "lead", 1, ["nurse"]])
def test_a_draft_kept_before_there_were_nurses_is_a_patients_and_so_is_one_that_says_nonsense(respondent: Any) -> None:
    draft = Draft({"values": {"screening.dcq_score": 9, "person.age": 42}, "shown": [], "respondent": respondent})

    assert draft.respondent == "patient"
    assert draft.content() == {"values": {"person.age": 42}, "shown": [], "after": False}


@pytest.mark.parametrize("key", list(MOST))
def test_the_largest_number_of_a_draft_is_the_largest_that_the_document_takes(key: str) -> None:
    draft = nurses()

    assert draft.put(key, MOST[key])
    assert not draft.put(key, MOST[key] + 1)

    group, _, name = key.partition(".")
    assert draft.answers().document()[group][name] == MOST[key]
    with pytest.raises(AnswersError):
        read_answers({group: {name: MOST[key] + 1}})
