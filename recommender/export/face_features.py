"""Eyes, brows, nose and mouth of the drawn face: at rest, and as each self-test moves them. Paths are of the right half."""

from __future__ import annotations

from typing import Final, NamedTuple

from recommender.export.face_pen import (
    BROW,
    LINE,
    LIP,
    LIP_LIGHT,
    MOUTH_INSIDE,
    SHADE,
    SKIN,
    WHITE,
    both,
    disc,
    fill,
    on_the_left,
    stroke,
)


class Eye(NamedTuple):
    """One eye: the curves of its lids from the inner corner out and back, and the line of the lashes, the crease, the iris."""

    upper: str
    lower: str
    lashes: str
    crease: str
    iris: tuple[float, float] = (258.5, 232.5)

    @property
    def outer(self) -> str:
        """The outer corner, where the lids meet."""
        return " ".join(self.upper.split()[-2:])

    @property
    def opening(self) -> str:
        """What is seen between the lids."""
        return f"{self.upper} {self.lower} Z"


OPEN: Final = Eye(
    upper="M228 240 C235 229.4 246 221.6 258 221.6 C271 221.6 281 226.6 289 234",
    lower="C281 241.4 272 245 260 245 C247 245 236 244.4 228 240",
    lashes=(
        "M226.5 241.5 C234 228.4 246 220 258.5 220 C272 220 283 225.6 293 235.5 C288 233.2 284 231.2 280 229.4 "
        "C273 225.6 266 224.4 258 224.4 C247 224.4 236 230.6 226.5 241.5 Z"
    ),
    crease="M232 224 C240 215.5 251 212 262 212.5 C275 213 285 217.5 292 224",
)
WIDE: Final = Eye(
    upper="M228 240 C234 227 246 218.5 258 218.5 C271 218.5 282 225 289 234",
    lower=OPEN.lower,
    lashes=(
        "M226.5 241.5 C233 226 246 217 258.5 217 C272 217 284 224 293 235.5 C288 232.6 284 229.4 280 227 "
        "C273 222.6 266 221.2 258 221.2 C247 221.2 236 228.5 226.5 241.5 Z"
    ),
    crease="M231 220 C240 210 251 206 262 206.5 C275 207 286 213 293 221",
)
NARROW: Final = Eye(
    upper="M229 239 C236 231 247 227 259 227 C271 227 281 229 289 233",
    lower="C281 239 272 241.5 260 241.5 C248 241.5 237 241.5 229 239",
    lashes=(
        "M227 240.5 C235 230.5 247 225 259 225 C272 225 283 228 293 234.5 C288 233 284 232.2 280 231.4 "
        "C273 229.6 266 229 258.5 229 C247 229 237 232.5 227 240.5 Z"
    ),
    crease="M230 228 C239 220.5 250 218.5 262 219 C274 219.5 284 222.5 292 227",
    iris=(258.5, 233.5),
)
SMILING: Final = Eye(
    upper="M229 240 C236 230 247 225 259 225 C271 225 281 229 289 236",
    lower="C279 238.6 269 238.4 259 238 C247 237.6 237 239 229 240",
    lashes=(
        "M227 241.5 C235 229.5 247 223 259 223 C272 223 283 227.6 293 237.5 C288 235.4 284 233.6 280 231.8 "
        "C273 228.4 266 227.2 258.5 227.2 C247 227.2 237 232 227 241.5 Z"
    ),
    crease="M231 227 C240 218.5 251 215.5 262 216 C274 216.5 284 220.5 292 227",
    iris=(258.5, 232.5),
)
#: the lower lid drawn down by a finger
PULLED: Final = OPEN._replace(lower="C283 244 274 250.4 260 250.4 C245 250.4 235 246 228 240")

