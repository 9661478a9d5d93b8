"""What was injected: products with their lots, and points on the face chart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from recommender.documents.base import FrozenModel
from recommender.documents.vocabulary import Area, Treatment

MOST_POINTS = 200
MOST_PRODUCTS = 20

Unit = Literal["units", "ml"]
Depth = Literal["intradermal", "subcutaneous", "intramuscular", "supraperiosteal", "submucosal"]
Technique = Literal["single_points", "bolus", "linear_threading", "fanning", "cross_hatching", "cannula"]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Because = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Amount = Annotated[Decimal, Field(gt=0, le=1000, max_digits=8, decimal_places=3)]

#: what each treatment is measured in
UNITS: dict[Treatment, Unit] = {"botulinum_toxin": "units", "dermal_filler": "ml"}


class Point(FrozenModel):
    """One injection: its place, where on the chart (from 0, left and top, to 1), and how much.

    Product, depth and technique are those of its product, so that a point is one touch, and its amount at most another.
    """

    area: Area
    x: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    y: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    amount: Amount


class Product(FrozenModel):
    """One product used, from one lot, and where it went. What is None has not been filled in yet.

    ``expired_because`` is why it was used although it had expired, ``recalled_because`` although its lot was recalled.
    """

    treatment: Treatment
    product: Short = ""
    brand: Short = ""
    lot: Short = ""
    expires_on: date | None = None
    expired_because: Because = ""
    recalled_because: Because = ""
    dilution: Short = ""
    unit: Unit | None = None
    depth: Depth | None = None
    technique: Technique | None = None
    points: Annotated[tuple[Point, ...], Field(max_length=MOST_POINTS)] = ()

    def has_expired(self, on: date) -> bool:
        """Whether its last day was before this one."""
        return self.expires_on is not None and self.expires_on < on

    @property
    def total(self) -> Decimal:
        """The amount of all its points."""
        return sum((point.amount for point in self.points), Decimal(0))

    @property
    def areas(self) -> tuple[Area, ...]:
        """The places it went to, each once, in the order of its points."""
        return tuple(dict.fromkeys(point.area for point in self.points))


def lot_key(lot: str) -> str:
    """A lot number as it is compared: capitals, without spaces and dashes."""
    return "".join(character for character in lot.upper() if character.isalnum())
