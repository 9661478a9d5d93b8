"""The drawn head that faces and self-tests share: a calm face of no particular sex, age or skin colour, in plain SVG."""

from __future__ import annotations

import re
from typing import Final

CENTRE: Final = 200
SKIN, SHADE, LINE, HAIR, HAIR_LINE, LIP, WHITE = "#e9edef", "#cdd6db", "#3f4d57", "#71818c", "#55646f", "#b7a9ad", "#ffffff"

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def mirrored(path: str) -> str:
    """The same path (absolute commands only) on the other side of the face."""
    numbers = iter(range(10**6))

    def turned(match: re.Match[str]) -> str:
        return f"{2 * CENTRE - float(match[0]):g}" if next(numbers) % 2 == 0 else match[0]

    return _NUMBER.sub(turned, path)


def both(path: str) -> str:
    """A path and its mirror image, as one path."""
    return f"{path} {mirrored(path)}"


def stroke(path: str, width: float = 2.0, colour: str = LINE, *, opacity: float = 1.0) -> str:
    """A drawn line."""
    fade = f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" {ends}{fade}/>'


def fill(path: str, colour: str, *, opacity: float = 1.0) -> str:
    """A filled shape without an edge."""
    fade = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<path d="{path}" fill="{colour}"{fade}/>'


# The right half of each outline, from the middle line outwards; the left half is its mirror image.
HEAD: Final = (
    "M200 434 C224 434 243 428 260 411 C288 384 314 352 324 316 C331 290 336 262 338 232 C341 192 338 158 330 130 "
    "C314 74 262 44 200 44 C138 44 86 74 70 130 C62 158 59 192 62 232 C64 262 69 290 76 316 C86 352 112 384 140 411 "
    "C157 428 176 434 200 434 Z"
)
_HAIR_BACK = (
    "M344 240 C356 196 354 138 334 96 C310 48 258 24 200 24 C142 24 90 48 66 96 C46 138 44 196 56 240 L66 250 L334 250 Z"
)
_HAIR_FRONT = (
    "M337 240 L343 236 C355 194 353 138 333 97 C309 50 258 26 200 26 C142 26 91 50 67 97 C47 138 45 194 57 236 L63 240 "
    "C66 206 70 182 80 162 C92 138 108 116 138 105 C158 98 172 104 190 98 C206 92 234 92 262 104 C292 117 308 138 320 162 "
    "C330 182 334 206 337 240 Z"
)
_EAR = "M336 226 C344 210 362 210 365 230 C368 254 358 290 344 298 C336 300 331 292 331 284 Z"
_EAR_FOLD = "M344 232 C352 226 358 234 356 246 C354 256 346 258 346 268 C346 276 344 282 340 284"
_NECK = (
    "M272 372 C272 412 274 438 282 462 C292 482 330 490 368 502 C386 508 394 522 398 540 L2 540 C6 522 14 508 32 502 "
    "C70 490 108 482 118 462 C126 438 128 412 128 372 Z"
)
_NECK_SHADOW = (
    "M128 398 C150 426 172 446 200 446 C228 446 250 426 272 398 L274 424 C254 452 226 464 200 464 C174 464 146 452 126 424 Z"
)
_CHEEK_SHADE = "M338 240 C336 276 330 306 322 322 C312 354 286 386 260 411 C276 386 290 356 298 328 C306 300 326 280 338 240 Z"
_EYE = "M227 239 C235 221 268 213 287 233 C276 248 245 252 227 239 Z"
_LIDS = "M222 239 C233 218 268 209 290 232 L292 212 L222 208 Z M287 233 C276 248 245 252 227 239 L224 252 L290 252 Z"
_IRIS = (
    '<circle cx="257" cy="233" r="12.2" fill="#7d919d" stroke="#55646f" stroke-width="1.4"/>'
    '<circle cx="257" cy="233" r="5.4" fill="#26323a"/><circle cx="261" cy="228.6" r="2.5" fill="#ffffff"/>'
)
_BROW = "M221 201 C240 185 270 179 300 197 C301 198 300 200 298 199 C274 189 248 193 224 207 C221 208 219 204 221 201 Z"
_NOSE_SHADE = "M214 222 C211 248 214 274 226 294 C236 298 236 316 225 320 C216 323 208 318 210 308 C211 290 208 262 207 236 Z"
UPPER_LIP: Final = (
    "M147 359 C166 355 182 345 192 344 C196 344 198 347 200 347 C202 347 204 344 208 344 C218 345 234 355 253 359 "
    "C236 361 218 363 209 361 C205 360 203 362 200 362 C197 362 195 360 191 361 C182 363 164 361 147 359 Z"
)
LOWER_LIP: Final = (
    "M147 359 C164 361 182 363 191 361 C195 360 197 362 200 362 C203 362 205 360 209 361 C218 363 236 361 253 359 "
    "C240 378 222 387 200 387 C178 387 160 378 147 359 Z"
)
MOUTH_LINE: Final = (
    "M146 358 C164 361 182 363 191 361 C195 360 197 362 200 362 C203 362 205 360 209 361 C218 363 236 361 254 358"
)


