"""The result in a real browser: the answer on one screen, the way to a reason or a source and back, and all of it on paper."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

import pypdf
import pytest
from form_server import Server
from form_walk import EMERGENCY, SUMMARY, UNDER_AGE, Form
from kept_drafts import CIRCLES, FROWN_AND_LIPS, adult, kept, kept_draft
from playwright.sync_api import Locator, Page, expect

from recommender.documents.vocabulary import Jurisdiction
from recommender.web import words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]

SCREEN: Final = 844
HEADER: Final = 70  # the most that stands above the page itself
#: what is read without scrolling, in its order: each part by what finds it
PARTS: Final = (
    ".callout",
    ".map .drawing",
    ".map li >> nth=0",
    ".map li >> nth=1",
    "#answer > p >> nth=1",  # what to do now
    "#answer > ul > li >> nth=0",  # a risk of each
    "#answer > ul > li >> nth=1",
    "#answer > p >> nth=3",  # what speaks against it
    "#answer > p >> nth=4",  # what is still open
)
ServerIn = Callable[[Jurisdiction], Server]


@pytest.fixture
def result(page: Page, server_in: ServerIn) -> Callable[..., Form]:
    """The result of somebody who has answered everything, by kind; or of these answers."""

    def opened(
        kind: str = "", where: Jurisdiction = "uk", language: str = "en", answers: Mapping[str, Any] | None = None
    ) -> Form:
        form, folder = Form(page, server_in(where).address), server_in(where).folder
        token = kept_draft(folder, kind) if answers is None else kept(folder, answers)
        form.open(f"?d={token}&step=result&lang={language}")
        page.locator("#answer").wait_for()
        return form

    return opened


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("where", ["uk", "us"])
def test_the_answer_what_to_do_the_risks_and_what_is_open_are_on_the_first_screen(
    result: Callable[..., Form], where: Jurisdiction, language: str
) -> None:
    page = result("both", where, language).page

    above = _box(page.locator("[class*=st-key-back-]").first)["top"]
    found = [_box(page.locator(part)) for part in PARTS]
    assert [part for part, box in zip(PARTS, found, strict=True) if box["bottom"] - above + HEADER > SCREEN] == []
    assert all(box["height"] > 10 for box in found)
    tops = [found[0]["top"], *(box["top"] for box in found[2:])]
    assert tops == sorted(tops)
    assert found[1]["right"] <= found[2]["left"]  # the face is beside the lines
    assert page.locator(".map svg pattern").evaluate_all("all => all.map(one => one.id.replace(/.*-/, ''))") == [
        *("stripes", "dots", "stripes", "dots"),  # on the face, and at each line
    ]


def test_with_every_health_question_left_out_the_first_screen_says_how_many_are_open(result: Callable[..., Form]) -> None:
    page = result(answers={"person.age": 42, **FROWN_AND_LIPS}).page

    above = _box(page.locator("[class*=st-key-back-]").first)["top"]
    headline = page.locator(".callout")
    expect(headline).to_contain_text(re.compile(r"^\d\d health questions are not answered, so this may still change\."))
    still_open = page.locator("#answer > p", has_text="answers could still change this.")
    assert [box for box in map(_box, (headline, still_open)) if box["bottom"] - above + HEADER > SCREEN] == []


def _box(shown: Locator) -> dict[str, float]:
    box: dict[str, float] = shown.evaluate("one => one.getBoundingClientRect().toJSON()")
    return box


def test_a_source_is_gone_to_from_its_number_and_left_again_by_the_browser_and_by_a_link(result: Callable[..., Form]) -> None:
    form = result("wait")
    page, url = form.page, form.page.url
    cited = page.locator("#holds .cited a").first
    number = cited.inner_text()
    source, sources = page.locator(f"#source-{number}"), page.locator("#sources")
    expect(sources).not_to_have_attribute("open", "")

    cited.click()
    expect(source).to_be_focused()
    expect(source).to_be_in_viewport()
    page.go_back()
    expect(cited).to_be_focused()
    expect(cited).to_be_in_viewport()
    cited.click()
    source.get_by_role("link", name=words.BACK_TO_WHERE).click()

    expect(cited).to_be_focused()
    expect(page.get_by_role("link", name=words.BACK_TO_WHERE)).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name=SUMMARY)).to_be_visible()
    assert page.url.partition("#")[0] == url


def test_each_line_leads_to_more_about_it_and_back(result: Callable[..., Form]) -> None:
    form = result("both")
    page = form.page
    links = page.locator("#answer a.more")
    names = links.evaluate_all("all => all.map(one => one.getAttribute('href').slice(1))")
    assert names == ["options", "options", "take-it-along", "comparison", "comparison", "options"]
    heard = "all => all.map(one => one.getAttribute('aria-label') ?? one.textContent)"
    assert len(set(links.evaluate_all(heard))) == len(names)

    links.nth(2).click()
    expect(page.get_by_role("heading", name=words.TAKE_TITLE)).to_be_focused()
    page.go_back()
    expect(links.nth(2)).to_be_focused()
    for place, name in [(place, name) for place, name in enumerate(names) if place != 2]:
        links.nth(place).click()
        part = page.locator(f"#{name}")
        expect(part).to_have_attribute("open", "")
        expect(part.locator("summary").first).to_be_focused()
        part.get_by_role("link", name=words.BACK_TO_WHERE).click()
        expect(links.nth(place)).to_be_focused()
    form.quiet()
    assert form.step == "result"
    assert form.violations() == []


def test_after_a_source_the_browsers_back_leads_on_to_the_page_before(result: Callable[..., Form]) -> None:
    form = result("both")
    form.press(words.RESULT_CHANGE)
    form.at(words.CHECK_TITLE)
    form.press(words.SEE_RESULT)
    form.at(SUMMARY)
    form.page.locator("#answer a.more").first.click()

    form.page.go_back()
    form.page.go_back()

    form.at(words.CHECK_TITLE)


def test_whoever_has_brown_circles_reads_at_most_250_words_before_unfolding_anything(result: Callable[..., Form]) -> None:
    page = result(answers=adult("no") | CIRCLES).page
    expect(page.get_by_role("button", name="Download PDF")).to_be_visible()

    shown = _shown(page)

    assert "skin practitioner" in shown
    assert words.TAKE_TITLE in shown
    assert 80 < len(re.findall(r"\w[\w'’.-]*", shown)) <= 250


def _shown(page: Page) -> str:
    """What the page and its components show, without the names of icons and the buttons of files, which are no text to read."""
    shown: str = page.evaluate(
        """() => {
          for (const icon of document.querySelectorAll('[data-testid=stIconMaterial]')) icon.remove();
          const roots = [...document.querySelectorAll('*')].map(one => one.shadowRoot).filter(Boolean);
          const read = roots.filter(root => !root.querySelector('.files')).flatMap(root => [...root.children]);
          return [document.querySelector('[data-testid=stMain]'), ...read].map(one => one.innerText ?? '').join(' ');
        }"""
    )
    return shown


def test_on_paper_all_of_it_stands_though_it_was_folded(result: Callable[..., Form]) -> None:
    page = result("both").page

    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))

    text = _run_together("".join(one.extract_text() for one in printed.pages))
    folded = page.locator("#more > details > summary").all_inner_texts()
    said = [*folded, *page.locator("#answered th[scope=row], #sources li > a").all_text_contents()]
    assert len(folded) > 8
    assert len(said) > 50
    assert [one for one in said if _run_together(one) not in text] == []
    assert _run_together(words.BACK_TO_WHERE) not in text


def _run_together(text: str) -> str:
    """The letters of a text: where a line ends on paper is nobody's word."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(
    ("of", "title"),
    [({"kind": "emergency"}, EMERGENCY), ({"answers": {"person.age": 17, **FROWN_AND_LIPS}}, UNDER_AGE)],
    ids=["emergency", "under 18"],
)
def test_a_call_for_help_and_an_age_under_18_are_pages_of_their_own_on_one_screen(
    result: Callable[..., Form], of: dict[str, Any], title: str
) -> None:
    form = result(**of)
    page = form.page

    form.at(title)
    resume = page.locator("[class*=st-key-resume-] button")
    above = _box(page.locator("[class*=st-key-back-]").first)["top"]
    assert _box(resume)["bottom"] - above + HEADER <= SCREEN
    assert page.locator("details, .files, [class*=st-key-handover]").count() == 0
    if "kind" in of:
        number = _box(page.get_by_role("link", name="999"))
        assert number["bottom"] - above + HEADER <= SCREEN / 2
        assert number["height"] >= 44
