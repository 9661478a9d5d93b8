"""Places that are not seen on a face at rest: small pictures below it (gums, hands, underarm, skin, the whole face)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.export.face_pen import HAIR, LINE, LIP, SHADE, SKIN, WHITE, fill, stroke

INSET_SIZE: Final = 72

# Each drawn in a tile of 72 units; the shape is what lights up.
_SMILE = "M8 26 C18 20 28 17 36 20 C44 17 54 20 64 26 C58 46 48 56 36 56 C24 56 14 46 8 26 Z"
_SMILE_OPENING = "M13 29 C24 27 48 27 59 29 C52 42 46 47 36 47 C26 47 20 42 13 29 Z"
_TEETH = "M16 33 C26 31.5 46 31.5 56 33 C50 41 44 44 36 44 C28 44 22 41 16 33 Z"
_HAND = (
    "M24 66 C23 58 18 52 14 45 C10 39 6 35 8 32 C11 29 16 34 22 41 L19 18 C18 13 24 12 25 17 L29 35 L29 11 C29 6 36 6 36 11 "
    "L37 35 L41 13 C42 8 48 9 47 14 L44 37 L51 22 C53 18 58 20 57 25 C55 34 53 42 51 49 C49 56 49 60 50 66 Z"
)
_ARM = "M4 68 L4 24 C14 24 24 25 30 20 C38 14 43 8 47 2 L66 9 C63 25 55 37 46 46 C45 54 46 62 48 68 Z"
_LENS = "M36 6 C52.6 6 66 19.4 66 36 C66 52.6 52.6 66 36 66 C19.4 66 6 52.6 6 36 C6 19.4 19.4 6 36 6 Z"
_PORES = (
    (22, 24, 1.6),
    (34, 18, 1.2),
    (46, 26, 1.8),
    (54, 38, 1.2),
    (40, 40, 1.4),
    (26, 42, 2),
    (18, 36, 1.1),
    (34, 54, 1.6),
    (48, 52, 1.3),
)
_OVAL = "M36 8 C51 8 58 18 57 32 C56 48 48 66 36 66 C24 66 16 48 15 32 C14 18 21 8 36 8 Z"

_SHAPES: Final[Mapping[str, str]] = {
    "gums": "M13 28 C24 26 48 26 59 28 C58 31 57 33 55 34 C46 32 26 32 17 34 C15 33 14 31 13 28 Z",
    "hands": _HAND,
    "underarm": "M33 38 C37 29 47 26 56 29 C54 36 50 41 45 46 C44 51 44 55 43 60 C35 58 30 47 33 38 Z",
    "skin": _LENS,
    "whole_face": _OVAL,
}
_PICTURES: Final[Mapping[str, str]] = {
    "gums": fill(_SMILE, LIP)
    + fill(_SMILE_OPENING, "#d7b9be")
    + fill(_TEETH, WHITE)
    + stroke("M26 33 L27 43 M36 32 L36 44 M46 33 L45 43", 1, SHADE)
    + stroke(_SMILE_OPENING, 1.6)
    + stroke(_SMILE, 1.6),
    "hands": fill(_HAND, SKIN) + stroke(_HAND, 1.8),
    "underarm": fill(_ARM, SKIN)
    + stroke("M4 24 C14 24 24 25 30 20 C38 14 43 8 47 2 M66 9 C63 25 55 37 46 46 C45 54 46 62 48 68", 1.8)
    + stroke("M38 40 C40 46 43 48 46 46", 1.4, LINE, opacity=0.5),
    "skin": fill(_LENS, SKIN)
    + "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{HAIR}" fill-opacity="0.55"/>' for x, y, r in _PORES)
    + stroke("M12 34 C24 30 30 36 42 32 S58 32 62 30 M16 52 C28 48 40 50 58 46", 1.2, LINE, opacity=0.35)
    + stroke(_LENS, 1.8),
    "whole_face": fill(_OVAL, SKIN)
    + stroke("M22 28 C25 25 29 25 32 28 M40 28 C43 25 47 25 50 28", 1.6)
    + stroke("M36 32 L34 43 C35 45 37 45 38 44 M28 52 C33 55 39 55 44 52", 1.6)
    + stroke(_OVAL, 1.8),
}


def inset_drawing(area: str, x: float, y: float) -> str:
    """The picture of a place that is not on the face, its tile's corner at (x, y)."""
    return f'<g transform="translate({x:g} {y:g})">{_PICTURES[area]}</g>'


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
