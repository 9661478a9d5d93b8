"""Findings by touch on a tablet and on a telephone: how many taps they take from blank, for who comes again, and from a link.

The counts are kept in ``artefacts/journeys/findings-WIDTH.txt``, with a picture of each page as it is first seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from form_server import Server
from form_walk import Form
from playwright.sync_api import Browser, Locator, ViewportSize, expect
from record_samples import BORN_ON, NURSE
from staff import records_in
from test_clinic_in_browser import link_from_a_patient
from test_journeys_in_browser import COUNTED, PICTURES, kept_in
from visit_samples import fill

from recommender.records.visits.patients import Identity, Patients
from recommender.web.clinic import words
from recommender.web.clinic.pages import PAGES
from recommender.web.consultation import words as said
from recommender.web.handover import words as handover_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
NEUROMUSCULAR, PREGNANCY, FEEDING = "Neuromuscular disorder (MG, LEMS, MND/ALS)", "Pregnancy", "Breastfeeding"
FROWN = "Glabella – Rhytids: "


class Findings(Form):
    """A nurse at the findings of a visit."""

    def row(self, question: str) -> Locator:
        return self.page.get_by_role("radiogroup", name=question, exact=True)

    def give(self, question: str, answer: str) -> None:
        self.row(question).get_by_role("radio", name=answer, exact=True).click()
        self.quiet()

    def frown_lines(self) -> None:
        self.point_at("Glabella")
        self.page.get_by_role("checkbox", name="Rhytids", exact=True).click()
        self.quiet()
        for question, answer in (
            ("On movement (dynamic)", "Yes"),
            ("At rest (static)", "No"),
            (said.GRADED["on_movement"], "Moderate"),
            (said.GRADED["at_rest"], "None"),
        ):
            self.give(f"{FROWN}{question}", answer)

    @property
    def at_once(self) -> Locator:
        """What answers a section at once, of the sections that wait."""
        return self.page.locator(".list-read .all:not(.gone), .list-open .all:not(.gone)").filter(visible=True)

    def health(self) -> int:
        """Everything about the patient's health, a section at once and the rest one by one; how many taps it took."""
        before = self.taps
        while self.at_once.count():
            self.at_once.first.click()
            self.quiet()
        left = self.page.locator(".list-open .row.one:not(.given)").get_by_role("radio", name="No", exact=True)
        while left.count():
            left.first.click()
            self.quiet()
        expect(self.page.locator(".list-open .row.one:not(.given)")).to_have_count(0)
        return self.taps - before

    @property
    def taps(self) -> int:
        return int(self.page.evaluate("window.taps"))

    def places_of(self, question: str) -> list[tuple[float, float]]:
        """Where the buttons of a row stand on the screen, and the one that takes its answer back."""
        row = self.page.locator(".row").filter(has=self.row(question))
        boxes = [button.bounding_box() for button in row.get_by_role("radio").all()]
        return [(box["x"], box["y"]) for box in boxes if box]

    def picture(self, name: str) -> None:
        size = self.page.viewport_size
        assert size is not None
        self.page.screenshot(path=kept_in(PICTURES) / f"findings-{name}-{size['width']}.png")


@pytest.fixture(params=[(1180, 820), (390, 844)], ids=["tablet", "telephone"])
def findings(request: pytest.FixtureRequest, browser: Browser, own_server: Server) -> Iterator[Findings]:
    viewport: ViewportSize = {"width": request.param[0], "height": request.param[1]}
    context = browser.new_context(viewport=viewport, reduced_motion="reduce")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    own_server.sign_in(page, "nurse")
    page.add_init_script(COUNTED)
    yield Findings(page, own_server.address)
    context.close()
    assert problems == []


