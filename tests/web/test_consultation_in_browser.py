"""The nurse's page in a real browser: answers in place, the result beside it, and a what-if that stores nothing."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from form_server import Server
from form_walk import OF_COLOURS, Form
from playwright.sync_api import Browser, Locator, Page, expect
from strategies import shipped

from recommender.documents import read_answers
from recommender.documents.vocabulary import Jurisdiction
from recommender.interview import Interview
from recommender.web import words
from recommender.web.consultation import words as said

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
TOXIN, FILLER = (facts.name for facts in shipped().voice("nurse", "uk").reference.treatments)
VISION = "Visual disturbance, eye pain, loss of eye movement"
DIABETES, PREGNANCY = "Diabetes", "Pregnancy"
NEUROMUSCULAR = "Neuromuscular disorder (MG, LEMS, MND/ALS)"


class Sheet(Form):
    """The nurse's page in a page of the browser."""

    def blank(self) -> None:
        self.open("?step=consultation")
        self.press(said.BEGIN_BLANK)
        self.at(said.TITLE)
        self.place("Glabella").wait_for()
        self.page.get_by_role("heading", name=re.compile(f"^{said.OPEN_TITLE}")).wait_for()

    def row(self, question: str) -> Locator:
        return self.page.get_by_role("radiogroup", name=question, exact=True)

    def give(self, question: str, answer: str) -> None:
        self.row(question).get_by_role("radio", name=answer, exact=True).click()
        self.quiet()

    def given(self, question: str) -> str | None:
        self.row(question).wait_for()
        chosen = self.row(question).locator("[aria-checked=true]")
        return chosen.inner_text() if chosen.count() else None

    def frown_lines_and_fuller_lips(self) -> None:
        self.point_at("Glabella")
        self.point_at("Lips (vermilion)")
        self.page.get_by_role("checkbox", name="Rhytids", exact=True).click()
        self.page.get_by_role("checkbox", name="Augmentation or definition request", exact=True).click()
        self.give("Glabella – Rhytids: On movement (dynamic)", "Yes")
        self.give("Glabella – Rhytids: At rest (static)", "No")

    def what_if_with(self, typed: str, full: str) -> Locator:
        """Open what-if and choose a question by typing; its answers."""
        self.page.get_by_text(said.WHAT_IF_TITLE).click()
        self.page.get_by_label(said.WHAT_IF_PICK).click()
        self.choose(typed, full)
        return self.page.get_by_role("radiogroup", name=re.compile(rf"^{typed} .*now: "))

    def choose(self, typed: str, full: str) -> None:
        """Type in the field that has the focus, and take what the list offers once it offers that."""
        self.page.keyboard.type(typed)
        expect(self.page.get_by_role("option").first).to_have_text(full)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")  # the open list hides what stands behind it

    @property
    def left(self) -> int:
        found = re.search(r"\d+", self.page.locator(".now .left").inner_text())
        return int(found[0]) if found else 0


@pytest.fixture
def sheet(page: Page, server_in: Callable[[Jurisdiction], Server]) -> Sheet:
    server_in("uk").sign_in(page, "nurse")
    address = server_in("uk").address
    page.set_viewport_size({"width": 1280, "height": 900})
    return Sheet(page, address)


def test_a_nurse_starts_blank_and_the_result_changes_beside_what_she_fills_in(sheet: Sheet, tmp_path: Path) -> None:
    sheet.open()
    sheet.press(said.LINK)
    sheet.at(said.INTRO_TITLE)
    sheet.press(said.BEGIN_BLANK)
    sheet.at(said.TITLE)
    blank = sheet.left
    sheet.frown_lines_and_fuller_lips()

    toxin, filler = sheet.page.locator("#option-glabella-muscle"), sheet.page.locator("#option-lips-volume")
    expect(toxin).to_contain_text(TOXIN)
    expect(toxin).to_contain_text("Worth discussing")
    expect(filler).to_contain_text(FILLER)
    before = sheet.left
    sheet.give(NEUROMUSCULAR, "Yes")
    expect(toxin).to_contain_text("Not offered")
    assert blank == len([*Interview(shipped("uk"), read_answers({"respondent": "nurse"})).every_question()])
    assert before > sheet.left
    sheet.page.get_by_text(said.FILES_TITLE).click()
    html = sheet.save("Download HTML", tmp_path).read_text()
    assert "A nurse, with the person" in html
    assert (tmp_path / "consultation-summary.html").exists()
    assert sheet.save("Download PDF", tmp_path).read_bytes().startswith(b"%PDF")


