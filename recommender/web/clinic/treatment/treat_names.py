"""Paths and values of a record in the words of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from recommender.documents.consultation import AdverseEvents, Aftercare, FollowUp
from recommender.documents.plan import Product, Unit
from recommender.documents.vocabulary import Area, Treatment
from recommender.languages import number_text, short_day, spoken
from recommender.web.clinic.records.record_fields import RecordFields
from recommender.web.clinic.records.record_writing import ABSENT
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.ui.typed_days import moment_text
from recommender.web.components.injection_chart.words import UNIT_WORDS

_NUMBERED: Final = re.compile(r"\[(\d+)\]", re.ASCII)


def letter(number: int) -> str:
    """What the chart calls the product at this place of the plan."""
    return chr(ord("A") + number)


def treatment_name(record: RecordFields, treatment: Treatment) -> str:
    """A treatment in the nurse's words."""
    return next(facts.name for facts in record.voice.reference.treatments if facts.treatment == treatment)


def place_name(record: RecordFields, area: Area) -> str:
    """A place in the nurse's words."""
    return record.voice.reference.questions.areas[area].label


def total_text(product: Product) -> str:
    """The amount of all points of a product, with its unit."""
    return amount_text(product.total, product.unit)


def amount_text(amount: Decimal, unit: Unit | None) -> str:
    """An amount with its unit."""
    one, several = spoken(UNIT_WORDS)[unit or ""]
    number = number_text(amount)
    return f"{number} {one if number == '1' else several}".strip()


def name_of(path: str) -> str:
    """What the page calls a path: the product or the event by its letter or number, and the field by its label."""
    numbers = [int(number) for number in _NUMBERED.findall(path)]
    root, last = path.partition("[")[0].partition(".")[0], _NUMBERED.sub("", path).rpartition(".")[2]
    name = said.NAMES.get(last, last)
    if not numbers:
        return name
    match root:
        case "products":
            owner = said.PRODUCT.format(letter=letter(numbers[0]))
        case "adverse_events":
            owner = said.ADVERSE_EVENT.format(number=numbers[0] + 1)
        case _:
            return said.SENTENCE.format(number=numbers[0] + 1)
    return owner if last == root else f"{owner}, {name[:1].lower()}{name[1:]}"


def said_value(record: RecordFields, path: str, value: Any) -> str:
    """A value of the record as somebody reads it."""
    match value:
        case None | "" | ():
            return said.NOTHING
        case True | False:
            return said.ACCEPTED if value else said.REFUSED
        case date():
            return short_day(value)
        case Aftercare():
            told = (said.AFTERCARE_HOWS[value.how], value.leaflet, moment_text(value.given_at))
            return ", ".join(word for word in told if word)
        case FollowUp():
            return short_day(value.on) if value.on else value.none_because
        case AdverseEvents():
            return "; ".join(f"{one.what} ({short_day(one.seen_on)})" for one in value.events) or said.ADVERSE_ASKS["none"]
        case tuple():
            return _points(record, path, value)
    if value is ABSENT:
        return said.NOTHING
    last = path.rpartition(".")[2]
    if last == "signature":
        return said.CONSENT_SIGN
    words: Mapping[str, Mapping[str, str]] = {"depth": said.DEPTHS, "technique": said.TECHNIQUES, "injected": said.YES_NO}
    return words.get(last, {}).get(value, str(value))


def _points(record: RecordFields, path: str, points: tuple[Any, ...]) -> str:
    number = int(_NUMBERED.findall(path)[0])
    products = record.shown.products
    if number >= len(products):
        return str(len(points))
    product = products[number].model_copy(update={"points": points})
    return f"{len(points)}: {total_text(product)}"
