"""One gate: whoever asks has what the address names only if their role allows it, whatever they press, and when."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from record_samples import NURSE
from site_runs import heading, opened
from sqlalchemy import text
from staff import QUICK, Visited, session_of, visited
from strategies import further, shipped
from streamlit.testing.v1 import AppTest
from test_walk import text_of
from treat_samples import TOXIN, decided

from recommender.documents.staff import ROLES, StaffRole
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.domain import workflow
from recommender.records.domain.consent_form import consent_form
from recommender.records.domain.permissions import ALLOWED
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients
from recommender.web.actions import ACTIONS
from recommender.web.clinic import words
from recommender.web.clinic.auth import access
from recommender.web.clinic.pages import PAGES
from recommender.web.clinic.stores import record_store
from recommender.web.clinic.treatment import treat_words
from recommender.web.consultation import words as said
from recommender.web.handover.receive import CODE, FILE, LINK
from recommender.web.state import session
from recommender.web.state.autosave import FACE, SHEET
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import DraftStore, new_token
from recommender.web.state.session import Whose

SignIn = Callable[[StaffRole], str]
ANSWERS = {"places": ["glabella"], "kinds.glabella": ["lines"], "history.pregnant": "no"}
FILED = json.dumps({"respondent": "patient", "person": {"age": 44}})
WHO: tuple[StaffRole | None, ...] = (None, *ROLES)
NOT_WRITING = tuple(role for role in WHO if role is None or "write a draft" not in ALLOWED[role])
STAFF_ACTIONS = ("begin-consultation", "open-file", "open-link", "open-code", "ask-after", "what-if-reset")


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


@pytest.fixture
def kept(store: DraftStore) -> Visited:  # noqa: ARG001 (its data folder)
    return visited(record_store())


def drafted(store: DraftStore, respondent: str) -> str:
    token = new_token()
    store.save(token, Draft({"respondent": respondent, "values": ANSWERS}).content())
    return token


def become(monkeypatch: pytest.MonkeyPatch, role: StaffRole | None) -> None:
    token = session_of(record_store(), role) if role else ""
    monkeypatch.setattr(access, "token", lambda: token)


def press(app: AppTest, address: dict[str, str], name: str) -> AppTest:
    """Press what no page of this session shows, as a forged or a late press would."""
    app.query_params.clear()
    for part, value in address.items():
        app.query_params[part] = value
    app.session_state["press-late"] = (name, FILED if name == "open-file" else "")
    app.run()
    assert not app.exception
    return app


def everything(store: DraftStore) -> dict[str, Any]:
    """Every draft that is kept, by the hash of its token."""
    with store._connected() as database:
        return dict(database.execute("SELECT id, content FROM draft ORDER BY id").fetchall())


def records() -> list[tuple[str, int]]:
    with record_store().snapshot() as database:
        rows = database.execute(text("SELECT id, version FROM consultation"))
        return sorted((row.id, row.version) for row in rows)


def addressed(store: DraftStore, whose: Whose, kept: Visited) -> dict[str, str]:
    match whose:
        case "nobody":
            return {}
        case "record":
            return {"record": kept.record}
        case _:
            return {"d": drafted(store, whose)}


@pytest.mark.parametrize(
    ("role", "whose"),
    [
        *((None, "nurse"), ("lead", "nurse"), ("admin", "record"), (None, "patient"), ("lead", "patient")),
        *(
            pytest.param(role, whose, marks=pytest.mark.slow)
            for role, whose in ((None, "record"), ("lead", "record"), ("admin", "nurse"), (None, "nobody"))
        ),
    ],
)
def test_no_press_of_somebody_who_may_not_write_reaches_what_is_the_clinics(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, kept: Visited, role: StaffRole | None, whose: Whose
) -> None:
    address = addressed(store, whose, kept)
    become(monkeypatch, role)
    before, visits = everything(store), records()
    app = opened({**address, "step": "how"})
    was_left = {}

    for name in ACTIONS:
        press(app, {**address, "step": "how"}, name)
        assert heading(app) not in (said.TITLE, said.INTRO_TITLE)
        assert kept.name not in str(app.main)
        was_left[name] = [content for content in everything(store).values() if '"respondent": "nurse"' in content]
        if whose == "patient":
            store.save(address["d"], json.loads(next(iter(before.values()))))
        elif whose == "nurse":
            assert heading(app) == (words.NOT_YOURS if role else words.STAFF_ONLY)
            assert everything(store) == before

    nurses = [content for content in before.values() if '"respondent": "nurse"' in content]
    assert was_left == dict.fromkeys(ACTIONS, nurses)
    assert records() == visits


def test_no_press_does_to_a_draft_or_a_record_what_is_for_another_kind(
    store: DraftStore, sign_in: SignIn, kept: Visited
) -> None:
    sign_in("nurse")
    patients, nurses = drafted(store, "patient"), drafted(store, "nurse")
    before, visits = everything(store), records()
    app = opened({"step": "how"})
    formal = [name for name in ACTIONS if name not in (*STAFF_ACTIONS, "delete")]

    for address in ({"d": nurses}, {"record": kept.record}):
        for name in formal:
            press(app, {**address, "step": "how"}, name)
            assert everything(store) == before, name
    for name in ("ask-after", "what-if-reset"):
        press(app, {"d": patients, "step": "how"}, name)
        assert everything(store) == before, name
    press(app, {"record": kept.record, "step": "how"}, "delete")
    assert "record" in app.query_params

    assert records() == visits


@pytest.mark.parametrize("step", ["start", "how", "result", "consultation"])
@pytest.mark.parametrize("role", NOT_WRITING)
def test_a_nurses_draft_opens_on_no_page_to_whoever_may_not_write_one(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, role: StaffRole | None, step: str
) -> None:
    token = drafted(store, "nurse")
    become(monkeypatch, role)

    app = opened({"d": token, "step": step})

    assert heading(app) == (words.NOT_YOURS if role else words.STAFF_ONLY)
    assert token not in str(app.main)
    assert {str(one.key).partition("-")[0] for one in app.button} <= {"language"}


@pytest.mark.parametrize("role", WHO)
def test_only_whoever_may_write_is_offered_a_consultation_by_the_start(
    store: DraftStore,  # noqa: ARG001 (its data folder)
    monkeypatch: pytest.MonkeyPatch,
    role: StaffRole | None,
) -> None:
    become(monkeypatch, role)
    app = opened({})

    app.button(key="consult-start").click().run()

    shut = words.NOT_YOURS if role else words.STAFF_ONLY
    assert heading(app) == (shut if role in NOT_WRITING else said.INTRO_TITLE)


@pytest.mark.parametrize("ending", ["a session that ended", "a role that changed"])
def test_what_is_pressed_after_a_session_or_a_role_has_ended_is_not_done(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn, ending: str
) -> None:
    sign_in("nurse")
    token = drafted(store, "nurse")
    app = opened({"d": token, "step": "how"})
    before = everything(store)

    become(monkeypatch, None if ending == "a session that ended" else "lead")
    app.button(key="delete-how").click().run()

    assert heading(app) in (words.STAFF_ONLY, words.NOT_YOURS)
    assert everything(store) == before


def test_a_session_that_ends_while_a_press_is_done_sees_nothing_of_what_it_led_to(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn
) -> None:
    sign_in("nurse")
    token = drafted(store, "nurse")
    app = opened({"d": token, "step": "how"})

    def ends(visit: session.Visit, *_: object) -> None:
        visit.go("consultation")
        become(monkeypatch, None)

    monkeypatch.setitem(ACTIONS, "return", ACTIONS["return"]._replace(do=ends))  # type: ignore[arg-type]
    app.button(key="return-how").click().run()

    assert heading(app) == words.STAFF_ONLY
    assert not [one for one in app.get("bidi_component") if "sheet" in one.proto.id]


def own(name: str, token: str) -> str:
    visit = object.__new__(session.Visit)
    visit._token = token
    return visit.key(name)


@pytest.mark.parametrize("step", further(["consultation", "how", "start"], "consultation"))
@pytest.mark.parametrize("role", NOT_WRITING)
def test_what_a_component_tells_is_taken_from_nobody_who_may_not_write(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, kept: Visited, role: StaffRole | None, step: str
) -> None:
    token = drafted(store, "nurse")
    become(monkeypatch, role)
    before, visits = everything(store), records()
    app = opened({"d": token, "step": step})

    for named in ({"d": token}, {"record": kept.record}):
        (identifier,) = named.values()
        app.session_state[own(SHEET, identifier)] = {"changes": [[1, "history.pregnant", "yes"]]}
        app.session_state[own(FACE, identifier)] = {"choice": {"places": ["lips"], "count": 1}}
        app.session_state[FILE] = app.session_state[LINK] = {"opened": {"text": FILED, "number": 1}}
        app.session_state[CODE] = "AAAA-BBBB-CCCC-DDD"
        press(app, {**named, "step": step}, "open-code")

    assert everything(store) == before
    assert records() == visits
    assert Consultations(record_store()).get(kept.record, by=NURSE).version == 1


@pytest.fixture
def held(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> tuple[Visited, str]:  # noqa: ARG001 (its data folder)
    """A patient's visit with an open consent form, and the token of the nurse's session in which that patient holds it."""
    patient = Patients(record_store()).add(Identity(name=f"Madeup{uuid4().hex}"), by=NURSE)
    draft = decided(TOXIN)
    draft = workflow.write(draft, by=NURSE, note="a note of the clinic", consent=consent_form(shipped("uk"), draft))
    kept = Consultations(record_store()).begin(patient.id, draft, by=NURSE)
    token = session_of(record_store(), "nurse")
    monkeypatch.setattr(access, "token", lambda: token)
    access.hand_over(kept.id)
    return Visited(patient.identity.name, patient.id, kept.id), token


def test_while_a_patient_holds_the_form_every_page_and_every_address_shows_it_and_nothing_else(
    store: DraftStore, kept: Visited, held: tuple[Visited, str]
) -> None:
    own, _ = held
    drafts = [drafted(store, respondent) for respondent in ("patient", "nurse")]
    addresses: list[dict[str, str]] = [
        *({"step": page, "record": kept.record, "patient": kept.patient} for page in PAGES),
        *({"step": page, "record": own.record, "patient": own.patient} for page in PAGES),
        *({"step": page, "d": draft} for page in ("start", "check", "how", "consultation") for draft in drafts),
        {},
    ]

    for address in addresses:
        app = opened(address)
        assert not app.exception
        assert heading(app) == treat_words.HELD_TITLE, address
        shown = text_of(app)
        assert own.name in shown
        assert kept.name not in shown
        assert "a note of the clinic" not in shown
        assert [button.key for button in app.button] == []
        assert not app.text_input
        assert not app.text_area


def test_no_press_reaches_anything_while_a_patient_holds_the_form(
    store: DraftStore, kept: Visited, held: tuple[Visited, str]
) -> None:
    own, token = held
    drafts = [drafted(store, respondent) for respondent in ("patient", "nurse")]
    before, visits = everything(store), records()
    app = opened({"step": "how"})

    for address in ({"d": drafts[0]}, {"d": drafts[1]}, {"record": kept.record}, {"record": own.record}, {}):
        for name in ACTIONS:
            press(app, {**address, "step": "how"}, name)
            assert heading(app) == treat_words.HELD_TITLE, name

    assert everything(store) == before
    assert records() == visits
    assert access.signed_in() is None
    assert SignIns(record_store(), QUICK).who(token) is None


def test_the_patient_answers_and_the_nurse_reads_it_once_she_has_signed_in_again(
    held: tuple[Visited, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, _ = held
    app = opened({"step": "records"})
    for answer in app.radio:
        answer.set_value("yes")
    app.run()

    consent = Consultations(record_store()).get(own.record, by=NURSE).consultation.consent
    assert consent is not None
    assert {item.accepted for item in consent.items} == {True}
    assert len(app.radio) == len(consent.items)

    become(monkeypatch, "nurse")

    app = opened({"step": "treat", "record": own.record})
    assert "a note of the clinic" in text_of(app)
