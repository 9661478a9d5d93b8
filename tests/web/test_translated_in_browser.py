"""A page that the browser translates: what is seen is always what the server drew last, and nothing breaks.

The translator of these tests does to every text what those of browsers do, and leaves its words as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from form_server import Server
from form_walk import SUMMARY, Form
from playwright.sync_api import Page
from visit_samples import Filled, fill

from recommender.records.opening import open_records
from recommender.web.clinic import words
from recommender.web.clinic.pages import PAGES, menu, parts

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]

TRANSLATOR = """(() => {
  window.translated = new Map();
  const put = {
    replaces: (text, font) => text.replaceWith(font),
    'stands before': (text, font) => { text.before(font); text.remove(); },
    holds: (text, font) => { text.replaceWith(font); font.firstChild.replaceChildren(text); },
  }['MANNER'];
  const translate = () => {
    if (!document.body) return;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) found.push(walk.currentNode);
    for (const text of found) {
      if (!text.data.trim() || text.parentElement.closest('font, [translate=no], script, style, template, textarea')) continue;
      const font = document.createElement('font');
      font.append(document.createElement('font'));
      font.firstChild.textContent = text.data;
      put(text, font);
      window.translated.set(text, font);
    }
  };
  let waits = false;
  new MutationObserver(() => {
    if (!waits) setTimeout(() => { waits = false; translate(); }, 20);
    waits = true;
  }).observe(document, { childList: true, subtree: true, characterData: true });
})()"""
STALE = """() => [...window.translated]
  .filter(([text, font]) => font.isConnected && !font.contains(text) && font.textContent !== text.data)
  .map(([text, font]) => `${font.textContent} instead of ${text.data}`)"""
#: the elements that hold a name and that a translator would take
NAMES_TAKEN = """(name) => [...window.translated.keys()]
  .filter((text) => text.data.includes(name) && window.translated.get(text).isConnected)
  .map((text) => text.data)"""
SEEN = "() => document.querySelector('[data-testid=stMain]').innerText.replace(/[\\s]+/g, ' ')"


class Translated(Form):
    """The form in a page that is translated."""

    def __init__(self, page: Page, address: str, how: str) -> None:
        super().__init__(page, address)
        page.add_init_script(TRANSLATOR.replace("MANNER", how))

    def quiet(self) -> None:
        super().quiet()
        self.page.wait_for_timeout(60)  # the translator has seen it
        assert self.page.evaluate(STALE) == []
        assert self.page.evaluate("() => window.translated.size") > 10

    def is_as_drawn(self) -> None:
        """What is seen is what another page of the same address shows."""
        plain = Form(self.page.context.new_page(), self.address)
        plain.page.goto(self.page.url)
        plain.quiet()
        assert self.page.evaluate(SEEN) == plain.page.evaluate(SEEN)
        plain.page.close()


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Filled]]:
    """A clinic with made-up visits."""
    folder = tmp_path_factory.mktemp("clinic")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECOMMENDER_DATA", str(folder))
        for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
            patch.delenv(name, raising=False)
        filled = fill(open_records())
        server = Server(folder)
        server.start()
        yield server, filled
        server.stop()
        assert "Uncaught app execution" not in server.said(), server.said()


@pytest.mark.parametrize("how", ["stands before", "holds"])
def test_the_next_page_is_read_in_translation_however_the_browser_puts_it_there(page: Page, address: str, how: str) -> None:
    form = Translated(page, address, how)
    form.to_places()

    form.is_as_drawn()


def test_the_form_is_read_in_translation_from_the_first_page_to_the_last(page: Page, address: str) -> None:
    form = Translated(page, address, "replaces")
    form.frown_lines_and_fuller_lips()
    form.is_as_drawn()
    form.press("See my result")
    form.at(SUMMARY)

    form.is_as_drawn()


def test_each_page_of_the_clinic_in_translation_is_headed_with_its_own_patient(
    page: Page, clinic: tuple[Server, Filled]
) -> None:
    server, filled = clinic
    server.sign_in(page, "nurse")
    form = Translated(page, server.address, "replaces")
    for name in ("Deciding Made-Up", "Twice Made-Up"):
        form.open("?step=records") if name.startswith("Deciding") else form.press(PAGES["records"].menu)
        page.get_by_label(words.FIND_NAME).fill(name.split()[0])
        page.keyboard.press("Enter")
        form.quiet()
        assert page.evaluate(NAMES_TAKEN, "Made-Up") == []
        page.locator("[class*='st-key-patient-'] button").first.click()
        form.at(name)
        form.is_as_drawn()
        assert page.evaluate(NAMES_TAKEN, name) == []
    for place in menu():
        if place in PAGES and page.locator(f".st-key-menu-{place} button").count():
            page.locator(f".st-key-menu-{place} button").click()
            form.quiet()
            form.is_as_drawn()
    form.open(f"?step=record&record={filled.waits_for_a_decision.id}")
    for part in parts():
        page.locator(f".st-key-part-{part} button").click()
        form.quiet()
        form.is_as_drawn()
