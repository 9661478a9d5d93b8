"""What the clinic knows of a patient, on their page and at a new visit: shown, confirmed, and contradicted by name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from record_samples import ANSWERS, FROWN, PRESCRIBER, SAFE, answers
from site_runs import opened
from strategies import shipped
from streamlit.testing.v1 import AppTest
from test_patients import _saved
from test_record_pages import kept, page, said, staff, treated
from test_two_nurses import history, told

from recommender import assess
from recommender.documents.consultation import AdverseEvent, AdverseEvents
from recommender.documents.staff import Staff, StaffRole
from recommender.languages import short_day
from recommender.records.domain import workflow
from recommender.records.visits.consultations import Kept
from recommender.web.clinic import words
from recommender.web.clinic.stores import consultations
from recommender.web.consultation import words as consultation_words
from recommender.web.consultation.clinical_result import against
from recommender.web.state.draft_store import DraftStore

SignIn = Callable[[StaffRole], str]
TODAY = date.today()
SHOWN = "Botulinum toxin type A, a brand, lot LOT-1 a"


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


def treated_before(by: Staff, **found: str) -> str:
    """A patient whose frown lines were treated and signed for today, and what was found; the patient's id."""
    visit = kept(by, {**ANSWERS, "history": {**SAFE, **found}})
    agreed = workflow.decide(
        visit.consultation, "agree", area="glabella", treatment="botulinum_toxin", by=by, at=datetime.now(UTC)
    )
    wrong = AdverseEvents(none=False, events=(AdverseEvent(what="Lid drooped", seen_on=TODAY, action="Drops", product=0),))
    done = workflow.write(agreed, by=by, **{**treated(), "adverse_events": wrong})
    saved = consultations().save(visit.id, visit.version, done, by=by)
    signed = consultations().sign(saved.id, saved.version, by=by, today=TODAY)
    consultations().co_sign(signed.id, signed.version, by=PRESCRIBER)
    return visit.patient_id


def begun(store: DraftStore, patient: str, document: dict[str, Any], by: Staff) -> tuple[Kept, AppTest]:
    """A new visit of a patient, begun on their page from opened answers."""
    app = opened({"step": "patient", "patient": patient, "d": _saved(store, document)})
    app.button(key="keep-visit-None").click().run()
    assert not app.exception
    return consultations().of_patient(patient, by=by)[-1], app


def test_alerts_adverse_events_and_treatments_stand_on_top_of_the_patient_and_of_a_visit(
    sign_in: SignIn, store: DraftStore
) -> None:
    nurse = staff(sign_in, "nurse")
    patient = treated_before(nurse, lidocaine_allergy="yes", diabetes="yes")
    day = short_day(TODAY)
    _, app = begun(store, patient, {**ANSWERS, "respondent": "nurse"}, nurse)

    for shown in (said(app), said(opened({"step": "patient", "patient": patient}))):
        assert f"Allergies and alerts: Lidocaine or amide anaesthetic allergy ({day})" in shown
        assert f"Known: Diabetes ({day})" in shown
        assert f"Adverse event, {day}: Lid drooped; Drops; {SHOWN}" in shown
        assert f"Treated {day}: {SHOWN} – Glabella" in shown


def test_an_earlier_answer_is_no_answer_before_it_is_confirmed_and_an_injection_of_the_clinic_is(
    sign_in: SignIn, store: DraftStore
) -> None:
    nurse = staff(sign_in, "nurse")
    patient = treated_before(nurse, heart_disease="no", feeling_unwell="no")
    visit, app = begun(store, patient, {"jurisdiction": "uk", "respondent": "nurse", "concerns": [FROWN]}, nurse)

    assert history(visit, nurse) == {"previous_toxin": "yes", "toxin_within_three_months": "yes"}
    assert visit.consultation.nurse.assessment.outcome == "defer"
    before = {row["key"]: row["before"] for row in sheet_rows(app)}
    assert (before["history.heart_disease"], before["history.feeling_unwell"]) == ("no", "")

    told(app, visit.id, (1, "history.heart_disease", "no"))
    assert history(visit, nurse)["heart_disease"] == "no"


def test_the_last_injection_stands_at_the_questions_about_one_and_answers_none_of_them(
    sign_in: SignIn, store: DraftStore
) -> None:
    nurse = staff(sign_in, "nurse")
    document = {**ANSWERS, "respondent": "nurse", "after_treatment": {"symptoms": {}}}

    _, app = begun(store, treated_before(nurse), document, nurse)

    rows = {row["key"]: (row["value"], row["source"]) for row in sheet_rows(app)}
    told = consultation_words.LAST_INJECTED.format(day=short_day(TODAY), product=SHOWN, ago="0 days")
    assert rows["after_treatment.days_ago"] == rows["after_treatment.treatment"] == (None, told)


