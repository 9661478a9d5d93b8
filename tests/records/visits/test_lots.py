"""The clinic's own lots: added, closed, recalled; kept like everything else that is authenticated."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from record_samples import ADMIN, LEAD, NURSE, PRESCRIBER, TODAY, TOXIN, Clock, begun, whole
from sqlalchemy import text

from recommender.documents.problems import RecommenderError
from recommender.records.domain.permissions import NotAllowed
from recommender.records.domain.workflow import Incomplete, write
from recommender.records.errors import RecordsError
from recommender.records.maintenance import key_rotation
from recommender.records.maintenance.backup import back_up
from recommender.records.maintenance.verification import verify
from recommender.records.storage.database import connect
from recommender.records.storage.keyring import KeyRing
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.lots import Lot, LotChange, Lots
from recommender.records.visits.patients import Identity, Patients

BOTOX = {"product": "OnabotulinumtoxinA", "brand": "Botox", "dilution": "2.5 ml saline"}


@pytest.fixture
def lots(store: RecordStore) -> Lots:
    return Lots(store)


@pytest.fixture
def lot(lots: Lots) -> Lot:
    return lots.add("botulinum_toxin", lot="LOT-1 a", expires_on=date(2027, 12, 31), **BOTOX, by=NURSE)


def _audited(store: RecordStore) -> list[tuple[str, str]]:
    with store.snapshot() as session:
        return [tuple(row) for row in session.execute(text("SELECT who, what FROM audit WHERE kind = 'lot' ORDER BY number"))]


def test_a_lot_is_added_closed_opened_recalled_and_lifted_and_the_audit_says_by_whom(
    store: RecordStore, lots: Lots, lot: Lot
) -> None:
    changes: tuple[LotChange, ...] = ("close", "close", "open", "recall")
    states = [lots.change(lot.id, change, by=NURSE).state for change in changes]
    with pytest.raises(NotAllowed):
        lots.change(lot.id, "lift", by=NURSE)
    for change in ("open", "close"):
        with pytest.raises(NotAllowed, match="is recalled"):
            lots.change(lot.id, change, by=PRESCRIBER)
    lifted = lots.change(lot.id, "lift", by=PRESCRIBER)

    assert (states, lifted.state) == (["closed", "closed", "open", "recalled"], "open")
    assert _audited(store) == [
        ("n1", "added"),
        ("n1", "closed"),
        ("n1", "opened"),
        ("n1", "recalled"),
        ("p1", "recall lifted"),
    ]
    assert verify(store).problems == ()


def test_a_lot_is_good_through_its_last_day_and_only_while_it_is_open(lots: Lots, lot: Lot) -> None:
    last = lot.expires_on
    good = [lot.may_be_used(last), lot.may_be_used(last + timedelta(days=1))]
    recalled = lots.change(lot.id, "recall", by=LEAD)

    assert good == [True, False]
    assert not recalled.may_be_used(TODAY)
    assert lot.as_product().model_dump(exclude_defaults=True) == {
        "treatment": "botulinum_toxin",
        "unit": "units",
        "lot": "LOT-1 a",
        "expires_on": last,
        **BOTOX,
    }


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"lot": "lot1A", "brand": "BOTOX"}, "lot: is in the list already"),
        ({"lot": " - "}, "lot: is missing"),
        ({"brand": " ", "expires_on": None}, "brand: is missing"),
        ({"lot": "x" * 201}, "lot: is too long"),
        ({"dilution": "a\nb"}, "dilution: has a character"),
    ],
)
def test_what_is_no_lot_or_is_there_already_is_not_added(
    store: RecordStore, lots: Lots, lot: Lot, changed: dict[str, object], why: str
) -> None:
    whole_lot = {**BOTOX, "lot": "B2", "expires_on": date(2027, 12, 31), **changed}

    with pytest.raises(RecommenderError, match=why):
        lots.add("botulinum_toxin", by=NURSE, **whole_lot)  # type: ignore[arg-type]

    assert [one.id for one in lots.all(by=NURSE)] == [lot.id]
    assert len(_audited(store)) == 1


def test_the_same_number_of_another_brand_is_another_lot(lots: Lots, lot: Lot) -> None:
    other = lots.add("botulinum_toxin", lot="lot1a", expires_on=lot.expires_on, **{**BOTOX, "brand": "Xeomin"}, by=NURSE)

    assert [one.id for one in lots.all(by=PRESCRIBER)] == [lot.id, other.id]


def test_whoever_manages_accounts_alone_keeps_no_lots(lots: Lots, lot: Lot) -> None:
    for refused in (
        lambda: lots.all(by=ADMIN),
        lambda: lots.change(lot.id, "recall", by=ADMIN),
        lambda: lots.add("botulinum_toxin", lot="B2", expires_on=lot.expires_on, **BOTOX, by=ADMIN),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_recalled_lot_is_signed_for_with_a_reason_alone_and_its_visits_are_counted(
    store: RecordStore, lots: Lots, lot: Lot
) -> None:
    visits = Consultations(store)
    patient = Patients(store).add(Identity(name="Somebody Made-Up"), by=NURSE)
    kept = visits.begin(patient.id, begun(), by=NURSE)
    kept = visits.save(kept.id, kept.version, whole(), by=NURSE)
    lots.change(lot.id, "recall", by=NURSE)

    with pytest.raises(Incomplete) as refused:
        visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)
    product = TOXIN.model_copy(update={"recalled_because": "Used before the recall came."})
    kept = visits.save(kept.id, kept.version, write(kept.consultation, by=NURSE, products=(product,)), by=NURSE)
    signed = visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)

    assert [problem.where for problem in refused.value.problems] == ["products[0].lot"]
    assert signed.consultation.recalled_products == (product,)
    assert [(one.lot, one.visits) for one in lots.all(by=NURSE)] == [("LOT-1 a", 1)]
    assert verify(store).problems == ()


@pytest.mark.parametrize("change", ["state = 'open'", "expires_on = '2030-12-31'", "dilution = 'another'", "vouched = ''"])
def test_a_lot_that_was_changed_by_hand_is_offered_to_nobody_and_reported(
    store: RecordStore, lots: Lots, lot: Lot, change: str
) -> None:
    lots.change(lot.id, "recall", by=NURSE)

    with store.engine.begin() as connection:
        connection.execute(text(f"UPDATE stock_lot SET {change}"))

    assert lots.all(by=NURSE) == ()
    assert f"lot {lot.id}" in [problem.where for problem in verify(store).problems]
    with pytest.raises(RecordsError, match="without the key"):
        lots.change(lot.id, "close", by=NURSE)
    again = lots.add("botulinum_toxin", lot=lot.lot, expires_on=lot.expires_on, **BOTOX, by=NURSE)
    assert [one.id for one in lots.all(by=NURSE)] == [again.id]


def test_a_lot_that_was_written_or_taken_away_by_hand_is_reported(store: RecordStore, lots: Lots, lot: Lot) -> None:
    with store.engine.begin() as connection:
        columns = "treatment, product, brand, lot, compared, expires_on, dilution, state, vouched"
        connection.execute(text(f"INSERT INTO stock_lot (id, version, {columns}) SELECT 'x', 1, {columns} FROM stock_lot"))
    copied = [problem.where for problem in verify(store).problems]
    offered = [one.id for one in lots.all(by=NURSE)]
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM stock_lot"))

    assert (copied, offered) == (["lot x"], [lot.id])
    assert [problem.where for problem in verify(store).problems] == [f"lot {lot.id}"]


def test_lots_are_backed_up_and_sealed_again_with_a_new_key(
    store: RecordStore, lot: Lot, keys: list[KeyRing], tmp_path: Path, clock: Clock
) -> None:
    keys.append(keys[-1].with_new_key())
    store.reload_keys()
    left = key_rotation.left_to_seal(store, keys[-1].current)
    key_rotation.reseal(store)
    keys.append(keys[-1].only_current())
    store.reload_keys()

    copied = back_up(store, tmp_path / "copy")
    engine = connect(f"sqlite:///{tmp_path / 'copy'}")
    copy = Lots(RecordStore(engine, lambda: keys[-1], clock=clock))

    assert left == 1
    assert copied.verified.problems == ()
    assert copy.all(by=NURSE) == Lots(store).all(by=NURSE) == (lot,)
    engine.dispose()
