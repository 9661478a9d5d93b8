"""What stands differently between two assessments is told, all of it and nothing else."""

from __future__ import annotations

from typing import Any

from recommender import Assessment, RuleBase, assess
from recommender.web.consultation.differences import differences
from recommender.web.consultation.what_if import trial
from recommender.web.state.draft import Draft

FROWN = {"area": "glabella", "kind": "lines", "on_movement": "yes", "at_rest": "no"}


def assessed(rules: RuleBase, **given: Any) -> Assessment:
    return assess(rules, {"respondent": "nurse", "person": {"age": 42}, "concerns": [FROWN], **given})


def told(first: Assessment, second: Assessment) -> list[tuple[str, str, str, str]]:
    return [(one.about.text, " ".join(one.about.details), one.before, one.after) for one in differences(first, second)]


def test_the_same_answers_stand_the_same(rules: RuleBase) -> None:
    one = assessed(rules, history={"pregnant": "unsure"})

    assert differences(one, one) == ()


def test_a_hold_on_the_person_changes_the_outcome_and_the_option_and_is_said(rules: RuleBase) -> None:
    now, then = assessed(rules), assessed(rules, history={"pregnant": "yes"})
    hold = next(hold for hold in then.holds if hold.rule not in {one.rule for one in now.holds})
    toxin = "Botulinum toxin type A"

    found = told(now, then)

    assert found[:2] == [
        ("The short answer", "", now.words["outcome"], then.words["outcome"]),
        (f"Glabella – {toxin}", "", "Worth discussing (First choice)", "Not now (First choice)"),
    ]
    treatments = ", ".join(then.words[f"treatment.{treatment}"] for treatment in hold.treatments)
    assert (treatments, hold.because, "Not said", "Wait") in found


def test_it_reads_the_other_way_round_as_well(rules: RuleBase) -> None:
    now, then = assessed(rules), assessed(rules, history={"pregnant": "yes"})

    forth = {(about, text): (before, after) for about, text, before, after in told(now, then)}
    back = {(about, text): (after, before) for about, text, before, after in told(then, now)}

    assert forth == back


def test_an_alert_an_option_and_a_referral_that_were_not_there_are_told(rules: RuleBase) -> None:
    now = assessed(rules)
    then = assessed(
        rules,
        concerns=[FROWN, {"area": "lips", "kind": "fuller"}, {"area": "skin", "kind": "suspicious_lesion"}],
        after_treatment={"symptoms": {"vision_change": "yes"}},
    )

    found = {(about, text): (before, after) for about, text, before, after in told(now, then)}

    alert = then.alerts[0].reasons[0].because
    filler = "Lips (vermilion) – Dermal filler (soft-tissue filler)"
    assert found[(then.words["urgency.emergency"], alert)] == ("Not said", "Said")
    assert found[(filler, "")] == ("Not on the table", "See someone else first (First choice)")
    assert [before for (about, _), (before, _) in found.items() if about == "Who else to see"] == ["Not said"]


def test_what_is_tried_is_tried_on_a_copy() -> None:
    draft = Draft({"respondent": "nurse", "values": {"history.pregnant": "no", "person.age": 42}})
    before = draft.content()

    tried = trial(draft, {"history.pregnant": None, "history.hiv": "yes", "person.age": 900, "history.nonsense": "yes"})

    assert draft.content() == before
    assert tried.content()["values"] == {"person.age": 42, "history.hiv": "yes"}
