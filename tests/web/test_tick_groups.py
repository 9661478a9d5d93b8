"""Groups of statements: what is ticked is a yes, what is denied is a no, and all else is not answered."""

from __future__ import annotations

import random
from typing import Any

import pytest
from site_runs import heading, page, values_of
from strategies import further, shipped
from streamlit.testing.v1 import AppTest

from recommender.web import words
from recommender.web.patient.journey import Journey
from recommender.web.patient.tick_groups import doubt_key, doubts_key, tick_key
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import DraftStore

HEALTH = "illnesses_and_treatments"
IMMUNE = ("cancer_treatment", "immunosuppressed", "autoimmune_disease", "hiv", "diabetes")
QUESTIONS = shipped().reference.questions
READER: dict[str, Any] = {
    "person__age": 42,
    "places": ["glabella", "lips"],
    "kinds__glabella": ["lines"],
    "detail__glabella__lines__on_movement": "yes",
    "kinds__lips": ["fuller"],
}


def none_of(app: AppTest, group: str) -> Any:
    """The box that denies the rest of a group."""
    return next(box for box in app.checkbox if str(box.key).startswith(f"none.{group}"))


def tick(app: AppTest, key: str) -> None:
    app.checkbox(key=tick_key(key)).check().run()


def marked(app: AppTest, key: str) -> str:
    """What stands beside a statement."""
    said = str(QUESTIONS.questions[key].tick)
    return str(app.checkbox(key=tick_key(key)).label).removeprefix(said).removeprefix(" – ")


def of_group(store: DraftStore, token: str, names: tuple[str, ...] = IMMUNE) -> dict[str, Any]:
    values = values_of(store, token)
    return {name: values[f"history.{name}"] for name in names if f"history.{name}" in values}


def test_a_group_that_was_not_finished_answers_what_is_ticked_and_nothing_else(store: DraftStore) -> None:
    app, token = page(store, HEALTH, **READER)

    tick(app, "history.diabetes")

    assert of_group(store, token) == {"diabetes": "yes"}
    content = store.load(token)
    assert Draft(content).answers().document()["history"] == {"diabetes": "yes"}


def test_none_denies_what_is_shown_and_not_ticked_and_says_which(store: DraftStore) -> None:
    app, token = page(store, HEALTH, **READER)
    tick(app, "history.hiv")
    assert none_of(app, "immune_system").label == words.NONE_OF_OTHERS

    none_of(app, "immune_system").check().run()

    assert of_group(store, token) == {name: "yes" if name == "hiv" else "no" for name in IMMUNE}
    assert [marked(app, f"history.{name}") for name in ("hiv", "diabetes")] == ["", words.MARK_NO]
    assert not [key for key in values_of(store, token) if key.startswith("history.previous")]

    none_of(app, "immune_system").uncheck().run()

    assert of_group(store, token) == {"hiv": "yes"}


def test_none_is_never_ticked_beforehand_and_says_what_it_denies(store: DraftStore) -> None:
    app, _ = page(store, HEALTH, **READER)

    boxes = [box for box in app.checkbox if str(box.key).startswith("none.")]

    written = [group.none for group in QUESTIONS.groups if group.id in QUESTIONS.pages[2].groups]
    assert [box.value for box in boxes] == [False] * 3
    assert [box.label for box in boxes] == written[:3]


def test_a_thing_ticked_and_taken_back_is_not_denied_by_an_earlier_none(store: DraftStore) -> None:
    app, token = page(store, HEALTH, **READER)
    tick(app, "history.hiv")
    none_of(app, "immune_system").check().run()

    app.checkbox(key=tick_key("history.hiv")).uncheck().run()

    assert of_group(store, token) == {name: "no" for name in IMMUNE if name != "hiv"}
    assert not none_of(app, "immune_system").value
    none_of(app, "immune_system").check().run()
    assert of_group(store, token) == dict.fromkeys(IMMUNE, "no")


def test_a_thing_that_appears_later_is_not_denied_by_an_earlier_none(store: DraftStore) -> None:
    app, token = page(store, HEALTH, **READER, history__previous_filler="yes")
    none_of(app, "earlier_injections").check().run()
    assert of_group(store, token, ("overfilled", "toxin_works_less")) == {"overfilled": "no"}

    tick(app, "history.previous_toxin")

    assert tick_key("history.toxin_works_less") in [box.key for box in app.checkbox]
    assert not none_of(app, "earlier_injections").value
    assert of_group(store, token, ("overfilled", "toxin_works_less")) == {"overfilled": "no"}
    assert marked(app, "history.overfilled") == words.MARK_NO


def test_what_follows_is_asked_under_what_was_ticked_and_nowhere_else(store: DraftStore) -> None:
    app, token = page(store, HEALTH, **READER)
    assert "Your earlier injections" not in [one.value for one in app.header]

    tick(app, "history.previous_filler")
    assert "Your earlier injections" in [one.value for one in app.header]
    app.checkbox(key=tick_key("history.previous_filler")).uncheck().run()

    assert "Your earlier injections" not in [one.value for one in app.header]
    assert values_of(store, token).keys() & {"history.previous_filler", "history.overfilled"} == set()


def test_what_somebody_does_not_know_is_said_for_each_thing(store: DraftStore) -> None:
    app, token = page(store, HEALTH, **READER)

    app.checkbox(key=doubts_key("immune_system")).check().run()
    assert of_group(store, token) == {}
    app.checkbox(key=doubt_key("history.hiv")).check().run()
    none_of(app, "immune_system").check().run()

    assert of_group(store, token) == {name: "unsure" if name == "hiv" else "no" for name in IMMUNE}
    assert marked(app, "history.hiv") == words.MARK_UNSURE
    app.checkbox(key=doubts_key("immune_system")).uncheck().run()
    assert of_group(store, token) == {name: "no" for name in IMMUNE if name != "hiv"}


