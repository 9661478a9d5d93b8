"""Handing over as Streamlit runs it: made only on request, kept nowhere, and compared where it is collected."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest
import textstat
from site_runs import SITE, heading, opened, values_of
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from recommender import assess
from recommender.export import render
from recommender.web import consultation_words, handover, session
from recommender.web import handover_words as said
from recommender.web.buttons import FILE, LINK
from recommender.web.draft import Draft
from recommender.web.drafts import DraftStore, new_token
from recommender.web.handover_link import fragment_of, read_fragment
from recommender.web.handover_seen import seen_differences
from recommender.web.result_seen import OptionSeen, ResultSeen

ANSWERED = {
    "person.age": 42,
    "places": ["glabella"],
    "kinds.glabella": ["lines"],
    "detail.glabella.lines.on_movement": "yes",
    "history.pregnant": "no",
}
GIVEN = Draft({"values": ANSWERED}).answers()


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """What the pages give to the browser: the address and the code of each run that made them."""
    monkeypatch.setattr(ContextProxy, "url", "https://clinic.example/prepare/?d=token#take-it-along")
    found: list[tuple[str, str | None]] = []
    monkeypatch.setattr(handover, "link_to_give", lambda address, qr, key: found.append((address, qr)))
    return found


def patients_result(store: DraftStore) -> tuple[AppTest, str]:
    token = new_token()
    store.save(token, Draft({"values": ANSWERED}).content())
    app = opened({"d": token, "step": "result"})
    assert not app.exception
    return app, token


def content_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


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
    assert (content_of(tmp_path), dict(app.query_params)) == (before, query)
    assert app.session_state["hand-over"] is True


def test_what_a_link_holds_begins_a_draft_of_its_own_and_says_that_the_patient_saw_the_same(store: DraftStore) -> None:
    app = handed(opened({"step": "consultation"}), LINK, "#" + fragment_of(assess(session.rules(), GIVEN)))

    assert heading(app) == consultation_words.TITLE
    assert values_of(store, str(app.query_params["d"])) == ANSWERED
    assert said.SEEN_SAME in notes(app)


def test_a_link_told_to_a_server_that_was_started_again_is_opened_once(store: DraftStore) -> None:
    app = AppTest.from_file(str(SITE), default_timeout=30)
    app.query_params["step"] = "consultation"
    app.session_state[LINK] = {"opened": {"text": fragment_of(assess(session.rules(), GIVEN)), "number": 1}}

    app.run()

    assert heading(app) == consultation_words.TITLE
    assert values_of(store, str(app.query_params["d"])) == ANSWERED


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("text", ["#a=1.AAAA", "#a=9.AAAA", "#a=1." + "A" * 30_000])
def test_a_link_that_cannot_be_used_begins_nothing_and_says_so_where_it_was_opened(text: str) -> None:
    app = handed(opened({"step": "consultation"}), LINK, text)

    assert heading(app) == consultation_words.INTRO_TITLE
    assert "d" not in app.query_params
    step, problems = app.session_state["errors"]
    assert (step, list(problems)) == ("consultation", [f"{LINK}.0"])
    assert problems[f"{LINK}.0"].startswith("the link: ")


def test_a_result_that_the_patient_saw_otherwise_stands_on_top_and_is_not_believed(store: DraftStore) -> None:
    document = json.loads(render(assess(session.rules(), GIVEN), "json"))
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
        "rules": session.rules().fingerprint[:23],
    }
    assert said.SEEN_NOTE in notes(app)


def test_what_was_seen_and_cannot_be_read_is_said(store: DraftStore) -> None:
    document = json.loads(render(assess(session.rules(), GIVEN), "json")) | {"options": "something else"}

    app = handed(opened({"step": "consultation"}), FILE, json.dumps(document))

    assert heading(app) == consultation_words.TITLE
    assert said.SEEN_UNREADABLE in notes(app)
    assert values_of(store, str(app.query_params["d"])) == ANSWERED


THEN = ResultSeen(
    outcome="discuss",
    options=(
        OptionSeen(area="glabella", treatment="botulinum_toxin", status="suggested"),
        OptionSeen(area="lips", treatment="dermal_filler", status="suggested"),
    ),
    rules="sha256:0123",
)


def test_each_thing_that_stands_otherwise_is_named_and_the_rules_with_them() -> None:
    here = ResultSeen(
        outcome="review",
        options=(
            OptionSeen(area="glabella", treatment="botulinum_toxin", status="withdrawn"),
            OptionSeen(area="cheek", treatment="dermal_filler", status="review"),
        ),
        rules="sha256:4567",
    )
    reference = session.rules().voice("nurse", "uk").reference
    outcomes, statuses = reference.wording.outcomes, reference.wording.statuses
    toxin, filler = (facts.name for facts in reference.treatments)

    found = [(one.about.text, one.before, one.after) for one in seen_differences(THEN, here, reference)]

    assert found == [
        (consultation_words.OUTCOME, outcomes["discuss"], outcomes["review"]),
        (f"Glabella – {toxin}", statuses["suggested"], statuses["withdrawn"]),
        (f"Cheek (midface) – {filler}", consultation_words.NOT_THERE, statuses["review"]),
        (f"Lips (vermilion) – {filler}", statuses["suggested"], consultation_words.NOT_THERE),
        (said.SEEN_RULES, "sha256:0123", "sha256:4567"),
    ]


def test_other_rules_that_say_the_same_make_no_difference() -> None:
    here = THEN.model_copy(update={"rules": "sha256:4567"})

    assert seen_differences(THEN, here, session.rules().voice("nurse", "uk").reference) == ()


def test_what_patients_read_is_within_reach_at_twelve() -> None:
    texts = [said.LEAD, *said.POINTS, said.QR_HINT, said.QR_TOO_LONG, said.NO_ADDRESS, said.COPIED, said.NOT_COPIED]

    hard = {text: grade for text in texts if (grade := textstat.flesch_kincaid_grade(text)) > 6.5}

    assert hard == {}
