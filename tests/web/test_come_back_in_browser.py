"""Coming back in a real browser: to one's own answers and not to those of others, after the tab was closed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from form_server import Server
from form_walk import PREGNANCY, Form, is_at, scripts_held
from kept_drafts import kept_draft
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from site_runs import start_title

from recommender.documents.vocabulary import Jurisdiction
from recommender.web import words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]

AGE = "How old are you?"
NO_COOKIES = "Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {} })"
Opens = Callable[[], BrowserContext]


@pytest.fixture
def device(browser: Browser) -> Iterator[Opens]:
    """A device that was never here."""
    contexts: list[BrowserContext] = []

    def new() -> BrowserContext:
        contexts.append(browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce"))
        return contexts[-1]

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def server(server_in: Callable[[Jurisdiction], Server]) -> Server:
    return server_in("uk")


def form_on(context: BrowserContext, server: Server, query: str = "") -> Form:
    """The form in a new tab, with whatever cookies the device has by itself."""
    form = Form(context.new_page(), server.address, device=False)
    form.open(query)
    return form


def begun(form: Form) -> str:
    """Answer the age and what is asked after it; the address."""
    form.press(words.START_NOW)
    form.at(AGE)
    form.page.get_by_label("Your age in years").fill("42")
    form.go_on()
    form.at(PREGNANCY)
    form.answer_all("No")
    form.go_on()
    form.at(words.PLACES_TITLE)
    return form.page.url.removeprefix(f"{form.address}/")


def secret_of(context: BrowserContext) -> str:
    """The secret that the device was given."""
    [cookie] = [one for one in context.cookies() if one["name"].startswith("recommender_device_")]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    return cookie["value"]


def test_the_address_alone_opens_nothing_on_another_device(server: Server, device: Opens) -> None:
    own, other = device(), device()
    address = begun(form_on(own, server))

    form = form_on(other, server, address)
    is_at(form.page, start_title("uk"))
    expect(form.page.get_by_text(words.EXPIRED)).to_be_visible()
    assert form.violations() == []
    for step in ("check", "result", "age", "how"):
        form.open(re.sub(r"step=\w+", f"step={step}", address))
        expect(form.page.get_by_text(words.EXPIRED)).to_be_visible()
    assert "42" not in form.page.locator("[data-testid=stMain]").inner_text()
    assert secret_of(own) != secret_of(other)
    assert secret_of(own) not in server.said()

    again = form_on(own, server, address)  # its own tab is not disturbed, nor is a second one, nor loading it again
    again.at(words.PLACES_TITLE)
    again.page.reload()
    again.at(words.PLACES_TITLE)
    assert secret_of(own) not in again.page.content()
    assert again.page.evaluate("() => document.cookie").count("recommender_device_") == 0


def test_who_closed_the_tab_goes_on_where_they_left_off_or_begins_anew(server: Server, device: Opens) -> None:
    own = device()
    first = form_on(own, server)
    address = begun(first)
    first.page.close()

    back = form_on(own, server)
    expect(back.page.get_by_text("Last changed on")).to_be_visible()
    assert back.violations() == []
    back.press(words.START_ON)
    back.at(words.PLACES_TITLE)
    assert back.page.url.endswith(address)
    back.page.go_back()
    is_at(back.page, start_title("uk"))
    back.quiet()
    back.press(words.START_ANEW)
    back.at(AGE)
    expect(back.page.get_by_label("Your age in years")).to_have_value("")
    assert address not in back.page.url


@pytest.mark.parametrize("width", [390, 1100])
def test_the_first_paint_offers_it_without_a_jump_and_its_press_is_repeated(server: Server, device: Opens, width: int) -> None:
    own = device()
    begun(form_on(own, server))
    page = own.new_page()
    page.set_viewport_size({"width": width, "height": 844})
    with scripts_held(page):
        page.goto(f"{server.address}/")
        page.wait_for_function("() => document.fonts.check('16px \"Source Sans\"') && document.fonts.size > 0")
        before = places_of(page.locator("#opening"))
    expect(page.locator("#opening")).to_have_count(0)
    assert places_of(page.locator("[data-testid=stMain]")) == pytest.approx(before, abs=2)

    page.reload()
    page.locator("#opening").get_by_role("button", name=words.START_ON).click()
    is_at(page, words.PLACES_TITLE)


def places_of(where: Locator) -> list[float]:
    """Where the two buttons and the note stand."""
    found = [where.get_by_role("button", name=name) for name in (words.START_ON, words.START_ANEW)]
    boxes = [one.bounding_box() for one in (*found, where.get_by_text("Last changed on"))]
    return [side for box in boxes if box is not None for side in (box["x"], box["y"])]


def test_after_deleting_nothing_is_offered_any_more(server: Server, device: Opens) -> None:
    own = device()
    form = form_on(own, server)
    address = begun(form)
    form.press(words.DELETE)
    form.press(words.DELETE_SURE)
    is_at(form.page, start_title("uk"))
    form.page.wait_for_function("() => !document.cookie.includes('recommender_draft_')")

    for query in ("", address):
        again = form_on(own, server, query)
        expect(again.page.get_by_role("button", name=words.START_NOW)).to_be_visible()
        expect(again.page.get_by_role("button", name=words.START_ON)).to_have_count(0)


def test_a_browser_that_refuses_cookies_has_the_form_until_its_page_is_closed(server: Server, device: Opens) -> None:
    own = device()
    own.add_init_script(NO_COOKIES)

    def forgets(route: Route) -> None:
        own.clear_cookies()
        route.continue_()

    own.route("**/_stcore/health", forgets)  # asked for before the socket is opened
    form = form_on(own, server)
    expect(form.page.get_by_text(words.NO_COOKIES)).to_be_visible()
    address = begun(form)
    for heading in (PREGNANCY, AGE):
        form.page.get_by_role("button", name="Back", exact=True).click()
        form.at(heading)
    expect(form.page.get_by_label("Your age in years")).to_have_value("42")
    expect(form.page.get_by_text(words.NO_COOKIES)).to_be_visible()
    assert [one["name"] for one in own.cookies() if one["name"].startswith("recommender")] == []

    form.open(address)
    expect(form.page.get_by_text(words.EXPIRED)).to_be_visible()


def test_what_is_open_goes_on_after_the_server_was_started_again(own_server: Server, device: Opens) -> None:
    own = device()
    address = begun(form_on(own, own_server))
    own.pages[0].close()
    own_server.stop()
    own_server.start()

    form_on(own, own_server, address).at(words.PLACES_TITLE)


def test_a_cookie_without_the_address_opens_nothing(server: Server, page: Page) -> None:
    kept_draft(server.folder, "ordinary")

    form = Form(page, server.address)
    form.open()

    expect(page.get_by_role("button", name=words.START_NOW)).to_be_visible()
