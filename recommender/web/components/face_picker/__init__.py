"""The face to point at, with its places as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from recommender.documents.vocabulary import Area
from recommender.export.drawings.face import CHART_HEIGHT, INSETS, WIDTH, FaceShape, face, face_shapes, pattern
from recommender.export.drawings.tones import NAMES, PAPER, TONES, palette, toned_in_browser
from recommender.knowledge.reference import AreaWords
from recommender.knowledge.regions import REGIONS
from recommender.languages import spoken
from recommender.web import words
from recommender.web.components import component


def _picker_html() -> str:
    return (
        '<div class="picker"><button type="button" class="skip"></button><p class="chosen" role="status"></p>'
        '<div class="sides"><div class="drawing"><fieldset class="tones"><legend></legend></fieldset>'
        f'<svg viewBox="0 0 {WIDTH} {CHART_HEIGHT}" role="group"><defs>{pattern("selected")}'
        '<g id="tick"><circle r="8"/><path d="M-3.8 0.2 L-1.2 3 L4 -2.8"/></g></defs>'
        f'<g class="face">{toned_in_browser(face())}</g>{"".join(map(_pickable, face_shapes()))}</svg>'
        f'<div class="insets" aria-hidden="true">{"".join(map(_inset_name, INSETS))}</div>'
        '<p class="name" aria-hidden="true"></p></div>'
        '<details><summary></summary><div class="regions"></div></details></div></div>'
    )


def _inset_name(area: str) -> str:
    """Where the name of a picture beside the face is written, below it."""
    return f'<span data-inset="{area}"></span>'


def _pickable(shape: FaceShape) -> str:
    ticks = "".join(f'<use href="#tick" x="{x:g}" y="{y:g}"/>' for x, y in shape.ticks)
    return (
        f'<g role="checkbox" tabindex="0" aria-checked="false" data-area="{shape.area}">{toned_in_browser(shape.drawing)}'
        f'<path class="hit" d="{shape.hit}"/><path class="area" d="{shape.path}"/><g class="ticks">{ticks}</g></g>'
    )


def _tones_css() -> str:
    """The colours of each tone."""
    colours = {tone: "".join(f"--{name}:{colour};" for name, colour in palette(tone).items()) for tone in TONES}
    return "".join(f".picker[data-tone='{tone}']{{{said}}}" for tone, said in colours.items())


_PICKER = component(__file__, _picker_html(), style=_tones_css())


def face_picker(
    areas: Mapping[Area, AreaWords], chosen: Sequence[Area], *, key: str, tone: str = PAPER, dense: bool = False
) -> None:
    """The face and a list; the session state has what is chosen under the key, as ``choice``.

    ``tone`` is the one in which the face is drawn. ``dense``: small, without hints and tones.
    """
    state = st.session_state.get(key) or {}
    choice = state.get("choice") or {}
    _PICKER(
        key=key,
        data={
            "chosen": list(chosen),
            "dense": dense,
            "tone": tone,
            "tones": [{"id": one, "label": name, "colour": palette(one)["skin"]} for one, name in spoken(NAMES).items()],
            "count": choice.get("count", 0),
            "areas": [{"id": area, "label": said.label, "hint": said.hint or ""} for area, said in areas.items()],
            "regions": {region: list(ids) for region, ids in REGIONS.items()},
            "words": {
                "chosen": words.PLACES_CHOSEN,
                "nothing": words.PLACES_NOTHING,
                "list": words.PLACES_LIST,
                "drawing": words.PLACES_DRAWING,
                "skip": words.PLACES_SKIP,
                "tone": words.PLACES_TONE,
            },
        },
        on_choice_change=lambda: None,  # without it Streamlit would not keep the choice under the key
    )
