"""Places that are not seen on a face at rest: small pictures below it (gums, hands, underarm, skin, the whole face)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.export.face_pen import HAIR, LIP, LIP_LIGHT, SHADE, SHIRT, SKIN, WHITE, disc, fill, stroke

INSET_SIZE: Final = 72

# Each drawn on a tile of 72 units; the shape is what lights up.
_TILE = (
    "M9 0.5 L63 0.5 C68 0.5 71.5 4 71.5 9 L71.5 63 C71.5 68 68 71.5 63 71.5 L9 71.5 C4 71.5 0.5 68 0.5 63 L0.5 9 "
    "C0.5 4 4 0.5 9 0.5 Z"
)
_TILE_GROUND, _TILE_EDGE = "#f7f4f1", "#8a7f75"
_UPPER_LIP = (
    "M6 29 C14 21 27 14 32 15 C34 15 35 16 36 16 C37 16 38 15 40 15 C45 14 58 21 66 29 C56 26 46 25 36 25 C26 25 16 26 6 29 Z"
)
_GUMS = (
    "M10 29 C26 25 46 25 62 29 C61 33 60 35 58 37 C55 32 49 32 46.5 37 C44 32 38.5 32 36 37.6 C33.5 32 28 32 25.5 37 "
    "C23 32 17 32 14 37 C12 35 11 33 10 29 Z"
)
_TEETH = (
    "M14 37 C17 32 23 32 25.5 37 C28 32 33.5 32 36 37.6 C38.5 32 44 32 46.5 37 C49 32 55 32 58 37 C53 47 46 50 36 50 "
    "C26 50 19 47 14 37 Z"
)
_LOWER_LIP = "M8 30 C14 46 24 52 36 52 C48 52 58 46 64 30 C62 49 50 61 36 61 C22 61 10 49 8 30 Z"
_HAND = (
    "M25 67 C24 59 19 53 15 46 C11 40 7 36 9 33 C12 30 17 35 23 42 L20 20 C19 15 25 14 26 19 L30 36 L30 13 C30 8 37 8 37 13 "
    "L38 36 L42 15 C43 10 49 11 48 16 L45 38 L51 24 C53 20 58 22 57 27 C55 36 54 44 52 50 C50 57 50 61 51 67 Z"
)
_KNUCKLES = "M24 45 C26 43 28 43 30 44 M32 43 C34 41.6 36 41.6 38 43 M40 44 C42 43 44 43 45 44.6 M47 47 C49 46 50 47 51 48.6"
_BODY = "M6 71 L6 52 C7 46 11 44 18 43 L30 42 C39 34 47 19 52 5 L67 11 C64 27 57 41 52 51 C50 57 50 64 50 71 Z"
_VEST = "M6 71 L6 52 C7 47 9 45.4 13 44 C15 51 25 51 28 42.6 L33 41 C33 50 40 58 50.4 58 L50 71 Z"
_HEAD = "M21 12 C28 12 32 17 31.6 24 C31 31 27 37 21 37 C15 37 11 31 10.4 24 C10 17 14 12 21 12 Z"
_HEAD_HAIR = (
    "M9.6 25 C7 14 13 8 21 8 C29 8 35 14 32.4 25 C31.6 21 30 18.6 28 17.4 C23 18.6 18 18.4 15 17 C12 18.6 10.4 21 9.6 25 Z"
)
_LENS = "M31 7 C44.3 7 55 17.7 55 31 C55 44.3 44.3 55 31 55 C17.7 55 7 44.3 7 31 C7 17.7 17.7 7 31 7 Z"
_PORES = ((20, 22, 1.6), (31, 15, 1.2), (42, 23, 1.8), (47, 34, 1.2), (35, 35, 1.4), (23, 38, 2), (15, 31, 1.1), (31, 48, 1.6))
_OVAL = "M36 10 C50 10 57 19 56.4 33 C55.4 49 47 66 36 66 C25 66 16.6 49 15.6 33 C15 19 22 10 36 10 Z"
_OVAL_HAIR = "M15 36 C11 17 21 5 36 5 C51 5 61 17 57 36 C55 28 52 22 48 19 C40 22 30 21 25 18 C19 22 17 28 15 36 Z"

_SHAPES: Final[Mapping[str, str]] = {
    "gums": _GUMS,
    "hands": _HAND,
    "underarm": "M37 44 C42 39 50 37 56 38 C55 44 53 48 51 52 C50 54 50 56 50 58 C42 58 36 52 37 44 Z",
    "skin": _LENS,
    "whole_face": _OVAL,
}
_PICTURES: Final[Mapping[str, str]] = {
    "gums": fill(_GUMS, "#d3aaa6")
    + fill(_TEETH, WHITE)
    + stroke("M25.5 37 L26 46 M36 37.6 L36 48 M46.5 37 L46 46", 1, SHADE)
    + stroke(_TEETH, 1, opacity=0.5)
    + fill(_UPPER_LIP, LIP)
    + fill(_LOWER_LIP, LIP_LIGHT)
    + stroke(_UPPER_LIP, 1.4)
    + stroke(_LOWER_LIP, 1.4),
    "hands": fill(_HAND, SKIN) + stroke(_HAND, 1.6) + stroke(_KNUCKLES, 1.1, opacity=0.5),
    "underarm": fill(_BODY, SKIN)
    + fill(_VEST, SHIRT)
    + stroke(_BODY, 1.6)
    + stroke("M13 44 C15 51 25 51 28 42.6 M33 41 C33 50 40 58 50.4 58", 1.4)
    + fill(_HEAD, SKIN)
    + stroke(_HEAD, 1.4)
    + fill(_HEAD_HAIR, HAIR),
    "skin": stroke("M50 50 L64 64", 6)
    + fill(_LENS, SKIN)
    + "".join(disc(x, y, radius, HAIR) for x, y, radius in _PORES)
    + stroke("M10 28 C20 25 26 30 37 27 S50 27 53 26 M13 44 C24 41 36 43 51 41", 1.2, opacity=0.35)
    + stroke(_LENS, 2),
    "whole_face": fill(_OVAL, SKIN)
    + stroke("M22 31 C25 28 29 28 32 31 M40 31 C43 28 47 28 50 31 M25 36 L29 36 M43 36 L47 36", 1.6)
    + stroke("M35 37 C34 42 33 45 34 46 C35 47 37 47 38 46.4 M29 54 C33 56.4 39 56.4 43 54", 1.6)
    + stroke(_OVAL, 1.6)
    + fill(_OVAL_HAIR, HAIR),
}


def inset_drawing(area: str, x: float, y: float) -> str:
    """The picture of a place that is not on the face, its tile's corner at (x, y)."""
    return (
        f'<g transform="translate({x:g} {y:g})">{fill(_TILE, _TILE_GROUND)}{stroke(_TILE, 1, _TILE_EDGE)}{_PICTURES[area]}</g>'
    )


def inset_shape(area: str, x: float, y: float) -> str:
    """The outline of that place, in the coordinates of the face."""
    return _moved(_SHAPES[area], x, y)


def _moved(path: str, x: float, y: float) -> str:
    parts: list[str] = []
    across = True
    for token in path.replace("M", "M ").replace("C", "C ").replace("L", "L ").replace("Z", " Z").split():
        if token.isalpha():
            parts.append(token)
        else:
            parts.append(f"{float(token) + (x if across else y):g}")
            across = not across
    return " ".join(parts)
