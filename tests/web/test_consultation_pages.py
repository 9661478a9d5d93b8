"""The nurse's page as Streamlit runs it: a draft of its own, answers taken in place, and a what-if that touches nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from site_runs import heading, opened, start_title, values_of
from strategies import further
from streamlit.testing.v1 import AppTest

from recommender.web import words
from recommender.web.about import words as about_words
from recommender.web.actions import WHAT_IF
from recommender.web.consultation import words as said
from recommender.web.handover.receive import FILE
from recommender.web.patient.journey import Journey
from recommender.web.state import session
from recommender.web.state.autosave import FACE, SHEET
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import DraftStore, new_token

pytestmark = pytest.mark.usefixtures("nurse")
SEEN = {"places": ["glabella"], "kinds.glabella": ["lines"], "detail.glabella.lines.on_movement": "yes"}


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


def draft_in(store: DraftStore, *, respondent: str = "nurse", **values: Any) -> str:
    token = new_token()
    draft = Draft({"respondent": respondent, "values": values})
    assert draft.content()["values"] == values
    store.save(token, draft.content())
    return token


def consultation(store: DraftStore, **values: Any) -> tuple[AppTest, str]:
    token = draft_in(store, **values)
    return opened({"d": token, "step": "consultation"}), token


def own(name: str, token: str) -> str:
    """The key of a field of one draft."""
    visit = object.__new__(session.Visit)
    visit._token = token
    return visit.key(name)


def told(app: AppTest, token: str, *changes: tuple[int, str, Any]) -> None:
    """What the sheet in the browser tells."""
    app.session_state[own(SHEET, token)] = {"changes": [list(change) for change in changes]}
    app.run()
    assert not app.exception


def notes(app: AppTest) -> str:
    return "\n".join(note.value for note in app.html)


def test_from_the_start_to_a_blank_consultation_and_nothing_is_kept_before_it_begins(store: DraftStore) -> None:
    app = opened({})

    app.button(key="consult-start").click().run()
    assert heading(app) == said.INTRO_TITLE
    assert "d" not in app.query_params
    app.button(key="begin-consultation-consultation").click().run()

    assert heading(app) == said.TITLE
    blank = {"values": {}, "shown": [], "after": False, "respondent": "nurse", "language": "en"}
    assert store.load(str(app.query_params["d"])) == blank


def test_a_patients_draft_is_left_as_it_is_and_back_leads_to_it(store: DraftStore) -> None:
    patients = draft_in(store, respondent="patient", **{"person.age": 42})
    kept = store.load(patients)
    app = opened({"d": patients, "step": "consultation"})
    assert heading(app) == said.INTRO_TITLE

    app.button(key="back-consultation").click().run()
    assert heading(app) == start_title("uk")
    assert app.query_params["d"] == patients
    app.button(key="consult-start").click().run()
    app.button(key="begin-consultation-consultation").click().run()

    assert heading(app) == said.TITLE
    assert app.query_params["d"] != patients
    assert store.load(patients) == kept


@pytest.mark.parametrize(
    "step", further(["start", "age", "places", "place-1", "check", "result", "nonsense", "consultation"], "start", "result")
)
def test_a_nurses_draft_has_no_page_of_the_form(store: DraftStore, step: str) -> None:
    app = opened({"d": draft_in(store, **{"person.age": 42}, **SEEN), "step": step})

    assert heading(app) == said.TITLE
    assert not {button.key for button in app.button} & {f"begin-{step}", f"begin-after-{step}", f"continue-{step}"}


@pytest.mark.parametrize("step", ["start", "age", "places", "place-1", "check", "result", "how"])
def test_no_page_of_a_patient_has_a_what_if(store: DraftStore, step: str) -> None:
    app = opened({"d": draft_in(store, respondent="patient", **{"person.age": 42}, **SEEN), "step": step})

    assert not app.exception
    assert said.WHAT_IF_TITLE not in [panel.label for panel in app.expander]
    assert list(app.multiselect) == []


def test_an_answer_given_on_the_sheet_is_kept_at_once_changed_and_taken_back(store: DraftStore) -> None:
    app, token = consultation(store)

    told(app, token, (1, "history.pregnant", "no"), (2, "screening.dcq_score", 9))
    assert values_of(store, token) == {"history.pregnant": "no", "screening.dcq_score": 9}
    told(app, token, (1, "history.pregnant", "no"), (2, "screening.dcq_score", 9), (3, "history.pregnant", "unsure"))
    assert values_of(store, token) == {"history.pregnant": "unsure", "screening.dcq_score": 9}
    told(app, token, (4, "history.pregnant", None))

    assert values_of(store, token) == {"screening.dcq_score": 9}


def test_a_change_that_was_told_before_does_not_undo_what_another_window_did_since(store: DraftStore) -> None:
    app, token = consultation(store)
    told(app, token, (1, "history.pregnant", "no"))

    store.save(token, Draft({"respondent": "nurse", "values": {"history.pregnant": "yes"}}).content())
    app.run()

    assert values_of(store, token) == {"history.pregnant": "yes"}


def test_two_runs_at_once_keep_what_each_of_them_was_told(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:
    app, token = consultation(store)
    journey = session.Visit.journey

    def overtaken(visit: session.Visit) -> Journey:
        """The draft is read; before anything is kept, another run keeps an answer of its own."""
        monkeypatch.setattr(session.Visit, "journey", journey)
        store.save(token, Draft({"respondent": "nurse", "values": {"history.hiv": "unsure"}}).content())
        return journey(visit)

    monkeypatch.setattr(session.Visit, "journey", overtaken)
    told(app, token, (1, "history.pregnant", "no"))

    assert values_of(store, token) == {"history.hiv": "unsure", "history.pregnant": "no"}


def test_what_was_deleted_meanwhile_does_not_come_back(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:
    app, token = consultation(store, **{"person.age": 42})
    journey = session.Visit.journey

    def overtaken(visit: session.Visit) -> Journey:
        """The draft is read; before anything is kept, another window deletes it."""
        monkeypatch.setattr(session.Visit, "journey", journey)
        store.delete(token)
        return journey(visit)

    monkeypatch.setattr(session.Visit, "journey", overtaken)
    told(app, token, (1, "history.pregnant", "no"))

    assert store.load(token) is None


@pytest.mark.parametrize(
    "change",
    further(
        [
            (1, "history.pregnant", "maybe"),
            (1, "history.nonsense", "yes"),
            (1, "person.age", 121),
            (1, "screening.dcq_score", 22),
            (1, "kinds.glabella", ["wings"]),
            (1, "places", [["glabella"]]),
            (1, "respondent", "patient"),
            (1, "detail.glabella.lines.at_rest", {"yes": 1}),
            ("1", "history.pregnant", "no"),
            (True, "history.pregnant", "no"),
            (1, ["history.pregnant"], "no"),
            (1, "history.pregnant"),
        ],
        (1, "history.pregnant", "maybe"),
        (1, "respondent", "patient"),
        (1, "history.pregnant"),
    ),
)
def test_what_no_sheet_of_ours_would_tell_is_not_kept(store: DraftStore, change: tuple[Any, ...]) -> None:
    app, token = consultation(store, **{"person.age": 42})

    app.session_state[own(SHEET, token)] = {"changes": [list(change)]}
    app.run()

    assert not app.exception
    assert values_of(store, token) == {"person.age": 42}


def test_places_pointed_at_are_kept_and_belong_to_this_consultation_alone(store: DraftStore) -> None:
    app, token = consultation(store)
    app.session_state[own(FACE, token)] = {"choice": {"places": ["lips", "glabella"], "count": 2}}
    app.run()
    assert values_of(store, token) == {"places": ["glabella", "lips"]}

    app.button(key="menu-consultation").click().run()
    assert heading(app) == said.INTRO_TITLE
    app.button(key="begin-consultation-consultation").click().run()

    assert app.query_params["d"] != token
    assert values_of(store, str(app.query_params["d"])) == {}
    assert values_of(store, token) == {"places": ["glabella", "lips"]}


def test_an_emergency_stands_in_the_bar_with_the_number_to_call(store: DraftStore) -> None:
    app, token = consultation(store)
    app.button(key="ask-after-consultation").click().run()
    kept = store.load(token)
    assert kept is not None
    assert kept["after"] is True

    told(app, token, (1, "after_treatment.symptoms.vision_change", "yes"))

    assert 'role="alert"' in notes(app)
    assert 'href="tel:999"' in notes(app)
    assert [button.key for button in app.button if button.key == "ask-after-consultation"] == []


def test_a_patients_file_begins_a_draft_of_its_own(store: DraftStore) -> None:
    patients = draft_in(store, respondent="patient", **{"person.age": 42})
    app = opened({"d": patients, "step": "consultation"})

    app.session_state[FILE] = {"opened": {"text": json.dumps({"history": {"hiv": "unsure"}}), "number": 1}}
    app.run()

    assert heading(app) == said.TITLE
    assert app.query_params["d"] != patients
    assert values_of(store, str(app.query_params["d"])) == {"history.hiv": "unsure"}
    assert values_of(store, patients) == {"person.age": 42}


@pytest.mark.usefixtures("store")
def test_a_file_that_cannot_be_used_begins_nothing() -> None:
    app = opened({"step": "consultation"})

    app.session_state[FILE] = {"opened": {"text": '{"history": {"hiv": "maybe"}}', "number": 1}}
    app.run()

    assert heading(app) == said.INTRO_TITLE
    assert "d" not in app.query_params
    (problem,) = session_errors(app)
    assert problem.startswith("history.hiv: ")


def session_errors(app: AppTest) -> list[str]:
    return list(app.session_state["errors"][1].values())


def test_a_what_if_shows_what_would_stand_differently_and_stores_nothing(store: DraftStore, tmp_path: Path) -> None:
    app, token = consultation(store, **{"person.age": 42, "history.hiv": "no"}, **SEEN)
    kept, file = store.load(token), (tmp_path / "drafts.sqlite").read_bytes()
    app.session_state[own("what-if-panel", token)] = True
    app.run()

    app.multiselect(key=own(WHAT_IF, token)).set_value(["history.neuromuscular_disorder", "person.age"]).run()
    assert said.WHAT_IF_SAME in notes(app)
    app.radio(key=own("what-if.history.neuromuscular_disorder", token)).set_value("yes").run()
    assert said.WHAT_IF_SAME not in notes(app)
    app.text_input(key=own("what-if.person.age", token)).set_value("900").run()
    assert said.WHOLE_NUMBER.format(most=120) in notes(app)
    app.text_input(key=own("what-if.person.age", token)).set_value("").run()
    assert not app.exception
    app.button(key="what-if-reset-consultation").click().run()

    assert app.multiselect(key=own(WHAT_IF, token)).value == []
    assert said.WHAT_IF_NONE in notes(app)
    assert store.load(token) == kept
    assert (tmp_path / "drafts.sqlite").read_bytes() == file
    assert len(app.radio) == 0


def test_how_this_works_leads_back_to_the_consultation(store: DraftStore) -> None:
    app, token = consultation(store, **{"person.age": 42})

    app.button(key="how-footer-consultation").click().run()
    assert heading(app) == about_words.TITLE
    assert [button.key for button in app.button if button.key == "begin-after-how"] == []
    app.button(key="back-how").click().run()

    assert heading(app) == said.TITLE
    assert app.query_params["d"] == token


def test_a_deleted_consultation_is_gone_and_one_that_nobody_knows_says_so(store: DraftStore) -> None:
    app, token = consultation(store, **{"person.age": 42})

    app.button(key="delete-consultation").click().run()
    assert heading(app) == start_title("uk")
    assert store.load(token) is None
    again = opened({"d": token, "step": "consultation"})

    assert heading(again) == said.INTRO_TITLE
    assert words.EXPIRED in notes(again)


def test_what_is_still_to_find_out_stands_on_top_and_says_what_it_could_change(store: DraftStore) -> None:
    app, token = consultation(store, **SEEN)

    [glance] = [panel for panel in app.expander if panel.label.startswith(said.GLANCE.partition("(")[0])]
    listed = "\n".join(note.value for note in glance.html)
    number = int(glance.label.partition("(")[2].rstrip(")"))

    assert listed.count("<li>") == number > 20
    assert "Glabella – Rhytids: At rest (static) (Could" in listed
    told(app, token, (1, "detail.glabella.lines.at_rest", "no"))
    again = next(panel for panel in app.expander if panel.label.startswith(said.GLANCE.partition("(")[0]))
    assert "At rest (static)" not in "\n".join(note.value for note in again.html)
