"""The treatment of a visit on a tablet: filled in from the first day to the note, complete, and the same after a refresh."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from form_server import Server
from form_walk import INSIDE, Form
from playwright.sync_api import Page, expect
from staff import PASSWORD
from treat_samples import BY, TODAY, TOXIN, decided, kept_in

from recommender.languages import day_in_words, short_day
from recommender.records.domain.completeness import completeness
from recommender.records.opening import open_records
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.web.clinic.auth import words as sign_in_words
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.components.injection_chart import words as chart_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]

DRAWN = "() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))"


class Treatment(Form):
    """The page of one record in a page of the browser."""

    def __init__(self, page: Page, server: Server, record_store: RecordStore) -> None:
        super().__init__(page, server.address)
        self._record_store = record_store
        self.id = kept_in(record_store, decided(TOXIN)).id

    @property
    def kept(self) -> Kept:
        return Consultations(self._record_store).get(self.id, by=BY)

    def show(self) -> None:
        self.open(f"?step=treat&record={self.id}")
        self.page.get_by_label(said.NOTE_LABEL).wait_for()

    def press_beside(self, path: str) -> None:
        self.page.locator(f"[class*='st-key-now-{path}-']").get_by_role("button").click()
        self.quiet()

    def type(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        field.fill(text)
        field.press("Tab")
        self.quiet()

    def choose(self, label: str, option: str) -> None:
        field = self.page.get_by_role("combobox", name=label)
        field.scroll_into_view_if_needed()
        self.page.evaluate(DRAWN)  # a list is shut when the page scrolls: nobody scrolls and presses in the same instant
        field.click()
        self.page.get_by_role("option", name=option).click()
        self.quiet()

    def sign(self) -> None:
        pad = self.page.locator(".box svg")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        assert box
        for step in range(41):
            self.page.mouse.move(
                box["x"] + box["width"] * (0.2 + 0.6 * step / 40), box["y"] + box["height"] * (0.5 + 0.3 * math.sin(step / 4))
            )
            if step == 0:
                self.page.mouse.down()
        self.page.mouse.up()
        self.quiet()

    def inject(self, amount: str, area: str) -> None:
        self.page.get_by_label(chart_words.WORDS["next"]).fill(amount)
        shape = self.page.locator(f'.place[data-area="{area}"] .hit')
        shape.scroll_into_view_if_needed()
        self.page.mouse.click(*shape.evaluate(INSIDE))
        self.quiet()

    def fields(self) -> list[str]:
        """What stands in every field to type into, and which answers are chosen."""
        typed = self.page.locator("[data-testid=stMain] .stTextInput input, .stTextArea textarea, .stSelectbox input")
        chosen = self.page.locator("[data-testid=stRadioOption]:has(input:checked)")
        return [field.input_value() for field in typed.all()] + chosen.all_inner_texts()


@pytest.fixture
def treatment(page: Page, own_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Treatment]:
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path))
    for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
        monkeypatch.delenv(name, raising=False)
    page.set_viewport_size({"width": 1024, "height": 768})
    own_server.sign_in(page, "nurse")
    yield Treatment(page, own_server, open_records())
    assert "Traceback" not in own_server.said(), own_server.said()


def test_a_whole_treatment_is_noted_on_a_tablet_and_is_complete_after_a_refresh_too(treatment: Treatment) -> None:
    page = treatment.page
    treatment.show()
    assert treatment.violations() == []

    treatment.press_beside("informed_on")
    treatment.press(said.CONSENT_LAY)
    form = page.locator("[class*='st-key-items-']").get_by_role("radiogroup")
    form.first.wait_for()
    for number in range(form.count()):
        form.nth(number).get_by_text("Yes", exact=True).click()
    page.get_by_text(said.CONSENT_SIGN, exact=True).wait_for()
    treatment.sign()
    page.get_by_role("button", name=said.CONSENT_DONE, exact=True).wait_for()
    assert treatment.violations() == []
    treatment.press(said.CONSENT_DONE)
    expect(form).to_have_count(0)
    treatment.answer(said.INJECTED_ASK, "Yes")
    treatment.press_beside("injected_on")

    page.get_by_role("button", name="Add a product").click()
    page.get_by_label(said.PRODUCT_LOT).wait_for()
    treatment.type(said.PRODUCT_EXPIRES, "2020-01-31")
    expect(page.get_by_text("This product expired on 31 Jan 2020.")).to_be_visible()
    expect(page.get_by_label(said.PRODUCT_EXPIRES)).to_have_value("2020-01-31")
    assert treatment.violations() == []
    treatment.type(said.PRODUCT_EXPIRES, short_day(TODAY + timedelta(days=90)))
    expect(page.get_by_label(said.PRODUCT_EXPIRED_BECAUSE)).to_have_count(0)
    treatment.choose(said.PRODUCT_KIND, "OnabotulinumtoxinA")
    treatment.type(said.PRODUCT_BRAND, "A brand")
    treatment.type(said.PRODUCT_LOT, "LOT 7")
    treatment.type(said.PRODUCT_DILUTION, "made up")
    treatment.choose(said.PRODUCT_DEPTH, "intramuscular")
    treatment.choose(said.PRODUCT_TECHNIQUE, "single points")
    treatment.inject("2.5", "glabella")
    expect(page.get_by_text(said.PRODUCT_TOTAL.format(total="2.5 units"), exact=True)).to_be_visible()

    treatment.answer(said.AFTERCARE_HOW, "Both")
    treatment.type(said.AFTERCARE_LEAFLET, "made up 2")
    treatment.press_beside("aftercare")
    treatment.answer(said.ADVERSE_ASK, "None")
    treatment.press(said.FOLLOW_UP_TAKE)
    treatment.type(said.NOTE_LABEL, "Prefers mornings.")
    expect(page.get_by_text(said.MISSING_NONE)).to_be_visible()

    kept, fields = treatment.kept, treatment.fields()
    assert completeness(kept.consultation, TODAY) == ()
    assert [point.area for point in kept.consultation.products[0].points] == ["glabella"]
    assert treatment.violations() == []
    page.reload()
    page.get_by_label(said.NOTE_LABEL).wait_for()
    treatment.quiet()

    expect(page.get_by_text(said.MISSING_NONE)).to_be_visible()
    assert treatment.fields() == fields
    assert treatment.kept == kept
    assert treatment.violations() == []


def test_nothing_is_wider_than_the_screen_and_what_is_pressed_is_large_enough(treatment: Treatment) -> None:
    treatment.show()
    treatment.press(said.CONSENT_LAY)
    treatment.page.get_by_role("button", name="Add a product").click()
    treatment.page.get_by_label(said.PRODUCT_LOT).wait_for()
    treatment.quiet()

    for width in (390, 768, 1180):
        treatment.page.set_viewport_size({"width": width, "height": 900})
        treatment.page.evaluate(DRAWN)
        wide = treatment.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth")
        heights = treatment.page.evaluate(
            """() => [...document.querySelectorAll('.st-key-treat .stButton button, .st-key-treat [data-testid=stRadioOption],'
              + '.st-key-treat [data-testid=stTextInputRootElement], .st-key-treat .stSelectbox [role=group]')]
              .filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().height)"""
        )

        assert wide <= 0, width
        assert len(heights) > 40
        assert min(heights) >= 44, width


@pytest.mark.parametrize("size", [(1180, 820), (390, 844)], ids=["tablet", "phone"])
def test_a_patient_holds_the_form_signs_it_and_takes_a_copy_and_staff_sign_in_to_go_on(
    treatment: Treatment, size: tuple[int, int], tmp_path: Path
) -> None:
    page = treatment.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    treatment.show()
    treatment.press_beside("informed_on")
    other = page.context.new_page()
    other.goto(f"{treatment.address}/?step=records")
    other.locator(".st-key-menu [aria-current]").first.wait_for()  # its script runs
    treatment.press(said.CONSENT_LAY)
    page.get_by_role("button", name=said.CONSENT_HAND).click()
    treatment.at(said.HELD_TITLE)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", name="Muscle-relaxing injection: What can happen")).to_be_visible()
    expect(page.get_by_text(f"Information given on: {day_in_words(TODAY)}")).to_be_visible()
    expect(page.get_by_label(said.NOTE_LABEL)).to_have_count(0)
    expect(other.get_by_role("heading", level=1)).to_have_text(said.HELD_TITLE)  # a tab that was open before
    other.close()
    assert treatment.violations() == []
    _looked_at(page, tmp_path, f"held-{size[0]}")

    for address in ("?step=records", f"?step=record&record={treatment.id}", ""):
        page.goto(f"{treatment.address}/{address}")
        treatment.at(said.HELD_TITLE)
        expect(page.get_by_text("Made Up")).to_be_visible()
    page.go_back()
    treatment.at(said.HELD_TITLE)
    form = page.locator("[class*='st-key-items-']").get_by_role("radiogroup")
    form.first.wait_for()
    for number in range(form.count()):
        form.nth(number).get_by_text("Yes", exact=True).click()
    page.get_by_text(said.HELD_SIGN, exact=True).wait_for()
    treatment.sign()
    page.get_by_role("button", name=said.HELD_DONE).click()
    expect(page.get_by_text(said.HELD_SIGNED)).to_be_visible()
    assert treatment.kept.consultation.consent is not None
    assert treatment.kept.consultation.consent.signed_at is not None
    with page.expect_download() as copied:
        page.get_by_role("button", name="Download PDF").click()
    assert copied.value.suggested_filename == f"consent-form-{TODAY.isoformat()}.pdf"
    assert treatment.violations() == []
    _looked_at(page, tmp_path, f"signed-{size[0]}")

    page.get_by_role("link", name=said.HELD_SIGN_IN).click()
    page.get_by_label(sign_in_words.NAME).fill("a.nurse")
    page.get_by_label(sign_in_words.PASSWORD).fill(PASSWORD)
    page.get_by_role("button", name=sign_in_words.SIGN_IN).click()
    expect(page.get_by_label(said.NOTE_LABEL)).to_be_visible()
    assert treatment.id in page.url


def _looked_at(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"{name}.png", full_page=True)
