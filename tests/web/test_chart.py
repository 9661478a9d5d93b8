"""What the browser may tell of the chart and of the signature pad: all of it right, or none of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from recommender.documents.consent import Consent
from recommender.documents.plan import MOST_POINTS, Point, Product
from recommender.web.components.injection_chart import Charted, PointsError, read_points
from recommender.web.components.signature_pad import DrawingError, read_drawing, signature_svg

GOOD = {"area": "glabella", "x": 0.5, "y": 0.25, "amount": "2.5"}
STROKE = "M 10 20 L 200.5 60 L 300 100.5"


def told_and_noted(points: Any = None, drawn: Any = None) -> tuple[str, str, str]:
    """What the chart of a page notes, what its pad holds and what is typed and no amount, once the browser has told this."""

    def page() -> None:
        import streamlit as st

        from recommender.web.components.injection_chart import Charted, chart, points_told, typed_told
        from recommender.web.components.signature_pad import drawing_told, signature

        chart(points_told("chart") or (), unit="ml", areas={}, key="chart", product=Charted(1, "One"))
        signature(key="pad", kept="M 1 1 L 99 99")
        st.text(repr(points_told("chart")))
        st.text(repr(drawing_told("pad", kept="M 1 1 L 99 99")))
        st.text(typed_told("chart"))

    app = AppTest.from_function(page, default_timeout=30)
    if points is not None:
        app.session_state["chart"] = {"told": points}
    if drawn is not None:
        app.session_state["pad"] = {"drawn": drawn}
    app.run()
    assert not app.exception
    return app.text[0].value, app.text[1].value, app.text[2].value


def test_points_are_read_as_the_record_keeps_them() -> None:
    points = read_points([GOOD, {"area": "lips", "x": 0, "y": 1, "amount": "0.125"}])

    assert points == (
        Point(area="glabella", x=0.5, y=0.25, amount=Decimal("2.5")),
        Point(area="lips", x=0.0, y=1.0, amount=Decimal("0.125")),
    )
    assert Product(treatment="botulinum_toxin", points=points).total == Decimal("2.625")


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"area": "moon"}, "points[1].area"),
        ({"area": ["lips"]}, "points[1].area"),
        ({"x": -0.001}, "points[1].x"),
        ({"x": 1.001}, "points[1].x"),
        ({"y": float("nan")}, "points[1].y"),
        ({"y": float("inf")}, "points[1].y"),
        ({"y": 10**400}, "points[1].y"),
        ({"x": True}, "points[1]"),
        ({"x": "0.5"}, "points[1]"),
        ({"amount": "0"}, "points[1].amount"),
        ({"amount": "1000.001"}, "points[1].amount"),
        ({"amount": "1.0001"}, "points[1]"),
        ({"amount": "1,5"}, "points[1]"),
        ({"amount": "-1"}, "points[1]"),
        ({"amount": "1e2"}, "points[1]"),
        ({"amount": "٢"}, "points[1]"),
        ({"amount": 2}, "points[1]"),
        ({"amount": None}, "points[1]"),
        ({"more": 1}, "points[1]"),
    ],
)
def test_a_point_that_is_wrong_takes_the_whole_list_with_it_and_is_named(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(PointsError) as refused:
        read_points([GOOD, GOOD | wrong, GOOD])

    assert [problem.where for problem in refused.value.problems] == [where]


@pytest.mark.parametrize("told", [None, {}, "[]", 7, [None], [[]], [{}], [GOOD] * (MOST_POINTS + 1)])
def test_what_is_no_list_of_points_is_refused(told: Any) -> None:
    with pytest.raises(PointsError):
        read_points(told)


def test_as_many_points_as_a_product_may_have_are_read() -> None:
    assert len(read_points([GOOD] * MOST_POINTS)) == MOST_POINTS


@pytest.mark.parametrize(
    "told",
    [
        {"count": 1, "points": [GOOD, {}]},
        {"points": [GOOD]},
        {"count": True, "points": [GOOD]},
        {"count": -1, "points": []},
        [GOOD],
        "x",
        7,
    ],
)
def test_what_a_browser_makes_up_notes_nothing_and_breaks_nothing(told: Any) -> None:
    assert told_and_noted(points=told)[0] == "None"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ([[1, "2,x"]], "1: 2,x"),
        ([[1, " a; 2: b" + "y" * 50]], "1: a, 2: byyyyy"),
        ([[2, "x"], [0, "x"], [True, "x"], ["1", "x"], [1, ""], [1, 7], [1], "x", None], ""),
        ({"1": "x"}, ""),
        (None, ""),
    ],
)
def test_what_is_typed_and_no_amount_is_kept_beside_its_point(typed: Any, kept: str) -> None:
    noted, _, told = told_and_noted(points={"count": 1, "points": [GOOD], "typed": typed})

    assert noted != "None"
    assert told == kept


def test_an_empty_list_is_a_list_and_nothing_told_is_none() -> None:
    assert told_and_noted(points={"count": 3, "points": []})[0] == "()"
    assert told_and_noted()[0] == "None"


def test_a_product_beyond_the_last_letter_is_a_mistake_of_the_program() -> None:
    from recommender.web.components.injection_chart import chart

    with pytest.raises(ValueError, match="at most 20 products"):
        chart((), unit=None, areas={}, key="chart", product=Charted(21, "One too many"))


def test_a_signature_fits_the_consent_and_is_shown_as_it_was_drawn() -> None:
    form = Consent.model_validate({"form": "test", "version": "1", "items": [{"id": "one", "sentence": "A made-up sentence."}]})

    kept = Consent.model_validate(form.model_dump() | {"signature": read_drawing(STROKE)})
    picture = signature_svg(kept.signature or "", name='"><script>')

    assert kept.signature == STROKE
    assert f'd="{STROKE}"' in picture
    assert "<script>" not in picture


@pytest.mark.parametrize(
    "drawing",
    [
        None,
        7,
        "",
        "M 10 20",
        "M 10 20 L 10 20",  # a dot
        "M 100 100 L 139 100 L 100 139",  # too small either way
        "M 10 20 L 601 20",
        "M 10 20 L 10 241",
        "M 10 20 L -50 20",
        "M 10 20 L 1e2 20",
        "M 10 20 Q 40 50 99 99",
        'M 10 20 L 90 20"/><script>',
        "M 10 20 L 200 20\n",
        "M 10 20" + " L 200 20" * 30_000,
    ],
)
def test_what_is_no_signature_is_refused(drawing: Any) -> None:
    with pytest.raises(DrawingError):
        read_drawing(drawing)

    if drawing != "":  # an empty pad is right, and holds nothing
        assert told_and_noted(drawn={"count": 1, "path": drawing})[1] == "None"


def test_what_was_drawn_before_stands_until_the_pad_is_touched() -> None:
    assert told_and_noted()[1] == "'M 1 1 L 99 99'"
    assert told_and_noted(drawn={"count": 1, "path": ""})[1] == "None"
    assert told_and_noted(drawn={"count": 2, "path": STROKE})[1] == repr(STROKE)
    assert told_and_noted(drawn={"count": "2", "path": STROKE})[1] == "None"
    assert told_and_noted(drawn="x")[1] == "None"
