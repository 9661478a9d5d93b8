"""The summary as one stand-alone HTML file: no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

import functools
import re
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from recommender.export.blocks import Drawn, FaceState, Summary
from recommender.export.drawings import drawing
from recommender.export.drawings.face import swatch_svg
from recommender.export.formats.citations import around_numbers, more_of
from recommender.languages import in_its_language

TEMPLATE = "summary.html.jinja"
_NUMBER = re.compile(r"\b[0-9]{3,6}\b")


@in_its_language
def html_of(summary: Summary) -> str:
    """The summary as a whole HTML document."""
    return _template().render(
        summary=summary,
        kind=_kind,
        drawing=_drawing,
        swatch=_swatch,
        around=around_numbers,
        known=summary.source_numbers,
        names=summary.names,
        more_of=more_of,
    )


@functools.cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["with_calls"] = with_calls
    return environment.get_template(TEMPLATE)


def with_calls(text: str) -> Markup:
    """A text as HTML in which every emergency number is a link that calls it."""
    return Markup(_NUMBER.sub(r'<a href="tel:\g<0>">\g<0></a>', escape(text)))  # noqa: S704 (escaped before)


def _kind(block: object) -> str:
    return type(block).__name__


def _drawing(block: Drawn) -> Markup:
    """The drawing of a block: SVG that this package makes, with every text in it escaped."""
    return Markup(drawing(block))  # noqa: S704 (made here, escaped there)


def _swatch(state: FaceState | None) -> Markup:
    return Markup(swatch_svg(state) if state else "")  # noqa: S704 (made here, holds no text)
