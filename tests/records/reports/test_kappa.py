"""How well patients and nurses agree: figures that a textbook confirms, and none where they would mislead."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_samples import ADMIN, FROWN, LEAD, NOW, NURSE, SAFE, TODAY, answers
from strategies import shipped

from recommender.cli import main
from recommender.documents.consultation import Consultation, Grading
from recommender.documents.vocabulary import SEVERITIES
from recommender.knowledge import shipped_rules
from recommender.records.domain.permissions import NotAllowed
from recommender.records.domain.workflow import begin, decide, record_findings, write
from recommender.records.opening import open_records
from recommender.records.reports.agreement import (
    FEWEST,
    ONE_WORD,
    TOO_FEW,
    Agreement,
    Figures,
    Kappa,
    agreement,
    answers_of_visits,
    kappa,
)
from recommender.records.storage.record_store import RecordStore
from recommender.records.visits.consultations import Consultations
from recommender.records.visits.patients import Identity, Patients

pytestmark = pytest.mark.slow  # the library of statistics takes seconds to load
Visit = tuple[dict[str, Any], dict[str, Any], tuple[Grading, ...]]


def _draft(said: dict[str, Any], found: dict[str, Any], gradings: tuple[Grading, ...] = ()) -> Consultation:
    """A visit in which nothing was injected."""
    draft = begin(shipped(), answers(**said), by=NURSE)
    draft = record_findings(draft, shipped(), findings=answers(**found), by=NURSE)
    for option in draft.nurse.assessment.options:
        to = {"area": option.area, "treatment": option.treatment, "by": NURSE, "at": NOW}
        draft = decide(draft, "decline", reason="action-not-priority", **to)
    return write(draft, by=NURSE, injected="no", gradings=gradings)


def _keep(store: RecordStore, drafts: Iterable[Consultation], *, signed: bool = True) -> None:
    visits = Consultations(store)
    patient = Patients(store).add(Identity(name="Somebody Made-Up"), by=NURSE, anyway=True)
    for draft in drafts:
        kept = visits.begin(patient.id, draft, by=NURSE)
        if signed:
            visits.sign(kept.id, kept.version, by=NURSE, today=TODAY)


def _history(said: str | None, found: str | None) -> Consultation:
    """A visit about no place, with one answer of each of the two about diabetes."""
    parts: list[dict[str, Any]] = [
        {"concerns": [], "history": SAFE if word is None else {**SAFE, "diabetes": word}} for word in (said, found)
    ]
    return _draft(parts[0], parts[1])


def _of(found: tuple[Agreement, ...], question: str) -> Agreement:
    return next(one for one in found if one.question == question)


def _times(*drafts: tuple[int, Consultation]) -> list[Consultation]:
    return [draft for times, draft in drafts for _ in range(times)]


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ([[20, 5], [10, 15]], 0.4),  # 0.7 agree, 0.5 by chance
        ([[45, 15], [25, 15]], 0.06 / 0.46),  # 0.6 agree, 0.54 by chance
        ([[25, 35], [5, 35]], 0.14 / 0.54),  # 0.6 agree, 0.46 by chance
    ],
)
def test_a_kappa_is_what_a_hand_computes(table: list[list[int]], value: float) -> None:
    found = kappa(table, ordered=False)

    assert found is not None
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("table", "ordered", "value", "interval"),
    [  # printed by SAS PROC FREQ: its Getting Started example of two dermatologists, and three grades of 19 people
        ([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]], False, 0.3449, (0.2030, 0.4868)),
        ([[0, 4, 1], [0, 8, 0], [0, 1, 5]], False, 0.4842, (0.2137, 0.7547)),
        ([[0, 4, 1], [0, 8, 0], [0, 1, 5]], True, 0.4701, (0.1845, 0.7558)),
    ],
)
def test_kappa_and_its_interval_are_those_that_are_published(
    table: list[list[int]], value: float, interval: tuple[float, float], *, ordered: bool
) -> None:
    found = kappa(table, ordered=ordered)

    assert found is not None
    assert (found.value, *(found.interval or ())) == pytest.approx((value, *interval), abs=6e-5)


def _by_hand(table: list[list[int]]) -> float:
    """One less the disagreement seen over that of chance, each step apart counting the same."""
    count, size = sum(map(sum, table)), range(len(table))
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    seen = sum(abs(i - j) * table[i][j] for i in size for j in size) / count
    chance = sum(abs(i - j) * rows[i] * columns[j] for i in size for j in size) / count**2
    return 1 - seen / chance


@given(st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=4, max_size=4))
def test_a_weighted_kappa_is_that_of_its_definition_and_lies_in_its_interval(table: list[list[int]]) -> None:
    found = kappa(table, ordered=True)

    if found is None:
        used = [sum(map(bool, map(sum, side))) for side in (table, list(zip(*table, strict=True)))]
        assert min(used) < 2
        return
    assert found.value == pytest.approx(_by_hand(table))
    if found.interval is not None:
        low, high = found.interval
        assert -1 <= low <= found.value <= high <= 1


@pytest.mark.parametrize("table", [[[30, 0], [0, 0]], [[0, 0], [0, 30]], [[10, 20], [0, 0]], [[10, 0], [20, 0]]])
def test_where_one_of_the_two_always_says_the_same_there_is_no_kappa(table: list[list[int]]) -> None:
    assert kappa(table, ordered=False) is None


def test_perfect_agreement_has_no_interval_of_no_width() -> None:
    assert kappa([[10, 0], [0, 20]], ordered=False) == Kappa(1.0, None)


def test_answers_and_findings_are_paired_and_what_is_no_pair_is_counted_apart(store: RecordStore) -> None:
    drafts = _times(
        (8, _history("yes", "yes")),
        (2, _history("yes", "no")),
        (4, _history("no", "yes")),
        (6, _history("no", "no")),
        (3, _history("unsure", "yes")),
        (1, _history(None, "unsure")),
        (2, _history(None, "no")),
        (1, _history("yes", None)),
        (5, _history(None, None)),
    )
    _keep(store, drafts)

    found = _of(agreement(store, by=LEAD), "history.diabetes")

    assert found.figures is not None
    assert found.figures._replace(kappa=None) == Figures(pairs=20, same=14, graded=0, unsure=4, alone=3, kappa=None)
    assert found.figures.kappa is not None
    assert found.figures.kappa.value == pytest.approx(0.4)  # 0.7 agree, 0.5 by chance
    assert found.at_most


def test_of_too_few_pairs_nothing_is_shown_but_that_they_are(store: RecordStore) -> None:
    _keep(store, _times((FEWEST - 1, _history("yes", "no")), (9, _history("unsure", "no"))))

    found = _of(agreement(store, by=LEAD), "history.diabetes")

    assert (found.figures, found.remark) == (None, TOO_FEW)


def test_where_nothing_varies_that_is_said_instead_of_a_figure(store: RecordStore) -> None:
    _keep(store, _times((FEWEST, _history("no", "no"))))

    found = _of(agreement(store, by=LEAD), "history.diabetes")

    assert found.figures == Figures(FEWEST, FEWEST, 0, 0, 0, None)
    assert found.remark == ONE_WORD


def test_drafts_and_what_no_patient_answered_do_not_count(store: RecordStore) -> None:
    by_a_nurse = begin(shipped(), answers(respondent="nurse", concerns=[]), by=NURSE)
    _keep(store, _times((FEWEST, _history("yes", "no"))), signed=False)
    _keep(store, (write(by_a_nurse, by=NURSE, injected="no"),))

    assert agreement(store, by=LEAD) == ()


def test_a_nurses_grading_is_her_own_finding_and_its_words_have_an_order(store: RecordStore) -> None:
    drafts = [
        _draft(
            {"concerns": [{**FROWN, "severity": said}]},
            {"concerns": [{**FROWN, "severity": said}]},
            (Grading(area="glabella", kind="lines", at_rest=graded, on_movement="severe"),),
        )
        for said, graded in zip(SEVERITIES, (*SEVERITIES[1:], "severe"), strict=True)
    ]
    _keep(store, _times(*((6, draft) for draft in drafts)))

    found = agreement(store, by=LEAD)

    severity = _of(found, "glabella/lines.severity")
    assert (severity.ordered, severity.at_most) == (True, False)
    assert severity.figures is not None
    assert (severity.figures.pairs, severity.figures.same, severity.figures.graded) == (24, 6, 24)
    assert severity.figures.kappa is not None
    # none→mild, mild→moderate, moderate→severe, severe→severe: three quarters one step apart; by chance 20 steps in 16
    assert severity.figures.kappa.value == pytest.approx(1 - 0.75 / (20 / 16))
    assert _of(found, "glabella/lines.at_rest").figures == Figures(24, 0, 24, 0, 0, None)  # said "no", graded mild and more


def test_whether_a_concern_was_named_is_counted_over_every_visit_once_enough_named_it(store: RecordStore) -> None:
    frown, nothing = {"concerns": [FROWN]}, {"concerns": []}
    _keep(store, _times((12, _draft(frown, frown)), (7, _draft(frown, nothing)), (11, _draft(nothing, nothing))))
    before = _of(agreement(store, by=LEAD), "glabella/lines")
    _keep(store, [_draft(nothing, frown)])

    after = _of(agreement(store, by=LEAD), "glabella/lines")

    assert before.figures is None
    assert after.figures is not None
    assert (after.figures.pairs, after.figures.same) == (31, 23)


def test_who_may_not_read_records_is_told_no_figure(store: RecordStore) -> None:
    with pytest.raises(NotAllowed, match="admin"):
        agreement(store, by=ADMIN)


def test_two_versions_of_the_rules_are_tried_on_what_nurses_found_in_signed_records(store: RecordStore) -> None:
    _keep(store, [_history("yes", "no"), _history("no", "yes")])
    _keep(store, [_history("yes", "yes")], signed=False)

    found = [answers.history.diabetes for answers in answers_of_visits(store, by=LEAD)]

    assert sorted(map(str, found)) == ["no", "yes"]
    with pytest.raises(NotAllowed, match="admin"):
        next(answers_of_visits(store, by=ADMIN))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Callable[..., str]:
    """Runs a command of an installation that starts with nothing."""
    monkeypatch.setenv("RECOMMENDER_DATA", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "RECOMMENDER_KEYS"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> str:
        command = arguments if arguments[:1] == ("rules",) else ("records", "agreement", *arguments)
        monkeypatch.setattr(sys, "argv", ["recommender", *command])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        return capsys.readouterr().out

    return call


def test_the_command_says_what_a_kappa_rests_on_and_writes_the_same_as_csv(run: Callable[..., str]) -> None:
    store = open_records()
    _keep(store, _times((20, _history("yes", "yes")), (5, _history("yes", "no")), (10, _history("no", "yes"))))
    _keep(store, _times((15, _history("no", "no"))))
    store.engine.dispose()

    shown, written = run(), run("--format", "csv")

    (row,) = [
        one
        for one in csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline=""))
        if one["question"] == "history.diabetes"
    ]
    assert "a copy left unchanged counts as agreement" in shown
    assert all(cell in shown for cell in row.values())
    assert (row["pairs"], row["same"], row["kappa"], row["at_most"]) == ("50", "35", "0.40", "yes")
    assert float(row["low"]) < 0.4 < float(row["high"])


@pytest.mark.slow
def test_the_command_that_compares_rules_counts_the_signed_records(run: Callable[..., str]) -> None:
    store = open_records()
    _keep(store, _times((3, _history("yes", "yes"))))
    store.engine.dispose()

    said = run("rules", "diff", str(shipped_rules()), "--records")

    assert "nothing is concluded otherwise of anybody" in said
    assert "of 3 people who answered, 0 are told otherwise, 0 of them weaker" in said
