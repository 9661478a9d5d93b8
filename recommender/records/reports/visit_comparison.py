"""One patient's visits compared: what was found each time, what changed since the visit before, what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from recommender.documents.answer_path import CONCERN, AnswerPath, Seen, every_path
from recommender.documents.consultation import Consultation, Decision, State
from recommender.documents.plan import Unit
from recommender.documents.problems import Problem
from recommender.documents.vocabulary import AREAS, KINDS, Area, Treatment
from recommender.records.domain.answer_table import answer_table
from recommender.records.errors import RecordsError
from recommender.records.visits.consultations import Kept

#: a finding compared with the visit before; not answered is not "no"
Since = Literal["first visit", "same", "changed", "newly said", "no longer said"]


class ComparedValue(NamedTuple):
    """What one visit says of one thing, in the words of the document; empty where it says nothing."""

    words: tuple[str, ...]
    since: Since

    @property
    def changed(self) -> bool:
        """Whether it differs from the visit before."""
        return self.since not in ("first visit", "same")


class ComparedAnswer(NamedTuple):
    """One question, concern or grading, with a cell for each visit.

    ``about`` is ``history.pregnant``, ``glabella/lines`` (whether it was named), ``glabella/lines.at_rest``, or
    ``gradings.glabella/lines.at_rest``.
    """

    about: str
    cells: tuple[ComparedValue, ...]

    @property
    def changed(self) -> bool:
        """Whether it ever differs from the visit before."""
        return any(cell.changed for cell in self.cells)


class Injected(NamedTuple):
    """What was injected of one product at one place: ``amount`` in ``unit``, all points together."""

    area: Area
    treatment: Treatment
    product: str
    brand: str
    lot: str
    amount: Decimal
    unit: Unit | None
    expired: bool = False


class ComparedVisit(NamedTuple):
    """One visit: the last decision about each treatment at each place, and what was injected; empty if nothing was."""

    id: str
    begun_at: datetime
    state: State
    injected_on: date | None
    decided: tuple[Decision, ...]
    injected: tuple[Injected, ...]


class VisitComparison(NamedTuple):
    """The visits, oldest first, and a row for everything that any of them says."""

    visits: tuple[ComparedVisit, ...]
    rows: tuple[ComparedAnswer, ...]


def compare_visits(kepts: Sequence[Kept]) -> VisitComparison:
    """The records of one patient, oldest first (as ``Consultations.of_patient`` gives them), compared.

    The nurse's findings are compared, never the patient's own answers. Rows are in the order of the answers document, gradings
    last; discarded visits are left out. Raises RecordsError if the records are not of one patient.
    """
    kepts = [kept for kept in kepts if kept.consultation.state != "voided"]
    others = [kept for kept in kepts if kept.patient_id != kepts[0].patient_id]
    if others:
        raise RecordsError(
            [Problem(kept.id, "is another patient's: visits are compared within one patient") for kept in others]
        )
    found = [_found(kept.consultation) for kept in kepts]
    rows = (ComparedAnswer(path, tuple(_cells([one.get(path, ()) for one in found]))) for path in _in_order(found))
    return VisitComparison(tuple(map(_visit, kepts)), tuple(rows))


def _found(consultation: Consultation) -> Mapping[str, tuple[str, ...]]:
    """Findings and gradings of a visit, by path."""
    found = dict(answer_table(consultation.nurse.answers))
    for one in consultation.gradings:
        for name, grade in (("at_rest", one.at_rest), ("on_movement", one.on_movement)):
            if grade is not None:
                found[_graded(Seen(one.area, one.kind), name)] = (grade,)
    return found


def _cells(said: Sequence[tuple[str, ...]]) -> Iterator[ComparedValue]:
    for number, now in enumerate(said):
        yield ComparedValue(now, _since(said[number - 1], now) if number else "first visit")


def _since(before: tuple[str, ...], now: tuple[str, ...]) -> Since:
    if before == now:
        return "same"
    if not before:
        return "newly said"
    return "changed" if now else "no longer said"


def _in_order(found: Sequence[Mapping[str, tuple[str, ...]]]) -> list[str]:
    """Every path of these visits once, in the order of the answers document."""
    return sorted({path for one in found for path in one}, key=_PLACES.__getitem__)


def _every_path() -> Iterator[str]:
    """Every possible path, in the order of the answers document, gradings last."""
    things = [Seen(area, kind) for area in AREAS for kind in KINDS]
    yield from (at.row for at in every_path(things))
    yield from (_graded(thing, side) for thing in things for side in ("at_rest", "on_movement"))


def _graded(thing: Seen, side: str) -> str:
    return f"gradings.{AnswerPath(CONCERN, side, thing).row}"


_PLACES: Final = {path: place for place, path in enumerate(_every_path())}


def _visit(kept: Kept) -> ComparedVisit:
    record = kept.consultation
    latest = {(one.area, one.treatment): one for one in record.decisions}
    stands = tuple(one for one in latest.values() if one.choice != "void")
    return ComparedVisit(kept.id, kept.begun_at, record.state, record.injected_on, stands, tuple(_injected(record)))


def _injected(record: Consultation) -> Iterator[Injected]:
    """Each product at each place; nothing unless the record says that something was injected."""
    for product in record.products if record.injected == "yes" else ():
        for area in product.areas:
            amount = sum((point.amount for point in product.points if point.area == area), Decimal(0))
            called = (area, product.treatment, product.product, product.brand, product.lot)
            yield Injected(*called, amount, product.unit, expired=product in record.expired_products)
