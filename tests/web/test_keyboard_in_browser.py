"""The form by keyboard alone: nothing is pointed at, and each page gives the focus to its heading or its errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from form_server import Server
from form_walk import EMERGENCY, MOVEMENT, REST, SUMMARY, UNDER_AGE, Form
from keyboard import Keys
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from site_runs import start_title
from strategies import shipped

from recommender.languages import OWN_NAMES, speaking
from recommender.web import words
from recommender.web.about import words as about_words
from recommender.web.consultation import words as consultation_words
from recommender.web.handover import words as said
from recommender.web.patient import leaving_words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
VOICE = shipped().voice("patient", "uk").reference
TOXIN, FILLER = (facts.name for facts in VOICE.treatments)
PREGNANT = str(VOICE.questions.questions["history.pregnant"].tick)
SIGHT = VOICE.questions.questions["after_treatment.symptoms.vision_change"].ask
MOLE = VOICE.questions.kinds["suspicious_lesion"].label
AGE, SIGNS = "How old are you?", "Do you have any of these signs now?"
FEEDING, WISHES = "Are you pregnant or breastfeeding?", "The time around it, how you feel and what you want"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An application that offers codes."""
    started = Server(tmp_path_factory.mktemp("keyboard"), RECOMMENDER_HANDOFF_CODES="1")
    started.start()
    yield started
    started.stop()
    assert "Uncaught app execution" not in started.said(), started.said()


@pytest.fixture
def form(page: Page, server: Server) -> Form:
    return Form(page, server.address)


