"""Line drawings of the self-tests: the face at rest, each movement, the stretch test and the lift test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal
from xml.sax.saxutils import escape

from recommender.export.drawings.assets import part
from recommender.export.drawings.face import AT_REST
from recommender.export.drawings.tones import PAPER, toned
from recommender.languages import message, spoken

Illustration = Literal["rest", "frown", "raised_brows", "smile", "pursed_lips", "scrunched_nose", "stretch", "lift"]

# The parts of each drawing, from the back to the front.
_PARTS: Final[Mapping[Illustration, tuple[str, ...]]] = {
    "rest": AT_REST,
    "frown": ("head", "frown-highlight", "eyes-narrow", "nose", "brows-drawn-together", "mouth", "frown-marks"),
    "raised_brows": ("head", "raised-brows-highlight", "eyes-wide", "nose", "brows-raised", "mouth", "raised-brows-marks"),
    "smile": ("head", "smile-highlight", "eyes-smiling", "brows", "nose", "mouth-smiling", "smile-marks"),
    "pursed_lips": ("head", "pursed-lips-highlight", "brows", "eyes", "nose", "mouth-pursed", "pursed-lips-marks"),
    "scrunched_nose": (
        "head",
        "scrunched-nose-highlight",
        "eyes-narrow",
        "brows-drawn-together",
        "nose-and-mouth-raised",
        "scrunched-nose-marks",
    ),
    "stretch": ("head", "stretch-highlight", "brows", "eyes-lid-pulled", "nose", "mouth", "stretch-marks"),
    "lift": (*AT_REST, "lift-marks"),
}

DESCRIPTIONS: Final[Mapping[Illustration, str]] = {
    "rest": message("A calm face with every muscle relaxed: brows level, mouth closed."),
    "frown": message("The brows are pulled down and together, as the arrows show. Two upright lines stand between them."),
    "raised_brows": message(
        "The brows are lifted high, as the arrows show, and the eyes are wide open. Level lines run across the forehead."
    ),
    "smile": message(
        "A wide smile that shows the teeth; the cheeks push up under the eyes. "
        "Small lines fan out from the outer corners of the eyes, and a fold runs from the nose to each corner of the mouth."
    ),
    "pursed_lips": message("The lips are pushed forward as if to whistle. Fine upright lines show above and below them."),
    "scrunched_nose": message(
        "The nose is wrinkled as at a bad smell and the brows are drawn down. "
        "Short slanting lines show on both sides of its bridge."
    ),
    "stretch": message(
        "A fingertip below the eye gently draws the skin under the eye down towards the cheek; an arrow points down."
    ),
    "lift": message(
        "Fingertips lie flat on one cheek and slide the skin up and back; an arrow points up. The fold beside the mouth, "
        "still there on the other side, is gone on this one."
    ),
}

_MOVEMENT_AT: Final[Mapping[str, Illustration]] = {
    "forehead": "raised_brows",
    "brow": "raised_brows",
    "glabella": "frown",
    "nose_sides": "scrunched_nose",
    "nose": "scrunched_nose",
    "upper_lip": "pursed_lips",
    "lips": "pursed_lips",
    "chin": "pursed_lips",
    "mouth_corner": "smile",
    "marionette": "smile",
    "crows_feet": "smile",
    "under_eye": "smile",
    "cheek": "smile",
    "nasolabial_fold": "smile",
    "gums": "smile",
}


def illustrations_for(area: str, detail: str) -> tuple[Illustration, ...]:
    """The drawings that help to answer a detail at a place; none where a picture would not help."""
    if detail == "on_movement":
        return ("rest", _MOVEMENT_AT[area]) if area in _MOVEMENT_AT else ()
    if detail == "at_rest":
        return ("rest",) if area in _MOVEMENT_AT else ()
    if detail == "vanishes_when_lifted":
        return ("lift",)
    return ("stretch",) if detail == "cause" else ()


def illustration_svg(name: Illustration, *, tone: str = PAPER) -> str:
    """One drawing in a tone, with its text alternative; self-contained, for a browser or a PDF."""
    drawn = toned("".join(map(part, _PARTS[name])), tone)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="36 40 328 420" width="164" height="210" role="img">'
        f"<title>{escape(spoken(DESCRIPTIONS)[name])}</title>{drawn}</svg>"
    )
