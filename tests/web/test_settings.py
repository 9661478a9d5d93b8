"""A setting that cannot be is one kind of error, which the start of the application says in a sentence."""

from __future__ import annotations

import pytest

from recommender.documents.problems import RecommenderError
from recommender.languages import clinic_time
from recommender.web import application
from recommender.web.state.draft_store import DraftStore


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("RECOMMENDER_JURISDICTION", "uc"),
        ("RECOMMENDER_LANGUAGES", "xx"),
        ("RECOMMENDER_TIMEZONE", "Madrid"),
        ("RECOMMENDER_HANDOFF_DAYS", "0"),
        ("RECOMMENDER_DAYS_TO_THINK", "-1"),
        ("RECOMMENDER_IDLE_MINUTES", "x"),
        ("RECOMMENDER_DATA", "/dev/null"),
    ],
)
def test_a_setting_that_cannot_be_is_told_at_the_start(
    store: DraftStore,  # noqa: ARG001 (an empty data folder)
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    value: str,
) -> None:
    before = clinic_time.zone()
    monkeypatch.setenv("RECOMMENDER_HANDOFF_CODES", "1")
    monkeypatch.setenv(setting, value)

    with pytest.raises(RecommenderError, match=setting):
        application._prepare()

    monkeypatch.undo()
    assert clinic_time.zone() == before
