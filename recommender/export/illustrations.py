"""Line drawings of the self-tests: the face at rest, each movement, the stretch test and the lift test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal
from xml.sax.saxutils import escape

from recommender.export.face_drawing import LINE, LIP, SKIN, WHITE, both, brows, eyes, fill, head, mouth, nose, stroke
from recommender.languages import message, spoken

Illustration = Literal["rest", "frown", "raised_brows", "smile", "pursed_lips", "scrunched_nose", "stretch", "lift"]

_MARK: Final = "#0b6b6b"
_RAISED = "M221 184 C240 166 270 160 301 184 C302 185 301 187 299 186 C274 174 248 176 224 191 C221 192 219 188 221 184 Z"
_DRAWN_TOGETHER = (
    "M214 216 C234 198 268 183 300 199 C301 200 300 202 298 201 C272 192 244 204 218 221 C214 222 211 219 214 216 Z"
)
_SMILE = (
    "M142 349 C160 351 180 352 194 350 C198 350 202 350 206 350 C220 352 240 351 258 349 C248 374 226 388 200 388 "
    "C174 388 152 374 142 349 Z"
)
_SMILE_OPENING = "M149 352 C168 357 232 357 251 352 C241 369 222 377 200 377 C178 377 159 369 149 352 Z"
_TEETH = "M153 354 C170 358 230 358 247 354 C238 366 221 371 200 371 C179 371 162 366 153 354 Z"
_PURSED = "M176 362 C182 352 192 348 200 350 C208 348 218 352 224 362 C218 376 208 380 200 379 C192 380 182 376 176 362 Z"
_FINGER = "M392 330 L302 266 C292 259 280 272 289 281 L372 352 Z"
_NAIL = "M298 268 C293 266 288 272 291 277 L298 282 L305 273 Z"
_HAND = (
    "M400 330 C384 318 372 300 362 282 L338 246 C331 237 319 244 324 255 L338 284 L318 262 C310 254 299 263 306 272 L328 300 "
    "L312 288 C303 282 295 292 303 300 C320 316 336 338 352 356 L392 392 Z"
)

DESCRIPTIONS: Final[Mapping[Illustration, str]] = {
    "rest": message("A calm face with every muscle relaxed: brows level, mouth closed."),
    "frown": message("The brows are pulled down and together. Two upright lines show between them."),
    "raised_brows": message("The brows are lifted high. Level lines run across the forehead."),
    "smile": message(
        "A wide smile. Small lines fan out from the outer corners of the eyes, and a fold runs from nose to mouth."
    ),
    "pursed_lips": message("The lips are pushed forward as if to whistle. Fine upright lines show above and below them."),
    "scrunched_nose": message("The nose is wrinkled as at a bad smell. Short slanting lines show on both sides of the bridge."),
    "stretch": message(
        "A fingertip on the cheekbone gently draws the skin below the eye outwards; an arrow shows the direction."
    ),
    "lift": message("Fingertips on the cheek gently draw the skin up and back towards the ear; an arrow shows the direction."),
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
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="24 16 352 440" width="176" height="220" role="img">'
        f"<title>{escape(spoken(DESCRIPTIONS)[name])}</title>{_DRAWN[name]}</svg>"
    )


def _marks(*paths: str) -> str:
    return "".join(stroke(path, 3.4, _MARK) for path in paths)


def _arrow(path: str, tip: str) -> str:
    return stroke(path, 5, _MARK) + stroke(tip, 5, _MARK)


def _smiling_mouth() -> str:
    filled = fill(_SMILE, LIP) + fill(_SMILE_OPENING, "#8d7a7f") + fill(_TEETH, WHITE)
    return filled + stroke(_SMILE_OPENING, 2) + stroke(_SMILE, 1.6)


def _pursed_mouth() -> str:
    return fill(_PURSED, LIP) + stroke(_PURSED, 1.8) + stroke("M184 363 C192 360 208 360 216 363", 2.4)


_FACE = head() + eyes() + nose()
_DRAWN: Final[Mapping[Illustration, str]] = {
    "rest": _FACE + brows() + mouth(),
    "frown": _FACE + brows(_DRAWN_TOGETHER) + mouth() + _marks(both("M209 176 C206 188 205 198 208 209")),
    "raised_brows": _FACE
    + brows(_RAISED)
    + mouth()
    + _marks("M140 126 C166 118 234 118 260 126", "M130 142 C160 133 240 133 270 142", "M136 157 C164 149 236 149 264 157"),
    "smile": _FACE
    + brows()
    + _smiling_mouth()
    + _marks(both("M300 226 L322 214 M302 234 L326 234 M300 242 L320 254"), both("M240 298 C256 308 270 324 274 342")),
    "pursed_lips": _FACE
    + brows()
    + _pursed_mouth()
    + _marks(both("M206 344 L208 332 M216 348 L222 337 M223 355 L233 348 M205 384 L207 395 M215 380 L221 390")),
    "scrunched_nose": _FACE
    + brows(_DRAWN_TOGETHER)
    + mouth()
    + _marks(both("M212 240 L226 250 M211 250 L224 262 M212 261 L222 272")),
    "stretch": _FACE
    + brows()
    + mouth()
    + fill(_FINGER, SKIN)
    + stroke("M392 330 L302 266 C292 259 280 272 289 281 L372 352", 2.2)
    + stroke(_NAIL, 1.5, LINE, opacity=0.6)
    + _arrow("M248 264 C262 268 272 268 282 264", "M272 258 L283 264 L275 274"),
    "lift": _FACE
    + brows()
    + mouth()
    + fill(_HAND, SKIN)
    + stroke(_HAND.removesuffix(" Z"), 2.2)
    + _arrow("M268 330 C280 306 284 286 300 246", "M286 254 L301 244 L306 262"),
}
