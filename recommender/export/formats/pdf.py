"""The summary as a tagged PDF (PDF/UA-1), set by typst from one template."""

from __future__ import annotations

import dataclasses
import functools
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final

from recommender.export.blocks import Callout, Drawn, Face, Letterhead, SourceEntry, Summary
from recommender.export.drawings import drawing
from recommender.export.drawings.face import swatch_svg
from recommender.export.drawings.mark import mark_svg
from recommender.export.formats import typesetting
from recommender.export.formats.citations import around_numbers
from recommender.export.formats.fonts import FOLDER, NOT_DRAWN, is_drawable, with_drawable_characters
from recommender.export.formats.typesetting import fonts_in, set_pdf
from recommender.export.sections.basis import ABOUT
from recommender.export.sections.patient_summary import MORE
from recommender.languages import in_its_language, translate

_SECONDS: Final = 60
TEMPLATE = Path(__file__).parent / "summary.typ"


@in_its_language
def pdf_of(summary: Summary) -> bytes:
    """The summary as PDF; the same summary gives the same bytes."""
    return set_pdf(_template(), _json(summary), fonts_in(str(FOLDER)))


@in_its_language
def pdf_in_subprocess(summary: Summary) -> bytes:
    """The same PDF, set in a subprocess: for a long-running process, since typst keeps about 5 MB for each document.

    It takes 40 ms of processor time more. Where no subprocess can be started, it is set here.
    """
    command = (sys.executable, "-I", typesetting.__file__, str(FOLDER), str(TEMPLATE))
    data = _json(summary)
    try:
        done = subprocess.run(command, input=data.encode(), capture_output=True, check=True, timeout=_SECONDS)  # noqa: S603 (ours)
    except (OSError, subprocess.SubprocessError):
        return set_pdf(_template(), data, fonts_in(str(FOLDER)))
    return done.stdout


@functools.cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _json(summary: Summary) -> str:
    """The data of a summary; where some letters are not drawn, the summary says so before its sections."""
    if not all(map(is_drawable, _texts(summary))):
        summary = dataclasses.replace(summary, lead=(*summary.lead, Callout("warning", translate(NOT_DRAWN))))
    return json.dumps(_data(summary))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        yield from chain.from_iterable(map(_texts, part))
    elif dataclasses.is_dataclass(part):
        yield from chain.from_iterable(_texts(getattr(part, field.name)) for field in dataclasses.fields(part))


def _data(part: Any) -> Any:
    """A part of a summary as plain data for the template, with its drawing where it has one."""
    if isinstance(part, str):
        return with_drawable_characters(part)
    if isinstance(part, tuple):
        return [_data(inner) for inner in part]
    if not dataclasses.is_dataclass(part):
        return part
    data = {"type": type(part).__name__} | {field.name: _data(getattr(part, field.name)) for field in dataclasses.fields(part)}
    if isinstance(part, Letterhead):
        data["mark"] = None if part.mark is None else {"kind": part.mark.kind, "content": list(part.mark.content)}
    if isinstance(part, Drawn):
        data["svg"] = with_drawable_characters(drawing(part))
    if isinstance(part, Face):
        data["swatches"] = [swatch_svg(state) if state else "" for state in part.shown]
    if isinstance(part, SourceEntry):
        data["parts"] = _data(part.parts)
    if isinstance(part, Summary):
        data["known"] = sorted(part.source_numbers)
        data["one"], data["several"] = around_numbers(1), around_numbers(2)
        data["turned"], data["whole"] = MORE, ABOUT
        data["mark"] = mark_svg()
        data["page"] = translate("page {page} of {pages}")
    return data
