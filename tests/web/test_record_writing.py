"""Writing into a record field by field, and days as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from treat_samples import BY, OTHER, TOXIN, decided, kept_in, product

from recommender.documents.consultation import Consultation
from recommender.records.domain import workflow
from recommender.web.clinic.records.record_writing import ABSENT, value_at, write_changes, write_step
from recommender.web.clinic.stores import consultations, record_store
from recommender.web.state.draft_store import DraftStore

pytestmark = pytest.mark.usefixtures("store")
DAY = date(2026, 3, 1)


def by_another(identifier: str, **fields: Any) -> None:
    kept = consultations().get(identifier, by=OTHER)
    consultations().save(identifier, kept.version, workflow.write(kept.consultation, by=OTHER, **fields), by=OTHER)


def test_a_step_is_taken_again_with_what_somebody_wrote_between_reading_and_saving(store: DraftStore) -> None:  # noqa: ARG001
    kept = kept_in(record_store(), decided(TOXIN))
    steps = []

    def step(stored: Consultation) -> Mapping[str, Any]:
        steps.append(stored.informed_on)
        if len(steps) == 1:
            by_another(kept.id, informed_on=DAY)
        return {"note": f"told on {stored.informed_on}"}

    written = write_step(kept.id, step, by=BY)

    assert steps == [None, DAY]
    assert (written.consultation.informed_on, written.consultation.note) == (DAY, "told on 2026-03-01")


def test_the_same_value_written_by_two_is_no_clash_and_another_one_is() -> None:
    kept = kept_in(record_store(), decided(TOXIN))
    by_another(kept.id, informed_on=DAY, note="Theirs.")

    written = write_changes(kept.id, kept.consultation, {"informed_on": DAY, "note": "Mine."}, by=BY)

    assert {path: (clash.mine, clash.theirs) for path, clash in written.clashes.items()} == {"note": ("Mine.", "Theirs.")}
    assert (written.kept.consultation.informed_on, written.kept.consultation.note) == (DAY, "Theirs.")


def test_what_does_not_fit_is_refused_alone() -> None:
    kept = kept_in(record_store(), decided(TOXIN, products=(product(),)))

    changes = {"products[0].brand": "New", "products[0].lot": "x" * 201, "note": "Kept."}
    written = write_changes(kept.id, kept.consultation, changes, by=BY)

    assert list(written.refused) == ["products[0].lot"]
    assert written.kept.consultation.products == (product(brand="New"),)
    assert written.kept.consultation.note == "Kept."


def test_nothing_is_written_where_nothing_changed() -> None:
    kept = kept_in(record_store(), decided(TOXIN, note="Kept."))

    assert write_changes(kept.id, kept.consultation, {"note": "Kept."}, by=BY).kept == kept


@pytest.mark.parametrize("path", ["products[1].lot", "consent.items[0].accepted", "consent.signature"])
def test_a_place_that_a_record_does_not_have_holds_nothing(path: str) -> None:
    assert value_at(decided(TOXIN, products=(product(),)), path) is ABSENT
