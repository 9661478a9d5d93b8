"""Files where the browser is one inside another app, which drops them without a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from form_server import Server
from form_walk import Form
from kept_drafts import drafts_in
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from recommender.documents.vocabulary import Jurisdiction
from recommender.languages import clinic_time, day_in_words
from recommender.web import words
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import new_token

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]

MOBILE = "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
APPS = {
    "Instagram": f"Mozilla/5.0 (Linux; Android 13; SM-G991B) {MOBILE} Instagram 300.0.0.0 Android",
    "Facebook": f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]",
    "Line": f"{IPHONE} Mobile/15E148 Safari/604.1 Line/13.20.0",
    "WeChat": f"Mozilla/5.0 (Linux; Android 13; SM-G991B) {MOBILE} MicroMessenger/8.0.40",
    "Android WebView": f"Mozilla/5.0 (Linux; Android 13; SM-G991B; wv) {MOBILE}",
    "iOS WebView": f"{IPHONE} Mobile/15E148",
}
BROWSERS = {
    "Chrome": f"Mozilla/5.0 (Linux; Android 13; SM-G991B) {MOBILE.replace('Version/4.0 ', '')}",
    "Safari": f"{IPHONE} Version/17.0 Mobile/15E148 Safari/604.1",
}
SHARES = """(() => {
  window.shared = [];
  navigator.canShare = () => true;
  navigator.share = async ({ files }) => {
    if (window.refuses) throw new DOMException('too long ago', 'NotAllowedError');
    window.shared.push(...files.map((file) => `${file.name} ${file.type} ${file.size > 1000}`));
  };
})()"""
SHARE = re.compile(f"^{words.INSIDE_APP['share']} ")
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, server_in: Callable[[Jurisdiction], Server]) -> Iterator[Open]:
    """The result of made-up answers in a browser that says this of itself, and in which no download comes about."""
    server, contexts = server_in("uk"), []
    token = new_token()
    answers = {"person.age": 42, "places": []}
    drafts_in(server.folder).save(token, Draft({"values": answers}).content())

    def open_(agent: str, *, shares: bool = True) -> Page:
        context = browser.new_context(
            user_agent=agent, viewport={"width": 390, "height": 844}, reduced_motion="reduce", accept_downloads=False
        )
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(SHARES if shares else "navigator.canShare = undefined")
        form = Form(page, server.address)
        form.open(f"?d={token}&step=result")
        expect(page.get_by_role("button", name="Download PDF")).to_be_visible()
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("agent", [*APPS.values(), *BROWSERS.values()], ids=[*APPS, *BROWSERS])
def test_that_files_are_shared_is_said_inside_an_app_and_nowhere_else(opened: Open, agent: str) -> None:
    page = opened(agent)

    lead = page.get_by_text(words.INSIDE_APP["lead"])
    assert lead.is_visible() == (agent in APPS.values())


def test_a_file_is_shared_inside_an_app_that_can_and_a_press_that_was_too_long_ago_is_asked_for_again(opened: Open) -> None:
    page = opened(APPS["iOS WebView"])
    page.get_by_text(words.INSIDE_APP["others"], exact=True).click()
    page.get_by_role("button", name="Download JSON").click()
    page.wait_for_function("() => window.shared.length")
    page.evaluate("() => { window.refuses = true; }")
    page.get_by_role("button", name="Download HTML").click()
    again = page.get_by_role("button", name=words.INSIDE_APP["again"])
    expect(again).to_be_focused()
    page.evaluate("() => { window.refuses = false; }")
    again.click()
    page.wait_for_function("() => window.shared.length === 2")

    assert page.evaluate("() => window.shared") == [
        "consultation-summary.json application/json true",
        "consultation-summary.html text/html true",
    ]


def test_a_press_that_may_have_saved_nothing_says_so(opened: Open) -> None:
    page = opened(APPS["Instagram"])
    page.evaluate("() => { navigator.canShare = () => false; }")
    page.get_by_role("button", name="Download PDF").click()

    expect(page.get_by_text(words.INSIDE_APP["tried"])).to_be_visible()


def test_the_pdf_goes_to_the_telephones_own_sheet_where_there_is_one(opened: Open) -> None:
    page = opened(BROWSERS["Safari"])
    page.get_by_role("button", name=SHARE).click()
    page.wait_for_function("() => window.shared.length")

    assert page.evaluate("() => window.shared") == ["consultation-summary.pdf application/pdf true"]


def test_no_share_button_stands_where_files_cannot_be_shared(opened: Open) -> None:
    page = opened(BROWSERS["Chrome"], shares=False)

    expect(page.get_by_role("button", name=SHARE)).to_have_count(0)


def test_what_few_people_want_is_behind_one_fold(opened: Open) -> None:
    page = opened(BROWSERS["Chrome"])
    seldom = [page.get_by_role("button", name=f"Download {name}") for name in ("HTML", "Markdown", "JSON")]

    for one in seldom:
        expect(one).to_be_hidden()
    page.get_by_text(words.INSIDE_APP["others"], exact=True).click()
    for one in seldom:
        expect(one).to_be_visible()
    assert Form(page, page.url).violations() == []


def test_the_pdf_that_is_saved_says_the_day(page: Page, address: str, tmp_path: Path) -> None:
    form = Form(page, address)
    form.result_of_an_age()
    file = form.save("Download PDF", tmp_path)

    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert day_in_words(clinic_time.today()) in text
