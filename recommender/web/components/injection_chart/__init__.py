"""The face chart on which a nurse notes where she injected how much, and the reading of what the browser sends.

The browser always sends the whole list, with a number that goes up with every change. So a message that is lost, late or
sent twice does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import streamlit as st
from pydantic import ValidationError

from recommender.documents.plan import MOST_POINTS, MOST_PRODUCTS, Point, Unit
from recommender.documents.problems import Problem, RecommenderError, shown
from recommender.documents.vocabulary import AREAS, Area
from recommender.export.drawings.face import CHART_HEIGHT, INSETS, WIDTH, face, face_shapes
from recommender.knowledge.reference import AreaWords
from recommender.knowledge.regions import REGIONS
from recommender.languages import decimal_mark, spoken
from recommender.web.components import component
from recommender.web.components.injection_chart.words import UNIT_WORDS, WORDS

_TOLD: Final = "told"
_PARTS: Final = frozenset(Point.model_fields)
_AMOUNT: Final = re.compile(r"\d{1,4}(\.\d{1,3})?", re.ASCII)
_TYPED: Final = re.compile(r"(\d{1,3}): (.+)", re.ASCII)
_BETWEEN: Final = "; "
_LONGEST_TYPED: Final = 12
_COLOURS: Final = ("#0b6b6b", "#6b3fa0", "#9a4209", "#1d4fa4")  # four colours and five shapes make twenty products apart


class PointsError(RecommenderError):
    """What the browser sent is no valid list of points."""

    heading = "The points cannot be used"


class Charted(NamedTuple):
    """A product on the chart: its place among the products of the visit, from 1, what it is called, and its points."""

    number: int
    name: str
    points: Sequence[Point] = ()


def _html() -> str:
    shapes = "".join(
        f'<g class="place" data-area="{shape.area}" data-sides="{_sides(shape.area, shape.path)}">{shape.drawing}'
        f'<path class="area" d="{shape.path}"/><path class="hit" d="{shape.hit}"/></g>'
        for shape in face_shapes()
    )
    return (
        '<div class="chart"><p class="problem" role="alert" hidden></p><div class="parts">'
        '<div class="bar"><div class="field"><label for="next"></label><span class="with-unit">'
        '<input id="next" inputmode="decimal" autocomplete="off" maxlength="12" aria-describedby="next-wrong next-hint">'
        '<span class="unit"></span></span></div><p class="total"></p>'
        '<p class="wrong" id="next-wrong" role="alert"></p><p class="hint" id="next-hint"></p></div>'
        '<div class="drawing"><div class="sides" aria-hidden="true"><span></span><span></span></div>'
        f'<div class="stage"><svg viewBox="0 0 {WIDTH} {CHART_HEIGHT}" role="img">{face()}{shapes}</svg>'
        '<div class="others" aria-hidden="true"></div><div class="marks" role="group"></div></div>'
        '<p class="under" aria-hidden="true"></p><div class="after"><button type="button" class="undo"></button>'
        '<p class="status" role="status"></p></div><div class="legend"></div></div>'
        '<div class="rest"><div class="beside"></div>'
        '<div class="panel" role="group" aria-labelledby="panel-title" hidden></div>'
        '<div class="adding"></div><div class="list"></div></div>'
        "</div></div>"
    )


def _sides(area: str, path: str) -> int:
    """How many sides of the face a place has: two shapes, one, or none where it is not on the face at rest."""
    return 0 if area in INSETS else path.count("M")


_CHART = component(__file__, _html())


def chart(
    points: Sequence[Point],
    *,
    unit: Unit | None,
    areas: Mapping[Area, AreaWords],
    key: str,
    product: Charted,
    others: Sequence[Charted] = (),
    proposed: Sequence[Point] = (),
    beside: Mapping[Area, Collection[Area]] = MappingProxyType({}),
    typed: str = "",
) -> None:
    """The face with the points of one product to note and change, and those of ``others`` in grey.

    ``proposed`` are points that nobody has recorded: they are drawn with their amounts, and not told. ``beside`` are places in
    which points close to another place may be counted to it, in one press: that place → those.

    ``typed`` is what ``typed_told`` said: what stands in the fields of points and is no amount.

    Pass what ``points_told`` says of the same key in this run, as soon as it says anything: older points passed here are taken
    for what the nurse is to see instead. Use one key for each product of each visit. The amount of the next point starts empty.
    """
    told = (st.session_state.get(key) or {}).get(_TOLD)
    problems = problems_told(key)
    _CHART(
        key=key,
        data={
            "count": _count(told),
            "problem": spoken(WORDS)["problem"] + "; ".join(str(problem) for problem in problems) if problems else "",
            "points": [_as_told(point) for point in points],
            "typed": [[int(one[1]), one[2]] for part in typed.split(_BETWEEN) if (one := _TYPED.fullmatch(part))],
            "unit": list(spoken(UNIT_WORDS)[unit or ""]),
            "most": MOST_POINTS,
            "decimal": decimal_mark(),
            "product": _looks(product),
            "others": [_looks(other) | {"points": [_as_told(point) for point in other.points]} for other in others],
            "proposed": [_as_told(point) for point in proposed],
            "beside": {area: sorted(reached) for area, reached in beside.items()},
            "areas": [{"id": area, "label": said.label} for area, said in areas.items()],
            "regions": {region: [area for area in ids if area in areas] for region, ids in REGIONS.items()},
            "words": dict(spoken(WORDS)),
        },
        on_told_change=lambda: None,  # without it nothing would stand under the key
    )


def points_told(key: str) -> tuple[Point, ...] | None:
    """The points as the nurse noted them; None if nothing was changed, or if what was sent is not valid."""
    try:
        return _told_points(key)
    except PointsError:
        return None


def typed_told(key: str) -> str:
    """What stands in the fields of points and is no amount, each after the number of its point; empty where all are amounts."""
    told = (st.session_state.get(key) or {}).get(_TOLD)
    return _typed(told, points_told(key) or ()) if isinstance(told, Mapping) else ""


def _typed(told: Mapping[str, Any], points: Sequence[Point]) -> str:
    given = told.get("typed")
    pairs = [one for one in given if isinstance(one, list) and len(one) == 2] if isinstance(given, list) else []
    return _BETWEEN.join(
        f"{number}: {' '.join(text.split()).replace(_BETWEEN[0], ',')[:_LONGEST_TYPED]}"
        for number, text in pairs[: len(points)]
        if type(number) is int and 0 < number <= len(points) and isinstance(text, str) and text.strip()
    )


def problems_told(key: str) -> tuple[Problem, ...]:
    """What is wrong with what the browser sent; the chart shows it by itself."""
    try:
        _told_points(key)
    except PointsError as error:
        return error.problems
    return ()


def read_points(told: object) -> tuple[Point, ...]:
    """The points of a list as the browser tells it; raises PointsError unless every one of them is right.

    Each is {"area", "x", "y", "amount"}: x and y numbers from 0 to 1, the amount in digits, above 0 and up to 1000.
    """
    if not isinstance(told, list):
        raise PointsError([Problem("points", f"is {shown(told)} and no list")])
    if len(told) > MOST_POINTS:
        raise PointsError([Problem("points", f"has {len(told)} points: at most {MOST_POINTS} are kept")])
    points, problems = [], []
    for place, one in enumerate(told):
        try:
            points.append(_point(one))
        except (ValidationError, ValueError) as error:
            problems.append(_problem(f"points[{place}]", error))
    if problems:
        raise PointsError(problems)
    return tuple(points)


def _told_points(key: str) -> tuple[Point, ...] | None:
    state = st.session_state.get(key)
    told = state.get(_TOLD) if isinstance(state, Mapping) else None
    if told is None:
        return None
    if not isinstance(told, Mapping) or _count(told) == 0:
        raise PointsError([Problem(_TOLD, f"is {shown(told)} and no numbered list")])
    return read_points(told.get("points"))


def _count(told: Any) -> int:
    number = told.get("count") if isinstance(told, Mapping) else None
    return number if type(number) is int and 0 < number < 2**53 else 0


def _point(told: Any) -> Point:
    if not isinstance(told, Mapping) or set(told) != _PARTS:
        raise ValueError(f"is {shown(told)}, not area, x, y and amount")
    for name in ("x", "y"):
        if type(told[name]) not in (int, float):
            raise ValueError(f"{name} is {shown(told[name])} and no number")
    amount = told["amount"]
    if not isinstance(amount, str) or not _AMOUNT.fullmatch(amount):
        raise ValueError(f"amount is {shown(amount)} and no number in digits, with at most 3 after a point")
    return Point.model_validate(dict(told))


def _problem(where: str, error: ValueError) -> Problem:
    if not isinstance(error, ValidationError):
        return Problem(where, str(error))
    first = error.errors()[0]
    name = str(first["loc"][0])
    allowed = AREAS if name == "area" else ()
    return Problem(f"{where}.{name}", f"{shown(first['input'])}: {first['msg']}", allowed)


def _as_told(point: Point) -> dict[str, Any]:
    amount = f"{point.amount:f}"
    return {
        "area": point.area,
        "x": point.x,
        "y": point.y,
        "amount": amount.rstrip("0").rstrip(".") if "." in amount else amount,
    }


def _looks(product: Charted) -> dict[str, Any]:
    if not 1 <= product.number <= MOST_PRODUCTS:
        raise ValueError(f"a visit has at most {MOST_PRODUCTS} products: {product.number}")
    return {
        "letter": chr(ord("A") + product.number - 1),
        "name": product.name,
        "shape": (product.number - 1) % 5,
        "colour": _COLOURS[(product.number - 1) % len(_COLOURS)],
    }
