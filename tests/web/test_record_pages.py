"""Deciding, signing, signing beside, giving back and adding, as each role meets it on the pages of a record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from record_samples import ANSWERS, BORN_ON, SAFE, TREATED, answers, begun_before
from site_runs import opened, plain_text
from streamlit.testing.v1 import AppTest

from recommender.documents.consultation import Consultation, FollowUp
from recommender.documents.staff import Staff, StaffRole
from recommender.languages import short_day
from recommender.records.domain import workflow
from recommender.records.errors import RecordsError
from recommender.records.visits.consultations import Kept
from recommender.records.visits.patients import Identity
from recommender.web.clinic import words
from recommender.web.clinic.auth import access
from recommender.web.clinic.pages import PAGES
from recommender.web.clinic.records import begin_visit, record_words
from recommender.web.clinic.stores import consultations, patients, sign_ins
from recommender.web.clinic.treatment import decide_words
from recommender.web.state import installation, session

SignIn = Callable[[StaffRole], str]
WHO = Identity(name="Made Up Person", born_on=BORN_ON)
TODAY = date.today()
MUSCLE = "glabella-muscle"
STOPPED = {**ANSWERS, "history": {**SAFE, "neuromuscular_disorder": "yes"}}


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


def staff(sign_in: SignIn, role: StaffRole) -> Staff:
    found = sign_ins().who(sign_in(role))
    assert found is not None
    return found


def kept(by: Staff, document: dict[str, Any] = ANSWERS, **written: Any) -> Kept:
    """A visit whose findings are these, with what was written into it."""
    begun = begun_before(workflow.begin(installation.rules(), document, by=by))
    found = workflow.record_findings(begun, installation.rules(), findings={**document, "respondent": "nurse"}, by=by)
    patient = patients().add(WHO, by=by, anyway=True)
    return consultations().begin(patient.id, workflow.write(found, by=by, **written), by=by)


def treated() -> dict[str, Any]:
    """What is written about a treatment that was given today."""
    consent = TREATED["consent"]
    today = {"informed_on": TODAY, "injected_on": TODAY, "follow_up": FollowUp(on=TODAY + timedelta(days=14))}
    signed = consent.model_copy(update={"signed_at": consent.signed_at.replace(TODAY.year, TODAY.month, TODAY.day)})
    product = TREATED["products"][0].model_copy(update={"expires_on": TODAY + timedelta(days=90)})
    return {**TREATED, **today, "consent": signed, "products": (product,)}


def page(name: str, record: str) -> AppTest:
    app = opened({"step": name, "record": record})
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return plain_text("\n".join(note.value for note in app.html if "<style>" not in note.value))


def stored(record: Kept, by: Staff) -> Consultation:
    return consultations().get(record.id, by=by).consultation


def key_of(app: AppTest, start: str) -> str:
    """The key of the field or button that begins so: the rest of it is the record's."""
    keys = [
        str(one.key)
        for one in (*app.button, *app.radio, *app.checkbox, *app.selectbox, *app.text_area, *app.text_input)
        if one.key
    ]
    return next(key for key in keys if key.startswith(start))


def choose(app: AppTest, choice: str, *, reason: str = "", note: str = "", sure: bool = False) -> AppTest:
    """Decide on what the frown lines are offered."""
    app.radio(key=key_of(app, f"choice-{MUSCLE}")).set_value(choice).run()
    if reason:
        app.selectbox(key=key_of(app, f"reason-{MUSCLE}")).set_value(reason)
    if note:
        app.text_area(key=key_of(app, f"note-{MUSCLE}")).set_value(note)
    if sure:
        app.checkbox(key=key_of(app, f"confirm-{MUSCLE}")).check()
    app.button(key=key_of(app, f"keep-{MUSCLE}")).click().run()
    assert not app.exception
    return app


def test_a_nurse_agrees_to_what_is_suggested_and_it_stands_with_her_name(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)

    app = choose(page("decide", visit.id), "agree")

    decision = stored(visit, nurse).decision_on("glabella", "botulinum_toxin")
    assert decision is not None
    assert (decision.choice, decision.by, decision.against) == ("agree", nurse, ())
    assert f"{decide_words.CHOICES['agree']} by {nurse.name}" in said(app)


