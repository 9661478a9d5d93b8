"""A treatment that a prescriber authorises first, as the nurse and the prescriber meet it on the clinic's pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from record_samples import ANSWERS
from site_runs import opened, plain_text
from staff import session_of
from streamlit.testing.v1 import AppTest
from test_record_pages import WHO, key_of, page, said, stored, treated

from recommender.documents.staff import Staff, StaffRole
from recommender.records.domain import authorising, workflow
from recommender.records.visits.consultations import Kept
from recommender.web.clinic import list_words
from recommender.web.clinic.auth import access
from recommender.web.clinic.stores import consultations, patients, record_store, sign_ins
from recommender.web.clinic.treatment import authorise_words, treat_words
from recommender.web.state import installation

SignIn = Callable[[StaffRole], str]
TODAY = date.today()
SEEN: dict[str, Any] = {"seen": "in_person", "seen_on": TODAY, "valid_until": TODAY}


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch, store: object) -> Callable[[StaffRole], Staff]:  # noqa: ARG001 (its data folder)
    """Be somebody in this role from now on; everybody stays who they are."""
    tokens: dict[str, str] = {}

    def becoming(role: StaffRole) -> Staff:
        token = tokens.setdefault(role, session_of(record_store(), role))
        monkeypatch.setattr(access, "token", lambda: token)
        found = sign_ins().who(token)
        assert found is not None
        return found

    return becoming


def decided(nurse: Staff) -> Kept:
    """A visit as it is begun now, on which toxin for the frown is agreed on."""
    begun = workflow.begin(installation.rules(), ANSWERS, by=nurse)
    found = workflow.record_findings(begun, installation.rules(), findings={**ANSWERS, "respondent": "nurse"}, by=nurse)
    to: dict[str, Any] = {"area": "glabella", "treatment": "botulinum_toxin"}
    kept = consultations().begin(patients().add(WHO, by=nurse, anyway=True).id, found, by=nurse)
    agreed = workflow.decide(found, "agree", by=nurse, at=kept.begun_at, **to)
    return consultations().save(kept.id, kept.version, agreed, by=nurse)


def sent(nurse: Staff) -> Kept:
    kept = decided(nurse)
    return consultations().ask(kept.id, kept.version, authorising.agreed_plan(kept.consultation), by=nurse)


def press(app: AppTest, start: str) -> AppTest:
    app.button(key=key_of(app, start)).click().run()
    assert not app.exception
    return app


def choose(app: AppTest, start: str, value: Any) -> AppTest:
    app.radio(key=key_of(app, start)).set_value(value).run()
    return app


def headers(app: AppTest) -> set[str]:
    return {str(header.value) for header in app.header}


def tables(app: AppTest) -> str:
    return plain_text(" ".join(str(part.proto) for part in app.get("bidi_component")))


def test_the_treatment_is_shut_until_one_press_sends_it_and_a_prescriber_authorises_it(
    become: Callable[[StaffRole], Staff],
) -> None:
    nurse = become("nurse")
    visit = decided(nurse)

    shut = page("treat", visit.id)
    assert authorise_words.SHUT in said(shut)
    assert treat_words.PLAN not in headers(shut)
    assert not shut.text_input
    press(page("decide", visit.id), "authorise-send")
    asked = stored(visit, nurse).authorisations[0]
    assert (asked.asked_by, asked.answer, asked.asked[0].areas) == (nurse, None, ("glabella",))
    waiting = page("decide", visit.id)
    assert "It waits for an answer." in said(waiting)
    assert not [button.label for button in waiting.button if button.label == authorise_words.SEND]

    prescriber = become("prescriber")
    queue = opened({"step": "waiting"})
    assert queue.button(key="menu-waiting").label.endswith("(1)")
    answering = page("decide", visit.id)
    press(answering, "authorise-yes")  # nothing is assumed: neither that she saw the patient nor until when
    assert stored(visit, nurse).authorisation is None
    choose(answering, "authorise-seen-on", "today")
    choose(answering, "authorise-until", "today")
    press(answering, "authorise-yes")
    given = stored(visit, nurse).authorisation
    assert given is not None
    assert (given.by, given.seen, given.seen_on, given.valid_until) == (prescriber, "in_person", TODAY, TODAY)

    become("nurse")
    assert list_words.ANSWERED_TITLE in headers(opened({"step": "records"}))
    treating = page("treat", visit.id)
    assert treat_words.PLAN in headers(treating)
    assert f"Authorised by {prescriber.name}" in said(treating)


def test_a_refusal_and_a_record_given_back_are_told_on_the_list_and_on_each_step(become: Callable[[StaffRole], Staff]) -> None:
    prescriber, nurse = become("prescriber"), become("nurse")
    refused, back = sent(nurse), sent(nurse)
    consultations().refuse(refused.id, refused.version, because="Look at her brows.", by=prescriber)
    back = consultations().authorise(back.id, back.version, back.consultation.authorisations[0].asked, by=prescriber, **SEEN)
    written = workflow.write(back.consultation, by=nurse, **treated())
    back = consultations().save(back.id, back.version, written, by=nurse)
    back = consultations().sign(back.id, back.version, by=nurse, today=TODAY)
    consultations().give_back(back.id, back.version, because="Which saline?", by=prescriber)

    listed = tables(opened({"step": "records"}))
    assert list_words.STAGES["refused"] in listed
    assert list_words.STAGES["given_back"] in listed
    for step in ("consultation", "decide", "treat", "record"):
        assert "Which saline?" in said(page(step, back.id)), step
        assert "Look at her brows." in said(page(step, refused.id)), step


def test_a_prescriber_changes_what_she_is_asked_for_only_with_words(become: Callable[[StaffRole], Staff]) -> None:
    nurse = become("nurse")
    visit = decided(nurse)
    to: dict[str, Any] = {"area": "forehead", "treatment": "botulinum_toxin", "reason": "other", "note": "Asked for."}
    more = workflow.decide(visit.consultation, "agree", by=nurse, at=visit.begun_at, **to)
    visit = consultations().save(visit.id, visit.version, more, by=nurse)
    visit = consultations().ask(visit.id, visit.version, authorising.agreed_plan(more), by=nurse)

    become("prescriber")
    app = choose(choose(page("decide", visit.id), "authorise-seen-on", "today"), "authorise-until", "today")
    app.checkbox(key=key_of(app, "authorise-botulinum_toxin-forehead")).uncheck().run()
    press(app, "authorise-yes")
    assert stored(visit, nurse).authorisation is None
    app.text_area(key=key_of(app, "authorise-because")).set_value("Her brows are low.").run()
    press(app, "authorise-yes")

    given = stored(visit, nurse).authorisation
    assert given is not None
    assert (given.answer, given.plan[0].areas, given.because) == ("changed", ("glabella",), "Her brows are low.")


def test_a_press_on_what_somebody_changed_meanwhile_authorises_nothing(become: Callable[[StaffRole], Staff]) -> None:
    nurse = become("nurse")
    visit = sent(nurse)
    become("prescriber")
    app = choose(choose(page("decide", visit.id), "authorise-seen-on", "today"), "authorise-until", "today")

    now = consultations().get(visit.id, by=nurse)
    findings = now.consultation.nurse.answers.document()
    findings["history"]["pregnant"] = "yes"
    found = workflow.record_findings(now.consultation, installation.rules(), findings=findings, by=nurse)
    consultations().save(visit.id, now.version, found, by=nurse)
    press(app, "authorise-yes")

    assert authorise_words.CONFLICT in said(app)
    assert stored(visit, nurse).authorisation is None


def test_a_prescriber_treats_the_patient_herself_in_one_press_and_nobody_else_signs_it(
    become: Callable[[StaffRole], Staff],
) -> None:
    nurse, prescriber = become("nurse"), become("prescriber")
    visit = decided(nurse)

    app = press(page("treat", visit.id), "treat-myself")

    assert treat_words.PLAN in headers(app)
    given = stored(visit, nurse).authorisation
    assert given is not None
    assert (given.herself, given.by) == (True, prescriber)
    now = consultations().get(visit.id, by=nurse)
    written = workflow.write(now.consultation, by=nurse, **treated())
    consultations().save(visit.id, now.version, written, by=nurse)
    become("nurse")
    assert f"{prescriber.name} said that she treats the patient herself" in said(page("record", visit.id))


def test_an_emergency_opens_the_page_and_is_recorded_as_that(become: Callable[[StaffRole], Staff]) -> None:
    nurse = become("nurse")
    visit = decided(nurse)

    app = page("treat", visit.id)
    press(app, "emergency-record")
    assert stored(visit, nurse).emergencies == ()
    choose(app, "emergency-medicine", "adrenaline")
    app.text_area(key=key_of(app, "emergency-because")).set_value("Wheals and wheeze.").run()
    press(app, "emergency-record")

    assert treat_words.PLAN in headers(app)
    (given,) = stored(visit, nurse).emergencies
    assert (given.medicine, given.because, given.by) == ("adrenaline", "Wheals and wheeze.", nurse)
    assert "Wheals and wheeze." in said(page("record", visit.id))


def test_where_nothing_is_injected_nobody_is_asked(become: Callable[[StaffRole], Staff]) -> None:
    nurse = become("nurse")
    visit = decided(nurse)

    app = press(page("treat", visit.id), "not-injected")

    assert stored(visit, nurse).injected == "no"
    assert authorise_words.SHUT not in said(app)


@pytest.mark.parametrize("role", ["nurse", "lead"])
def test_nobody_but_a_prescriber_is_offered_to_authorise_or_refuse(
    role: StaffRole, become: Callable[[StaffRole], Staff]
) -> None:
    visit = sent(become("nurse"))

    become(role)

    for step in ("decide", "treat", "record"):
        app = opened({"step": step, "record": visit.id})
        keys = [str(button.key) for button in app.button]
        assert not [
            key for key in keys if key.startswith(("authorise-yes", "authorise-refuse", "authorise-myself", "treat-my"))
        ]