def test_an_answer_stays_under_the_finger_and_moves_to_the_folded_list_with_the_next(sheet: Sheet) -> None:
    sheet.blank()
    sheet.row("Cow's-milk protein allergy").scroll_into_view_if_needed()
    sheet.give("Cow's-milk protein allergy", "No")
    answered = sheet.page.locator("details.answered")
    expect(answered).to_be_hidden()
    expect(sheet.row("Cow's-milk protein allergy")).to_be_visible()

    chip = sheet.row("Lidocaine or amide anaesthetic allergy").get_by_role("radio", name="Not known", exact=True)
    top = (chip.bounding_box() or {})["y"]
    chip.click()
    sheet.quiet()
    sheet.page.wait_for_timeout(400)

    assert abs((chip.bounding_box() or {})["y"] - top) < 2
    expect(answered.get_by_role("heading", level=2)).to_have_text(f"{said.ANSWERED_TITLE} (1)")
    expect(sheet.row("Cow's-milk protein allergy")).not_to_be_visible()
    answered.locator("summary").click()
    sheet.give("Cow's-milk protein allergy", "Yes")
    assert sheet.given("Cow's-milk protein allergy") == "Yes"
    sheet.page.get_by_role("button", name=f"{said.TAKE_BACK}: Cow's-milk protein allergy").click()
    sheet.quiet()
    expect(answered).to_be_hidden()
    assert sheet.given("Cow's-milk protein allergy") is None


def test_a_number_is_taken_when_it_is_one_and_refused_with_a_reason(sheet: Sheet) -> None:
    sheet.blank()
    score = sheet.page.get_by_role("textbox", name="DCQ score (0 to 21)")

    score.fill("22")
    score.press("Enter")
    expect(score).to_have_attribute("aria-invalid", "true")
    expect(score).to_have_accessible_description(said.WHOLE_NUMBER.format(most=21))
    score.fill("21")
    score.press("Enter")
    sheet.quiet()
    sheet.page.reload()
    sheet.at(said.TITLE)

    sheet.page.locator("details.answered summary").click()
    expect(sheet.page.get_by_role("textbox", name="DCQ score (0 to 21)")).to_have_value("21")


def test_an_emergency_stands_on_top_at_once_wherever_one_is_on_the_page(sheet: Sheet) -> None:
    sheet.blank()
    sheet.press(said.AFTER_ON)

    sheet.give(VISION, "Yes")

    bar = sheet.page.get_by_role("alert").filter(has_text="999")
    expect(bar).to_be_in_viewport(ratio=1)
    sheet.row("Diabetes").scroll_into_view_if_needed()
    expect(bar).to_be_in_viewport(ratio=1)
    expect(sheet.page.locator("#alerts")).to_contain_text("Call the emergency number now")


def test_a_patients_file_is_where_she_goes_on(sheet: Sheet, tmp_path: Path) -> None:
    sheet.to_places()
    sheet.point_at("Between the eyebrows")
    sheet.go_on()
    sheet.page.get_by_text("Lines, wrinkles or creases").click()
    sheet.quiet()
    sheet.answer("Is it there when your face is quite still?", "I don't know")
    sheet.go_on()
    while sheet.step != "check":
        sheet.answer_all("No")
        sheet.go_on()
    sheet.press(words.SEE_RESULT)
    sheet.at("Summary for your consultation")
    file = sheet.save("Download JSON", tmp_path)
    patients = sheet.page.url

    sheet.open("?step=consultation")
    broken = tmp_path / "broken.json"
    broken.write_text(file.read_text().replace('"at_rest": "unsure"', '"at_rest": "perhaps"'))
    sheet.page.locator("input[type=file]").set_input_files(broken)
    expect(sheet.page.get_by_role("alert")).to_contain_text("answers.concerns[0].at_rest")
    sheet.page.locator("input[type=file]").set_input_files(file)
    sheet.at(said.TITLE)

    assert sheet.given("Glabella – Rhytids: At rest (static)") == "Not known"
    expect(sheet.page.locator("details.answered h2").first).not_to_have_text(f"{said.ANSWERED_TITLE} (0)")
    expect(sheet.page.locator("#option-glabella-muscle")).to_contain_text(TOXIN)
    nurses = sheet.page.url
    sheet.page.goto(patients)
    sheet.at("Summary for your consultation")
    assert nurses.partition("step=")[0] != patients.partition("step=")[0]


