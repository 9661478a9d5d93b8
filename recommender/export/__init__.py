"""An assessment, its explanation and the record of a visit as text, JSON, Markdown, HTML and PDF: the same in each."""

from __future__ import annotations

from collections.abc import Iterable

from recommender.documents.assessment import Assessment
from recommender.documents.consultation import Consultation
from recommender.documents.explanation import Explanation
from recommender.export.beside import summary_with_explanation
from recommender.export.blocks import Summary
from recommender.export.consultation_summary import (
    VOICES,
    PatientIdentity,
    Voice,
    consultation_json,
    summarise_consultation,
)
from recommender.export.explained import PARTS, Part, explained
from recommender.export.fonts import NOT_DRAWN, is_drawable
from recommender.export.markdown import markdown_of
from recommender.export.summary import NOTHING_TYPED, Cover, summarise
from recommender.export.text import text_of

__all__ = [
    "FORMATS",
    "NOT_DRAWN",
    "PARTS",
    "VOICES",
    "Cover",
    "Part",
    "PatientIdentity",
    "Summary",
    "Voice",
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
    apart: bool = False,
) -> bytes:
    """The assessment in one of ``FORMATS``; raises ValueError for another.

    JSON is the assessment document itself, to be read back, so it carries nothing of the cover. ``apart``: a PDF is set by a
    program of its own, so that nothing of it stays in the memory of this one.
    """
    if format == "json":
        return f"{assessment.json_text(indent=2)}\n".encode()
    return _written(summarise(assessment, cover=cover), format, apart=apart)


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
    voice: Voice,
    apart: bool = False,
) -> bytes:
    """The record of a visit in one of ``FORMATS`` for a reader; raises ValueError for another. ``apart`` as in ``render``.

    JSON is the record document itself, and for the patient a document with just what the patient's page says.
    """
    if format == "json":
        return consultation_json(consultation, patient, voice).encode()
    return _written(summarise_consultation(consultation, patient, voice), format, apart=apart)


def _written(summary: Summary, format: str, *, apart: bool = False) -> bytes:  # noqa: A002 (its plain name)
    match format:
        case "text":
            return text_of(summary).encode()
        case "markdown":
            return markdown_of(summary).encode()
        case "html":
            from recommender.export.html import html_of  # noqa: PLC0415 (it loads the library of templates)

            return html_of(summary).encode()
        case "pdf":
            from recommender.export.pdf import pdf_of, pdf_set_apart  # noqa: PLC0415 (it loads the library that sets PDFs)

            return pdf_set_apart(summary) if apart else pdf_of(summary)
    raise ValueError(f"unknown format {format!r} (allowed: {', '.join(FORMATS)})")


def media_type(format: str) -> str:  # noqa: A002 (its plain name)
    """The media type of one of ``FORMATS``."""
    return _MEDIA_TYPES[format]
