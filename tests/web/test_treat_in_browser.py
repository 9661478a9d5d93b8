"""The treatment of a visit on a tablet: filled in from the first day to the note, complete, and the same after a refresh."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from form_server import Server
from form_walk import INSIDE, Form
from playwright.sync_api import Page, expect
from staff import PASSWORD
from treat_samples import BY, TODAY, TOXIN, complete, decided, kept_in

from recommender.documents.staff import Staff
from recommender.export.drawings.face import CHART_HEIGHT, WIDTH
from recommender.languages import day_in_words, short_day
from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.passwords import Passwords
from recommender.records.domain import workflow
from recommender.records.domain.completeness import completeness
from recommender.records.opening import open_records
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.lots import Lots
from recommender.web.clinic.auth import words as sign_in_words
from recommender.web.clinic.treatment import product_words
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.components.injection_chart import words as chart_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]

#: what a hand does, as the browser itself sees it
COUNTED = """(() => {
  window.presses = window.keys = 0;
  addEventListener('pointerdown', () => { window.presses += 1; }, true);
  addEventListener('keydown', event => { window.keys += event.key === 'Tab' ? 0 : 1; }, true);
})()"""
#: the usual five points of the frown on the drawing: the procerus, the inner and the outer ends of the corrugators
FIVE = ((200, 218), (186, 200), (214, 200), (160, 180), (240, 180))
DRAWN = "() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))"


class Treatment(Form):
    """The page of one record in a page of the browser."""

    def __init__(self, page: Page, server: Server, record_store: RecordStore) -> None:
        super().__init__(page, server.address)
        self.store = record_store
        self.id = kept_in(record_store, decided(TOXIN)).id

    @property
    def kept(self) -> Kept:
        return Consultations(self.store).get(self.id, by=BY)

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

    def sign_as_the_nurse(self) -> None:
        """The rest of the visit, in which nothing else is missing, signed by whoever has signed in."""
        visits, (nurse,) = Consultations(self.store), Accounts(self.store, Passwords()).all()
        by = Staff(id=nurse.id, name=nurse.name, role="nurse")
        rest = complete()
        names = ("informed_on", "injected", "injected_on", "consent", "aftercare", "adverse_events", "follow_up")
        draft = workflow.write(self.kept.consultation, by=by, **{name: getattr(rest, name) for name in names})
        saved = visits.save(self.id, self.kept.version, draft, by=by)
        visits.sign(saved.id, saved.version, by=by, today=TODAY)

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

    def tap(self, *spots: tuple[float, float]) -> None:
        """Tap on the face, in the units of the drawing."""
        self.page.locator('.place[data-area="glabella"]').evaluate("place => place.scrollIntoView({block: 'center'})")
        self.page.evaluate(DRAWN)
        for x, y in spots:
            box = self.page.locator(".stage > svg").bounding_box()
            assert box
            self.page.mouse.click(box["x"] + x * box["width"] / WIDTH, box["y"] + y * box["height"] / CHART_HEIGHT)
            self.quiet()

    def write(self, label: str, text: str) -> None:
        """Press a field and type into it, key by key."""
        self.page.get_by_label(label, exact=True).click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")
        self.quiet()

    def plan_by_hand(self) -> None:
        """The plan with a lot that is typed and five points that are tapped, the outer two of them over the brow."""
        self.press("Add a product: Botulinum toxin type A")
        self.choose(said.PRODUCT_KIND, "OnabotulinumtoxinA")
        self.write(said.PRODUCT_BRAND, "Botox")
        self.write(said.PRODUCT_LOT, "C1234")
        self.write(said.PRODUCT_EXPIRES, "06/2032")
        self.write(said.PRODUCT_DILUTION, "2.5 ml")
        self.choose(said.PRODUCT_DEPTH, "intramuscular")
        self.choose(said.PRODUCT_TECHNIQUE, "single points")
        self.write(chart_words.WORDS["next"], "4")
        self.tap(*FIVE)
        expect(self.page.locator(".under")).to_contain_text("(not agreed)")
        self.press(chart_words.WORDS["countSeveral"].format(numbers="4, 5", place="Glabella"))
        expect(self.page.locator(".chart .under")).to_have_text("5: Glabella, patient's left, 4 units")
        expect(self.page.locator(".chart .status, .chart tbody")).not_to_contain_text(["(not agreed)", "(not agreed)"])

    def counted(self) -> tuple[int, int]:
        """Presses and keys since the last time."""
        presses, keys = self.page.evaluate("() => [window.presses, window.keys]")
        self.page.evaluate("() => { window.presses = window.keys = 0; }")
        return int(presses), int(keys)

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


def test_no_sentence_of_the_consent_form_is_drawn_over_the_heading_above_it(treatment: Treatment) -> None:
    treatment.show()
    treatment.press(said.CONSENT_LAY)
    for width in (390, 744, 1180):
        treatment.page.set_viewport_size({"width": width, "height": 900})
        treatment.page.evaluate(DRAWN)
        between = treatment.page.evaluate(
            """() => [...document.querySelectorAll('[class*=st-key-items-] h3')].map(heading => {
              const end = heading.getBoundingClientRect().bottom;
              const tops = [...document.querySelectorAll('[class*=st-key-items-] [data-testid=stWidgetLabel] p')]
                .map(sentence => sentence.getBoundingClientRect().top);
              return Math.min(...tops.filter(top => top > heading.getBoundingClientRect().top)) - end;
            })"""
        )

        assert len(between) > 3
        assert min(between) >= 0, width


def test_a_product_that_was_removed_leaves_no_question_about_the_next_one(treatment: Treatment) -> None:
    treatment.show()
    for letter in "AB":
        treatment.press("Add a product: Botulinum toxin type A")
        treatment.page.get_by_role("heading", name=f"Product {letter}").wait_for()

    treatment.page.get_by_role("button", name=said.PRODUCT_REMOVE.format(letter="A")).click()
    treatment.page.get_by_role("button", name=said.PRODUCT_REMOVE_SURE, exact=True).click()
    expect(treatment.page.get_by_role("heading", name="Product B")).to_have_count(0)
    treatment.quiet()

    expect(treatment.page.get_by_role("heading", name="Product A")).to_be_visible()
    expect(treatment.page.get_by_role("button", name=said.PRODUCT_REMOVE_SURE, exact=True)).to_have_count(0)


def test_a_lot_of_eighty_letters_makes_no_page_wider_than_a_small_telephone(treatment: Treatment) -> None:
    treatment.page.set_viewport_size({"width": 320, "height": 700})
    long = {"product": "a kind", "brand": "B" * 80, "lot": "C" * 80, "expires_on": TODAY}
    Lots(treatment.store).add("botulinum_toxin", **long, by=BY)
    for page in ("products", "treat"):
        treatment.open(f"?step={page}&record={treatment.id}")
        treatment.page.get_by_text("C" * 80).first.wait_for()
        treatment.quiet()

        assert treatment.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("width", "height"), [(1180, 820), (390, 844)])
def test_the_plan_of_an_ordinary_frown_visit_is_three_presses_with_a_lot_of_the_clinic_and_ones_own_points(
    treatment: Treatment, width: int, height: int
) -> None:
    page = treatment.page
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(COUNTED)
    treatment.open("?step=products")
    treatment.choose(product_words.KIND, "OnabotulinumtoxinA")
    treatment.choose(product_words.BRAND, "Botox")
    for label, text in ((product_words.LOT, "C1234"), (product_words.EXPIRES, "06/2032"), (product_words.DILUTION, "2.5 ml")):
        treatment.type(label, text)
    treatment.press(product_words.ADD)
    expect(page.get_by_text(product_words.ADDED.format(lot="C1234", brand="Botox"))).to_be_visible()
    assert treatment.violations() == []

    treatment.show()
    treatment.counted()
    treatment.plan_by_hand()
    by_hand = treatment.counted()
    (noted,) = treatment.kept.consultation.products
    assert [point.area for point in noted.points] == ["glabella"] * 5
    assert noted.expires_on == date(2032, 6, 30)
    treatment.sign_as_the_nurse()

    treatment.id = kept_in(treatment.store, decided(TOXIN)).id
    treatment.show()
    treatment.counted()
    treatment.press(said.PLAN_PICK.format(brand="Botox", lot="C1234", day="30 Jun 2032"))
    page.get_by_role("button", name="Use your points of").click()
    treatment.quiet()
    assert treatment.kept.consultation.products[0].points == ()  # proposed, and not recorded
    assert len(page.locator(".others .proposed").all()) == 5
    assert treatment.violations() == []
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="Record 5 points, 20 units").dblclick()
    treatment.quiet()
    picked = treatment.counted()

    assert treatment.kept.consultation.products == (noted,)
    expect(page.locator(".chart tbody tr")).to_have_count(5)
    expect(page.get_by_text(said.USUAL_ELSEWHERE)).to_have_count(0)
    assert picked == (4, 0)  # the double press counts twice
    assert by_hand[0] > 4 * picked[0]
    print(f"{width} x {height}: presses and keys by hand {by_hand}, picked {(picked[0] - 1, picked[1])}")  # noqa: T201 (with -s)


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
