"""The page of the treatment as Streamlit runs it: every field kept by itself, nothing written over, nothing dropped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from site_runs import heading, opened
from strategies import shipped
from streamlit.testing.v1 import AppTest
from treat_samples import BY, OTHER, STROKE, TODAY, TOXIN, complete, decided, kept_in, product, signed_form

from recommender.documents.consultation import AdverseEvent, AdverseEvents, Aftercare, Consultation, FollowUp
from recommender.documents.plan import Point
from recommender.documents.staff import Staff, StaffRole
from recommender.documents.vocabulary import Area, Treatment
from recommender.languages import short_day
from recommender.records.domain import workflow
from recommender.records.domain.completeness import completeness
from recommender.records.visits.consultations import Kept
from recommender.records.visits.lots import Lot
from recommender.web.clinic.auth import access
from recommender.web.clinic.stores import consultations, lots, record_store, sign_ins
from recommender.web.clinic.treatment import treat_words as said
from recommender.web.clinic.ui import day_words
from recommender.web.ui.fields import plain

pytestmark = pytest.mark.usefixtures("nurse")
POINT = {"area": "glabella", "x": 0.5, "y": 0.3, "amount": "2.5"}


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


class Page:
    """The page of one record, run without a browser."""

    def __init__(self, consultation: Consultation | None = None) -> None:
        self.id: str = kept_in(record_store(), consultation or decided(TOXIN)).id
        self.app = self.again()

    def again(self) -> AppTest:
        """Open the page anew, as a refresh does."""
        self.app = opened({"record": self.id, "step": "treat"})
        assert not self.app.exception
        return self.app

    @property
    def stored(self) -> Consultation:
        return self.kept.consultation

    @property
    def kept(self) -> Kept:
        return consultations().get(self.id, by=BY)

    def by_another(self, **fields: Any) -> None:
        """Somebody else writes into the record."""
        kept = self.kept
        consultations().save(self.id, kept.version, workflow.write(kept.consultation, by=OTHER, **fields), by=OTHER)

    def field(self, kind: str, path: str, part: str = "") -> Any:
        wanted = f"{path}-{part}-" if part else f"{path}-"
        found = [one for one in self.app.get(kind) if (one.key or "").startswith(wanted) and one.key.count("-") >= 2]
        found = [one for one in found if part or one.key.removeprefix(wanted)[0].isdigit()]
        assert len(found) == 1, [one.key for one in self.app.get(kind)]
        return found[0]

    def type(self, path: str, text: str, part: str = "", *, kind: str = "text_input") -> None:
        self.field(kind, path, part).set_value(text).run()
        assert not self.app.exception

    def choose(self, path: str, value: str, part: str = "", *, kind: str = "radio") -> None:
        self.type(path, value, part, kind=kind)

    def value(self, path: str, part: str = "", *, kind: str = "text_input") -> Any:
        return self.field(kind, path, part).value

    def press(self, name: str) -> None:
        self.app.button(key=f"{name}-{self.id}").click().run()
        assert not self.app.exception

    def buttons(self) -> set[str]:
        return {(button.key or "").removesuffix(f"-{self.id}") for button in self.app.button}

    def said(self) -> str:
        return unescape("\n".join(note.value for note in self.app.html))

    def tell(self, path: str, told: Mapping[str, Any]) -> None:
        """What a drawn component of the page tells; its key is that of the page as it stands."""
        self.app.session_state[self.key(path)] = told
        self.app.run()
        assert not self.app.exception

    def key(self, path: str) -> str:
        owner = hashlib.sha256(self.id.encode()).hexdigest()[:8]
        numbers = self.app.session_state[f"fields-{owner}"].numbers
        root = path.partition("[")[0].partition(".")[0]
        return "-".join([path, *(str(numbers.get(one, 0)) for one in dict.fromkeys((root, path))), owner])


def test_the_page_opens_and_nothing_is_chosen_or_filled_in_beforehand() -> None:
    page = Page()

    assert heading(page.app) == "Consultation of Made Up"
    assert [field.value for field in page.app.radio] == [None] * len(page.app.radio)
    assert {field.value for field in page.app.text_input} == {""}
    assert page.stored == decided(TOXIN).model_copy(update={"decisions": page.stored.decisions})


# what everybody may and may not


def test_a_lead_and_a_visitor_do_not_see_the_page(sign_in: Callable[[StaffRole], str], monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page()

    sign_in("lead")
    assert heading(page.again()) == "This page is not open to you"
    monkeypatch.setattr(access, "token", lambda: "")
    assert heading(page.again()) == "For the clinic's staff"


def test_what_is_pressed_after_the_session_ended_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page()
    monkeypatch.setattr(access, "token", lambda: "")

    page.app.button(key=f"lay-consent-{page.id}").click().run()

    assert page.stored.consent is None


def test_an_unknown_record_is_said() -> None:
    assert heading(opened({"record": "x" * 22, "step": "treat"})) == "There is no such record"


# told


def test_the_day_the_patient_was_told_is_typed_kept_and_there_after_a_refresh() -> None:
    page = Page()

    page.type("informed_on", "3 Mar 2026")
    assert page.stored.informed_on == date(2026, 3, 3)
    page.again()

    assert page.value("informed_on") == "3 Mar 2026"


def test_today_is_one_press() -> None:
    page = Page()

    page.press("now-informed_on")

    assert page.stored.informed_on == TODAY
    assert page.value("informed_on") == short_day(TODAY)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-02-30", day_words.IMPOSSIBLE),
        ("soon", day_words.UNREAD),
        ("03/04/2026", day_words.TWO_WAYS.format(first="3 April 2026", second="4 March 2026")),
        ("0026-03-03", day_words.IMPOSSIBLE),
    ],
)
def test_a_day_that_is_none_stays_in_its_field_with_a_sentence_and_the_record_as_it_was(typed: str, why: str) -> None:
    page = Page(decided(TOXIN, informed_on=date(2026, 3, 3)))

    page.type("informed_on", typed)

    assert page.value("informed_on") == typed
    assert said.NOT_SAVED_STILL.format(why=why, kept="3 Mar 2026") in page.said()
    assert page.stored.informed_on == date(2026, 3, 3)
    page.type("informed_on", "2026-03-04")
    assert why not in page.said()
    assert page.stored.informed_on == date(2026, 3, 4)


def test_the_first_day_after_the_days_to_think_is_named() -> None:
    page = Page(decided(TOXIN, clinic_days=3, informed_on=date(2026, 3, 3)))

    assert said.WAIT_UNTIL.format(days=3, day="7 Mar 2026") in page.said()


# consent


def test_there_is_no_form_where_nothing_is_agreed_on() -> None:
    page = Page(decided())

    assert said.CONSENT_NOTHING in page.said()
    assert not {"lay-consent", "add-botulinum_toxin"} & page.buttons()


def test_a_consent_is_laid_answered_signed_and_then_stays_as_it_is() -> None:
    page = Page()

    page.press("lay-consent")
    form = page.stored.consent
    assert form is not None
    assert {item.accepted for item in form.items} == {None}
    assert "No lawyer and no clinician has checked its words yet." in page.said()
    for number in range(len(form.items)):
        assert "consent-done" not in page.buttons()
        page.choose(f"consent.items[{number}].accepted", "yes")
    assert said.CONSENT_SIGN in page.said()
    assert "consent-done" not in page.buttons()
    page.tell("consent.signature", {"drawn": {"count": 1, "path": STROKE}})
    drawn = page.stored.consent
    assert drawn is not None
    assert (drawn.signature, drawn.signed_at) == (STROKE, None)
    page.press("consent-done")

    signed = page.stored.consent
    assert signed is not None
    assert signed.signed_at is not None
    assert signed.fingerprint == form.fingerprint
    assert abs(datetime.now().astimezone() - signed.signed_at) < timedelta(minutes=2)
    assert not [one for one in page.app.radio if (one.key or "").startswith("consent")]
    page.again()
    assert not [one for one in page.app.radio if (one.key or "").startswith("consent")]
    assert "The patient signed this on" in page.said()


@pytest.mark.slow
def test_a_sentence_that_is_refused_leaves_nothing_to_sign() -> None:
    page = Page()
    page.press("lay-consent")
    form = page.stored.consent
    assert form is not None
    for number in range(len(form.items)):
        page.choose(f"consent.items[{number}].accepted", "no" if number == 2 else "yes")

    assert said.CONSENT_NO.format(number=1) in page.said()
    assert said.CONSENT_SIGN not in page.said()
    assert page.stored.consent is not None
    assert page.stored.consent.items[2].accepted is False


@pytest.mark.slow
def test_a_new_consent_takes_the_place_of_a_signed_one_once_it_is_confirmed() -> None:
    page = Page(complete())

    page.press("new-consent")

    consent = page.stored.consent
    assert consent is not None
    assert (consent.signature, consent.signed_at) == (None, None)
    assert {item.accepted for item in consent.items} == {None}


def test_a_consent_that_somebody_else_signed_meanwhile_is_neither_answered_nor_replaced() -> None:
    page = Page()
    page.press("lay-consent")
    page.by_another(consent=signed_form(page.stored))
    theirs = page.stored.consent

    page.choose("consent.items[0].accepted", "no")
    assert page.stored.consent == theirs
    assert "Sentence 1 of the form: somebody else changed" in page.said()
    assert "mine-consent.items[0].accepted" not in page.buttons()
    page.press("theirs-consent.items[0].accepted")

    assert said.CLASH not in page.said()
    assert page.stored.consent == theirs


# injected


def test_nothing_injected_asks_for_no_plan_and_says_so() -> None:
    page = Page()

    page.choose("injected", "no")

    assert page.stored.injected == "no"
    assert said.INJECTED_NOT in page.said()
    assert said.PLAN not in [header.value for header in page.app.header]
    assert completeness(page.stored, TODAY) == ()


# plan


def test_a_product_is_filled_in_field_by_field_and_points_come_from_the_chart() -> None:
    page = Page()
    good = TODAY + timedelta(days=30)

    page.press("add-botulinum_toxin")
    added = page.stored.products[0]
    assert added == product().model_copy(
        update={
            **dict.fromkeys(("product", "brand", "lot", "dilution"), ""),
            **dict.fromkeys(("expires_on", "depth", "technique"), None),
            "points": (),
        }
    )
    page.choose("products[0].product", "OnabotulinumtoxinA", kind="selectbox")
    page.type("products[0].brand", " A brand ")
    page.type("products[0].lot", "LOT 7")
    page.type("products[0].expires_on", good.isoformat())
    page.type("products[0].dilution", "made up")
    page.choose("products[0].depth", "intramuscular", kind="selectbox")
    page.choose("products[0].technique", "single_points", kind="selectbox")
    page.tell("products[0].points", {"told": {"count": 1, "points": [POINT]}})

    assert page.stored.products == (
        product(
            product="OnabotulinumtoxinA",
            brand="A brand",
            lot="LOT 7",
            expires_on=good,
            points=(Point(area="glabella", x=0.5, y=0.3, amount=Decimal("2.5")),),
        ),
    )
    assert "Total: 2.5 units" in page.said()


def test_an_amount_of_a_point_that_is_none_stands_in_the_record_until_it_is_one() -> None:
    page = Page(decided(TOXIN, products=(product(),)))
    told = {"points": [POINT, POINT | {"x": 0.6}], "typed": [[2, "1,x"]]}

    page.tell("products[0].points", {"told": {"count": 1, **told}})

    assert [one.typed for one in page.stored.unsaved] == ["2: 1,x"]
    assert len(page.stored.products[0].points) == 2
    assert said.POINTS_TYPED in page.said()
    assert any(one.where == "products[0].points" for one in completeness(page.stored, TODAY))
    again = Page(page.stored)  # a new session shows it in its field
    assert [one.typed for one in again.stored.unsaved] == ["2: 1,x"]
    page.tell("products[0].points", {"told": {"count": 2, **told, "typed": []}})
    assert page.stored.unsaved == ()
    assert said.POINTS_TYPED not in page.said()


@pytest.mark.slow
def test_an_expired_product_that_was_used_is_kept_as_that_once_it_is_said_why() -> None:
    page = Page(decided(TOXIN, injected="yes", injected_on=TODAY, products=(product(expires_on=None),)))

    page.type("products[0].expires_on", "2020-01-31")

    assert page.value("products[0].expires_on") == "2020-01-31"
    assert said.PRODUCT_EXPIRED.format(day="31 Jan 2020") in page.said()
    assert "has expired: good until 31 Jan 2020" in page.said()
    page.type("products[0].expired_because", "Seen too late.", kind="text_area")
    assert "has expired: good until 31 Jan 2020" not in page.said()
    assert [one.lot for one in page.stored.expired_products] == ["LOT-1"]
    assert said.ADVERSE_EXPIRED.format(products="Product A: a brand") in page.said()


def test_what_could_not_be_saved_is_there_again_and_nobody_signs_over_it() -> None:
    page = Page(decided(TOXIN, products=(product(),)))

    page.type("products[0].expires_on", "31.02.2027")
    page.again()

    assert page.value("products[0].expires_on") == "31.02.2027"
    assert day_words.IMPOSSIBLE in page.said()
    record = unescape("\n".join(one.value for one in opened({"record": page.id, "step": "record"}).html))
    assert "Product A, expiry date: “31.02.2027” is typed and not saved" in record
    page.type("products[0].expires_on", "2040-02-28")
    assert (page.stored.unsaved, page.stored.products[0].expires_on) == ((), date(2040, 2, 28))


def test_half_of_what_belongs_together_is_there_again() -> None:
    page = Page(decided(TOXIN))

    page.type("aftercare", "toxin 2", "leaflet")
    page.again()

    assert page.value("aftercare", "leaflet") == "toxin 2"
    assert [(one.path, one.part, one.typed) for one in page.stored.unsaved] == [("aftercare", "leaflet", "toxin 2")]
    page.type("aftercare", "", "leaflet")
    assert page.stored.unsaved == ()


def test_what_is_typed_and_not_saved_for_a_product_leaves_with_it_and_the_others_stay_with_theirs() -> None:
    page = Page(decided(TOXIN, products=(product(), product(lot="LOT-2"))))
    page.type("products[0].expires_on", "soon")
    page.type("products[1].expires_on", "later")

    page.press("remove-0")

    assert [(one.path, one.typed) for one in page.stored.unsaved] == [("products[0].expires_on", "later")]


def test_something_injected_today_was_injected_on_this_day() -> None:
    page = Page(decided(TOXIN))

    page.choose("injected", "yes")

    assert (page.stored.injected, page.stored.injected_on) == ("yes", TODAY)
    assert page.value("injected_on") == short_day(TODAY)


def test_a_product_that_was_good_on_the_day_of_the_injection_is_taken() -> None:
    page = Page(decided(TOXIN, injected_on=date(2020, 1, 15), products=(product(expires_on=None),)))

    page.type("products[0].expires_on", "2020-01-31")

    assert page.stored.products[0].expires_on == date(2020, 1, 31)


def test_a_place_that_is_not_agreed_on_is_marked_and_kept() -> None:
    page = Page(decided(TOXIN, products=(product(),)))

    page.tell("products[0].points", {"told": {"count": 1, "points": [POINT, POINT | {"area": "lips"}]}})

    assert page.stored.products[0].areas == ("glabella", "lips")
    assert "Lips (vermilion): Botulinum toxin type A is not agreed on there." in page.said()


def test_a_removed_product_takes_no_event_with_it() -> None:
    events = (
        AdverseEvent(what="one", seen_on=TODAY, product=0),
        AdverseEvent(what="two", seen_on=TODAY, product=1),
    )
    page = Page(
        decided(TOXIN, products=(product(), product(lot="LOT-2")), adverse_events=AdverseEvents(none=False, events=events))
    )

    page.press("remove-0")

    stored = page.stored
    assert [one.lot for one in stored.products] == ["LOT-2"]
    assert stored.adverse_events is not None
    assert [(one.what, one.product) for one in stored.adverse_events.events] == [("one", None), ("two", 0)]
    assert page.value("products[0].lot") == "LOT-2"


def test_no_amount_and_no_choice_of_a_product_is_suggested() -> None:
    page = Page()
    page.press("add-botulinum_toxin")

    assert [page.value(f"products[0].{name}") for name in ("brand", "lot", "dilution", "expires_on")] == [""] * 4
    assert [box.value for box in page.app.selectbox] == [None] * 3
    assert page.stored.products[0].points == ()


# afterwards


def test_aftercare_is_kept_once_it_is_said_how_and_when() -> None:
    page = Page()

    page.type("aftercare", "leaflet 2", "leaflet")
    assert said.AFTERCARE_NO_HOW in page.said()
    page.choose("aftercare", "both", "how")
    assert said.AFTERCARE_NO_WHEN in page.said()
    assert page.stored.aftercare is None
    page.type("aftercare", "2026-03-03 14:05", "when")

    assert page.stored.aftercare == Aftercare(
        how="both", leaflet="leaflet 2", given_at=datetime(2026, 3, 3, 14, 5).astimezone()
    )
    page.again()
    assert (page.value("aftercare", "leaflet"), page.value("aftercare", "when")) == ("leaflet 2", "3 Mar 2026 14:05")


def test_that_nothing_went_wrong_is_said_and_taken_back_as_soon_as_something_did() -> None:
    page = Page()
    assert page.stored.adverse_events is None

    page.choose("adverse_events", "none", "how")
    assert page.stored.adverse_events == AdverseEvents(none=True)
    page.choose("adverse_events", "some", "how")

    assert page.stored.adverse_events is None
    assert said.ADVERSE_NO_WHAT in page.said()


@pytest.mark.slow
def test_events_are_described_added_and_removed_and_none_waits_until_there_is_no_event() -> None:
    page = Page(decided(TOXIN, products=(product(),)))

    page.choose("adverse_events", "some", "how")
    page.type("adverse_events", "A bruise", "what0", kind="text_area")
    assert said.ADVERSE_NO_DAY in page.said()
    page.type("adverse_events", "2026-03-03", "day0")
    page.choose("adverse_events", "0", "product0", kind="selectbox")
    page.press("add-event")
    page.type("adverse_events", "Another", "what1", kind="text_area")
    first = AdverseEvent(what="A bruise", seen_on=date(2026, 3, 3), product=0)
    assert page.stored.adverse_events == AdverseEvents(none=False, events=(first,))
    page.type("adverse_events", "2026-03-04", "day1")
    second = AdverseEvent(what="Another", seen_on=date(2026, 3, 4))
    assert page.stored.adverse_events == AdverseEvents(none=False, events=(first, second))
    page.choose("adverse_events", "none", "how")
    assert said.ADVERSE_FIRST in page.said()
    assert page.stored.adverse_events == AdverseEvents(none=False, events=(first, second))
    page.press("remove-event-0")
    assert page.stored.adverse_events == AdverseEvents(none=False, events=(second,))


def test_the_proposed_day_is_shown_and_taken_only_when_it_is_pressed() -> None:
    page = Page(decided(TOXIN, injected_on=date(2026, 3, 3), products=(product(),)))
    assert said.FOLLOW_UP_PROPOSED.format(day="17 Mar 2026") in page.said()
    assert page.stored.follow_up is None

    page.press("take-follow-up")

    assert page.stored.follow_up == FollowUp(on=date(2026, 3, 17))
    assert page.value("follow_up", "day") == "17 Mar 2026"
    assert "take-follow-up" not in page.buttons()


def test_no_follow_up_needs_a_reason_and_unsays_the_day() -> None:
    page = Page(decided(TOXIN, follow_up=FollowUp(on=TODAY)))

    page.choose("follow_up", "none", "how")
    assert said.FOLLOW_UP_NO_WHY in page.said()
    assert page.stored.follow_up is None
    page.type("follow_up", "Moves away", "why", kind="text_area")

    assert page.stored.follow_up == FollowUp(none_because="Moves away")


def test_the_note_is_kept_even_where_the_next_press_leaves_the_page() -> None:
    page = Page()

    page.field("text_area", "note").set_value("Prefers mornings.")
    page.app.button(key="menu-records").click().run()

    assert page.stored.note == "Prefers mornings."


# two at once


@pytest.mark.slow
def test_what_two_nurses_write_into_different_fields_is_kept_and_shown_to_both() -> None:
    page = Page(decided(TOXIN, products=(product(brand=""),)))
    page.by_another(note="From the other.", products=(product(brand="", dilution="theirs"), product(lot="LOT-2")))

    page.type("products[0].brand", "Mine")

    assert page.stored.note == "From the other."
    assert page.stored.products == (product(brand="Mine", dilution="theirs"), product(lot="LOT-2"))
    assert page.value("note", kind="text_area") == "From the other."
    assert page.value("products[0].dilution") == "theirs"
    assert said.CLASH not in page.said()


@pytest.mark.parametrize("mine", [True, False])
def test_what_two_nurses_write_into_the_same_field_waits_for_a_choice(mine: bool) -> None:  # noqa: FBT001
    page = Page()
    page.by_another(informed_on=date(2026, 3, 1))

    page.type("informed_on", "2026-03-02")
    assert page.stored.informed_on == date(2026, 3, 1)
    assert said.CLASH_ASK.format(name="Information given on", theirs="1 Mar 2026", mine="2 Mar 2026") in page.said()
    page.type("note", "Meanwhile.", kind="text_area")
    assert page.stored.informed_on == date(2026, 3, 1)
    page.press("mine-informed_on" if mine else "theirs-informed_on")

    wanted = date(2026, 3, 2) if mine else date(2026, 3, 1)
    assert page.stored.informed_on == wanted
    assert page.value("informed_on") == short_day(wanted)
    assert said.CLASH not in page.said()
    assert page.stored.note == "Meanwhile."


def test_mine_is_not_kept_over_what_was_not_shown_yet() -> None:
    page = Page()
    page.by_another(informed_on=date(2026, 3, 1))
    page.type("informed_on", "2026-03-02")
    page.by_another(informed_on=date(2026, 3, 5))

    page.press("mine-informed_on")

    assert page.stored.informed_on == date(2026, 3, 5)
    assert said.CLASH_ASK.format(name="Information given on", theirs="5 Mar 2026", mine="2 Mar 2026") in page.said()


def test_what_is_typed_for_a_product_that_somebody_took_out_goes_to_no_other() -> None:
    page = Page(decided(TOXIN, products=(product(), product(lot="LOT-2"))))
    page.by_another(products=(product(lot="LOT-2"),))

    page.type("products[0].brand", "Mine")

    assert page.stored.products == (product(lot="LOT-2"),)
    assert "Product A, brand: somebody else changed what this belongs to. You wrote “Mine”" in page.said()
    assert "mine-products[0].brand" not in page.buttons()


def test_a_product_that_somebody_changed_is_not_removed_unseen() -> None:
    page = Page(decided(TOXIN, products=(product(),)))
    page.by_another(products=(product(brand="Theirs"),))

    page.press("remove-0")

    assert page.stored.products == (product(brand="Theirs"),)
    assert said.PRODUCT_ELSEWHERE in page.said()


def test_what_came_too_late_for_the_signature_is_said_and_not_dropped_in_silence() -> None:
    page = Page(complete())
    kept = page.kept
    consultations().sign(page.id, kept.version, by=BY, today=TODAY)

    page.type("note", "Too late.", kind="text_area")

    assert page.stored.note == ""
    assert said.SIGNED_MEANWHILE in page.said()
    assert "Note: Too late." in page.said()


# what is missing


def test_what_is_missing_is_listed_in_plain_words_and_the_form_is_counted() -> None:
    page = Page(decided(TOXIN, injected="yes", products=(product(lot="", expires_on=None),)))
    page.press("lay-consent")
    form = page.stored.consent
    assert form is not None

    text = page.said()

    assert "<li>Information given on: missing: the day the patient was told" in text
    assert "<li>Product A, lot number: missing: the lot number.</li>" in text
    assert f"<li>Consent: {len(form.items)} sentences are not answered with “yes”.</li>" in text
    assert "botulinum_toxin" not in text
    assert "products[0]" not in text


def test_of_a_complete_record_nothing_is_missing() -> None:
    page = Page(complete())

    assert completeness(page.stored, TODAY) == ()
    assert said.MISSING_NONE in page.said()


def test_injected_today_names_the_day_and_leaves_one_that_is_typed() -> None:
    page, typed = Page(), Page(decided(TOXIN, injected_on=date(2026, 3, 3)))

    page.choose("injected", "yes")
    typed.choose("injected", "yes")

    assert (page.stored.injected_on, page.value("injected_on")) == (TODAY, short_day(TODAY))
    assert typed.stored.injected_on == date(2026, 3, 3)


def test_a_month_as_packs_print_it_is_its_last_day_and_a_line_that_cannot_be_kept_is_told() -> None:
    page = Page(decided(TOXIN, products=(product(),)))

    page.type("products[0].expires_on", "12/2199")
    page.type("products[0].lot", "A\u202eB")

    assert page.stored.products[0].expires_on == date(2199, 12, 31)
    assert day_words.READ_AS.format(day="31 December 2199") in page.said()
    assert page.stored.products[0].lot == product().lot
    assert "U+202E" in page.said()


# the clinic's own lots


def stocked(**changed: Any) -> Lot:
    """A lot of the clinic's own that is good today."""
    given: dict[str, Any] = {
        "product": "OnabotulinumtoxinA",
        "brand": "Botox",
        "lot": "C1234",
        "expires_on": TODAY,
        "dilution": "2.5 ml saline",
    }
    return lots().add("botulinum_toxin", by=BY, **{**given, **changed})


