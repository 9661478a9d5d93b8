"""The skin tones in which the face can be drawn, by choice. They are looks alone: no question and no rule knows of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from recommender.languages import message

#: as the files in ``assets/`` have it: chalk on paper, nobody's skin
PAPER: Final = "paper"
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}\b")
_WHITE, _DARK_MARK, _LIGHT_MARK, _DEEP = "#ffffff", "#063f40", "#a9efe8", "#1c0f0a"
#: the colours in the files: what each of them is
PARTS: Final[Mapping[str, str]] = {
    "skin": "#f6ebdf",
    "shade": "#e6cdb8",
    "line": "#6e3b2b",
    "hair": "#eedcc9",
    "strand": "#a8694f",
    "brow": "#8f5640",
    "upper-lip": "#e0b49f",
    "lower-lip": "#ebc8b6",
    "gum": "#dc9a90",
    "mouth": "#7a4336",
    "iris": "#c79c84",
    "iris-edge": "#7d4a38",
    "cloth": "#dbe7e2",
    "seam": "#a9c2bb",
    "mark": "#0b6b6b",
    "halo": _WHITE,
}


class _Tone(NamedTuple):
    """The colours of skin, hair, lips and lines, from which the others of a tone are mixed."""

    skin: str
    hair: str
    lip: str
    line: str


_MIXED: Final[Mapping[str, _Tone]] = {
    "1": _Tone("#f7dcc9", "#b98a5a", "#d98f86", "#7a4433"),
    "2": _Tone("#eec3a0", "#7a5236", "#cc8070", "#6a3a28"),
    "3": _Tone("#d9a679", "#4a3226", "#b9705a", "#5a3020"),
    "4": _Tone("#a9714a", "#33221a", "#8f4f40", "#3c1f14"),
    "5": _Tone("#804f35", "#261814", "#94564b", "#27110a"),
    "6": _Tone("#5f3a2a", "#1a1110", "#8a5048", "#140704"),
}
TONES: Final = (PAPER, *_MIXED)
NAMES: Final[Mapping[str, str]] = {
    PAPER: message("Paper"),
    "1": message("Very light"),
    "2": message("Light"),
    "3": message("Light brown"),
    "4": message("Brown"),
    "5": message("Dark brown"),
    "6": message("Very dark"),
}


@functools.cache
def palette(tone: str) -> Mapping[str, str]:
    """The colours of the parts of a drawing in a tone; those of the files for what is none."""
    if tone not in _MIXED:
        return PARTS
    skin, hair, lip, line = _MIXED[tone]
    light = _light(skin) > 0.3
    return {
        "skin": skin,
        "shade": _mixed(skin, line, 0.2),
        "line": line,
        "hair": hair,
        "strand": _mixed(hair, line if light else _WHITE, 0.5 if light else 0.18),
        "brow": _mixed(hair, _DEEP, 0.35),
        "upper-lip": _mixed(lip, line, 0.12),
        "lower-lip": _mixed(lip, skin, 0.25),
        "gum": _mixed(lip, "#e08a86", 0.4),
        "mouth": _mixed(lip, _DEEP, 0.6),
        "iris": _mixed(hair, "#8a5a3c", 0.35),
        "iris-edge": _mixed(hair, _DEEP, 0.5),
        "cloth": "#a9cbc6",
        "seam": "#7fa8a3",
        "mark": _DARK_MARK if light else _LIGHT_MARK,
        "halo": _WHITE if light else _DEEP,
    }


def toned(svg: str, tone: str) -> str:
    """A drawing of the files in a tone."""
    colours = {PARTS[part]: colour for part, colour in palette(tone).items()}
    return _COLOUR.sub(lambda found: colours.get(found[0], found[0]), svg)


def toned_in_browser(svg: str) -> str:
    """A drawing of the files whose tone a style chooses: each part has a variable of its name."""
    names = {colour: name for name, colour in PARTS.items()}
    return _COLOUR.sub(lambda found: f"var(--{names[found[0]]})" if found[0] in names else found[0], svg)


def _mixed(one: str, other: str, share: float) -> str:
    parts = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in parts)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _light(colour: str) -> float:
    """How light a colour is, from 0 to 1."""
    red, green, blue = ((part / 255) * (part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
