"""Two versions of the rules compared for everybody: exactly those whom a change touches, and each of them confirmed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command_line import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_texts import hold, offer, rule
from strategies import few_answers, rule_base_of, rules_at_random, sampled

from recommender import RuleBase, assess, load_rules
from recommender.authoring.mutants import mutants
from recommender.documents import Answers, Assessment, read_answers
from recommender.documents.vocabulary import EFFECTS
from recommender.proofs.difference import NONE, Change, difference

OLD = rule("adult", "{person: {age: {below: 18}}}", hold("hard_stop")) + rule(
    "lips", "{concern: {area: lips, kind: fuller}}", offer("dermal_filler")
)


def word_of(found: Assessment, change: Change, area: str | None) -> str:
    """What an assessment says of what a change is about."""
    what = change.what
    match what.kind:
        case "option":
            return next((o.status for o in found.options if (o.area, o.treatment) == (area, what.name)), NONE)
        case "hold":
            here = [*found.holds, *(h for o in found.options if o.area == area for h in o.defeats)]
            return max((h.effect for h in here if what.name in h.treatments), key=EFFECTS.index, default=NONE)
        case "alert":
            return "raised" if any(a.urgency == what.name for a in found.alerts) else NONE
        case "referral":
            named = {r.stance for r in found.referrals if (r.to, r.area) == (what.name, area)}
            return "instead" if "instead" in named else next(iter(named), NONE)
        case "note":
            return "told" if any(f"{note.about}: {note.rule}" == what.name for note in found.notes) else NONE
        case "role":
            return next((o.role for o in found.options if (o.area, o.treatment) == (area, what.name)), NONE)
        case _:
            return found.outcome


def is_confirmed(change: Change, old: RuleBase, new: RuleBase) -> bool:
    """Whether the engine says of the smallest person what the change says of them, at one of its places."""
    before, after = (assess(rules, change.answers) for rules in (old, new))
    places: tuple[str | None, ...] = change.areas or (None,)
    return any((word_of(before, change, p), word_of(after, change, p)) == (change.before, change.after) for p in places)


def test_a_threshold_that_moved_shows_exactly_those_whom_it_touches(rules_of: Callable[[str], RuleBase]) -> None:
    old, new = rules_of(OLD), rules_of(OLD.replace("below: 18", "below: 17"))

    found = difference(old, new)

    assert found.changed == ("test.adult",)
    assert {change.answers.person.age for change in found.changes} == {17}
    assert {(c.before, c.after, c.direction) for c in found.changes if c.what.kind == "option"} == {
        ("withdrawn", "suggested", "weaker")
    }
    assert all(change.rules == ("test.adult",) for change in found.changes)
    assert all(is_confirmed(change, old, new) for change in found.changes if change.what.kind != "hold")
    assert [change.direction for change in difference(new, old).changes if change.what.kind == "option"] == ["stronger"]


def test_two_versions_that_mean_the_same_are_proved_to(rules_of: Callable[[str], RuleBase]) -> None:
    twice = rule("adult-too", "{all: [{person: {age: {below: 12}}}]}", hold("hard_stop"))

    found = difference(rules_of(OLD), rules_of(OLD + twice))

    assert (found.added, found.changes) == (("test.adult-too",), ())


def test_a_product_that_a_hold_no_longer_names_and_an_option_that_only_comes_second_are_told(rules_of: Any) -> None:
    two = rule("some", "{history: {lidocaine_allergy: yes}}", hold("review", products="hyaluronic_acid, pmma_collagen"))
    one = two.replace("hyaluronic_acid, ", "")
    first, second = (
        rule("lips", "{concern: {area: lips, kind: fuller}}", offer(role=r)) for r in ("first_line", "second_line")
    )

    dropped = difference(rules_of(first + two), rules_of(first + one))
    later = difference(rules_of(first), rules_of(second))

    assert {(c.what.name, c.before, c.after, c.direction) for c in dropped.changes} == {
        ("dermal_filler/hyaluronic_acid", "review", "none", "weaker")
    }
    assert {(c.what.kind, c.before, c.after) for c in later.changes} == {("role", "first_line", "second_line")}


def test_a_withdrawn_option_that_is_not_shown_any_more_is_weaker_and_one_not_offered_is_not(rules_of: Any) -> None:
    stop, _ = OLD.split("\n- id: test.lips")

    changes = difference(rules_of(OLD), rules_of(stop)).changes

    found = {(change.before, change.after): change.direction for change in changes if change.what.kind == "option"}
    assert found == {("withdrawn", "none"): "weaker", ("suggested", "none"): "stronger"}


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[list[dict[str, Any]], int]:
    """Rules at random as written, and a number that picks one change of one of them."""
    return draw(rules_at_random()), draw(st.integers(0, 500))


@pytest.mark.slow
@given(versions=two_versions(), documents=st.lists(few_answers(), min_size=1, max_size=5))
@settings(max_examples=sampled(40))
def test_whoever_is_told_otherwise_is_found_and_whoever_is_found_is_told_otherwise(
    versions: tuple[list[dict[str, Any]], int], documents: list[dict[str, Any]]
) -> None:
    old = rule_base_of(versions[0])
    every = [mutant for one in old.rules for mutant in mutants(one)]
    mutant = every[versions[1] % len(every)]
    kept = (mutant.changed if one is mutant.rule else one for one in old.rules)
    new = replace(old, rules=tuple(one for one in kept if one is not None))
    if any(rule.scope == "person" and rule.text.offer is not None for rule in new.rules):
        return  # no such rule loads

    found = difference(old, new)

    told = [_otherwise(old, new, read_answers(document)) for document in documents]
    assert found.changes or not any(told)
    assert all(is_confirmed(c, old, new) for c in found.changes if c.what.kind in ("option", "role", "alert", "outcome"))


def _otherwise(old: RuleBase, new: RuleBase, answers: Answers) -> bool:
    one, other = (assess(rules, answers) for rules in (old, new))
    return one.outcome != other.outcome or [(o.area, o.treatment, o.status) for o in one.options] != [
        (o.area, o.treatment, o.status) for o in other.options
    ]


def test_the_command_compares_a_folder_and_a_git_revision(run: Run, rules_folder: Callable[..., Path]) -> None:
    folder = rules_folder(here=OLD)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-C", str(folder)]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    same = run("rules", "diff", "HEAD", folder)
    file = folder / "gallery" / "here.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("below: 18", "below: 17"), encoding="utf-8")

    weaker = run("rules", "diff", "HEAD", folder)
    as_json = run("rules", "diff", "HEAD", folder, "--format", "json")
    unknown = run("rules", "diff", "nothing", folder)

    assert (same.code, same.out.decode()) == (
        0,
        "nothing is concluded otherwise of anybody; the words that people read were not compared\n",
    )
    assert weaker.code == 1
    assert "withdrawn -> suggested at lips through test.adult; the first: lips/fuller, person.age 17" in weaker.out.decode()
    assert {change["answers"]["person"]["age"] for change in json.loads(as_json.out)["changes"]} == {17}
    assert unknown.code == 2
    assert "is no folder of rules, and no revision of" in unknown.err


def test_what_was_really_answered_is_counted_and_a_page_says_all_of_it(
    run: Run, rules_folder: Callable[..., Path], tmp_path: Path
) -> None:
    before, after = rules_folder(here=OLD), tmp_path / "after"
    shutil.copytree(before, after)
    file = after / "gallery" / "here.yaml"
    changed = (
        file.read_text(encoding="utf-8").replace("below: 18", "below: 17").replace("The reason of adult", "<b>Because</b>")
    )
    file.write_text(changed, encoding="utf-8")
    people = tmp_path / "people.jsonl"
    lips = {"concerns": [{"area": "lips", "kind": "fuller"}]}
    people.write_text(
        "".join(json.dumps({"person": {"age": age}, **lips}) + "\n" for age in (16, 17, 17, 40)), encoding="utf-8"
    )

    text = run("rules", "diff", before, after, "--on", people)
    as_json = json.loads(run("rules", "diff", before, after, "--on", people, "--format", "json").out)["replayed"]
    page = run("rules", "diff", before, after, "--on", people, "--format", "html", "--places", "1").out.decode()
    bad = run("rules", "diff", before, after, "--on", tmp_path / "nobody.jsonl")

    assert "of 4 people who answered, 2 are told otherwise, 2 of them weaker" in text.out.decode()
    assert "  2 weaker: option dermal_filler: withdrawn -> suggested" in text.out.decode()
    assert (as_json["people"], as_json["otherwise"], as_json["weaker"]) == (4, 2, 2)
    assert {change["people"] for change in as_json["changes"]} == {2}
    for said in ("Weaker in safety", "everybody who names at most 1 place,", "4 people: 2 are told otherwise", "below: 17"):
        assert said in page
    assert "<b>Because" not in page
    assert load_rules(before).fingerprint in page
    assert bad.code == 2


def test_two_versions_that_mean_the_same_say_so_on_the_page(
    run: Run, rules_folder: Callable[..., Path], tmp_path: Path
) -> None:
    before, after = rules_folder(here=OLD), tmp_path / "after"
    shutil.copytree(before, after)
    file = after / "gallery" / "here.yaml"
    twice = rule("adult-too", "{all: [{person: {age: {below: 12}}}]}", hold("hard_stop"))
    file.write_text(file.read_text(encoding="utf-8") + twice, encoding="utf-8")

    page = run("rules", "diff", before, after, "--format", "html")

    assert page.code == 0
    assert "Nothing is concluded otherwise of anybody" in page.out.decode()
    assert "test.adult-too" in page.out.decode()
