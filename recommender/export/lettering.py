"""Words and colours of our drawings (SVG)."""

from __future__ import annotations

from html import escape

INK, QUIET, GRID, TEAL, PALE = "#1b2a33", "#4a5a64", "#d5dde1", "#0b6670", "#d9ecee"
FONT = "'Source Sans 3', system-ui, sans-serif"


def text_svg(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK, weight: int = 400, size: int = 14
) -> str:
    """One line of words; ``anchor`` says which end of it stands at ``x``."""
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"'
    return f'<text x="{x:g}" y="{y:g}" {style}>{escape(words)}</text>'
