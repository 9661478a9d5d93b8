"""No page of the form, and no word behind one, names what the public may not be told where the form is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from forbidden_words import forbidden_in
from form_server import Server
from form_walk import Form
from kept_drafts import adult, kept
from playwright.sync_api import Page

from recommender import load_rules
from recommender.documents.vocabulary import Jurisdiction
from recommender.knowledge.reference import Reference
from recommender.web import words
from recommender.web.about import words as about_words
from recommender.web.clinic import words as clinic_words
from recommender.web.consultation import words as consultation_words
from recommender.web.state.draft import PLACES, kinds_key

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("default"),  # the driver's own warnings are not ours to mend
]
SUMMARY = "Summary for your consultation"
UNSURE = "I don't know"
SEEN = {"glabella": "lines", "lips": "fuller", "under_eye": "hollow"}
#: everything that can be seen, folded out, hovered over or heard; the components' own trees too, and the address
SAID = """() => {
  const said = [document.title, location.href];
  const read = root => {
    for (const one of root.querySelectorAll('*:not(script, style)')) {
      for (const name of ['aria-label', 'aria-description', 'title', 'alt', 'placeholder', 'data-label', 'href'])
        said.push(one.getAttribute(name) ?? '');
      for (const node of one.childNodes) if (node.nodeType === Node.TEXT_NODE) said.push(node.data);
      if (one.shadowRoot) read(one.shadowRoot);
    }
  };
  read(document.body);
  return said.join('\\n');
}"""


def consultation(form: Form, folder: Path, _wording: Reference) -> Iterator[None]:
    """Lines, lips, a hollow under the eyes and an earlier filler: page after page, each when it is filled in."""
    seen = {PLACES: list(SEEN)} | {kinds_key(area): [kind] for area, kind in SEEN.items()}
    form.open()
    yield
    form.press(words.START_NOW)
    form.at("How old are you?")
    form.page.get_by_label(words.AGE_LABEL).fill("42")
    yield
    form.press(words.CONTINUE)
    form.at("Are you pregnant or breastfeeding?")
    yield
    token = kept(folder, adult("unsure", previous_filler="yes") | seen)
    form.open(f"?d={token}&step=places")
    yield
    form.go_on()
    while form.step != "check":
        if form.step.startswith("place-"):
            form.answer_all(UNSURE)
        yield
        form.go_on()
    yield
    form.press(words.SEE_RESULT)
    form.at(SUMMARY)
    yield


def after_an_injection(form: Form, _folder: Path, wording: Reference) -> Iterator[None]:
    """Twenty days after the second of the treatments, unsure about every sign that is not urgent."""
    form.open()
    form.press(words.AFTER_NOW)
    form.answer_all("No")
    yield
    form.go_on()
    form.answer(wording.questions.questions["after_treatment.treatment"].ask, wording.treatments[1].name)
    form.page.get_by_label(words.DAYS_LABEL).fill("20")
    yield
    form.go_on()
    form.answer_all(UNSURE)
    yield
    form.go_on()
    form.at(SUMMARY)
    yield


@pytest.mark.parametrize("jurisdiction", ["au", "uk"])
def test_no_page_names_what_the_public_may_not_be_told(
    page: Page, server_in: Callable[[Jurisdiction], Server], jurisdiction: Jurisdiction, tmp_path: Path
) -> None:
    form = Form(page, server_in(jurisdiction).address)
    wording = load_rules(jurisdiction=jurisdiction).voice("patient", jurisdiction).reference
    said: dict[str, str] = {}

    for way in (consultation, after_an_injection):
        for _ in way(form, server_in(jurisdiction).folder, wording):
            said[f"{way.__name__}: {form.step}"] = page.evaluate(SAID)
        said[f"{way.__name__}: file"] = form.save("Download HTML", tmp_path).read_text()
    form.open("?step=how")
    form.at(about_words.TITLE)
    said["how"] = page.evaluate(SAID)
    form.open("?step=consultation")
    form.at(clinic_words.STAFF_ONLY)
    said["before anybody signs in"] = page.evaluate(SAID)
    server_in(jurisdiction).sign_in(page, "nurse")
    form.open("?step=consultation")
    form.at(consultation_words.INTRO_TITLE)
    said["before a nurse's page begins"] = page.evaluate(SAID)

    assert {where: found for where, text in said.items() if (found := forbidden_in(text, jurisdiction))} == {}
    for where in ("consultation: result", "after_an_injection: after_treatment_what", "how"):
        assert all(treatment.name in said[where] for treatment in wording.treatments)
    assert len(said) > 20
