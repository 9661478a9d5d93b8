"""The form in a real browser: by pointer, by keyboard alone, back and forth, and for a reader of the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from form_server import Server
from form_walk import MOVEMENT, REST, SUMMARY, Form
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from recommender import load_rules
from recommender.web import words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
TOXIN, FILLER = (facts.name for facts in load_rules().voice("patient", "uk").reference.treatments)


@pytest.fixture
def form(page: Page, address: str) -> Form:
    return Form(page, address)


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def test_by_keyboard_alone(form: Form, tmp_path: Path) -> None:
    """No pointer at all: Tab, Space, arrows and Enter, from the start to the file."""
    keys = Keys(form)
    form.open()
    keys.to_button("Start now")
    form.at("How old are you?")
    keys.to("input", "Your age in years")
    form.page.keyboard.type("42")
    keys.to_button("Continue")
    form.at("Where on your face is it about?")
    keys.to("g", "Between the eyebrows")
    form.page.keyboard.press("Space")
    keys.to("g", "Lips")
    form.page.keyboard.press("Enter")
    expect(form.page.get_by_text("Chosen: Between the eyebrows, Lips")).to_be_visible()
    keys.to_button("Continue")
    form.at("Between the eyebrows: what do you notice?")
    keys.to("input", "Lines, wrinkles or creases")
    form.page.keyboard.press("Space")
    keys.to_button("Continue")
    form.at("Between the eyebrows: look a little closer")
    keys.answer(MOVEMENT, "Yes")
    keys.answer(REST, "No")
    assert form.chosen() == {MOVEMENT: "Yes", REST: "No"}
    keys.to_button("Continue")
    form.at("Lips: what do you notice?")
    keys.to("input", "I would like it fuller or more defined")
    form.page.keyboard.press("Space")
    keys.to_button("Continue")
    for _ in range(20):
        form.quiet()
        if form.step == "check":
            break
        for question in [g.get_attribute("aria-label") or "" for g in form.page.get_by_role("radiogroup").all()]:
            keys.answer(question, "No")
        before = form.page.url
        keys.to_button("Continue")
        form.page.wait_for_function("before => location.href !== before", arg=before)
    form.at("Check your answers")
    keys.to_button("See my result")
    form.at(SUMMARY)
    with form.page.expect_download() as waiting:
        keys.to_button("Download PDF to print or send")
    pdf = tmp_path / "by-keyboard.pdf"
    waiting.value.save_as(pdf)

    assert "Between the eyebrows" in text_of(pdf)
    assert TOXIN in text_of(pdf)
    assert FILLER in text_of(pdf)


class Keys:
    """A keyboard and what it has its focus on, looking into the components as well."""

    FOCUSED = """() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      const group = at?.closest('[role=radiogroup]')?.getAttribute('aria-label') ?? '';
      const option = at?.labels?.[0]?.innerText?.trim() ?? '';
      const label = at?.getAttribute('aria-label') ?? (option || at?.innerText || '');
      return [at?.tagName.toLowerCase() ?? '', label.replace(/\\s+/g, ' ').trim(), group, option];
    }"""

    def __init__(self, form: Form) -> None:
        self._form = form

    def to(self, tag: str, name: str) -> None:
        """Press Tab until something with this name has the focus."""
        for _ in range(120):
            self._form.page.keyboard.press("Tab")
            found = self._form.page.evaluate(self.FOCUSED)
            if found[0] == tag and found[1].startswith(name):
                return
        raise AssertionError(f"Tab never came to {name!r}")

    def to_button(self, name: str) -> None:
        self.to("button", name)
        self._form.page.keyboard.press("Enter")
        self._form.quiet()

    def answer(self, question: str, answer: str) -> None:
        """Tab to the question's answers, then choose with Space and the arrows."""
        for _ in range(120):
            self._form.page.keyboard.press("Tab")
            if self._form.page.evaluate(self.FOCUSED)[2] == question:
                break
        self._form.page.keyboard.press("Space")
        for _ in range(4):
            if self._form.page.evaluate(self.FOCUSED)[3] == answer:
                self._form.quiet()
                return
            self._form.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows never came to {answer!r}")


def test_a_phone_shows_the_way_in_and_the_way_for_the_worried_without_scrolling(form: Form) -> None:
    form.open()

    for shown in (words.START_TITLE, words.START_LEAD, words.AFTER_TITLE):
        expect(form.page.get_by_text(shown)).to_be_in_viewport(ratio=1)
    for pressed in (words.START_NOW, words.AFTER_NOW):
        expect(form.page.get_by_role("button", name=pressed, exact=True)).to_be_in_viewport(ratio=1)


def test_loading_again_loses_nothing_of_a_page_half_done(form: Form, browser: Browser) -> None:
    form.start(42)
    form.at("Where on your face is it about?")
    form.point_at("Forehead")
    form.page.wait_for_timeout(400)
    form.page.reload()
    form.at("Where on your face is it about?")

    expect(form.page.get_by_text("Chosen: Forehead")).to_be_visible()
    form.go_on()
    form.page.get_by_text("Lines, wrinkles or creases").click()
    form.quiet()
    elsewhere = browser.new_context().new_page()
    elsewhere.goto(form.page.url)
    expect(elsewhere.get_by_role("checkbox", name="Lines, wrinkles or creases")).to_be_checked(timeout=15_000)
    elsewhere.context.close()


