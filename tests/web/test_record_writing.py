"""Writing into a record field by field, and days as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from treat_samples import BY, OTHER, TOXIN, decided, kept_in, product

from recommender.documents.consultation import Consultation
from recommender.languages import speaking
from recommender.records import life
from recommender.web.clinic.archive import archive, consultations
from recommender.web.clinic.days import NoDay, read_day, read_moment
from recommender.web.clinic.record_writing import ABSENT, value_at, write_changes, write_step
from recommender.web.drafts import DraftStore

pytestmark = pytest.mark.usefixtures("store")
DAY = date(2026, 3, 1)


def by_another(identifier: str, **fields: Any) -> None:
    kept = consultations().get(identifier, by=OTHER)
    consultations().save(identifier, kept.version, life.write(kept.consultation, by=OTHER, **fields), by=OTHER)


def test_a_step_is_taken_again_with_what_somebody_wrote_between_reading_and_saving(store: DraftStore) -> None:  # noqa: ARG001
    kept = kept_in(archive(), decided(TOXIN))
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
    kept = kept_in(archive(), decided(TOXIN))
    by_another(kept.id, informed_on=DAY, note="Theirs.")

    written = write_changes(kept.id, kept.consultation, {"informed_on": DAY, "note": "Mine."}, by=BY)

    assert {path: (clash.mine, clash.theirs) for path, clash in written.clashes.items()} == {"note": ("Mine.", "Theirs.")}
    assert (written.kept.consultation.informed_on, written.kept.consultation.note) == (DAY, "Theirs.")


def test_what_does_not_fit_is_refused_alone() -> None:
    kept = kept_in(archive(), decided(TOXIN, products=(product(),)))

    changes = {"products[0].brand": "New", "products[0].lot": "x" * 201, "note": "Kept."}
    written = write_changes(kept.id, kept.consultation, changes, by=BY)

    assert list(written.refused) == ["products[0].lot"]
    assert written.kept.consultation.products == (product(brand="New"),)
    assert written.kept.consultation.note == "Kept."


def test_nothing_is_written_where_nothing_changed() -> None:
    kept = kept_in(archive(), decided(TOXIN, note="Kept."))

    assert write_changes(kept.id, kept.consultation, {"note": "Kept."}, by=BY).kept == kept


@pytest.mark.parametrize("path", ["products[1].lot", "consent.items[0].accepted", "consent.signature"])
def test_a_place_that_a_record_does_not_have_holds_nothing(path: str) -> None:
    assert value_at(decided(TOXIN, products=(product(),)), path) is ABSENT


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-31",
        "2027/3/31",
        " 2027 03 31 ",
        "31 Mar 2027",
        "31. march 2027",
        "31MAR2027",
        "31.03.2027",
        "03/31/2027",
        "31-3-2027",
    ],
)
def test_a_day_is_read_in_every_way_that_means_one_day(typed: str) -> None:
    assert read_day(typed) == date(2027, 3, 31)


@pytest.mark.parametrize("typed", ["3 ene 2027", "3 de enero de 2027", "3 January 2027", "2027-01-03"])
def test_a_month_may_be_named_in_the_language_spoken(typed: str) -> None:
    with speaking("es"):
        assert read_day(typed) == date(2027, 1, 3)


@pytest.mark.parametrize(
    "typed",
    ["", "2027-03", "03/2027", "31 Foo 2027", "1 Mayor 2027", "2027-02-29", "31.04.2027", "01/02/2027", "31 Mar 27"],
)
def test_what_is_no_day_or_two_is_refused(typed: str) -> None:
    with pytest.raises(NoDay):
        read_day(typed)


def test_a_day_that_is_the_same_in_both_orders_is_read() -> None:
    assert read_day("04/04/2027") == date(2027, 4, 4)


NOW = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["14:05", "14.05", "2027-03-01 14:05", "1 Mar 2027, 14:05"])
def test_a_time_alone_is_of_today(typed: str) -> None:
    assert read_moment(typed, NOW).replace(tzinfo=None) == datetime(2027, 3, 1, 14, 5)


@pytest.mark.parametrize("typed", ["", "25:00", "14:60", "2027-02-30 14:05", "2027-03-01", "noon"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(NoDay):
        read_moment(typed, NOW)