def sheet_rows(app: AppTest) -> list[dict[str, Any]]:
    """The rows that the sheet in the browser is told."""
    (shown,) = (one for one in app.get("bidi_component") if one.proto.component_name == "sheet")
    return [row for part in json.loads(shown.proto.json)["parts"] for row in part["rows"]]


def test_what_a_patient_denies_and_the_record_shows_is_named_and_the_answer_stays_as_it_was_given(
    sign_in: SignIn, store: DraftStore
) -> None:
    nurse = staff(sign_in, "nurse")
    patient = treated_before(nurse, lidocaine_allergy="yes")
    denied = {**ANSWERS, "history": {**SAFE, "previous_toxin": "yes", "toxin_within_three_months": "no"}}

    visit, app = begun(store, patient, denied, nurse)

    day = short_day(TODAY)
    assert words.CONTRADICTED in said(app)
    assert f"Botulinum toxin within 3 months – the patient: No; the record of {day}: {SHOWN}" in said(app)
    assert f"Lidocaine or amide anaesthetic allergy – the patient and the findings: No; the record of {day}: Yes" in said(app)
    assert visit.consultation.patient is not None
    assert visit.consultation.patient.answers.history.toxin_within_three_months == "no"
    assert history(visit, nurse)["toxin_within_three_months"] == "yes"


def test_a_patients_answers_are_confirmed_one_by_one_or_together_and_that_is_taken_back(
    sign_in: SignIn, store: DraftStore
) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    visit, app = begun(store, visit.patient_id, ANSWERS, nurse)

    def unread() -> set[str]:
        return set(consultations().get(visit.id, by=nurse).consultation.unread)

    every = {f"history.{name}" for name in SAFE}
    assert unread() == every
    assert consultation_words.UNREAD.format(number=len(every)) in said(app)

    told(app, visit.id, (1, "history.pregnant", "no"), (2, "history.porphyria", "yes"))
    assert unread() == every - {"history.pregnant", "history.porphyria"}
    assert history(visit, nurse)["porphyria"] == "yes"
    told(
        app, visit.id, *((3, key, {"unread": True}) for key in ("history.pregnant", "history.hiv", "places", "person.age", "x"))
    )
    assert unread() == every - {"history.porphyria"}  # nothing else can wait to be read through


@pytest.mark.parametrize("name", ["decide", "treat", "record"])
def test_contraindications_stand_in_red_above_everything_that_is_decided(sign_in: SignIn, name: str) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, {**ANSWERS, "history": {**SAFE, "neuromuscular_disorder": "yes"}})

    app = page(name, visit.id)

    red = [note.value for note in app.html if 'class="failed"' in note.value]
    assert "Not to be given: Botulinum toxin type A – Neuromuscular disorder (MG, LEMS, MND/ALS): Yes" in red[0]


@pytest.mark.parametrize(
    ("found", "worst", "tone"),
    [
        ({"neuromuscular_disorder": "yes", "pregnant": "yes"}, "Not to be given: Botulinum toxin type A", "urgent"),
        ({"pregnant": "yes"}, "Wait: ", "urgent"),
        ({"bleeding_disorder": "yes"}, "A prescriber decides: ", "calm"),
        ({}, "Now: Something to discuss", "calm"),
    ],
)
def test_the_bar_says_the_worst_first(sign_in: SignIn, found: dict[str, str], worst: str, tone: str) -> None:
    nurse = staff(sign_in, "nurse")
    document = answers(concerns=[FROWN], history={**SAFE, **found}).document()

    app = page("consultation", kept(nurse, document).id)

    (bar,) = (note.value for note in app.html if 'class="now' in note.value)
    assert re.sub("<[^>]*>", "", bar).startswith(worst)
    assert f'class="now {tone}"' in bar


def test_what_holds_a_treatment_at_a_place_names_the_place_once() -> None:
    document = {"respondent": "nurse", "concerns": [{"area": "glabella", "kind": "lines", "at_rest": "yes"}]}

    (stopped,) = [one.sentence for one in against(assess(shipped(), document)) if one.stops]

    assert stopped == "Not to be given: Dermal filler (soft-tissue filler) (Glabella) – Rhytids"


def test_findings_count_the_gradings_that_the_signature_waits_for(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)

    app = page("consultation", visit.id)

    waiting = [row["key"] for row in sheet_rows(app) if row["key"].startswith("grading.") and row["open"]]
    assert waiting == ["grading.glabella.lines.at_rest", "grading.glabella.lines.on_movement"]
