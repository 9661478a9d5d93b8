"""The form in a real browser: by pointer, back and forth, and for a reader of the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from form_server import Server
from form_walk import MOVEMENT, SUMMARY, Form
from playwright.sync_api import Browser, Page, expect
from site_runs import start_title

from recommender.documents.vocabulary import Jurisdiction
from recommender.export.drawings.tones import NAMES, PAPER, palette
from recommender.web import words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]


@pytest.fixture
def form(page: Page, address: str) -> Form:
    return Form(page, address)


def test_a_phone_shows_the_way_in_and_the_way_for_the_worried_without_scrolling(form: Form) -> None:
    form.open()

    for shown in (start_title("uk"), words.START_LEAD, words.AFTER_TITLE):
        expect(form.page.get_by_text(shown)).to_be_in_viewport(ratio=1)
    for pressed in (words.START_NOW, words.AFTER_NOW):
        expect(form.page.get_by_role("button", name=pressed, exact=True)).to_be_in_viewport(ratio=1)


def test_loading_again_loses_nothing_of_a_page_half_done(form: Form) -> None:
    form.to_places()
    form.point_at("Forehead")
    form.page.wait_for_timeout(400)
    form.page.reload()
    form.at("Where on your face is it about?")

    expect(form.page.get_by_text("Chosen: Forehead")).to_be_visible()
    form.go_on()
    form.page.get_by_text("Lines, wrinkles or creases").click()
    form.quiet()
    beside = form.page.context.new_page()
    beside.goto(form.page.url)
    expect(beside.get_by_role("checkbox", name="Lines, wrinkles or creases")).to_be_checked(timeout=15_000)


def test_a_server_that_is_started_again_loses_nothing(browser: Browser, own_server: Server) -> None:
    form = Form(browser.new_page(), own_server.address)
    form.to_places()
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
    form.to_places()

    form.page.get_by_text("Choose from a list").click()
    form.page.get_by_role("checkbox", name=re.compile("^Temples")).last.check()
    expect(form.place("Temples")).to_have_attribute("aria-checked", "true")
    form.point_at("Temples")

    expect(form.page.get_by_role("checkbox", name=re.compile("^Temples")).last).not_to_be_checked()


def test_a_touch_screen_is_told_to_tap_and_each_picture_beside_the_face_has_its_name(browser: Browser, address: str) -> None:
    for touch, said in ((True, words.PLACES_HINT_TOUCH), (False, words.PLACES_HINT)):
        context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=touch, is_mobile=touch)
        form = Form(context.new_page(), address)
        form.to_places()
        for hint in (words.PLACES_HINT, words.PLACES_HINT_TOUCH):
            expect(form.page.get_by_text(hint)).to_be_visible(visible=hint == said)
        form.page.locator("[data-inset=hands]").click()
        expect(form.place("Hands")).to_have_attribute("aria-checked", "true")
        context.close()


def test_a_ticked_box_looks_ticked_with_colours_of_ones_own(form: Form) -> None:
    form.page.emulate_media(forced_colors="active")
    form.to_places()
    form.page.get_by_text("Choose from a list").click()
    listed = form.page.get_by_role("checkbox", name=re.compile("^Lips")).last
    before = listed.screenshot()
    listed.check()
    form.page.mouse.move(0, 0)
    assert listed.screenshot() != before
    form.go_on()
    form.at("Lips: what do you notice?")

    box = form.page.locator(".stCheckbox label > div:first-of-type").first
    before = box.screenshot()
    form.page.locator(".stCheckbox label").first.click()
    form.page.mouse.move(0, 0)
    form.quiet()
    assert box.screenshot() != before


IN_ITS_MIDDLE = """all => all.map(box => {
  const words = document.createRange();
  words.selectNodeContents(box.querySelector('p'));
  const [outer, inner] = [box, words].map(one => one.getBoundingClientRect());
  return Math.abs(inner.top + inner.bottom - outer.top - outer.bottom) / 2;
})"""


def test_the_words_of_an_answer_stand_in_the_middle_of_its_box(form: Form, server_in: Callable[[Jurisdiction], Server]) -> None:
    for step in ("pregnancy_and_feeding", "place-1"):
        form.resume(server_in("uk").folder, "both", step)
        boxes = form.page.locator("[data-testid=stRadioOption], .stCheckbox label")

        assert boxes.count() > 1
        assert max(boxes.evaluate_all(IN_ITS_MIDDLE)) <= 1.5  # pixels


def test_a_skin_tone_is_chosen_once_and_every_drawing_has_it(
    form: Form, server_in: Callable[[Jurisdiction], Server], tmp_path: Path
) -> None:
    skin, tones = palette("5")["skin"], form.page.get_by_role("radio", name=NAMES["5"], exact=True)
    form.resume(server_in("uk").folder, "both", "places")
    expect(form.page.get_by_role("radio", name=NAMES[PAPER])).to_be_checked()  # nobody's, until somebody chooses
    tones.check()
    form.quiet()
    form.page.reload()

    expect(tones).to_be_checked()
    expect(form.page.locator(".picker .face path").first).to_have_css("fill", "rgb(128, 79, 53)")
    draft = form.page.url.partition("&step")[0]
    for step in ("place-1", "result"):
        form.page.goto(f"{draft}&step={step}")
        form.quiet()
        drawn = form.page.locator("figure svg, .map .drawing svg")
        expect(drawn.first).to_be_attached()
        assert all(skin in one for one in drawn.evaluate_all("all => all.map(one => one.outerHTML)"))
    assert skin in form.save("Download HTML", tmp_path).read_text()
    assert "tone" not in form.save("Download JSON", tmp_path).read_text()


def test_the_address_and_the_title_tell_no_answer(form: Form) -> None:
    form.frown_lines_and_fuller_lips()

    entries = form.page.evaluate("() => performance.getEntriesByType('resource').map(entry => entry.name)")
    assert re.fullmatch(r"\?d=[\w-]{22}&step=check", "?" + form.page.url.partition("?")[2])
    assert not [name for name in entries if "glabella" in name or "lips" in name]
    assert "Lips" not in form.page.title()


def test_deleted_answers_are_gone(form: Form) -> None:
    form.to_places()
    draft = form.page.url

    form.press("Delete my answers")
    form.press("Yes, delete them now")
    form.at(start_title("uk"))
    expect(form.page.get_by_text("Your answers have been deleted.")).to_be_visible()
    form.page.goto(draft)

    form.at(start_title("uk"))
    expect(form.page.get_by_text(words.EXPIRED)).to_be_visible()


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


def test_why_opens_the_way_from_the_answers_at_each_conclusion(form: Form, server_in: Callable[[Jurisdiction], Server]) -> None:
    form.resume(server_in("uk").folder, "both", "result")
    form.at(SUMMARY)
    option, place = form.page.locator("#why-option-glabella-muscle"), form.page.locator("#explanation-neither")

    form.page.get_by_text("Why? Step by step").click()
    place.get_by_text("Why not the other one?").click()

    drawing = option.get_by_role("img", name=re.compile("^How this follows: "))
    expect(drawing).to_be_visible()
    expect(option.get_by_text(f"From: Between the eyebrows – Lines, wrinkles or creases; {MOVEMENT} Yes")).to_be_visible()
    expect(place.get_by_text("This rules it out, whatever else is answered").first).to_be_visible()
    form.page.locator(".result details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert form.page.locator(".drawing.chain svg").count() == 2
    assert form.page.locator(".drawing.chain svg").evaluate_all(OVERFLOWING) == []
    assert form.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
    assert form.violations() == []
    form.page.emulate_media(color_scheme="dark")
    assert form.violations() == []


def test_every_place_of_the_drawing_can_be_hit_with_a_finger_on_a_phone(form: Form) -> None:
    form.to_places()

    names = [shape.get_attribute("aria-label") or "" for shape in form.page.locator("g[data-area]").all()]
    ticked = form.page.locator("g[data-area] .ticks").locator("visible=true")
    expect(ticked).to_have_count(0)
    for name in names:
        form.point_at(name)

    expect(form.page.locator("g[data-area][aria-checked=true]")).to_have_count(24)
    expect(ticked).to_have_count(24)
    form.quiet()  # the last one is told
    form.page.reload()
    form.at("Where on your face is it about?")
    expect(form.page.locator("g[data-area][aria-checked=true]")).to_have_count(24)
