"""Two nurses on one record at once: the second is told, what both changed waits to be settled, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from site_runs import opened
from staff import session_of
from streamlit.testing.v1 import AppTest
from test_record_pages import MUSCLE, kept, key_of, page, said, staff, stored, treated

from recommender.documents.staff import Staff, StaffRole
from recommender.records.domain import workflow
from recommender.records.visits.consultations import Consultations, Kept
from recommender.web.clinic import words
from recommender.web.clinic.stores import consultations, record_store, sign_ins
from recommender.web.clinic.treatment import decide_words
from recommender.web.state import installation, session
from recommender.web.state.autosave import FACE, SHEET

SignIn = Callable[[StaffRole], str]


@pytest.fixture(autouse=True)
def _in_the_uk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOMMENDER_JURISDICTION", "uk")


def own(name: str, record: str) -> str:
    visit = object.__new__(session.Visit)
    visit._token = record
    return visit.key(name)


def told(app: AppTest, record: str, *changes: tuple[int, str, Any]) -> AppTest:
    """What the sheet in the browser tells."""
    app.session_state[own(SHEET, record)] = {"changes": [list(change) for change in changes]}
    app.run()
    assert not app.exception
    return app


def another_nurse_finds(record: Kept, **history: str) -> Staff:
    """Somebody else saves other findings, with an account of their own."""
    from staff import session_of

    other = sign_ins().who(session_of(record_store(), "prescriber", "the.other"))
    assert other is not None
    now = consultations().get(record.id, by=other)
    document = now.consultation.nurse.answers.document()
    document["history"].update(history)
    found = workflow.record_findings(now.consultation, installation.rules(), findings=document, by=other)
    consultations().save(record.id, now.version, found, by=other)
    return other


def history(record: Kept, by: Staff) -> dict[str, Any]:
    return dict(stored(record, by).nurse.answers.document()["history"])


@pytest.mark.slow
def test_what_two_nurses_answer_apart_is_kept_of_both_and_the_second_is_told(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    app = opened({"step": "consultation", "record": visit.id})
    other = another_nurse_finds(visit, diabetes="yes")

    told(app, visit.id, (1, "history.blood_thinners", "yes"))

    found = history(visit, nurse)
    assert (found["diabetes"], found["blood_thinners"]) == ("yes", "yes")
    assert f"{other.name} changed this consultation at" in said(app)


@pytest.mark.parametrize(
    ("theirs", "stands", "waiting"), [("diabetes", "unsure", []), ("blood_thinners", "yes", [words.CLASH])]
)
def test_what_another_server_keeps_at_the_same_moment_stands_and_nothing_is_lost(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, theirs: str, stands: str, waiting: list[str]
) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    app = opened({"step": "consultation", "record": visit.id})
    save, first = Consultations.save, []

    def saved_second(self: Consultations, *args: Any, **named: Any) -> Kept:
        if not first:
            first.append(True)
            another_nurse_finds(visit, **{theirs: "yes"})
        return save(self, *args, **named)

    monkeypatch.setattr(Consultations, "save", saved_second)
    told(app, visit.id, (1, "history.blood_thinners", "unsure"))

    found = history(visit, nurse)
    assert found[theirs] == "yes"
    assert found["blood_thinners"] == stands
    assert [one for one in [words.CLASH] if one in said(app)] == waiting


@pytest.mark.slow
@pytest.mark.parametrize(("press", "stands"), [("mine-", "unsure"), ("theirs-", "yes")])
def test_what_two_nurses_answer_differently_waits_until_one_is_chosen(sign_in: SignIn, press: str, stands: str) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    app = opened({"step": "consultation", "record": visit.id})
    another_nurse_finds(visit, pregnant="yes")

    told(app, visit.id, (1, "history.pregnant", "unsure"))
    assert history(visit, nurse)["pregnant"] == "yes"
    assert "they say “Yes”, you say “Not known”" in said(app)
    app.button(key=next(str(b.key) for b in app.button if str(b.key).startswith(press))).click().run()

    assert not app.exception
    assert history(visit, nurse)["pregnant"] == stands
    assert words.CLASH not in said(app)


@pytest.mark.slow
def test_a_place_that_somebody_else_pointed_at_is_not_taken_back_by_an_older_page(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    app = opened({"step": "consultation", "record": visit.id})
    app.session_state[own(FACE, visit.id)] = {"choice": {"places": ["glabella", "chin"], "count": 1}}
    app.run()
    now = consultations().get(visit.id, by=nurse)
    document = now.consultation.nurse.answers.document()
    document["concerns"].append({"area": "lips", "kind": "fuller"})
    consultations().save(
        visit.id,
        now.version,
        workflow.record_findings(now.consultation, installation.rules(), findings=document, by=nurse),
        by=nurse,
    )

    told(app, visit.id, (1, "history.diabetes", "no"))

    areas = [concern["area"] for concern in stored(visit, nurse).nurse.answers.document()["concerns"]]
    assert areas == ["glabella", "lips"]


def test_gradings_are_kept_with_the_record_and_shown_again(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    app = opened({"step": "consultation", "record": visit.id})

    told(app, visit.id, (1, "grading.glabella.lines.on_movement", "severe"), (2, "grading.glabella.lines.at_rest", "none"))

    [grading] = stored(visit, nurse).gradings
    assert (grading.area, grading.on_movement, grading.at_rest) == ("glabella", "severe", "none")


@pytest.mark.slow
def test_what_one_is_about_to_decide_stays_typed_while_somebody_else_decides_and_is_not_kept_unseen(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse)
    app = page("decide", visit.id)
    app.radio(key=key_of(app, f"choice-{MUSCLE}")).set_value("decline").run()
    app.text_area(key=key_of(app, f"note-{MUSCLE}")).set_value("Wants to wait.")
    app.selectbox(key=key_of(app, f"reason-{MUSCLE}")).set_value("does-not-align-preferences").run()
    other = another_decides(visit)

    app.button(key=key_of(app, f"keep-{MUSCLE}")).click().run()

    assert not app.exception
    assert [one.by for one in stored(visit, nurse).decisions] == [other]
    assert decide_words.CONFLICT in said(app)
    assert app.text_area(key=key_of(app, f"note-{MUSCLE}")).value == "Wants to wait."
    app.button(key=key_of(app, f"keep-{MUSCLE}")).click().run()
    assert [(one.by, one.note) for one in stored(visit, nurse).decisions] == [(other, ""), (nurse, "Wants to wait.")]


def another_decides(record: Kept) -> Staff:
    other = sign_ins().who(session_of(record_store(), "prescriber", "the.other"))
    assert other is not None
    now = consultations().get(record.id, by=other)
    place = {"area": "glabella", "treatment": "botulinum_toxin"}
    decided = workflow.decide(now.consultation, "agree", by=other, at=datetime.now(UTC), **place)
    consultations().save(record.id, now.version, decided, by=other)
    return other


def test_a_finding_that_comes_after_the_signature_is_not_kept_and_that_is_said(sign_in: SignIn) -> None:
    nurse = staff(sign_in, "nurse")
    visit = kept(nurse, **treated())
    app = opened({"step": "consultation", "record": visit.id})
    another_decides(visit)
    consultations().sign(visit.id, consultations().get(visit.id, by=nurse).version, by=nurse, today=date.today())

    told(app, visit.id, (1, "history.diabetes", "yes"))

    assert "diabetes" not in history(visit, nurse)
    assert words.NOT_KEPT.partition("{")[0] in said(app)


def test_a_patient_who_is_not_there_any_more_leaves_the_draft_to_be_kept_for_another(sign_in: SignIn) -> None:
    staff(sign_in, "nurse")
    app = opened({"step": "consultation", "patient": "x" * 22})

    app.button(key="begin-consultation-consultation").click().run()

    assert not app.exception
    assert words.WHOSE in said(app)
