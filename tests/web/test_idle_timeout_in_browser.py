"""Leaving the form in a real browser: finished, left alone, asleep, in two tabs; what is to stay stays, the rest is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from form_server import Server
from form_walk import Form, is_at
from playwright.sync_api import Page, WebSocketRoute, expect
from site_runs import start_title

from recommender.web import words
from recommender.web.patient import idle_timeout
from recommender.web.patient import leaving_words as said
from recommender.web.state.installation import SHARED_VARIABLE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
SUMMARY = "Summary for your consultation"
PREGNANT, FEEDING = "Pregnant", "Breastfeeding, or giving milk that is pumped"
TRYING = "Trying to become pregnant"
NAME = "Made-up name"


@pytest.fixture
def form(page: Page, address: str) -> Form:
    return Form(page, address)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Server]:
    """The application for a device that others use after, which waits for ten minutes."""
    server = Server(tmp_path, **{SHARED_VARIABLE: "1", idle_timeout.IDLE_VARIABLE: "10"})
    server.start()
    yield server
    server.stop()


def drafts_of(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "drafts.sqlite")) as database:
        return int(database.execute("SELECT count(*) FROM draft").fetchone()[0])


def watched(page: Page) -> None:
    """What watches the page is there a moment after its heading."""
    page.wait_for_timeout(1_000)


def test_after_the_finish_nobody_finds_anything_by_going_back_reloading_or_in_another_tab(shared: Server, page: Page) -> None:
    form = Form(page, shared.address)
    form.result_of_an_age()
    page.get_by_text(words.TAKE_COVER).click()
    name = page.get_by_label(words.TAKE_NAME, exact=True)
    name.fill(NAME)
    name.blur()
    form.quiet()
    expect(name).to_have_attribute("autocomplete", "off")
    draft = page.url
    beside = page.context.new_page()
    beside.goto(draft)
    is_at(beside, SUMMARY)
    watched(beside)

    page.evaluate("() => { sessionStorage.setItem('left', 'x'); localStorage.setItem('left', 'x'); }")
    form.press(words.DELETE)
    form.press(words.DELETE_SURE)
    for tab in (page, beside):
        tab.wait_for_url(f"**/?step={idle_timeout.FINISHED}")
        is_at(tab, start_title("uk"))
        expect(tab.get_by_text(said.FINISHED)).to_be_visible()

    assert drafts_of(shared.folder) == 0
    assert page.evaluate("() => [sessionStorage.getItem('left'), localStorage.getItem('left')]") == [None, None]
    for _ in range(3):
        page.go_back()
        is_at(page, start_title("uk"))
        assert NAME not in page.content()
    page.goto(draft)
    page.reload()
    is_at(page, start_title("uk"))
    expect(page.get_by_text(words.EXPIRED)).to_be_visible()


def test_a_shared_device_that_nobody_touches_asks_and_then_deletes(shared: Server, page: Page) -> None:
    page.clock.install()
    form = Form(page, shared.address)
    form.to_places()
    watched(page)
    draft = page.url

    page.clock.fast_forward("08:10")
    asked = page.get_by_role("alertdialog", name=said.STILL_THERE)
    expect(asked).to_contain_text("2 minutes")
    expect(asked.get_by_role("button", name=said.STAY)).to_be_focused()
    assert form.violations() == []
    page.keyboard.press("Enter")
    expect(asked).to_have_count(0)
    page.clock.fast_forward("09:00")
    expect(asked).to_be_visible()
    page.clock.fast_forward("01:10")
    page.wait_for_url(f"**/?step={idle_timeout.LEFT}")
    is_at(page, start_title("uk"))

    expect(page.get_by_text(said.LEFT_SHARED.format(minutes=10))).to_be_visible()
    assert drafts_of(shared.folder) == 0
    page.go_back()
    is_at(page, start_title("uk"))
    page.goto(draft)
    expect(page.get_by_text(words.EXPIRED)).to_be_visible()


def test_a_page_at_home_that_nobody_touches_goes_to_the_start_and_back_leads_to_the_answers(form: Form) -> None:
    form.page.clock.install()
    form.to_places()
    form.point_at("Lips")
    watched(form.page)

    form.page.clock.fast_forward("29:00")
    form.page.get_by_role("button", name=said.STAY).click()
    form.page.clock.fast_forward("29:00")
    expect(form.page.get_by_role("button", name=said.STAY)).to_be_visible()
    form.page.clock.fast_forward("02:00")
    form.at(start_title("uk"))
    expect(form.page.get_by_text(said.LEFT.format(minutes=30))).to_be_visible()
    form.page.go_back()

    form.at(words.PLACES_TITLE)
    expect(form.page.get_by_text("Chosen: Lips")).to_be_visible()


def test_a_phone_that_slept_for_hours_asks_before_it_leaves_and_has_lost_nothing(form: Form) -> None:
    form.page.clock.install()
    form.open()
    form.press(words.START_NOW)
    form.at("How old are you?")
    form.page.get_by_label(words.AGE_LABEL).press_sequentially("42")
    watched(form.page)

    form.page.clock.fast_forward("03:00:00")
    form.page.get_by_role("button", name=said.STAY).click()

    expect(form.page.get_by_label(words.AGE_LABEL)).to_have_value("42")
    form.press("Continue")
    form.at("Are you pregnant or breastfeeding?")


def test_two_tabs_with_the_same_address_keep_the_answers_of_both(form: Form) -> None:
    form.start(42)
    form.at("Are you pregnant or breastfeeding?")
    other = Form(form.page.context.new_page(), form.address)
    other.page.goto(form.page.url)
    other.at("Are you pregnant or breastfeeding?")

    form.page.locator("[class*=st-key-tick-history-pregnant] label").click()
    form.quiet()
    other.page.locator("[class*=st-key-tick-history-breastfeeding] label").click()
    other.quiet()
    form.page.locator("[class*=st-key-tick-history-trying] label").click()
    form.quiet()

    for tab in (form, other):
        tab.page.reload()
        tab.at("Are you pregnant or breastfeeding?")
        for thing in (PREGNANT, FEEDING, TRYING):
            expect(tab.page.get_by_role("checkbox", name=thing, exact=True)).to_be_checked()


def test_what_is_half_typed_stays_while_the_socket_is_closed_and_counts_when_it_opens_again(form: Form) -> None:
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    form.page.route_web_socket("**/_stcore/stream", through)
    form.open()
    form.press(words.START_NOW)
    form.at("How old are you?")
    form.page.get_by_label(words.AGE_LABEL).press_sequentially("42")

    sockets[0].close()
    form.page.wait_for_function("() => document.querySelector('.stApp').dataset.testConnectionState !== 'CONNECTED'")
    form.page.locator(".stApp[data-test-connection-state=CONNECTED]").wait_for(timeout=60_000)
    form.quiet()

    expect(form.page.get_by_label(words.AGE_LABEL)).to_have_value("42")
    form.press("Continue")
    form.at("Are you pregnant or breastfeeding?")


def test_the_whole_result_is_printed_folded_parts_too_and_nothing_to_press(form: Form) -> None:
    form.result_of_an_age()
    form.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    form.page.get_by_role("button", name=words.PRINT).click()
    assert form.page.evaluate("() => window.printed")

    form.page.emulate_media(media="print", color_scheme="dark")
    form.page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")

    expect(form.page.locator(".result details:not([open])")).to_have_count(0)
    expect(form.page.locator("[data-testid=stMain] button:visible")).to_have_count(0)
    assert form.page.evaluate("() => getComputedStyle(document.querySelector('[data-testid=stMain]')).overflowY") == "visible"
    form.page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    expect(form.page.locator(".result details[open]")).to_have_count(0)