def test_an_open_lot_is_picked_in_one_press_with_all_that_is_known_of_it() -> None:
    lot, expired = stocked(), stocked(lot="old", expires_on=TODAY - timedelta(days=1))
    closed = stocked(lot="shut")
    lots().change(closed.id, "close", by=BY)
    page = Page(decided(TOXIN))
    assert f"pick-{lot.id}" in page.buttons()
    assert not {f"pick-{expired.id}", f"pick-{closed.id}"} & page.buttons()

    page.press(f"pick-{lot.id}")

    assert page.stored.products == (lot.as_product(),)
    assert page.value("products[0].lot") == "C1234"


def test_a_lot_that_was_recalled_meanwhile_is_not_picked_any_more() -> None:
    lot = stocked()
    page = Page(decided(TOXIN))
    lots().change(lot.id, "recall", by=OTHER)

    page.press(f"pick-{lot.id}")

    assert page.stored.products == ()
    assert said.PLAN_PICK_GONE in page.said()


def test_a_recalled_lot_that_was_used_is_typed_with_a_reason_and_asks_what_came_of_it() -> None:
    lots().change(stocked().id, "recall", by=OTHER)
    page = Page(complete())

    page.type("products[0].lot", "c-1234")
    assert said.PRODUCT_RECALLED.format(lot="c-1234") in page.said()
    assert [one.where for one in completeness(page.stored, TODAY, recalled=lots().recalled(by=BY))] == ["products[0].lot"]
    assert said.MISSING_NONE not in page.said()
    page.type("products[0].recalled_because", "Used before the recall came.", kind="text_area")

    assert said.MISSING_NONE in page.said()
    assert "From a recalled lot: Product A: a brand" in page.said()


