"""The drawn parts, read from the SVG files in ``assets/``."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from importlib.resources import files
from typing import NamedTuple

_SVG = "{http://www.w3.org/2000/svg}"
_CONTENT = re.compile(r"<svg[^>]*>(?:\s*<defs>.*?</defs>)?(.*)</svg>", re.DOTALL)


class DrawnPlace(NamedTuple):
    """One place on the face, of a pair both sides: its outline, what a finger may hit, and where its ticks stand."""

    outline: str
    hit: str
    ticks: tuple[tuple[float, float], ...]


@functools.cache
def part(name: str) -> str:
    """The markup inside ``assets/NAME.svg``, without its definitions and its line breaks."""
    found = _CONTENT.search(_text(name))
    if found is None:
        raise ValueError(f"assets/{name}.svg has no <svg> element")
    return re.sub(r">\s+<", "><", found[1].strip())


@functools.cache
def places() -> dict[str, DrawnPlace]:
    """Every place that is on the face, by area, from ``assets/places.svg``."""
    return {group.attrib["id"]: _place(group) for group in ET.fromstring(_text("places")).iter(f"{_SVG}g")}  # noqa: S314 (ours)


def outline(name: str) -> str:
    """The path with the id "outline" in the definitions of ``assets/NAME.svg``."""
    return next(path.attrib["d"] for path in ET.fromstring(_text(name)).iter(f"{_SVG}path") if path.get("id") == "outline")  # noqa: S314 (ours)


def _place(group: ET.Element) -> DrawnPlace:
    paths = {path.attrib["class"]: path.attrib["d"] for path in group.iter(f"{_SVG}path")}
    ticks = tuple((float(tick.attrib["cx"]), float(tick.attrib["cy"])) for tick in group.iter(f"{_SVG}circle"))
    return DrawnPlace(paths["outline"], paths.get("hit", paths["outline"]), ticks)


def _text(name: str) -> str:
    return (files("recommender.export.drawings") / "assets" / f"{name}.svg").read_text(encoding="utf-8")
