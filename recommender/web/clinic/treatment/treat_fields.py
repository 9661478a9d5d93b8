"""Which fields of a record stand on the page, what their widgets hold, and what is read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, TypeVar

import streamlit as st

from recommender.documents.consultation import AdverseEvent, AdverseEvents, Aftercare, Consultation, FollowUp
from recommender.documents.plan import Point
from recommender.documents.typed import LineRefused, line
from recommender.languages import clinic_time, short_day
from recommender.web.clinic.records.field import InvalidInput, KeyOf, RecordField
from recommender.web.clinic.records.record_fields import RecordFields
from recommender.web.clinic.records.record_writing import ABSENT
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.ui.typed_days import InvalidDay, Reader, moment_text, read_day, read_last_day, read_moment
from recommender.web.components.injection_chart import points_told, typed_told
from recommender.web.components.signature_pad import drawing_told

ADVERSE: Final = "adverse_events"
TYPED: Final = "typed"  # typed amounts that are no number
_Read = TypeVar("_Read", date, datetime)
EVENT_PARTS: Final = ("what", "day", "action", "product")


def fields_of(record: RecordFields) -> Iterator[RecordField]:
    """Every field of the page, in its order."""
    consultation = record.shown
    yield _day("informed_on")
    yield from consent_fields(consultation)
    yield _choice("injected")
    yield _day("injected_on")
    for number in range(len(consultation.products)):
        yield from _product(f"products[{number}]")
    yield RecordField("aftercare", _aftercare_shown, _aftercare, ("how", "leaflet", "when"))
    yield _adverse(consultation, rows_of(record))
    yield RecordField("follow_up", _follow_up_shown, _follow_up, ("how", "day", "why"))
    yield _text("note")


def used_on(consultation: Consultation) -> date:
    """The day for which a product has to be good."""
    return min(consultation.injected_on or clinic_time.today(), clinic_time.today())


def rows_of(record: RecordFields) -> int:
    """How many adverse events the page has room for."""
    events = record.shown.adverse_events
    return max(1, record.rows(ADVERSE, len(events.events) if events else 0))


def _text(path: str) -> RecordField:
    return RecordField(path, lambda value: {"": value or ""}, lambda raw: (raw[""] or "").strip())


def _line(path: str) -> RecordField:
    return RecordField(path, lambda value: {"": value or ""}, lambda raw: _checked("", raw[""]))


def _checked(part: str, text: str | None) -> str:
    """A line that may be saved; raises InvalidInput."""
    try:
        return line(text or "", part)
    except LineRefused as refused:
        raise InvalidInput(part, f"{said.LINE} {refused.problems[0].message}.") from None


def _choice(path: str) -> RecordField:
    return RecordField(path, lambda value: {"": value}, lambda raw: raw[""])


def _typed(path: str) -> RecordField:
    """A text that is chosen from a list, or typed."""
    return RecordField(path, lambda value: {"": value or None}, lambda raw: _checked("", raw[""]))


def _day(path: str, *, reader: Reader = read_day) -> RecordField:
    return RecordField(path, lambda value: {"": short_day(value) if value else ""}, lambda raw: _read("", raw[""], reader))


def _read(part: str, text: str | None, reading: Callable[[str], _Read]) -> _Read | None:
    if not (text or "").strip():
        return None
    try:
        return reading(str(text))
    except InvalidDay as error:
        raise InvalidInput(part, str(error)) from None


def consent_fields(consultation: Consultation) -> Iterator[RecordField]:
    """The fields of a consent form that is being read."""
    consent = consultation.consent
    if consent is None or consent.signed_at is not None:
        return
    answers = {True: "yes", False: "no"}
    for number in range(len(consent.items)):
        yield RecordField(
            f"consent.items[{number}].accepted",
            lambda value: {"": answers.get(value)},
            lambda raw: {"yes": True, "no": False}.get(raw[""]),
        )
    yield RecordField("consent.signature", lambda value: {"": value}, lambda raw: raw[""], held=_drawn)


def _drawn(key_of: KeyOf, _: str) -> Any:
    key = key_of("")
    state = st.session_state.get(key)
    return drawing_told(key) if isinstance(state, Mapping) and state.get("drawn") is not None else ABSENT


def _noted(key_of: KeyOf, part: str) -> Any:
    key = key_of("")
    told = points_told(key)
    if told is None:
        return ABSENT
    return typed_told(key) if part else told


def _points(raw: Mapping[str, Any]) -> tuple[Point, ...]:
    points = tuple(raw[""])
    if raw[TYPED]:
        raise InvalidInput(TYPED, said.POINTS_TYPED, instead=points)
    return points


def _product(path: str) -> Iterator[RecordField]:
    yield _typed(f"{path}.product")
    for name in ("brand", "lot", "dilution"):
        yield _line(f"{path}.{name}")
    for name in ("expired_because", "recalled_because"):
        yield _text(f"{path}.{name}")
    yield _day(f"{path}.expires_on", reader=read_last_day)
    yield _choice(f"{path}.depth")
    yield _choice(f"{path}.technique")
    yield RecordField(f"{path}.points", lambda value: {"": value or (), TYPED: ""}, _points, ("", TYPED), held=_noted)


def _aftercare_shown(kept: Aftercare | None) -> Mapping[str, Any]:
    if kept is None:
        return {"how": None, "leaflet": "", "when": ""}
    return {"how": kept.how, "leaflet": kept.leaflet, "when": moment_text(kept.given_at)}


def _aftercare(raw: Mapping[str, Any]) -> Aftercare | None:
    how, leaflet = raw["how"], _checked("leaflet", raw["leaflet"])
    given_at = _read("when", raw["when"], lambda text: read_moment(text, clinic_time.now()))
    if how is None and not leaflet and given_at is None:
        return None
    if how is None:
        raise InvalidInput("how", said.AFTERCARE_NO_HOW, instead=None)
    if given_at is None:
        raise InvalidInput("when", said.AFTERCARE_NO_WHEN, instead=None)
    return Aftercare(how=how, leaflet=leaflet, given_at=given_at)


def _follow_up_shown(kept: FollowUp | None) -> Mapping[str, Any]:
    if kept is None:
        return {"how": None, "day": "", "why": ""}
    return {"how": "day" if kept.on else "none", "day": short_day(kept.on) if kept.on else "", "why": kept.none_because}


def _follow_up(raw: Mapping[str, Any]) -> FollowUp | None:
    if raw["how"] == "day":
        day = _read("day", raw["day"], read_day)
        if day is None:
            raise InvalidInput("day", said.FOLLOW_UP_NO_DAY, instead=None)
        return FollowUp(on=day)
    if raw["how"] == "none":
        if not (raw["why"] or "").strip():
            raise InvalidInput("why", said.FOLLOW_UP_NO_WHY, instead=None)
        return FollowUp(none_because=raw["why"])
    return None


def _adverse(consultation: Consultation, rows: int) -> RecordField:
    kept = len(consultation.adverse_events.events) if consultation.adverse_events else 0

    def read(raw: Mapping[str, Any]) -> AdverseEvents | None:
        typed = [number for number in range(rows) if any(raw.get(f"{part}{number}") for part in EVENT_PARTS)]
        if raw["how"] is None:
            return None
        if raw["how"] == "none":
            if typed:
                raise InvalidInput("how", said.ADVERSE_FIRST)
            return AdverseEvents(none=True)
        if not typed:
            raise InvalidInput("what0", said.ADVERSE_NO_WHAT, instead=None)
        whole: list[AdverseEvent] = []
        for number in range(max(kept, typed[-1] + 1)):
            try:
                whole.append(_event(raw, number))
            except InvalidInput as reason:
                before = AdverseEvents(none=False, events=tuple(whole)) if whole else None
                if number >= kept:  # what is whole is kept already; the rest once it is
                    raise InvalidInput(reason.part, reason.sentence, instead=before) from None
                raise
        return AdverseEvents(none=False, events=tuple(whole))

    parts = ("how", *(f"{part}{number}" for number in range(rows) for part in EVENT_PARTS))
    return RecordField(ADVERSE, _adverse_shown, read, parts)


def _adverse_shown(kept: AdverseEvents | None) -> Mapping[str, Any]:
    if kept is None:
        return {"how": None}
    shown: dict[str, Any] = {"how": "none" if kept.none else "some"}
    for number, event in enumerate(kept.events):
        product = None if event.product is None else str(event.product)
        own = (event.what, short_day(event.seen_on), event.action, product)
        shown |= {f"{part}{number}": value for part, value in zip(EVENT_PARTS, own, strict=True)}
    return shown


def _event(raw: Mapping[str, Any], number: int) -> AdverseEvent:
    what, text, action, product = (raw.get(f"{part}{number}") for part in EVENT_PARTS)
    if not (what or "").strip():
        raise InvalidInput(f"what{number}", said.ADVERSE_NO_WHAT)
    day = _read(f"day{number}", text, read_day)
    if day is None:
        raise InvalidInput(f"day{number}", said.ADVERSE_NO_DAY)
    return AdverseEvent(what=what, seen_on=day, action=action or "", product=int(product) if product else None)
