"""What loads but should be mended: examples missing, answers nobody reads or asks for, sources uncited, reviews overdue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from rule_texts import alert, hold, offer, refer, rule

from recommender import RuleBase, RuleBaseError, load_rules
from recommender.knowledge.checks import issues

Folder = Callable[..., Path]
SHOWN = """examples:
  - say: one that fires
    given: {concerns: [{area: lips, kind: fuller}]}
    expect: fires
  - say: one that is silent
    given: {concerns: [{area: lips, kind: lines}]}
    expect: silent"""


def _issues(folder: Path, on: date | None = None) -> list[str]:
    return [str(problem) for problem in issues(load_rules(folder, on=on))]


@pytest.mark.parametrize(
    ("examples", "missing"),
    [
        ("", ["fires", "is silent"]),
        ("\n".join(SHOWN.splitlines()[:4]), ["is silent"]),
        ("\n".join([SHOWN.splitlines()[0], *SHOWN.splitlines()[4:]]), ["fires"]),
        (SHOWN, []),
    ],
    ids=["none", "one that fires", "one that is silent", "both"],
)
def test_a_rule_is_shown_firing_and_silent(rules_folder: Folder, examples: str, missing: list[str]) -> None:
    folder = rules_folder(here=rule("fills", "{concern: {kind: fuller}}", offer(), examples))

    found = [line for line in _issues(folder) if "has no example" in line]

    assert found == [f"gallery/here.yaml:2: 'test.fills' has no example in which it {what}" for what in missing]


@pytest.mark.parametrize(
    ("conclusion", "short", "said"),
    [
        (offer(), "", "needs 'in_short'"),
        (refer("medical"), "", "needs 'in_short'"),
        (hold("review"), "", "needs 'in_short'"),
        (hold("caution"), "", ""),
        (hold("caution"), "only this adds volume", "has an 'in_short', and the short answer never rests on it"),
        (alert("emergency"), "", "needs 'in_short'"),
        (alert("same_day"), "", ""),
        (offer(), "only this adds volume", ""),
        (offer(), "one two three four five six seven eight nine", "'in_short' has 9 words, at most 8"),
    ],
)
def test_a_rule_that_decides_has_a_short_reason_and_no_other_has(
    rules_folder: Folder, conclusion: str, short: str, said: str
) -> None:
    text = rule("fills", "{concern: {kind: fuller}}", conclusion)
    because = "  because: The reason of fills.\n"
    folder = rules_folder(here=text.replace(because, f"{because}  in_short: {short}\n" if short else because))

    found = [line for line in _issues(folder) if "in_short" in line]

    assert len(found) == bool(said)
    assert all(said in line for line in found)


def test_an_answer_that_no_rule_reads_is_needless(rules_folder: Folder) -> None:
    folder = rules_folder(here=rule("no", "{history: {hiv: yes}}", hold("review")))

    found = _issues(folder)

    assert "history.diabetes: no rule reads this answer: it would be needless personal data" in found
    assert "questions.yaml: history.diabetes: is asked, and no rule reads it" in found
    assert "concerns[].severity: no rule reads this answer: it would be needless personal data" in found
    assert not [line for line in found if "history.hiv" in line]


NOT_TO_THE_PUBLIC = """
public:
  - jurisdictions: [au]
    never: [quartz]
    instead: {a soft quartz: a soft one, a jelly: a sweet}
    sources: [seed]
    limits: none