@pytest.fixture
def clinic(browser: Browser, server: Server) -> Iterator[Form]:
    """Another browser, in which a nurse has signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    server.sign_in(opened, "nurse")
    yield Form(opened, server.address)
    context.close()


def test_from_the_start_to_the_file(form: Form, tmp_path: Path) -> None:
    """The ordinary journey: a number, the drawing and its list, boxes, answers, a file."""
    keys = at_the_places(form)
    chosen_on_the_drawing_and_in_the_list(keys, form.page)
    keys.to_button(words.CONTINUE)
    keys.at("Between the eyebrows: what do you notice?")
    keys.to("input", "Lines, wrinkles or creases")
    keys.both_ways()
    keys.press("Space")
    assert keys.focused().name == "Lines, wrinkles or creases"
    keys.answer(MOVEMENT, "Yes")
    keys.both_ways()
    keys.answer(REST, "No")
    assert form.chosen() == {MOVEMENT: "Yes", REST: "No"}
    keys.to_button(words.CONTINUE)
    keys.at("Lips: what do you notice?")
    keys.to("input", "I would like it fuller or more defined")
    keys.press("Space")
    keys.to_button(words.CONTINUE)
    the_same_to_everything_about_health("No", keys, form)
    keys.at(words.CHECK_TITLE)
    keys.to_button(words.SEE_RESULT)
    keys.at(SUMMARY)
    keys.to("summary", words.TAKE_COVER)
    with form.page.expect_download() as waiting:
        keys.to_button("Download PDF to print or send")
    assert keys.focused().name == "Download PDF to print or send"
    keys.both_ways()
    pdf = tmp_path / "by-keyboard.pdf"
    waiting.value.save_as(pdf)

    text = text_of(pdf)
    assert [name for name in ("Between the eyebrows", TOXIN, FILLER) if name not in text] == []


def at_the_places(form: Form) -> Keys:
    """From the start past the age, which is a number."""
    keys = Keys(form)
    form.open()
    keys.to_button(words.START_NOW)
    keys.at(AGE)
    keys.to("input", words.AGE_LABEL)
    keys.both_ways()
    keys.type("42")
    keys.press("Enter")  # in the field: it goes on
    keys.at(FEEDING)
    deny_every_group(keys, form)
    keys.to_button(words.CONTINUE)
    keys.at(words.PLACES_TITLE)
    return keys


def deny_every_group(keys: Keys, form: Form) -> None:
    """Say of each group of statements that none of them is so; the box keeps the focus."""
    for none in map(str.strip, form.page.locator("[class*=st-key-none-] label").all_inner_texts()):
        keys.to("input", none)
        keys.press("Space")
        assert keys.focused().name == none
        assert form.page.get_by_role("checkbox", name=none, exact=True).is_checked()


def know_nothing_of_any_group(keys: Keys, form: Form) -> None:
    """Say of each statement of each group that it is not known."""
    for group in form.statement_groups():
        keys.to("input", words.DOUBTS)
        keys.press("Space")
        for thing in form.statements(group).locator("[class*=st-key-doubt-] label").all_inner_texts():
            keys.to("input", thing.strip())
            keys.press("Space")


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def the_same_to_everything_about_health(answer: str, keys: Keys, form: Form) -> None:
    """Up to the check of the answers."""
    for _ in range(20):
        form.quiet()
        if form.step == "check":
            return
        expect(form.page.get_by_role("heading", level=1)).to_be_focused()
        for question in [group.get_attribute("aria-label") or "" for group in form.page.get_by_role("radiogroup").all()]:
            keys.choose(question, answer)
        if answer == "No":
            deny_every_group(keys, form)
        else:
            know_nothing_of_any_group(keys, form)
        before = form.page.url
        keys.to_button(words.CONTINUE)
        form.page.wait_for_function("before => location.href !== before", arg=before)


def chosen_on_the_drawing_and_in_the_list(keys: Keys, page: Page) -> None:
    """Take a place from the list and lay it down again, then two from the drawing, one of them on the way back."""
    keys.to_button(words.PLACES_SKIP)
    assert keys.focused().tag == "input"
    keys.both_ways()
    keys.to("input", "Temples")
    keys.press("Space")
    expect(page.get_by_text("Chosen: Temples")).to_be_visible()
    keys.press("Space")
    expect(page.get_by_text(words.PLACES_NOTHING)).to_be_visible()
    keys.back_to("g", "Lips")
    keys.both_ways()
    keys.press("Enter")
    keys.back_to("g", "Between the eyebrows")
    keys.press("Space")
    expect(page.get_by_text("Chosen: Between the eyebrows, Lips")).to_be_visible()
    assert keys.focused()[:2] == ("g", "Between the eyebrows")


def test_neither_treatment_and_i_do_not_know_to_everything(form: Form) -> None:
    keys = at_the_places(form)
    keys.to("g", "Cheeks")
    keys.press("Space")
    keys.to_button(words.CONTINUE)
    keys.at("Cheeks: what do you notice?")
    keys.to("input", MOLE)
    keys.press("Space")
    keys.to_button(words.CONTINUE)
    the_same_to_everything_about_health("I don't know", keys, form)
    keys.at(words.CHECK_TITLE)
    keys.to_button(words.SEE_RESULT)
    keys.at(SUMMARY)

    expect(form.page.locator("#answer")).to_contain_text("Cheeks: Neither – see a doctor")
    assert form.page.locator("[id^=option-]").count() == 0


def test_another_language_an_error_a_result_under_18_and_answers_deleted(form: Form) -> None:
    keys = Keys(form)
    form.open()
    keys.to("button", OWN_NAMES["es"])
    keys.both_ways()
    keys.press("Enter")
    with speaking("es"):
        keys.at(start_title("uk", "es"))
        keys.to_button(words.START_NOW)
        expect(form.page.get_by_label(words.AGE_LABEL)).to_be_visible()
        expect(form.page.get_by_role("heading", level=1)).to_be_focused()
        keys.to_button(words.CONTINUE)
        expect(form.page.get_by_role("alert")).to_be_focused()
    keys.back_to_button(OWN_NAMES["en"])
    keys.at(AGE)  # though the error still stands
    keys.to_button(words.CONTINUE)
    expect(form.page.get_by_role("alert")).to_be_focused()
    keys.to("a", words.AGE_ERROR)
    keys.both_ways()
    keys.press("Enter")
    assert keys.focused()[:2] == ("input", words.AGE_LABEL)
    keys.type("16")
    keys.to_button(words.CONTINUE)
    keys.at(UNDER_AGE)
    expect(form.page.get_by_text("under 18").first).to_be_visible()

    keys.back_to_button(words.BACK)
    keys.at(AGE)
    keys.to_button(about_words.TITLE)
    keys.at(about_words.TITLE)
    keys.back_to_button(words.BACK)
    keys.at(AGE)
    sure = form.page.get_by_role("button", name=words.DELETE_SURE)
    keys.to_button(words.DELETE)
    sure.wait_for()
    form.page.keyboard.press("Tab")
    assert keys.focused().name == words.DELETE_SURE
    form.page.keyboard.press("Shift+Tab")
    assert keys.focused().name == words.DELETE
    keys.press("Escape")
    expect(sure).to_be_hidden()
    assert keys.focused().name == words.DELETE
    keys.both_ways()
    keys.press("Enter")
    sure.wait_for()
    keys.to_button(words.DELETE_SURE)
    form.at(start_title("uk"))
    expect(form.page.get_by_text(leaving_words.FINISHED)).to_be_visible()
    form.page.keyboard.press("Tab")
    assert keys.focused().name == "Skip to main content"  # another document, read from its top


def test_an_emergency_and_the_number_to_call(form: Form) -> None:
    keys = Keys(form)
    form.open()
    keys.to_button(words.AFTER_NOW)
    keys.at(SIGNS)
    keys.to("a", "999")  # before any question
    keys.both_ways()

    keys.answer(SIGHT, "Yes")
    expect(form.page.get_by_role("alert")).to_contain_text("999")
    assert keys.focused()[2:] == (SIGHT, "Yes")  # what is told beside it takes no focus away
    form.page.keyboard.press("Tab")
    assert keys.focused()[:2] == ("a", "999")
    keys.both_ways()
    keys.to("summary", words.WHY)
    keys.both_ways()
    keys.press("Space")
    expect(form.page.locator("details.why[open]")).to_have_count(1)
    keys.to_button(words.CONTINUE)

    keys.at(EMERGENCY)
    form.page.keyboard.press("Tab")
    assert keys.focused()[:2] == ("a", "999")
    form.page.keyboard.press("Tab")
    assert keys.focused().name == words.RESULT_CHANGE
    keys.both_ways()
    keys.back_to_button(words.BACK)
    keys.at(SIGNS)
    assert form.chosen() == {SIGHT: "Yes"}


def test_an_answer_changed_from_the_check_and_by_going_back(form: Form, server: Server) -> None:
    keys = Keys(form)
    form.resume(server.folder, "ordinary", "result")
    form.at(SUMMARY)
    keys.to_button(words.RESULT_CHANGE)
    keys.at(words.CHECK_TITLE)
    keys.to("button", f"{words.CHANGE}: {FEEDING}")
    keys.both_ways()
    keys.press("Enter")
    keys.at(FEEDING)
    keys.back_to_button(words.BACK)
    keys.at(words.CHECK_TITLE)
    keys.to_button(f"{words.CHANGE}: {FEEDING}")
    keys.at(FEEDING)
    keys.to("input", f"{PREGNANT} – {words.MARK_NO}")
    keys.press("Space")
    assert keys.focused().name == PREGNANT
    keys.to_button(words.CONTINUE)
    keys.at(words.CHECK_TITLE)
    expect(form.page.locator(".answers div").filter(has_text=FEEDING).first).to_contain_text(f"Yes: {PREGNANT}.")

    keys.back_to_button(words.BACK)
    keys.at(WISHES)
    expect(form.page.locator("[class*=st-key-none-] input")).to_have_count(3)
    assert all(box.is_checked() for box in form.page.locator("[class*=st-key-none-] input").all())
    keys.to_button(words.CONTINUE)
    keys.at(words.CHECK_TITLE)
    keys.to_button(words.SEE_RESULT)
    keys.at(SUMMARY)
    expect(form.page.locator("#holds")).to_contain_text("after the pregnancy")


def test_answers_handed_over_by_link_and_by_code_and_opened_by_the_nurse(form: Form, clinic: Form, server: Server) -> None:
    form.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    keys, nurse = Keys(form), Keys(clinic)
    form.resume(server.folder, "ordinary", "result")
    form.at(SUMMARY)
    keys.to("summary", said.TITLE)
    keys.both_ways()
    keys.press("Enter")
    expect(form.page.get_by_role("img", name=said.QR)).to_be_visible()
    assert keys.focused()[:2] == ("summary", said.TITLE)
    keys.to("input", said.LINK)
    keys.both_ways()
    keys.to_button(said.COPY)
    expect(form.page.get_by_text(said.COPIED)).to_be_visible()
    assert keys.focused().name == said.COPY
    keys.both_ways()
    link = form.page.evaluate("() => navigator.clipboard.readText()")
    keys.to("button", said.CODE_MAKE)
    keys.both_ways()
    keys.press("Enter")
    expect(form.page.locator(".code")).to_be_focused()  # the button is gone
    code = form.page.locator(".characters").inner_text()
    keys.to("button", words.RESULT_CHANGE)

    clinic.page.goto(link)
    clinic.at(consultation_words.INTRO_TITLE)
    nurse.to("button", said.CAME_BUTTON)
    nurse.both_ways()
    nurse.press("Enter")
    nurse.at(consultation_words.TITLE)
    expect(clinic.page.get_by_text(said.SEEN_SAME)).to_be_visible()
    clinic.open("?step=consultation")
    nurse.to("input", said.CODE_FIELD)
    nurse.both_ways()
    nurse.type("mistyped")
    nurse.to_button(said.CODE_BUTTON)
    expect(clinic.page.get_by_role("alert").filter(has_text=said.CODE_REFUSED["mistyped"]).first).to_be_focused()
    nurse.to("a", said.CODE_REFUSED["mistyped"])
    nurse.press("Enter")
    assert nurse.focused()[:2] == ("input", said.CODE_FIELD)
    clinic.page.keyboard.press("Control+a")
    nurse.type(re.sub("-", " ", code.lower()))
    nurse.to_button(said.CODE_BUTTON)
    nurse.at(consultation_words.TITLE)
    expect(clinic.page.get_by_text(said.SEEN_SAME)).to_be_visible()