def rows_of(folder: Path) -> list[tuple[str, str]]:
    """What stands in the store: each draft under its id."""
    with sqlite3.connect(folder / "drafts.sqlite") as database:
        found = [(str(name), str(content)) for name, content in database.execute("SELECT id, content FROM draft ORDER BY id")]
    database.close()
    return found


def test_a_what_if_says_what_would_change_and_leaves_the_store_as_it_is(
    browser: Browser, own_server: Server, tmp_path: Path
) -> None:
    sheet = Sheet(browser.new_page(viewport={"width": 1280, "height": 900}), own_server.address)
    own_server.sign_in(sheet.page, "nurse")
    sheet.blank()
    sheet.frown_lines_and_fuller_lips()
    sheet.page.wait_for_timeout(300)
    before = rows_of(tmp_path)
    toxin = sheet.page.locator("#option-glabella-muscle")

    tried = sheet.what_if_with("Neuromuscular disorder", NEUROMUSCULAR)
    expect(tried).to_have_accessible_name(re.compile("now: Not asked"))
    tried.get_by_text("Yes", exact=True).click()
    table = sheet.page.get_by_role("table", name=said.WHAT_IF_TABLE)
    expect(table).to_contain_text("Not offered")
    expect(table).to_contain_text("Worth discussing (First choice)")
    expect(toxin).to_contain_text("Worth discussing")
    assert rows_of(tmp_path) == before
    sheet.page.reload()
    sheet.at(said.TITLE)

    expect(toxin).to_contain_text("Worth discussing")
    expect(table).to_have_count(0)
    assert rows_of(tmp_path) == before
    assert sheet.given(NEUROMUSCULAR) is None
    sheet.page.close()


def test_loading_again_going_back_and_a_server_started_again_lose_nothing(browser: Browser, own_server: Server) -> None:
    sheet = Sheet(browser.new_page(viewport={"width": 1280, "height": 900}), own_server.address)
    own_server.sign_in(sheet.page, "nurse")
    sheet.blank()
    sheet.frown_lines_and_fuller_lips()
    sheet.give(PREGNANCY, "Not known")
    address = sheet.page.url
    assert re.fullmatch(r"\?d=[\w-]{22}&step=consultation", "?" + address.partition("?")[2])

    sheet.page.reload()
    sheet.at(said.TITLE)
    sheet.press("New consultation")
    sheet.at(said.INTRO_TITLE)
    sheet.page.go_back()
    sheet.at(said.TITLE)
    assert sheet.page.url == address
    own_server.stop()
    own_server.start()
    sheet.page.locator(".stApp[data-test-connection-state=CONNECTED]").wait_for(timeout=60_000)
    sheet.give(DIABETES, "No")
    sheet.page.wait_for_timeout(300)
    sheet.page.reload()
    sheet.at(said.TITLE)

    expect(sheet.place("Lips (vermilion)")).to_have_attribute("aria-checked", "true")
    assert sheet.given("Glabella – Rhytids: On movement (dynamic)") == "Yes"
    assert sheet.given("Glabella – Rhytids: At rest (static)") == "No"
    sheet.page.locator("details.answered summary").click()
    assert (sheet.given(PREGNANCY), sheet.given(DIABETES)) == ("Not known", "No")
    sheet.page.close()


def test_answers_given_in_haste_are_all_kept(sheet: Sheet) -> None:
    sheet.blank()
    rows = sheet.page.locator(".list-open .row.one")
    asked = rows.count()

    for _ in range(12):
        sheet.page.locator(".list-open .row.one:not(.given)").first.get_by_role("radio", name="No", exact=True).click()
    sheet.quiet()
    sheet.page.wait_for_timeout(400)
    sheet.page.reload()
    sheet.at(said.TITLE)

    expect(sheet.page.locator("details.answered h2").first).to_have_text(f"{said.ANSWERED_TITLE} (12)")
    expect(rows).to_have_count(asked - 12)


FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const group = at?.closest('[role=radiogroup]')?.getAttribute('aria-label') ?? '';
  return [group, at?.getAttribute('aria-label') || at?.innerText || ''].map(said => said.replace(/\\s+/g, ' ').trim());
}"""


def tab_to(sheet: Sheet, *, group: str = "", name: str = "") -> None:
    for _ in range(150):
        sheet.page.keyboard.press("Tab")
        found = sheet.page.evaluate(FOCUSED)
        if (group and found[0] == group) or (name and found[1].endswith(name)):
            return
    raise AssertionError(f"Tab never came to {group or name!r}")


def test_by_keyboard_alone(sheet: Sheet) -> None:
    keyboard = sheet.page.keyboard
    sheet.open("?step=consultation")
    tab_to(sheet, name=said.BEGIN_BLANK)
    keyboard.press("Enter")
    sheet.at(said.TITLE)
    expect(sheet.page.get_by_role("heading", level=1)).to_be_focused()
    tab_to(sheet, name="Glabella")
    keyboard.press("Space")
    sheet.page.get_by_role("checkbox", name="Rhytids", exact=True).wait_for()
    tab_to(sheet, name="Rhytids")
    keyboard.press("Space")
    sheet.row("Glabella – Rhytids: On movement (dynamic)").wait_for()
    tab_to(sheet, group="Glabella – Rhytids: On movement (dynamic)")
    keyboard.press("Enter")
    sheet.quiet()
    tab_to(sheet, group=PREGNANCY)
    keyboard.press("ArrowRight")
    assert sheet.given(PREGNANCY) is None
    keyboard.press("Space")
    sheet.quiet()
    assert (sheet.page.evaluate(FOCUSED)[0], sheet.given(PREGNANCY)) == (PREGNANCY, "No")
    tab_to(sheet, group="Breastfeeding")
    keyboard.press("ArrowLeft")
    keyboard.press("Space")
    sheet.quiet()
    tab_to(sheet, name=said.WHAT_IF_TITLE)
    keyboard.press("Enter")
    sheet.quiet()
    sheet.page.get_by_label(said.WHAT_IF_PICK).wait_for()
    tab_to(sheet, name=said.WHAT_IF_PICK)
    sheet.choose("Neuromuscular disorder", NEUROMUSCULAR)
    sheet.page.get_by_role("radiogroup", name=re.compile("^Neuromuscular disorder .*now")).wait_for()
    for _ in range(20):
        keyboard.press("Tab")
        if sheet.page.evaluate(FOCUSED)[0].startswith("Neuromuscular disorder"):
            break
    keyboard.press("ArrowRight")

    expect(sheet.page.get_by_role("table", name=said.WHAT_IF_TABLE)).to_contain_text("Not offered")
    assert sheet.given("Glabella – Rhytids: On movement (dynamic)") == "Yes"
    assert sheet.given("Breastfeeding") == "Not known"


def test_axe_finds_nothing_of_what_if_and_files_and_nothing_is_wider_than_the_screen(sheet: Sheet) -> None:
    sheet.page.set_viewport_size({"width": 820, "height": 1180})
    sheet.blank()
    sheet.frown_lines_and_fuller_lips()
    sheet.give(PREGNANCY, "Not known")
    sheet.give(DIABETES, "No")
    sheet.page.locator("details.answered summary").click()
    sheet.what_if_with("Neuromuscular disorder", NEUROMUSCULAR).get_by_text("Yes", exact=True).click()
    sheet.page.get_by_text(said.FILES_TITLE).click()
    sheet.page.get_by_role("button", name="Download PDF").wait_for()
    assert sheet.violations() == []
    sheet.page.emulate_media(color_scheme="dark")
    assert sheet.violations(*OF_COLOURS) == []

    for width in (390, 820, 1280):
        sheet.page.set_viewport_size({"width": width, "height": 900})
        sheet.quiet()
        wide = sheet.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
        heights = sheet.page.locator(".sheet button:visible").evaluate_all("all => all.map(one => one.offsetHeight)")
        assert wide <= width
        assert min(heights) >= 44
