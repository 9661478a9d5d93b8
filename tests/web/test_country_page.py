"""Where the person is: asked once where the installation has not said its country; until then every number is shown."""

from __future__ import annotations

import re
from html import unescape

import pytest
from site_runs import heading, opened
from streamlit.testing.v1 import AppTest

from recommender import load_rules
from recommender.documents.problems import RecommenderError
from recommender.web import words
from recommender.web.first_paint import first_paint_html
from recommender.web.state import installation
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import DraftStore, new_token

EVERY_NUMBER = ["112", "999", "911", "000"]


@pytest.fixture(autouse=True)
def _no_country_is_said(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 (an empty store)
    monkeypatch.delenv("RECOMMENDER_JURISDICTION")


def numbers_on(app: AppTest) -> list[str]:
    """The numbers that can be pressed on a page."""
    return re.findall(r'href="tel:(\d+)"', " ".join(str(one.proto.body) for one in app.html))


@pytest.mark.parametrize("way", ["begin", "begin-after"])
def test_the_country_is_asked_first_with_one_press_and_then_its_number_is_shown(way: str) -> None:
    app = opened({})
    assert numbers_on(app) == EVERY_NUMBER

    app.button(key=f"{way}-start").click().run()
    assert heading(app) == words.COUNTRY_TITLE
    assert numbers_on(app) == EVERY_NUMBER
    app.button(key="country-au-country").click().run()

    assert heading(app) != words.COUNTRY_TITLE
    if way == "begin-after":
        assert numbers_on(app) == ["000"]


def test_it_is_asked_once(store: DraftStore) -> None:
    app = opened({})
    app.button(key="begin-start").click().run()
    app.button(key="country-us-country").click().run()
    token = str(app.query_params["d"])

    again = opened({"d": token})
    again.button(key="begin-after-start").click().run()

    assert numbers_on(again) == ["911"]
    assert Draft(store.load(token)).answers().jurisdiction == "us"


def test_it_can_be_changed_in_the_check_of_the_answers(store: DraftStore) -> None:
    draft = Draft()
    draft.country = "uk"
    draft.put("person.age", 42)
    token = new_token()
    store.save(token, draft.content())

    app = opened({"d": token, "step": "country", "checking": "1"})
    app.button(key="country-ca-country").click().run()

    assert heading(app) != words.COUNTRY_TITLE
    assert Draft(store.load(token)).country == "ca"


def test_an_installation_that_has_said_its_country_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")
    app = opened({})
    assert numbers_on(app) == ["999"]

    app.button(key="begin-start").click().run()

    assert heading(app) == "How old are you?"


def test_a_country_that_is_none_is_refused_with_the_nearest_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "othr")

    with pytest.raises(RecommenderError, match=r"RECOMMENDER_JURISDICTION: unknown country 'othr' – did you mean 'other'"):
        installation.own_country()


def test_the_result_goes_by_the_country_that_was_named(store: DraftStore) -> None:
    draft = Draft()
    draft.country, draft.after = "us", True
    draft.put("after_treatment.symptoms.vision_change", "yes")
    token = new_token()
    store.save(token, draft.content())

    app = opened({"d": token, "step": "result"})

    assert not app.exception
    drawn = " ".join(str(one.proto) for one in app.main)
    assert set(re.findall(r"tel:(\d+)", drawn)) == {"911"}


def test_the_opening_asks_for_the_country_where_the_form_does() -> None:
    said = first_paint_html(load_rules(), "en", asks_country=True)
    app = opened({})
    app.button(key="begin-start").click().run()

    buttons = dict(re.findall(r'data-for="(country-[^"]+)"[^>]*>([^<]+)<', said))

    assert {key: unescape(label) for key, label in buttons.items()} == {
        str(one.key): one.label for one in app.button if str(one.key).startswith("country-")
    }
    assert words.COUNTRY_TITLE in said
    assert words.AGE_LABEL not in said
