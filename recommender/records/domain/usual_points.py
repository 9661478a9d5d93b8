"""Where somebody injected a product the last time: their own points and amounts, as they recorded them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from recommender.documents.consultation import Consultation
from recommender.documents.plan import Depth, Point, Product, Technique
from recommender.documents.vocabulary import Area, Treatment


class UsualPoints(NamedTuple):
    """The points of one earlier visit at these places, with the layer and the technique that were recorded there."""

    on: date
    areas: tuple[Area, ...]
    points: tuple[Point, ...]
    depth: Depth | None
    technique: Technique | None

    @property
    def total(self) -> Decimal:
        """The amount of all points."""
        return sum((point.amount for point in self.points), Decimal(0))


def usual_points(
    visits: Iterable[Consultation], treatment: Treatment, brand: str, areas: Sequence[Area]
) -> tuple[UsualPoints, ...]:
    """For each place the points of the last visit at which this product went there; places of one visit stand together.

    ``visits`` are somebody's own signed ones, the last first. Nothing is worked out: where there is none, there are no points.
    """
    found: list[UsualPoints] = []
    left = list(areas)
    for visit in visits:
        for product in visit.products:
            here = tuple(area for area in left if area in product.areas)
            if visit.injected_on is None or not here or not _is(product, treatment, brand):
                continue
            points = tuple(point for point in product.points if point.area in here)
            found.append(UsualPoints(visit.injected_on, here, points, product.depth, product.technique))
            left = [area for area in left if area not in here]
    return tuple(found)


def _is(product: Product, treatment: Treatment, brand: str) -> bool:
    return product.treatment == treatment and product.brand.casefold() == brand.casefold() != ""
