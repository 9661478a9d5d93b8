"""Lists of visits: all of them whatever the page, those that are due, and no cell that a spreadsheet runs."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import date

import pytest
from record_samples import BORN_THEN, NURSE, TODAY, begun, whole

from recommender.documents.consultation import State
from recommender.records.reports.csv_table import harmless
from recommender.records.reports.visits_csv import COLUMNS, csv_of, listed
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits import visit_lists
from recommender.records.visits.consultations import Consultations, Kept
from recommender.records.visits.patients import Identity, Patients

FOLLOW_UP = date(2027, 3, 15)


def _begun(store: RecordStore, name: str = "Somebody Made-Up", contact: str = "") -> Kept:
    patient = Patients(store).add(Identity(name=name, born_on=BORN_THEN, contact=contact), by=NURSE, anyway=True)
    return Consultations(store).begin(patient.id, begun(), by=NURSE)


def test_a_list_holds_every_visit_the_one_changed_last_first(store: RecordStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit_lists, "PAGE", 2)
    kept = [_begun(store) for _ in range(5)]

    found = [line.id for line in listed(Consultations(store), by=NURSE)]

    assert found == [one.id for one in reversed(kept)]


@pytest.mark.parametrize(
    ("state", "due_before", "found"),
    [
        ("draft", None, ["draft"]),
        ("signed", None, ["signed"]),
        ("locked", None, []),
        (None, date(2027, 3, 16), ["signed"]),
        (None, FOLLOW_UP, []),
        ("draft", date(2027, 3, 16), []),
    ],
)
def test_a_list_is_narrowed_by_state_and_by_the_day_a_follow_up_is_due(
    store: RecordStore, state: State | None, due_before: date | None, found: list[str]
) -> None:
    visits = Consultations(store)
    _begun(store)
    kept = _begun(store)
    kept = visits.save(kept.id, kept.version, whole(), by=NURSE)
    visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)

    lines = list(listed(visits, by=NURSE, state=state, due_before=due_before))

    assert [line.state for line in lines] == found


def test_csv_reads_back_as_it_was_whatever_a_name_holds(store: RecordStore) -> None:
    kept = _begun(store, 'Somebody "Made", Up', "+1 555\nback door")

    written = csv_of(listed(Consultations(store), by=NURSE))

    assert written.startswith(codecs.BOM_UTF8)
    (row,) = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert tuple(row) == COLUMNS
    assert row == {
        "visit": kept.id,
        "patient": kept.patient_id,
        "name": 'Somebody "Made", Up',
        "born_on": "1983-01-02",
        "contact": "'+1 555\nback door",
        "state": "draft",
        "waits_for_prescriber": "no",
        "begun_at": kept.begun_at.isoformat(timespec="seconds"),
        "changed_at": kept.changed_at.isoformat(timespec="seconds"),
        "injected_on": "",
        "follow_up_on": "",
        "used_expired": "no",
    }


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-a", "@SUM(A1)", "  =1", "\u00a0=1", "\ufeff=1", "\u200b=1", '"=1', "'=1", "＝1"]
)
def test_what_a_spreadsheet_could_run_starts_with_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("separator", [";", "\t", ",", "|", "\n"])
@pytest.mark.parametrize("before", ["Anna", "Anna ", ""])
@pytest.mark.parametrize("between", ["", " ", '"'])
def test_so_does_what_is_a_cell_where_others_separate_them(separator: str, before: str, between: str) -> None:
    parts = harmless(f"{before}{separator}{between}=1+1").split(separator)

    assert parts[-1] == f"'{between}=1+1"


@pytest.mark.parametrize("cell", ["", "Somebody", "a=1", "2027-03-01", "-0.25", "12", "Made-Up; Somebody"])
def test_what_is_plain_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell
