"""The form as it is used: each journey by pointer on a telephone in the dark, and what it ends with on a desk in the light too.

Pictures of each end are kept in ``artefacts/journeys``; ``make pictures`` puts six of them into the documentation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from form_server import Server
from form_walk import EMERGENCY, MOVEMENT, REST, SUMMARY, UNDER_AGE, Form
from kept_drafts import give_device
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader
from site_runs import start_title
from strategies import shipped

from recommender.documents.vocabulary import Jurisdiction
from recommender.export.drawings.tones import NAMES
from recommender.web import words
from recommender.web.handover import words as handover_words
from recommender.web.page_head import ICON

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
PICTURES = Path(__file__).parents[2] / "artefacts" / "journeys"
TALLEST = 2400  # pixels of a picture
VOICE = shipped().voice("patient", "uk").reference
TOXIN, FILLER = (facts.name for facts in VOICE.treatments)
PREGNANT = str(VOICE.questions.questions["history.pregnant"].tick)
PREGNANCY = "Are you pregnant or breastfeeding?"
SIGHT, WHITE = (
    VOICE.questions.questions[f"after_treatment.symptoms.{name}"].ask for name in ("vision_change", "white_or_mottled_skin")
)


#: counts each press of a pointer, and writes down each page that comes
COUNTED = """(() => {
  window.taps = 0;
  window.screens = [];
  window.addEventListener('pointerdown', (event) => { window.taps += event.isTrusted ? 1 : 0; }, true);
  setInterval(() => {
    const screen = new URLSearchParams(location.search).get('step') ?? 'start';
    if (window.screens.at(-1) !== screen) window.screens.push(screen);
  }, 20);
})()"""


class Journey(Form):
    """A journey on a telephone in the dark, and a desk in the light at which its end is looked at."""

    def __init__(self, phone: Page, desk: Page, server: Server) -> None:
        super().__init__(phone, server.address)
        give_device(desk.context, server.address)
        self._desk, self.folder = desk, server.folder

    def answered(self, kind: str, **details: str) -> None:
        """Be at the check of the answers as somebody who has given them: one journey does so by hand."""
        self.resume(self.folder, kind, "check", **details)
        self.at(words.CHECK_TITLE)

    def result(self) -> None:
        self.press(words.SEE_RESULT)
        self.at(SUMMARY)

    def ends(self, name: str) -> Iterator[Locator]:
        """The page on either device; once it was looked at, a picture of what is seen first and one of the whole."""
        title = self.page.get_by_role("heading", level=1).inner_text()
        for device, page in (("phone-dark", self.page), ("desk-light", self._desk)):
            if page == self._desk:
                page.goto(self.page.url)
                expect(page.get_by_role("heading", level=1, name=title)).to_be_visible(timeout=30_000)
                Form(page, self.address).quiet()
            yield page.locator("[data-testid=stMain]")
            size = page.viewport_size
            assert size is not None
            page.screenshot(path=kept_in(PICTURES) / f"{name}-{device}-top.png")
            height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
            page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
            page.screenshot(path=PICTURES / f"{name}-{device}.png")
            page.set_viewport_size(size)

    def counts(self) -> None:
        """Count taps and screens from now on: the page is opened after it."""
        self.page.add_init_script(COUNTED)

    @property
    def taps(self) -> int:
        return int(self.page.evaluate("window.taps"))

    @property
    def screens(self) -> list[str]:
        return list(self.page.evaluate("window.screens"))

    def type_age(self, age: int) -> None:
        """From the start page: into the field and to the next page, with nothing that a person would not press."""
        self.open()
        self.press(words.START_NOW)
        self.at("How old are you?")
        self.page.get_by_label(words.AGE_LABEL).click()
        self.page.keyboard.type(str(age))
        self.go_on()

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        size = self.page.viewport_size
        assert size is not None
        height = self.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
        self.page.screenshot(path=PICTURES / f"{name}.png")
        self.page.set_viewport_size(size)


@pytest.fixture
def journey(browser: Browser, server_in: Callable[[Jurisdiction], Server]) -> Iterator[Journey]:
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", reduced_motion="reduce", accept_downloads=True
    )
    desk = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light", reduced_motion="reduce")
    pages = [context.new_page() for context in (phone, desk)]
    problems: list[str] = []
    for page in pages:
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield Journey(*pages, server_in("uk"))
    phone.close()
    desk.close()
    assert problems == []


def kept_in(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def test_it_begins_with_the_question_that_people_bring_and_a_face_of_their_own(journey: Journey) -> None:
    page = journey.page
    page.emulate_media(color_scheme="light")
    journey.open()

    expect(page.get_by_role("heading", level=1)).to_have_text(start_title("uk"))
    assert page.locator(".portrait").evaluate("one => one.naturalWidth") > 0  # the drawing is one that a browser can read
    assert page.locator(".brand").evaluate("one => getComputedStyle(one, '::before').backgroundImage") == f'url("{ICON}")'
    expect(page.locator("link[rel=icon]")).to_have_attribute("href", ICON)
    page.screenshot(path=kept_in(PICTURES) / "start-phone-light-top.png")
    journey.to_places()
    journey.point_at("Between the eyebrows")
    page.get_by_role("radio", name=NAMES["4"], exact=True).check()
    journey.quiet()
    expect(page.locator(".picker")).to_have_attribute("data-tone", "4")
    page.screenshot(path=kept_in(PICTURES) / "places-phone-light-top.png")


def test_an_ordinary_one_ends_with_one_treatment_at_one_place(journey: Journey) -> None:
    journey.to_places()
    journey.point_at("Between the eyebrows")
    journey.go_on()
    journey.frown_lines()
    journey.health_with("No")
    journey.result()

    for page in journey.ends("ordinary"):
        expect(page.locator("#option-glabella-muscle")).to_contain_text(TOXIN)
        expect(page.get_by_text("Worth discussing", exact=True)).to_have_count(1)
        expect(page.get_by_text("not signed by a clinician").first).to_be_visible()


def test_frown_lines_and_fuller_lips_take_thirty_taps_and_twelve_screens(journey: Journey) -> None:
    """From the start page to the result, both counted in; every question is answered."""
    journey.counts()
    journey.type_age(42)
    while journey.step != "check":
        if journey.step == "places":
            journey.point_at("Between the eyebrows")
            journey.point_at("Lips")
            expect(journey.page.get_by_text("Chosen: Between the eyebrows, Lips")).to_be_visible()
        elif journey.step == "place-1":
            journey.page.get_by_text("Lines, wrinkles or creases").first.click()
            journey.quiet()
            journey.answer(MOVEMENT, "Yes")
            journey.answer(REST, "No")
        elif journey.step == "place-2":
            journey.page.get_by_text("I would like it fuller or more defined").click()
            journey.quiet()
        else:
            journey.answer_all("No")
        journey.picture(f"taps-{len(journey.screens):02}-{journey.step}")
        journey.go_on()
    journey.picture("taps-check")
    expect(journey.page.get_by_text(words.NOT_ANSWERED)).to_have_count(0)
    journey.result()

    expect(journey.page.locator("[class*=st-key-footer]")).to_be_visible()
    counted = f"{journey.taps} taps, {len(journey.screens)} screens: {' '.join(journey.screens)}"
    (PICTURES / "taps.txt").write_text(f"{counted}\n")
    assert journey.taps <= 30, counted
    assert len(journey.screens) <= 12, counted
    assert (journey.screens[0], journey.screens[-1]) == ("start", "result")


def test_seventeen_years_are_three_taps_and_one_screen_and_an_emergency_two_taps(journey: Journey) -> None:
    journey.counts()
    journey.type_age(17)
    assert journey.step == "result"
    assert journey.taps <= 3
    assert journey.screens == ["start", "age", "result"]

    journey.open()
    journey.press(words.AFTER_NOW)
    journey.at("Do you have any of these signs now?")
    journey.group(SIGHT).get_by_text("Yes", exact=True).click()
    number = journey.page.get_by_role("alert").get_by_role("link", name="999")
    expect(number).to_be_visible()
    assert number.get_attribute("href") == "tel:999"
    assert journey.taps <= 2
    skin = journey.page.get_by_role("radiogroup").nth(1)
    assert skin.get_attribute("aria-label") == WHITE


def test_who_is_pregnant_is_told_on_the_next_page_and_may_stop_there(journey: Journey) -> None:
    journey.start(42)
    journey.at(PREGNANCY)
    journey.page.locator("[class*=st-key-tick-] label").filter(has_text=PREGNANT).first.click()
    journey.quiet()
    expect(journey.page.get_by_text(words.NOTHING_NOW)).to_have_count(0)
    journey.press(words.CONTINUE)
    expect(journey.page.get_by_role("alert")).to_contain_text(words.ASKS_TITLE)
    journey.picture("left-open")
    journey.go_on()

    journey.at(words.PLACES_TITLE)
    expect(journey.page.get_by_text(words.NOTHING_NOW)).to_be_visible()
    journey.picture("nothing-now")
    journey.press(words.SEE_NOW)
    journey.page.wait_for_url(re.compile("step=result"))
    journey.quiet()
    journey.press(words.BACK)
    journey.at(words.CHECK_TITLE)
    expect(journey.page.locator(".answers div").filter(has_text=PREGNANCY).first).to_contain_text("Not answered: Breast")


def test_both_treatments_and_files_that_say_so(journey: Journey, tmp_path: Path) -> None:
    journey.answered("both")
    journey.result()

    for page in journey.ends("both"):
        expect(page.locator("#option-glabella-muscle")).to_contain_text("Worth discussing")
        expect(page.locator("#option-lips-volume")).to_contain_text("Worth discussing")
        expect(page.get_by_text("not signed by a clinician").first).to_be_visible()
        for section in ("timeline", "comparison", "ask", "sources"):
            expect(page.locator(f"[id='{section}']")).to_have_count(1)
    pdf = journey.save("Download PDF", tmp_path)
    document = json.loads(journey.save("Download JSON", tmp_path).read_text())
    page_text = journey.save("Download HTML", tmp_path).read_text()
    markdown = journey.save("Download Markdown", tmp_path).read_text()
    offered = {(option["area"], option["treatment"]) for option in document["options"]}
    assert offered == {("glabella", "botulinum_toxin"), ("lips", "dermal_filler")}
    for text in (text_of(pdf), page_text, markdown):
        assert "Between the eyebrows" in text
        assert TOXIN in text
        assert FILLER in text
        assert "not signed by a clinician" in text


def test_neither_ends_with_whom_to_see_and_no_treatment(journey: Journey) -> None:
    journey.answered("neither")
    journey.result()

    for page in journey.ends("neither"):
        expect(page.locator("#answer")).to_contain_text("Cheeks: Neither – see a doctor")
        expect(page.locator("[id^='option-']")).to_have_count(0)


def test_under_18_no_health_question_is_asked(journey: Journey) -> None:
    journey.start(16)
    journey.at(UNDER_AGE)

    for step in ("places", "pregnancy_and_feeding", "check"):
        journey.open(f"?{re.sub(r'step=.*', '', journey.page.url.partition('?')[2])}step={step}")
        journey.at(UNDER_AGE)
    for page in journey.ends("under-18"):
        expect(page.get_by_text("under 18").first).to_be_visible()
        expect(page.locator("[id^='option-']")).to_have_count(0)
        expect(page.get_by_role("button", name=words.RESULT_AGE)).to_be_visible()


def test_a_pregnant_person_reads_that_it_has_to_wait_and_until_when(journey: Journey) -> None:
    journey.answered("wait")
    journey.result()

    for page in journey.ends("pregnant"):
        expect(page.locator("#holds")).to_contain_text("after the pregnancy")
        expect(page.locator("#option-glabella-muscle")).not_to_contain_text("Worth discussing")


def test_an_emergency_is_told_at_once(journey: Journey) -> None:
    journey.open()
    journey.press(words.AFTER_NOW)
    journey.at("Do you have any of these signs now?")

    journey.answer(SIGHT, "Yes")
    expect(journey.page.get_by_role("alert")).to_contain_text("999")
    journey.go_on()

    journey.at(EMERGENCY)
    assert journey.step == "result"
    for page in journey.ends("emergency"):
        expect(page.locator(".callout.urgent").first).to_contain_text("emergency")
        expect(page.get_by_text("999").first).to_be_visible()
        expect(page.locator("[id='comparison'], [id='more']")).to_have_count(0)
        expect(page.get_by_text(words.TAKE_TITLE)).to_have_count(0)
    journey.press(words.BACK)
    journey.at("Do you have any of these signs now?")
    assert journey.chosen() == {SIGHT: "Yes"}


def test_i_do_not_know_to_everything_is_never_a_no(journey: Journey) -> None:
    journey.answered("unsure", on_movement="unsure", at_rest="unsure")
    answered = journey.page.locator(".answers dd:not(.action)").all_inner_texts()
    journey.result()

    assert not [answer for answer in answered if answer.startswith(("No", "Yes"))]
    assert "; ".join(answered).count("; ") > 40
    assert len([answer for answer in answered if answer.startswith("I don't know: ")]) > 8
    for page in journey.ends("unsure"):
        expect(page.locator("#option-glabella-muscle")).not_to_contain_text("Worth discussing")
        expect(page.locator("#answer")).to_contain_text("answered “I don't know”, so this may still change.")
        expect(page.locator("[id='in-doubt']")).to_contain_text("If you are unwell now, wait until you are well again.")
        expect(page.locator("[id='in-doubt']")).not_to_contain_text("You are unwell now.")


def test_going_back_and_changing_an_answer_loses_nothing_else(journey: Journey) -> None:
    journey.answered("both")

    journey.page.get_by_role("button", name=re.compile("^Change: Between the eyebrows: what do you notice")).click()
    journey.at("Between the eyebrows: what do you notice?")
    assert journey.page.get_by_role("checkbox", name="Lines, wrinkles or creases").is_checked()
    journey.go_on()
    journey.at(words.CHECK_TITLE)
    journey.page.get_by_role("button", name=f"{words.CHANGE}: {PREGNANCY}").click()
    journey.at(PREGNANCY)
    journey.page.locator("[class*=st-key-tick-] label").filter(has_text=PREGNANT).first.click()
    journey.go_on()
    for _ in range(5):  # what has become a question by the change
        if journey.step == "check":
            break
        journey.answer_all("No")
        journey.go_on()
    journey.at(words.CHECK_TITLE)
    for page in journey.ends("changed"):
        expect(page.locator(".answers div").filter(has_text=PREGNANCY).first).to_contain_text(f"Yes: {PREGNANT}. No to the")
        expect(page.locator(".answers div").filter(has_text=MOVEMENT).first).to_contain_text("Yes")
    journey.press(words.BACK)
    denied = journey.page.locator("[class*=st-key-none-] input")
    assert [box.is_checked() for box in denied.all()] == [True] * denied.count()
    for _ in range(30):
        if journey.step == "place-1":
            break
        journey.press(words.BACK)

    assert denied.count() == 0
    assert journey.chosen() == {MOVEMENT: "Yes", REST: "No"}
    journey.page.go_back()
    journey.page.wait_for_function("() => !location.href.includes('place-1')")
    journey.quiet()
    journey.page.go_forward()
    journey.at("Between the eyebrows: what do you notice?")
    assert journey.chosen() == {MOVEMENT: "Yes", REST: "No"}


def test_handing_over_shows_a_code_and_says_who_can_read_it(journey: Journey) -> None:
    journey.answered("ordinary")
    journey.result()

    for page in journey.ends("handed-over"):
        page.get_by_text(handover_words.TITLE).click()
        expect(page.get_by_role("img", name=handover_words.QR)).to_be_visible()
        expect(page.get_by_label(handover_words.LINK)).to_have_value(re.compile(r"/\?step=consultation#a="))
        expect(page.get_by_text(handover_words.POINTS[1])).to_be_visible()
