"""The summary of one visit's record for two audiences: all of it for those who treat, and a plain page for the patient.

Both are written from the record alone: from its assessments as they were kept, never from the rules of today.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, Literal, NamedTuple, get_args

from recommender.documents.clinic import Clinic
from recommender.documents.consultation import Consultation
from recommender.export.blocks import (
    Block,
    Bullets,
    Callout,
    Handwriting,
    Letterhead,
    Line,
    Paragraph,
    Section,
    Sources,
    Summary,
    Table,
    Typed,
)
from recommender.export.visit.clinical import clinical_sections
from recommender.export.visit.consent import consent_sections
from recommender.export.visit.patient import patient_sections
from recommender.export.visit.words import STATES, day, typed
from recommender.languages import in_its_language, message, not_reviewed, spoken, translate

Audience = Literal["patient", "clinical", "consent"]
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
PATIENT_SCHEMA: Final = "consultation-summary-patient/1"
_TITLES: Final[dict[Audience, str]] = {
    "clinical": message("Record of a consultation"),
    "patient": message("For you: your visit and what comes after it"),
    "consent": message("Consent to treatment"),
}
#: what a file for each audience is called; the day of the visit and the ending of the format follow
_FILES: Final[dict[Audience, str]] = {
    "clinical": message("clinical-record"),
    "patient": message("for-you"),
    "consent": message("consent-form"),
}


class PatientIdentity(NamedTuple):
    """Whose record it is, as it stands at the head of the page."""

    name: str
    born_on: date | None = None


@in_its_language
def summarise_consultation(
    consultation: Consultation, patient: PatientIdentity, audience: Audience, clinic: Clinic | None = None
) -> Summary:
    """The record as blocks: all of it for a clinician, what concerns the patient in their words, or the consent form."""
    match audience:
        case "clinical":
            sections = clinical_sections(consultation)
        case "patient":
            sections = patient_sections(consultation, clinic)
        case "consent":
            sections = consent_sections(consultation)
    return Summary(
        spoken(_TITLES)[audience],
        consultation.language,
        (*_identity(patient), *_standing(consultation, audience)),
        tuple(section for section in sections if section.blocks),
        letterhead=_letterhead(clinic) if clinic else None,
        compact=audience != "clinical",
    )


@in_its_language
def file_stem(consultation: Consultation, audience: Audience, begun_on: date) -> str:
    """What a file of a visit is called, without its ending: for whom it is, and the day of the injection or of the visit."""
    return f"{spoken(_FILES)[audience]}-{(consultation.injected_on or begun_on).isoformat()}"


def _letterhead(clinic: Clinic) -> Letterhead:
    called = translate("Telephone: {number}").format(number=clinic.telephone)
    registered = [translate("Registration: {number}").format(number=clinic.registration)] if clinic.registration else []
    return Letterhead(typed(clinic.name), (*map(typed, clinic.address), called, *map(typed, registered)), clinic.mark)


@in_its_language
def consultation_json(
    consultation: Consultation, patient: PatientIdentity, audience: Audience, clinic: Clinic | None = None
) -> str:
    """The record document itself, to be read back; for the patient, just what the patient's page says."""
    if audience == "clinical":
        document = consultation.document()
    else:
        summary = summarise_consultation(consultation, patient, audience, clinic)
        head = summary.letterhead
        document = {
            "schema": PATIENT_SCHEMA,
            "title": summary.title,
            **({"clinic": [head.name, *head.lines]} if head else {}),
            "name": typed(patient.name),
            "born_on": patient.born_on.isoformat() if patient.born_on else None,
            "state": consultation.state,
            "standing": [block.text for block in summary.lead if isinstance(block, Callout)],
            "sections": [_section(section) for section in summary.sections],
        }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _identity(patient: PatientIdentity) -> Iterator[Block]:
    name = typed(patient.name)
    if name:
        yield Typed(translate("Patient"), name)
    if patient.born_on:
        yield Paragraph(Line(day(patient.born_on), label=translate("Born")))


def _standing(consultation: Consultation, audience: Audience) -> Iterator[Block]:
    if not_reviewed():
        yield Callout("quiet", not_reviewed())
    match consultation.state:
        case "draft":
            yield Callout(
                "warning", translate("{states}. Anything here may still change.").format(states=spoken(STATES)["draft"])
            )
        case "voided":
            yield Callout("warning", f"{spoken(STATES)['voided']}.")
        case "signed":
            yield Callout("caution", f"{spoken(STATES)['signed']}.")
        case "locked" if audience == "patient" and consultation.addenda:
            yield Callout(
                "quiet", translate("Something was added to the clinic's record after it was signed. Ask what it says.")
            )


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": section.title,
        **({"status": section.status} if section.status else {}),
        "content": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Section():
            return _section(block)
        case Paragraph(line):
            return _line(line)
        case Bullets(lead, lines):
            return {"lead": lead, "lines": [_line(line) for line in lines]}
        case Callout(_, text) | Handwriting(_, text):
            return {"text": text}
        case Table(caption, header, rows):
            return {"caption": caption, "header": header, "rows": [[_line(cell) for cell in row] for row in rows]}
        case Sources(entries):
            return {"sources": [{"number": one.number, "text": one.text, "url": one.url} for one in entries]}
        case _:
            raise AssertionError(f"the patient's page has no {type(block).__name__}")


def _line(line: Line) -> dict[str, Any]:
    said = {"label": line.label, "text": line.text, "details": line.details, "sources": line.sources}
    return {name: value for name, value in said.items() if value}
