"""What the drawings are made of: filled shapes, lines, words and their colours, as SVG."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import quote

INK, QUIET, GRID, TEAL, PALE = "#1b2a33", "#4a5a64", "#d5dde1", "#0b6670", "#d9ecee"
#: the colours that mean something, the same on every page, drawing and file; each drawing has a pattern beside them
TOXIN, FILLER, STOP = "#1d5fb4", "#a85600", "#8c1021"
#: the same on a dark ground
IN_THE_DARK: Final = {TOXIN: "#8ab8f5", FILLER: "#f4c873", STOP: "#ff8a80"}
FONT = "'Source Sans 3', system-ui, sans-serif"


def text_svg(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = INK, weight: int = 400, size: int = 14
) -> str:
    """One line of words; ``anchor`` says which end of it stands at ``x``."""
    style = f'font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{colour}"'
    return f'<text x="{x:g}" y="{y:g}" {style}>{escape(words)}</text>'


def stroke(path: str, width: float, colour: str) -> str:
    """A line with round ends."""
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" {ends}/>'


def svg_address(svg: str) -> str:
    """An address that holds a whole drawing."""
    return f"data:image/svg+xml,{quote(svg)}"


def fill(path: str, colour: str, *, opacity: float) -> str:
    """A filled shape without an edge."""
    return f'<path d="{path}" fill="{colour}" fill-opacity="{opacity:g}"/>'


def disc(x: float, y: float, radius: float, colour: str) -> str:
    """A filled circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}"/>'
