"""A signature as it was drawn: the path that the record keeps, as a drawing that is cut to its size."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from recommender.export.blocks import Handwriting
from recommender.export.drawings.svg import INK

_PARTS: Final = re.compile(r"([MmLlQqCcZz])|(-?\+?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_PAIRS: Final = {"M": 1, "L": 1, "Q": 2, "C": 3}
#: longer or wider than any screen: not a drawing
_FARTHEST: Final = 100_000.0


def handwriting_svg(hand: Handwriting) -> str:
    """The strokes with a small margin; nothing where the path draws nothing that could be seen."""
    points = list(_points(hand.path))
    if not points or any(not math.isfinite(side) or abs(side) > _FARTHEST for point in points for side in point):
        return ""
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    pen = max(width, height, 1) / 120
    box = f"{left - 2 * pen:g} {top - 2 * pen:g} {width + 4 * pen:g} {height + 4 * pen:g}"
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img"><title>{escape(hand.alt)}</title>'
        f'<path d={quoteattr(hand.path)} fill="none" stroke="{INK}" stroke-width="{pen:g}" {ends}/></svg>'
    )


def _points(path: str) -> Iterator[tuple[float, float]]:
    """The points a path goes through or is drawn towards: a curve stays between them."""
    command, at, start = "", (0.0, 0.0), (0.0, 0.0)
    given: list[float] = []
    for letter, number in _PARTS.findall(path):
        if letter:
            command, given = letter, []
            if letter in "Zz":
                at = start
            continue
        given.append(float(number))
        pairs = _PAIRS.get(command.upper(), 0)
        if not pairs or len(given) < 2 * pairs:
            continue
        from_x, from_y = at if command.islower() else (0.0, 0.0)
        reached = [(from_x + x, from_y + y) for x, y in zip(given[::2], given[1::2], strict=True)]
        yield from reached
        at, given = reached[-1], []
        if command in "Mm":
            start, command = at, "L" if command == "M" else "l"
