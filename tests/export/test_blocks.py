"""The parts of a summary that hold in every format: the face map's states, widths, and words without a label."""

from __future__ import annotations

from typing import Any

import pytest
from export_samples import FILLER, TOXIN, assessment_with, reason

from recommender.export import summarise, text_of
from recommender.export.labels import Labels
from recommender.export.sections.treatments import face_states


def option(treatment: str, status: str, area: str = "lips") -> dict[str, Any]:
    """An option with nothing but its place, treatment and status."""
    return {
        "area": area,
        "kinds": ["lines"],
        "treatment": treatment,
        "role": "first_line",
        "status": status,
        "reasons": [],
        "defeats": [],
    }


@pytest.mark.parametrize(
    ("toxin", "filler", "shown"),
    [
        ("suggested", None, "botulinum_toxin"),
        (None, "open", "dermal_filler"),
        ("review", "suggested", "both"),
        ("suggested", "withdrawn", "botulinum_toxin"),
        ("deferred", "referred", "held"),
        (None, "withdrawn", "held"),
    ],
)
def test_a_place_is_shown_by_what_is_on_the_table_there(toxin: str | None, filler: str | None, shown: str) -> None:
    given = (("botulinum_toxin", toxin), ("dermal_filler", filler))
    assessment = assessment_with(outcome="discuss", options=[option(name, status) for name, status in given if status])

    assert face_states(assessment) == (("lips", shown),)


def test_a_place_with_a_referral_only_is_shown_as_such_and_one_with_an_option_is_not() -> None:
    referral = {"to": "skin_consultation", "stance": "beside", "reasons": []}
    assessment = assessment_with(
        outcome="discuss",
        options=[option("dermal_filler", "suggested")],
        referrals=[{**referral, "area": "skin"}, {**referral, "area": "lips"}, referral],
    )

    assert face_states(assessment) == (("lips", "dermal_filler"), ("skin", "elsewhere"))


def test_a_place_where_nothing_is_to_be_treated_is_not_shown_as_one_with_somebody_to_see() -> None:
    see: dict[str, Any] = {"to": "skin_consultation", "stance": "instead", "reasons": []}
    leave = {**see, "to": "not_needed"}
    assessment = assessment_with(
        outcome="not_needed",
        options=[],
        referrals=[{**leave, "area": "skin"}, {**see, "area": "skin"}, {**leave, "area": "whole_face"}],
    )

    assert face_states(assessment) == (("skin", "elsewhere"), ("whole_face", "not_needed"))


def test_a_treatment_whose_kinds_may_not_be_named_keeps_its_bar() -> None:
    assessment = assessment_with(outcome="discuss", treatments=[TOXIN, {**FILLER, "products": []}])

    section = next(section for section in summarise(assessment).sections[-1].blocks if section.id == "timeline")  # type: ignore[union-attr]
    assert [row.label for row in section.blocks[0].rows] == [TOXIN["name"], FILLER["name"]]  # type: ignore[union-attr]


def test_text_fits_a_narrow_terminal() -> None:
    assessment = assessment_with(outcome="discuss", options=[option("dermal_filler", "suggested")])

    lines = text_of(summarise(assessment), width=50).splitlines()

    assert [line for line in lines if len(line) > 50 and "https://" not in line] == []


def test_answers_are_told_in_the_words_of_their_own_question_first() -> None:
    words = {
        "question.cause": "What do you see?",
        "answer.cause.hollow": "It fades: a dip",
        "answer.hollow": "A dip",
        "question.after_treatment.treatment": "Which injection was it",
    }
    labels = Labels(assessment_with(outcome="discuss", words=words))

    assert labels.answered("concerns[0].cause", "hollow") == "What do you see? It fades: a dip"
    assert labels.answered("after_treatment.treatment", "dermal_filler") == "Which injection was it: Dermal filler"
    assert labels.answered("after_treatment.treatment", "unsure") == "Which injection was it: I don't know"
    assert labels.answered("history.needle_phobia", "yes") == "needle phobia: Yes"


def test_every_kind_of_change_has_its_words() -> None:
    questions = [
        {"path": "history.diabetes", "could_change": ["referral/medical", "lips/dermal_filler"]},
        {"path": "history.hiv", "could_change": ["botulinum_toxin"]},
        {"path": "history.keloid_tendency", "could_change": []},
    ]
    summary = summarise(assessment_with(outcome="nothing_found", open_questions=questions))

    section = next(section for section in summary.sections[-1].blocks if section.id == "open")  # type: ignore[union-attr]
    assert [block.lead for block in section.blocks[1:]] == [  # type: ignore[union-attr]
        "Could change who else to see: A doctor; Lips – Dermal filler",
        "Could change Anti-wrinkle injection",
        "Could change the result",
    ]


def test_a_hold_about_one_place_says_which() -> None:
    hold = {
        **reason("safety.place", "Not in this place."),
        "treatments": ["dermal_filler"],
        "effect": "refer",
        "scope": "concern",
        "area": "lips",
    }
    summary = summarise(assessment_with(outcome="refer", holds=[hold], treatments=[TOXIN]))

    line = next(section for section in summary.sections if section.id == "holds").blocks[0].lines[0]  # type: ignore[union-attr]
    assert line.label == "refer"  # no label in the words
    assert line.details == ("About: Dermal filler (Lips)",)
