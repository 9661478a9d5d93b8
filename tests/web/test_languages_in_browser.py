"""Other languages in a real browser: what the page says of itself, and that longer words are neither cut off nor too wide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from form_server import Server
from form_walk import Form
from playwright.sync_api import Browser, Page, expect
from site_runs import start_title

from recommender.languages import PSEUDO
from recommender.web.state import languages

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]
WIDTH = 390
#: what is wider than the screen, and what has words that are cut off at its edge
CUT = """() => {
  const cut = [];
  if (document.documentElement.scrollWidth > innerWidth) cut.push(`page ${document.documentElement.scrollWidth}`);
  for (const element of document.querySelectorAll('.stApp *')) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const hasText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!hasText || box.width < 3 || !box.height || style.visibility === 'hidden' || element.closest('svg')) continue;
    const name = `${element.tagName} ${element.textContent.trim().slice(0, 40)}`;
    if (box.right > innerWidth + 1 && !element.closest('[style*="overflow"]')) cut.push(`wide: ${name}`);
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const edge = getComputedStyle(at);
      if (edge.overflowX === 'auto' || edge.overflowX === 'scroll') break;
      const hides = edge.overflowX === 'hidden' || edge.overflowX === 'clip' || edge.textOverflow === 'ellipsis';
      if (hides && at.scrollWidth > at.clientWidth + 1 && at.clientWidth > 2) { cut.push(`cut off: ${name}`); break; }
    }
  }
  return cut;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that offers the language for tests as well."""
    server = Server(tmp_path_factory.mktemp("languages"), **{languages.SETTING: f"en,es,{PSEUDO}"})
    server.start()
    yield server.address
    server.stop()


def press(page: Page, form: Form, key: str) -> None:
    page.locator(f"[class*='st-key-{key}'] button").first.click()
    form.quiet()


def test_nothing_is_cut_off_or_too_wide_in_longer_words_on_a_phone(page: Page, address: str, tmp_path: Path) -> None:
    form, cut = Form(page, address), {}

    def look() -> None:
        found = page.evaluate(CUT)
        page.screenshot(path=tmp_path / f"{len(cut)}-{form.step or 'start'}.png", full_page=True)
        cut[form.step or "start"] = found

    form.open(f"?lang={PSEUDO}")
    look()
    press(page, form, "begin-start")
    look()
    press(page, form, "continue-age")
    look()  # with its error
    page.locator("input").first.fill("44")
    press(page, form, "continue-age")
    look()
    page.locator("[class*=st-key-none-] label").click()
    form.quiet()
    press(page, form, "continue-pregnancy")
    for area in ("glabella", "under_eye", "masseter"):
        page.locator(f"[data-area='{area}']").first.press(" ")
        form.quiet()
    look()
    press(page, form, "continue-places")
    for _ in range(40):
        look()
        if form.step == "check":
            break
        if form.step.endswith(("1", "2", "3")):
            page.locator(".stCheckbox label").first.click()
            form.quiet()
            look()
        for group in page.get_by_role("radiogroup").all():
            group.locator("label").last.click()
        for denied in page.locator("[class*=st-key-none-] label").all():
            denied.click()
        form.quiet()
        press(page, form, "continue-")
    press(page, form, "continue-check")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    look()
    form.open(f"?lang={PSEUDO}&step=how")
    look()

    assert "check" in cut
    assert "result" in cut
    assert {step: found for step, found in cut.items() if found} == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_stands_on_top_of_a_page_takes_a_twelfth_of_a_small_screen(page: Page, address: str, language: str) -> None:
    form = Form(page, address)
    form.open(f"?lang={language}")
    press(page, form, "begin-start")
    head, heading = page.locator(".st-key-head"), page.get_by_role("heading", level=1)

    page.set_viewport_size({"width": WIDTH, "height": 844})
    assert head.evaluate("one => one.getBoundingClientRect().bottom") <= 844 / 12
    page.set_viewport_size({"width": 320, "height": 256})  # what 1280 by 1024 is at 400 %
    expect(heading).to_be_in_viewport(ratio=1)
    assert head.evaluate("one => one.getBoundingClientRect().bottom") <= 256 / 4


def test_the_page_speaks_as_the_browser_asks_turns_by_keyboard_and_says_its_language(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="es-MX", viewport={"width": WIDTH, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    form = Form(page, address)

    form.open()
    expect(page.get_by_role("heading", level=1, name=start_title("uk", "es"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    english = page.get_by_role("button", name="English", exact=True)
    expect(english).to_have_attribute("lang", "en")
    box = english.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 44
    english.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1, name=start_title("uk"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.reload()
    expect(page.get_by_role("heading", level=1, name=start_title("uk"))).to_be_visible()
    assert form.violations() == []
    page.goto(f"{address}/staff/sign-in")
    assert page.locator("html").get_attribute("lang") == "es"
    context.close()
