"""The record of a visit comes out whole for those who treat, plain for the patient, and the same under later rules."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pypdf
import pytest
from consultation_samples import NURSE, SAFE, SOMEBODY, draft, draft_with, locked, waiting
from export_reading import conclusions
from forbidden_words import forbidden_in
from markdown_it import MarkdownIt
from strategies import further, shipped
from test_pdf import structure

from recommender import load_rules
from recommender.documents.consultation import AdverseEvents, Consultation, ReasonCode
from recommender.documents.vocabulary import JURISDICTIONS, Jurisdiction
from recommender.export import FORMATS, Audience, PatientIdentity, render_consultation
from recommender.export.blocks import Handwriting
from recommender.export.drawings.signature import handwriting_svg
from recommender.export.visit.words import REASONS, moment
from recommender.knowledge import shipped_rules
from recommender.records.domain.workflow import begin

READ = ("text", "markdown", "html", "pdf")
RECORD: tuple[Audience, ...] = ("patient", "clinical")
#: words of the record that stand nowhere but in what a clinician wrote or was told
OF_CLINICIANS = (
    *("dilution-toxin", "first-decision-note", "decision-note", "cheek-note", "stop-note", "visit-note"),
    *("adverse-what", "adverse-action", "late-adverse-what", "late-adverse-action", "given-back-because", "addendum-text"),
    *("asked-product", "refused-because", "changed-because", "emergency-because", "adrenaline"),
)
OF_BOTH = (
    *("Somebody Made-Up", "6 May 1983", "1 March 2027", "15 March 2027", "Nurse One", "Prescriber One", "leaflet-name"),
    *("product-toxin", "brand-toxin", "lot-toxin", "product-filler", "brand-filler", "lot-filler"),
)
OF_THE_RECORD = (
    *("31 December 2027", "31 January 2028", "in the muscle (intramuscular)", "under the skin (subcutaneous)"),
    *("single points", "cannula", "8.5 units", "0.75 ml", "4.5 units", "0.25 ml", "45.3 / 31.0", "54.7 / 31.0"),
    *("Mild", "Severe", "not graded", "21 February 2027", "1 April 2027"),
    *("Authorised with changes by Prescriber One", "in person"),
    *("form-name, version version-7", "Agreed: I was told what can go wrong.", "20 February 2027", "9 March 2027"),
    *("3 days (the clinic's own: 3)", "Put as: Not offered", "Confirmed a second time", "consultation-record/1"),
    *("Information given on", "Decided again later", "Explained in words and given in writing", "DCQ score (0 to 21)"),
)


def written(consultation: Consultation, audience: Audience, written_as: str, patient: PatientIdentity = SOMEBODY) -> str:
    """What a reader sees, as one run of words; of JSON all of it."""
    document = render_consultation(consultation, written_as, patient=patient, audience=audience)
    match written_as:
        case "pdf":
            pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)
            seen = " ".join(
                re.sub(r"(?:Record of a consultation|For you: your visit and what comes after it) · page .*", "", p)
                for p in pages
            )
            seen = seen.replace("-\n", "-")
        case "markdown":
            seen = _without_markup(MarkdownIt("gfm-like", {"linkify": False}).render(document.decode()))
        case "html":
            seen = _without_markup(document.decode())
        case _:
            seen = document.decode()
    return " ".join(seen.split())


STANDING: Mapping[str, Callable[[], Consultation]] = {"draft": draft, "waiting": waiting, "locked": locked}


@cache
def seen_of(standing: str, audience: Audience, written_as: str) -> str:
    """What a reader sees of the visit as it stands then; each is written once for all tests."""
    return written(STANDING[standing](), audience, written_as)


def _without_markup(markup: str) -> str:
    seen = re.sub(r"(?s)<style.*?</style>|<svg.*?</svg>|<title.*?</title>", " ", markup)
    seen = re.sub(r"</?(?:a|b|bdi|code|em|span|strong)\b[^>]*>", "", seen.replace('<span class="detail">', " "))
    return html.unescape(re.sub(r"<[^>]+>", " ", seen))


@pytest.mark.parametrize("written_as", ["markdown", "html", "pdf"])
def test_everything_in_a_record_stands_in_its_clinical_summary(written_as: str) -> None:
    record = locked()
    found = record.nurse.assessment
    rules = {rule for decision in record.decisions for rule in decision.against}
    prints = {record.content_hash, found.rules.fingerprint, record.consent.fingerprint if record.consent else ""}
    reasons = {f"{REASONS[one.reason].clinical} ({one.reason})" for one in record.decisions if one.reason}
    read = [*OF_CLINICIANS, *OF_BOTH, *OF_THE_RECORD, *conclusions_of(record), *rules, *prints, *reasons]

    seen = seen_of("locked", "clinical", written_as)

    assert len(rules) > 2
    assert [words for words in read if words not in seen] == []


def conclusions_of(record: Consultation) -> list[str]:
    """What the rules said of either reading; what is asked of the practitioner beforehand is no part of a record."""
    readings = [reading.assessment for reading in (record.nurse, record.patient) if reading]
    told = [one.model_copy(update={"treatments": (), "open_questions": ()}) for one in readings]
    sources = {f"[{source.id}]" for source in told[1].sources} - {f"[{source.id}]" for source in told[0].sources}
    return [*conclusions(told[0]), *(words for words in conclusions(told[1]) if words not in sources), *sources]


@pytest.mark.parametrize("written_as", FORMATS)
def test_nothing_that_clinicians_wrote_for_each_other_reaches_the_patient(written_as: str) -> None:
    record = locked()
    assessment = record.nurse.assessment
    reasons = [reason for option in assessment.options for reason in (*option.reasons, *option.defeats)]
    codes = [*get_args(ReasonCode)[:-1], *{reason.rule for reason in (*reasons, *assessment.holds)}]

    seen = seen_of("locked", "patient", written_as)

    assert [words for words in (*OF_CLINICIANS, *codes, "sha256", "DCQ", "Glabella", "units", " ml") if words in seen] == []
    assert [words for words in OF_BOTH if words not in seen and written_as != "json"] == []


def test_the_patient_reads_what_speaks_against_each_signs_of_danger_and_that_something_went_wrong() -> None:
    public = locked().nurse.public

    seen = written(locked(), "patient", "text")

    expected = [reason.because for option in public.options for reason in option.defeats]
    expected += [facts.serious_risks for facts in public.treatments]
    expected += [hold.because for hold in public.holds]
    expected += ["Emergency number: 999", "The clinic's record says that something went wrong.", "Something was added"]
    assert [sentence for sentence in expected if sentence not in seen] == []


def test_where_nothing_was_injected_the_patient_reads_that_and_no_product() -> None:
    record = draft().model_copy(update={"injected": "no"})

    seen = written(record, "patient", "text")

    assert "Nothing was injected." in seen
    assert "lot-toxin" not in seen
    assert "WHEN TO GET HELP" not in seen


@pytest.mark.parametrize("jurisdiction", further(JURISDICTIONS, "au"))
def test_beside_what_was_used_the_patients_page_names_nothing_that_the_public_may_not_be_told(
    jurisdiction: Jurisdiction,
) -> None:
    everything = dict.fromkeys(("milk_protein_allergy", "blood_thinners", "previous_filler", "cold_sores_history"), "yes")
    record = draft_with(shipped(), jurisdiction=jurisdiction, history={**SAFE, **everything})
    used = [one.model_copy(update={"product": "kind", "brand": "brand", "lot": "lot"}) for one in record.products]
    record = record.model_copy(update={"products": tuple(used)})

    seen = [written(record, "patient", written_as) for written_as in ("html", "json")]

    assert [forbidden_in(text, jurisdiction) for text in seen] == [[], []]


@pytest.mark.parametrize("audience", RECORD)
@pytest.mark.parametrize("written_as", further(READ, "text", "html"))
def test_what_is_not_signed_says_that_it_is_a_draft(audience: Audience, written_as: str) -> None:
    seen = [seen_of(standing, audience, written_as) for standing in STANDING]

    assert ["Not signed yet: a draft" in text for text in seen] == [True, False, False]
    assert ["Signed, and waiting for a prescriber's signature" in text for text in seen] == [False, True, False]


@pytest.mark.parametrize("audience", RECORD)
@pytest.mark.parametrize("written_as", READ)
def test_every_summary_says_that_its_rules_are_drafts(audience: Audience, written_as: str) -> None:
    assert "no clinician has signed these rules yet" in seen_of("draft", audience, written_as)


def test_a_signed_record_reads_the_same_after_the_rules_have_changed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))
    formats = ("html", "markdown", "json")
    stored = locked().json_text()
    before = [
        render_consultation(locked(), form, patient=SOMEBODY, audience=audience) for form in formats for audience in RECORD
    ]
    for file in folder.rglob("*.yaml"):
        file.write_text(
            re.sub(
                "(?i)anti-wrinkle injection relaxes the muscle", "anti-wrinkle injection stills the muscle", file.read_text()
            )
        )

    changed = draft_with(load_rules(folder))
    again = Consultation.model_validate_json(stored)
    after = [render_consultation(again, form, patient=SOMEBODY, audience=audience) for form in formats for audience in RECORD]

    assert "stills the muscle" in written(changed, "clinical", "html")
    assert after == before


def test_what_differs_between_patient_and_nurse_stands_side_by_side() -> None:
    page = render_consultation(draft(), "markdown", patient=SOMEBODY, audience="clinical").decode()

    differs, same = page.split("**What differs**")[1].split("**What both say**")

    assert "| Anticoagulant, antiplatelet or regular NSAID | not answered | Yes |" in differs
    assert "| Facial skin – Texture, pores, photodamage | not named | named |" in differs
    assert "| Pregnancy | No |" in same.split("## Gradings")[0]
    assert "herpes" not in same.split("## Gradings")[0]


def test_without_answers_of_the_patient_the_findings_stand_alone() -> None:
    record = begin(shipped(), by=NURSE)

    seen = [written(record, audience, "text") for audience in RECORD]

    assert "The patient answered nothing beforehand" in seen[RECORD.index("clinical")]
    assert "Nothing was written down as seen." in seen[RECORD.index("patient")]


@pytest.mark.parametrize(
    ("events", "said"),
    [(None, "Adverse events: not said yet"), (AdverseEvents(none=True), "Adverse events: None ")],
)
def test_no_adverse_event_is_said_and_never_left_to_be_guessed(events: AdverseEvents | None, said: str) -> None:
    record = draft().model_copy(update={"adverse_events": events})

    assert said in written(record, "clinical", "text")


def test_a_signature_for_another_content_is_told() -> None:
    altered = locked().model_copy(update={"note": "altered"})

    assert f"The content is another one now: {altered.content_hash}" in written(altered, "clinical", "text")
    assert "The content is another one now" not in written(locked(), "clinical", "text")


def test_clinical_json_is_the_record_itself() -> None:
    document = render_consultation(locked(), "json", patient=SOMEBODY, audience="clinical")

    assert Consultation.model_validate_json(document) == locked()
    assert b"Somebody" not in document


def test_the_patients_json_says_what_the_page_says() -> None:
    document = json.loads(render_consultation(waiting(), "json", patient=SOMEBODY, audience="patient"))
    page = written(waiting(), "patient", "html")

    assert (document["schema"], document["name"], document["born_on"], document["state"]) == (
        "consultation-summary-patient/1",
        "Somebody Made-Up",
        "1983-05-06",
        "signed",
    )
    assert [section["id"] for section in document["sections"]][:4] == ["help", "given", "afterwards", "next"]
    assert [text for text in texts_in(document["sections"], of=("text", "title", "lead", "label")) if text not in page] == []


def texts_in(part: Any, *, of: tuple[str, ...]) -> list[str]:
    """Every text under these names, at any depth."""
    if isinstance(part, list):
        return [text for inner in part for text in texts_in(inner, of=of)]
    if not isinstance(part, dict):
        return []
    here = [" ".join(value.split()) for name, value in part.items() if name in of and isinstance(value, str)]
    return here + [text for value in part.values() for text in texts_in(value, of=of)]


def test_every_reason_code_has_words_for_both_readers() -> None:
    assert tuple(REASONS) == get_args(ReasonCode)
    assert all(said.clinical and said.patient.endswith(".") for said in REASONS.values())


@pytest.mark.parametrize("audience", RECORD)
def test_the_pdf_is_tagged_and_says_whose_and_what_it_is(audience: Audience) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_consultation(locked(), "pdf", patient=SOMEBODY, audience=audience)))
    root: Any = reader.root_object

    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean is an object)
    assert root["/Lang"] == "en"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    kinds = [str(element["/S"]) for element in structure(root["/StructTreeRoot"])]
    assert kinds.count("/H1") > 8
    assert kinds.count("/Figure") == (2 if audience == "clinical" else 0)


def test_the_face_chart_says_in_words_what_it_draws() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_consultation(locked(), "pdf", patient=SOMEBODY, audience="clinical")))
    page = render_consultation(locked(), "html", patient=SOMEBODY, audience="clinical").decode()

    elements = structure(reader.root_object["/StructTreeRoot"])
    said = [str(element["/Alt"]) for element in elements if element["/S"] == "/Figure"]
    chart = re.search(r'(?s)<div class="drawing chart">(.*?)</div>', page)

    points = "1 Glabella, 4 units. 2 Glabella, 4.5 units. 3 Lips (vermilion), 0.25 ml. 4 Glabella, 0.5 ml."
    assert said == [f"Drawing of a face with numbered points. {points.replace(' Gl', ': Gl').replace(' Li', ': Li')}", SIGNED]
    assert chart is not None
    assert re.findall(r"<text[^>]*>(\d+)</text>", chart[1]) == ["1", "2", "3", "4"]
    assert len(re.findall(r'<circle cx="1(?:81\.2)" cy="197\.16"', chart[1])) == 1


SIGNED = "The patient's signature, as drawn"


@pytest.mark.parametrize(
    ("path", "box"),
    [
        ("M 0 0 L 120 60", "-2 -2 124 64"),
        ("M 10 10 l 120 60", "8 8 124 64"),
        ("m10,10l60,0 60,60", "8 8 124 64"),
        ("M0 0C0 60 120 60 120 0Z", "-2 -2 124 64"),
        ("M 0 0 Q 60 60 120 0", "-2 -2 124 64"),
    ],
)
def test_a_signature_is_cut_to_its_strokes(path: str, box: str) -> None:
    assert f'viewBox="{box}"' in handwriting_svg(Handwriting(path, SIGNED))


@pytest.mark.parametrize("path", ["M 1e999 0 L 1 1", "M 0 0 L 1e9 1", "M ,,,,,,,,,"])
def test_what_draws_nothing_that_could_be_seen_is_no_drawing(path: str) -> None:
    assert handwriting_svg(Handwriting(path, SIGNED)) == ""


@pytest.mark.parametrize("audience", RECORD)
@pytest.mark.parametrize("written_as", READ)
def test_typed_words_are_words_and_never_markup(audience: Audience, written_as: str) -> None:
    hostile = "<b>a</b> | *b* \u202e`c` #set"
    product = draft().products[0].model_copy(update={"brand": hostile})
    record = draft().model_copy(update={"products": (product,), "note": hostile})

    seen = written(record, audience, written_as, PatientIdentity(hostile))

    assert seen.count("<b>a</b> | *b* `c` #set") == {"clinical": 6, "patient": 2}[audience]


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Australia/Sydney", "1 March 2027, 09:00 UTC+11:00"),
        ("America/St_Johns", "28 February 2027, 18:30 UTC-03:30"),
        ("UTC", "28 February 2027, 22:00 UTC"),
    ],
)
def test_a_moment_is_told_by_the_clinics_clock(monkeypatch: pytest.MonkeyPatch, zone: str, told: str) -> None:
    monkeypatch.setenv("RECOMMENDER_TIMEZONE", zone)

    assert moment(datetime(2027, 2, 28, 22, 0, tzinfo=UTC)) == told
