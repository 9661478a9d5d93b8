"""Line drawings of the self-tests: the face at rest, each movement, the stretch test and the lift test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal
from xml.sax.saxutils import escape

from recommender.export.face_drawing import head
from recommender.export.face_features import (
    DRAWN_TOGETHER,
    NARROW,
    OPEN,
    PULLED,
    RAISED,
    SMILING,
    WIDE,
    brows,
    eyes,
    mouth,
    nose,
    pursed_mouth,
    smiling_mouth,
)
from recommender.export.face_hands import flat_hand, pointing_hand
from recommender.export.face_pen import both, fill, mirrored, stroke
from recommender.languages import message, spoken

Illustration = Literal["rest", "frown", "raised_brows", "smile", "pursed_lips", "scrunched_nose", "stretch", "lift"]

_MARK: Final = "#0b6b6b"
_HALO: Final = "#ffffff"

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


def illustration_svg(name: Illustration) -> str:
    """One drawing with its text alternative; self-contained, for a browser or a PDF."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="36 40 328 420" width="164" height="210" role="img">'
        f"<title>{escape(spoken(DESCRIPTIONS)[name])}</title>{_DRAWN[name]}</svg>"
    )


def _lit(where: str) -> str:
    """The place to look at, lit up."""
    return fill(where, _HALO, opacity=0.5)


def _lines(*lines: str) -> str:
    """Lines that a movement makes."""
    return "".join(stroke(line, 3.2, _MARK) for line in lines)


def _arrow(path: str, tip: str) -> str:
    """An arrow that shows where something moves to."""
    return stroke(f"{path} {tip}", 10, _HALO, opacity=0.85) + stroke(f"{path} {tip}", 5, _MARK)


_BETWEEN_BROWS = (
    "M200 170 C212 170 218 180 217 192 C215 206 212 216 200 216 C188 216 185 206 183 192 C182 180 188 170 200 170 Z"
)
_FOREHEAD = (
    "M134 142 C136 126 164 117 200 117 C236 117 264 126 266 142 C266 154 258 160 244 156 C216 150 184 150 156 156 "
    "C142 160 134 154 134 142 Z"
)
_BESIDE_EYE = "M302 224 C309 213 326 211 330 227 C332 244 328 260 316 260 C304 258 297 236 302 224 Z"
_AROUND_LIPS = "M200 326 C229 326 244 344 244 364 C244 386 226 404 200 404 C174 404 156 386 156 364 C156 344 171 326 200 326 Z"
_NOSE_SIDES = "M213 232 C222 234 230 246 230 260 C230 269 221 272 215 264 C210 256 208 241 213 232 Z"
_UNDER_EYE = "M228 257 C246 262 276 260 297 250 C300 260 293 267 280 270 C260 275 236 271 228 257 Z"

_RAISED_CHEEKS = both("M238 266 C254 274 280 270 296 256")
_FOLD = "M240 296 C256 303 270 320 273 342"

_DRAWN: Final[Mapping[Illustration, str]] = {
    "rest": head() + brows() + eyes() + nose() + mouth(),
    "frown": head()
    + _lit(_BETWEEN_BROWS)
    + eyes(NARROW)
    + nose()
    + brows(DRAWN_TOGETHER)
    + mouth()
    + _lines(both("M208 176 C204.4 184 204 194 207 205"))
    + _arrow("M276 172 C262 170 248 172 236 178", "M247 167 L235 178.6 L250 184")
    + _arrow("M124 172 C138 170 152 172 164 178", "M153 167 L165 178.6 L150 184"),
    "raised_brows": head()
    + _lit(_FOREHEAD)
    + eyes(WIDE)
    + nose()
    + brows(RAISED)
    + mouth()
    + _lines(
        "M148 127 C164 120 184 124 200 125 C216 124 236 120 252 127",
        "M140 139 C160 131 182 136 200 137 C218 136 240 131 260 139",
        "M142 151 C160 143 184 148 200 149 C216 148 240 143 258 151",
    )
    + _arrow("M290 158 L290 130", "M280 140 L290 129 L300 140")
    + _arrow("M110 158 L110 130", "M100 140 L110 129 L120 140"),
    "smile": head()
    + _lit(both(_BESIDE_EYE))
    + eyes(SMILING)
    + brows()
    + nose()
    + smiling_mouth()
    + stroke(_RAISED_CHEEKS, 1.8, opacity=0.5)
    + _lines(
        both("M302 229 C309 226 316 221 322 215 M303 236 C312 236 320 235 328 233 M302 243 C309 246 316 250 322 256"),
        both(_FOLD),
    ),
    "pursed_lips": head()
    + _lit(_AROUND_LIPS)
    + brows()
    + eyes()
    + nose()
    + pursed_mouth()
    + _lines(
        both("M205 330 L204.6 341 M215 332 L212.6 343 M225 338 L220.4 347 M234 347 L227.6 353"),
        both("M205 390 L205.4 401 M215 388 L217.6 398 M224 382 L229.4 390"),
    ),
    "scrunched_nose": head()
    + _lit(both(_NOSE_SIDES))
    + eyes(NARROW)
    + brows(DRAWN_TOGETHER)
    + f'<g transform="translate(0 -4)">{nose()}{mouth()}</g>'
    + stroke(both("M242 296 C253 304 260 317 262 331"), 1.8, opacity=0.6)
    + _lines(both("M211 236 C217 237 222 240 226 244 M211 247 C218 248 223 252 227 256 M212 258 C218 259 223 263 226 267")),
    "stretch": head()
    + _lit(_UNDER_EYE)
    + brows()
    + eyes(OPEN, PULLED)
    + nose()
    + mouth()
    + pointing_hand(274, 272, turned=40)
    + _arrow("M240 270 L240 308", "M229 297 L240 309 L251 297"),
    "lift": head()
    + brows()
    + eyes()
    + nose()
    + mouth()
    + _lines(mirrored(_FOLD))
    + flat_hand(312, 258, turned=38)
    + _arrow("M240 336 C242 318 248 300 258 284", "M245 288 L259 282 L263 297"),
}