# the nurse's own points of the last time


def of_last_time(by: Staff, *points: Point) -> None:
    """A visit of another patient, with a Botox, that somebody signed."""
    old = workflow.write(complete(), by=by, products=(product(brand="Botox", points=points or (FOUR, OUTER)),))
    kept = kept_in(record_store(), old)
    consultations().sign(kept.id, kept.version, by=by, today=TODAY)


FOUR, OUTER = (Point(area="glabella", x=x, y=0.3, amount=Decimal(4)) for x in (0.5, 0.4))
PROPOSED = "Use your points of {day}: Glabella (2 points, 8 units)"


@pytest.fixture
def me(nurse: str) -> Staff:
    """The nurse who has signed in."""
    who = sign_ins().who(nurse)
    assert who is not None
    return who


def test_the_nurses_own_points_of_the_last_time_are_proposed_and_count_once_she_records_them(me: Staff) -> None:
    of_last_time(me)
    empty = product(brand="botox", points=(), depth=None, technique="fanning")
    page = Page(decided(TOXIN, products=(empty,)))
    label = next(button.label for button in page.app.button if (button.key or "").startswith("usual-0-0"))
    assert plain(PROPOSED.format(day=short_day(TODAY))) == label

    page.press("usual-0-0")
    assert page.stored.products == (empty,)
    assert "Glabella: 4 + 4" in page.said()
    page.press("usual-leave-0")
    assert "Glabella: 4 + 4" not in page.said()
    page.press("usual-0-0")
    page.press("usual-record-0")

    (noted,) = page.stored.products
    assert (noted.points, noted.depth, noted.technique) == ((FOUR, OUTER), "intramuscular", "fanning")
    assert page.value("products[0].depth", kind="selectbox") == "intramuscular"
    assert not {"usual-0-0", "usual-record-0"} & page.buttons()


