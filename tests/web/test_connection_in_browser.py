"""The line between browser and server breaks: what was typed is kept, and the page says what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from cut_connection import Line
from form_server import Server
from form_walk import Form
from kept_drafts import drafts_in, give_device
from playwright.sync_api import Browser, Locator, Page, expect
from treat_samples import OTHER, TOXIN, decided, kept_in, product

from recommender.documents.plan import Product
from recommender.languages import speaking
from recommender.records.domain import workflow
from recommender.records.opening import open_records
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations, Kept
from recommender.web import words
from recommender.web.clinic import words as clinic_words
from recommender.web.clinic.auth.access import COOKIE
from recommender.web.clinic.treatment import treat_words as said

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]

STATE = "() => document.querySelector('.stApp').dataset.testConnectionState"
Break = Callable[["Site"], None]


class Site:
    """A server, and a page of a telephone that reaches it through a line."""

    def __init__(self, server: Server, record_store: RecordStore) -> None:
        self.server, self.record_store = server, record_store
        self.line = Line(server.port)

    def go_to(self, page: Page) -> None:
        self.page, self.form = page, Form(page, self.line.address)
        give_device(page.context, self.server.address)  # the cookie is named after the port that the server knows
        self.bar = page.locator("body > .line")

    def cut(self) -> None:
        self.line.cut()
        expect(self.bar).not_to_be_empty()

    def mend(self) -> None:
        self.line.mend()
        self.page.wait_for_function(f"() => ({STATE})() === 'CONNECTED'")
        expect(self.bar).to_be_empty()
        self.form.quiet()

    def restart(self) -> None:
        """The server knows nothing of its sessions any more, as it does not after two minutes without a line."""
        self.server.stop()
        self.server.start()

    def age_kept(self) -> object:
        token = re.search(r"d=([\w-]+)", self.page.url)
        assert token
        draft = drafts_in(self.server.folder).load(token[1])
        assert draft
        return draft["values"].get("person.age")

    def open_treatment(self, *products: Product) -> str:
        record = kept_in(self.record_store, decided(TOXIN, products=products)).id
        token = self.server.session_of("nurse")
        self.page.context.add_cookies([{"name": COOKIE, "value": token, "url": self.line.address}])
        self.form.open(f"?step=treat&record={record}")
        self.note.wait_for()
        return record

    @property
    def note(self) -> Locator:
        return self.page.get_by_label(said.NOTE_LABEL)

    def kept(self, record: str) -> Kept:
        return Consultations(self.record_store).get(record, by=OTHER)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("line")
    with pytest.MonkeyPatch.context() as set_:
        set_.setenv("RECOMMENDER_DATA", str(folder))
        for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
            set_.delenv(name, raising=False)
        server = Server(folder)
        server.start()
        yield Site(server, open_records())
        server.stop()
    assert "Traceback" not in server.said(), server.said()


@pytest.fixture(params=["en-GB"])
def page(site: Site, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce", locale=request.param)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    site.go_to(page)
    yield page
    site.line.mend()
    context.close()
    assert problems == []


def nothing(_: Site) -> None:
    """The session is still there."""


BREAKS = pytest.mark.parametrize("during", [nothing, Site.restart], ids=["session-kept", "session-gone"])


@BREAKS
def test_an_age_that_is_half_typed_when_the_line_breaks_is_kept_and_keeps_the_focus(
    site: Site, page: Page, during: Break
) -> None:
    site.form.open()
    site.form.press("Start now")
    site.form.at("How old are you?")
    site.form.quiet()
    age = page.get_by_label("Your age in years")
    age.click()
    age.press_sequentially("4")

    site.cut()
    page.keyboard.type("2")
    during(site)
    site.mend()

    expect(age).to_be_focused()
    expect(age).to_have_value("42")
    assert site.age_kept() == 42


@BREAKS
def test_a_note_that_is_half_typed_when_the_line_breaks_is_in_the_record(site: Site, page: Page, during: Break) -> None:
    record = site.open_treatment()
    page.locator("[class*='st-key-now-informed_on-']").get_by_role("button").click()
    site.form.quiet()
    day = page.get_by_label(said.TOLD_ON)
    site.note.click()
    page.keyboard.type("Prefers mor")

    site.cut()
    page.keyboard.type("nings.")
    day.fill("2026-01-31")
    during(site)
    site.mend()

    expect(site.note).to_have_value("Prefers mornings.")
    kept = site.kept(record).consultation
    assert (kept.note, str(kept.informed_on)) == ("Prefers mornings.", "2026-01-31")


@BREAKS
def test_what_is_noted_on_the_chart_while_the_line_is_down_is_in_the_record(site: Site, page: Page, during: Break) -> None:
    record = site.open_treatment(product())
    chart = page.locator(".chart")
    amount = chart.locator(".list").get_by_role("textbox")
    before = site.kept(record).consultation.products[0].points

    site.cut()
    chart.locator("#next").fill("1.5")
    chart.locator(".adding select").select_option(index=1)
    chart.locator(".adding button").click()
    amount.first.fill("x")
    amount.first.press("Enter")
    during(site)
    site.mend()

    expect(amount.first).to_have_value("x")
    kept = site.kept(record).consultation
    assert [str(point.amount) for point in kept.products[0].points] == [*(str(point.amount) for point in before), "1.5"]
    assert [one.typed for one in kept.unsaved] == ["1: x"]


def test_each_of_a_hundred_characters_arrives_though_the_line_breaks_every_ten(site: Site, page: Page) -> None:
    record = site.open_treatment()
    text = "".join(f"{number:03}. part " for number in range(10))
    site.note.click()

    for start in range(0, 100, 10):
        page.keyboard.type(text[start : start + 10])
        site.cut()
        site.mend()
    page.keyboard.press("Tab")
    site.form.quiet()

    assert site.kept(record).consultation.note == text.strip()


def test_a_press_before_the_page_is_told_waits_for_what_was_typed(site: Site, page: Page) -> None:
    site.form.open()
    site.form.press("Start now")
    site.form.at("How old are you?")
    site.form.quiet()
    page.get_by_label("Your age in years").press_sequentially("42")

    site.cut()
    site.restart()
    page.evaluate(f"""() => new MutationObserver((_, watching) => {{
      if (({STATE})() !== 'CONNECTED') return;
      watching.disconnect();
      document.querySelector('[class*=st-key-continue-] button').click();
    }}).observe(document.querySelector('.stApp'), {{ attributes: true }})""")
    site.line.mend()

    site.form.at("Are you pregnant or breastfeeding?")
    assert site.age_kept() == 42


def test_what_is_pressed_while_the_line_is_down_is_not_done_behind_anybodys_back(site: Site, page: Page) -> None:
    site.form.to_places()

    site.cut()
    page.get_by_role("button", name="Continue").click(force=True)
    site.mend()

    assert site.form.step == "places"


@pytest.mark.parametrize("page", ["es-ES"], indirect=True)
def test_a_line_that_is_down_is_said_in_the_language_of_the_page_and_covers_nothing(site: Site, page: Page) -> None:
    with speaking("es"):
        label, told = str(words.AFTER_NOW), str(words.LINE_DOWN)
    site.form.open()
    page.get_by_role("button", name=label).click()
    site.form.quiet()
    number = page.get_by_role("link", name="999")

    site.line.cut()
    expect(site.bar).to_have_text(told)
    page.wait_for_timeout(7000)  # Streamlit's own dialog came after six attempts

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(site.bar).to_have_attribute("role", "status")
    number.scroll_into_view_if_needed()
    assert page.evaluate(
        """() => {
          const bar = document.querySelector('.line').getBoundingClientRect();
          const app = document.querySelector('.stApp').getBoundingClientRect();
          const link = document.querySelector('.call a'), at = link.getBoundingClientRect();
          const hit = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
          return app.bottom <= bar.top + 1 && bar.bottom <= innerHeight && hit === link;
        }"""
    )
    site.mend()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_line_that_breaks_without_a_word_is_found_out_and_what_was_told_into_it_is_told_again(site: Site, page: Page) -> None:
    record = site.open_treatment()
    site.line.hold()
    site.note.fill("Prefers mornings.")
    page.keyboard.press("Tab")

    expect(site.bar).to_have_text(words.LINE_DOWN)
    site.line.cut()
    site.mend()

    assert site.kept(record).consultation.note == "Prefers mornings."


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_by_a_page_that_was_cut_off(site: Site, page: Page) -> None:
    record = site.open_treatment()
    site.cut()
    site.note.fill("Mine.")
    theirs = site.kept(record)
    changed = workflow.write(theirs.consultation, by=OTHER, note="Theirs.")
    Consultations(site.record_store).save(record, theirs.version, changed, by=OTHER)
    site.restart()
    site.mend()

    expect(page.get_by_text(said.CLASH)).to_be_visible()
    assert site.kept(record).consultation.note == "Theirs."


def test_what_cannot_be_kept_any_more_is_said_word_for_word(site: Site, page: Page) -> None:
    site.open_treatment()
    site.cut()
    site.note.fill("Prefers mornings.")
    page.context.clear_cookies()
    site.line.mend()

    expect(page.get_by_role("heading", name=clinic_words.STAFF_ONLY)).to_be_visible()
    expect(site.bar).to_contain_text(f"{said.NOTE_LABEL}: Prefers mornings.")
    page.get_by_role("button", name=words.LINE_READ).click()
    expect(site.bar).to_be_empty()