def head() -> str:
    """Hair, ears, neck, shoulders and the blank of the face."""
    strands = (
        "M112 70 C140 50 176 46 206 60",
        "M90 98 C112 70 150 60 188 72",
        "M288 70 C268 56 244 52 226 58",
        "M312 100 C296 82 272 72 248 72",
    )
    return "".join(
        (
            fill(_HAIR_BACK, HAIR),
            fill(_NECK, SKIN),
            fill(_NECK_SHADOW, SHADE),
            stroke("M272 400 C272 424 275 444 282 462 C292 482 330 490 368 502 C386 508 394 522 398 540"),
            stroke(mirrored("M272 400 C272 424 275 444 282 462 C292 482 330 490 368 502 C386 508 394 522 398 540")),
            stroke(both("M238 516 C262 506 300 506 340 514"), 2, SHADE),
            *(fill(p, SKIN) + stroke(p) for p in (_EAR, mirrored(_EAR))),
            stroke(both(_EAR_FOLD), 1.6, LINE, opacity=0.6),
            fill(HEAD, SKIN),
            fill(both(_CHEEK_SHADE), SHADE, opacity=0.45),
            stroke(HEAD, 2.4),
            fill(_HAIR_FRONT, HAIR),
            *(stroke(p, 1.8, HAIR_LINE) for p in strands),
            stroke("M343 236 C355 194 353 138 333 97 C309 50 258 26 200 26 C142 26 91 50 67 97 C47 138 45 194 57 236", 2.4),
        )
    )


def _eye() -> str:
    return "".join(
        (
            fill(_EYE, WHITE),
            _IRIS,
            # the lids lie over the iris
            fill(_LIDS, SKIN),
            stroke("M227 239 C235 221 268 213 288 233 C290 234 292 234 293 233", 3),
            stroke("M288 233 C276 247 245 251 227 239", 1.5, LINE, opacity=0.75),
            stroke("M229 225 C242 210 270 206 291 221", 1.6, LINE, opacity=0.55),
        )
    )


def eyes() -> str:
    """Both eyes, open."""
    return _eye() + f'<g transform="translate({2 * CENTRE} 0) scale(-1 1)">{_eye()}</g>'


def brows(path: str = _BROW) -> str:
    """Both eyebrows."""
    return fill(both(path), HAIR_LINE)


def nose() -> str:
    """The nose: one shaded flank, the wings and the nostrils."""
    return "".join(
        (
            fill(_NOSE_SHADE, SHADE, opacity=0.6),
            stroke(both("M228 292 C239 298 239 316 227 319"), 2),
            fill(both("M208 319 C210 313 219 312 224 317 C220 319 214 318 208 319 Z"), LINE),
            stroke("M190 321 C195 326 205 326 210 321", 1.8),
            stroke("M186 298 C190 292 196 290 200 290", 1.4, LINE, opacity=0.3),
            stroke(both("M214 226 C211 250 213 272 220 286"), 1.4, LINE, opacity=0.22),
        )
    )


def mouth() -> str:
    """The closed mouth, at rest."""
    return "".join(
        (
            fill(UPPER_LIP, LIP),
            fill(LOWER_LIP, LIP, opacity=0.75),
            stroke("M182 376 C192 380 208 380 218 376", 1.6, WHITE, opacity=0.7),
            stroke(MOUTH_LINE, 2.2),
            stroke(both("M204 326 C205 332 206 338 206 341"), 1.3, LINE, opacity=0.28),
            stroke("M180 396 C192 400 208 400 220 396", 1.5, LINE, opacity=0.35),
            stroke(both("M255 361 C257 359 258 357 258 354"), 1.6, LINE, opacity=0.6),
        )
    )


def face() -> str:
    """The whole head at rest, 400 wide and 540 high."""
    return head() + brows() + eyes() + nose() + mouth()
