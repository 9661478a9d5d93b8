"""Handing over as Streamlit runs it: made only on request, kept nowhere, and compared where it is collected."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
import textstat
from site_runs import SITE, heading, opened, start_title, values_of
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from recommender import assess
from recommender.export import render
from recommender.records.handover.code import new_code
from recommender.web.consultation import words as consultation_words
from recommender.web.handover import panel as handover_panel
from recommender.web.handover import words as said
from recommender.web.handover.comparison import shown_differences
from recommender.web.handover.link import fragment_of, read_fragment
from recommender.web.handover.receive import CODE, FILE, LINK
from recommender.web.handover.shown_result import ShownOption, ShownResult
from recommender.web.state import installation
from recommender.web.state.draft import Draft
from recommender.web.state.draft_store import DraftStore, new_token

ANSWERED = {
    "person.age": 42,
    "places": ["glabella"],
    "kinds.glabella": ["lines"],
    "detail.glabella.lines.on_movement": "yes",
    "history.pregnant": "no",
}
GIVEN = Draft({"values": ANSWERED}).answers()


pytestmark = pytest.mark.usefixtures("nurse")  # who opens what a patient hands over


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """What the pages give to the browser: the address and the code of each run that made them."""
    monkeypatch.setattr(ContextProxy, "url", "https://clinic.example/prepare/?d=token#take-it-along")
    found: list[tuple[str, str | None]] = []

    def give(address: str, qr: str | None, *, key: str) -> None:
        assert key
        found.append((address, qr))

    monkeypatch.setattr(handover_panel, "link_to_give", give)
    return found


def patients_result(store: DraftStore) -> tuple[AppTest, str]:
    token = new_token()
    store.save(token, Draft({"values": ANSWERED}).content())
    app = opened({"d": token, "step": "result"})
    assert not app.exception
    return app, token


def content_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def handed(app: AppTest, key: str, text: str) -> AppTest:
    """What the browser tells of a file or a link."""
    app.session_state[key] = {"opened": {"text": text, "number": 1}}
    return app.run()


def notes(app: AppTest) -> str:
    return unescape("\n".join(note.value for note in app.html))


def test_nothing_is_made_before_it_is_asked_for(store: DraftStore, given: list[tuple[str, str | None]]) -> None:
    patients_result(store)

    assert given == []


def test_a_link_is_made_on_request_and_nothing_is_kept_of_it(
    store: DraftStore, given: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    app, token = patients_result(store)
    before, query = content_of(tmp_path), dict(app.query_params)

    app.session_state["hand-over"] = True
    app.run()

    assert not app.exception
    ((address, qr),) = given
    start, _, fragment = address.partition("#")
    assert start == "https://clinic.example/prepare/?step=consultation"
    assert values_of(store, token) == ANSWERED
    assert read_fragment(fragment).content()["values"] == ANSWERED
    assert qr is not None
    assert all(point in notes(app) for point in said.POINTS)
    assert said.LINK_MAIL.format(instead=said.MAIL_FILE) in notes(app)
    assert (content_of(tmp_path), dict(app.query_params)) == (before, query)
    assert app.session_state["hand-over"] is True


def test_what_a_link_holds_begins_a_draft_of_its_own_and_says_that_the_patient_saw_the_same(store: DraftStore) -> None:
    app = handed(opened({"step": "consultation"}), LINK, "#" + fragment_of(assess(installation.rules(), GIVEN)))

    assert heading(app) == consultation_words.TITLE
    assert values_of(store, str(app.query_params["d"])) == ANSWERED
    assert said.SEEN_SAME in notes(app)


def test_a_link_told_to_a_server_that_was_started_again_is_opened_once(store: DraftStore) -> None:
    app = AppTest.from_file(str(SITE), default_timeout=30)
    app.query_params["step"] = "consultation"
    app.session_state[LINK] = {"opened": {"text": fragment_of(assess(installation.rules(), GIVEN)), "number": 1}}

    app.run()

    assert heading(app) == consultation_words.TITLE
    assert values_of(store, str(app.query_params["d"])) == ANSWERED


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("text", ["#a=1.AAAA", "#a=9.AAAA", "#a=1." + "A" * 30_000])
def test_a_link_that_cannot_be_used_begins_nothing_and_says_so_where_it_was_opened(text: str) -> None:
    app = handed(opened({"step": "consultation"}), LINK, text)

    assert heading(app) == consultation_words.INTRO_TITLE
    assert "d" not in app.query_params
    step, problems, _ = app.session_state["errors"]
    assert (step, list(problems)) == ("consultation", [f"{LINK}.0"])
    assert problems[f"{LINK}.0"].startswith("the link: ")


def test_a_result_that_the_patient_saw_otherwise_stands_on_top_and_is_not_believed(store: DraftStore) -> None:
    document = json.loads(render(assess(installation.rules(), GIVEN), "json"))
    document["outcome"] = "nothing_found"
    document["options"] = [
        {**document["options"][0], "status": "withdrawn"},
        {"area": "lips", "treatment": "dermal_filler", "status": "suggested"},
    ]
    document["rules"]["fingerprint"] = "sha256:0123456789abcdef0123"

    app = handed(opened({"step": "consultation"}), FILE, json.dumps(document))

    assert heading(app) == consultation_words.TITLE
    token = str(app.query_params["d"])
    kept = store.load(token)
    assert kept is not None
    assert values_of(store, token) == ANSWERED
    assert kept["handed"]["then"]["outcome"] == "nothing_found"
    assert kept["handed"]["here"] == {
        "outcome": "discuss",
        "options": [{"area": "glabella", "treatment": "botulinum_toxin", "status": "suggested"}],
        "rules": installation.rules().fingerprint[:23],
    }
    assert said.SEEN_NOTE in notes(app)


def test_what_was_seen_and_cannot_be_read_is_said(store: DraftStore) -> None:
    document = json.loads(render(assess(installation.rules(), GIVEN), "json")) | {"options": "something else"}

    app = handed(opened({"step": "consultation"}), FILE, json.dumps(document))

    assert heading(app) == consultation_words.TITLE
    assert said.SEEN_UNREADABLE in notes(app)
    assert values_of(store, str(app.query_params["d"])) == ANSWERED


THEN = ShownResult(
    outcome="discuss",
    options=(
        ShownOption(area="glabella", treatment="botulinum_toxin", status="suggested"),
        ShownOption(area="lips", treatment="dermal_filler", status="suggested"),
    ),
    rules="sha256:0123",
)


def test_each_thing_that_stands_otherwise_is_named_and_the_rules_with_them() -> None:
    here = ShownResult(
        outcome="review",
        options=(
            ShownOption(area="glabella", treatment="botulinum_toxin", status="withdrawn"),
            ShownOption(area="cheek", treatment="dermal_filler", status="review"),
        ),
        rules="sha256:4567",
    )
    reference = installation.rules().voice("nurse", "uk").reference
    outcomes, statuses = reference.wording.outcomes, reference.wording.statuses
    toxin, filler = (facts.name for facts in reference.treatments)

    found = [(one.about.text, one.before, one.after) for one in shown_differences(THEN, here, reference)]

    assert found == [
        (consultation_words.OUTCOME, outcomes["discuss"], outcomes["review"]),
        (f"Glabella – {toxin}", statuses["suggested"], statuses["withdrawn"]),
        (f"Cheek (midface) – {filler}", consultation_words.NOT_THERE, statuses["review"]),
        (f"Lips (vermilion) – {filler}", statuses["suggested"], consultation_words.NOT_THERE),
        (said.SEEN_RULES, "sha256:0123", "sha256:4567"),
    ]


def test_other_rules_that_say_the_same_make_no_difference() -> None:
    here = THEN.model_copy(update={"rules": "sha256:4567"})

    assert shown_differences(THEN, here, installation.rules().voice("nurse", "uk").reference) == ()


def test_what_patients_read_is_within_reach_at_twelve() -> None:
    of_the_link = [said.LEAD, *said.POINTS, said.QR_HINT, said.QR_TOO_LONG, said.NO_ADDRESS, said.COPIED, said.NOT_COPIED]
    of_the_code = [said.CODE_TITLE, said.CODE_LEAD, said.CODE_MAKE, said.CODE_ONCE, said.CODE_CARE, said.CODE_OLD]
    texts = [text.format(days=14, day="6 May 2026") if "{" in text else text for text in (*of_the_link, *of_the_code)]

    hard = {text: grade for text in texts if (grade := textstat.flesch_kincaid_grade(text)) > 6.5}

    assert hard == {}


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that offers codes."""
    monkeypatch.setenv("RECOMMENDER_HANDOFF_CODES", "1")


