"""A nurse's own points of the last time, proposed for the chart: nothing counts before she records it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from recommender.documents.consultation import Consultation
from recommender.documents.plan import MOST_POINTS, Point
from recommender.documents.vocabulary import Area, Treatment
from recommender.languages import number_text, short_day
from recommender.records.domain.usual_points import UsualPoints, usual_points
from recommender.web.clinic.records.record_fields import RecordFields
from recommender.web.clinic.records.record_widgets import button
from recommender.web.clinic.records.record_writing import unchanged, value_at
from recommender.web.clinic.stores import consultations
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.treatment.treat_names import amount_text, place_name
from recommender.web.state.session_values import SessionValue
from recommender.web.ui import fields

_PROPOSED: Final = SessionValue[UsualPoints]("proposed-points")
_FOUND: Final = SessionValue[dict["_Wanted", tuple[UsualPoints, ...]]]("usual-points")
_Wanted = tuple[Treatment, str, tuple[Area, ...]]


def usual_part(record: RecordFields, number: int, agreed: tuple[Area, ...]) -> tuple[Point, ...]:
    """Buttons for the points of the last time at the places that have none yet, or what is proposed, which is returned."""
    product, path = record.shown.products[number], f"products[{number}].points"
    noted = {area for one in record.shown.products if one.treatment == product.treatment for area in one.areas}
    free = tuple(area for area in agreed if area not in noted)
    last = _usual(record, (product.treatment, product.brand, free)) if free and product.brand else ()
    found = [one for one in last if len(product.points) + len(one.points) <= MOST_POINTS]
    proposed = _PROPOSED.found(of=record.key(path))
    if proposed is None or proposed not in found:
        with st.container(horizontal=True, gap="small", key=record.key(path, "usual")):
            for place, one in enumerate(found):
                places = ", ".join(place_name(record, area) for area in one.areas)
                label = said.USUAL_USE.format(day=short_day(one.on), places=places, **_counted(record, number, one))
                button(record, f"usual-{number}-{place}", fields.plain(label), _proposing(path, one))
        return ()
    _told(record, number, proposed)
    return proposed.points


def _told(record: RecordFields, number: int, proposed: UsualPoints) -> None:
    """What is proposed, in words, and the two presses that it takes."""
    product = record.shown.products[number]
    with st.container(border=True, key=record.key(f"products[{number}].points", "proposed")):
        fields.note(said.USUAL_PROPOSED.format(day=short_day(proposed.on)), kind="subject")
        lines = []
        for area in proposed.areas:
            amounts = [number_text(point.amount) for point in proposed.points if point.area == area]
            lines.append(said.USUAL_AMOUNTS.format(place=place_name(record, area), amounts=" + ".join(amounts)))
        depth = said.DEPTHS[proposed.depth] if proposed.depth and not product.depth else ""
        technique = said.TECHNIQUES[proposed.technique] if proposed.technique and not product.technique else ""
        fields.points([*lines, *filter(None, (", ".join(filter(None, (depth, technique))),))])
        with st.container(horizontal=True, gap="small"):
            record_them = said.USUAL_RECORD.format(**_counted(record, number, proposed))
            button(record, f"usual-record-{number}", record_them, _recording(record.shown, number, proposed), look="primary")
            button(record, f"usual-leave-{number}", said.USUAL_LEAVE, _leaving(f"products[{number}].points"))


def _counted(record: RecordFields, number: int, one: UsualPoints) -> Mapping[str, str]:
    points = len(one.points)
    return {
        "points": said.USUAL_POINTS.of(points).format(number=points),
        "total": amount_text(one.total, record.shown.products[number].unit),
    }


def _usual(record: RecordFields, wanted: _Wanted) -> tuple[UsualPoints, ...]:
    """What was found is kept for as long as this session shows the record: what she signs meanwhile is another visit."""
    known = _FOUND.begun(dict, of=record.record)
    if wanted not in known:
        treatment, brand, areas = wanted
        known[wanted] = usual_points(consultations().signed_with(brand, by=record.staff), treatment, brand, areas)
    return known[wanted]


def _proposing(path: str, one: UsualPoints) -> Callable[[RecordFields], object]:
    return lambda here: _PROPOSED.put(one, of=here.key(path))


def _leaving(path: str) -> Callable[[RecordFields], object]:
    return lambda here: _PROPOSED.take(of=here.key(path))


def _recording(shown: Consultation, number: int, one: UsualPoints) -> Callable[[RecordFields], object]:
    """Record what was proposed, beside the points that are there; the layer and the technique where there are none."""
    path = f"products[{number}]"

    def step(stored: Consultation) -> Mapping[str, Any]:
        noted = (*shown.products[number].points, *one.points)
        if value_at(stored, f"{path}.points") == noted:  # pressed twice
            return {}
        unchanged(stored, shown, f"{path}.points", said.USUAL_ELSEWHERE)
        unchanged(stored, shown, f"{path}.brand", said.USUAL_ELSEWHERE)
        product = stored.products[number]
        depth, technique = product.depth or one.depth, product.technique or one.technique
        filled = product.model_copy(update={"points": noted, "depth": depth, "technique": technique})
        return {"products": (*stored.products[:number], filled, *stored.products[number + 1 :])}

    return lambda here: here.act(step, anew=[f"{path}.{name}" for name in ("points", "depth", "technique")])
