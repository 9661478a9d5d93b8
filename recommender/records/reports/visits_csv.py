"""Lists of visits as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from recommender.documents.consultation import State
from recommender.documents.staff import Staff
from recommender.languages import clinic_time
from recommender.records.reports.csv_table import csv_bytes
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.visit_lists import VisitLine

COLUMNS: Final = (
    "visit",
    "patient",
    "name",
    "born_on",
    "contact",
    "state",
    "waits_for_prescriber",
    "begun_at",
    "changed_at",
    "injected_on",
    "follow_up_on",
    "used_expired",
)


def listed(
    visits: Consultations, *, by: Staff, state: State | None = None, due_before: date | None = None
) -> Iterator[VisitLine]:
    """Every visit, latest change first; or those whose follow-up was due before a day, earliest first."""
    if due_before is not None:
        found = visits.due(date.min, due_before, by=by)
        while found:
            yield from (line for line in found if line.follow_up_on != due_before and state in (None, line.state))
            found = visits.due(date.min, due_before, by=by, after=found[-1])
        return
    page = visits.latest(by=by, state=state)
    while page:
        yield from page
        page = visits.latest(by=by, state=state, after=page[-1])


def csv_of(lines: Iterable[VisitLine]) -> bytes:
    """The lines as CSV with a line of headings."""
    return csv_bytes(COLUMNS, map(cells, lines))


def cells(line: VisitLine) -> tuple[str, ...]:
    """One line, in the order of the columns."""
    who = line.patient
    return (
        line.id,
        line.patient_id,
        who.name,
        _day(who.born_on),
        who.contact,
        line.state,
        "yes" if line.waits_for_prescriber else "no",
        clinic_time.local(line.begun_at).isoformat(timespec="seconds"),
        clinic_time.local(line.changed_at).isoformat(timespec="seconds"),
        _day(line.injected_on),
        _day(line.follow_up_on),
        "yes" if line.used_expired else "no",
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
