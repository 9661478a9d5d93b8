"""A way through every page, each state once: of the form, with drafts whose results are of every kind, and of the clinic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from form_server import Server
from form_walk import Form, scripts_held
from kept_drafts import RESULTS
from page_checks import State
from playwright.sync_api import expect
from site_runs import start_title
from strategies import shipped
from visit_samples import Filled

from recommender.web import words
from recommender.web.about import words as about_words
from recommender.web.clinic import list_words
from recommender.web.clinic import words as clinic_words
from recommender.web.clinic.auth.routes import SIGN_IN
from recommender.web.clinic.pages import PAGES
from recommender.web.clinic.records import record_words
from recommender.web.clinic.reports import words as report_words
from recommender.web.clinic.treatment import decide_words, product_words
from recommender.web.consultation import words as consultation_words
from recommender.web.handover import words as handover_words


def _titles() -> Mapping[str, str]:
    pages = shipped().voice("patient", "uk").reference.questions.on_pages()
    return {name: title for name, title, _ in pages}


def _state(kind: str, *, name: str = "", focus: Any = "heading", wrong: bool = False) -> State:
    title = start_title("uk") if kind == "start" else words.TAB_TITLES.get(kind) or _titles()[kind]
    mark = f"{words.ERROR}: " if wrong else ""
    return State(name or kind, focus, f"{mark}{title} – {words.PRODUCT}", outline=kind in ("result", "how"))


def every_state(form: Form, folder: Path) -> Iterator[State]:
    """Lead through the form by hand, then to a result of every kind; where it stops, the page is to be checked."""
    yield from _opening(form)
    yield from _first_pages(form)
    yield from _places(form)
    yield from _health(form)
    yield from _results(form, folder)
    yield from _after_an_injection(form)
    yield from _gone(form)


def _opening(form: Form) -> Iterator[State]:
    with scripts_held(form.page):
        form.page.goto(f"{form.address}/", wait_until="commit")
        form.page.get_by_role("button", name=words.START_NOW).wait_for()
        yield _state("start", name="opening", focus="")
        form.page.get_by_role("button", name=words.START_NOW).click()
        yield _state("age", name="opening-age")
        form.page.get_by_role("button", name=words.CONTINUE).click()
        expect(form.page.get_by_role("status")).to_have_text(words.WAIT)
        yield _state("age", name="opening-wait", focus="")


def _first_pages(form: Form) -> Iterator[State]:
    form.open()
    yield _state("start", focus="")
    form.press(about_words.TITLE)
    form.at(about_words.TITLE)
    yield _state("how")
    form.press(about_words.BACK)
    form.at(start_title("uk"))
    form.press(words.START_NOW)
    form.at(_titles()["age"])
    yield _state("age")
    form.press(words.CONTINUE)
    expect(form.page.get_by_role("alert")).to_be_focused()
    yield _state("age", name="age-error", focus="summary", wrong=True)
    form.page.get_by_label(words.AGE_LABEL).fill("16")
    form.go_on()
    yield _state("result", name="result-under-18")
    form.press(words.BACK)
    form.at(_titles()["age"])
    form.page.get_by_label(words.AGE_LABEL).fill("42")
    form.go_on()
    form.at(_titles()["pregnancy_and_feeding"])
    yield _state("pregnancy_and_feeding")
    form.press(words.CONTINUE)
    expect(form.page.get_by_role("alert")).to_be_focused()
    yield _state("pregnancy_and_feeding", name="group-left-open", focus="summary")
    form.page.locator("[class*=st-key-tick-] label").first.click()
    form.page.locator("[class*=st-key-doubts-] label").first.click()
    form.quiet()
    yield _state("pregnancy_and_feeding", name="group-not-known", focus="")
    form.go_on()


def _places(form: Form) -> Iterator[State]:
    form.at(words.PLACES_TITLE)
    yield _state("places")  # and that nothing can be offered now
    form.page.locator("[data-area=glabella]").press("Space")
    form.page.get_by_text(words.PLACES_LIST).click()
    form.quiet()
    yield _state("places", name="places-chosen", focus="")
    form.go_on()
    yield _state("seen")
    form.page.locator(".stCheckbox label").first.click()
    form.quiet()
    form.page.locator("[data-testid=stRadioOption]").first.click()
    form.page.locator("summary").filter(has_text=words.WHY).first.click()
    form.quiet()
    yield _state("seen", name="details", focus="")
    form.go_on()


def _health(form: Form) -> Iterator[State]:
    for _ in range(20):
        if form.step == "check":
            break
        yield _state(form.step)
        form.press(words.CONTINUE)
        form.go_on()  # what is left open is asked once
    yield _state("check")
    form.press(words.SEE_RESULT)
    form.page.wait_for_url(re.compile("step=result"))
    form.quiet()
    yield _state("result", name="result-left-open")


def _results(form: Form, folder: Path) -> Iterator[State]:
    for kind in RESULTS:
        form.resume(folder, kind, "result")
        form.page.locator(".result h2, .result .callout").first.wait_for()
        yield _state("result", name=f"result-{kind}", focus="")
        if kind == "ordinary":
            form.page.locator(".result details").evaluate_all("all => all.forEach(one => { one.open = true; })")
            form.page.get_by_text(words.TAKE_COVER).click()
            form.page.get_by_label(words.TAKE_NAME).wait_for()
            form.page.get_by_text(handover_words.TITLE).click()
            form.page.get_by_label(handover_words.LINK).wait_for()
            form.quiet()
            yield _state("result", name="result-opened-and-handed-over", focus="")


def _after_an_injection(form: Form) -> Iterator[State]:
    form.open()
    form.press(words.AFTER_NOW)
    for _ in range(2):
        form.at(_titles()[form.step])
        yield _state(form.step)
        if form.step == "after_treatment_what":
            form.page.get_by_label(words.DAYS_LABEL).fill("many")
            form.press(words.CONTINUE)
            expect(form.page.get_by_role("alert")).to_be_focused()
            yield _state(form.step, name="after_treatment_what-error", focus="summary", wrong=True)
            form.page.get_by_label(words.DAYS_LABEL).fill("3")
        form.go_on()
    yield _state(form.step)


def _gone(form: Form) -> Iterator[State]:
    address = form.page.url
    form.press(words.DELETE)
    sure = form.page.get_by_role("button", name=words.DELETE_SURE)
    sure.wait_for()
    yield _state(form.step, name="delete-asked", focus="")
    form.page.keyboard.press("Escape")  # the question floats where its button was when it was opened
    expect(sure).to_be_hidden()
    form.press(words.DELETE)
    form.press(words.DELETE_SURE)
    form.page.get_by_text(words.DELETED).wait_for()
    yield _state("start", name="start-deleted", focus="")  # a new page: nothing of the one before is left
    form.page.goto(address)
    form.page.get_by_text(words.EXPIRED).wait_for()
    yield _state("start", name="start-expired", focus="")


def every_state_of_the_clinic(form: Form, server: Server, filled: Filled) -> Iterator[State]:
    """Lead through the pages for staff, with their errors; nothing is signed, and nobody is turned away for good."""
    yield from _sign_in(form)
    server.sign_in(form.page, "lead")
    yield from _lists(form, filled)
    server.sign_in(form.page, "admin")
    form.open("?step=accounts")
    form.at(list_words.ACCOUNTS_TITLE)
    form.press(list_words.ADD)
    expect(form.page.get_by_role("alert")).to_be_focused()
    yield _of_staff("accounts", "accounts-error", focus="summary")
    server.sign_in(form.page, "nurse")
    yield from _records(form, filled)


def _of_staff(step: str, name: str = "", *, focus: Any = "") -> State:
    mark = f"{words.ERROR}: " if focus == "summary" else ""
    return State(f"staff-{name or step}", focus, f"{mark}{PAGES[step].title} – {words.PRODUCT}", outline=True)


def _sign_in(form: Form) -> Iterator[State]:
    form.open("?step=records")
    form.at(clinic_words.STAFF_ONLY)
    yield _of_staff("records", "shut")
    form.page.goto(f"{form.address}{SIGN_IN}")
    yield State("staff-sign-in", "", f"{clinic_words.SIGN_IN} – {words.PRODUCT}")


def _lists(form: Form, filled: Filled) -> Iterator[State]:
    for step, title in (
        ("records", clinic_words.RECORDS_TITLE),
        ("waiting", list_words.WAITING_TITLE),
        ("due", list_words.DUE_TITLE),
        ("recall", list_words.RECALL_TITLE),
        ("events", report_words.EVENTS_TITLE),
        ("products", product_words.TITLE),
        ("overrides", list_words.OVERRIDES_TITLE),
        ("agreement", list_words.AGREEMENT_TITLE),
        ("history", report_words.HISTORY_TITLE),
        ("me", list_words.ME_TITLE),
    ):
        form.open(f"?step={step}")
        form.at(title)
        if step == "recall":
            form.page.get_by_label(list_words.RECALL_LOT).fill("lot1a")
            form.page.get_by_label(list_words.RECALL_LOT).press("Enter")
            form.page.get_by_role("table").wait_for()
        if step == "agreement":
            form.press(list_words.AGREEMENT_COUNT)
        form.quiet()
        waiting = f" ({len(filled.waiting)})" if step == "waiting" else ""
        expect(form.page.locator("[aria-current=page]")).to_have_text(f"{PAGES[step].menu}{waiting}")
        yield _of_staff(step)
    form.press(list_words.PASSWORD_SET)
    expect(form.page.get_by_role("alert")).to_be_focused()
    yield _of_staff("me", "me-error", focus="summary")
    form.open(f"?step=patient&patient={filled.again.patient_id}")
    form.page.get_by_role("region", name=list_words.SIDE_CAPTION).wait_for()
    form.page.get_by_text(list_words.SIDE_ALL).click()
    form.quiet()
    yield _of_staff("patient")


def _records(form: Form, filled: Filled) -> Iterator[State]:
    form.open("?step=records")
    form.page.get_by_text(clinic_words.NEW_PATIENT).click()
    form.press(clinic_words.PATIENT_ADD)
    expect(form.page.get_by_role("alert")).to_be_focused()
    yield _of_staff("records", "records-error", focus="summary")
    form.open("?step=consultation")
    form.at(consultation_words.INTRO_TITLE)
    yield _of_staff("consultation", "consultation-ways-in")
    form.open(f"?step=consultation&record={filled.again.id}")
    form.page.get_by_role("heading", name=re.compile(f"^{consultation_words.OPEN_TITLE}")).wait_for()
    form.page.get_by_text(consultation_words.IN_FULL).click()
    form.page.locator(".result h2").first.wait_for()
    yield _of_staff("consultation")
    form.press(PAGES["decide"].part)
    here = [PAGES["records"].menu, PAGES["decide"].part]
    expect(form.page.locator("[aria-current=page]")).to_have_text(here)
    form.page.get_by_text(decide_words.CHOICES["decline"], exact=True).first.click()
    form.press(decide_words.KEEP)
    expect(form.page.get_by_role("alert")).to_be_focused()
    yield _of_staff("decide", "decide-error", focus="summary")
    form.open(f"?step=treat&record={filled.again.id}")
    form.page.locator(".st-key-treat").wait_for()
    form.quiet()
    yield _of_staff("treat")
    form.open(f"?step=record&record={filled.treated.id}")
    form.page.get_by_role("heading", name=record_words.WHOLE).wait_for()
    yield _of_staff("record")
