"""The hands of the self-tests: the person's own left hand seen from its back, fingers up, the tip of the index at (0, 0)."""

from __future__ import annotations

from typing import Final, NamedTuple

from recommender.export.face_pen import SKIN, WHITE, fill, stroke


class _Hand(NamedTuple):
    """A hand: its outline, the lines between the fingers, the creases of their joints, and where the nails lie."""

    outline: str
    fingers: tuple[str, ...]
    creases: str
    nails: tuple[tuple[float, float], ...]


# the index stretched out, the other fingers and the thumb folded
_POINTING: Final = _Hand(
    outline=(
        "M-78 300 C-80 260 -92 220 -93 180 C-94 160 -95 144 -92 132 C-88 118 -72 118 -68 128 L-68 120 "
        "C-66 104 -46 102 -42 114 "
        "L-42 106 C-40 92 -20 90 -15 102 C-14 82 -15 66 -14.6 54 C-14.4 38 -13 22 -12 10 C-11 -5 11 -5 12 10 "
        "C13 22 14.4 38 14.6 54 C15 76 15 98 18 122 C22 112 30 104 38 106 C48 109 48 124 45 140 C41 166 32 190 28 216 "
        "C25 244 28 272 32 300 Z"
    ),
    fingers=(
        "M-68 128 C-67 140 -67 150 -69 160",
        "M-42 114 C-41 128 -41 142 -43 154",
        "M-15 102 C-14 120 -14 136 -17 150",
        "M18 122 C20 134 20 146 17 158",
    ),
    creases="M-8 38 C-3 40 3 40 8 38 M-9 68 C-3 71 3 71 9 68 M-8 72 C-3 75 3 75 8 72",
    nails=((0, 0),),
)
# all fingers stretched out beside each other
_FLAT: Final = _Hand(
    outline=(
        "M-84 300 C-84 260 -96 216 -97 176 C-98 130 -97 86 -95 60 C-94 44 -72 44 -70 60 C-69 44 -69 30 -68 20 "
        "C-66 4 -44 4 -42 20 C-42 14 -42 6 -41 0 C-39 -16 -17 -16 -15 0 C-14 6 -14 10 -13 14 C-11 -2 11 -2 12 12 "
        "C13 26 14.4 44 15 62 C16 86 16 108 20 130 C26 114 36 98 48 100 C60 103 58 120 54 134 C46 164 34 188 29 216 "
        "C26 244 30 272 34 300 Z"
    ),
    fingers=(
        "M-70 60 C-69 86 -69 108 -71 130",
        "M-42 20 C-41 56 -41 92 -43 122",
        "M-14 14 C-13 50 -13 88 -15 120",
    ),
    creases=(
        "M-8 64 C-3 67 3 67 8 64 M-36 56 C-31 59 -25 59 -20 56 M-63 68 C-58 71 -52 71 -48 68 M-90 96 C-86 98 -80 98 -76 96"
    ),
    nails=((0, 4), (-28, -9), (-55, 11), (-82.5, 51)),
)
_NAIL: Final = "M-7 6 C-7 -1.6 7 -1.6 7 6 L7 12 C7 18 -7 18 -7 12 Z"


def pointing_hand(x: float, y: float, *, turned: float) -> str:
    """A hand whose index finger touches (x, y); ``turned`` is by how many degrees it leans to the left."""
    return _placed(_POINTING, x, y, turned)


def flat_hand(x: float, y: float, *, turned: float) -> str:
    """A hand whose four fingers lie on the skin, the index at (x, y)."""
    return _placed(_FLAT, x, y, turned)


def _placed(hand: _Hand, x: float, y: float, turned: float) -> str:
    nails = "".join(
        f'<g transform="translate({left:g} {top:g})">{fill(_NAIL, WHITE, opacity=0.55)}{stroke(_NAIL, 1.2, opacity=0.5)}</g>'
        for left, top in hand.nails
    )
    return (
        f'<g transform="translate({x:g} {y:g}) rotate({-turned:g})">'
        f"{fill(hand.outline, SKIN)}{stroke(hand.outline)}{''.join(stroke(line, 1.8) for line in hand.fingers)}"
        f"{stroke(hand.creases, 1.2, opacity=0.45)}{nails}</g>"
    )
