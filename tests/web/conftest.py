"""A running server and a driven browser, for the tests that need them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from form_server import Server
from kept_drafts import DEVICE, drafts_in
from playwright.sync_api import Browser, Page, expect, sync_playwright
from staff import records_in, session_of
from streamlit.components.v2 import manifest_scanner
from visit_samples import FilledFolder, fill

from recommender.documents.staff import StaffRole
from recommender.documents.vocabulary import Jurisdiction
from recommender.records.storage.key_files import KeyFile
from recommender.web.clinic.auth import access
from recommender.web.clinic.stores import record_store
from recommender.web.state import device, installation
from recommender.web.state.draft_store import DraftStore

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=20_000)  # what comes late on a busy machine has still come


# A page without a browser reads what every installed package says of itself, for 0.2 seconds: once is enough.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def _nobody_is_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a browser there is no cookie but that of the browser whose drafts the tests keep."""
    monkeypatch.setattr(access, "token", lambda: "")
    monkeypatch.setattr(device, "_cookies", lambda: {device.secret_name(https=False): DEVICE})


@pytest.fixture(autouse=True)
def _the_country_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The installation has said its country: another one than those that have rules of their own."""
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "other")


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> FilledFolder:
    """Made once: a test that changes it takes a copy."""
    folder = tmp_path_factory.mktemp("filled")
    KeyFile(folder / "keys" / "records.keys").create()
    with records_in(folder) as kept:
        return FilledFolder(folder, fill(kept))


@pytest.fixture
def data_before(empty_records: Path) -> Path:
    """What the data folder of a test holds when it begins: a file of tests that all need more says so in its own."""
    return empty_records.parent


@pytest.fixture
def store(tmp_path: Path, data_before: Path, monkeypatch: pytest.MonkeyPatch) -> DraftStore:
    """An empty store of drafts, the one that the pages use, beside the records of this test."""
    shutil.copytree(data_before, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path))
    for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
        monkeypatch.delenv(name, raising=False)
    installation.draft_store.clear()
    installation.handover_store.clear()
    record_store.clear()
    return drafts_in(tmp_path)


@pytest.fixture
def sign_in(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> Callable[[StaffRole], str]:  # noqa: ARG001 (its data folder)
    """Sign in as a role: from then on every page is visited with that session's token; it is returned."""

    def signed(role: StaffRole) -> str:
        token = session_of(record_store(), role)
        monkeypatch.setattr(access, "token", lambda: token)
        return token

    return signed


@pytest.fixture
def nurse(sign_in: Callable[[StaffRole], str]) -> str:
    """A nurse has signed in."""
    return sign_in("nurse")


@pytest.fixture(scope="session")
def server_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Jurisdiction], Server]]:
    """The application in a jurisdiction: one for all tests, started when it is first asked for."""
    servers: dict[Jurisdiction, Server] = {}

    def started(jurisdiction: Jurisdiction) -> Server:
        if jurisdiction not in servers:
            servers[jurisdiction] = Server(tmp_path_factory.mktemp("server"), jurisdiction)
            servers[jurisdiction].start()
        return servers[jurisdiction]

    yield started
    for server in servers.values():
        server.stop()
        assert "Uncaught app execution" not in server.said(), server.said()
        assert "?d=" not in server.said()


@pytest.fixture(scope="session")
def address_in(server_in: Callable[[Jurisdiction], Server]) -> Callable[[Jurisdiction], str]:
    """The address of the application in a jurisdiction."""
    return lambda jurisdiction: server_in(jurisdiction).address


@pytest.fixture(scope="session")
def address(address_in: Callable[[Jurisdiction], str]) -> str:
    """The address of the application for the tests that are about no country."""
    return address_in("uk")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """An application for one test alone."""
    server = Server(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none, the reason to skip (and in CI a failure: there it has to be)."""
    if CHROMIUM is None:
        reason = "no Chromium on this machine (set CHROMIUM, or: apt-get install chromium)"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone-sized page; an error in the browser's console fails the test."""
    if "own_server" in request.fixturenames:
        request.getfixturevalue("own_server")  # so that it stops after the page is closed, which would look for it
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce", accept_downloads=True)
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert problems == []
