"""What people type – names, lots, brands, notes, reasons – is shown as it was typed on every page: it draws nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from record_samples import BORN_ON, CONSENTED, SAFE, TOXIN, TREATED, answers, begun_before
from site_runs import opened
from staff import PASSWORD, QUICK
from strategies import shipped
from streamlit.testing.v1 import AppTest

from recommender.documents.consultation import Aftercare, FollowUp
from recommender.documents.staff import ROLES, Staff, StaffRole
from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.domain import workflow
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.lots import Lots
from recommender.records.visits.patients import Identity, Patients
from recommender.web.clinic.auth import access
from recommender.web.clinic.pages import PAGES
from recommender.web.clinic.stores import record_store
from recommender.web.state.draft_store import DraftStore
from recommender.web.ui.fields import plain

TYPED = "Anna *Maria* [x](http://evil.example) $a$ :red[b] <b id=t> `c` #h"
DRAWS = re.compile(r"(?<!\\)(?:\*Maria|\[x\]|\$a|:red|<b id|`c|#h)|http://evil")
NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = date.today()
#: every page, as a role to whom it opens, and the state of the record that it is about
WALK: Sequence[tuple[StaffRole, str, str]] = (
    *(("prescriber", page, "draft") for page in PAGES if page != "accounts"),
    *(("prescriber", "record", state) for state in ("locked", "signed")),
    ("nurse", "record", "draft"),
    ("lead", "patient", "locked"),
    ("admin", "accounts", "locked"),
)
SEARCHED = {"records": ("find-name", "Anna"), "recall": ("lot", TYPED)}


def staff_of(role: StaffRole) -> tuple[Staff, str]:
    """Somebody of a role who is called so, and the token of their session."""
    Accounts(record_store(), QUICK).add(f"a.{role}", PASSWORD, role=role, name=TYPED)
    signed = SignIns(record_store(), QUICK)
    token = signed.sign_in(f"a.{role}", PASSWORD, source="test")
    who = signed.who(token)
    assert who is not None
    return who, token


def visits(of: RecordStore, nurse: Staff, prescriber: Staff) -> tuple[str, dict[str, str]]:
    """A patient who is called so, with a visit in each state in which everything that is typed is so too."""
    patient = Patients(of).add(Identity(name=TYPED, born_on=BORN_ON, contact=TYPED), by=nurse).id
    kept, draft = Consultations(of), begun_before(workflow.begin(shipped(), answers(), by=nurse))
    draft = workflow.decide(draft, "agree", area="glabella", treatment="botulinum_toxin", by=nurse, at=NOW)
    done = TREATED | {
        "informed_on": TODAY,
        "injected_on": TODAY,
        "products": (TOXIN.model_copy(update={"brand": TYPED, "lot": TYPED, "expires_on": TODAY + timedelta(days=90)}),),
        "consent": CONSENTED.model_copy(update={"signed_at": NOW}),
        "aftercare": Aftercare(how="both", leaflet=TYPED, given_at=NOW),
        "follow_up": FollowUp(on=TODAY + timedelta(days=3)),
        "note": TYPED,
    }
    draft = workflow.write(draft, by=nurse, **done)
    review = workflow.begin(shipped(), answers(history={**SAFE, "bleeding_disorder": "yes"}), by=nurse)
    signed = [kept.begin(patient, draft, by=nurse) for _ in range(3)]
    signed = [kept.sign(one.id, one.version, by=nurse, today=TODAY) for one in signed]
    locked = kept.co_sign(signed[0].id, signed[0].version, by=prescriber)
    kept.add_addendum(locked.id, locked.version, TYPED, by=nurse)
    kept.give_back(signed[1].id, signed[1].version, because=TYPED, by=prescriber)
    waits = kept.begin(patient, review, by=nurse)
    lot = {"product": TYPED, "brand": TYPED, "lot": TYPED, "dilution": TYPED, "expires_on": TODAY + timedelta(days=90)}
    for state in ("open", "closed", "recalled"):
        own = Lots(of).add("botulinum_toxin", **{**lot, "lot": f"{TYPED} {state}"}, by=nurse)
        if state != "open":
            Lots(of).change(own.id, "close" if state == "closed" else "recall", by=nurse)
    return patient, {"locked": locked.id, "draft": signed[1].id, "signed": signed[2].id, "waits": waits.id}


def nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


def read_as_markdown(app: AppTest) -> list[str]:
    """Every text of a page that Streamlit reads as Markdown."""
    found: list[Any] = []
    for node in nodes(app._tree):
        proto = getattr(node, "proto", None)
        if proto is None or node.type == "html":
            continue
        shown = [proto, *(getattr(proto, kind, None) for kind in ("expandable", "popover"))]
        found += [getattr(one, name, "") for one in shown for name in ("label", "body", "help")]
        found += list(getattr(proto, "options", ())) if node.type == "radio" else []
    return [text for text in found if isinstance(text, str)]


def written_as_html(app: AppTest) -> list[str]:
    drawn = [json.loads(one.proto.json or "{}") for one in app.get("bidi_component")]
    return [*(note.value for note in app.html), *(str(one.get("html", "")) for one in drawn)]


@pytest.fixture
def become(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:  # noqa: ARG001 (its data folder)
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")
    return lambda token: monkeypatch.setattr(access, "token", lambda: token)


def test_no_page_of_the_clinic_draws_what_somebody_typed(become: Callable[[str], None]) -> None:
    people = {role: staff_of(role) for role in ROLES}
    patient, records = visits(record_store(), people["nurse"][0], people["prescriber"][0])
    shown = []

    for role, page, state in WALK:
        become(people[role][1])
        app = opened({"step": page, "record": records[state], "patient": patient})
        if page in SEARCHED:
            app.text_input(key=SEARCHED[page][0]).set_value(SEARCHED[page][1]).run()
        assert not app.exception, (role, page)
        markdown = read_as_markdown(app)
        assert [text for text in markdown if DRAWS.search(text)] == [], (role, page, state)
        assert [text for text in written_as_html(app) if "<b id" in text] == [], (role, page, state)
        shown += [page] * any(plain(TYPED) in text for text in markdown)

    assert {"patient", "record", "decide", "treat"} <= set(shown)  # and on the pages that name somebody it is there


def test_an_ordinary_name_is_written_as_it_is() -> None:
    for name in ("Anna-Maria O'Brien, Dr. A.", "Zoë Müller-Łukasz", "李小龙"):
        assert plain(name) == name