def test_what_is_not_followed_needs_a_reason_and_says_against_which_rules(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)

    app = choose(page("decide", visit.id), "decline")
    assert "say why it is not followed" in said(app)
    assert stored(visit, nurse).decisions == ()
    choose(app, "decline", reason="does-not-align-preferences", note="Wants to wait.")

    [decision] = stored(visit, nurse).decisions
    assert (decision.reason, decision.note) == ("does-not-align-preferences", "Wants to wait.")
    assert decision.against


def test_a_nurse_is_never_offered_to_agree_to_what_is_stopped(sign_in: SignIn) -> None:
    visit = kept(staff(sign_in, "nurse"), STOPPED)

    app = page("decide", visit.id)

    assert list(app.radio(key=key_of(app, f"choice-{MUSCLE}")).options) == ["Choose otherwise", "Decline"]
    assert decide_words.PRESCRIBERS in said(app)


@pytest.mark.slow
def test_a_prescriber_goes_against_a_stop_only_with_words_of_her_own_and_a_second_confirmation(sign_in: SignIn) -> None:
    visit = kept(staff(sign_in, "nurse"), STOPPED)
    prescriber = staff(sign_in, "prescriber")

    app = choose(page("decide", visit.id), "agree", reason="other", note="The diagnosis was withdrawn.")
    assert "second confirmation" in said(app)
    app = choose(page("decide", visit.id), "agree", reason="other", sure=True)
    assert "a reason in words" in said(app)
    assert stored(visit, prescriber).decisions == ()
    choose(page("decide", visit.id), "agree", reason="other", note="The diagnosis was withdrawn.", sure=True)

    [decision] = stored(visit, prescriber).decisions
    assert decision.confirmed
    assert decision.against


def test_a_decision_on_findings_that_have_changed_is_marked_and_taken_again(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    choose(page("decide", visit.id), "agree")
    now = consultations().get(visit.id, by=nurse)
    findings = {**STOPPED, "respondent": "nurse"}
    consultations().save(
        visit.id,
        now.version,
        workflow.record_findings(now.consultation, installation.rules(), findings=findings, by=nurse),
        by=nurse,
    )

    assert decide_words.AGAIN in said(page("decide", visit.id))
    assert record_words.SIGN_SURE not in [box.label for box in page("record", visit.id).checkbox]


@pytest.mark.slow
@pytest.mark.parametrize("choice", ["agree", "decline"])
def test_a_decision_on_a_place_that_is_gone_is_named_in_words_and_taken_back(sign_in: SignIn, choice: str) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, injected="no")
    choose(page("decide", visit.id), choice, reason="does-not-align-preferences" if choice == "decline" else "")
    now = consultations().get(visit.id, by=nurse)
    gone = workflow.record_findings(
        now.consultation, installation.rules(), findings={**ANSWERS, "concerns": [], "respondent": "nurse"}, by=nurse
    )
    consultations().save(visit.id, now.version, gone, by=nurse)

    record = said(page("record", visit.id))
    app = page("decide", visit.id)

    assert "Glabella, Botulinum toxin type A: the findings" in record
    assert "Glabella – Botulinum toxin type A" in [one.value for one in app.subheader]
    assert decide_words.NOTHING not in said(app)
    choose(app, "void")
    assert stored(visit, nurse).decision_on("glabella", "botulinum_toxin") is None
    assert record_words.COMPLETE in said(page("record", visit.id))


def test_a_decision_that_is_begun_and_not_kept_is_there_again_and_blocks_the_signature(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, injected="no")
    app = choose(page("decide", visit.id), "decline", reason="does-not-align-preferences")
    app.radio(key=key_of(app, f"choice-{MUSCLE}")).set_value("otherwise").run()
    app.text_area(key=key_of(app, f"note-{MUSCLE}")).set_value("Perhaps later.")

    app.button(key="part-record").click().run()

    assert "Glabella, Botulinum toxin type A: “Choose otherwise” is chosen and not kept" in said(app)
    assert record_words.COMPLETE not in said(app)
    app.button(key=key_of(app, "go-decide")).click().run()
    assert app.radio(key=key_of(app, f"choice-{MUSCLE}")).value == "otherwise"
    assert app.text_area(key=key_of(app, f"note-{MUSCLE}")).value == "Perhaps later."
    app.button(key=key_of(app, f"let-go-{MUSCLE}")).click().run()
    app.button(key="part-record").click().run()
    assert record_words.COMPLETE in said(app)