def made(app: AppTest) -> str:
    """The code that the page shows."""
    found = re.search(r'class="characters">([2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5})<', notes(app))
    assert found is not None
    return found[1]


def with_a_code(store: DraftStore) -> tuple[AppTest, str]:
    app, _ = patients_result(store)
    app.session_state["hand-over"] = True
    app.run()
    app.button(key="make-code-result").click().run()
    assert not app.exception
    return app, made(app)


def typed(app: AppTest, code: str) -> AppTest:
    app.text_input(key=CODE).set_value(code)
    return app.button(key="open-code-consultation").click().run()


def handovers(folder: Path) -> int:
    with sqlite3.connect(folder / "handovers.sqlite") as database:
        (found,) = database.execute("SELECT count(*) FROM handed").fetchone()
    database.close()
    return int(found)


def test_where_codes_are_off_no_page_has_one_and_no_file_is_made(
    store: DraftStore, given: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    app, _ = patients_result(store)
    app.session_state["hand-over"] = True
    app.run()
    clinic = opened({"step": "consultation"})

    assert len(given) == 1
    assert [one.key for one in (*app.button, *clinic.button) if "code" in str(one.key)] == []
    assert not (tmp_path / "handovers.sqlite").exists()


@pytest.mark.usefixtures("codes")
def test_nothing_is_kept_before_a_code_is_asked_for(store: DraftStore, tmp_path: Path) -> None:
    app, _ = patients_result(store)

    app.session_state["hand-over"] = True
    app.run()

    assert said.CODE_LEAD.format(days=14) in notes(app)
    assert not (tmp_path / "handovers.sqlite").exists()


@pytest.mark.usefixtures("codes")
def test_a_code_is_shown_with_its_day_collected_once_and_destroyed(store: DraftStore, tmp_path: Path) -> None:
    app, code = with_a_code(store)
    last = datetime.now(tz=UTC) + timedelta(days=14)
    assert f"until {last.day} {last:%B %Y}" in notes(app)
    assert made(app.run()) == code
    assert [one.key for one in app.button if one.key == "make-code-result"] == []
    assert code not in str(dict(app.query_params))

    clinic = typed(opened({"step": "consultation"}), code.lower())
    assert heading(clinic) == consultation_words.TITLE
    assert values_of(store, str(clinic.query_params["d"])) == ANSWERED
    assert said.SEEN_SAME in notes(clinic)
    assert handovers(tmp_path) == 0
    again = typed(opened({"step": "consultation"}), code)

    assert heading(again) == consultation_words.INTRO_TITLE
    assert said.CODE_REFUSED["unknown"] in notes(again)


@pytest.mark.usefixtures("codes", "store")
@pytest.mark.parametrize(("code", "why"), [("", "mistyped"), ("HELLO", "mistyped"), ("23456-789AB-CDEFR", "unknown")])
def test_a_code_that_opens_nothing_says_why_and_begins_nothing(code: str, why: str) -> None:
    app = typed(opened({"step": "consultation"}), code)

    assert heading(app) == consultation_words.INTRO_TITLE
    assert "d" not in app.query_params
    assert said.CODE_REFUSED[why] in notes(app)


@pytest.mark.slow
@pytest.mark.usefixtures("codes", "store")
def test_too_many_wrong_codes_are_refused() -> None:
    app = opened({"step": "consultation"})

    for _ in range(10):
        typed(app, new_code())
    assert said.CODE_REFUSED["unknown"] in notes(app)
    typed(app, new_code())

    assert said.CODE_REFUSED["too_many"] in notes(app)


@pytest.mark.usefixtures("codes")
def test_other_answers_need_another_code_which_takes_the_place_of_the_first(store: DraftStore, tmp_path: Path) -> None:
    app, first = with_a_code(store)
    store.save(str(app.query_params["d"]), Draft({"values": {**ANSWERED, "history.pregnant": "yes"}}).content())

    app.run()
    assert said.CODE_OLD in notes(app)
    app.button(key="make-code-result").click().run()

    assert made(app) != first
    assert said.CODE_OLD not in notes(app)
    assert handovers(tmp_path) == 1


@pytest.mark.usefixtures("codes")
def test_where_too_many_codes_were_made_the_page_says_so_and_the_older_one_holds(
    store: DraftStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = with_a_code(store)
    store.save(str(app.query_params["d"]), Draft({"values": {**ANSWERED, "history.pregnant": "yes"}}).content())
    monkeypatch.setattr("recommender.records.handover.store.MADE_IN_ALL", 1)

    app.run()
    app.button(key="make-code-result").click().run()

    assert str(said.CODE_NONE) in notes(app)
    assert handovers(tmp_path) == 1


@pytest.mark.usefixtures("codes")
def test_deleting_the_answers_deletes_what_this_window_left_under_a_code(store: DraftStore, tmp_path: Path) -> None:
    app, _ = with_a_code(store)
    assert handovers(tmp_path) == 1

    app.button(key="delete-result").click().run()

    assert heading(app) == start_title("uk")
    assert handovers(tmp_path) == 0
