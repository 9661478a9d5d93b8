"""Signing in at the clinic's own provider, in a real browser and with a real provider."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import httpx
import pytest
from form_server import Server
from form_walk import is_at
from oidc_provider import CLIENT, SECRET, OidcProvider
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_runs import start_title
from sqlalchemy import text
from staff import PASSWORD, QUICK, Visited, records_in, visited

from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.maintenance.verification import verify
from recommender.records.storage.record_store import RecordStore
from recommender.web.clinic import list_words
from recommender.web.clinic import words as said
from recommender.web.clinic.auth import provider
from recommender.web.clinic.auth import words as sign_in_words
from recommender.web.clinic.auth.routes import SIGN_IN
from recommender.web.streamlit_port.undocumented import PROVIDER_ADDRESSES, PROVIDER_COOKIES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
PEOPLE: Final[dict[str, dict[str, Any]]] = {
    "nurse": {"email": "nurse@clinic.example", "email_verified": True},
    "lead": {"email": "Lead@clinic.example", "email_verified": True},
    "stranger": {"email": "stranger@clinic.example", "email_verified": True},
    "not verified": {"email": "invited@clinic.example", "email_verified": False},
    "says nothing": {"email": "invited@clinic.example"},
    "other's name": {"email": "with.password@clinic.example", "email_verified": True},
}


class Clinic(NamedTuple):
    """A server with a provider, a patient and a record, and accounts."""

    server: Server
    record_store: RecordStore
    kept: Visited


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    folder = tmp_path_factory.mktemp("clinic")
    server = Server(folder)
    known = OidcProvider(back=f"{server.address}/oauth2callback", people=PEOPLE)
    server.set(provider.METADATA, known.metadata_url)
    server.set(provider.CLIENT, CLIENT)
    server.set(provider.CLIENT_SECRET, SECRET)
    server.set(provider.PUBLIC, server.address)
    server.start()
    with records_in(folder) as record_store:
        accounts = Accounts(record_store, QUICK)
        accounts.add_for_provider("nurse@clinic.example", role="nurse", name="Nurse A.")
        accounts.add_for_provider("lead@clinic.example", role="lead", name="Lead A.")
        accounts.add_for_provider("invited@clinic.example", role="nurse", name="Nurse B.")
        accounts.add("with.password@clinic.example", PASSWORD, role="prescriber", name="Prescriber A.")
        yield Clinic(server, record_store, visited(record_store))
        assert verify(record_store).problems == ()
    server.stop()
    known.stop()
    assert "Uncaught app execution" not in server.said(), server.said()
    assert (folder / "keys" / "cookies.secret").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1024, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def comes(page: Page, clinic: Clinic, who: str, *, at: str) -> None:
    """Somebody signs in at the provider, from the page for staff, and arrives at a page."""
    page.goto(f"{clinic.server.address}/?step=records")
    page.get_by_role("button", name=sign_in_words.WITH_PROVIDER).click()
    page.locator("input[name=login]").fill(who)
    page.locator("input[name=password]").fill("anything")
    page.get_by_role("button", name="Sign-in").click()
    consent = page.get_by_role("button", name="Continue")
    consent.or_(page.get_by_role("heading", name=at, exact=True)).first.wait_for()
    if consent.is_visible():  # it asks once
        consent.click()
    is_at(page, at)


def leaves(page: Page) -> None:
    """Sign out, here and at the provider, which asks once more."""
    page.get_by_role("button", name=said.SIGN_OUT).click()
    page.get_by_role("button", name="Yes, sign me out").click()
    is_at(page, start_title("uk"))


def shut_at(page: Page, clinic: Clinic, title: str) -> None:
    """The page of the patient does not open, and says nothing of them."""
    page.goto(f"{clinic.server.address}/?step=patient&patient={clinic.kept.patient}")
    is_at(page, title)
    expect(page.get_by_text(clinic.kept.name)).to_have_count(0)


def provider_cookies(context: BrowserContext) -> list[Any]:
    return [cookie for cookie in context.cookies() if cookie["name"].startswith(PROVIDER_COOKIES)]


def test_the_clinics_own_account_opens_the_records_until_signing_out_and_never_by_the_same_sign_in(
    clinic: Clinic, tablet: Page
) -> None:
    comes(tablet, clinic, "nurse", at=said.RECORDS_TITLE)
    expect(tablet.locator(".who")).to_have_text("Nurse A., nurse")
    tablet.goto(f"{clinic.server.address}/?step=patient&patient={clinic.kept.patient}")
    is_at(tablet, clinic.kept.name)
    tablet.reload()
    is_at(tablet, clinic.kept.name)
    kept = provider_cookies(tablet.context)

    leaves(tablet)
    assert provider_cookies(tablet.context) == []
    shut_at(tablet, clinic, said.STAFF_ONLY)

    assert kept
    tablet.context.add_cookies(kept)
    shut_at(tablet, clinic, said.STAFF_ONLY)
    with clinic.record_store.snapshot() as session:
        subject = session.scalar(text("SELECT subject FROM account WHERE login = 'nurse@clinic.example'"))
    assert subject == "nurse"


@pytest.mark.parametrize("who", ["stranger", "not verified", "says nothing", "other's name", "unknown"])
def test_whoever_has_no_account_is_told_so_and_can_leave(clinic: Clinic, tablet: Page, who: str) -> None:
    comes(tablet, clinic, who, at=said.NO_ACCOUNT)
    shut_at(tablet, clinic, said.NO_ACCOUNT)
    tablet.goto(clinic.server.address)
    is_at(tablet, start_title("uk"))

    tablet.goto(f"{clinic.server.address}/?step=records")
    leaves(tablet)

    shut_at(tablet, clinic, said.STAFF_ONLY)


def test_signing_out_everywhere_ends_what_the_provider_opened_and_a_new_sign_in_opens_anew(
    clinic: Clinic, tablet: Page, browser: Browser
) -> None:
    other = browser.new_context().new_page()
    for page in (tablet, other):
        comes(page, clinic, "lead", at=said.RECORDS_TITLE)
    lead = next(account for account in Accounts(clinic.record_store, QUICK).all() if account.role == "lead")

    SignIns(clinic.record_store, QUICK).sign_out_everywhere(lead.id)

    for page in (tablet, other):
        shut_at(page, clinic, said.STAFF_ONLY)
    comes(other, clinic, "lead", at=said.RECORDS_TITLE)
    shut_at(tablet, clinic, said.STAFF_ONLY)
    other.context.close()


def test_on_one_tablet_whoever_came_last_is_the_one_who_is_signed_in(clinic: Clinic, tablet: Page) -> None:
    comes(tablet, clinic, "nurse", at=said.RECORDS_TITLE)
    tablet.goto(f"{clinic.server.address}/?step=me")
    is_at(tablet, list_words.ME_TITLE)
    expect(tablet.get_by_role("heading", name=list_words.EVERYWHERE_TITLE)).to_be_visible()
    expect(tablet.get_by_role("heading", name=list_words.OWN_TITLE)).to_have_count(0)  # the provider has the password

    tablet.goto(f"{clinic.server.address}{SIGN_IN}")
    expect(tablet.get_by_role("link", name=sign_in_words.WITH_PROVIDER)).to_be_visible()
    tablet.get_by_label(sign_in_words.NAME).fill("with.password@clinic.example")
    tablet.get_by_label(sign_in_words.PASSWORD).fill(PASSWORD)
    tablet.get_by_role("button", name=sign_in_words.SIGN_IN).click()
    is_at(tablet, said.RECORDS_TITLE)

    expect(tablet.locator(".who")).to_have_text("Prescriber A., prescriber")
    assert provider_cookies(tablet.context) == []


def test_only_with_a_provider_its_addresses_answer(clinic: Clinic) -> None:
    with httpx.Client(base_url=clinic.server.address, timeout=30) as stranger:
        answers = {path: stranger.get(path) for path in sorted(PROVIDER_ADDRESSES)}
        forged = stranger.get("/oauth2callback?code=x&state=y")

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(PROVIDER_ADDRESSES, 302)
    assert forged.headers["location"] == "/"
    assert "set-cookie" not in forged.headers


def test_a_cookie_of_somebody_elses_making_opens_nothing(clinic: Clinic, tablet: Page) -> None:
    forged = json.dumps({"iss": "x", "sub": "nurse", "is_logged_in": True, "origin": clinic.server.address})
    tablet.context.add_cookies([{"name": "_streamlit_user", "value": forged.replace('"', "%22"), "url": clinic.server.address}])

    shut_at(tablet, clinic, said.STAFF_ONLY)