LEVEL: Final = (
    "M222.6 201 C221 198.4 222.4 195.4 226 194.2 C242 188.6 262 184.4 278 186.2 C290 187.8 299 193.4 305 201 "
    "C296 196.6 288 193.4 277 192.6 C260 191.8 243 195.6 228 200.8 C225.6 201.8 223.8 202.6 222.6 201 Z"
)
RAISED: Final = (
    "M222.6 184.6 C221 182 222.4 178.8 226 177.2 C242 168.4 262 161.8 279 164 C290 166 299 174.2 305 184.6 "
    "C296 177.6 288 172.4 277 171.2 C260 169.8 243 176.4 228 184 C225.6 185.4 223.8 186 222.6 184.6 Z"
)
DRAWN_TOGETHER: Final = (
    "M212.4 217 C210 214 211.2 210 215 207.6 C234 197.4 258 188.8 277 188.6 C289 189.2 298.4 195 304.4 202.6 "
    "C295.6 198.4 287 196.2 276 196.2 C257 197.2 236 206 219 215.6 C216.4 217.2 214 218.6 212.4 217 Z"
)


_IRIS = "#8a817a"
_IRIS_EDGE = "#5f5650"


def eyes(left: Eye = OPEN, right: Eye | None = None) -> str:
    """Both eyes, as they stand in the drawing; ``right`` where it differs from the left one."""
    return on_the_left(_eye(left)) + _eye(right or left)


def _eye(eye: Eye) -> str:
    x, y = eye.iris
    around = "M221 206 L295 206 L295 252 L221 252 Z"  # the lids lie over the iris
    return "".join(
        (
            fill(eye.opening, WHITE),
            disc(x, y, 13, _IRIS_EDGE),
            disc(x, y, 11.4, _IRIS),
            disc(x, y, 5.6, LINE),
            disc(x + 3.6, y - 4, 2, WHITE),
            f'<path d="{around} {eye.opening}" fill="{SKIN}" fill-rule="evenodd"/>',
            fill(eye.lashes, LINE),
            stroke(f"M{eye.outer} {eye.lower}", 1.3, opacity=0.55),
            stroke(eye.crease, 1.5, opacity=0.5),
        )
    )


def brows(path: str = LEVEL) -> str:
    """Both eyebrows."""
    return fill(both(path), BROW)


_NOSE_SIDE = (
    "M222 208 C216 216 213.4 230 214 246 C214.6 262 219 276 225 288 C219 284 214.4 274 211.6 262 C208.6 246 209 226 213 216 "
    "C215 212 218 209 222 208 Z"
)
_NOSE_UNDER = (
    "M171 315 C177 309 186 313 192 317 C197 320 203 320 208 317 C214 313 223 309 229 315 C224 323 213 321.5 208 323 "
    "C203 326 197 326 192 323 C187 321.5 176 323 171 315 Z"
)
_NOSTRIL = "M209.5 317.5 C212 313 219.5 311.6 224 314.6 C221 318.4 214.4 319.8 209.5 317.5 Z"


def nose() -> str:
    """The nose: its shaded sides and underside, the nostrils, and the curve of each wing."""
    return "".join(
        (
            fill(both(_NOSE_SIDE), SHADE, opacity=0.7),
            fill(_NOSE_UNDER, SHADE),
            fill(both(_NOSTRIL), LINE, opacity=0.8),
            stroke(both("M231 294 C237.6 299 238.4 311 230 317"), 1.8, opacity=0.75),
            stroke("M192 322 C197 325.4 203 325.4 208 322", 1.6, opacity=0.6),
        )
    )


