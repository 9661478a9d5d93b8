"""What a clinic hands out after a visit: whose paper it is, one page for the patient, the consent form, and no dose."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pypdf
import pytest
from consultation_samples import NOW, NURSE, SOMEBODY, locked
from record_samples import DRAWING, TODAY, whole
from strategies import shipped

from recommender.documents.clinic import Clinic, Mark
from recommender.documents.consultation import Consultation
from recommender.export import FORMATS, Audience, render_consultation
from recommender.export.visit.summary import file_stem
from recommender.languages import speaking
from recommender.records.domain.consent_form import consent_form
from recommender.records.domain.workflow import begin, sign, write

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0L8 8" stroke="#123"/></svg>'
CLINIC = Clinic(
    name="Example Aesthetics",
    address=("12 Example Street", "London"),
    telephone="+44 20 7946 0000",
    night_telephone="+44 20 7946 0999",
    registration="CQC 1-234",
    mark=Mark(kind="svg", content=SVG),
)
HEAD = ("Example Aesthetics", "12 Example Street", "+44 20 7946 0000", "CQC 1-234")
REGISTERED = NURSE.model_copy(update={"registration": "12A3456B"})


def ordinary() -> Consultation:
    """An ordinary visit: frown lines, treated, the form of today agreed to and signed."""
    form = consent_form(shipped(), whole())
    items = tuple(item.model_copy(update={"accepted": True}) for item in form.items)
    signed = form.model_copy(update={"items": items}).signed(DRAWING, at=NOW)
    return sign(write(whole(), by=NURSE, consent=signed), by=REGISTERED, at=NOW, today=TODAY)


def seen(written: bytes, written_as: str) -> str:
    if written_as == "pdf":
        return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written)).pages).split())
    return " ".join(re.sub(r"<[^>]+>", " ", written.decode()).split())


@pytest.mark.parametrize("audience", ["patient", "clinical", "consent"])
@pytest.mark.parametrize("written_as", ["text", "markdown", "html", "pdf"])
def test_each_document_says_whose_paper_it_is_and_that_the_rules_are_drafts(audience: Audience, written_as: str) -> None:
    written = render_consultation(ordinary(), written_as, patient=SOMEBODY, audience=audience, clinic=CLINIC)

    found = seen(written, written_as)
    assert [words for words in (*HEAD, "no clinician has signed these rules yet") if words not in found.replace("\\", "")] == []


@pytest.mark.parametrize("audience", ["patient", "consent"])
def test_what_a_patient_takes_of_an_ordinary_visit_is_one_page(audience: Audience) -> None:
    written = render_consultation(ordinary(), "pdf", patient=SOMEBODY, audience=audience, clinic=CLINIC)

    assert len(pypdf.PdfReader(io.BytesIO(written)).pages) == 1


def test_the_patient_reads_who_treated_when_to_come_back_and_whom_to_call_and_no_amount() -> None:
    found = seen(render_consultation(ordinary(), "text", patient=SOMEBODY, audience="patient", clinic=CLINIC), "text")

    for words in (
        "Who treated you: Nurse One (nurse, registration number 12A3456B)",
        "Come back on: 15 March 2027",
        "At night and at weekends: +44 20 7946 0999 - In an emergency, at any time: 999",
    ):
        assert words in found
    assert not re.search(r"\d ?(units|ml)\b", found)


def test_without_a_telephone_at_night_the_emergency_number_stands_alone_and_without_a_clinic_nothing_is_made_up() -> None:
    without = CLINIC.model_copy(update={"night_telephone": None})
    silent, nobody = (
        seen(render_consultation(ordinary(), "text", patient=SOMEBODY, audience="patient", clinic=clinic), "text")
        for clinic in (without, None)
    )

    assert "At night and at weekends: the clinic has named no number - In an emergency, at any time: 999" in silent
    assert "weekends" not in nobody
    assert "In an emergency, at any time: 999" in nobody


def test_the_mark_is_in_the_pdf_and_the_page() -> None:
    with_mark, without = (
        render_consultation(ordinary(), "html", patient=SOMEBODY, audience="patient", clinic=clinic).decode()
        for clinic in (CLINIC, CLINIC.model_copy(update={"mark": None}))
    )

    assert 'src="data:image/svg+xml;base64,' in with_mark
    assert "<img" not in without


def test_the_copy_of_the_consent_has_every_sentence_under_its_heading_with_the_answer() -> None:
    visit = ordinary()
    found = seen(render_consultation(visit, "text", patient=SOMEBODY, audience="consent"), "text")

    assert visit.consent is not None
    assert [item.sentence for item in visit.consent.items if f"Agreed: {item.sentence}" not in found] == []
    assert [item.heading for item in visit.consent.items if item.heading not in found] == []
    for words in (
        "Between the eyebrows",
        "Product: a brand (a kind)",
        "Information given on: 1 March 2027",
        "This form is a draft",
    ):
        assert words in found
    document = json.loads(render_consultation(visit, "json", patient=SOMEBODY, audience="consent"))
    assert document["sections"][0]["id"] == "consent"


@pytest.mark.parametrize("written_as", FORMATS)
def test_a_visit_without_a_form_says_so(written_as: str) -> None:
    blank = begin(shipped(), by=NURSE)

    assert "No consent form is in the record." in seen(
        render_consultation(blank, written_as, patient=SOMEBODY, audience="consent"), written_as
    )


def test_the_names_of_files_tell_apart_for_whom_they_are() -> None:
    names = {audience: file_stem(locked(), audience, date(2027, 1, 1)) for audience in ("patient", "clinical", "consent")}  # type: ignore[arg-type]

    assert names == {
        "patient": "for-you-2027-03-01",
        "clinical": "clinical-record-2027-03-01",
        "consent": "consent-form-2027-03-01",
    }
    spanish = begin(shipped().in_language("es"), by=NURSE)
    with speaking("en"):
        assert file_stem(spanish, "patient", date(2027, 1, 1)) == "para-usted-2027-01-01"
