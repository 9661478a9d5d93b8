"""When a page that nobody touches is left, what is deleted then, and what the start says of it."""

from __future__ import annotations

import pytest
from site_runs import heading, opened, start_title
from streamlit.testing.v1 import AppTest

from recommender.records.errors import RecordsError
from recommender.web.patient import idle_timeout
from recommender.web.patient import leaving_words as said
from recommender.web.state.draft import RESPONDENT, Draft
from recommender.web.state.draft_store import DraftStore, new_token
from recommender.web.state.installation import SHARED_VARIABLE


def kept(store: DraftStore, **content: object) -> str:
    token = new_token()
    store.save(token, Draft(dict(content)).content())
    return token


def notes(app: AppTest) -> str:
    return " ".join(note.value for note in app.html)


@pytest.mark.parametrize(("given", "minutes"), [("", 30), ("0", 0), ("5", 5), ("1440", 1440)])
def test_how_long_a_page_may_lie_untouched_is_a_setting(monkeypatch: pytest.MonkeyPatch, given: str, minutes: int) -> None:
    monkeypatch.setenv(idle_timeout.IDLE_VARIABLE, given)

    assert idle_timeout.idle_minutes() == minutes


@pytest.mark.parametrize("given", ["-1", "1441", "half an hour", "2.5", "５"])
def test_a_setting_that_is_no_number_of_minutes_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(idle_timeout.IDLE_VARIABLE, given)

    with pytest.raises(RecordsError, match=idle_timeout.IDLE_VARIABLE):
        idle_timeout.idle_minutes()


@pytest.mark.parametrize(("after", "wait"), [(1800.0, "2 minutes"), (60.0, "30 seconds")])
def test_the_warning_leaves_time_to_answer_it(after: float, wait: str) -> None:
    leave = idle_timeout.leave_after(after, "/", said.SOON, at_once=False, returns=True)

    assert 20 <= leave.warning < after  # WCAG 2.2.1 asks for 20 seconds
    assert wait in leave.words["soon"]


def test_what_was_left_on_a_shared_device_is_deleted_and_the_start_opens(
    store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, "1")
    token = kept(store)

    app = opened({"d": token, "step": idle_timeout.LEFT})

    assert heading(app) == start_title()
    assert store.load(token) is None


def test_what_was_left_at_home_is_kept(store: DraftStore) -> None:
    token = kept(store)

    opened({"d": token, "step": idle_timeout.LEFT})

    assert store.load(token) is not None


def test_a_nurses_draft_is_not_deleted_by_an_address(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, "1")
    token = kept(store, **{RESPONDENT: "nurse"})

    opened({"d": token, "step": idle_timeout.LEFT})

    assert store.load(token) is not None


def test_the_start_says_why_it_is_shown(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    finished, at_home = (notes(opened({"step": step})) for step in (idle_timeout.FINISHED, idle_timeout.LEFT))
    monkeypatch.setenv(SHARED_VARIABLE, "1")
    shared = notes(opened({"step": idle_timeout.LEFT}))

    assert said.FINISHED in finished
    assert said.LEFT.format(minutes=30) in at_home
    assert said.LEFT_SHARED.format(minutes=30) in shared
