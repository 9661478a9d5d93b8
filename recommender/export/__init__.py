"""An assessment, its explanation and the record of a visit as text, JSON, Markdown, HTML and PDF: the same in each."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.documents.assessment import Assessment
from recommender.documents.clinic import Clinic
from recommender.documents.consultation import Consultation
from recommender.documents.explanation import Explanation
from recommender.export.blocks import Summary
from recommender.export.explained_summary import summary_with_explanation
from recommender.export.formats.fonts import NOT_DRAWN, is_drawable
from recommender.export.formats.markdown import markdown_of
from recommender.export.formats.text import text_of
from recommender.export.sections.explained import PARTS, Part, explained
from recommender.export.summary import NOTHING_TYPED, Cover, summarise
from recommender.export.visit.summary import (
    AUDIENCES,
    Audience,
    PatientIdentity,
    consultation_json,
    summarise_consultation,
)

__all__ = [
    "AUDIENCES",
    "FORMATS",
    "NOT_DRAWN",
    "PARTS",
    "Audience",
    "Cover",
    "Part",
    "PatientIdentity",
    "Summary",
    "is_drawable",
    "media_type",
    "render",
    "render_consultation",
    "render_explanation",
    "summarise",
    "summarise_consultation",
    "summary_with_explanation",
    "text_of",
]

_MEDIA_TYPES = {
    "text": "text/plain; charset=utf-8",
    "json": "application/json",
    "markdown": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
}
FORMATS = ("text", "json", "markdown", "html", "pdf")


def render(
    assessment: Assessment,
    format: str,  # noqa: A002 (its plain name)
    *,
    cover: Cover = NOTHING_TYPED,
    in_subprocess: bool = False,
) -> bytes:
    """The assessment in one of ``FORMATS``; raises ValueError for another.

    JSON is the assessment document itself, to be read back, so it carries nothing of the cover. ``in_subprocess``:
    a PDF is set in a subprocess, so that typst keeps no memory in this process.
    """
    if format == "json":
        return f"{assessment.json_text(indent=2)}\n".encode()
    return _written(summarise(assessment, cover=cover), format, in_subprocess=in_subprocess)


def render_explanation(
    assessment: Assessment,
    explanation: Explanation,
    format: str,  # noqa: A002 (its plain name)
    *,
    parts: Iterable[Part] = PARTS,
    cover: Cover = NOTHING_TYPED,
) -> bytes:
    """The parts of an explanation in one of ``FORMATS``; raises ValueError for another.

    JSON is the explanation document, whole; why is in the assessment, in the reasons of each conclusion.
    """
    if format == "json":
        return f"{explanation.model_dump_json(by_alias=True, exclude_none=True, indent=2)}\n".encode()
    return _written(explained(assessment, explanation, parts=parts, cover=cover), format)


def render_consultation(
    consultation: Consultation,
    format: str,  # noqa: A002 (its plain name)
    *,
    patient: PatientIdentity,
    audience: Audience,
    clinic: Clinic | None = None,
    in_subprocess: bool = False,
) -> bytes:
    """The record of a visit in one of ``FORMATS`` for an audience; raises ValueError for another format.

    ``clinic`` is whose paper it is on; ``in_subprocess`` is as in ``render``.

    JSON is the record document itself, and for the patient a document with just what the patient's page says.
    """
    if format == "json":
        return consultation_json(consultation, patient, audience, clinic).encode()
    return _written(summarise_consultation(consultation, patient, audience, clinic), format, in_subprocess=in_subprocess)


def _written(summary: Summary, format: str, *, in_subprocess: bool = False) -> bytes:  # noqa: A002 (its plain name)
    match format:
        case "text":
            return text_of(summary).encode()
        case "markdown":
            return markdown_of(summary).encode()
        case "html":
            from recommender.export.formats.html import html_of  # noqa: PLC0415 (it loads the library of templates)

            return html_of(summary).encode()
        case "pdf":
            from recommender.export.formats.pdf import pdf_in_subprocess, pdf_of  # noqa: PLC0415 (it loads the library for PDFs)

            return pdf_in_subprocess(summary) if in_subprocess else pdf_of(summary)
    raise ValueError(f"unknown format {format!r} (allowed: {', '.join(FORMATS)})")


def media_type(format: str) -> str:  # noqa: A002 (its plain name)
    """The media type of one of ``FORMATS``."""
    return _MEDIA_TYPES[format]
