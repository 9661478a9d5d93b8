"""The face map: every place of the answers document as a shape, coloured and patterned by state. The same in every viewer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple
from xml.sax.saxutils import escape

from recommender.documents.vocabulary import AREAS
from recommender.export.face_drawing import face
from recommender.export.face_pen import SKIN, both
from recommender.export.face_insets import INSET_SIZE, inset_drawing, inset_shape

FaceState = Literal["botulinum_toxin", "dermal_filler", "both", "elsewhere", "held", "selected"]

# The whole of a place on the middle line, or the right half of a pair (the left is its mirror image). A place is at least as
# wide everywhere as a fingertip needs, and no two places lie over each other.
_MIDDLE: Final[Mapping[str, str]] = {
    "forehead": (
        "M116 163 C120 140 140 123 166 118 C188 114 212 114 234 118 C260 123 280 140 284 163 C266 156 244 158 226 169 "
        "C209 164 191 164 174 169 C156 158 134 156 116 163 Z"
    ),
    "glabella": "M184 175 C194 170 206 170 216 175 C216 190 213 204 211 215 C208 225 192 225 189 215 C187 204 184 190 184 175 Z",
    "nose": (
        "M190 229 C197 233 203 233 210 229 C208 250 209 268 218 284 C232 292 238 304 230 312 C214 316 186 316 170 312 "
        "C162 304 168 292 182 284 C191 268 192 250 190 229 Z"
    ),
    "upper_lip": (
        "M174 319 C190 321 210 321 226 319 C238 325 248 334 253 345 C252 350 250 353 247 354 C233 351 221 344 209 342.6 "
        "C205 342.4 203 344.6 200 344.6 C197 344.6 195 342.4 191 342.6 C179 344 167 351 153 354 C150 353 148 350 147 345 "
        "C152 334 162 325 174 319 Z"
    ),
    "lips": (
        "M147 358.6 C164 355 178 347.6 191 346.4 C195 346.4 198 348.6 200 348.6 C202 348.6 205 346.4 209 346.4 "
        "C222 347.6 236 355 253 358.6 C243 375 223 386 200 386 C177 386 157 375 147 358.6 Z"
    ),
    "chin": "M165 403 C178 394 222 394 235 403 C239 412 236 422 228 427 C212 433 188 433 172 427 C164 422 161 412 165 403 Z",
    "neck": (
        "M131 430 C146 442 172 446 200 446 C228 446 254 442 269 430 C270 446 274 457 281 466 C265 496 236 511 200 511 "
        "C164 511 135 496 119 466 C126 457 130 446 131 430 Z"
    ),
}
_PAIRS: Final[Mapping[str, str]] = {
    "brow": (
        "M220 184 C240 173 268 167 290 173 C301 178 308 188 312 201 C311 206 306 207 300 204 C284 197 262 197 229 207 "
        "C222 208 219 204 218 198 C217 192 217 187 220 184 Z"
    ),
    "upper_eyelid": (
        "M226 216 C240 205 262 202 279 204 C292 207 299 214 303 224 C304 230 301 234 297 235 C284 223 271 218 258 218 "
        "C245 218 235 224 226 236 C221 231 221 222 226 216 Z"
    ),
    "crows_feet": (
        "M308 212 C316 208 324 208 333 209 C336 224 335 246 331 262 C321 260 312 256 306 250 C309 240 310 226 308 212 Z"
    ),
    "under_eye": (
        "M228 247 C240 250 256 250.6 268 249 C280 247 291 243 299 238 C304 247 302 259 294 266 C281 274 256 275 242 268 "
        "C233 263 227 255 228 247 Z"
    ),
    "temple": (
        "M292 145 C301 140 309 143 315 151 C326 166 333 184 335 204 C328 203 322 203 317 205 C314 190 306 177 294 169 "
        "C288 162 287 150 292 145 Z"
    ),
    "cheek": "M259 281 C280 283 306 277 328 268 C328 290 320 311 304 320 C290 325 278 320 270 309 C263 299 254 289 259 281 Z",
    "nose_sides": (
        "M215 233 C221 237 223 245 226 253 C231 263 242 269 248 278 C251 285 248 291 241 291 C235 290 230 286 226 282 "
        "C217 269 214 252 215 233 Z"
    ),
    "nasolabial_fold": (
        "M243 296 C254 297 262 303 267 312 C275 322 280 331 281 340 C274 344 264 345 258 341 C251 333 244 327 236 323 "
        "C241 316 243 306 243 296 Z"
    ),
    "mouth_corner": (
        "M256 350 C264 344 275 347 278 356 C280 366 274 373 266 374 C260 376 254 375 250 371 C255 366 258 360 256 350 Z"
    ),
    "marionette": (
        "M246 377 C254 380 262 379 269 377 C267 386 260 395 250 401 C244 405 238 404 235 398 C233 390 239 383 246 377 Z"
    ),
    "jawline": (
        "M284 352 C289 361 299 367 311 367 C301 391 279 413 256 429 C249 432 243 428 242 421 C241 414 243 410 247 407 "
        "C266 393 278 376 284 352 Z"
    ),
    "masseter": (
        "M331 294 C328 320 321 345 310 361 C300 361 291 355 287 345 C285 337 291 332 302 327 C315 321 325 311 331 294 Z"
    ),
}
#: where a finger may hit beyond what is drawn: the eye belongs to its lids, the edge of the lips to neither side
_HITS: Final[Mapping[str, str]] = {
    "upper_eyelid": (
        "M226 216 C240 205 262 202 279 204 C292 207 299 214 303 224 C304 230 301 234 297 235 C272 236.6 246 236.6 226 236 "
        "C221 231 221 222 226 216 Z"
    ),
    "under_eye": (
        "M226 239.4 C248 240 272 240 299 238 C304 247 302 259 294 266 C281 274 256 275 242 268 C233 263 225 254 226 239.4 Z"
    ),
}
INSETS: Final = ("gums", "hands", "underarm", "skin", "whole_face")
WIDTH, FACE_HEIGHT, _INSET_TOP = 400, 540, 556
#: the face with the row below it: what the points of a plan are measured on (``documents/plan.py``)
CHART_HEIGHT: Final = FACE_HEIGHT + INSET_SIZE + 24
_SWATCH = "M4 1 L18 1 C20 1 21 2 21 4 L21 18 C21 20 20 21 18 21 L4 21 C2 21 1 20 1 18 L1 4 C1 2 2 1 4 1 Z"

COLOURS: Final[Mapping[str, str]] = {
    "botulinum_toxin": "#1d5fb4",
    "dermal_filler": "#b4510b",
    "both": "#6b3fa0",
    "elsewhere": "#55636d",
    "held": "#a3243b",
    "selected": "#0b6b6b",
}


class FaceShape(NamedTuple):
    """One place on the map: its outline, what a finger may hit, and its own drawing where it is shown beside the face."""

    area: str
    path: str
    hit: str
    drawing: str = ""


def face_shapes() -> tuple[FaceShape, ...]:
    """Every place, in the order of the answers document; those beside the face stand in one row below it."""
    return tuple(_shape(area, INSETS.index(area) if area in INSETS else 0) for area in AREAS)


def face_svg(states: Mapping[str, str], *, title: str, description: str) -> str:
    """The face with each place of ``states`` coloured and patterned; self-contained, for a browser or a PDF.

    ``states`` maps an area to botulinum_toxin, dermal_filler, both, elsewhere, held or selected. Places beside the face are
    drawn only where they have a state. Raises ValueError for an area or a state that is not known.
    """
    for area, state in states.items():
        if area not in AREAS or state not in COLOURS:
            raise ValueError(f"no such place or state on the face: {area}={state}")
    beside = [area for area in INSETS if area in states]
    shapes = [_shape(area, beside.index(area) if area in beside else 0) for area in AREAS if area in states]
    height = _INSET_TOP + INSET_SIZE + 4 if beside else FACE_HEIGHT
    used = [state for state in COLOURS if state in states.values()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f"<defs>{''.join(_pattern(state) for state in used)}</defs>"
        + face()
        + "".join(shape.drawing for shape in shapes)
        + "".join(_marked(shape.path, states[shape.area]) for shape in shapes)
        + "</svg>"
    )


def swatch_svg(state: str, *, size: int = 22) -> str:
    """A small square in a state's colour and pattern, for a legend; its meaning is written beside it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" width="{size}" height="{size}" aria-hidden="true">'
        f'<defs>{_pattern(state, "swatch")}</defs><rect x="1" y="1" width="20" height="20" rx="3" fill="{SKIN}"/>'
        + _marked(_SWATCH, state, "swatch")
        + "</svg>"
    )


