"""Loading a rule base: all of it, or everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
import yaml
from rule_texts import hold, offer, rule

from recommender import RuleBaseError, load_rules
from recommender.documents.vocabulary import Destination, Effect, Outcome, Role, Stance, Status, Urgency
from recommender.knowledge import shipped_rules

Folder = Callable[..., Path]
FINE = rule("fine", "{concern: {kind: fuller}}", offer())


def _refused(folder: Path) -> list[str]:
    with pytest.raises(RuleBaseError) as refused:
        load_rules(folder)
    return [str(problem) for problem in refused.value.problems]


def test_the_shipped_rules_load_and_lie_beside_the_package() -> None:
    rules = load_rules()

    assert shipped_rules().name in ("rules", "_rules")
    assert [found.id for found in rules.rules] == sorted(found.id for found in rules.rules)
    assert len(rules.rules) > 100


def test_rules_are_read_from_every_folder_and_sorted_by_id(rules_folder: Folder) -> None:
    folder = rules_folder(here=rule("b", "{concern: {kind: fuller}}", offer()))
    (folder / "gallery" / "deeper").mkdir()
    (folder / "gallery" / "deeper" / "more.yaml").write_text(rule("a", "{history: {hiv: yes}}", hold("caution")))

    rules = load_rules(folder)

    assert [(found.id, found.where, found.scope) for found in rules.rules] == [
        ("test.a", "gallery/deeper/more.yaml:2", "person"),
        ("test.b", "gallery/here.yaml:2", "concern"),
    ]


def test_problems_of_every_file_are_said_together_by_file_and_line(rules_folder: Folder) -> None:
    folder = rules_folder(
        b=FINE + rule("one", "{histroy: {hiv: yes}}") + rule("two", "{history: {hvi: yes}}"), a="- not a rule\n", c="rules: [\n"
    )
    (folder / "rulebase.yaml").write_text("version: '1'\ntitel: x\n")
    (folder / "surprise.yaml").write_text("a: 1\n")
    (folder / "gallery" / "forgotten.yml").write_text(FINE)

    said = _refused(folder)

    assert [line.partition(": ")[0] for line in said] == [
        "gallery/a.yaml:1",
        "gallery/b.yaml:11",
        "gallery/b.yaml:18",
        "gallery/c.yaml:2",
        "gallery/forgotten.yml",
        *["rulebase.yaml:1"] * (len(said) - 7),
        "rulebase.yaml:2",
        "surprise.yaml",
    ]
    assert "titel: unknown field 'titel' – did you mean 'title'?" in "\n".join(said)
    assert "is not read: the name of a rule file ends in .yaml" in "\n".join(said)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("sources.yaml", None, "sources.yaml: cannot be read: "),
        ("sources.yaml", "seed: {titel: x}\n", "sources.yaml:1: seed.titel: unknown field 'titel' – did you mean 'title'?"),
        ("sources.yaml", "seed: x\n", "sources.yaml:1: seed: should be a mapping of fields, found 'x'"),
        ("sources.yaml", "seed: {}\nseed: {}\n", "sources.yaml:2: 'seed' stands twice: first on line 1"),
        ("questions.yaml", "areas: {lip: {}}\n", "questions.yaml:1: areas.lip: unknown word 'lip' – did you mean 'lips'?"),
        ("treatments.yaml", "- {treatment: filler}\n", "treatments.yaml:1: [0].treatment: unknown word 'filler'"),
        (
            "treatments.yaml",
            "- {treatmnt: x}\n",
            "treatments.yaml:1: [0].treatmnt: unknown field 'treatmnt' – did you mean 'treatment'?",
        ),
        ("sources.yaml", "{}\n", "treatments.yaml: unknown source"),
        ("wording.yaml", "", "wording.yaml: is empty"),
    ],
)
def test_what_stands_beside_the_rules_is_checked_as_well(
    rules_folder: Folder, name: str, content: str | None, message: str
) -> None:
    folder = rules_folder(fine=FINE)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_text(content)

    said = _refused(folder)

    assert any(line.startswith(message) for line in said), "\n".join(said)


@pytest.mark.parametrize("name", ["treatments.yaml", "labels.yaml", "wording.yaml", "consultation.yaml", "consent.yaml"])
def test_a_source_that_is_not_listed_is_named_with_each_file_that_cites_it(rules_folder: Folder, name: str) -> None:
    file = rules_folder(fine=FINE) / name
    text = file.read_text(encoding="utf-8")
    start = text.rindex("sources: [") + len("sources: [")
    file.write_text(f"{text[:start]}L5-none, {text[start:]}", encoding="utf-8")

    (said,) = _refused(file.parent)

    assert said.startswith(f"{name}: unknown source 'L5-none'")


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("outcomes", Outcome),
        ("outcome_next", Outcome),
        ("statuses", Status),
        ("roles", Role),
        ("effects", Effect),
        ("destinations", Destination),
        ("stances", Stance),
        ("urgencies", Urgency),
    ],
)
def test_each_word_of_the_vocabulary_has_a_text(rules_folder: Folder, group: str, words: object) -> None:
    folder = rules_folder(fine=FINE)
    wording = yaml.safe_load((folder / "wording.yaml").read_text())
    for word in get_args(words):
        without = {name: text for name, text in wording[group].items() if name != word}
        (folder / "wording.yaml").write_text(yaml.safe_dump(wording | {group: without}))

        (said,) = _refused(folder)

        assert f"{group}: should have a text for {word}, found" in said


def test_a_folder_that_is_not_there_or_empty_says_so(tmp_path: Path, rules_folder: Folder) -> None:
    assert _refused(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: is not a folder of rules"]
    assert _refused(rules_folder()) == [f"{tmp_path / 'rules'}: holds no rule"]


def test_an_unknown_jurisdiction_is_refused_with_the_nearest() -> None:
    with pytest.raises(RuleBaseError, match="did you mean 'us'"):
        load_rules(jurisdiction="usa")  # type: ignore[arg-type]


def test_one_fault_is_not_held_against_the_rules_that_build_on_it(rules_folder: Folder) -> None:
    folder = rules_folder(
        chain=rule("finder", "{concern: {on_movment: yes}}", "find: moves")
        + rule("reader", "{finding: moves}", offer())
        + rule("further", "{finding: moves, concern: {kind: lines}}", "find: moving_lines")
        + rule("last", "{finding: moving_lines}", offer())
        + rule("also-wrong", "{finding: only_read_here, history: {hvi: yes}}")
        + rule("its-finder", "{concern: {kind: lines}}", "find: only_read_here")
    )

    said = _refused(folder)

    assert [line.partition(" – ")[0] for line in said] == [
        "gallery/chain.yaml:4: unknown field 'on_movment'",
        "gallery/chain.yaml:32: unknown field 'hvi'",
    ]


def test_a_signature_for_no_rule_is_said_but_not_for_one_that_cannot_be_read(rules_folder: Folder) -> None:
    folder = rules_folder(rules=FINE + rule("wrong", "{histroy: {hiv: yes}}"))
    signature = "{name: A, role: B, registration: C, signed_on: 2026-01-31, text: 'sha256:" + "0" * 64 + "'}"
    (folder / "signatures.yaml").write_text(f"test.wrong: {signature}\ntest.fin: {signature}\n")

    said = _refused(folder)

    assert [line.partition(" (allowed")[0] for line in said] == [
        "gallery/rules.yaml:11: unknown test 'histroy' – did you mean 'history'?",
        "signatures.yaml: unknown rule 'test.fin' – did you mean 'test.fine'?",
    ]


def test_a_file_that_is_no_yaml_is_the_only_thing_said_of_what_may_hang_on_it(rules_folder: Folder) -> None:
    folder = rules_folder(broken="- id: [\n", reader=rule("reader", "{finding: perhaps_there}", offer()))

    assert [line.partition(": ")[0] for line in _refused(folder)] == ["gallery/broken.yaml:2"]


@pytest.mark.parametrize(
    ("when", "scope"),
    [
        ("{concern: {kind: lines}}", "concern"),
        ("{same_area: {kind: lines}}", "concern"),
        ("{anywhere: {kind: lines}}", "person"),
        ("{history: {hiv: yes}}", "person"),
        ("{any: [{history: {hiv: yes}}, {concern: {kind: lines}}]}", "concern"),
        ("{not: {concern: {kind: lines}}}", "concern"),
        ("{finding: about_a_place}", "concern"),
        ("{finding: about_the_person}", "person"),
        ("{finding: [about_the_person, about_a_place]}", "concern"),
    ],
)
def test_what_a_rule_is_about_follows_from_what_it_tests(rules_folder: Folder, when: str, scope: str) -> None:
    folder = rules_folder(
        rules=rule("place", "{concern: {kind: lines}}", "find: about_a_place")
        + rule("person", "{history: {hiv: yes}}", "find: about_the_person")
        + rule("both", "{finding: [about_a_place, about_the_person]}")
        + rule("tried", when)
    )

    assert load_rules(folder).by_id["test.tried"].scope == scope


def test_the_fingerprint_changes_with_what_can_change_an_assessment_and_with_nothing_else(rules_folder: Folder) -> None:
    folder = rules_folder(rules=FINE)
    on = date(2026, 3, 1)

    def fingerprint_of(text: str, on: date = on) -> str:
        (folder / "gallery" / "rules.yaml").write_text(text)
        return load_rules(folder, on=on).fingerprint

    before = fingerprint_of(FINE)
    example = "examples:\n  - say: nothing\n    given: {}\n    expect: silent"
    assert fingerprint_of("# a remark\n" + FINE) == before
    assert fingerprint_of(rule("fine", "{concern: {kind: fuller}}", offer(), example)) == before
    assert fingerprint_of(FINE.replace("The reason", "Another reason")) != before
    assert fingerprint_of(FINE.replace("fuller", "hollow")) != before
    ending = rule("fine", "{concern: {kind: fuller}}", offer(), "in_force_until: 2026-03-31")
    assert fingerprint_of(ending, date(2026, 3, 31)) == fingerprint_of(ending, on)
    assert fingerprint_of(ending, date(2026, 4, 1)) != fingerprint_of(ending, on)


def test_the_printed_form_of_a_rule_base_is_short(rules_folder: Folder) -> None:
    rules = load_rules(rules_folder(rules=FINE))

    assert repr(rules).startswith("RuleBase(1 rules, version ")
    assert len(repr(rules)) < 120
