"""Somebody's own points of the last time: as they were recorded, place by place, and none where there were none."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from record_samples import TODAY, TOXIN, whole

from recommender.documents.consultation import Consultation
from recommender.documents.plan import Point
from recommender.documents.vocabulary import Area
from recommender.records.domain.usual_points import usual_points

FOREHEAD = Point(area="forehead", x=0.5, y=0.2, amount=Decimal(2))


def visit(on: date | None, *points: Point, brand: str = "Botox") -> Consultation:
    product = TOXIN.model_copy(update={"brand": brand, "points": points or TOXIN.points})
    return whole().model_copy(update={"injected_on": on, "products": (product,)})


def found(*visits: Consultation, areas: tuple[Area, ...] = ("glabella",), brand: str = "Botox") -> list[tuple[object, ...]]:
    return [(one.on, one.areas, one.total) for one in usual_points(visits, "botulinum_toxin", brand, areas)]


def test_the_points_are_those_of_the_last_visit_with_this_product_exactly_as_they_were_recorded() -> None:
    earlier = TODAY - timedelta(days=90)
    (last,) = usual_points([visit(TODAY), visit(earlier, FOREHEAD)], "botulinum_toxin", "BOTOX", ("glabella",))

    assert (last.on, last.points, last.total) == (TODAY, TOXIN.points, Decimal("8.5"))
    assert (last.depth, last.technique) == ("intramuscular", "single_points")


def test_a_place_without_points_the_last_time_has_those_of_the_time_before() -> None:
    earlier = TODAY - timedelta(days=90)
    both = (visit(TODAY, *TOXIN.points, FOREHEAD), visit(earlier))

    assert found(visit(TODAY), visit(earlier, FOREHEAD), areas=("glabella", "forehead")) == [
        (TODAY, ("glabella",), Decimal("8.5")),
        (earlier, ("forehead",), Decimal(2)),
    ]
    assert found(*both, areas=("glabella", "forehead")) == [(TODAY, ("glabella", "forehead"), Decimal("10.5"))]
    assert found(*both) == [(TODAY, ("glabella",), Decimal("8.5"))]


def test_nothing_is_proposed_from_another_product_another_place_or_a_visit_without_a_day() -> None:
    assert found() == []
    assert found(visit(TODAY, brand="Xeomin")) == []
    assert found(visit(TODAY), areas=("crows_feet",)) == []
    assert found(visit(None)) == []
    assert found(visit(TODAY, brand=""), brand="") == []
    assert usual_points([visit(TODAY)], "dermal_filler", "Botox", ("glabella",)) == ()