@pytest.mark.slow
def test_nothing_is_proposed_of_what_another_signed_of_another_brand_where_points_are_or_of_what_must_not_be_used(
    me: Staff,
) -> None:
    of_last_time(OTHER)
    first = Page(decided(TOXIN, products=(product(brand="Botox", points=()),)))
    of_last_time(me)
    another = Page(decided(TOXIN, products=(product(brand="Xeomin", points=()),)))
    there = Page(decided(TOXIN, products=(product(brand="Botox"),)))
    lots().change(stocked(lot="bad").id, "recall", by=OTHER)
    stopped = [{"expires_on": TODAY - timedelta(days=1)}, {"lot": "BAD"}]
    stops = [Page(decided(TOXIN, products=(product(brand="Botox", points=(), **one),))) for one in stopped]

    assert all("usual-0-0" not in page.buttons() for page in (first, another, there, *stops))


def test_points_are_not_recorded_over_those_that_somebody_else_noted_meanwhile(me: Staff) -> None:
    of_last_time(me)
    page = Page(decided(TOXIN, products=(product(brand="Botox", points=()),)))
    page.press("usual-0-0")
    theirs = product(brand="Botox")
    page.by_another(products=(theirs,))

    page.press("usual-record-0")

    assert page.stored.products == (theirs,)


