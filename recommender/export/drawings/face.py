"""The face map: every place of the answers document as a shape, coloured and patterned by state. The same in every viewer."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple
from xml.sax.saxutils import escape

from recommender.documents.vocabulary import AREAS
from recommender.export.drawings.assets import outline, part, places
from recommender.export.drawings.svg import FILLER, STOP, TOXIN, disc, fill, stroke
from recommender.export.drawings.tones import PAPER, PARTS, palette, toned

FaceState = Literal["botulinum_toxin", "dermal_filler", "both", "elsewhere", "held", "not_needed", "selected"]

#: places that are not seen on a face at rest: each is a small picture below it
INSETS: Final = ("gums", "hands", "underarm", "skin", "whole_face")
INSET_SIZE: Final = 72
_INSET_TICK = 60  # from the left and the top of its tile
WIDTH, FACE_HEIGHT, _INSET_TOP = 400, 540, 556
_WHITE = "#fdfcfa"
#: the face with the row below it: what the points of a plan are measured on (``documents/plan.py``)
CHART_HEIGHT: Final = FACE_HEIGHT + INSET_SIZE + 24
_SWATCH = "M4 1 L18 1 C20 1 21 2 21 4 L21 18 C21 20 20 21 18 21 L4 21 C2 21 1 20 1 18 L1 4 C1 2 2 1 4 1 Z"

COLOURS: Final[Mapping[str, str]] = {
    "botulinum_toxin": TOXIN,
    "dermal_filler": FILLER,
    "both": "#6b3fa0",
    "elsewhere": "#55636d",
    "held": STOP,
    "not_needed": "#2f6b3a",
    "selected": "#0b6b6b",
}


#: the parts of the head at rest, in the order in which they are drawn
AT_REST: Final = ("head", "brows", "eyes", "nose", "mouth")
PALING: Final = 0.85  # how much a place that is marked pales
TINT: Final = 0.12  # how much of its colour it then takes on


class FaceShape(NamedTuple):
    """One place on the map: its outline, what a finger may hit, where its ticks stand, and its own drawing if it is below."""

    area: str
    path: str
    hit: str
    ticks: tuple[tuple[float, float], ...]
    drawing: str = ""


def face() -> str:
    """The head at rest, 400 wide and 540 high."""
    return "".join(map(part, AT_REST))


def face_shapes() -> tuple[FaceShape, ...]:
    """Every place, in the order of the answers document; those that are not on the face are in one row below it."""
    return tuple(_shape(area, INSETS.index(area) if area in INSETS else 0) for area in AREAS)


def face_svg(states: Mapping[str, str], *, title: str, description: str, tone: str = PAPER) -> str:
    """The face with each place of ``states`` coloured and patterned; self-contained, for a browser or a PDF.

    ``states`` maps an area to botulinum_toxin, dermal_filler, both, elsewhere, held, not_needed or selected; ``tone`` is one of
    ``tones.TONES``. Places that are not on the face are drawn only where they have a state. Raises ValueError for an area or a
    state that is not known.
    """
    for area, state in states.items():
        if area not in AREAS or state not in COLOURS:
            raise ValueError(f"no such place or state on the face: {area}={state}")
    below = [area for area in INSETS if area in states]
    shapes = [_shape(area, below.index(area) if area in below else 0) for area in AREAS if area in states]
    height = _INSET_TOP + INSET_SIZE + 4 if below else FACE_HEIGHT
    used = [state for state in COLOURS if state in states.values()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f"<defs>{''.join(pattern(state) for state in used)}</defs>"
        + toned(face() + "".join(shape.drawing for shape in shapes), tone)
        + "".join(_marked(shape.path, states[shape.area], tone=tone) for shape in shapes)
        + "</svg>"
    )


def swatch_svg(state: str, *, size: int = 28) -> str:
    """A small square in a state's colour and pattern, for a legend; its meaning is written next to it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" width="{size}" height="{size}" aria-hidden="true">'
        f'<defs>{pattern(state, "swatch")}</defs><rect x="1" y="1" width="20" height="20" rx="3" fill="{PARTS["skin"]}"/>'
        + _marked(_SWATCH, state, "swatch")
        + "</svg>"
    )


def _shape(area: str, place: int) -> FaceShape:
    if area not in INSETS:
        return FaceShape(area, *places()[area])
    left, top = place * (WIDTH - INSET_SIZE) / (len(INSETS) - 1), _INSET_TOP
    name = area.replace("_", "-")
    tile = f"M{left:g} {top} h{INSET_SIZE} v{INSET_SIZE} h-{INSET_SIZE} Z"
    picture = f'<g transform="translate({left:g} {top:g})">{part(name)}</g>'
    return FaceShape(area, _moved(outline(name), left, top), tile, ((left + _INSET_TICK, top + _INSET_TICK),), picture)


def _moved(path: str, x: float, y: float) -> str:
    """A path of absolute commands with two coordinates each, moved."""
    coordinates = itertools.cycle((x, y))
    return re.sub(r"-?\d+(?:\.\d+)?", lambda number: f"{float(number[0]) + next(coordinates):g}", path)


def _marked(path: str, state: str, prefix: str = "face", *, tone: str = PAPER) -> str:
    """A place in its state: what is drawn under it pales, so that the pattern stands out on brows and lips too."""
    colour = COLOURS[state]
    ground = "" if state == "selected" else fill(path, _WHITE, opacity=PALING) + fill(path, colour, opacity=TINT)
    edge = f'stroke="{palette(tone)["mark"] if state == "selected" else colour}" stroke-width="2.4" stroke-linejoin="round"'
    return f'{ground}<path d="{path}" fill="url(#{prefix}-{_pattern_of(state)})" {edge}/>'


def _pattern_of(state: str) -> str:
    """The name of a state's pattern: a drawing names what is drawn, not the medicine."""
    return {"botulinum_toxin": "stripes", "dermal_filler": "dots", "not_needed": "upright"}.get(state, state)


def pattern(state: str, prefix: str = "face") -> str:
    """The pattern of a state, with a name for ``url(#…)``: each has strokes of its own besides its colour."""
    colour = COLOURS[state]
    size, drawn = {
        "botulinum_toxin": (9, _falling(9, colour, 2.6)),
        "dermal_filler": (9, disc(2.25, 2.25, 2, colour) + disc(6.75, 6.75, 2, colour)),
        "both": (12, _falling(12, TOXIN, 2) + disc(3, 3, 2.1, FILLER) + disc(9, 9, 2.1, FILLER)),
        "elsewhere": (7, stroke("M0 3.5 L7 3.5", 1.8, colour)),
        "held": (9, stroke("M0 0 L9 9 M0 9 L9 0", 1.5, colour)),
        "not_needed": (7, stroke("M3.5 0 L3.5 7", 1.8, colour)),
        "selected": (8, f'<rect width="8" height="8" fill="{colour}" fill-opacity="0.62"/>' + _falling(8, _WHITE, 1)),
    }[state]
    name = f"{prefix}-{_pattern_of(state)}"
    return f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">{drawn}</pattern>'


def _falling(size: int, colour: str, width: float) -> str:
    """A line across a tile that continues in the neighbouring tiles."""
    return stroke(f"M-2 2 L2 -2 M-2 {size + 2} L{size + 2} -2 M{size - 2} {size + 2} L{size + 2} {size - 2}", width, colour)
