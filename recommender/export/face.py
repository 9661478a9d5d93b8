"""The face map: every place of the answers document as a shape, coloured and patterned by state. The same in every viewer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple
from xml.sax.saxutils import escape

from recommender.documents.vocabulary import AREAS
from recommender.export.face_drawing import face
from recommender.export.face_insets import INSET_SIZE, inset_drawing, inset_shape
from recommender.export.face_pen import CENTRE, SKIN, WHITE, both, disc, fill, stroke

FaceState = Literal["botulinum_toxin", "dermal_filler", "both", "elsewhere", "held", "selected"]

# The whole of a place on the middle line, or the right half of a pair (the left is its mirror image). A place is at least as
# wide everywhere as a fingertip needs, and no two places lie over each other.
_MIDDLE: Final[Mapping[str, str]] = {
    "forehead": (
        "M116 163 C120 140 140 123 166 118 C188 114 212 114 234 118 C260 123 280 140 284 163 C266 156 244 158 226 169 "
        "C209 164 191 164 174 169 C156 158 134 156 116 163 Z"
    ),
    "glabella": (
        "M190 174 C196 171.6 204 171.6 210 174 C215 175.6 216.6 178 216 183 C215 195 213 206 211 215 C208 225 192 225 189 215 "
        "C187 206 185 195 184 183 C183.4 178 185 175.6 190 174 Z"
    ),
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
    "chin": ("M168 403 C180 394 220 394 232 403 C238 412 236 422 228 427 C212 433 188 433 172 427 C164 422 162 412 168 403 Z"),
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
        "M228 247 C240 250 256 250.6 268 249 C280 247 291 243 299 238 C304 247 302 259 294 266 C281 274 262 274 250 267 "
        "C240 261 231 255 228 247 Z"
    ),
    "temple": (
        "M291 144 C301 138 311 142 317 150 C329 166 336 184 338 204 C330 203 323 203 317.5 205 C314 190 306 177 294 169 "
        "C288 162 287 149 291 144 Z"
    ),
    "cheek": (
        "M260 281 C280 283 306 277 328 268 C328 290 320 309 304 317.6 C290 323 279 319 272 309 C265 299 256 289 260 281 Z"
    ),
    "nose_sides": (
        "M215 233 C221 236 224 243 227 250 C232 258 245 264 251 273 C255 281 251 291 243 292.4 C235 292 229 287 225 281 "
        "C216 268 213 252 215 233 Z"
    ),
    "nasolabial_fold": (
        "M243 296.6 C255 298 263 304 268.5 312 C276 322 281 331 282 338.6 C274 342 264 342.6 257.5 339.6 "
        "C250 332 243 327 235 323 C241 316 243 306 243 296.6 Z"
    ),
    "mouth_corner": (
        "M257.4 349.4 C265 343 279 346 282 357 C284 369 277 376 268 376.6 C261 377 254 376 251 372 "
        "C255 367 258.5 359 257.4 349.4 Z"
    ),
    "marionette": (
        "M244 380 C252 382 262 381 270 379.4 C268 389 264 398 254 405 C247 409 239 407 236 400 C234 392 238 385 244 380 Z"
    ),
    "jawline": (
        "M286 358 C291 364 298 368 308 368 C295 391 274 411 252 423 C249 422 248 415 253 411 C268 399 281 380 286 358 Z"
    ),
    "masseter": (
        "M327 296 C323 321 316 344 306 361 C297 361 288 355 285 345 C283 336 289 330 300 325.6 C312 320 321 311 327 296 Z"
    ),
}
# What a finger may hit, where that is more than what is drawn: the eye belongs to its lids, and an edge has another side.
_HITS: Final[Mapping[str, str]] = {
    "upper_eyelid": (
        "M226 216 C240 205 262 202 279 204 C292 207 299 214 303 224 C304 230 301 234 297 235 "
        "C272 236.6 246 236.6 226 236 C221 231 221 222 226 216 Z"
    ),
    "under_eye": (
        "M226 239.4 C248 240 272 240 299 238 C304 247 302 259 294 266 C281 274 262 274 250 267 C242 262 231 250 226 239.4 Z"
    ),
    "crows_feet": (
        "M307 211 C316 207.4 326 207.4 338 208 C341 224 340 246 336 263.4 C323 262 312 257 305 250 C309 240 310 226 307 211 Z"
    ),
    "nasolabial_fold": (
        "M243 296.6 C256 297 264.5 303 270 311 C277 321 283 331 284 339 C275 342.6 264 342.6 256.6 340.4 "
        "C250 333 244.4 328 238 324.4 C242 316 243 306 243 296.6 Z"
    ),
    "upper_lip": (
        "M173 318 C190 320 210 320 227 318 C238 324 248 334 253 345 C253 351 251 355 248 356.4 C234 355 220 349 209 348 "
        "C205 348 203 349.6 200 349.6 C197 349.6 195 348 191 348 C180 349 166 355 152 356.4 C149 355 147 351 147 345 "
        "C152 334 162 324 173 318 Z"
    ),
    "lips": (
        "M147 359.4 C164 359 178 352 191 351 C195 351 198 353 200 353 C202 353 205 351 209 351 "
        "C222 352 236 359 253 359.4 C243 375 223 388 200 388 C177 388 157 375 147 359.4 Z"
    ),
    "jawline": (
        "M286 358 C291 364 301 369 319 369 C306 398 282 420 256 430 C246 430 242 420 249 414 C268 399 281 380 286 358 Z"
    ),
    "masseter": (
        "M331 296 C328 321 321 344 311 361.6 C299 363 287 356 285 345 C283 336 289 330 300 325.6 C312 320 323 311 331 296 Z"
    ),
    "nose_sides": (
        "M213 233 C221 234.6 224.6 243 228 250 C232 258 246 265 252 273.4 C256.4 281 252 292 243 293.6 "
        "C234 293.4 226 289 221.6 282.6 C213 268 211.6 252 213 233 Z"
    ),
    "mouth_corner": (
        "M256.8 348 C265 342 280 344.4 284 356 C285 368.6 278 377 268 377.8 C260 378.4 252 377 249.4 372.6 "
        "C254.6 367 258.2 359 256.8 348 Z"
    ),
    "marionette": (
        "M242 379.6 C252 381.6 262 381 272 379 C270 389 265 400 255 407.4 C247 411.6 237 408.6 234 401 "
        "C232 392 236 384 242 379.6 Z"
    ),
}
# Where the tick of a chosen place stands: of a pair the one on the right.
_TICKS: Final[Mapping[str, tuple[float, float]]] = {
    "forehead": (200, 139),
    "glabella": (200, 195),
    "nose": (200, 291),
    "upper_lip": (200, 332),
    "lips": (200, 369),
    "chin": (200, 413),
    "neck": (200, 480),
    "brow": (264, 184),
    "upper_eyelid": (280, 213),
    "crows_feet": (321, 235),
    "under_eye": (268, 260),
    "temple": (311, 174),
    "cheek": (299, 295),
    "nose_sides": (237, 277),
    "nasolabial_fold": (258, 322),
    "mouth_corner": (268, 361),
    "marionette": (251, 393),
    "jawline": (281, 389),
    "masseter": (304, 343),
    "gums": (60, 60),
    "hands": (60, 60),
    "underarm": (60, 60),
    "skin": (60, 60),
    "whole_face": (60, 60),
}
INSETS: Final = ("gums", "hands", "underarm", "skin", "whole_face")
WIDTH, FACE_HEIGHT, _INSET_TOP = 400, 540, 556
#: the face with the row below it: what the points of a plan are measured on (``documents/plan.py``)
CHART_HEIGHT: Final = FACE_HEIGHT + INSET_SIZE + 24
_SWATCH = "M4 1 L18 1 C20 1 21 2 21 4 L21 18 C21 20 20 21 18 21 L4 21 C2 21 1 20 1 18 L1 4 C1 2 2 1 4 1 Z"

COLOURS: Final[Mapping[str, str]] = {
    "botulinum_toxin": "#1d5fb4",
    "dermal_filler": "#a1470a",
    "both": "#6b3fa0",
    "elsewhere": "#55636d",
    "held": "#a3243b",
    "selected": "#0b6b6b",
}


PALING: Final = 0.7  # how much a place that is marked pales
TINT: Final = 0.12  # how much of its colour it then takes on


class FaceShape(NamedTuple):
    """One place on the map: its outline, what a finger may hit, where its ticks stand, and its own drawing if it is below."""

    area: str
    path: str
    hit: str
    ticks: tuple[tuple[float, float], ...]
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
        f"<defs>{''.join(pattern(state) for state in used)}</defs>"
        + face()
        + "".join(shape.drawing for shape in shapes)
        + "".join(_marked(shape.path, states[shape.area]) for shape in shapes)
        + "</svg>"
    )


def swatch_svg(state: str, *, size: int = 28) -> str:
    """A small square in a state's colour and pattern, for a legend; its meaning is written beside it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" width="{size}" height="{size}" aria-hidden="true">'
        f'<defs>{pattern(state, "swatch")}</defs><rect x="1" y="1" width="20" height="20" rx="3" fill="{SKIN}"/>'
        + _marked(_SWATCH, state, "swatch")
        + "</svg>"
    )


