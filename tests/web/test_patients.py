"""Who a patient is, as it is typed on the clinic's pages: days of birth, names, the same patient twice, whose answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from record_samples import ANSWERS, BORN_ON, LEAD, NURSE
from site_runs import heading, opened, plain_text
from streamlit.testing.v1 import AppTest

from recommender.documents import read_answers
from recommender.documents.staff import StaffRole
from recommender.languages import clinic_time, day_in_words, speaking
from recommender.records.domain import workflow
from recommender.records.visits.patients import Identity, Patient
from recommender.web.clinic import words
from recommender.web.clinic.stores import consultations, patients
from recommender.web.clinic.ui import day_words
from recommender.web.consultation import words as consultation_words
from recommender.web.handover.patient_file import draft_of
from recommender.web.state import installation
from recommender.web.state.draft_store import DraftStore

SignIn = Callable[[StaffRole], str]
YEAR = clinic_time.today().year
CHILD = date(YEAR - 14, 1, 1)


def said(app: AppTest) -> str:
    return plain_text("\n".join(note.value for note in app.html if "<style>" not in note.value))


def typed(app: AppTest, **fields: str) -> AppTest:
    for name, text in fields.items():
        app.text_input(key=f"{name}-new").set_value(text)
    return app.run()


def added() -> list[Identity]:
    return [patient.identity for patient in patients().search("made", by=NURSE)]


def kept(name: str = "Made Up", born_on: date | None = BORN_ON) -> Patient:
    return patients().add(Identity(name=name, born_on=born_on), by=NURSE, anyway=True)


@pytest.mark.parametrize(
    ("born", "why"),
    [
        ("1984", day_words.YEAR_ALONE),
        ("842", day_words.UNREAD),
        ("2999/01/01", day_words.IMPOSSIBLE),
        ("1983/02/29", day_words.IMPOSSIBLE),
        ("12.05.", day_words.NO_YEAR),
        ("31.12.84", day_words.SHORT_YEAR.format(first="1984", second="2084")),
    ],
)
def test_a_day_of_birth_that_is_none_stays_as_it_was_typed_and_nobody_is_added(sign_in: SignIn, born: str, why: str) -> None:
    sign_in("nurse")
    app = typed(opened({"step": "records"}), name="Made Up", born=born)
    assert why in said(app)

    app.button(key="new-add").click().run()

    assert not app.exception
    assert app.text_input(key="born-new").value == born
    assert words.BORN_WRONG.format(why=why) in said(app)
    assert added() == []


def test_the_same_is_said_in_the_language_of_the_page(sign_in: SignIn) -> None:
    sign_in("nurse")

    app = typed(opened({"step": "records", "lang": "es"}), name="Made Up", born="1984")

    with speaking("es"):
        assert str(day_words.YEAR_ALONE) in said(app)
    assert "Esto es solo un año" in said(app)


@pytest.mark.parametrize(
    ("born", "lang", "day"),
    [("1984-05-12", "en", date(1984, 5, 12)), ("12/05/1984", "es", date(1984, 5, 12)), ("", "en", None)],
)
def test_a_day_of_birth_is_kept_as_it_was_read(sign_in: SignIn, born: str, lang: str, day: date | None) -> None:
    sign_in("nurse")
    app = typed(opened({"step": "records", "lang": lang}), name="Made Up", born=born)

    app.button(key="new-add").click().run()

    assert added() == [Identity(name="Made Up", born_on=day)]


@pytest.mark.parametrize("name", ["", "\u200b", "A\x1b[2J", "Anna \u202eairaM"])
def test_a_name_that_cannot_be_kept_is_told_at_its_field(sign_in: SignIn, name: str) -> None:
    sign_in("nurse")
    app = typed(opened({"step": "records"}), name=name)

    app.button(key="new-add").click().run()

    assert not app.exception
    assert 'id="name-new-error-0"' in said(app)


def test_the_same_patient_is_asked_about_and_added_once_more_only_by_saying_so(sign_in: SignIn) -> None:
    sign_in("nurse")
    first = kept("Made Up")
    app = typed(opened({"step": "records"}), name="made UP", born=BORN_ON.isoformat())

    app.button(key="new-add").click().run()
    assert words.SAME in said(app)
    assert [button.key for button in app.button if str(button.key).startswith("same-")] == [f"same-{first.id}"]
    app.button(key="new-add").click().run()
    assert len(added()) == 1
    app.button(key="new-anyway").click().run()

    assert [one.born_on for one in added()] == [BORN_ON, BORN_ON]


def test_a_correction_of_the_day_that_is_none_changes_nothing_and_says_so(sign_in: SignIn) -> None:
    sign_in("nurse")
    patient = kept()
    app = opened({"step": "patient", "patient": patient.id})

    app.text_input(key=f"born-{patient.id}").set_value("1983/02/29")
    app.button(key=f"save-{patient.id}").click().run()

    assert words.BORN_WRONG.format(why=day_words.IMPOSSIBLE) in said(app)
    assert patients().get(patient.id, by=NURSE) == patient


def _saved(store: DraftStore, document: dict[str, Any]) -> str:
    token = "d" * 22
    store.save(token, draft_of(read_answers(document)).content())
    return token


def test_answers_of_another_age_are_kept_only_by_saying_whose_they_are(
    sign_in: SignIn, store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")
    sign_in("nurse")
    child = kept("Made Child", CHILD)
    app = opened({"step": "patient", "patient": child.id, "d": _saved(store, ANSWERS)})

    told = words.AGE_DIFFERS.format(said=44, name="Made Child", day=day_in_words(CHILD), age=14)
    assert told in said(app)
    assert consultations().of_patient(child.id, by=NURSE) == ()
    app.button(key="keep-visit-14").click().run()

    (visit,) = consultations().of_patient(child.id, by=NURSE)
    assert not app.exception
    assert visit.consultation.patient is not None
    assert visit.consultation.patient.answers.person.age == 44
    assert visit.consultation.nurse.answers.person.age == 14
    assert visit.consultation.nurse.assessment.outcome == "stop"


def test_whoever_chooses_the_patient_of_opened_answers_finds_one_adds_one_or_goes_back_and_nothing_else(
    sign_in: SignIn, store: DraftStore
) -> None:
    sign_in("nurse")
    patient = kept()
    app = opened({"step": "records", "d": _saved(store, ANSWERS)})

    assert heading(app) == str(words.KEEP_TITLE)
    assert [one.value for one in app.header] == [str(words.FIND_TITLE)]
    app.text_input(key="find-name").set_value("made").run()
    app.button(key=f"patient-{patient.id}").click().run()
    app.button(key="keep-visit-None").click().run()

    (visit,) = consultations().of_patient(patient.id, by=NURSE)
    assert visit.consultation.patient is not None


def test_whoever_has_opened_the_wrong_answers_goes_back_to_them_from_the_choice_of_the_patient(
    sign_in: SignIn, store: DraftStore
) -> None:
    sign_in("nurse")
    app = opened({"step": "records", "d": _saved(store, ANSWERS)})

    app.button(key="keep-back").click().run()

    assert heading(app) == str(consultation_words.TITLE)


def test_the_page_of_findings_follows_a_corrected_day_of_birth_and_does_not_ask_the_age(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")
    sign_in("nurse")
    patient = kept()
    visit = consultations().begin(patient.id, workflow.begin(installation.rules(), ANSWERS, by=NURSE), by=NURSE)
    patients().change(patient.id, patient.version, Identity(name="Made Up", born_on=CHILD), by=NURSE)

    app = opened({"step": "consultation", "record": visit.id})

    assert not app.exception
    found = consultations().get(visit.id, by=NURSE).consultation.nurse
    assert (found.answers.person.age, found.assessment.outcome) == (14, "stop")
    assert "14 years" in said(app)


def test_what_was_signed_stays_and_its_page_says_that_the_day_of_birth_is_another_one_by_now(sign_in: SignIn) -> None:
    sign_in("nurse")
    patient = kept()
    found = workflow.record_findings(
        workflow.begin(installation.rules(), ANSWERS, by=NURSE), installation.rules(), findings=ANSWERS, by=NURSE
    )
    decided = workflow.write(found.model_copy(update={"nurse": found.nurse}), by=NURSE, injected="no")
    decided = workflow.decide(
        decided, "decline", area="glabella", treatment="botulinum_toxin", reason="does-not-align-preferences", by=NURSE,
        at=clinic_time.now(),
    )  # fmt: skip
    visit = consultations().begin(patient.id, decided, by=NURSE)
    signed = consultations().sign(visit.id, visit.version, by=NURSE, today=clinic_time.today())
    patients().change(patient.id, patient.version, Identity(name="Made Up", born_on=CHILD), by=NURSE)

    app = opened({"step": "record", "record": visit.id})

    assert words.AGE_SINCE.format(said=44, age=14) in said(app)
    assert consultations().get(visit.id, by=NURSE).consultation == signed.consultation


def test_a_lead_makes_two_entries_one_once_it_is_confirmed_and_a_nurse_reads_that_there_are_two(sign_in: SignIn) -> None:
    stays, goes = kept(), kept()
    sign_in("nurse")
    nurses = opened({"step": "patient", "patient": stays.id})
    assert goes.id in said(nurses)
    assert not [one for one in nurses.text_input if str(one.key).startswith("merge-id")]

    sign_in("lead")
    app = opened({"step": "patient", "patient": stays.id})
    app.text_input(key=f"merge-id-{stays.id}-0").set_value(goes.id).run()
    assert app.button(key=f"merge-{stays.id}").disabled
    app.checkbox(key=f"merge-sure-{goes.id}").check().run()
    app.button(key=f"merge-{stays.id}").click().run()

    assert not app.exception
    assert app.text_input(key=f"merge-id-{stays.id}-1").value == ""
    assert words.MERGED.partition("{")[0] in said(app)
    assert [one.id for one in patients().search("made", by=LEAD)] == [stays.id]
