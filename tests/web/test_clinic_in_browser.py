"""A visit from the patient's link to the locked record: patient, nurse and prescriber, each in a browser of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from form_server import Server
from form_walk import Form
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from test_record_pages import treated

from recommender.documents.staff import StaffRole
from recommender.languages import short_day
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.domain import workflow
from recommender.records.opening import open_records
from recommender.records.visits.consultations import Consultations
from recommender.web.clinic import list_words, words
from recommender.web.clinic.pages import PAGES
from recommender.web.clinic.records import record_words
from recommender.web.clinic.treatment import authorise_words, decide_words, treat_words
from recommender.web.consultation import words as consultation_words
from recommender.web.handover import words as handover_words

from staff import QUICK  # isort: skip (a module of the tests)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
NAME = "Made-Up Person"


@pytest.fixture
def seat(browser: Browser, own_server: Server) -> Iterator[Callable[[StaffRole | None], Form]]:
    """A browser of its own for each person: nobody in particular, or somebody who has signed in."""
    with ExitStack() as open_contexts:

        def sit(role: StaffRole | None) -> Form:
            context = browser.new_context(
                viewport={"width": 1024, "height": 900}, reduced_motion="reduce", accept_downloads=True
            )
            open_contexts.callback(context.close)
            page = context.new_page()
            if role is not None:
                own_server.sign_in(page, role)
            return Form(page, own_server.address)

        yield sit


def link_from_a_patient(form: Form, folder: Path) -> str:
    form.resume(folder, "ordinary", "result")
    form.at("Summary for your consultation")
    form.page.get_by_text(handover_words.TITLE).click()
    field = form.page.get_by_label(handover_words.LINK)
    field.wait_for()
    form.quiet()
    return field.input_value()


def grade(form: Form, side: str, answer: str) -> None:
    name = f"Glabella – Rhytids: {consultation_words.GRADED[side]}"
    form.page.get_by_role("radiogroup", name=name, exact=True).get_by_role("radio", name=answer, exact=True).click()
    form.quiet()


def read_through(form: Form) -> None:
    """Confirm with the patient what they brought, section by section."""
    button = form.page.locator(".list-read .all:not(.gone)").filter(visible=True)
    while button.count():
        button.first.click()
        form.quiet()


def write_the_treatment(server: Server, folder: Path, record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done at the visit, written past the page, which has tests of its own."""
    monkeypatch.setenv("RECOMMENDER_DATA", str(folder))
    record_store = open_records()
    try:
        nurse = SignIns(record_store, QUICK).who(server.session_of("nurse"))
        assert nurse is not None
        kept = Consultations(record_store).get(record, by=nurse)
        written = {name: value for name, value in treated().items() if name != "gradings"}
        Consultations(record_store).save(record, kept.version, workflow.write(kept.consultation, by=nurse, **written), by=nurse)
    finally:
        record_store.engine.dispose()


def authorise_first(nurse: Form, prescriber: Form) -> None:
    """The treatment is shut until the prescriber has authorised what the nurse sends, from the queue; the nurse is told."""
    nurse.press(PAGES["treat"].part)
    expect(nurse.page.get_by_text(authorise_words.SHUT)).to_be_visible()
    expect(nurse.page.get_by_role("heading", name=treat_words.PLAN, exact=True)).to_have_count(0)
    assert nurse.violations() == []
    nurse.press(authorise_words.TO_DECISIONS)
    nurse.press(authorise_words.SEND)
    expect(nurse.page.get_by_text("It waits for an answer.")).to_be_visible()

    prescriber.open("?step=records")
    prescriber.press(f"{PAGES['waiting'].menu} (1)")
    expect(prescriber.page.get_by_text(list_words.TO_AUTHORISE.format(name="A.nurse").partition(",")[0])).to_be_visible()
    prescriber.page.get_by_role("link", name=re.compile(f"^{NAME}")).click()
    prescriber.page.get_by_role("heading", name=authorise_words.TITLE).wait_for()
    for asked in (authorise_words.SEEN_DAY_IN_PERSON, authorise_words.UNTIL):
        prescriber.page.get_by_role("radiogroup", name=asked).get_by_text(authorise_words.DAYS["today"], exact=True).click()
        prescriber.quiet()
    assert prescriber.violations() == []
    prescriber.page.get_by_role("button", name=re.compile("^Authorise as")).click()
    expect(prescriber.page.get_by_text("Authorised by a.prescriber").first).to_be_visible()

    nurse.open("?step=records")
    expect(nurse.page.get_by_role("heading", name=list_words.ANSWERED_TITLE)).to_be_visible()
    assert nurse.violations() == []
    nurse.page.get_by_role("table").first.get_by_role("link", name=re.compile(f"^{NAME}")).click()
    expect(nurse.page.get_by_role("heading", name=treat_words.PLAN, exact=True)).to_be_visible()


