"""A visitor reads in a language of their own: the one they turned to, the draft's, or the one that the browser asks for."""

from __future__ import annotations

import pytest
from site_runs import heading, opened, start_title
from streamlit.testing.v1 import AppTest

from recommender.documents.problems import RecommenderError
from recommender.languages import PSEUDO, not_reviewed, speaking
from recommender.languages.pseudo import pseudo
from recommender.web.state import languages
from recommender.web.state.draft_store import DraftStore


@pytest.fixture(autouse=True)
def _with_the_language_for_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(languages.SETTING, f"en,es,{PSEUDO}")


def started(app: AppTest) -> str:
    """Start a draft; its token."""
    app.button(key="begin-start").click().run()
    return str(app.query_params["d"])


def turned(app: AppTest, language: str) -> AppTest:
    return app.button(key=languages.key_of(language)).click().run()


@pytest.mark.usefixtures("store")
def test_a_visitor_turns_to_another_language_and_back_on_the_first_page() -> None:
    app = opened({})
    assert heading(app) == start_title()

    turned(app, PSEUDO)
    assert heading(app) == start_title(language=PSEUDO)
    assert app.query_params[languages.LANGUAGE] == PSEUDO

    turned(app, "en")
    assert heading(app) == start_title()


def test_the_language_stays_with_the_draft_on_every_page_in_another_window_and_after_a_new_start(store: DraftStore) -> None:
    app = turned(opened({}), PSEUDO)

    token = started(app)
    elsewhere = opened({"d": token, "step": "age"})

    assert heading(app) == heading(elsewhere) == pseudo("How old are you?")
    content = store.load(token)
    assert content is not None
    assert content["language"] == PSEUDO


def test_turning_in_the_middle_keeps_the_page_and_every_answer(store: DraftStore) -> None:
    app = opened({})
    token = started(app)
    app.text_input(key="person.age").set_value("41")

    turned(app, PSEUDO)

    assert heading(app) == pseudo("How old are you?")
    assert app.text_input(key="person.age").value == "41"
    content = store.load(token)
    assert content is not None
    assert (content["values"], content["language"]) == ({"person.age": 41}, PSEUDO)


@pytest.mark.usefixtures("store")
def test_the_draft_speaks_louder_than_an_old_address() -> None:
    token = started(turned(opened({}), PSEUDO))

    app = opened({"d": token, "step": "age", "lang": "en"})

    assert heading(app) == pseudo("How old are you?")


@pytest.mark.usefixtures("store")
def test_after_deleting_the_page_still_speaks_the_chosen_language() -> None:
    app = turned(opened({}), PSEUDO)
    started(app)

    app.button(key="delete-age").click().run()

    assert heading(app) == start_title(language=PSEUDO)


@pytest.mark.usefixtures("store")
def test_a_page_in_a_translated_language_says_that_nobody_reviewed_it() -> None:
    english, other = (
        " ".join(str(one.proto.body) for one in opened({"lang": language}).main if "phase" in str(one.proto))
        for language in ("en", "es")
    )

    assert "No clinician has reviewed it" not in english
    with speaking("es"):
        assert not_reviewed() in other


@pytest.mark.usefixtures("store")
def test_where_one_language_is_offered_none_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(languages.SETTING, "en")

    app = opened({"lang": "es"})

    assert heading(app) == start_title()
    assert [one.key for one in app.button if one.key and one.key.startswith("language-")] == []


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("de-DE,de;q=0.9", "en"),
        ("de,es;q=0.3,en;q=0.2", "es"),
        ("en;q=0.4,es;q=0.8", "es"),
        ("es;q=0,en", "en"),
        ("es;q=many,en", "en"),
        ("*", "en"),
        (",".join(["xx"] * 5000), "en"),
    ],
)
def test_the_first_offered_language_that_a_browser_asks_for_is_spoken(accepted: str, language: str) -> None:
    assert languages.preferred(accepted) == language


def test_without_english_the_first_that_is_offered_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(languages.SETTING, "es")

    assert (languages.preferred("de"), languages.preferred("en")) == ("es", "es")


@pytest.mark.parametrize("setting", ["", "en,esp", " , "])
def test_a_setting_that_names_no_language_is_refused_as_the_application_starts(
    setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(languages.SETTING, setting)

    with pytest.raises(RecommenderError, match=languages.SETTING):
        languages.offered()