def test_places_that_a_point_may_be_counted_from_are_not_those_with_an_option_or_a_decision_of_their_own() -> None:
    def beside(*agreed: tuple[Area, Treatment]) -> Mapping[str, Any]:
        page = Page(decided(*agreed, products=(product(),)))
        found = [json.loads(one.proto.json) for one in page.app.get("bidi_component") if "beside" in one.proto.json]
        return dict(found[0]["beside"])

    assert beside(TOXIN) == {"glabella": ["brow", "forehead"]}
    assert beside(TOXIN, ("forehead", "botulinum_toxin")) == {"glabella": ["brow"], "forehead": []}


OWN_FORM = """\
form: The clinic's own
version: "2026-03"
headings: [{id: risks, heading: Risks}]
treatments:
  botulinum_toxin:
    - {id: risks, under: risks, sentence: I was told what can go wrong.}
"""


def test_a_form_of_the_clinics_own_is_chosen_and_ours_stands_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    (forms / "own.yaml").write_text(OWN_FORM)
    monkeypatch.setenv("RECOMMENDER_CONSENT_FORMS", str(forms))
    page = Page()
    which = next(field for field in page.app.radio if field.label == said.CONSENT_WHICH)
    offered = list(which.options)

    page.press("lay-consent")
    first = page.stored.consent
    ours = next(field for field in page.app.radio if field.label == said.CONSENT_WHICH)
    ours.set_value(offered[1]).run()
    page.press("new-consent")
    second = page.stored.consent

    assert offered == ["Form The clinic's own, version 2026-03", "Form injectables, version draft-2"]
    assert first is not None
    assert second is not None
    assert (first.form, first.version, first.items[0].heading) == (
        "The clinic's own",
        "2026-03",
        "Muscle-relaxing injection: Risks",
    )
    assert second.form == "injectables"


def test_a_place_that_the_form_does_not_name_is_said_and_blocks_nothing() -> None:
    draft = decided(TOXIN)
    page = Page(workflow.write(draft, by=BY, consent=signed_form(draft)))
    before = page.said()
    points = (product().points[0].model_copy(update={"area": "forehead"}),)
    page.by_another(products=(product(points=points),))
    page.again()

    assert "This form does not name" not in before
    forehead = shipped("uk").voice("nurse", "uk").reference.questions.areas["forehead"].label
    assert said.CONSENT_PLACES.format(places=forehead) in page.said()