def _shape(area: str, place: int) -> FaceShape:
    if area in INSETS:
        x = place * (WIDTH - INSET_SIZE) / (len(INSETS) - 1)
        tile = f"M{x:g} {_INSET_TOP} h{INSET_SIZE} v{INSET_SIZE} h-{INSET_SIZE} Z"
        return FaceShape(area, inset_shape(area, x, _INSET_TOP), tile, inset_drawing(area, x, _INSET_TOP))
    path = both(_PAIRS[area]) if area in _PAIRS else _MIDDLE[area]
    return FaceShape(area, path, both(_HITS[area]) if area in _HITS else path)


def _marked(path: str, state: str, prefix: str = "face") -> str:
    colour = COLOURS[state]
    ground = "" if state == "selected" else f'<path d="{path}" fill="{colour}" fill-opacity="0.16"/>'
    edge = f'stroke="{colour}" stroke-width="2.2" stroke-linejoin="round"'
    return f'{ground}<path d="{path}" fill="url(#{prefix}-{_pattern_of(state)})" {edge}/>'


def _pattern_of(state: str) -> str:
    """The name of a state's pattern: a drawing names what is drawn, not the medicine."""
    return {"botulinum_toxin": "stripes", "dermal_filler": "dots"}.get(state, state)


def _pattern(state: str, prefix: str = "face") -> str:
    """Each state differs by its pattern as well as by its colour: stripes, dots, both, bars, a net, solid."""
    colour = COLOURS[state]
    rising = f'<path d="M-1 1 L1 -1 M0 8 L8 0 M7 9 L9 7" stroke="{colour}" stroke-width="2.2"/>'
    dots = f'<circle cx="2" cy="2" r="1.5" fill="{colour}"/><circle cx="6" cy="6" r="1.5" fill="{colour}"/>'
    drawn = {
        "botulinum_toxin": rising,
        "dermal_filler": dots,
        "both": f'<path d="M-1 1 L1 -1 M0 8 L8 0 M7 9 L9 7" stroke="{colour}" stroke-width="1.5"/>'
        f'<circle cx="0" cy="0" r="1.6" fill="{colour}"/><circle cx="8" cy="0" r="1.6" fill="{colour}"/>'
        f'<circle cx="0" cy="8" r="1.6" fill="{colour}"/><circle cx="8" cy="8" r="1.6" fill="{colour}"/>',
        "elsewhere": f'<path d="M0 2 L8 2 M0 6 L8 6" stroke="{colour}" stroke-width="1.3"/>',
        "held": f'<path d="M0 0 L8 8 M0 8 L8 0" stroke="{colour}" stroke-width="1.2"/>',
        "selected": f'<rect width="8" height="8" fill="{colour}" fill-opacity="0.62"/>',
    }[state]
    return f'<pattern id="{prefix}-{_pattern_of(state)}" width="8" height="8" patternUnits="userSpaceOnUse">{drawn}</pattern>'
