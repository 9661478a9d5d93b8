"""What a person reads in a written summary, and what must be found there."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

import pypdf
from markdown_it import MarkdownIt

from recommender.documents import Alert, Assessment, Hold, Option, Referral

READ_BY_PEOPLE = ("text", "markdown", "html", "pdf")


def as_read(document: bytes, written_as: str) -> str:
    """What a reader sees of a document, as one run of words."""
    match written_as:
        case "pdf":
            pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)
            seen = " ".join(re.sub(r"Summary for your consultation · page \d+ of \d+", "", page) for page in pages)
            seen = seen.replace("-\n", "-")  # a line may end after a hyphen
        case "markdown":
            seen = _text_of_html(MarkdownIt("gfm-like", {"linkify": False}).render(document.decode()))
        case "html":
            seen = _text_of_html(document.decode())
        case _:
            seen = document.decode()
    return " ".join(seen.split())


def _text_of_html(markup: str) -> str:
    without_drawings = re.sub(r"(?s)<style.*?</style>|<svg.*?</svg>|<title.*?</title>", " ", markup)
    inline = re.sub(r"</?(?:a|b|bdi|code|em|span|strong)\b[^>]*>", "", re.sub(r'<span class="detail">', " ", without_drawings))
    return html.unescape(re.sub(r"<[^>]+>", " ", inline))


def _held(assessment: Assessment, hold: Hold) -> str:
    """A hold under its effect; those in doubt stand together under what is said of them all."""
    return hold.because if hold.in_doubt else f"{assessment.words[f'effect.{hold.effect}']}: {hold.because}"


def conclusions(assessment: Assessment) -> Iterator[str]:
    """The sentences, questions and sources that no format may lose."""
    reasoned: tuple[Option | Referral | Alert, ...] = (*assessment.options, *assessment.referrals, *assessment.alerts)
    for part in reasoned:
        yield from (reason.because for reason in part.reasons)
    for option in assessment.options:
        for defeat in option.defeats:
            yield _held(assessment, defeat)
            yield from (f"Until: {until}" for until in (defeat.until,) if until)
        yield assessment.words[f"status.{option.status}"]
        if option.status != "withdrawn":  # what is not offered is no choice
            yield assessment.words[f"role.{option.role}"]
    for hold in assessment.holds:
        yield _held(assessment, hold)
    for referral in assessment.referrals:
        yield f"{assessment.words[f'destination.{referral.to}']} – {assessment.words[f'stance.{referral.stance}']}"
    yield from (assessment.words[f"urgency.{alert.urgency}"] for alert in assessment.alerts)
    yield from (note.because for note in assessment.notes)
    yield from (
        assessment.words.get(f"question.{q.path}", q.path.rpartition(".")[2].replace("_", " "))
        for q in assessment.open_questions
    )
    yield from (f"[{source.id}]" for source in assessment.sources)
    yield from (question for facts in assessment.treatments for question in facts.ask)
    yield assessment.words["outcome"].rstrip(". ")  # what it is about may follow
    yield assessment.rules.version
