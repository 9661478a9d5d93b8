"""The opening says what Streamlit's own pages say, word for word, and each of its buttons stands for one of theirs."""

from __future__ import annotations

import re
from html import unescape

import pytest
from plain_letters import left_in_html
from site_runs import opened
from strategies import shipped
from streamlit.testing.v1 import AppTest

from recommender.languages import PSEUDO, SHIPPED, speaking
from recommender.web import words
from recommender.web.first_paint import first_paint_html
from recommender.web.state import languages
from recommender.web.state.draft_store import DraftStore


def opening(language: str) -> str:
    return first_paint_html(shipped("uk"), language)


def said_in(html: str) -> list[str]:
    """The texts of HTML, without its styles."""
    shown = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return [" ".join(unescape(text).split()) for text in re.split(r"<[^>]+>", shown) if text.strip()]


def said_on(app: AppTest) -> set[str]:
    """The texts of a page of Streamlit's: headings, notes, and the names of buttons and fields."""
    assert not app.exception
    notes = [text for one in app.html for text in said_in(str(one.proto.body))]
    return {
        *notes,
        *(str(one.value) for one in (*app.title, *app.header)),
        *(one.label for one in (*app.button, *app.text_input)),
    }


@pytest.fixture(autouse=True)
def _in_the_united_kingdom(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 (an empty store)
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


@pytest.mark.parametrize("language", SHIPPED)
def test_it_says_what_the_start_page_and_the_first_question_say_and_nothing_else(language: str) -> None:
    app = opened({"lang": language})
    start = said_on(app)
    question = said_on(app.button(key="begin-start").click().run())
    # what stands below the first question alone: how this works is on the start page too, and there is nothing to delete yet
    with speaking(language):
        later = {words.AFTER_LINK, words.DELETE_ASK, words.DELETE_SURE}
        own = {words.NEEDS_SCRIPT}

    said = set(said_in(opening(language)))

    assert (start | question) - said == later
    assert said - start - question == own


@pytest.mark.parametrize("language", SHIPPED)
def test_each_of_its_buttons_stands_for_one_of_the_start_page(language: str) -> None:
    app = opened({"lang": language})
    named = re.findall(r'<button [^>]*data-for="([^"]+)"[^>]*>([^<]+)</button>', opening(language))

    assert {key: unescape(label) for key, label in named} == {str(one.key): one.label for one in app.button}


def test_it_can_be_said_in_another_language_altogether(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(languages.SETTING, PSEUDO)

    assert left_in_html(opening(PSEUDO)) == set()


def test_it_tells_the_number_to_call_of_the_country() -> None:
    rules = shipped("us")

    assert '<a href="tel:911">911</a>' in first_paint_html(rules, "en")
    assert '<a href="tel:999">999</a>' in opening("en")