"""


def test_a_sentence_that_the_public_may_not_read_is_reported(rules_folder: Folder) -> None:
    folder = rules_folder(
        here=rule("hard", "{concern: {kind: fuller}}", offer()).replace("The reason of hard.", "It is hard quartz."),
        there=rule("soft", "{concern: {kind: lines}}", offer()).replace("The reason of soft.", "A soft quartz is used."),
    )
    wording = yaml.safe_load((folder / "wording.yaml").read_text(encoding="utf-8")) | yaml.safe_load(NOT_TO_THE_PUBLIC)
    (folder / "wording.yaml").write_text(yaml.safe_dump(wording), encoding="utf-8")

    found = [line for line in _issues(folder) if "public" in line or "instead" in line]

    assert found == [
        "gallery/here.yaml:2 because: may not be said to the public in 'au': 'It is hard quartz.': quartz",
        "wording.yaml: says something instead of 'a jelly', and no text has it",
    ]


def test_what_is_ticked_has_a_statement_and_a_page_has_groups_that_follow_each_other(rules_folder: Folder) -> None:
    folder = rules_folder(here=rule("no", "{history: {hiv: yes}}", hold("review")))
    questions = yaml.safe_load((folder / "questions.yaml").read_text(encoding="utf-8"))
    del questions["questions"]["history.hiv"]["tick"]
    questions["questions"]["person.age"]["tick"] = "Old"
    questions["pages"][0]["groups"] = ["allergies", "nerves_and_muscles"]
    questions["pages"].append({"id": "more", "title": "More", "groups": ["timing"]})
    questions["pages"].append({"id": "none", "title": "None", "groups": ["nothing"]})
    (folder / "questions.yaml").write_text(yaml.safe_dump(questions), encoding="utf-8")

    with pytest.raises(RuleBaseError) as refused:
        load_rules(folder)

    assert {str(problem) for problem in refused.value.problems} == {
        "questions.yaml: history.hiv: needs a 'tick': its group has a 'none'",
        "questions.yaml: person.age: has a 'tick', and its group no 'none'",
        "questions.yaml: nerves_and_allergies: its groups have to follow each other as 'groups' has them",
        "questions.yaml: timing: stands on two pages",
        "questions.yaml: none: no group 'nothing'",
    }


def test_an_answer_that_a_rule_reads_is_asked_on_some_page(rules_folder: Folder) -> None:
    folder = rules_folder(here=rule("no", "{history: {hiv: yes}, concern: {at_rest: yes}}", hold("review")))
    questions = yaml.safe_load((folder / "questions.yaml").read_text(encoding="utf-8"))
    for group in questions["groups"]:
        group["questions"] = [path for path in group["questions"] if path != "history.hiv"] or ["person.age"]
    del questions["details"]["at_rest"]
    questions["questions"]["history.hvi"] = questions["questions"].pop("history.hiv")
    (folder / "questions.yaml").write_text(yaml.safe_dump(questions), encoding="utf-8")

    found = _issues(folder)

    assert "questions.yaml: history.hiv: a rule reads this answer, and no page asks for it" in found
    assert "questions.yaml: details.at_rest: a rule reads this answer, and no wording asks for it" in found
    assert [
        line
        for line in found
        if line.startswith("questions.yaml: unknown question 'history.hvi' – did you mean 'history.hiv'?")
    ]


def test_a_source_that_nothing_cites_is_said(rules_folder: Folder) -> None:
    folder = rules_folder(here=rule("fills", "{concern: {kind: fuller}}", offer()))

    found = [line for line in _issues(folder) if line.endswith("is cited by nothing")]

    assert found
    assert "sources.yaml: seed: is cited by nothing" not in found


@pytest.mark.parametrize(("on", "overdue"), [(date(2026, 3, 1), False), (date(2026, 3, 2), True)])
def test_a_rule_is_overdue_the_day_after_its_review_was_due(rules_folder: Folder, on: date, *, overdue: bool) -> None:
    folder = rules_folder(here=rule("fills", "{concern: {kind: fuller}}", offer(), "review_by: 2026-03-01"))

    found = [line for line in _issues(folder, on) if "due for review" in line]

    assert found == (["gallery/here.yaml:2: 'test.fills' was due for review by 2026-03-01"] if overdue else [])


def test_the_shipped_rules_have_no_issue(rules: RuleBase) -> None:
    assert issues(rules) == ()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "milk_protein_allergy",
            "milk_protien_allergy",
            "labels.yaml: abobotulinumtoxinA: unknown answer about health 'milk_protien_allergy'",
        ),
        ("- product: pmma_collagen", "- product: pmma_colagen", "labels.yaml: unknown product class 'pmma_colagen'"),
    ],
)
def test_a_label_that_names_what_is_not_there_is_told(rules_folder: Folder, right: str, wrong: str, said: str) -> None:
    folder = rules_folder(here=rule("no", "{history: {hiv: yes}}", hold("review")))
    labels = folder / "labels.yaml"
    labels.write_text(labels.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")

    found = _issues(folder)

    assert [line for line in found if line.startswith(said)]