def test_a_visit_begun_by_mistake_is_discarded_with_a_reason(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    app = page("record", visit.id)

    app.button(key=key_of(app, "void-")).click().run()
    assert record_words.MISTAKE_EMPTY in said(app)
    app.text_area(key=key_of(app, "mistake-because")).set_value("Opened twice.")
    app.button(key=key_of(app, "void-")).click().run()

    assert stored(visit, nurse).state == "voided"
    assert record_words.VOIDED.format(name=nurse.name, day=short_day(TODAY), because="Opened twice.") in said(app)
    assert not [one for one in app.button if one.label in (record_words.SIGN, PAGES["decide"].part)]
    assert opened({"step": "decide", "record": visit.id}).query_params["step"] in ("record", ["record"])


def test_a_visit_is_moved_to_the_right_patient_and_checked_there(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, injected="no")
    choose(page("decide", visit.id), "decline", reason="does-not-align-preferences")
    right = patients().add(Identity(name="Right Made-Up", born_on=date(1980, 1, 2)), by=nurse)
    app = page("record", visit.id)
    app.text_area(key=key_of(app, "mistake-because")).set_value("Two of one name.")
    app.text_input(key=key_of(app, "move-find")).set_value("right").run()
    app.radio(key=key_of(app, "move-to")).set_value(right.id).run()

    app.button(key=key_of(app, "move-")).click().run()

    assert app.title[0].value == words.RECORD_OF.format(name="Right Made-Up")
    assert "Two of one name." in said(app)
    assert app.text_area(key=key_of(app, "mistake-because")).value == ""
    assert record_words.COMPLETE not in said(app)
    app.button(key=key_of(app, "check-move")).click().run()
    assert record_words.COMPLETE in said(app)
    assert consultations().get(visit.id, by=nurse).patient_id == right.id


def test_what_is_missing_blocks_the_signature_and_is_named_by_its_page(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, **treated() | {"aftercare": None})

    app = page("record", visit.id)

    told = said(app)
    assert "Aftercare: missing: what the patient was told" in told
    assert "Glabella, " in told
    assert "not decided yet" in told
    assert [one.value for one in app.subheader] == ["2 Decisions: 2", "3 Treatment: 1"]
    assert not [button for button in app.button if button.label == record_words.SIGN]
    assert stored(visit, nurse).state == "draft"


def test_a_whole_record_is_signed_signed_beside_locked_and_then_only_added_to(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, **treated())
    choose(page("decide", visit.id), "agree")
    app = page("record", visit.id)
    app.checkbox(key=key_of(app, "sure-")).check().run()
    app.button(key=key_of(app, "sign-record")).click().run()
    assert not app.exception
    assert stored(visit, nurse).state == "signed"
    assert record_words.CO_SIGN_TITLE not in [one.value for one in page("record", visit.id).header]

    prescriber = staff(sign_in, "prescriber")
    app = page("record", visit.id)
    app.checkbox(key=key_of(app, "sure-")).check().run()
    app.button(key=key_of(app, "co-sign-")).click().run()
    assert stored(visit, prescriber).state == "locked"

    app = page("record", visit.id)
    app.text_area(key=key_of(app, "addendum-0")).set_value("Called: all is well.")
    app.button(key=key_of(app, "add-button-0")).click().run()
    locked = stored(visit, prescriber)
    assert [(one.text, one.by) for one in locked.addenda] == [("Called: all is well.", prescriber)]
    assert key_of(page("record", visit.id), "add-button-1")
    assert opened({"step": "decide", "record": visit.id}).query_params["step"] in ("record", ["record"])


@pytest.mark.slow
def test_a_prescriber_gives_a_record_back_and_says_why(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, **treated())
    choose(page("decide", visit.id), "agree")
    app = page("record", visit.id)
    app.checkbox(key=key_of(app, "sure-")).check().run()
    app.button(key=key_of(app, "sign-record")).click().run()
    sign_in("prescriber")
    app = page("record", visit.id)
    app.button(key=key_of(app, "give-back-")).click().run()
    assert record_words.GIVE_BACK_EMPTY in said(app)

    app.text_area(key=key_of(app, "because-")).set_value("Which lot was it?")
    app.button(key=key_of(app, "give-back-")).click().run()

    sign_in("nurse")
    assert stored(visit, nurse).state == "draft"
    assert "Which lot was it?" in said(page("record", visit.id))


def test_a_lead_reads_a_record_and_neither_signs_nor_decides(sign_in: SignIn) -> None:
    visit = kept(staff(sign_in, "nurse"), **treated())
    sign_in("lead")

    app = page("record", visit.id)

    assert [one.value for one in app.title] == [words.RECORD_OF.format(name=WHO.name)]
    assert {str(button.key).split("-")[0] for button in app.button} == {"language", "menu", "sign", "part", "how"}
    assert not app.checkbox
    assert page("decide", visit.id).title[0].value == words.NOT_YOURS


def test_somebody_who_is_signed_out_sees_nothing_of_a_record(sign_in: SignIn) -> None:
    visit = kept(staff(sign_in, "nurse"))
    sign_ins().sign_out(access.token())

    for name in ("record", "decide", "consultation", "patient"):
        app = opened({"step": name, "record": visit.id, "patient": visit.patient_id})
        assert app.title[0].value == words.STAFF_ONLY
        assert WHO.name not in str(app.main)


def test_the_findings_of_a_record_stand_beside_what_the_patient_said(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, {**answers().document(), "jurisdiction": "uk"})

    app = page("consultation", visit.id)

    assert app.title[0].value == words.RECORD_OF.format(name=WHO.name)
    assert words.BOTH_SAME in said(app)


def test_a_visit_keeps_to_the_days_that_the_clinic_makes_everybody_think(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = staff(sign_in, "nurse")
    patient = patients().add(WHO, by=nurse)
    monkeypatch.setenv(begin_visit.DAYS_VARIABLE, "3")

    app = opened({"step": "consultation", "patient": patient.id})
    app.button(key="begin-consultation-consultation").click().run()

    assert not app.exception
    [visit] = consultations().of_patient(patient.id, by=nurse)
    assert (visit.consultation.duties.clinic_days, visit.consultation.patient) == (3, None)
    assert app.query_params["record"] in (visit.id, [visit.id])


@pytest.mark.parametrize("given", ["", "soon", "-1", "366", "1.5"])
def test_days_to_think_that_are_no_number_of_days_are_refused_with_what_is_allowed(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(begin_visit.DAYS_VARIABLE, given)

    with pytest.raises(RecordsError, match="name a number of days"):
        begin_visit.days_to_think()


@pytest.mark.slow
def test_what_a_session_holds_of_a_record_is_gone_once_another_page_is_open(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    first, second = kept(nurse, **treated()), kept(nurse)
    held = [session._own("fields", one.id) for one in (first, second)]
    app = page("treat", first.id)
    assert [key in app.session_state for key in held] == [True, False]

    app.query_params["record"] = second.id
    app.run()
    assert [key in app.session_state for key in held] == [False, True]
    sign_ins().sign_out(access.token())
    app.run()

    assert not app.exception
    assert [key in app.session_state for key in held] == [False, False]


def test_a_patient_whom_somebody_else_has_changed_in_the_meantime_is_saved_after_the_page_was_opened_anew(
    sign_in: SignIn,
) -> None:
    nurse = staff(sign_in, "nurse")
    patient = patients().add(WHO, by=nurse)
    app = opened({"step": "patient", "patient": patient.id})
    app.query_params["step"] = "records"
    app.run()
    theirs = patients().change(patient.id, patient.version, WHO.model_copy(update={"contact": "theirs"}), by=nurse)

    app.query_params["step"] = "patient"
    app.run()
    app.text_input(key=f"contact-{patient.id}").set_value("mine")
    app.button(key=f"save-{patient.id}").click().run()

    assert not app.exception
    assert patients().get(patient.id, by=nurse)[1:] == (theirs.version + 1, WHO.model_copy(update={"contact": "mine"}))