_UPPER_LIP = (
    "M151 359.6 C165 356.6 179 348.4 191 347 C195 346.8 198 349.6 200 349.6 C202 349.6 205 346.8 209 347 "
    "C221 348.4 235 356.6 249 359.6 C236 362.4 222 362.6 211 361.6 C206 361.2 204 363.6 200 363.6 "
    "C196 363.6 194 361.2 189 361.6 C178 362.6 164 362.4 151 359.6 Z"
)
_LOWER_LIP = (
    "M151 359.6 C164 362.4 178 362.6 189 361.6 C194 361.2 196 363.6 200 363.6 C204 363.6 206 361.2 211 361.6 "
    "C222 362.6 236 362.4 249 359.6 C240 373 222 383.6 200 383.6 C178 383.6 160 373 151 359.6 Z"
)
_MOUTH_LINE = (
    "M147.6 356.6 C160 361 178 361.8 189 360.6 C194 360.2 196 362.4 200 362.4 C204 362.4 206 360.2 211 360.6 "
    "C222 361.8 240 361 252.4 356.6 C240 363.6 222 364.2 211 363 C206 362.6 204 364.8 200 364.8 C196 364.8 194 362.6 189 363 "
    "C178 364.2 160 363.6 147.6 356.6 Z"
)
_ABOVE_LIP = "M203.6 327 C204.6 333 206.6 339 209 344 C206 343 204 342 201 342 C202 337 202.6 332 203.6 327 Z"
_BELOW_LIP = "M178 389.6 C190 393.6 210 393.6 222 389.6 C215 397.6 185 397.6 178 389.6 Z"

_SMILE_UPPER_LIP = (
    "M137 346 C157 346 177 341.6 191 341 C195 341 198 343 200 343 C202 343 205 341 209 341 C223 341.6 243 346 263 346 "
    "C243 353 222 354.5 200 354.5 C178 354.5 157 353 137 346 Z"
)
_SMILE_OPENING = (
    "M141 348 C160 353.4 180 354.5 200 354.5 C220 354.5 240 353.4 259 348 C249 368 227 379 200 379 C173 379 151 368 141 348 Z"
)
_TEETH = (
    "M147 350 C164 353.8 181 354.5 200 354.5 C219 354.5 236 353.8 253 350 C245 364 226 371 200 371 C174 371 155 364 147 350 Z"
)
_SMILE_LOWER_LIP = (
    "M141 348 C151 368 173 379 200 379 C227 379 249 368 259 348 C254 374 229 390 200 390 C171 390 146 374 141 348 Z"
)
_PURSED = "M172 362 C177 352 189 345.6 200 348.6 C211 345.6 223 352 228 362 C224 376 212 385 200 385 C188 385 176 376 172 362 Z"
_PURSED_OPENING = "M186 363 C192 359.4 208 359.4 214 363 C208 367.8 192 367.8 186 363 Z"
_PURSED_FOLDS = "M206 351 L205 357 M214 353 L211 358.6 M221 358 L216 361 M206 370 L207 379 M213 368.6 L217 376"


def mouth() -> str:
    """The closed mouth, at rest."""
    return "".join(
        (
            fill(both(_ABOVE_LIP), SHADE, opacity=0.5),
            fill(_UPPER_LIP, LIP),
            fill(_LOWER_LIP, LIP_LIGHT),
            fill(_MOUTH_LINE, LINE, opacity=0.9),
            fill(_BELOW_LIP, SHADE, opacity=0.8),
        )
    )


def smiling_mouth() -> str:
    """A wide smile that shows the upper teeth."""
    return "".join(
        (
            fill(_SMILE_OPENING, MOUTH_INSIDE),
            fill(_TEETH, WHITE),
            fill(_SMILE_UPPER_LIP, LIP),
            fill(_SMILE_LOWER_LIP, LIP_LIGHT),
            stroke(_SMILE_OPENING, 1.5),
            stroke(both("M266 339 C270 344 270 350 266.6 355"), 1.8, opacity=0.7),
            fill(_BELOW_LIP.replace("389.6", "394.6").replace("393.6", "398.6").replace("397.6", "402.6"), SHADE, opacity=0.8),
        )
    )


def pursed_mouth() -> str:
    """Lips pushed forward as if to whistle."""
    return "".join(
        (
            fill(_PURSED, LIP),
            stroke(both(_PURSED_FOLDS), 1.3, opacity=0.35),
            fill(_PURSED_OPENING, LINE, opacity=0.9),
            stroke(_PURSED, 1.5, opacity=0.6),
        )
    )
