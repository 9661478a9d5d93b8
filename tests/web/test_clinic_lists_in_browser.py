"""The clinic's lists in a real browser: a nurse finds, opens, saves and turns pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from form_server import Server
from form_walk import Form
from playwright.sync_api import Page, expect
from record_samples import LEAD
from visit_samples import Filled, fill, fill_with_drafts

from recommender.documents.staff import StaffRole
from recommender.records.opening import open_records
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.visit_lists import PAGE
from recommender.web.clinic import list_words as said
from recommender.web.clinic import words
from recommender.web.clinic.pages import PAGES
from recommender.web.clinic.reports import words as report_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Filled, RecordStore]]:
    """A clinic with made-up visits, for the tests that take nothing away."""
    folder = tmp_path_factory.mktemp("clinic")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECOMMENDER_DATA", str(folder))
        for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
            patch.delenv(name, raising=False)
        record_store = open_records()
        filled = fill(record_store)
        server = Server(folder)
        server.start()
        yield server, filled, record_store
        server.stop()
        assert "Uncaught app execution" not in server.said(), server.said()


def signed_in(page: Page, server: Server, role: StaffRole) -> Form:
    server.sign_in(page, role)
    return Form(page, server.address)


def test_a_nurse_opens_a_record_from_the_list_and_comes_back(
    page: Page, clinic: tuple[Server, Filled, RecordStore], tmp_path: Path
) -> None:
    server, filled, _ = clinic
    form = signed_in(page, server, "nurse")
    form.open("?step=records")
    listed = page.get_by_role("table", name=re.compile("^6 visits"))
    expect(listed.get_by_role("rowheader")).to_have_count(6)
    loads: list[str] = []
    page.on("request", lambda request: loads.append(request.url) if request.is_navigation_request() else None)

    listed.get_by_role("link", name=re.compile("^Deciding Made-Up, visit of ")).click()
    form.at(words.RECORD_OF.format(name="Deciding Made-Up"))
    assert f"record={filled.waits_for_a_decision.id}" in page.url
    assert loads == []
    page.go_back()
    form.at(words.RECORDS_TITLE)
    listed.get_by_role("link", name=re.compile("^Twice Made-Up")).first.click()
    form.at(words.RECORD_OF.format(name="Twice Made-Up"))
    page.go_back()
    form.at(words.RECORDS_TITLE)

    assert "Treated Made-Up" in form.save(said.SAVE_CSV, tmp_path).read_text()


def test_the_link_of_a_row_is_one_for_another_window_too(page: Page, clinic: tuple[Server, Filled, RecordStore]) -> None:
    server, filled, _ = clinic
    form = signed_in(page, server, "nurse")
    form.open("?step=waiting")
    link = page.get_by_role("link", name=re.compile("^Deciding"))
    address = link.evaluate("one => one.href")

    with page.context.expect_page() as another:
        link.click(modifiers=["Control"])
    other = another.value
    expect(other.get_by_role("heading", level=1, name=words.RECORD_OF.format(name="Deciding Made-Up"))).to_be_visible(
        timeout=15_000
    )

    assert other.url == address
    assert address.endswith(f"?step=decide&record={filled.waits_for_a_decision.id}")
    assert form.step == "waiting"


def test_a_nurse_goes_from_list_to_list(page: Page, clinic: tuple[Server, Filled, RecordStore], tmp_path: Path) -> None:
    form = signed_in(page, clinic[0], "nurse")
    form.open("?step=records")
    form.press(PAGES["due"].menu)
    form.at(said.DUE_TITLE)
    expect(page.get_by_role("table")).to_contain_text("overdue by 5 days")
    form.press(PAGES["recall"].menu)
    form.at(said.RECALL_TITLE)
    page.get_by_label(said.RECALL_LOT).fill("lot1a")
    page.get_by_label(said.RECALL_LOT).press("Enter")
    expect(page.get_by_role("table", name="Lot lot1a: 3 patients, 3 visits")).to_be_visible()
    saved = form.save(said.SAVE_CSV, tmp_path)
    form.press(PAGES["events"].menu)
    form.at(report_words.EVENTS_TITLE)

    expect(page.get_by_text(report_words.EVENTS_NONE)).to_be_visible()
    assert saved.name == "lot-lot1a.csv"
    assert saved.read_bytes().startswith(b"\xef\xbb\xbfvisit,patient,name")


def test_visits_side_by_side_scroll_by_the_keyboard(page: Page, clinic: tuple[Server, Filled, RecordStore]) -> None:
    server, filled, _ = clinic
    form = signed_in(page, server, "nurse")
    form.open(f"?step=patient&patient={filled.again.patient_id}")
    region = page.get_by_role("region", name=said.SIDE_CAPTION)
    region.wait_for()

    region.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("one => one.scrollLeft > 20", arg=region.element_handle())

    expect(region.get_by_text("newly said")).to_be_visible()


def test_a_lead_saves_a_patients_data_and_the_audit_says_so_once(
    page: Page, clinic: tuple[Server, Filled, RecordStore], tmp_path: Path
) -> None:
    server, filled, record_store = clinic
    form = signed_in(page, server, "lead")
    form.open(f"?step=patient&patient={filled.treated.patient_id}")
    form.press(said.DATA_MAKE)

    saved = form.save(said.DATA_SAVE, tmp_path)

    assert saved.name == f"patient-{filled.treated.patient_id}.json"
    assert saved.read_text().count('"handed out"') == 1
    assert len(Consultations(record_store).of_patient(filled.treated.patient_id, by=LEAD)) == 1


def test_another_page_of_the_list_takes_the_focus_to_its_beginning(
    page: Page, own_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path))
    fill_with_drafts(open_records(), PAGE + 2)
    form = signed_in(page, own_server, "nurse")
    form.open("?step=records")
    rows = page.get_by_role("table").get_by_role("rowheader")
    expect(rows).to_have_count(PAGE)

    form.press(words.MORE)
    expect(rows).to_have_count(2)

    caption = page.locator(".listing caption")
    expect(caption).to_be_focused()
    expect(caption).to_be_in_viewport()
    form.press(said.LATER)
    expect(rows).to_have_count(PAGE)
    expect(caption).to_be_focused()
    expect(page.get_by_role("button", name=said.LATER)).to_have_count(0)