def _shape(area: str, place: int) -> FaceShape:
    x, y = _TICKS[area]
    if area in INSETS:
        left = place * (WIDTH - INSET_SIZE) / (len(INSETS) - 1)
        tile = f"M{left:g} {_INSET_TOP} h{INSET_SIZE} v{INSET_SIZE} h-{INSET_SIZE} Z"
        ticks: tuple[tuple[float, float], ...] = ((left + x, _INSET_TOP + y),)
        return FaceShape(area, inset_shape(area, left, _INSET_TOP), tile, ticks, inset_drawing(area, left, _INSET_TOP))
    if area in _PAIRS:
        path = both(_PAIRS[area])
        return FaceShape(area, path, both(_HITS[area]) if area in _HITS else path, ((x, y), (2 * CENTRE - x, y)))
    return FaceShape(area, _MIDDLE[area], _HITS.get(area, _MIDDLE[area]), ((x, y),))


def _marked(path: str, state: str, prefix: str = "face") -> str:
    """A place in its state: what is drawn under it pales, so that the pattern stands out on brows and lips too."""
    colour = COLOURS[state]
    ground = "" if state == "selected" else fill(path, WHITE, opacity=PALING) + fill(path, colour, opacity=TINT)
    edge = f'stroke="{colour}" stroke-width="2.4" stroke-linejoin="round"'
    return f'{ground}<path d="{path}" fill="url(#{prefix}-{_pattern_of(state)})" {edge}/>'


