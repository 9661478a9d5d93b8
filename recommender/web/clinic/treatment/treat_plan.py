"""The part of the page on which is noted what was injected: products with their lots, and points on the chart."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

import streamlit as st

from recommender.documents.consultation import AdverseEvents, Consultation, Unsaved
from recommender.documents.plan import MOST_PRODUCTS, UNITS, Product, lot_key
from recommender.documents.problems import Problem
from recommender.documents.vocabulary import TREATMENTS, Area, Treatment
from recommender.knowledge.reference import AreaWords
from recommender.languages import short_day
from recommender.records.domain.permissions import NotAllowed
from recommender.records.visits.lots import Lot
from recommender.web.clinic.records.record_fields import RecordFields, unsaved_at
from recommender.web.clinic.records.record_widgets import Widgets, button, confirmed_button
from recommender.web.clinic.records.record_writing import unchanged
from recommender.web.clinic.stores import lots
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.treatment.treat_fields import TYPED, used_on
from recommender.web.clinic.treatment.treat_names import letter, place_name, total_text, treatment_name
from recommender.web.clinic.treatment.treat_usual import usual_part
from recommender.web.clinic.ui.typed_days import read_last_day
from recommender.web.components.injection_chart import Charted, chart, points_told, typed_told
from recommender.web.ui import fields

_PRODUCT: Final = re.compile(r"products\[(\d+)\]", re.ASCII)


def plan_part(record: RecordFields, widgets: Widgets) -> None:
    """Every product of the plan, and a button to add one of what is agreed on."""
    st.header(said.PLAN, anchor=False)
    consultation = record.shown
    agreed = agreed_places(consultation)
    if agreed:
        places = [f"{treatment_name(record, t)} ({', '.join(place_name(record, area) for area in agreed[t])})" for t in agreed]
        fields.note(said.PLAN_LEAD)
        fields.note(said.PLAN_AGREED.format(list="; ".join(places)), kind="plain")
    else:
        fields.note(said.PLAN_NOTHING, kind="plain")
    for number in range(len(consultation.products)):
        with st.container(border=True, key=record.key(f"products[{number}]", "box")):
            _product(record, widgets, number, agreed)
    if agreed and len(consultation.products) >= MOST_PRODUCTS:
        fields.note(said.PLAN_FULL.format(number=MOST_PRODUCTS), kind="plain")
        return
    _open_lots(record, agreed)
    with st.container(horizontal=True, gap="small"):
        for treatment in agreed:
            label = said.PLAN_ADD.format(treatment=treatment_name(record, treatment))
            button(record, f"add-{treatment}", label, _adding(_blank(treatment), after=len(consultation.products)))


def _open_lots(record: RecordFields, agreed: Collection[Treatment]) -> None:
    """The clinic's own lots that may be used, each to pick in one press."""
    on, after = used_on(record.shown), len(record.shown.products)
    found = [one for one in lots().all(by=record.staff, state="open") if one.treatment in agreed and one.may_be_used(on)]
    if found:
        with st.container(horizontal=True, gap="small", key=f"lots-{record.record}"):
            for one in found:
                told = said.PLAN_PICK.format(brand=one.brand, lot=one.lot, day=short_day(one.expires_on))
                button(record, f"pick-{one.id}", fields.plain(told), _adding(_picked(record, one), after=after))


def _blank(treatment: Treatment) -> Callable[[Consultation], Product]:
    """A product to fill in."""
    return lambda _: Product(treatment=treatment, unit=UNITS[treatment])


def _picked(record: RecordFields, chosen: Lot) -> Callable[[Consultation], Product]:
    """A product of a lot, if it may still be used."""
    staff = record.staff

    def product(stored: Consultation) -> Product:
        now = next((one for one in lots().all(by=staff, state="open") if one.id == chosen.id), None)
        if now is None or not now.may_be_used(used_on(stored)):
            raise NotAllowed([Problem("products", said.PLAN_PICK_GONE)])
        return now.as_product()

    return product


