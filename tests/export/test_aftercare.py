"""After an injection: what to do and what to know, for the visit in which it was given and for whoever asks afterwards."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from consultation_samples import SOMEBODY, TOXIN, draft, draft_with
from strategies import shipped

from recommender import assess
from recommender.documents.consultation import Consultation
from recommender.documents.vocabulary import JURISDICTIONS, Area, Jurisdiction
from recommender.export import render, render_consultation

DAY_AFTER = {"person": {"age": 31}, "after_treatment": {"days_ago": 1, "symptoms": {"mild_bruise_or_swelling": "yes"}}}
TOXIN_ANYWHERE, LIDS, CHEWING = "Wait about two weeks", "A heavy lid or brow", "Chewing can be weaker"
FILLER_ANYWHERE = "Leave out hard exercise"


def _asking(treatment: str, **symptoms: str) -> str:
    after = {**DAY_AFTER["after_treatment"], "treatment": treatment}
    after["symptoms"] = {**after["symptoms"], **symptoms}
    return _seen(render(assess(shipped(), {**DAY_AFTER, "after_treatment": after}), "text"))


def _copy(consultation: Consultation) -> str:
    return _seen(render_consultation(consultation, "text", patient=SOMEBODY, audience="patient"))


def _seen(document: bytes) -> str:
    return " ".join(document.decode().split())


def _given_at(area: Area) -> Consultation:
    points = tuple(point.model_copy(update={"area": area}) for point in TOXIN.points)
    given = TOXIN.model_copy(update={"points": points})
    return draft_with(shipped()).model_copy(update={"products": (given,)})


def test_the_patients_copy_tells_what_holds_for_the_treatment_and_the_place() -> None:
    frown, jaw = _copy(_given_at("glabella")), _copy(_given_at("masseter"))

    assert [said in frown for said in (TOXIN_ANYWHERE, LIDS, CHEWING, FILLER_ANYWHERE)] == [True, True, False, False]
    assert [said in jaw for said in (TOXIN_ANYWHERE, LIDS, CHEWING, FILLER_ANYWHERE)] == [True, False, True, False]


def test_nothing_is_to_be_looked_after_where_nothing_was_injected() -> None:
    nothing = draft().model_copy(update={"injected": "no", "products": ()})

    assert "looking after it" not in _copy(nothing)


def test_every_source_of_the_advice_stands_in_the_clinical_record_that_the_patient_may_ask_for() -> None:
    seen = _seen(render_consultation(draft(), "text", patient=SOMEBODY, audience="clinical"))
    used = {one.treatment: one.areas for one in draft().products}
    advice = [one for facts in shipped().reference.treatments for one in facts.advice(used[facts.treatment])]

    assert len(advice) > 5
    for one in advice:
        assert all(f"[{source}]" in seen for source in one.sources), one.text


@pytest.mark.parametrize(
    ("treatment", "told"),
    [("botulinum_toxin", (True, False)), ("dermal_filler", (False, True)), ("unsure", (True, True))],
)
def test_whoever_asks_after_an_injection_is_told_of_the_one_they_had(treatment: str, told: tuple[bool, bool]) -> None:
    seen = _asking(treatment)

    assert (TOXIN_ANYWHERE in seen, FILLER_ANYWHERE in seen) == told


def test_where_help_is_needed_today_nothing_stands_beside_it() -> None:
    seen = _asking("dermal_filler", worsening_swelling="yes")

    assert FILLER_ANYWHERE not in seen


@pytest.mark.parametrize(
    ("treatment", "days_ago", "told"),
    [
        ("botulinum_toxin", 1, ("upright for four hours", "Do not press", TOXIN_ANYWHERE)),
        ("botulinum_toxin", 2, ("Do not press", TOXIN_ANYWHERE)),
        ("botulinum_toxin", 21, (TOXIN_ANYWHERE,)),
        ("botulinum_toxin", 22, ()),
        ("dermal_filler", 1, (FILLER_ANYWHERE, "strong sun", "For the first days", "lasts longer than a week")),
        ("dermal_filler", 2, ("strong sun", "For the first days", "lasts longer than a week")),
        ("dermal_filler", 8, ("strong sun", "lasts longer than a week")),
        ("dermal_filler", 400, ("lasts longer than a week",)),
    ],
)
def test_advice_whose_time_has_passed_is_not_given(treatment: str, days_ago: int, told: tuple[str, ...]) -> None:
    after = {"treatment": treatment, "days_ago": days_ago, "symptoms": {"mild_bruise_or_swelling": "yes"}}
    of_toxin = ("upright for four hours", "Do not press", TOXIN_ANYWHERE)
    every = (*of_toxin, FILLER_ANYWHERE, "strong sun", "For the first days", "lasts longer than a week")

    seen = _seen(render(assess(shipped(), {"person": {"age": 31}, "after_treatment": after}), "text"))

    assert tuple(said for said in every if said in seen) == told


def test_where_the_day_is_not_known_all_of_it_is_told() -> None:
    after = {"treatment": "dermal_filler", "symptoms": {"mild_bruise_or_swelling": "yes"}}

    assert FILLER_ANYWHERE in _seen(render(assess(shipped(), {"person": {"age": 31}, "after_treatment": after}), "text"))


def test_whoever_is_told_to_call_is_not_told_to_call_if_a_lid_droops() -> None:
    if_it_droops = "such as a lid that droops, call"

    assert if_it_droops in _asking("botulinum_toxin")
    assert if_it_droops not in _asking("botulinum_toxin", drooping_eyelid="yes")


def test_whoever_named_lines_and_no_sign_is_not_said_to_have_told_nothing() -> None:
    lines = {"area": "forehead", "kind": "lines", "on_movement": "no", "at_rest": "yes"}
    after = {"treatment": "botulinum_toxin", "days_ago": 18, "symptoms": {"no_effect_yet": "no"}}

    seen = _seen(render(assess(shipped(), {"concerns": [lines], "after_treatment": after}), "text"))

    assert "named none of the signs we ask about" in seen
    assert "but not what you notice" not in seen


def test_whoever_asks_after_no_injection_reads_neither_the_advice_nor_its_sources() -> None:
    ordinary: dict[str, Any] = {"person": {"age": 40}, "concerns": [{"area": "lips", "kind": "fuller"}]}

    seen = _seen(render(assess(shipped(), ordinary), "text"))

    assert FILLER_ANYWHERE not in seen
    assert "[N4-022]" not in seen


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_the_advice_names_no_dose_and_no_brand(jurisdiction: Jurisdiction) -> None:
    reference = shipped().voice("patient", jurisdiction).reference
    brands = [brand.lower() for facts in shipped().reference.treatments for one in facts.products for brand in one.brands]

    for facts in reference.treatments:
        assert facts.aftercare, facts.treatment
        for one in facts.aftercare.values():
            assert not re.search(r"\d+ ?(units?|ml|mg)\b", one.text)
            assert not any(brand in one.text.lower() for brand in brands)


def test_a_visit_recorded_before_there_was_advice_is_still_read() -> None:
    kept = draft().model_dump(mode="json", by_alias=True)
    before = json.loads(kept["nurse"]["public_text"])
    del before["aftercare_sources"]
    for facts in before["treatments"]:
        del facts["aftercare"]
    kept["nurse"]["public_text"] = json.dumps(before)

    seen = _copy(Consultation.model_validate(kept))

    assert "looking after it" not in seen
    assert "what to expect" in seen
