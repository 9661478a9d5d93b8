"""How this works in a real browser: found from everywhere, searched as one types, and left without losing an answer."""

from __future__ import annotations

import re

import pytest
from form_walk import OF_COLOURS, UNDER_AGE, Form
from playwright.sync_api import Locator, Page, WebSocket, expect
from site_runs import start_title
from strategies import shipped

from recommender.web.about import words as about_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
RULES = shipped()
NUMBER, NO_FILLER = next((n, rule.text) for n, rule in enumerate(RULES.every_rule, 1) if rule.id == "places.no-filler")
#: its name is the beginning of those of its kin
FOUND_BY_ID = sum(NO_FILLER.id in rule.id for rule in RULES.every_rule)
#: a rule and one of its sources, as entries of the page and by the titles that anybody may read
RULE, SOURCE, SOURCE_TITLE = f"#rule-{NUMBER}", "[id='source-R4-104']", RULES.reference.sources["R4-104"].title
FOUND = re.compile(r"^Found: (\d+) of the rules, (\d+) of the sources$")


class Browsing:
    """The page of rules and sources."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.form = Form(page, address)

    def open(self) -> None:
        self.form.open("?step=how")
        self.form.at(about_words.TITLE)
        self.search.wait_for()

    @property
    def search(self) -> Locator:
        return self.page.get_by_label(about_words.SEARCH)

    @property
    def status(self) -> Locator:
        return self.page.locator(".how [role=status]")

    def entries(self, kind: str = "") -> Locator:
        """What a search has not hidden."""
        return self.page.locator(f"details.entry{f'[id^={kind}-]' if kind else ''}:not([hidden])")

    def counted(self) -> tuple[int, int]:
        """How many rules and sources it says it found, once it has said so."""
        self.page.wait_for_timeout(450)
        expect(self.status).to_have_text(FOUND)
        found = FOUND.match(self.status.inner_text())
        assert found is not None
        return int(found[1]), int(found[2])


@pytest.fixture
def how(page: Page, address: str) -> Browsing:
    return Browsing(page, address)


def test_from_the_start_to_a_rule_its_source_and_back(how: Browsing) -> None:
    how.form.open()
    how.form.press(about_words.TITLE)
    how.form.at(about_words.TITLE)
    expect(how.page.get_by_role("heading", level=1)).to_be_focused()
    assert "?" + how.page.url.partition("?")[2] == "?step=how&from=start"

    group = how.page.locator("details.group[data-part='safety'] > summary")
    expect(how.entries("rule").first).not_to_be_visible()
    group.click()
    rule = how.page.locator(RULE)
    rule.locator("summary").click()
    rule.get_by_role("link", name=SOURCE_TITLE).click()

    source = how.page.locator(SOURCE)
    expect(source.locator("summary")).to_be_focused()
    expect(source.get_by_text(about_words.SAYS)).to_be_in_viewport()
    source.get_by_role("link", name=NO_FILLER.title).click()
    expect(rule.locator("summary")).to_be_focused()
    how.form.press("Back")
    how.form.at(start_title("uk"))


def test_typing_narrows_and_says_how_many_and_clearing_shows_all_again(how: Browsing) -> None:
    how.open()
    every = how.entries().count()

    how.search.press_sequentially("eyelid")
    wide = how.counted()
    assert wide == (how.entries("rule").count(), how.entries("source").count())
    assert 0 < sum(wide) < every
    how.search.press_sequentially(" Lines")
    narrow = how.counted()
    expect(how.entries("rule").first).to_be_visible()
    assert 0 < narrow[0] < wide[0]
    assert all({"eyelid", "lines"} <= set(re.findall(r"eyelid|lines", e.text_content().lower())) for e in how.entries().all())

    how.page.get_by_role("button", name=about_words.CLEAR).click()
    expect(how.entries()).to_have_count(every)
    expect(how.status).to_have_text("")
    expect(how.search).to_be_focused()
    expect(how.entries("rule").first).not_to_be_visible()


def test_what_nobody_has_written_is_said_to_be_not_there(how: Browsing) -> None:
    how.open()

    how.search.fill("eyelid zeppelin")

    expect(how.status).to_have_text(about_words.NOT_FOUND)
    expect(how.entries()).to_have_count(0)
    expect(how.page.locator(".how .group:visible")).to_have_count(0)


def test_accents_capitals_and_curly_quotes_do_not_matter(how: Browsing) -> None:
    how.open()
    how.search.fill("don't know")
    plain = how.counted()

    how.search.fill("DÓN’T  KNOW")

    assert how.counted() == plain
    assert plain[0] > 0


def test_one_group_alone_can_be_shown(how: Browsing) -> None:
    how.open()

    how.page.get_by_label(about_words.SHOW, exact=True).select_option(label=about_words.FOLDERS["after_treatment"])

    assert how.counted() == (how.page.locator("[data-part=after_treatment] .entry").count(), 0)
    expect(how.page.locator("[data-part=after_treatment] .entry").first).to_be_visible()
    expect(how.page.locator("[data-part=safety]")).not_to_be_visible()
    how.page.get_by_label(about_words.SHOW, exact=True).select_option(label=about_words.SHOW_SOURCES)
    expect(how.status).to_have_text(re.compile("^Found: 0 of the rules, "))


def test_a_link_shows_what_a_search_has_hidden(how: Browsing) -> None:
    how.open()
    how.search.fill(NO_FILLER.id)
    assert how.counted()[0] == FOUND_BY_ID
    source = how.page.locator(SOURCE)
    expect(source).not_to_be_visible()

    how.page.locator(f"{RULE} > summary").click()
    how.page.get_by_role("link", name=SOURCE_TITLE).click()

    expect(source.locator("summary")).to_be_focused()
    expect(source).to_be_visible()


def test_nothing_that_is_searched_for_leaves_the_page(how: Browsing) -> None:
    sent: list[str | bytes] = []

    def listen(socket: WebSocket) -> None:
        def keep(frame: str | bytes) -> None:
            sent.append(frame)

        socket.on("framesent", keep)

    how.page.on("websocket", listen)
    how.open()
    asked: list[str] = []
    how.page.on("request", lambda request: asked.append(request.url))
    before = len(sent)
    assert before > 0

    how.search.press_sequentially("eyelid")
    assert how.counted()[0] > 0
    how.search.press("Enter")
    how.page.wait_for_timeout(500)

    assert sent[before:] == []
    assert asked == []
    assert "eyelid" not in how.page.url


def test_answers_are_kept_however_one_comes_back(how: Browsing) -> None:
    form = how.form
    form.to_places()
    form.point_at("Lips")
    expect(form.page.get_by_text("Chosen: Lips")).to_be_visible()
    form.press(about_words.TITLE)
    form.at(about_words.TITLE)
    assert re.fullmatch(r"d=[\w-]{22}&step=how&from=places", form.page.url.partition("?")[2])

    how.search.fill("lips")
    form.page.reload()
    form.at(about_words.TITLE)
    form.press(about_words.BACK)
    form.at("Where on your face is it about?")
    expect(form.page.get_by_text("Chosen: Lips")).to_be_visible()
    form.press(about_words.TITLE)
    form.at(about_words.TITLE)
    form.page.go_back()
    form.at("Where on your face is it about?")

    expect(form.page.get_by_text("Chosen: Lips")).to_be_visible()


def test_from_the_result_and_back_to_it(how: Browsing) -> None:
    form = how.form
    form.start(16)
    form.at(UNDER_AGE)

    form.press(about_words.TITLE)
    form.at(about_words.TITLE)
    form.press("Back")

    form.at(UNDER_AGE)
    expect(form.page.get_by_text("under 18").first).to_be_visible()


def test_by_keyboard_alone(how: Browsing) -> None:
    how.form.open()
    keyboard = how.page.keyboard
    tab_to(how, about_words.TITLE)
    keyboard.press("Enter")
    how.form.at(about_words.TITLE)
    tab_to(how, about_words.BROWSE)
    keyboard.press("Enter")
    tab_to(how, about_words.SEARCH)
    keyboard.type(NO_FILLER.id)
    assert how.counted()[0] == FOUND_BY_ID

    tab_to(how, NO_FILLER.title)
    keyboard.press("Space")
    expect(how.page.locator(f"{RULE} dl")).to_be_visible()
    tab_to(how, SOURCE_TITLE)
    keyboard.press("Enter")
    expect(how.page.locator(f"{SOURCE} > summary")).to_be_focused()
    tab_to(how, about_words.BACK)
    keyboard.press("Enter")

    how.form.at(start_title("uk"))


def tab_to(how: Browsing, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    focused = """() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return (at?.labels?.[0]?.innerText || at?.innerText || '').replace(/\\s+/g, ' ').trim();
    }"""
    for _ in range(60):
        how.page.keyboard.press("Tab")
        if how.page.evaluate(focused).startswith(name):
            return
    raise AssertionError(f"Tab never came to {name!r}")


def test_axe_finds_nothing_opened_narrowed_or_empty(how: Browsing) -> None:
    how.open()
    how.search.fill("eyelid")
    how.counted()
    how.entries("rule").first.locator("summary").click()
    how.entries("source").first.locator("summary").click()
    assert how.form.violations() == []
    for colours in ("dark", "forced"):
        how.page.emulate_media(
            color_scheme="dark" if colours == "dark" else "light", forced_colors="active" if colours == "forced" else "none"
        )
        assert how.form.violations(*OF_COLOURS) == []
    how.search.fill("zeppelin")
    expect(how.status).to_have_text(about_words.NOT_FOUND)
    assert how.form.violations() == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen_and_everything_can_be_hit(how: Browsing, width: int) -> None:
    how.page.set_viewport_size({"width": width, "height": 800})
    how.open()
    how.search.fill("e")
    how.counted()
    how.page.locator(".how").evaluate("how => { for (const box of how.querySelectorAll('details')) box.open = true; }")

    wide = how.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
    pressed = how.page.locator(".how").locator("summary:visible, button:visible, input:visible, select:visible, nav a:visible")
    heights = pressed.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")

    assert wide <= width
    assert len(heights) > 100
    assert min(heights) >= 44


def test_whoever_looks_up_the_name_that_people_know_is_told_what_it_is_called_here(how: Browsing) -> None:
    how.open()

    how.search.fill("Botox")

    expect(how.status).to_have_text("Here it is called: Muscle-relaxing injection.")
    expect(how.entries("treatment")).to_have_count(1)
    assert "Botox" not in how.page.locator(".how").inner_text()