def test_a_server_that_is_started_again_loses_nothing(browser: Browser, own_server: Server) -> None:
    form = Form(browser.new_page(), own_server.address)
    form.start(42)
    form.at("Where on your face is it about?")
    form.point_at("Lips")
    form.page.wait_for_timeout(400)

    own_server.stop()
    own_server.start()
    form.page.locator(".stApp[data-test-connection-state=CONNECTED]").wait_for(timeout=60_000)
    form.press("Continue")

    form.at("Lips: what do you notice?")
    form.press("Back")
    expect(form.page.get_by_text("Chosen: Lips")).to_be_visible()
    form.page.close()


def test_answers_given_in_haste_are_all_kept(form: Form) -> None:
    form.open()
    form.press("Check the warning signs")
    form.at("Do you have any of these signs now?")

    asked = form.answer_all("No")
    form.page.get_by_role("button", name="Continue", exact=True).click()
    form.at("Which injection did you have, and when?")
    form.press("Back")
    form.at("Do you have any of these signs now?")

    assert asked > 5
    expect(form.page.get_by_role("radio", checked=True)).to_have_count(asked)
    assert set(form.chosen().values()) == {"No"}


def test_the_list_and_the_drawing_say_the_same(form: Form) -> None:
    form.start(42)
    form.at("Where on your face is it about?")

    form.page.get_by_text("Choose from a list").click()
    form.page.get_by_role("checkbox", name=re.compile("^Temples")).last.check()
    expect(form.place("Temples")).to_have_attribute("aria-checked", "true")
    form.point_at("Temples")

    expect(form.page.get_by_role("checkbox", name=re.compile("^Temples")).last).not_to_be_checked()


def test_the_address_and_the_title_tell_no_answer(form: Form) -> None:
    form.frown_lines_and_fuller_lips()

    entries = form.page.evaluate("() => performance.getEntriesByType('resource').map(entry => entry.name)")
    assert re.fullmatch(r"\?d=[\w-]{22}&step=check", "?" + form.page.url.partition("?")[2])
    assert not [name for name in entries if "glabella" in name or "lips" in name]
    assert "Lips" not in form.page.title()


def test_deleted_answers_are_gone(form: Form) -> None:
    form.start(42)
    form.at("Where on your face is it about?")
    draft = form.page.url

    form.press("Delete my answers")
    form.press("Yes, delete them now")
    form.at(words.START_TITLE)
    expect(form.page.get_by_text("Your answers have been deleted.")).to_be_visible()
    form.page.goto(draft)

    form.at(words.START_TITLE)
    expect(form.page.get_by_text("There are no answers at this address any more.")).to_be_visible()


def test_focus_goes_to_the_heading_and_an_error_to_its_summary(form: Form) -> None:
    form.open()
    form.press("Start now")
    form.at("How old are you?")
    expect(form.page.get_by_role("heading", level=1)).to_be_focused()

    form.press("Continue")
    expect(form.page.get_by_role("alert")).to_be_focused()
    field = form.page.get_by_label("Your age in years")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Error: Enter your age"))
    expect(form.page).to_have_title(re.compile("^Error: How old are you"))
    form.page.get_by_role("link", name=re.compile("Enter your age")).click()

    expect(field).to_be_focused()


OVERFLOWING = """all => all.flatMap(svg => [...svg.querySelectorAll('rect')].flatMap(rect => {
  const box = rect.getBoundingClientRect(), words = [];
  for (let next = rect.nextElementSibling; next && next.tagName === 'text'; next = next.nextElementSibling) words.push(next);
  return words.filter(text => { const at = text.getBoundingClientRect();
    return at.right > box.right || at.bottom > box.bottom || at.left < box.left; }).map(text => text.textContent);
}))"""


def test_why_opens_the_way_from_the_answers_at_each_conclusion(form: Form) -> None:
    form.page.set_viewport_size({"width": 390, "height": 844})
    form.frown_lines_and_fuller_lips()
    form.press("See my result")
    form.at(SUMMARY)
    option, place = form.page.locator("#option-glabella-muscle"), form.page.locator("#place-glabella")

    option.get_by_text("Why? Step by step").click()
    place.get_by_text("Why not the other one?").click()

    drawing = option.get_by_role("img", name=re.compile("^How this follows: "))
    expect(drawing).to_be_visible()
    expect(option.get_by_text(f"From: Between the eyebrows – Lines, wrinkles or creases; {MOVEMENT} Yes")).to_be_visible()
    expect(place.get_by_text("The answer was: No")).to_be_visible()
    form.page.locator(".result details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert form.page.locator(".drawing.chain svg").count() == 2
    assert form.page.locator(".drawing.chain svg").evaluate_all(OVERFLOWING) == []
    assert form.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert form.violations() == []
    form.page.emulate_media(color_scheme="dark")
    assert form.violations() == []


def test_every_place_of_the_drawing_can_be_hit_with_a_finger_on_a_phone(form: Form) -> None:
    form.start(42)
    form.at("Where on your face is it about?")

    names = [shape.get_attribute("aria-label") or "" for shape in form.page.locator("g[data-area]").all()]
    ticked = form.page.locator("g[data-area] .ticks").locator("visible=true")
    expect(ticked).to_have_count(0)
    for name in names:
        form.point_at(name)

    expect(form.page.locator("g[data-area][aria-checked=true]")).to_have_count(24)
    expect(ticked).to_have_count(24)
    form.page.reload()
    form.at("Where on your face is it about?")
    expect(form.page.locator("g[data-area][aria-checked=true]")).to_have_count(24)
