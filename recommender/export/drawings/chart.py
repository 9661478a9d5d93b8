"""The face chart of a visit: the drawn head with a numbered mark for every point that was injected."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from recommender.export.blocks import Chart, Mark
from recommender.export.drawings.face import CHART_HEIGHT, FACE_HEIGHT, INSETS, WIDTH, face, face_shapes
from recommender.export.drawings.svg import FONT, text_svg

_RADIUS: Final = 8.5
_WHITE: Final = "#ffffff"
#: one colour and one shape a product, in turn, so that neither has to be told by colour alone
_COLOURS: Final = ("#1d5fb4", "#b4510b", "#6b3fa0", "#0b6b6b")


def chart_svg(chart: Chart) -> str:
    """The chart with its marks, and the row below the face where a point lies in it; self-contained."""
    below = any(mark.area in INSETS or mark.y * CHART_HEIGHT > FACE_HEIGHT for mark in chart.marks)
    height = CHART_HEIGHT if below else FACE_HEIGHT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'font-family="{FONT}"><title>{escape(chart.key.caption)}</title><desc>{escape(chart.alt)}</desc>'
        + face()
        + "".join(shape.drawing for shape in face_shapes() if below)
        + "".join(map(_mark, chart.marks))
        + "</svg>"
    )


def _mark(mark: Mark) -> str:
    x, y = mark.x * WIDTH, mark.y * CHART_HEIGHT
    colour = _COLOURS[mark.product % len(_COLOURS)]
    drawn = f'fill="{colour}" stroke="{_WHITE}" stroke-width="1.2"'
    if mark.product % 2:
        side = 2 * _RADIUS - 1
        shape = f'<rect x="{x - side / 2:g}" y="{y - side / 2:g}" width="{side:g}" height="{side:g}" rx="2" {drawn}/>'
    else:
        shape = f'<circle cx="{x:g}" cy="{y:g}" r="{_RADIUS:g}" {drawn}/>'
    size = 11 if mark.number < 100 else 8
    return shape + text_svg(x, y + size * 0.36, str(mark.number), anchor="middle", colour=_WHITE, weight=600, size=size)
