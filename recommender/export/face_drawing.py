"""The drawn head that faces and self-tests share: a calm face of no particular sex, age or skin colour, in plain SVG."""

from __future__ import annotations

from recommender.export.face_features import brows, eyes, mouth, nose
from recommender.export.face_pen import HAIR, HAIR_LINE, SHADE, SHIRT, SHIRT_LINE, SKIN, WHITE, both, fill, stroke

# The right half of a symmetrical outline, from the chin up; hair grows to one side, as hair does.
_SIDE = (
    "M200 436 C217 436 232 433 244 425 C268 409 292 390 307 363 C318 342 324 320 329 294 C333 272 336 252 336 232 "
    "C336 214 333 200 335 182 C338 140 326 104 302 82 C276 60 240 50 200 50"
)
_HAIR = (
    "M65 236 C56 222 50 200 49 176 C47 138 56 102 78 76 C98 52 128 36 160 28 C192 18 234 16 266 30 C304 44 334 74 345 112 "
    "C353 142 352 178 349 204 C347 220 342 230 335 238 C336 218 334 200 330 184 C325 164 315 148 304 134 "
    "C294 120 280 111 264 106 C248 98 234 100 218 104 C190 110 164 106 140 116 C118 124 99 138 87 158 C75 178 68 206 65 236 Z"
)
_HAIR_EDGE = _HAIR[: _HAIR.index(" C336 218")]  # towards the face it has none
_HAIR_LIGHT = (
    "M253 56 C222 56 176 64 138 84 C112 98 92 122 84 148 C98 126 118 112 146 104 C178 95 206 100 232 90 C246 84 253 72 253 56 Z"
)
_STRANDS = (
    "M256 50 C216 48 156 58 116 86 C96 100 80 122 72 148",
    "M258 66 C226 70 168 74 134 92 C112 104 96 120 86 138",
    "M261 84 C238 92 204 92 176 96 C150 100 128 106 110 120",
    "M256 50 C252 70 256 90 264 105",
    "M262 46 C292 62 316 90 328 122 C334 140 338 158 339 178",
    "M260 62 C284 76 304 100 314 126 C319 140 325 152 329 168",
)
_EAR = "M333 238 C336 222 350 214 358 224 C366 236 361 260 356 276 C352 290 344 300 335 298 C331 296 330 290 330 284 Z"
_EAR_FOLD = "M340 238 C346 228 355 230 354 242 C353 254 344 258 345 268 C346 276 344 284 339 287"
_NECK_SIDE = "M272 394 C271 420 272 446 281 462 C292 478 330 488 364 500 C386 508 395 522 398 540"
_NECK = f"{_NECK_SIDE} L2 540 C5 522 14 508 36 500 C70 488 108 478 119 462 C128 446 129 420 128 394 Z"
_NECK_SHADOW = (
    "M128 398 C150 424 172 438 200 438 C228 438 250 424 272 398 C272 414 272 426 273 436 C254 458 228 470 200 470 "
    "C172 470 146 458 127 436 C128 426 128 414 128 398 Z"
)
_COLLAR = "M106 473 C124 506 160 522 200 522 C240 522 276 506 294 473"
_SHIRT = f"{_COLLAR} C318 484 346 493 364 500 C386 508 395 522 398 540 L2 540 C5 522 14 508 36 500 C54 493 82 484 106 473 Z"
_RIB = "M101 478 C120 514 158 531 200 531 C242 531 280 514 299 478"
_SIDE_SHADE = (
    "M336 236 C330 252 316 266 308 288 C298 320 292 372 254 417 C277 403 295 386 308 361 C319 340 325 318 330 292 "
    "C334 270 336 252 336 236 Z"
)


def head() -> str:
    """Hair, ears, neck, shoulders and the blank of the face."""
    face = both(_SIDE)
    return "".join(
        (
            fill(_NECK, SKIN),
            fill(_NECK_SHADOW, SHADE),
            stroke(both("M262 446 C256 470 244 492 222 508"), 1.6, SHADE),
            fill(_SHIRT, SHIRT),
            stroke(_COLLAR, 2),
            stroke(_RIB, 1.4, SHIRT_LINE),
            stroke(both(_NECK_SIDE)),
            fill(both(_EAR), SKIN),
            stroke(both(_EAR)),
            stroke(both(_EAR_FOLD), 1.6, opacity=0.55),
            fill(face, SKIN),
            fill(both(_SIDE_SHADE), SHADE, opacity=0.4),
            stroke(face),
            fill(_HAIR, HAIR),
            fill(_HAIR_LIGHT, WHITE, opacity=0.14),
            *(stroke(path, 1.6, HAIR_LINE, opacity=0.8) for path in _STRANDS),
            stroke(_HAIR_EDGE),
        )
    )


def face() -> str:
    """The whole head at rest, 400 wide and 540 high."""
    return head() + brows() + eyes() + nose() + mouth()
