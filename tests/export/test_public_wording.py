"""What a patient is shown names no medicine, product or brand that may not be named to the public where they are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any, get_args

import pypdf
import pytest
import strategies
from forbidden_words import forbidden_in
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import answers_documents, further, sampled, shipped

from recommender import RuleBase, assess, explain
from recommender.documents import Assessment
from recommender.documents.answers import HISTORY_KEYS, SYMPTOM_KEYS
from recommender.documents.vocabulary import AREAS, JURISDICTIONS, KINDS, Jurisdiction, Treatment
from recommender.export import render, render_explanation


def everything() -> Iterator[dict[str, Any]]:
    """People who between them have every place with everything seen there, every answer about health, and every symptom."""
    for answer in ("yes", "unsure"):
        history = dict.fromkeys(HISTORY_KEYS, answer)
        yield {"person": {"age": 66}, "history": history, "concerns": [{"area": "lips", "kind": "fuller"}]}
        for treatment in get_args(Treatment):
            symptoms = dict.fromkeys(SYMPTOM_KEYS, answer)
            yield {"after_treatment": {"treatment": treatment, "days_ago": 40, "symptoms": symptoms}}
    details = {"on_movement": "yes", "at_rest": "yes", "severity": "moderate"}
    for area in AREAS:
        yield {"person": {"age": 20}, "concerns": [{"area": area, "kind": kind, **details} for kind in KINDS]}
    goals = ("wants_permanent", "wants_reversible", "wants_long_lasting", "avoid_surgery", "keep_movement")
    yield {"goals": dict.fromkeys(goals, "yes"), "concerns": [{"area": "cheek", "kind": "volume_loss"}]}
    yield {}


def assessments(rules: RuleBase, respondent: str, jurisdiction: str, *, every: int = 1) -> Iterator[Assessment]:
    for answers in islice(everything(), 0, None, every):
        yield assess(rules, {**answers, "respondent": respondent, "jurisdiction": jurisdiction})


@pytest.fixture(scope="module")
def rules() -> RuleBase:
    return shipped()


@pytest.mark.sampled
@pytest.mark.parametrize("jurisdiction", further(JURISDICTIONS))
def test_nothing_that_a_patient_is_given_names_what_the_public_may_not_be_told(
    rules: RuleBase, jurisdiction: Jurisdiction
) -> None:
    """Every file, and every word that travels in the document; of the PDF, whose words are those of the others, an eighth.

    CI takes every second person, and the whole length all.
    """
    found: set[str] = set()
    every, every_pdf = {"quick": (3, 30), "sampled": (2, 16), "whole": (1, 8)}[strategies.length]
    for number, assessment in enumerate(assessments(rules, "patient", jurisdiction, every=every)):
        given = [*assessment.words.values(), assessment.answers.respondent]
        given += [render(assessment, written_as).decode() for written_as in ("text", "markdown", "html")]
        given += [printed(assessment)] if number % every_pdf == 0 else []
        found.update(word for text in given for word in forbidden_in(text, jurisdiction))

    assert found == set()


def printed(assessment: Assessment) -> str:
    """What a reader of PDF finds in the print of a summary."""
    document = pypdf.PdfReader(io.BytesIO(render(assessment, "pdf")))
    text = " ".join((*(page.extract_text() for page in document.pages), *map(str, (document.metadata or {}).values())))
    return " ".join(text.split())


@settings(max_examples=sampled(60))
@given(answers=answers_documents(), jurisdiction=st.sampled_from(JURISDICTIONS))
def test_no_summary_and_no_explanation_of_anybody_names_it(answers: dict[str, Any], jurisdiction: Jurisdiction) -> None:
    assessment = assess(shipped(), answers | {"respondent": "patient", "jurisdiction": jurisdiction})

    explained = render_explanation(assessment, explain(shipped(), assessment), "html").decode()

    assert forbidden_in(render(assessment, "html").decode(), jurisdiction) == []
    assert forbidden_in(explained, jurisdiction) == []


def test_where_it_may_be_said_the_usual_words_stand(rules: RuleBase) -> None:
    answers = {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}, {"area": "lips", "kind": "fuller"}]}

    shown = {place: render(assess(rules, {**answers, "jurisdiction": place}), "text").decode() for place in JURISDICTIONS}

    assert "Anti-wrinkle injection" in shown["us"]
    assert "Anti-wrinkle injection" in shown["ca"]
    assert "Muscle-relaxing injection" in shown["uk"]
    assert "Dermal filler" in shown["uk"]
    assert "Volume treatment" in shown["au"]


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_a_nurse_reads_clinical_names_and_brands_everywhere(rules: RuleBase, jurisdiction: Jurisdiction) -> None:
    answers = {"concerns": [{"area": "glabella", "kind": "lines", "on_movement": "yes"}], "respondent": "nurse"}

    shown = render(assess(rules, {**answers, "jurisdiction": jurisdiction}), "markdown").decode()

    assert "Botulinum toxin type A" in shown
    assert "IncobotulinumtoxinA (Bocouture, Xeomin)" in shown
    assert "Glabella" in shown


@pytest.mark.sampled
def test_who_answers_and_where_changes_words_and_no_conclusion(rules: RuleBase) -> None:
    both = (assessments(rules, who, "au", every=6 if strategies.length == "quick" else 1) for who in ("patient", "nurse"))
    for patient, nurse in zip(*both, strict=True):
        as_concluded = [
            (
                one.outcome,
                [(o.area, o.treatment, o.status, o.role) for o in one.options],
                [(h.rule, h.effect) for h in one.holds],
            )
            for one in (patient, nurse)
        ]
        assert as_concluded[0] == as_concluded[1]
