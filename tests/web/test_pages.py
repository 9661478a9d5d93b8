"""The pages as Streamlit runs them, without a browser: each page runs, keeps what is answered and shows no more than it may."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from site_runs import heading, opened, values_of
from streamlit.testing.v1 import AppTest

from recommender.web import words
from recommender.web.about import words as about_words
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import DraftStore, new_token


def page(store: DraftStore, step: str, *, after: bool = False, **values: Any) -> tuple[AppTest, str]:
    token = new_token()
    draft = Draft()
    draft.after = after
    for key, value in values.items():
        assert draft.put(key.replace("__", "."), value), key
    store.save(token, draft.content())
    return opened({"d": token, "step": step}), token


def test_the_start_page_makes_no_draft_until_somebody_starts(store: DraftStore) -> None:
    app = opened({})
    assert heading(app) == words.START_TITLE
    assert "d" not in app.query_params

    app.button(key="begin-start").click().run()

    assert heading(app) == "How old are you?"
    assert store.load(str(app.query_params["d"])) is not None


def test_no_answer_is_chosen_beforehand_and_one_that_is_given_is_kept_at_once(store: DraftStore) -> None:
    app, token = page(store, "pregnancy_and_feeding", person__age=30, places=["lips"], kinds__lips=["fuller"])
    assert {radio.value for radio in app.radio} == {None}

    app.radio(key="history.pregnant").set_value("unsure").run()

    assert values_of(store, token)["history.pregnant"] == "unsure"
    assert "history.breastfeeding" not in values_of(store, token)


def test_a_question_may_be_left_out_and_is_not_a_no(store: DraftStore) -> None:
    app, token = page(store, "pregnancy_and_feeding", person__age=30, places=["lips"], kinds__lips=["fuller"])

    app.button(key="continue-pregnancy_and_feeding").click().run()

    assert app.query_params["step"] != "pregnancy_and_feeding"
    assert "history.pregnant" not in values_of(store, token)


@pytest.mark.parametrize("typed", ["", "  ", "forty", "-1", "121", "4.5", "４２"])
def test_an_age_that_is_none_is_asked_again(store: DraftStore, typed: str) -> None:
    app, token = page(store, "age")

    app.text_input(key="person.age").set_value(typed).run()
    app.button(key="continue-age").click().run()

    assert heading(app) == "How old are you?"
    assert "person.age" not in values_of(store, token)
    assert any(words.AGE_ERROR in note.value for note in app.html)


def test_an_age_and_the_places_chosen_lead_on(store: DraftStore) -> None:
    app, token = page(store, "age")

    app.text_input(key="person.age").set_value(" 42 ").run()
    app.button(key="continue-age").click().run()
    assert heading(app) == words.PLACES_TITLE
    app.session_state["face"] = {"choice": {"places": ["lips", "glabella", "moon"], "count": 3}}
    app.run()
    assert "places" not in values_of(store, token)
    app.session_state["face"] = {"choice": {"places": ["lips", "glabella"], "count": 4}}
    app.run()
    app.button(key="continue-places").click().run()

    assert heading(app) == "Between the eyebrows: what do you notice?"
    assert values_of(store, token) == {"person.age": 42, "places": ["glabella", "lips"]}


def test_what_is_seen_at_a_place_is_kept_and_can_be_taken_back(store: DraftStore) -> None:
    app, token = page(store, "place-1", person__age=42, places=["glabella"])

    app.checkbox(key="seen.glabella.lines").check().run()
    assert values_of(store, token)["kinds.glabella"] == ["lines"]
    app.checkbox(key="seen.glabella.lines").uncheck().run()

    assert values_of(store, token)["kinds.glabella"] == []


def test_a_page_shows_again_what_was_answered(store: DraftStore) -> None:
    app, _ = page(
        store,
        "place-1-more",
        person__age=42,
        places=["glabella"],
        kinds__glabella=["lines"],
        detail__glabella__lines__on_movement="yes",
    )

    assert app.radio(key="detail.glabella.lines.on_movement").value == "yes"
    assert app.radio(key="detail.glabella.lines.at_rest").value is None


@pytest.mark.parametrize("step", ["places", "place-1", "pregnancy_and_feeding", "check", "result"])
def test_under_age_every_page_is_the_result(store: DraftStore, step: str) -> None:
    app, _ = page(store, step, person__age=16, places=["lips"], kinds__lips=["fuller"])

    assert heading(app) == "Summary for your consultation"
    assert list(app.radio) == []
    ways_on = [button.label for button in app.button if button.key in ("resume-result", "begin-result", "how-result")]
    assert ways_on == [words.RESULT_AGE]


def test_an_age_that_is_wrong_can_be_corrected_on_the_result(store: DraftStore) -> None:
    app, _ = page(store, "result", person__age=16, places=["lips"], kinds__lips=["fuller"])

    app.button(key="resume-result").click().run()

    assert app.text_input(key="person.age").value == "16"


def test_an_emergency_has_nothing_beside_it_but_the_ways_back_and_out(store: DraftStore) -> None:
    app, _ = page(store, "result", after=True, after_treatment__symptoms__stroke_signs="yes")

    shown = [button.key for button in app.button]

    assert {"resume-result", "delete-result"} <= set(shown)
    assert [key for key in shown if key in ("begin-result", "how-result", "make-code-result")] == []


def test_an_urgent_sign_says_whom_to_call_before_anything_else(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")
    app, _ = page(store, "after_treatment_urgent", after=True)

    app.radio(key="after_treatment.symptoms.vision_change").set_value("yes").run()

    assert any('role="alert"' in note.value and "999" in note.value for note in app.html)


def test_the_words_of_the_draft_stand_on_every_page(store: DraftStore) -> None:
    given = {"person__age": 42, "places": ["glabella"], "kinds__glabella": ["lines"]}
    for step in ("start", "age", "places", "place-1", "place-1-more", "pregnancy_and_feeding", "check", "result", "how"):
        app, _ = page(store, step, **given)

        assert not app.exception
        assert app.query_params["step"] == step
        assert any(words.PHASE_TEXT in note.value for note in app.html)


@pytest.mark.usefixtures("store")
def test_how_this_works_needs_no_answers_and_makes_no_draft() -> None:
    app = opened({"step": "how"})
    assert heading(app) == about_words.TITLE

    app.button(key="back-how").click().run()

    assert heading(app) == words.START_TITLE
    assert "d" not in app.query_params


@pytest.mark.slow
@pytest.mark.parametrize(
    "step", ["start", "age", "places", "place-1", "place-1-more", "pregnancy_and_feeding", "check", "result"]
)
@pytest.mark.parametrize("back", ["back-how", "return-how"])
def test_how_this_works_leads_back_to_every_page_and_touches_no_answer(store: DraftStore, step: str, back: str) -> None:
    app, token = page(store, step, person__age=42, places=["glabella"], kinds__glabella=["lines"])
    app.query_params["checking"] = "1"
    before, kept = heading(app), store.load(token)

    app.button(key=f"how-footer-{step}").click().run()
    assert heading(app) == about_words.TITLE
    app.button(key=back).click().run()

    assert heading(app) == before
    assert store.load(token) == kept
    assert dict(app.query_params) == {"d": token, "step": step, "checking": "1"}


def test_an_answer_just_given_is_kept_while_one_looks_at_how_this_works(store: DraftStore) -> None:
    app, token = page(store, "pregnancy_and_feeding", person__age=30, places=["lips"], kinds__lips=["fuller"])

    app.radio(key="history.pregnant").set_value("unsure")
    app.button(key="how-footer-pregnancy_and_feeding").click().run()
    assert values_of(store, token)["history.pregnant"] == "unsure"
    app.button(key="back-how").click().run()

    assert app.radio(key="history.pregnant").value == "unsure"


@pytest.mark.parametrize("origin", ["how", "nonsense", "<b>", ""])
def test_a_way_back_that_nobody_came_leads_to_the_check_or_the_start(store: DraftStore, origin: str) -> None:
    app, _ = page(store, "how", person__age=42)
    app.query_params["from"] = origin
    app.run()

    app.button(key="back-how").click().run()

    assert heading(app) in (words.CHECK_TITLE, words.START_TITLE)


def test_under_age_how_this_works_can_be_read_too(store: DraftStore) -> None:
    app, _ = page(store, "result", person__age=16)

    app.button(key="how-footer-result").click().run()
    assert heading(app) == about_words.TITLE
    app.button(key="return-how").click().run()

    assert heading(app) == "Summary for your consultation"


@pytest.mark.parametrize(
    ("step", "shown"), [("check", words.START_TITLE), ("age", words.START_TITLE), ("how", about_words.TITLE)]
)
def test_an_address_nobody_knows_says_that_answers_are_deleted_after_a_day(store: DraftStore, step: str, shown: str) -> None:
    app = opened({"d": new_token(), "step": step})

    assert heading(app) == shown
    assert any(words.EXPIRED in note.value for note in app.html)
    assert store.load(str(app.query_params["d"])) is None


def test_deleting_removes_the_draft_from_the_store(store: DraftStore) -> None:
    app, token = page(store, "age", person__age=42)

    app.button(key="delete-age").click().run()

    assert heading(app) == words.START_TITLE
    assert store.load(token) is None
    assert "d" not in app.query_params


@pytest.mark.parametrize("pressed", ["continue-pregnancy_and_feeding", "begin-after-pregnancy_and_feeding", "language-es"])
def test_what_another_window_answers_during_a_run_stays_answered(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, pressed: str
) -> None:
    app, token = page(store, "pregnancy_and_feeding", person__age=30, places=["lips"], kinds__lips=["fuller"])
    load, answered = DraftStore.load, False

    def loaded_and_answered(self: DraftStore, token: str) -> dict[str, Any] | None:
        nonlocal answered
        content = load(self, token)
        if content is not None and not answered:
            answered = True
            elsewhere = Draft(content)
            assert elsewhere.put("history.pregnant", "yes")
            self.save(token, elsewhere.content())
        return content

    monkeypatch.setattr(DraftStore, "load", loaded_and_answered)
    app.button(key=pressed).click().run()

    assert not app.exception
    assert values_of(store, token)["history.pregnant"] == "yes"


@pytest.mark.parametrize("pressed", ["continue-age", "language-es"])
def test_what_another_window_deletes_during_a_run_stays_deleted(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch, pressed: str
) -> None:
    app, token = page(store, "age", person__age=42)
    load = DraftStore.load

    def loaded_and_deleted(self: DraftStore, token: str) -> dict[str, Any] | None:
        content = load(self, token)
        self.delete(token)
        return content

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(DraftStore, "load", loaded_and_deleted)
        app.button(key=pressed).click().run()

    assert store.load(token) is None
    assert len(app.title) == 1
    assert heading(app) in (words.START_TITLE, "¿Qué puede ayudar con las líneas, los pliegues o la pérdida de volumen?")


def test_no_file_is_made_before_it_is_asked_for_and_none_is_kept_after(store: DraftStore) -> None:
    app, _ = page(store, "result", person__age=30, places=["lips"], kinds__lips=["fuller"])
    before = downloads(app)

    app.session_state["downloads"] = {"wanted": {"format": "json", "press": 7}}
    app.run()
    made = downloads(app)["made"]
    app.session_state["downloads"] = {"wanted": None}
    app.run()

    assert before["made"] is None
    assert [file["format"] for file in before["files"]] == list(words.FILES)
    assert (made["format"], made["press"], made["type"]) == ("json", 7, "application/json")
    assert json.loads(base64.b64decode(made["content"]))["answers"]["person"] == {"age": 30}
    assert downloads(app) == before
    assert "result-shown" in repr(app.session_state)
    assert made["content"] not in repr(app.session_state)


@pytest.mark.parametrize("told", ["json", {"format": "exe", "press": 1}, {"format": "pdf", "press": "1"}, {"press": 1}])
def test_what_asks_for_no_file_that_there_is_gets_none(store: DraftStore, told: object) -> None:
    app, _ = page(store, "result", person__age=30, places=["lips"], kinds__lips=["fuller"])

    app.session_state["downloads"] = {"wanted": told}
    app.run()

    assert heading(app)
    assert downloads(app)["made"] is None


def downloads(app: AppTest) -> dict[str, Any]:
    """What the page holds for the buttons of the files."""
    found = next(one for one in app.get("bidi_component") if one.proto.id.endswith("-downloads"))
    return dict(json.loads(found.proto.json))
