"""The pad on which a patient signs with a finger, a pen, a mouse or the keyboard, and the signature as shown afterwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, Final

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from recommender.documents.consent import Drawing
from recommender.documents.problems import Problem, RecommenderError
from recommender.languages import message, spoken, translate
from recommender.web.components import component

#: the pad in its own units, whatever the screen: drawings are in these
PAD_WIDTH: Final = 600
PAD_HEIGHT: Final = 240
#: what is smaller in both directions is no signature, in the units of the pad
SMALLEST: Final = 40

WORDS: Final[Mapping[str, str]] = {
    "hint": message("Sign in the box with a finger, a pen or the mouse."),
    "keys": message("With the keyboard: Space puts the pen down and lifts it, the arrow keys move it."),
    "down": message("The pen is down"),
    "empty": message("Not signed yet"),
    "signed": message("Signed"),
    "small": message("This is too small for a signature. Go on drawing, or clear it and sign again."),
    "clear": message("Clear and sign again"),
    "cleared": message("Cleared. Not signed yet"),
    "pad": message("Box to sign in: {state}"),
    "problem": message("What was drawn could not be taken. Clear it and sign again."),
}

_DRAWN: Final = "drawn"
_DRAWING: Final[TypeAdapter[str]] = TypeAdapter(Drawing)
_NUMBER: Final = r"(\d{1,3}(?:\.\d)?)"
_PATH: Final = re.compile(rf"(?:M {_NUMBER} {_NUMBER}(?: L {_NUMBER} {_NUMBER})+ ?)+", re.ASCII)
_POINT: Final = re.compile(rf"{_NUMBER} {_NUMBER}", re.ASCII)

_PAD = component(
    __file__,
    (
        '<div class="signature"><p class="hint" id="how-to-sign"></p><div class="box">'
        f'<svg viewBox="0 0 {PAD_WIDTH} {PAD_HEIGHT}" role="application" tabindex="0" aria-describedby="how-to-sign">'
        '<path class="line" d="M40 184 L560 184"/><path class="cross" d="M24 172 L36 184 M36 172 L24 184"/><path class="ink"/>'
        '<circle class="pen" r="7"/></svg></div>'
        '<p class="problem" role="alert"></p><div class="below"><p class="state" role="status"></p>'
        '<button type="button" class="clear"></button></div></div>'
    ),
)
_SHOWN = component(__file__, '<div class="signature shown"></div>', name="signature_shown")


class DrawingError(RecommenderError):
    """What was drawn is no signature."""

    heading = "The signature cannot be used"


def signature(*, key: str, kept: str | None = None) -> None:
    """A pad to sign on. What is drawn stands under the key; ``kept`` is what was drawn before this session, if anything.

    It is drawn with a pointer, or with a pen that the arrow keys move: either makes strokes.
    """
    told = _told(key)
    _PAD(
        key=key,
        data={
            "count": _count(told),
            "path": drawing_told(key, kept=kept) or "",
            "problem": _problem(told) is not None,
            "smallest": SMALLEST,
            "words": dict(spoken(WORDS)),
        },
        on_drawn_change=lambda: None,  # without it nothing would stand under the key
    )


def drawing_told(key: str, *, kept: str | None = None) -> str | None:
    """The signature as drawn, as ``Consent.signed`` takes it; None if the pad is empty, cleared, or holds no signature.

    ``kept`` stands until the pad is touched.
    """
    told = _told(key)
    if told is None:
        return kept
    return None if _problem(told) else told.get("path") or None


def read_drawing(told: object) -> str:
    """A signature as the pad draws it: strokes of lines inside the pad; raises DrawingError for anything else."""
    try:
        drawing = _DRAWING.validate_python(told, strict=True)
    except ValidationError as error:
        raise DrawingError([Problem("signature", error.errors()[0]["msg"])]) from None
    if not _PATH.fullmatch(drawing):
        raise DrawingError([Problem("signature", "is not made of strokes")])
    points = [(float(x), float(y)) for x, y in _POINT.findall(drawing)]
    across, down = zip(*points, strict=True)
    if max(across) > PAD_WIDTH or max(down) > PAD_HEIGHT:
        raise DrawingError([Problem("signature", "lies outside the pad")])
    if max(across) - min(across) < SMALLEST and max(down) - min(down) < SMALLEST:
        raise DrawingError([Problem("signature", "is too small")])
    return drawing


def signature_svg(drawing: str, *, name: str) -> str:
    """A signature as a picture called ``name``; raises DrawingError if it is none."""
    said = escape(name, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAD_WIDTH} {PAD_HEIGHT}" role="img" aria-label="{said}">'
        '<path class="line" d="M40 184 L560 184"/>'
        f'<path class="ink" d="{read_drawing(drawing)}" fill="none" stroke="currentColor" stroke-width="3.2"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def signature_shown(drawing: str, *, key: str, name: str) -> None:
    """A signature that is given and stays; ``name`` says whose it is. Raises DrawingError if it is none."""
    _SHOWN(key=key, data={"svg": signature_svg(drawing, name=name)})


def _told(key: str) -> Mapping[str, Any] | None:
    state = st.session_state.get(key)
    told = state.get(_DRAWN) if isinstance(state, Mapping) else None
    if told is None:
        return None
    return told if isinstance(told, Mapping) else {}


def _problem(told: Mapping[str, Any] | None) -> Problem | None:
    """What is wrong with what came; an empty pad is right."""
    if told is None or (_count(told) and told.get("path") == ""):
        return None
    if not _count(told):
        return Problem("signature", translate("is not numbered"))
    try:
        read_drawing(told.get("path"))
    except DrawingError as error:
        return error.problems[0]
    return None


def _count(told: Mapping[str, Any] | None) -> int:
    number = told.get("count") if told is not None else None
    return number if type(number) is int and 0 < number < 2**53 else 0
