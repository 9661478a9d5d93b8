"""The rule book and signatures: what a clinical lead reads and signs."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from recommender import RecommenderError, RuleBase, load_rules
from recommender.authoring.rule_book import html_book, markdown_book
from recommender.knowledge import shipped_rules
from recommender.knowledge.signing import sign

ROOT = Path(__file__).resolve().parents[2]
SIGNED = {"name": "N. N.", "role": "nurse prescriber", "registration": "00X0000X"}


@pytest.fixture
def own_rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))


def test_the_book_in_the_repository_is_fresh(rules: RuleBase) -> None:
    kept = (ROOT / "docs" / "rulebook.md").read_text(encoding="utf-8")

    assert kept == markdown_book(rules), "stale: make book"


def test_the_book_tells_every_rule_with_its_sources_and_a_line_to_sign(rules: RuleBase) -> None:
    book = markdown_book(rules)

    assert [rule.id for rule in rules.every_rule if f"`{rule.id}` – draft" not in book] == []
    assert book.count("☐ correct ☐ to be changed") == len(rules.every_rule)
    assert all(f"- {source}: " in book for rule in rules.every_rule for source in rule.text.sources)


def test_the_book_says_conditions_in_words(rules: RuleBase) -> None:
    book = markdown_book(rules)

    assert "Age (years): less than 18" in book
    assert "- place: Infraorbital area (tear trough)" in book
    assert "nothing else at this place that is: what is seen: " in book
    assert "not answered" in book


def test_the_book_is_also_one_html_page(rules: RuleBase) -> None:
    page = html_book(rules)

    assert page.startswith("<!doctype html>")
    assert page.count("<h3>") == len(rules.every_rule)


def test_a_signature_holds_for_the_exact_text(own_rules: Path) -> None:
    sign(own_rules, "places.no-filler", **SIGNED, on=date(2026, 11, 22))

    signed = load_rules(own_rules)

    assert signed.by_id["places.no-filler"].status == "signed"
    assert signed.identity.status == "draft"
    assert "Signed: N. N., nurse prescriber, 00X0000X, 2026-11-22." in markdown_book(signed)


def test_a_rule_that_changes_is_a_draft_again_by_itself(own_rules: Path) -> None:
    sign(own_rules, "places.no-filler", **SIGNED, on=date(2026, 11, 22))
    places = own_rules / "safety" / "places.yaml"
    places.write_text(
        places.read_text(encoding="utf-8").replace("Filler is not offered here.", "No filler here."), encoding="utf-8"
    )

    assert load_rules(own_rules).by_id["places.no-filler"].status == "draft"


def test_nobody_has_signed_the_shipped_rules(rules: RuleBase) -> None:
    assert rules.reference.signatures == {}


def test_an_unknown_rule_or_an_empty_name_cannot_be_signed(own_rules: Path) -> None:
    with pytest.raises(RecommenderError) as refused:
        sign(own_rules, "places.no-filer", **{**SIGNED, "name": " "}, on=date(2026, 11, 22))

    assert "--name: is empty" in str(refused.value)
    assert "did you mean 'places.no-filler'?" in str(refused.value)


@pytest.mark.slow
def test_a_rule_past_its_review_date_is_an_issue(own_rules: Path) -> None:
    from recommender.knowledge.checks import issues

    found = issues(load_rules(own_rules, on=date(2028, 1, 1)))

    assert "'places.no-filler' was due for review by 2027-11-30" in {problem.message for problem in found}
