"""A control does what it shows: nothing moves under the finger, what is shut is readable, one press is one action."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from form_server import Server
from form_walk import Form
from playwright.sync_api import Browser, Locator, Page, expect
from staff import PASSWORD, records_in
from treat_samples import BY, TODAY, TOXIN, complete, decided, kept_in

from recommender.records.domain.completeness import completeness
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.web.clinic import list_words
from recommender.web.clinic.records import record_words
from recommender.web.clinic.treatment import treat_words as said

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
#: contrast of the words of an element with what is painted behind them, as WCAG counts it
CONTRAST = """(element) => {
  const rgb = (said) => {
    const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    paint.fillStyle = said;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const linear = (one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  let behind = element;
  while (behind && rgb(getComputedStyle(behind).backgroundColor)[3] < 255) behind = behind.parentElement;
  const ground = behind ? getComputedStyle(behind).backgroundColor : "#fff";
  const [one, other] = [getComputedStyle(element).color, ground].map((said) => light(rgb(said)));
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""


class Clinic:
    """A server with its records."""

    def __init__(self, server: Server, record_store: RecordStore) -> None:
        self.server = server
        self.visits = Consultations(record_store)
        self.record_store = record_store

    def open(self, page: Page, address: str, role: Literal["nurse", "admin"] = "nurse") -> Form:
        self.server.sign_in(page, role)
        form = Form(page, self.server.address)
        form.open(address)
        return form


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    folder: Path = tmp_path_factory.mktemp("controls")
    server = Server(folder)
    server.start()
    with records_in(folder) as record_store:
        yield Clinic(server, record_store)
    server.stop()
    assert "Uncaught app execution" not in server.said(), server.said()


def _where(control: Locator) -> tuple[int, int]:
    box = control.bounding_box()
    assert box
    return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)


@pytest.mark.parametrize(("pause", "width"), [(180, 390), (700, 1180)])
def test_a_double_tap_on_an_answer_gives_that_answer(clinic: Clinic, page: Page, pause: int, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 820})
    record = kept_in(clinic.record_store, decided()).id
    clinic.open(page, f"?step=consultation&record={record}")
    row = page.locator(".list-open .row.one").nth(3)
    row.scroll_into_view_if_needed()
    no = row.get_by_role("radio", name="No", exact=True)
    at = _where(no)

    page.mouse.click(*at)
    page.wait_for_timeout(pause)
    page.mouse.click(*at)
    page.wait_for_timeout(300)

    chosen = page.locator(f'.row [aria-label="{row.get_by_role("radiogroup").get_attribute("aria-label")}"]')
    expect(chosen.get_by_role("radio", name="No", exact=True)).to_have_attribute("aria-checked", "true")
    assert _where(no) == pytest.approx(at, abs=1)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_what_cannot_be_pressed_yet_can_be_read(clinic: Clinic, browser: Browser, colours: Literal["light", "dark"]) -> None:
    record = kept_in(clinic.record_store, complete()).id
    context = browser.new_context(viewport={"width": 1180, "height": 820}, color_scheme=colours, reduced_motion="reduce")
    page = context.new_page()
    clinic.open(page, f"?step=record&record={record}")
    sign = page.get_by_role("button", name=record_words.SIGN, exact=True)
    expect(sign).to_be_disabled()

    contrasts: list[Any] = [sign.locator("p").evaluate(CONTRAST)]
    page.get_by_text(record_words.SIGN_SURE).click()
    expect(sign).to_be_enabled()
    contrasts.append(sign.locator("p").evaluate(CONTRAST))

    assert all(one >= 4.5 for one in contrasts), contrasts
    context.close()


def test_a_password_that_is_left_by_tab_is_kept_and_afterwards_the_fields_are_empty(clinic: Clinic, page: Page) -> None:
    clinic.open(page, "?step=accounts", "admin")
    page.get_by_label(list_words.NAME).fill("Made Up")
    page.keyboard.press("Tab")
    page.keyboard.type("made.up")
    page.get_by_label(list_words.PASSWORD, exact=True).focus()
    for _ in range(2):
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text(list_words.ADDED.format(name="Made Up", login="made.up"))).to_be_visible()
    typed = [
        page.get_by_label(name, exact=True)
        for name in (list_words.NAME, list_words.LOGIN, list_words.PASSWORD, list_words.AGAIN)
    ]
    for field in typed:
        expect(field).to_have_value("")


def test_one_press_is_one_action_however_often_it_is_pressed(clinic: Clinic, page: Page) -> None:
    empty, whole = kept_in(clinic.record_store, decided(TOXIN)).id, kept_in(clinic.record_store, complete()).id
    form = clinic.open(page, f"?step=treat&record={empty}")
    page.get_by_role("button", name="Add a product").dblclick()
    page.get_by_label(said.PRODUCT_LOT).wait_for()
    form.quiet()
    form.open(f"?step=record&record={whole}")
    page.get_by_text(record_words.SIGN_SURE).click()
    page.get_by_role("button", name=record_words.SIGN, exact=True).dblclick()
    page.get_by_text(record_words.WAITS).first.wait_for()

    assert len(clinic.visits.get(empty, by=BY).consultation.products) == 1
    assert clinic.visits.get(whole, by=BY).consultation.state == "signed"
    expect(page.get_by_text(record_words.CONFLICT)).to_have_count(0)


def test_the_second_press_of_a_double_tap_lands_on_nothing_that_came_under_the_finger(clinic: Clinic, page: Page) -> None:
    record = kept_in(clinic.record_store, decided(TOXIN)).id
    clinic.open(page, f"?step=record&record={record}")
    page.evaluate(
        """() => document.querySelector(".st-key-part-treat button").addEventListener("click", () => {
          const over = Object.assign(document.createElement("button"), { id: "over" });
          over.onclick = () => (over.textContent = "pressed");
          over.style.cssText = "position: fixed; inset: 0; z-index: 99";
          document.querySelector(".stApp").append(over);
        })"""
    )

    page.locator(".st-key-part-treat button").dblclick()

    expect(page.locator("#over")).to_have_text("")
    page.wait_for_timeout(900)
    page.locator("#over").click()
    expect(page.locator("#over")).to_have_text("pressed")


def test_a_number_that_is_none_is_told_before_anybody_signs_and_is_there_again(clinic: Clinic, page: Page) -> None:
    page.set_viewport_size({"width": 1180, "height": 820})
    record = kept_in(clinic.record_store, decided(TOXIN)).id
    form = clinic.open(page, f"?step=consultation&record={record}")
    page.locator("details.answered summary").click()
    age = page.locator("details.answered .row.number input").first

    age.fill("4o")
    age.press("Tab")
    form.quiet()
    page.locator(".st-key-part-record button").click()

    expect(page.get_by_text("“4o” is typed and not saved")).to_be_visible()
    unsaved = clinic.visits.get(record, by=BY).consultation
    assert "person.age" in [one.where for one in completeness(unsaved, TODAY)]
    page.locator(".st-key-part-consultation button").click()
    page.locator("details.answered summary").click()
    expect(age).to_have_value("4o")
    age.fill("45")
    age.press("Tab")
    form.quiet()
    mended = clinic.visits.get(record, by=BY).consultation
    assert (mended.unsaved, mended.nurse.answers.person.age) == ((), 45)
