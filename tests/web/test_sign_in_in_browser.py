"""Signing in with a real browser: a session that lasts over a refresh, ends on every tablet, and leaves an idle page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from form_server import Server
from form_walk import Form, is_at
from playwright.sync_api import Browser, Page, expect
from site_runs import start_title
from sqlalchemy import select
from staff import PASSWORD, QUICK, Visited, records_in, visited

from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.storage.record_store import RecordStore
from recommender.records.storage.row_authentication import set_session_mac
from recommender.records.storage.tables import AccountRow, SessionRow
from recommender.web.clinic import words as said
from recommender.web.clinic.auth import words as sign_in_words
from recommender.web.clinic.auth.access import COOKIE
from recommender.web.clinic.auth.routes import FIRST_START, SIGN_IN
from recommender.web.patient import leaving_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]


class Clinic(NamedTuple):
    """A server with a nurse's account, a patient and a record."""

    server: Server
    record_store: RecordStore
    kept: Visited

    def comes_in(self, page: Page) -> None:
        """The nurse signs in with her name and password."""
        page.goto(f"{self.server.address}{SIGN_IN}")
        page.get_by_label(sign_in_words.NAME).fill("a.nurse")
        page.get_by_label(sign_in_words.PASSWORD).fill(PASSWORD)
        page.get_by_role("button", name=sign_in_words.SIGN_IN).click()
        is_at(page, said.RECORDS_TITLE)

    def patient(self, page: Page) -> None:
        """Open the patient's page."""
        page.goto(f"{self.server.address}/?step=patient&patient={self.kept.patient}")
        is_at(page, self.kept.name)

    def was_seen_long_ago(self) -> None:
        """The server has heard of nobody for 25 minutes."""
        with self.record_store.unaudited_transaction() as session:
            for row in session.scalars(select(SessionRow)):
                row.seen_at = self.record_store.clock() - timedelta(minutes=25)
                set_session_mac(self.record_store.keyring, row, session.get_one(AccountRow, row.account_id))

    def is_seen_again(self, page: Page) -> None:
        """Wait until the server has heard of somebody."""
        for _ in range(400):
            with self.record_store.snapshot() as session:
                seen = session.scalars(select(SessionRow.seen_at)).all()
            if any(self.record_store.clock() - at < timedelta(minutes=5) for at in seen):
                return
            page.wait_for_timeout(100)
        raise AssertionError("staying did not tell the server")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    folder: Path = tmp_path_factory.mktemp("clinic")
    server = Server(folder)
    server.start()
    with records_in(folder) as record_store:
        Accounts(record_store, QUICK).add("a.nurse", PASSWORD, role="nurse", name="Nurse A.")
        yield Clinic(server, record_store, visited(record_store))
    server.stop()
    assert "Uncaught app execution" not in server.said(), server.said()


def test_who_has_signed_in_stays_so_over_a_refresh_and_no_script_sees_the_cookie(clinic: Clinic, page: Page) -> None:
    clinic.comes_in(page)

    page.reload()
    is_at(page, said.RECORDS_TITLE)

    assert COOKIE not in page.evaluate("document.cookie")
    (cookie,) = [cookie for cookie in page.context.cookies() if cookie["name"] == COOKIE]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)


def test_after_signing_out_neither_back_nor_refresh_shows_a_patient(clinic: Clinic, page: Page) -> None:
    clinic.comes_in(page)
    clinic.patient(page)

    page.get_by_role("button", name=said.SIGN_OUT).click()
    is_at(page, said.STAFF_ONLY)
    page.reload()
    is_at(page, said.STAFF_ONLY)
    page.goto(f"{clinic.server.address}/?step=patient&patient={clinic.kept.patient}")
    is_at(page, said.STAFF_ONLY)
    page.go_back()
    is_at(page, said.STAFF_ONLY)

    expect(page.get_by_text(clinic.kept.name)).to_have_count(0)


def test_signing_out_everywhere_shuts_the_page_of_another_browser(clinic: Clinic, page: Page, browser: Browser) -> None:
    other = browser.new_context()
    elsewhere = other.new_page()
    for tablet in (page, elsewhere):
        clinic.comes_in(tablet)
        clinic.patient(tablet)
    (nurse,) = Accounts(clinic.record_store, QUICK).all()

    SignIns(clinic.record_store, QUICK).sign_out_everywhere(nurse.id)
    for tablet in (page, elsewhere):
        tablet.reload()
        is_at(tablet, said.STAFF_ONLY)

    other.close()


def test_a_page_of_the_clinic_that_nobody_touches_for_half_an_hour_is_left_and_asks_before(clinic: Clinic, page: Page) -> None:
    page.clock.install()
    clinic.comes_in(page)
    clinic.patient(page)
    page.wait_for_timeout(2_000)  # what watches is there a moment after the heading

    page.clock.fast_forward("27:00")
    is_at(page, clinic.kept.name)
    page.mouse.click(5, 300)
    page.clock.fast_forward("28:10")
    asked = page.get_by_role("alertdialog", name=leaving_words.STILL_THERE)
    expect(asked).to_contain_text(leaving_words.SOON_STAFF.format(wait="2 minutes"))
    clinic.was_seen_long_ago()
    asked.get_by_role("button", name=leaving_words.STAY).click()
    expect(asked).to_have_count(0)
    clinic.is_seen_again(page)
    is_at(page, clinic.kept.name)
    page.clock.fast_forward("29:00")
    expect(asked).to_be_visible()
    page.clock.fast_forward("01:10")

    is_at(page, sign_in_words.SIGN_IN)
    expect(page.get_by_text(sign_in_words.IDLE)).to_be_visible()
    page.go_back()
    expect(page.get_by_text(clinic.kept.name)).to_have_count(0)


def test_a_patients_form_on_the_same_tablet_is_not_left(clinic: Clinic, page: Page) -> None:
    page.clock.install()
    clinic.comes_in(page)

    page.goto(clinic.server.address)
    is_at(page, start_title("uk"))
    page.wait_for_timeout(2_000)
    page.clock.fast_forward("05:00:00")

    page.wait_for_timeout(1_000)
    is_at(page, start_title("uk"))


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_at_the_sign_in(own_server: Server, browser: Browser, colours: Literal["light", "dark"]) -> None:
    page = browser.new_page(color_scheme=colours)  # one of its own: being refused is an error in a browser's console
    code = re.search(rf"{FIRST_START}/\S+", own_server.said())
    assert code
    door = Form(page, own_server.address)

    page.goto(f"{own_server.address}{code[0]}")
    found = door.violations()
    page.goto(f"{own_server.address}{SIGN_IN}")
    found += door.violations()
    page.get_by_label(sign_in_words.NAME).fill("nobody")
    page.get_by_label(sign_in_words.PASSWORD).fill("none of theirs")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name=sign_in_words.SIGN_IN).click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title(re.compile(f"^Error: {sign_in_words.SIGN_IN}"))
    expect(page.get_by_label(sign_in_words.NAME)).to_have_accessible_description(f"Error: {sign_in_words.REFUSED}")
    expect(page.get_by_label(sign_in_words.PASSWORD)).to_have_attribute("aria-invalid", "true")
    found += door.violations()
    page.get_by_role("link", name=sign_in_words.REFUSED).click()
    expect(page.get_by_label(sign_in_words.NAME)).to_be_focused()

    page.context.close()
    assert found == []
