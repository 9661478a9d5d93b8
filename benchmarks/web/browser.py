"""What one person waits for on a slow telephone: Chromium with a slow line and a slow processor."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

DOWN, UP, LATENCY, SLOWER = 1.6e6 / 8, 0.75e6 / 8, 150, 4  # bytes a second, milliseconds, times
CHROMIUM: Final = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
_QUIET: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_AGE, _PLACES, _NEXT = "Your age in years", "Where on your face is it about?", "Continue"
_PREGNANCY: Final = "Are you pregnant or breastfeeding?"


@dataclass
class Waited:
    """Seconds that one visit waited, by what for; and the bytes that it fetched up to the first question and altogether.

    The first question can be read and answered before the form behind it stands; then Continue leads on.
    """

    start_page: float = 0.0
    first_question: float = 0.0
    form: float = 0.0
    steps: list[float] = field(default_factory=list)
    bytes_first: int = 0
    bytes_all: int = 0


class _Line:
    """The slow line of one page: it counts what comes over it, headers and the pages of the form included."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        slow = {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP}
        session.send("Network.emulateNetworkConditions", slow)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        session.on("Network.loadingFinished", self._add)
        session.on("Network.webSocketFrameReceived", self._add_frame)

    def _add(self, event: dict[str, Any]) -> None:
        self.received += int(event["encodedDataLength"])

    def _add_frame(self, event: dict[str, Any]) -> None:
        self.received += len(event["response"]["payloadData"]) * 3 // 4  # told in base64, and before it was compressed


def visits(address: str, times: int) -> tuple[list[Waited], list[Waited]]:
    """So many first visits, each with an empty cache, and as many that follow one; the first half is cold, the second warm."""
    cold, warm = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        for _ in range(times):
            context = _telephone(browser)
            cold.append(_visit(context, address))
            warm.append(_visit(context, address))
            context.close()
        browser.close()
    return cold, warm


def _telephone(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")


def _visit(context: BrowserContext, address: str) -> Waited:
    """From the address to the first question, then through some pages to the last one of the face."""
    page, waited = context.new_page(), Waited()
    line = _Line(page)
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    button = page.get_by_role("button", name="Start now")
    button.wait_for(timeout=60_000)
    waited.start_page = time.perf_counter() - begun
    button.click()
    page.get_by_label(_AGE).wait_for(timeout=60_000)
    waited.first_question = time.perf_counter() - begun
    page.locator("#opening").wait_for(state="detached", timeout=60_000)
    waited.form = time.perf_counter() - begun
    waited.bytes_first = line.received
    _walk(page, waited)
    page.wait_for_timeout(1_500)  # what is fetched for later
    waited.bytes_all = line.received
    page.close()
    return waited


def _walk(page: Page, waited: Waited) -> None:
    """A few steps: from Continue to the next heading."""
    page.get_by_label(_AGE).fill("42")
    waited.steps.append(_turn(page, _PREGNANCY))
    page.locator("[class*=st-key-none-] label").click()
    page.wait_for_timeout(1_500)
    waited.steps.append(_turn(page, _PLACES))
    page.locator("svg").get_by_role("checkbox", name="Lips", exact=True).press("Enter")
    page.get_by_text("Chosen: Lips").wait_for()
    page.wait_for_timeout(1_500)
    waited.steps.append(_turn(page, "Lips: what do you notice?"))
    page.get_by_text("I would like it fuller or more defined").click()
    page.wait_for_timeout(1_500)
    for _ in range(2):
        waited.steps.append(_turn(page))
        for box in page.locator("[class*=st-key-none-] label").all():
            box.click()
        page.wait_for_timeout(1_500)


def _turn(page: Page, heading: str = "") -> float:
    """Press Continue; the seconds until another heading stands there."""
    there = page.locator("[data-testid=stMain] h1")
    before = there.inner_text()
    begun = time.perf_counter()
    page.get_by_role("button", name=_NEXT, exact=True).click()
    page.wait_for_function(
        "before => { const h = document.querySelector('[data-testid=stMain] h1'); return h && h.innerText !== before; }",
        arg=before,
        timeout=30_000,
    )
    taken = time.perf_counter() - begun
    if heading and there.inner_text() != heading:
        raise RuntimeError(f"{there.inner_text()!r} came, not {heading!r}")
    return taken