def agreed_places(consultation: Consultation) -> Mapping[Treatment, tuple[Area, ...]]:
    """Where each treatment is agreed on, as it was last decided."""
    latest = {(one.area, one.treatment): one.choice for one in consultation.decisions}
    agreed = {t: tuple(area for (area, of), choice in latest.items() if (of, choice) == (t, "agree")) for t in TREATMENTS}
    return {treatment: areas for treatment, areas in agreed.items() if areas}


def product_name(record: RecordFields, number: int) -> str:
    """A product as the page and the chart call it."""
    product = record.shown.products[number]
    return said.PRODUCT_OF.format(letter=letter(number), treatment=product.brand or treatment_name(record, product.treatment))


def _product(record: RecordFields, widgets: Widgets, number: int, agreed: Mapping[Treatment, tuple[Area, ...]]) -> None:
    product, path = record.shown.products[number], f"products[{number}]"
    name = said.PRODUCT_OF.format(letter=letter(number), treatment=treatment_name(record, product.treatment))
    st.subheader(name, anchor=False)
    kinds = next(facts.products for facts in record.rules.reference.treatments if facts.treatment == product.treatment)
    left, right = st.columns(2, gap="medium")
    with left:
        widgets.from_list(f"{path}.product", said.PRODUCT_KIND, {one.name: one.name for one in kinds}, typed=True)
        widgets.text(f"{path}.brand", said.PRODUCT_BRAND)
        widgets.text(f"{path}.lot", said.PRODUCT_LOT)
        widgets.day(f"{path}.expires_on", said.PRODUCT_EXPIRES, read=read_last_day)
        with st.container():  # there with or without it, so that what comes below keeps its place
            stopped = [_expired(record, widgets, number), _recalled(record, widgets, number)]
    with right:
        if product.treatment == "botulinum_toxin":
            widgets.text(f"{path}.dilution", said.PRODUCT_DILUTION)
        widgets.from_list(f"{path}.depth", said.PRODUCT_DEPTH, said.DEPTHS)
        widgets.from_list(f"{path}.technique", said.PRODUCT_TECHNIQUE, said.TECHNIQUES)
    _points(record, widgets, number, agreed.get(product.treatment, ()), stopped=any(stopped))
    ask = said.PRODUCT_REMOVE_ASK.format(points=len(product.points))
    label = said.PRODUCT_REMOVE.format(letter=letter(number))
    step, among = _removing(record.shown, number), len(record.shown.products)
    confirmed_button(record, f"remove-{number}", label, step, ask=ask, yes=said.PRODUCT_REMOVE_SURE, among=among)


def _expired(record: RecordFields, widgets: Widgets, number: int) -> bool:
    """Of a product that has expired: that it must not be used, and where it was, why; whether that is still to say."""
    product = record.shown.products[number]
    expired = product.has_expired(used_on(record.shown))
    if expired and product.expires_on:
        fields.note(said.PRODUCT_EXPIRED.format(day=short_day(product.expires_on)), kind="error")
    if expired or product.expired_because:
        widgets.lines(f"products[{number}].expired_because", said.PRODUCT_EXPIRED_BECAUSE)
    return expired and not product.expired_because


def _recalled(record: RecordFields, widgets: Widgets, number: int) -> bool:
    """Of a product whose lot is recalled: that it must not be used, and where it was, why; whether that is still to say."""
    product = record.shown.products[number]
    state = lots().state_of(product.lot, by=record.staff) if lot_key(product.lot) else None
    if state == "recalled":
        fields.note(said.PRODUCT_RECALLED.format(lot=product.lot), kind="error")
    elif state == "closed":
        fields.note(said.PRODUCT_CLOSED.format(lot=product.lot), kind="plain")
    if state == "recalled" or product.recalled_because:
        widgets.lines(f"products[{number}].recalled_because", said.PRODUCT_RECALLED_BECAUSE)
    return state == "recalled" and not product.recalled_because


