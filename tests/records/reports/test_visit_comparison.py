"""One patient's visits side by side: what is different is flagged, and what nobody said is never taken for a "no"."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_samples import FROWN, LIPS, NOW, NURSE, SAFE, TODAY, TOXIN, answers, begun, whole
from strategies import answers_documents, shipped

from recommender.documents import read_answers
from recommender.documents.consultation import Consultation, Grading
from recommender.records.domain.answer_table import answer_table
from recommender.records.domain.assessed_answers import assess_answers
from recommender.records.domain.workflow import decide, record_findings, write
from recommender.records.errors import RecordsError
from recommender.records.reports.visit_comparison import Injected, VisitComparison, compare_visits
from recommender.records.visits.consultations import Kept


def _kept(number: int, consultation: Consultation, patient: str = "somebody") -> Kept:
    at = NOW + timedelta(days=100 * number)
    return Kept(f"visit {number}", patient, 1, NURSE.id, at, at, consultation)


def _side_by_side(*consultations: Consultation) -> VisitComparison:
    return compare_visits([_kept(number, one) for number, one in enumerate(consultations)])


def _found(*concerns: dict[str, Any], **history: str) -> Consultation:
    return record_findings(begun(), shipped(), findings=answers(concerns=list(concerns), history={**SAFE, **history}), by=NURSE)


def _row(found: VisitComparison, about: str) -> list[tuple[str, str]]:
    (row,) = [row for row in found.rows if row.about == about]
    return [(" ".join(cell.words), cell.since) for cell in row.cells]


def test_each_finding_stands_beside_that_of_the_visit_before() -> None:
    found = _side_by_side(_found(FROWN), _found({**FROWN, "at_rest": "yes"}), _found({**FROWN, "at_rest": "yes"}))

    assert _row(found, "glabella/lines.at_rest") == [("no", "first visit"), ("yes", "changed"), ("yes", "same")]
    assert [row.about for row in found.rows if row.changed] == ["glabella/lines.at_rest"]


def test_what_was_not_said_is_no_answer_and_a_change_to_or_from_it_is_flagged() -> None:
    found = _side_by_side(_found(FROWN), _found(FROWN, diabetes="no"), _found(FROWN))

    assert _row(found, "history.diabetes") == [("", "first visit"), ("no", "newly said"), ("", "no longer said")]


def test_a_concern_is_the_same_one_whatever_else_was_named_before_it() -> None:
    found = _side_by_side(_found(LIPS), _found(FROWN, LIPS), _found(FROWN))

    assert _row(found, "lips/fuller") == [("named", "first visit"), ("named", "same"), ("", "no longer said")]
    assert _row(found, "glabella/lines") == [("", "first visit"), ("named", "newly said"), ("named", "same")]


def test_one_thing_named_in_two_ways_keeps_both() -> None:
    found = _side_by_side(_found(FROWN, {**FROWN, "at_rest": "yes"}))

    assert _row(found, "glabella/lines.at_rest") == [("no yes", "first visit")]


def test_gradings_are_compared_too() -> None:
    milder = Grading(area="glabella", kind="lines", at_rest="none", on_movement="mild")

    found = _side_by_side(whole(), write(whole(), by=NURSE, gradings=(milder,)))

    assert _row(found, "gradings.glabella/lines.on_movement") == [("moderate", "first visit"), ("mild", "changed")]
    assert _row(found, "gradings.glabella/lines.at_rest") == [("none", "first visit"), ("none", "same")]


def test_each_visit_says_what_was_decided_last_and_what_was_injected_where() -> None:
    declined = {"area": "glabella", "treatment": "botulinum_toxin", "reason": "action-not-priority", "by": NURSE, "at": NOW}
    chin = TOXIN.points[0].model_copy(update={"area": "chin", "amount": Decimal("1.5")})
    treated = write(whole(), by=NURSE, products=(TOXIN.model_copy(update={"points": (*TOXIN.points, chin)}),))

    first, second = _side_by_side(treated, write(decide(whole(), "decline", **declined), by=NURSE, injected=None)).visits

    assert [one.choice for one in first.decided] == ["agree"]
    assert (first.id, first.state, first.injected_on) == ("visit 0", "draft", TODAY)
    assert first.injected == (
        Injected("glabella", "botulinum_toxin", "a kind", "a brand", "LOT-1 a", Decimal("8.5"), "units"),
        Injected("chin", "botulinum_toxin", "a kind", "a brand", "LOT-1 a", Decimal("1.5"), "units"),
    )
    assert [one.choice for one in second.decided] == ["decline"]
    assert second.injected == ()


def test_the_patients_own_answers_are_not_what_was_found() -> None:
    assert begun().patient is not None
    found = _side_by_side(begun(), _found({**FROWN, "at_rest": "yes"}))

    assert _row(found, "glabella/lines.at_rest")[1] == ("yes", "changed")


def test_nobody_has_visits_and_two_people_have_none_in_common() -> None:
    assert compare_visits([]) == VisitComparison((), ())
    with pytest.raises(RecordsError, match="visit 1: is another patient's"):
        compare_visits([_kept(0, begun()), _kept(1, begun(), "somebody else")])


@given(st.lists(answers_documents(), min_size=1, max_size=2))
def test_whatever_was_found_stands_in_the_table_once_and_nothing_else(found: list[dict[str, Any]]) -> None:
    given_answers = [read_answers(one) for one in found]
    visits = [begun().model_copy(update={"nurse": assess_answers(shipped(), one)}) for one in given_answers]

    rows = _side_by_side(*visits).rows

    assert len({row.about for row in rows}) == len(rows)
    for number, one in enumerate(given_answers):
        assert {row.about: row.cells[number].words for row in rows if row.cells[number].words} == answer_table(one)
        if number:
            assert all((row.cells[number - 1].words != row.cells[number].words) == row.cells[number].changed for row in rows)