def record_of(page: Page) -> str:
    found = re.search(r"[?&]record=([\w-]{22})", page.url)
    assert found is not None
    return found[1]


def kept_as_a_visit(nurse: Form, link: str) -> str:
    """Open a patient's link and keep it as the visit of a new patient; the id of the record."""
    nurse.page.goto(link)
    nurse.press(handover_words.CAME_BUTTON)
    nurse.at(consultation_words.TITLE)
    assert nurse.violations() == []

    nurse.press(words.WHOSE_CHOOSE)
    nurse.at(words.KEEP_TITLE)
    nurse.page.get_by_label(words.PATIENT_NAME, exact=True).fill(NAME)
    nurse.page.get_by_label(words.PATIENT_NAME, exact=True).press("Tab")
    nurse.press(words.PATIENT_ADD)
    nurse.at(NAME)
    nurse.press(words.KEEP_VISIT)
    nurse.at(words.RECORD_OF.format(name=NAME))
    expect(nurse.page.get_by_text(handover_words.SEEN_SAME)).to_be_visible()
    expect(nurse.page.get_by_text("Patient: Yes").first).to_be_visible()
    return record_of(nurse.page)


def test_from_a_patients_link_to_a_record_that_two_have_signed(
    seat: Callable[[StaffRole | None], Form], own_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_from_a_patient(seat(None), own_server.folder)
    nurse = seat("nurse")
    record = kept_as_a_visit(nurse, link)

    read_through(nurse)
    grade(nurse, "on_movement", "Moderate")
    grade(nurse, "at_rest", "None")
    nurse.page.reload()
    nurse.at(words.RECORD_OF.format(name=NAME))
    name = f"Glabella – Rhytids: {consultation_words.GRADED['on_movement']}"
    shown = nurse.page.get_by_role("radiogroup", name=name, exact=True).get_by_role("radio", name="Moderate", exact=True)
    expect(shown).to_have_attribute("aria-checked", "true")

    nurse.press(PAGES["decide"].part)
    nurse.page.get_by_role("heading", name=decide_words.TITLE).wait_for()
    nurse.page.get_by_text(decide_words.CHOICES["agree"], exact=True).click()
    nurse.press(decide_words.KEEP)
    expect(nurse.page.get_by_text(re.compile(f"{decide_words.CHOICES['agree']} by "))).to_be_visible()
    assert nurse.violations() == []

    prescriber = seat("prescriber")
    authorise_first(nurse, prescriber)

    write_the_treatment(own_server, tmp_path, record, monkeypatch)
    nurse.press(PAGES["record"].part)
    nurse.page.get_by_text(record_words.SIGN_SURE).click()
    assert nurse.violations() == []
    nurse.press(record_words.SIGN)
    expect(nurse.page.get_by_text(record_words.WAITS)).to_be_visible()

    prescriber.open(f"?step=record&record={record}")
    prescriber.at(words.RECORD_OF.format(name=NAME))
    prescriber.page.get_by_text(record_words.SIGN_SURE).click()
    prescriber.page.get_by_role("button", name=re.compile("^Co-sign as")).click()
    expect(prescriber.page.get_by_text(words.STATES["locked"]).first).to_be_visible()
    prescriber.page.get_by_text(record_words.FILES_TITLE).click()
    pdf = "".join(page.extract_text() for page in PdfReader(prescriber.save("Download PDF", tmp_path)).pages)
    assert NAME in pdf
    assert "LOT-1 a" in pdf
    assert prescriber.violations() == []

    nurse.open(f"?step=decide&record={record}")
    nurse.at(words.RECORD_OF.format(name=NAME))
    expect(nurse.page.get_by_role("heading", name=record_words.WHOLE)).to_be_visible()
    assert short_day(date.today()) in nurse.page.content()


def test_nobody_sees_anything_of_a_record_after_signing_out_not_even_with_the_back_button(
    seat: Callable[[StaffRole | None], Form],
) -> None:
    nurse = seat("nurse")
    nurse.open("?step=records")
    nurse.at(words.RECORDS_TITLE)
    nurse.page.get_by_text(words.NEW_PATIENT).click()
    nurse.page.get_by_label(words.PATIENT_NAME, exact=True).fill(NAME)
    nurse.page.get_by_label(words.PATIENT_NAME, exact=True).press("Tab")
    nurse.press(words.PATIENT_ADD)
    nurse.at(NAME)

    nurse.press(words.SIGN_OUT)
    nurse.at(words.STAFF_ONLY)
    nurse.page.go_back()
    nurse.at(words.STAFF_ONLY)

    assert NAME not in nurse.page.content()
    nurse.page.reload()
    nurse.at(words.STAFF_ONLY)