def _points(record: RecordFields, widgets: Widgets, number: int, agreed: tuple[Area, ...], *, stopped: bool) -> None:
    """The chart of a product; nothing is proposed of one that must not be used."""
    product, path = record.shown.products[number], f"products[{number}].points"
    key = record.key(path)
    points = points_told(key)
    others = [
        Charted(place + 1, product_name(record, place), other.points)
        for place, other in enumerate(record.shown.products)
        if place != number and other.points
    ]
    proposed = () if stopped else usual_part(record, number, agreed)
    chart(
        product.points if points is None else points,
        unit=product.unit,
        areas=_marked(record, agreed),
        key=key,
        product=Charted(number + 1, product_name(record, number)),
        others=others,
        proposed=proposed,
        beside=_beside(record, product.treatment, agreed),
        typed=unsaved_at(record.shown, path).get(TYPED, "") if points is None else typed_told(key),
    )
    widgets.wrong(path)
    widgets.wrong(path, TYPED)
    outside = [area for area in product.areas if area not in agreed]
    if outside:
        names = ", ".join(place_name(record, area) for area in outside)
        treatment = treatment_name(record, product.treatment)
        fields.note(said.PRODUCT_NOT_AGREED.format(places=names, treatment=treatment), kind="error")
    if product.points:
        fields.note(said.PRODUCT_TOTAL.format(total=total_text(product)), kind="plain")


def _beside(record: RecordFields, treatment: Treatment, agreed: tuple[Area, ...]) -> Mapping[Area, frozenset[Area]]:
    """Where a point may be counted to an agreed place beside it: not where this treatment was offered, held or decided on."""
    consultation = record.shown
    offered = [(one.area, one.treatment) for one in consultation.nurse.assessment.options]
    decided = [(one.area, one.treatment) for one in consultation.decisions]
    apart = {area for area, of in (*offered, *decided) if of == treatment}
    duties = record.rules.reference.consultation
    return {area: duties.reached(treatment, area) - apart for area in agreed}


def _marked(record: RecordFields, agreed: tuple[Area, ...]) -> Mapping[Area, AreaWords]:
    """The places of the chart, those not agreed on marked by their names; the agreed ones first."""
    areas = record.voice.reference.questions.areas
    marked = {
        area: words if area in agreed else words.model_copy(update={"label": said.PLACE_NOT_AGREED.format(place=words.label)})
        for area, words in areas.items()
    }
    return dict(sorted(marked.items(), key=lambda one: one[0] not in agreed))


def _adding(product: Callable[[Consultation], Product], *, after: int) -> Callable[[RecordFields], object]:
    """Add a product, unless the number has changed since the page was drawn: a double click adds one."""

    def step(stored: Consultation) -> Mapping[str, Any]:
        if len(stored.products) != after:
            return {}
        return {"products": (*stored.products, product(stored))}

    return lambda here: here.act(step)


def _removing(shown: Consultation, number: int) -> Callable[[RecordFields], object]:
    """Take a product out; adverse events after it stay and name none, and those after a later one follow it to its place."""
    path = f"products[{number}]"

    def step(stored: Consultation) -> Mapping[str, Any]:
        unchanged(stored, shown, path, said.PRODUCT_ELSEWHERE)
        products = (*stored.products[:number], *stored.products[number + 1 :])
        events = stored.adverse_events
        return {
            "products": products,
            "adverse_events": _renumbered(events, number) if events else None,
            "unsaved": tuple(_unsaved_without(stored, number)),
        }

    return lambda here: here.act(step, anew=["products", "adverse_events"])


def _unsaved_without(stored: Consultation, gone: int) -> Iterator[Unsaved]:
    """What is typed and not saved, without that of the product that leaves; the later ones move up."""
    for one in stored.unsaved:
        found = _PRODUCT.match(one.path)
        if found is None or int(found[1]) < gone:
            yield one
        elif int(found[1]) > gone:
            yield one.model_copy(update={"path": f"products[{int(found[1]) - 1}]{one.path[found.end() :]}"})


def _renumbered(events: AdverseEvents, gone: int) -> AdverseEvents:
    def follows(product: int | None) -> int | None:
        if product is None or product == gone:
            return None
        return product - (product > gone)

    moved = tuple(event.model_copy(update={"product": follows(event.product)}) for event in events.events)
    return AdverseEvents(none=events.none, events=moved)
