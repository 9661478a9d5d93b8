"""The clinic's products and lots as Streamlit runs them: added, closed, recalled, and what a role may not do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from site_runs import heading, opened
from streamlit.testing.v1 import AppTest
from treat_samples import BY, TODAY

from recommender.documents.staff import StaffRole
from recommender.records.visits.lots import Lot
from recommender.web.clinic import list_words
from recommender.web.clinic.stores import lots
from recommender.web.clinic.treatment import product_words as said
from recommender.web.clinic.ui import day_words

SignIn = Callable[[StaffRole], str]


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch, store: object) -> None:  # noqa: ARG001 (its data folder)
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


def kept(lot: str = "C1234", *, expires_on: date = TODAY + timedelta(days=90)) -> Lot:
    dilution = "2.5 ml saline"
    return lots().add(
        "botulinum_toxin", product="OnabotulinumtoxinA", brand="Botox", lot=lot, expires_on=expires_on, dilution=dilution, by=BY
    )


def told(app: AppTest) -> str:
    return unescape("\n".join(note.value for note in app.html))


def filled_in(app: AppTest, *, expires: str, number: int = 0) -> AppTest:
    app.selectbox(key=f"add-product-{number}").select("OnabotulinumtoxinA").run()
    app.selectbox(key=f"add-brand-{number}").select("Botox")
    app.text_input(key=f"add-lot-{number}").set_value("C 1234")
    app.text_input(key=f"add-expires_on-{number}").set_value(expires)
    app.text_input(key=f"add-dilution-{number}").set_value("2.5 ml saline")
    app.button(key="add-lot").click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("role", ["nurse", "lead"])
def test_a_lot_is_added_with_the_month_of_its_pack_and_the_fields_are_empty_again(sign_in: SignIn, role: StaffRole) -> None:
    sign_in(role)
    app = filled_in(opened({"step": "products"}), expires="02/2032")
    (one,) = lots().all(by=BY)
    again = filled_in(app, expires="02/2032", number=1)

    assert heading(app) == said.TITLE
    assert (one.treatment, one.brand, one.lot, one.dilution) == ("botulinum_toxin", "Botox", "C 1234", "2.5 ml saline")
    assert one.expires_on == date(2032, 2, 29)  # the last day of that month
    assert "is in the list already" in told(again)
    assert lots().all(by=BY) == (one,)


@pytest.mark.parametrize(("expires", "why"), [("soon", day_words.UNREAD), ("", f"{said.EXPIRES}: is missing")])
def test_a_day_that_is_none_adds_nothing_and_says_why(sign_in: SignIn, expires: str, why: str) -> None:
    sign_in("nurse")
    app = filled_in(opened({"step": "products"}), expires=expires)

    assert why in told(app)
    assert app.text_input(key="add-lot-0").value == "C 1234"
    assert lots().all(by=BY) == ()


def test_a_lot_is_closed_opened_and_recalled_and_the_recall_lists_its_visits(sign_in: SignIn) -> None:
    one = kept()
    sign_in("nurse")
    app = opened({"step": "products"})
    for change in ("close", "open"):
        app.button(key=f"{change}-{one.id}").click().run()
        assert said.CHANGED[change].format(lot="C1234") in told(app)
    app.button(key=f"recall-{one.id}").click().run()

    assert heading(app) == list_words.RECALL_TITLE
    assert said.CHANGED["recall"].format(lot="C1234") in told(app)
    assert app.text_input(key="lot").value == "C1234"
    assert [found.state for found in lots().all(by=BY)] == ["recalled"]
    app = opened({"step": "products"})
    assert not [button for button in app.button if (button.key or "").startswith(("lift-", "open-", "close-"))]
    sign_in("prescriber")
    app = opened({"step": "products"})
    app.button(key=f"lift-{one.id}").click().run()
    assert [found.state for found in lots().all(by=BY)] == ["open"]


def test_an_expired_lot_says_that_it_cannot_be_picked(sign_in: SignIn) -> None:
    kept(expires_on=TODAY - timedelta(days=1))
    kept("good", expires_on=TODAY)
    sign_in("nurse")

    app = opened({"step": "products"})

    assert told(app).count("it cannot be picked") == 1
