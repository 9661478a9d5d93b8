"""Every page in the language for tests: a word in plain letters is one that cannot be translated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import record_samples
import visit_samples
from babel.dates import get_month_names
from plain_letters import left_on
from site_runs import opened
from strategies import further, shipped

from recommender.documents.staff import StaffRole
from recommender.languages import PSEUDO
from recommender.web.clinic.stores import record_store
from recommender.web.state import languages
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import DraftStore, new_token

BOTH = {"person.age": 41, "places": ["glabella", "lips"], "kinds.glabella": ["lines"], "kinds.lips": ["fuller"]}
EVERY_WAY = {
    "both treatments": BOTH | {"detail.glabella.lines.on_movement": "yes", "history.pregnant": "no"},
    "doubts": BOTH | {"history.pregnant": "unsure", "history.blood_thinners": "yes"},
    "under age": {"person.age": 15},
    "elsewhere": {"person.age": 60, "places": ["cheek"], "kinds.cheek": ["pigmentation", "suspicious_lesion"]},
    "nothing": {"person.age": 60},
}


@pytest.fixture(autouse=True)
def _in_the_language_for_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(languages.SETTING, PSEUDO)


def draft(store: DraftStore, values: dict[str, Any], *, after: bool = False, respondent: str = "patient") -> str:
    token = new_token()
    made = Draft({"values": values, "after": after, "respondent": respondent})
    assert made.content()["values"] == values
    store.save(token, made.content())
    return token


@pytest.mark.usefixtures("store")
def test_the_pages_that_need_no_answer_say_nothing_in_plain_letters() -> None:
    steps = ("start", "how", "records", "consultation")

    assert {step: left for step in steps if (left := left_on(opened({"step": step})))} == {}


@pytest.mark.parametrize("way", EVERY_WAY)
def test_no_page_of_the_form_says_anything_in_plain_letters(store: DraftStore, way: str) -> None:
    token = draft(store, EVERY_WAY[way])

    steps = [step for step in ("age", "places", "check", "result") if way != "under age" or step in ("age", "result")]
    steps += [f"place-{number}" for number, _ in enumerate(EVERY_WAY[way].get("places", []), start=1)]

    assert {step: left for step in steps if (left := left_on(opened({"d": token, "step": step})))} == {}


def test_no_question_about_health_is_asked_in_plain_letters(store: DraftStore) -> None:
    token = draft(store, EVERY_WAY["both treatments"])
    steps = [name for name, _, _ in shipped().reference.questions.on_pages() if not name.startswith("after")]

    assert {step: left for step in steps if (left := left_on(opened({"d": token, "step": step})))} == {}


@pytest.mark.parametrize("sign", ["vision_change", "mild_bruise_or_swelling", ""])
def test_nothing_about_an_injection_that_was_had_is_said_in_plain_letters(store: DraftStore, sign: str) -> None:
    values = {f"after_treatment.symptoms.{sign}": "yes"} if sign else {}
    token = draft(store, values, after=True)

    steps = ("after_treatment_urgent", "after_treatment_what", "result")

    assert {step: left for step in steps if (left := left_on(opened({"d": token, "step": step})))} == {}


def test_an_error_is_told_without_plain_letters(store: DraftStore) -> None:
    app = opened({"d": draft(store, {}), "step": "age"})

    app.button(key="continue-age").click().run()

    assert app.text_input(key="person.age") is not None
    assert left_on(app) == set()


#: what the made-up visits have typed, and brands that a nurse reads
TYPED = frozenset(
    [
        *("Nurse", "Prescriber", "Lead", "Admin", "One", "LOT", "Treated", "Signing", "Deciding", "Declined", "Twice", "Often"),
        *("Made", "Up", "brand", "kind", "ml", "saline", "Prefers", "mornings", "was", "told", "what", "can", "go", "wrong"),
        *("toxin", "admin", "consultation", "record", "Azzalure", "Bellafill", "Bocouture", "Botox", "Daxxify", "Dysport"),
        *get_month_names("abbreviated", locale="en").values(),  # a day in a field is read again as it stands
        *(
            "Juv",
            "derm",
            "Ra",
            "Re",
            "Jeuveau",
            "Letybo",
            "Radiesse",
            "Relfydess",
            "Restylane",
            "Sculptra",
            "Vistabel",
            "Xeomin",
        ),
    ]
)


LISTS = ("records", "waiting", "due", "recall", "products", "events", "overrides", "agreement", "history", "accounts", "me")


@pytest.mark.parametrize("role", further(["nurse", "prescriber", "lead", "admin"], "lead"))
def test_no_page_of_the_clinic_says_anything_in_plain_letters_but_what_was_typed(
    sign_in: Callable[[StaffRole], str], role: StaffRole, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (visit_samples, record_samples):
        monkeypatch.setattr(module, "shipped", lambda: shipped().in_language(PSEUDO))
    filled = visit_samples.fill(record_store())
    sign_in(role)
    patient, record = filled.treated.patient_id, filled.again.id
    pages = [{"step": step} for step in LISTS]
    pages += [{"step": "patient", "patient": patient}, {"step": "consultation", "record": record}]
    pages += [{"step": step, "record": one} for step in ("decide", "treat", "record") for one in (record, filled.treated.id)]

    found = {}
    for page in pages:
        ids = f"{patient} {record} {filled.treated.id}"
        left = {one for one in left_on(opened(page)) if (word := one.rpartition(": ")[2]) not in TYPED and word not in ids}
        if left:
            found[" ".join(page.values())] = sorted(left)

    assert found == {}, "\n".join(f"{page}: {left}" for page, left in found.items())
