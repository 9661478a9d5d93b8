"""The nurse's sheet asks what the interview asks, in its order and in clinical words, and shows every answer that counts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from record_samples import TOXIN

from recommender import RuleBase
from recommender.documents.vocabulary import AREAS
from recommender.interview import needed
from recommender.records.domain.known import Fact
from recommender.web.consultation import words as said
from recommender.web.consultation.checklist import Checklist, Row
from recommender.web.handover.patient_file import read_file
from recommender.web.patient.journey import Journey
from recommender.web.state.draft import MOST, Draft


def nurses(**given: Any) -> Draft:
    return read_file(json.dumps(given))


def everything_seen() -> Draft:
    draft = nurses()
    draft.put("places", list(AREAS))
    return draft


def checklist(rules: RuleBase, draft: Draft) -> Checklist:
    return Checklist(rules.voice("nurse", rules.jurisdiction), draft, Journey(rules, draft))


def rows(rules: RuleBase, draft: Draft) -> dict[str, Row]:
    return {row.key: row for part in checklist(rules, draft).parts() for row in part.rows}


LINES = {"concerns": [{"area": "glabella", "kind": "lines"}, {"area": "under_eye", "kind": "dark_circles"}]}


@pytest.mark.parametrize("given", [{}, LINES, LINES | {"person": {"age": 17}}, LINES | {"after_treatment": {"symptoms": {}}}])
def test_what_is_still_to_find_out_is_what_the_interview_asks(rules: RuleBase, given: dict[str, Any]) -> None:
    draft = nurses(**given)
    asked = [draft.key_of(path) for path in needed(rules, draft.answers())]

    listed = [key for key, row in rows(rules, draft).items() if row.open]

    assert sorted(listed) == sorted(asked)
    assert checklist(rules, draft).left == len(asked)
    at_places = [key for key in asked if key.startswith("detail.")]
    topics = [key for key in listed if not key.startswith("detail.")]
    if "after_treatment" not in given:
        assert [key for key in topics if key != "person.age"] == [k for k in asked if k not in (*at_places, "person.age")]


def test_the_scores_that_are_a_nurses_alone_are_asked_and_introduced(rules: RuleBase) -> None:
    part = next(part for part in checklist(rules, nurses()).parts() if part.id == "screening")

    assert [(row.key, row.kind, row.most) for row in part.rows] == [
        ("screening.dcq_score", "number", 21),
        ("screening.cops_score", "number", 72),
    ]
    assert "never a diagnosis" in part.lead
    assert all(row.hint for row in part.rows)


def test_questions_and_answers_are_in_clinical_words(rules: RuleBase) -> None:
    found = rows(rules, nurses(**LINES, after_treatment={"treatment": "dermal_filler"}))

    assert found["history.toxin_reaction"].ask == "Hypersensitivity to botulinum toxin or excipient (albumin)"
    assert found["history.pregnant"].options == (("yes", "Yes"), ("no", "No"), ("unsure", "Not known"))
    assert found["detail.glabella.lines.at_rest"].name == "Glabella – Rhytids: At rest (static)"
    assert dict(found["detail.under_eye.dark_circles.cause"].options)["hollow"] == "A dip that casts a shadow"
    assert dict(found["after_treatment.treatment"].options) == {
        **{facts.treatment: facts.clinical_name for facts in rules.reference.treatments},
        "unsure": "Not known",
    }


def test_what_an_answer_could_change_stands_at_its_question(rules: RuleBase) -> None:
    found = rows(rules, nurses(concerns=[{"area": "glabella", "kind": "lines", "on_movement": "yes"}], person={"age": 42}))

    assert found["history.pregnant"].note == "Could change Glabella – Botulinum toxin type A"
    assert found["goals.keep_movement"].note == said.COULD_CHANGE_OTHER
    assert all(bool(row.note) == row.open for row in found.values())


def test_an_answer_is_shown_though_it_matters_no_longer_and_though_nobody_asks_it_there(rules: RuleBase) -> None:
    lips = {"area": "lips", "kind": "fuller", "at_rest": "yes"}
    found = rows(rules, nurses(person={"age": 17}, history={"pregnant": "no"}, concerns=[lips]))

    assert found["history.pregnant"].value == "no"
    assert found["detail.lips.fuller.at_rest"].value == "yes"
    assert not any(row.open for row in found.values())


def test_without_a_question_about_an_injection_no_sign_is_asked_and_with_one_the_urgent_come_first(rules: RuleBase) -> None:
    without = checklist(rules, nurses()).parts()
    asked = checklist(rules, nurses(after_treatment={"symptoms": {}})).parts()

    assert [part.id for part in without if part.id.startswith("after_")] == []
    assert asked[0].id == "after_treatment_urgent"


def test_every_topic_has_a_name_for_nurses_and_none_speaks_to_a_patient(rules: RuleBase) -> None:
    groups = rules.reference.questions.groups

    assert list(said.TOPICS) == [group.id for group in groups]
    assert [name for name in said.TOPICS.values() if "you" in name.lower().split()] == []


@pytest.mark.slow
def test_every_question_can_be_answered_on_the_sheet_and_tried_in_what_if(rules: RuleBase) -> None:
    draft = everything_seen()
    for area, words in rules.reference.questions.areas.items():
        draft.put(f"kinds.{area}", list(words.kinds))
    draft.after = True

    tried = {row.key: row for row in checklist(rules, draft).everything()}

    questions = rules.reference.questions
    assert set(questions.questions) <= set(tried)
    assert set(rows(rules, draft)) - {f"kinds.{area}" for area in AREAS} <= set(tried)
    assert [key for key, row in tried.items() if not row.options and key not in MOST] == []
    for row in tried.values():
        for word, _ in row.options:
            assert draft.put(row.key, word), (row.key, word)


def test_a_patients_answer_of_none_at_all_is_an_answer_and_silence_is_not(rules: RuleBase) -> None:
    given = {"after_treatment": {"days_ago": 0, "symptoms": {}}, "history": {"pregnant": "no"}}
    draft = nurses(**given)
    listed = Checklist(rules.voice("nurse", rules.jurisdiction), draft, Journey(rules, draft), given=given)
    found = {row.key: row.given for part in listed.parts() for row in part.rows}

    assert found["after_treatment.days_ago"] == said.PATIENT_SAID.format(answer="0")
    assert found["history.breastfeeding"] == said.PATIENT_SILENT
    assert found["history.pregnant"] == said.PATIENT_SAID.format(answer="No")


def facts_of(rules: RuleBase, draft: Draft, facts: dict[str, Fact]) -> dict[str, Row]:
    listed = Checklist(rules.voice("nurse", rules.jurisdiction), draft, Journey(rules, draft), facts=facts)
    return {row.key: row for part in listed.parts() for row in part.rows}


def test_an_answer_of_an_earlier_visit_is_shown_with_its_day_and_stays_open(rules: RuleBase) -> None:
    day = date(2026, 5, 12)
    facts = {path: Fact(path, "no", day) for path in ("history.pregnant", "history.diabetes")}

    found = facts_of(rules, nurses(**LINES, history={"diabetes": "yes"}), facts)

    pregnant = found["history.pregnant"]
    assert (pregnant.value, pregnant.before, pregnant.open) == (None, "no", True)
    assert pregnant.source == said.RECONFIRM.format(answer="No", day="12 May 2026")
    assert (found["history.diabetes"].before, found["history.diabetes"].source) == ("", "")


def test_what_a_record_shows_stands_at_its_question_whatever_was_answered(rules: RuleBase) -> None:
    fact = Fact("history.previous_toxin", "yes", date(2026, 5, 12), TOXIN)
    shown = said.BY_RECORD.format(day="12 May 2026", product="Botulinum toxin type A, a brand, lot LOT-1 a")

    for answer in ("yes", "no"):
        draft = nurses(**LINES, history={"previous_toxin": answer})
        assert facts_of(rules, draft, {fact.path: fact})[fact.path].source == shown
    denied = {"history.diabetes": Fact("history.diabetes", "yes", date(2026, 5, 12))}
    against = facts_of(rules, nurses(**LINES, history={"diabetes": "no"}), denied)["history.diabetes"]
    assert against.source == said.AGAINST_RECORD.format(answer="Yes", day="12 May 2026")


def test_what_a_patient_denies_at_once_a_nurse_does_too_and_no_sign_nor_judgement_is_denied_so(rules: RuleBase) -> None:
    found = rows(rules, nurses(**LINES, after_treatment={"symptoms": {}}))

    assert found["history.pregnant"].denied
    assert [
        key for key, row in found.items() if row.denied and key.startswith(("after_treatment.", "detail.", "screening."))
    ] == []
    assert not found["history.capacity_doubt"].denied


def test_answers_that_a_patient_brought_are_unread_and_what_is_seen_is_the_nurses_to_see(rules: RuleBase) -> None:
    draft = nurses(**LINES, respondent="patient", person={"age": 44}, history={"pregnant": "no", "hiv": "yes"})

    assert draft.unread == {"history.pregnant", "history.hiv"}
    assert [key for key, row in rows(rules, draft).items() if row.unread] == ["history.pregnant", "history.hiv"]
    assert Draft(draft.content()).unread == draft.unread
    assert nurses(**LINES, respondent="nurse", history={"pregnant": "no"}).unread == set()