def test_health_is_asked_in_eleven_taps_and_read_through_in_as_many(
    findings: Findings, own_server: Server, browser: Browser
) -> None:
    with records_in(own_server.folder) as record_store:
        filled = fill(record_store)
        new = Patients(record_store).add(Identity(name="New Made-Up", born_on=BORN_ON), by=NURSE)
    counted = []

    # from blank, with nothing to tell
    findings.open(f"?step=patient&patient={new.id}")
    findings.press(words.BEGIN_VISIT)
    findings.press(said.BEGIN_BLANK)
    findings.frown_lines()
    _nothing_moves_and_a_double_tap_is_one(findings)
    counted.append(("blank", findings.health()))
    expect(findings.page.locator(".now")).to_contain_text(said.LEFT.format(number=2))  # the scores, which few enter
    assert findings.violations() == []

    # what rules a treatment out is said first, here and where it is decided on
    findings.page.locator("details.answered summary").click()
    findings.give(NEUROMUSCULAR, "Yes")
    expect(findings.page.locator(".now b").first).to_contain_text(f"Not to be given: Botulinum toxin type A – {NEUROMUSCULAR}")
    findings.press(PAGES["decide"].part)
    red = findings.page.locator(".failed").first
    expect(red).to_contain_text(f"Not to be given: Botulinum toxin type A – {NEUROMUSCULAR}")
    assert _top(red) < _top(findings.page.get_by_text("What speaks for it").first)
    findings.picture("decide")

    # somebody who was here before: what the clinic knows is there, and is confirmed
    findings.open(f"?step=patient&patient={filled.treated.patient_id}")
    expect(findings.page.locator("[class*=st-key-known]")).to_contain_text(
        "Botulinum toxin type A, a brand, lot LOT-1 a – Glabella"
    )
    findings.picture("known")
    findings.press(words.BEGIN_VISIT)
    findings.press(said.BEGIN_BLANK)
    findings.frown_lines()
    expect(findings.row(PREGNANCY).locator("[aria-checked=true]")).to_have_count(0)
    expect(findings.page.locator(".row").filter(has=findings.row(NEUROMUSCULAR)).locator(".source")).to_contain_text(
        "reconfirm"
    )
    expect(findings.row(NEUROMUSCULAR).locator("[aria-checked=true]")).to_have_count(0)
    expect(findings.page.locator(".now b").first).to_contain_text("Botulinum toxin within 3 months: Yes")
    counted.append(("again", findings.health()))

    # from a patient's link
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    link = link_from_a_patient(Form(context.new_page(), own_server.address), own_server.folder)
    context.close()
    findings.page.goto(link)
    findings.press(handover_words.CAME_BUTTON)
    findings.at(said.TITLE)
    expect(findings.page.locator(".read-title")).to_contain_text(re.compile(r"\(\d\d\)"))
    findings.picture("link")
    counted.append(("link", findings.health()))
    expect(findings.page.locator(".to-read")).to_contain_text("confirmed")

    size = findings.page.viewport_size
    assert size is not None
    lines = "".join(f"{name}: {taps} taps for the questions about health\n" for name, taps in counted)
    (kept_in(PICTURES) / f"findings-{size['width']}.txt").write_text(lines)
    assert [name for name, taps in counted if taps > 12] == [], lines


def _nothing_moves_and_a_double_tap_is_one(findings: Findings) -> None:
    findings.row(PREGNANCY).scroll_into_view_if_needed()
    findings.quiet()
    before = findings.places_of(PREGNANCY), findings.places_of(FEEDING)
    findings.give(PREGNANCY, "No")
    assert (findings.places_of(PREGNANCY), findings.places_of(FEEDING)) == before
    findings.page.get_by_role("button", name=f"{said.TAKE_BACK}: {PREGNANCY}", exact=True).click()
    findings.quiet()
    assert (findings.places_of(PREGNANCY), findings.places_of(FEEDING)) == before

    section = findings.page.locator(".list-open section").filter(has=findings.row(PREGNANCY))
    section.locator(".all").hover()  # it comes into view
    before = findings.places_of(PREGNANCY), findings.places_of(FEEDING)
    section.locator(".all").dblclick()
    findings.quiet()
    assert (findings.places_of(PREGNANCY), findings.places_of(FEEDING)) == before
    expect(section.locator("[aria-checked=true][data-value=no]")).to_have_count(3)
    section.locator(".acts .back").dblclick()
    findings.quiet()
    expect(section.locator("[aria-checked=true]")).to_have_count(0)
    assert (findings.places_of(PREGNANCY), findings.places_of(FEEDING)) == before


def _top(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"]
