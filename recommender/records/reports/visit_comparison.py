"""One patient's visits side by side: what was found each time, what is different from the time before, what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from recommender.documents.answers import AREA_DETAILS, GOAL_KEYS, HISTORY_KEYS, SCREENING_KEYS, SYMPTOM_KEYS, Person
from recommender.documents.consultation import Consultation, Decision, State
from recommender.documents.plan import Unit
from recommender.documents.problems import Problem
from recommender.documents.vocabulary import AREAS, KINDS, Area, Treatment
from recommender.records.domain.answer_table import concern_path, everything_said
from recommender.records.errors import RecordsError
from recommender.records.visits.consultations import Kept

#: how a finding stands to that of the visit before; what is not said is not "no", and so has words of its own
Since = Literal["first visit", "same", "changed", "newly said", "no longer said"]


class Cell(NamedTuple):
    """What one visit says of one thing: its words as they stand in the document, none where it says nothing."""

    said: tuple[str, ...]
    since: Since

    @property
    def changed(self) -> bool:
        """Whether this is not as at the visit before."""
        return self.since not in ("first visit", "same")


class Row(NamedTuple):
    """One question, concern or grading, with a cell for each visit.

    ``about`` is ``history.pregnant``, ``glabella/lines`` (whether it was named), ``glabella/lines.at_rest``, or
    ``gradings.glabella/lines.at_rest``.
    """

    about: str
    cells: tuple[Cell, ...]

    @property
    def changed(self) -> bool:
        """Whether it was ever different from the visit before."""
        return any(cell.changed for cell in self.cells)


class Injected(NamedTuple):
    """What went into one place from one product: ``amount`` in ``unit``, all of its points there together."""

    area: Area
    treatment: Treatment
    product: str
    brand: str
    lot: str
    amount: Decimal
    unit: Unit | None
    expired: bool = False


class Visit(NamedTuple):
    """One visit: what was last decided about each treatment at each place, and what was injected; empty if nothing was."""

    id: str
    begun_at: datetime
    state: State
    injected_on: date | None
    decided: tuple[Decision, ...]
    injected: tuple[Injected, ...]


class SideBySide(NamedTuple):
    """The visits, the first one first, and a row for everything that any of them says."""

    visits: tuple[Visit, ...]
    rows: tuple[Row, ...]


def visits_side_by_side(kepts: Sequence[Kept]) -> SideBySide:
    """One patient's records in the order of the visits (as ``Consultations.of_patient`` gives them), as one table.

    The nurse's findings are compared, never the patient's own answers. Rows are in the order of the answers document, the
    gradings last; discarded visits are left out. Raises RecordsError if they are not all of one patient.
    """
    kepts = [kept for kept in kepts if kept.consultation.state != "voided"]
    others = [kept for kept in kepts if kept.patient_id != kepts[0].patient_id]
    if others:
        raise RecordsError(
            [Problem(kept.id, "is another patient's: visits are compared within one patient") for kept in others]
        )
    found = [_found(kept.consultation) for kept in kepts]
    rows = (Row(path, tuple(_cells([one.get(path, ()) for one in found]))) for path in _in_order(found))
    return SideBySide(tuple(map(_visit, kepts)), tuple(rows))


def _found(consultation: Consultation) -> Mapping[str, tuple[str, ...]]:
    """What a visit found and graded, by path."""
    found = dict(everything_said(consultation.nurse.answers))
    for one in consultation.gradings:
        for name, grade in (("at_rest", one.at_rest), ("on_movement", one.on_movement)):
            if grade is not None:
                found[f"gradings.{concern_path(one.area, one.kind)}.{name}"] = (grade,)
    return found


def _cells(said: Sequence[tuple[str, ...]]) -> Iterator[Cell]:
    for number, now in enumerate(said):
        yield Cell(now, _since(said[number - 1], now) if number else "first visit")


def _since(before: tuple[str, ...], now: tuple[str, ...]) -> Since:
    if before == now:
        return "same"
    if not before:
        return "newly said"
    return "changed" if now else "no longer said"


def _in_order(found: Sequence[Mapping[str, tuple[str, ...]]]) -> list[str]:
    """Every path once, in the order of the answers document, whichever visit says it."""
    return sorted({path for one in found for path in one}, key=_PLACES.__getitem__)


def _every_path() -> Iterator[str]:
    """Every path that a table can have, in the order of the answers document, gradings last."""
    concerns = [concern_path(area, kind) for area in AREAS for kind in KINDS]
    yield from (f"person.{name}" for name in Person.model_fields)
    for path in concerns:
        yield path
        yield from (f"{path}.{name}" for name in AREA_DETAILS)
    for group, names in (("history", HISTORY_KEYS), ("screening", SCREENING_KEYS), ("goals", GOAL_KEYS)):
        yield from (f"{group}.{name}" for name in names)
    yield from (f"after_treatment.{name}" for name in ("treatment", "days_ago"))
    yield from (f"after_treatment.symptoms.{name}" for name in SYMPTOM_KEYS)
    yield from (f"gradings.{path}.{side}" for path in concerns for side in ("at_rest", "on_movement"))


_PLACES: Final = {path: place for place, path in enumerate(_every_path())}


def _visit(kept: Kept) -> Visit:
    record = kept.consultation
    latest = {(one.area, one.treatment): one for one in record.decisions}
    stands = tuple(one for one in latest.values() if one.choice != "void")
    return Visit(kept.id, kept.begun_at, record.state, record.injected_on, stands, tuple(_injected(record)))


def _injected(record: Consultation) -> Iterator[Injected]:
    """Each product at each place it went to; nothing where it was not said that anything was injected."""
    for product in record.products if record.injected == "yes" else ():
        for area in product.areas:
            amount = sum((point.amount for point in product.points if point.area == area), Decimal(0))
            called = (area, product.treatment, product.product, product.brand, product.lot)
            yield Injected(*called, amount, product.unit, expired=product in record.expired_products)
