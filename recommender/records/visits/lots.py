"""The clinic's own products with their lots: what may be picked, and what is closed or recalled."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, NamedTuple, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recommender.documents.plan import UNITS, Product, lot_key
from recommender.documents.problems import Problem
from recommender.documents.staff import Staff
from recommender.documents.typed import line
from recommender.documents.vocabulary import Treatment
from recommender.languages import translate
from recommender.records.domain.permissions import Act, NotAllowed, require
from recommender.records.errors import NotFound, RecordsError
from recommender.records.storage.record_store import RecordStore, new_id
from recommender.records.storage.row_authentication import lot_hash, lot_is_authentic, record_lot
from recommender.records.storage.tables import StockLot, UsedLot

LotState = Literal["open", "closed", "recalled"]
#: what may be done with a lot → the state it leads to, those it starts from, and what the audit calls it
_CHANGES: Final[dict[str, tuple[LotState, tuple[LotState, ...], str]]] = {
    "close": ("closed", ("open",), "closed"),
    "open": ("open", ("closed",), "opened"),
    "recall": ("recalled", ("open", "closed"), "recalled"),
    "lift": ("open", ("recalled",), "recall lifted"),
}
LotChange = Literal["close", "open", "recall", "lift"]


class Lot(NamedTuple):
    """A lot of one of the clinic's products; ``visits`` is in how many visits it was used."""

    id: str
    treatment: Treatment
    product: str
    brand: str
    lot: str
    expires_on: date
    dilution: str
    state: LotState
    visits: int = 0

    def may_be_used(self, on: date) -> bool:
        """Whether it may be picked for this day: open, and not past its last day."""
        return self.state == "open" and self.expires_on >= on

    def as_product(self) -> Product:
        """A product of a plan from this lot, before anything is injected."""
        return Product(
            treatment=self.treatment,
            unit=UNITS[self.treatment],
            product=self.product,
            brand=self.brand,
            lot=self.lot,
            expires_on=self.expires_on,
            dilution=self.dilution,
        )


class Lots:
    """The lots of a record store. Whatever is done with one is recorded in the audit."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store

    def all(self, *, by: Staff, state: LotState | None = None) -> tuple[Lot, ...]:
        """Every lot, or those in a state, by brand, the one that expires first before others.

        Those written without the key are left out.
        """
        require(by, "keep the clinic's lots")
        wanted = select(StockLot).order_by(StockLot.brand, StockLot.expires_on, StockLot.id)
        if state is not None:
            wanted = wanted.where(StockLot.state == state)
        with self._store.snapshot() as session:
            used = select(UsedLot.lot, func.count(UsedLot.consultation_id.distinct())).group_by(UsedLot.lot)
            rows = list(session.scalars(wanted))
            counted = session.execute(used.where(UsedLot.lot.in_({row.compared for row in rows})))
            visits = {lot: number for lot, number in counted}  # noqa: C416 (rows are no pairs to dict)
            return tuple(_lot(row, visits.get(row.compared, 0)) for row in rows if lot_is_authentic(self._store, session, row))

    def state_of(self, number: str, *, by: Staff) -> LotState | None:
        """What the clinic's list says of a lot number, whatever its spelling; a recall before anything else."""
        require(by, "read records")
        with self._store.snapshot() as session:
            found = set(session.scalars(select(StockLot.state).where(StockLot.compared == lot_key(number))))
        states: tuple[LotState, ...] = ("recalled", "open", "closed")
        return next((state for state in states if state in found), None)

    def recalled(self, *, by: Staff) -> frozenset[str]:
        """The lots that are recalled, as they are compared."""
        require(by, "read records")
        with self._store.snapshot() as session:
            return recalled_lots(session)

    def add(
        self,
        treatment: Treatment,
        *,
        product: str,
        brand: str,
        lot: str,
        expires_on: date | None,
        dilution: str = "",
        by: Staff,
    ) -> Lot:
        """Add an open lot; raises RecordsError where something is missing, or this lot of this brand is there already."""
        require(by, "keep the clinic's lots")
        texts = {"product": product, "brand": brand, "lot": lot, "dilution": dilution}
        kept = {name: line(text, name) for name, text in texts.items()}
        missing = [name for name in ("product", "brand") if not kept[name]]
        missing += [] if lot_key(kept["lot"]) else ["lot"]
        if expires_on is None or missing:
            names = [*missing, *(["expires_on"] if expires_on is None else [])]
            raise RecordsError([Problem(name, translate("is missing")) for name in names])
        with self._store.transaction() as transaction:
            same = select(StockLot).where(StockLot.compared == lot_key(kept["lot"]))
            for row in transaction.session.scalars(same):
                is_known = lot_is_authentic(self._store, transaction.session, row)
                if is_known and row.brand.casefold() == kept["brand"].casefold():
                    raise RecordsError([Problem("lot", translate("is in the list already"))])
            row = StockLot(id=new_id(), version=1, treatment=treatment, compared=lot_key(kept["lot"]), expires_on=expires_on)
            row.state = "open"
            for name, text in kept.items():
                setattr(row, name, text)
            transaction.session.add(row)
            record_lot(transaction, row, "added", by=by.id, before="")
            return _lot(row)

    def change(self, identifier: str, change: LotChange, *, by: Staff) -> Lot:
        """Close, open again, recall, or lift a recall; nothing is written where the lot is in that state already."""
        act: Act = "lift a recall" if change == "lift" else "keep the clinic's lots"
        require(by, act)
        to, starts, what = _CHANGES[change]
        with self._store.transaction() as transaction:
            row = transaction.session.get(StockLot, identifier)
            if row is None:
                raise NotFound.named("lot", identifier)
            if not lot_is_authentic(self._store, transaction.session, row):  # never authenticate what others wrote
                raise RecordsError([Problem(row.lot, translate("was changed without the key: add it again"))])
            if row.state == to:
                return _lot(row)
            if row.state not in starts:
                raise NotAllowed([Problem(row.lot, translate("is recalled: a prescriber or lead can lift the recall"))])
            before = lot_hash(row)
            row.state = to
            row.version += 1
            record_lot(transaction, row, what, by=by.id, before=before)
            return _lot(row)


def recalled_lots(session: Session) -> frozenset[str]:
    """The lots that are recalled, as they are compared; also one whose row somebody changed without the key."""
    return frozenset(session.scalars(select(StockLot.compared).where(StockLot.state == "recalled")))


def _lot(row: StockLot, visits: int = 0) -> Lot:
    treatment, state = cast("Treatment", row.treatment), cast("LotState", row.state)
    return Lot(row.id, treatment, row.product, row.brand, row.lot, row.expires_on, row.dilution, state, visits)