def _pattern_of(state: str) -> str:
    """The name of a state's pattern: a drawing names what is drawn, not the medicine."""
    return {"botulinum_toxin": "stripes", "dermal_filler": "dots"}.get(state, state)


def pattern(state: str, prefix: str = "face") -> str:
    """The pattern of a state, with a name for ``url(#…)``: each has strokes of its own besides its colour."""
    colour = COLOURS[state]
    size, drawn = {
        "botulinum_toxin": (9, _falling(9, colour, 2.6)),
        "dermal_filler": (9, disc(2.25, 2.25, 2, colour) + disc(6.75, 6.75, 2, colour)),
        "both": (12, _falling(12, colour, 2) + disc(3, 3, 2.1, colour) + disc(9, 9, 2.1, colour)),
        "elsewhere": (7, stroke("M0 3.5 L7 3.5", 1.8, colour)),
        "held": (9, stroke("M0 0 L9 9 M0 9 L9 0", 1.5, colour)),
        "selected": (8, f'<rect width="8" height="8" fill="{colour}" fill-opacity="0.62"/>' + _falling(8, WHITE, 1)),
    }[state]
    name = f"{prefix}-{_pattern_of(state)}"
    return f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">{drawn}</pattern>'


def _falling(size: int, colour: str, width: float) -> str:
    """A line across a tile that goes on in the tiles beside it."""
    return stroke(f"M-2 2 L2 -2 M-2 {size + 2} L{size + 2} -2 M{size - 2} {size + 2} L{size + 2} {size - 2}", width, colour)