def test_a_page_that_is_opened_again_shows_what_was_answered(store: DraftStore) -> None:
    denied = {f"history__{name}": "no" for name in IMMUNE}
    app, _ = page(store, HEALTH, **READER, **(denied | {"history__hiv": "unsure", "history__diabetes": "yes"}))

    assert app.checkbox(key=tick_key("history.diabetes")).value
    assert none_of(app, "immune_system").value
    assert app.checkbox(key=doubts_key("immune_system")).value
    assert app.checkbox(key=doubt_key("history.hiv")).value


def test_what_another_window_ticks_is_shown_and_not_taken_back(store: DraftStore) -> None:
    app, token = page(store, HEALTH, **READER)
    content = store.load(token)
    assert content is not None
    elsewhere = Draft(content)
    elsewhere.put("history.diabetes", "yes")
    store.save(token, elsewhere.content())

    tick(app, "history.hiv")

    assert of_group(store, token) == {"diabetes": "yes", "hiv": "yes"}
    assert app.checkbox(key=tick_key("history.diabetes")).value


def test_what_is_left_open_is_asked_once_and_then_stays_open(store: DraftStore) -> None:
    app, token = page(store, HEALTH, **READER)
    tick(app, "history.diabetes")
    for group in ("heart_breathing_eyes", "earlier_treatments"):
        none_of(app, group).check().run()

    app.button(key=f"continue-{HEALTH}").click().run()

    asked = [note.value for note in app.html if 'class="asked"' in note.value]
    assert heading(app) == "Illnesses and earlier treatments"
    assert len(asked) == 1
    assert "HIV" in asked[0]
    assert "Diabetes" not in asked[0]
    app.button(key=f"continue-{HEALTH}").click().run()
    assert app.query_params["step"] == "now_and_wishes"
    assert of_group(store, token) == {"diabetes": "yes"}
    app.button(key="back-now_and_wishes").click().run()
    app.button(key=f"continue-{HEALTH}").click().run()
    assert app.query_params["step"] == "now_and_wishes"


def test_details_that_a_late_tick_brings_are_shown_before_the_page_is_left(store: DraftStore) -> None:
    app, _ = page(store, "place-1", person__age=42, places=["glabella"])

    app.checkbox(key="seen.glabella.lines").check()
    app.button(key="continue-place-1").click().run()

    assert app.query_params["step"] == "place-1"
    assert app.radio(key="detail.glabella.lines.on_movement").value is None
    app.button(key="continue-place-1").click().run()
    assert app.query_params["step"] == "nerves_and_allergies"


@pytest.mark.parametrize(("answer", "told"), [("yes", True), ("unsure", False), ("no", False)])
def test_who_can_be_offered_nothing_now_is_told_on_the_next_page_and_may_see_the_result(
    store: DraftStore, answer: str, *, told: bool
) -> None:
    app, _ = page(store, "pregnancy_and_feeding", person__age=30, history__pregnant=answer)
    assert "see-now-pregnancy_and_feeding" not in [button.key for button in app.button]

    app.query_params["step"] = "places"
    app.run()

    assert ("see-now-places" in [button.key for button in app.button]) == told
    if told:
        app.button(key="see-now-places").click().run()
        assert app.query_params["step"] == "result"


def test_a_step_is_counted_among_the_pages_that_this_person_has(store: DraftStore) -> None:
    def step(app: AppTest) -> str:
        return next(note.value for note in app.html if 'class="part"' in note.value)

    whole = {"person__age": 42, "places": ["glabella", "lips"]}
    rules = shipped()
    draft = Draft({"values": {key.replace("__", "."): value for key, value in whole.items()}})
    pages = [one for one in Journey(rules, draft).in_order if one.kind not in ("start", "result")]

    assert "Step 1, about " in step(page(store, "age")[0])
    assert "Step 3 of at least 8, about " in step(page(store, "places", person__age=42)[0])
    assert f"Step 5 of {len(pages)}, about " in step(page(store, "place-2", **whole)[0])
    assert f"Step {len(pages)} of {len(pages)}, about 1 minute" in step(page(store, "check", **whole)[0])


@pytest.mark.parametrize("seed", further(range(12), 0, 1))
def test_whatever_is_pressed_no_answer_is_there_that_was_not_given(store: DraftStore, seed: int) -> None:
    """Against a model that knows presses alone: a no is of the things that stood there unticked when they were denied."""
    chance = random.Random(seed)
    app, token = page(store, HEALTH, **READER)
    given: dict[str, str] = {}
    for _ in range(25):
        box = chance.choice([box for box in app.checkbox if not str(box.key).startswith("doubts.") or not box.value])
        kind, _, about = str(box.key).partition(".")
        ticked = not box.value
        shown = {str(one.key).removeprefix("tick.") for one in app.checkbox if str(one.key).startswith("tick.")}
        (box.check if ticked else box.uncheck)().run()
        if kind in ("tick", "doubt"):
            answer = "yes" if kind == "tick" else "unsure"
            given.pop(about, None) if not ticked else given.update({about: answer})
        elif kind == "none":
            group = next(one for one in QUESTIONS.groups if one.id == about.partition(".")[0])
            for key in shown.intersection(group.questions):
                if ticked and given.get(key) not in ("yes", "unsure"):
                    given[key] = "no"
                elif not ticked and given.get(key) == "no":
                    del given[key]
        answered = {key: value for key, value in values_of(store, token).items() if key.startswith("history.")}
        assert answered == given
        assert {box.key for box in app.checkbox if box.value and str(box.key).startswith("tick.")} == {
            tick_key(key) for key, value in given.items() if value == "yes"
        }
