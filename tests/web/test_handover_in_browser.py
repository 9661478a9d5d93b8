"""Handing over in a real browser: from the patient's screen, through a reader of codes, to the nurse's page."""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import zxingcpp
from form_server import Server
from form_walk import Form
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from recommender.web.consultation import words as consultation_words
from recommender.web.handover import words as said
from recommender.web.state.draft_store import DraftStore

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]


@pytest.fixture(scope="module")
def offers_codes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An application that offers codes."""
    server = Server(tmp_path_factory.mktemp("codes"), RECOMMENDER_HANDOFF_CODES="1")
    server.start()
    yield server
    server.stop()
    assert "Uncaught app execution" not in server.said(), server.said()


@pytest.fixture
def own_server(offers_codes: Server) -> Server:
    """The application that offers codes, without the drafts of the test before."""
    drafts = offers_codes.folder / "drafts.sqlite"
    DraftStore(drafts)  # the server makes it in its own time
    with closing(sqlite3.connect(drafts)) as database, database:
        database.execute("DELETE FROM draft")
    return offers_codes


@pytest.fixture
def form(page: Page, own_server: Server) -> Form:
    return Form(page, own_server.address)


@pytest.fixture
def clinic(browser: Browser, own_server: Server) -> Iterator[Form]:
    """Another browser, with nothing in common with the patient's, in which a nurse has signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    own_server.sign_in(opened, "nurse")
    yield Form(opened, own_server.address)
    context.close()


def to_the_result(form: Form, folder: Path) -> None:
    form.resume(folder, "ordinary", "result", at_rest="unsure")
    form.at("Summary for your consultation")


def link_of(form: Form) -> str:
    form.page.get_by_text(said.TITLE).click()
    field = form.page.get_by_label(said.LINK)
    field.wait_for()
    form.quiet()
    return field.input_value()


def values(folder: Path) -> dict[str, dict[str, object]]:
    """Whose draft → what it holds, of everything in the store."""
    with sqlite3.connect(folder / "drafts.sqlite") as database:
        found = [json.loads(row[0]) for row in database.execute("SELECT content FROM draft")]
    database.close()
    return {content.get("respondent", "patient"): content["values"] for content in found}


def test_from_the_patients_screen_to_the_nurses_page(form: Form, clinic: Form, own_server: Server) -> None:
    to_the_result(form, own_server.folder)
    before = values(own_server.folder)
    link = link_of(form)
    picture = form.page.get_by_role("img", name=said.QR)
    picture.scroll_into_view_if_needed()
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.screenshot())))
    assert read.text == link
    assert form.violations() == []
    assert "#" not in form.page.url
    assert (values(own_server.folder), sorted(before)) == (before, ["patient"])
    requested: list[str] = []
    clinic.page.on("request", lambda request: requested.append(f"{request.url} {request.headers.get('referer', '')}"))
    clinic.page.on("websocket", lambda socket: requested.append(socket.url))

    clinic.page.goto(read.text)
    clinic.at(consultation_words.INTRO_TITLE)
    expect(clinic.page.get_by_role("heading", name=said.CAME_TITLE)).to_be_visible()
    assert clinic.page.url == f"{own_server.address}/?step=consultation"
    assert clinic.violations() == []
    assert values(own_server.folder) == before
    clinic.press(said.CAME_BUTTON)
    clinic.at(consultation_words.TITLE)

    expect(clinic.page.get_by_text(said.SEEN_SAME)).to_be_visible()
    assert values(own_server.folder) == {"patient": before["patient"], "nurse": before["patient"]}
    fragment = link.partition("#")[2]
    assert [url for url in requested if fragment[:20] in url or "a=1" in url] == []
    assert len(requested) > 5
    assert fragment[:20] not in own_server.said()
    clinic.page.go_back()
    clinic.at(consultation_words.INTRO_TITLE)
    assert clinic.page.url == f"{own_server.address}/?step=consultation"
    expect(clinic.page.get_by_role("heading", name=said.CAME_TITLE)).not_to_be_visible()
    clinic.page.reload()
    clinic.at(consultation_words.INTRO_TITLE)
    expect(clinic.page.get_by_role("heading", name=said.CAME_TITLE)).not_to_be_visible()


def test_a_link_that_comes_to_an_open_page_is_taken_too_and_a_broken_one_says_so(clinic: Form, own_server: Server) -> None:
    clinic.open("?step=consultation")
    bomb = base64.urlsafe_b64encode(zlib.compress(b"[" * 10_000_000, 9)).decode().rstrip("=")

    for fragment, problem in (
        ("a=1.AAAA", "it is not whole"),
        ("a=1." + "A" * 40_000, "more than 20,000 characters"),
        (f"a=1.{bomb}", "more than 200,000 bytes"),
    ):
        clinic.page.goto(f"{own_server.address}/?step=consultation#{fragment}")
        expect(clinic.page.get_by_role("heading", name=said.CAME_TITLE)).to_be_visible()
        assert clinic.page.url == f"{own_server.address}/?step=consultation"
        clinic.press(said.CAME_BUTTON)
        expect(clinic.page.get_by_role("alert").filter(has_text=said.CAME_PROBLEM)).to_contain_text(problem)
        assert clinic.step == "consultation"


def test_what_was_pressed_is_copied(form: Form, own_server: Server) -> None:
    form.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    to_the_result(form, own_server.folder)
    link = link_of(form)

    form.page.get_by_role("button", name=said.COPY).click()

    expect(form.page.get_by_text(said.COPIED)).to_be_visible()
    assert form.page.evaluate("() => navigator.clipboard.readText()") == link
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?step=consultation#a=1\.[\w-]+", link)


def test_a_code_goes_from_one_browser_to_the_other_on_paper(form: Form, clinic: Form, own_server: Server) -> None:
    to_the_result(form, own_server.folder)
    before = values(own_server.folder)
    form.page.get_by_text(said.TITLE).click()
    form.press(said.CODE_MAKE)
    shown = form.page.locator(".characters")
    expect(shown).to_be_visible()
    code = shown.inner_text()
    assert form.violations() == []

    clinic.open("?step=consultation")
    field = clinic.page.get_by_label(said.CODE_FIELD)
    field.fill(code[:-1] + ("2" if code[-1] != "2" else "3"))
    clinic.press(said.CODE_BUTTON)
    expect(clinic.page.get_by_role("alert").filter(has_text=said.CODE_REFUSED["mistyped"])).to_be_visible()
    assert clinic.violations() == []
    field.fill(code.lower().replace("-", " "))
    clinic.press(said.CODE_BUTTON)
    clinic.at(consultation_words.TITLE)

    expect(clinic.page.get_by_text(said.SEEN_SAME)).to_be_visible()
    assert values(own_server.folder) == {"patient": before["patient"], "nurse": before["patient"]}
    assert code not in own_server.said()
    form.page.reload()
    form.at("Summary for your consultation")
    expect(form.page.get_by_text(code)).to_have_count(0)
