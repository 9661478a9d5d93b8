"""What every page has before Streamlit's own: styles, a script for translators, the icon, and the top of the page."""

from __future__ import annotations

from html import escape
from typing import Final

from recommender.export.drawings.mark import mark_on_a_screen
from recommender.export.drawings.svg import svg_address
from recommender.languages import not_reviewed
from recommender.web import words
from recommender.web.assets import asset, script

ICON: Final = svg_address(mark_on_a_screen())
STYLE: Final = f'<style>:root{{--mark:url("{ICON}")}}{asset(__file__, "site.css")}</style>'
#: a script that keeps a page intact while the browser translates it
TRANSLATED: Final = script(__file__, "translated.js")


def brand_html() -> str:
    """The mark and the name of the product."""
    return f'<div class="brand"><span>{escape(words.PRODUCT)}</span></div>'


def phase_html(*, whole: bool) -> str:
    """That everything here is a draft, and that nobody reviewed its translation where it is one; else in one line."""
    if not whole:
        said = " ".join((words.PHASE_SHORT, *([words.TRANSLATION] if not_reviewed() else [])))
        return f'<p class="phase">{escape(said)}</p>'
    said = " ".join(filter(None, (words.PHASE_TEXT, not_reviewed())))
    return f'<div class="phase"><strong>{escape(words.PHASE)}</strong><span>{escape(said)}</span></div>'
