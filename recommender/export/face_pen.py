"""Pen and palette of the drawn face: filled shapes, even lines, and the mirror that makes the left half of the right one."""

from __future__ import annotations

import re
from typing import Final

CENTRE: Final = 200
# one warm grey in several depths, as on toned paper: no colour of anybody's skin
SKIN, SHADE, LINE, HAIR, HAIR_LINE, BROW = "#e0d5cd", "#c6b9af", "#453d39", "#8a7f75", "#6d625a", "#685d55"
LIP, LIP_LIGHT, MOUTH_INSIDE, SHIRT, SHIRT_LINE, WHITE = "#b89b92", "#c8afa6", "#6f5852", "#9fb0b2", "#7d9194", "#fdfcfa"

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def mirrored(path: str) -> str:
    """The same path (absolute commands only) on the other side of the face."""
    numbers = iter(range(10**6))

    def turned(match: re.Match[str]) -> str:
        return f"{2 * CENTRE - float(match[0]):g}" if next(numbers) % 2 == 0 else match[0]

    return _NUMBER.sub(turned, path)


def both(path: str) -> str:
    """A path and its mirror image, as one path."""
    return f"{path} {mirrored(path)}"


def on_the_left(drawn: str) -> str:
    """The mirror image of a drawing of the right half."""
    return f'<g transform="translate({2 * CENTRE} 0) scale(-1 1)">{drawn}</g>'


def stroke(path: str, width: float = 2.0, colour: str = LINE, *, opacity: float = 1.0) -> str:
    """A drawn line."""
    fade = f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" {ends}{fade}/>'


def fill(path: str, colour: str, *, opacity: float = 1.0) -> str:
    """A filled shape without an edge."""
    fade = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<path d="{path}" fill="{colour}"{fade}/>'


def disc(x: float, y: float, radius: float, colour: str) -> str:
    """A filled circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}"/>'
