"""The face map: every place of the answers document as a shape, coloured and patterned by state. The same in every viewer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple
from xml.sax.saxutils import escape

from recommender.documents.vocabulary import AREAS
from recommender.export.face_drawing import SKIN, both, face
from recommender.export.face_insets import INSET_SIZE, inset_drawing, inset_shape

FaceState = Literal["botulinum_toxin", "dermal_filler", "both", "elsewhere", "held", "selected"]

# Right half of each pair (the left is its mirror image), or the whole of a place on the middle line. Hit areas are at least
# 28 units, which is 24 pixels where the 400 units are drawn 343 pixels wide.
_MIDDLE: Final[Mapping[str, str]] = {
    "forehead": (
        "M116 168 C120 142 138 122 162 114 C186 108 214 108 238 114 C262 122 280 142 284 168 C266 160 244 162 224 172 "
        "C208 166 192 166 176 172 C156 162 134 160 116 168 Z"
    ),
    "glabella": (
        "M182 178 C194 172 206 172 218 178 C219 192 219 206 214 220 C206 228 194 228 186 220 C181 206 181 192 182 178 Z"
    ),
    "nose": (
        "M191 230 C197 233 203 233 209 230 C210 252 212 274 220 286 C236 292 238 314 226 320 C212 327 188 327 174 320 "
        "C162 314 164 292 180 286 C188 274 190 252 191 230 Z"
    ),
    "upper_lip": (
        "M176 326 C192 332 208 332 224 326 C238 330 248 342 251 353 C238 351 222 343 209 339 C205 338 203 341 200 341 "
        "C197 341 195 338 191 339 C178 343 162 351 149 353 C152 342 162 330 176 326 Z"
    ),
    "lips": (
        "M147 359 C166 353 182 344 192 343 C196 343 198 346 200 346 C202 346 204 343 208 343 C218 344 234 353 253 359 "
        "C240 378 222 388 200 388 C178 388 160 378 147 359 Z"
    ),
    "chin": ("M165 404 C178 395 222 395 235 404 C242 412 238 422 227 427 C211 432 189 432 173 427 C162 422 158 412 165 404 Z"),
    "neck": (
        "M129 418 C150 438 174 448 200 448 C226 448 250 438 271 418 C271 440 274 458 281 476 C256 494 144 494 119 476 "
        "C126 458 129 440 129 418 Z"
    ),
}
_PAIRS: Final[Mapping[str, str]] = {
    "brow": "M226 186 C246 174 276 170 304 190 L305 206 C278 194 250 198 224 213 C220 204 221 194 226 186 Z",
    "upper_eyelid": (
        "M228 218 C246 204 276 202 292 218 C294 224 293 228 291 232 C270 213 236 220 227 238 C222 232 223 224 228 218 Z"
    ),
    "crows_feet": (
        "M297 226 C306 217 318 212 331 211 C334 228 333 246 329 260 C316 256 303 248 297 240 C295 234 295 230 297 226 Z"
    ),
    "under_eye": (
        "M229 246 C246 257 274 255 291 240 C299 250 296 264 284 271 C266 278 246 273 235 264 C229 258 227 252 229 246 Z"
    ),
    "temple": (
        "M297 146 C303 143 308 145 312 150 C323 166 330 186 332 204 C324 206 316 208 309 210 C309 194 304 186 292 180 "
        "C288 168 289 152 297 146 Z"
    ),
    "cheek": ("M258 284 C284 284 304 276 328 266 C327 292 316 316 296 324 C280 328 268 320 260 308 C254 300 252 290 258 284 Z"),
    "nose_sides": (
        "M213 236 C222 238 226 244 230 262 C238 270 240 278 236 288 C230 288 226 286 222 284 C214 272 212 252 213 236 Z"
    ),
    "nasolabial_fold": (
        "M239 292 C251 298 256 306 262 314 C269 324 273 336 273 346 C266 352 258 352 254 348 C252 338 244 328 232 323 "
        "C240 316 243 304 239 292 Z"
    ),
    "mouth_corner": (
        "M257 356 C264 350 275 351 279 359 C282 368 278 378 269 380 C261 382 252 380 247 376 C252 370 256 364 257 356 Z"
    ),
    "marionette": (
        "M240 386 C248 389 256 389 264 385 C268 394 265 403 257 410 C251 415 244 413 241 406 C237 399 237 392 240 386 Z"
    ),
    "jawline": (
        "M284 356 C293 363 302 362 310 355 C301 372 283 396 262 415 C257 420 252 420 250 417 C266 404 278 384 284 356 Z"
    ),
    "masseter": (
        "M327 288 C325 308 319 330 309 350 C300 356 290 351 284 342 C281 334 290 331 301 327 C315 320 324 306 327 288 Z"
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
    return FaceShape(area, path, path)


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
