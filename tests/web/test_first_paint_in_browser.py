"""The page that is there before Streamlit's scripts: nothing that is pressed or typed on it is lost."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from form_server import Server
from form_walk import Form, scripts_held
from kept_drafts import drafts_in
from playwright.sync_api import Page, expect
from site_runs import start_title

from recommender.documents.vocabulary import Jurisdiction
from recommender.web import words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]


@pytest.fixture
def form(page: Page, address: str) -> Form:
    return Form(page, address)


def early(form: Form) -> None:
    """Open the form where its scripts do not come yet."""
    form.page.goto(f"{form.address}/", wait_until="commit")
    form.page.get_by_role("button", name=words.START_NOW).wait_for()


@pytest.mark.parametrize("by_enter", [False, True])
def test_an_age_given_before_the_scripts_came_is_the_first_answer(
    form: Form, server_in: Callable[[Jurisdiction], Server], *, by_enter: bool
) -> None:
    page = form.page
    with scripts_held(page):
        early(form)
        page.get_by_role("button", name=words.START_NOW).click()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        page.get_by_label(words.AGE_LABEL).fill("42")
        if by_enter:
            page.keyboard.press("Enter")
        else:
            page.get_by_role("button", name=words.CONTINUE).click()
        expect(page.get_by_role("status")).to_have_text(words.WAIT)

    form.at("Are you pregnant or breastfeeding?")
    token = parse_qs(urlsplit(page.url).query)["d"][0]
    draft = drafts_in(server_in("uk").folder).load(token)
    assert draft is not None
    assert draft["values"] == {"person.age": 42}


def test_who_is_still_typing_goes_on_typing_in_the_form(form: Form) -> None:
    page = form.page
    with scripts_held(page):
        early(form)
        page.get_by_role("button", name=words.START_NOW).click()
        page.get_by_label(words.AGE_LABEL).press_sequentially("1")

    expect(page.locator("#opening")).to_have_count(0)
    expect(page.get_by_label(words.AGE_LABEL)).to_be_focused()
    page.keyboard.type("6")
    expect(page.get_by_label(words.AGE_LABEL)).to_have_value("16")
    form.go_on()
    assert form.step == "result"  # under 18 nothing else is asked


def test_an_age_left_out_is_told_as_an_error_and_back_leads_back(form: Form) -> None:
    page = form.page
    with scripts_held(page):
        early(form)
        page.get_by_role("button", name=words.START_NOW).click()
        page.get_by_role("button", name=words.BACK).click()
        expect(page.get_by_role("heading", level=1, name=start_title("uk"))).to_be_focused()
        page.get_by_role("button", name=words.START_NOW).click()
        page.get_by_role("button", name=words.CONTINUE).click()

    expect(page.get_by_role("alert")).to_contain_text(words.AGE_ERROR)


def test_the_warning_signs_are_reached_by_a_press_before_the_scripts_came(form: Form) -> None:
    with scripts_held(form.page):
        early(form)
        form.page.get_by_role("button", name=words.AFTER_NOW).click()
        expect(form.page.get_by_role("status")).to_have_text(words.WAIT)

    expect(form.page.get_by_role("heading", level=1, name=start_title("uk"))).to_have_count(0)
    form.quiet()
    assert form.step.startswith("after_treatment")


def test_who_waits_for_long_is_told_what_to_do_and_goes_on_when_the_scripts_come_after_all(form: Form) -> None:
    form.page.clock.install()
    with scripts_held(form.page):
        early(form)
        form.page.get_by_role("button", name=words.AFTER_NOW).click()
        expect(form.page.get_by_role("status")).to_have_text(words.WAIT)
        form.page.clock.fast_forward("00:25")
        expect(form.page.get_by_role("status")).to_have_text(words.WAIT_LONG)

    expect(form.page.get_by_role("heading", level=1, name=start_title("uk"))).to_have_count(0)


def test_another_language_can_be_chosen_before_the_scripts_came(form: Form) -> None:
    with scripts_held(form.page):
        early(form)
        form.page.get_by_role("button", name="Español").click()

    expect(form.page.get_by_role("button", name="English")).to_be_visible()
    expect(form.page.locator("html")).to_have_attribute("lang", "es")


def test_who_pressed_nothing_keeps_the_place_and_the_focus(form: Form) -> None:
    page = form.page
    with scripts_held(page):
        early(form)
        page.get_by_role("button", name="For the clinic's staff").focus()
        before = page.get_by_role("button", name="For the clinic's staff").bounding_box()

    expect(page.locator("#opening")).to_have_count(0)
    expect(page.get_by_role("button", name="For the clinic's staff")).to_be_focused()
    after = page.get_by_role("button", name="For the clinic's staff").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 24  # nobody presses something else because the page has changed
