"""The consent forms: sourced, in plain words, one for each country, and refused where they are not whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import textstat
from rule_texts import offer, rule

from recommender import RuleBase, RuleBaseError, load_rules
from recommender.documents.vocabulary import JURISDICTIONS, TREATMENTS, Jurisdiction
from recommender.knowledge.checks import issues

FINE = rule("fine", "{concern: {kind: fuller}}", offer())


def _sentences(rules: RuleBase) -> list[str]:
    return [one.sentence for form in rules.reference.consent.forms for _, part in form.parts for one in part]


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_every_country_has_a_form_that_speaks_of_both_treatments_and_says_it_is_a_draft(
    rules: RuleBase, jurisdiction: Jurisdiction
) -> None:
    form = rules.reference.consent.of(jurisdiction)

    assert [name for name, _ in form.parts] == ["general", *TREATMENTS]
    assert "draft" in form.notice
    assert "draft" in form.version
    assert "no lawyer and no clinician" in form.limits


def test_every_sentence_is_the_patients_own_and_names_neither_a_dose_nor_a_brand(rules: RuleBase) -> None:
    brands = [brand.lower() for facts in rules.reference.treatments for one in facts.products for brand in one.brands]

    for sentence in _sentences(rules):
        assert re.search(r"\b(I|me|my)\b", sentence), sentence
        assert not re.search(r"\d+ ?(units?|ml|U)\b", sentence), sentence
        assert not [brand for brand in brands if brand in sentence.lower()], sentence


def test_a_sentence_that_the_public_may_not_read_is_reported_in_each_language(
    rules_folder: Callable[..., Path],
) -> None:
    folder = rules_folder(here=FINE)
    _change(folder, "This is my own choice.", "Botox is my own choice.")
    own = folder / "languages" / "es" / "consent.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("injectables: {general: {own-choice: Yo elijo el botox.}}", encoding="utf-8")

    told = [str(one) for one in issues(load_rules(folder)) if "botox" in str(one)]

    place = "consent.yaml: injectables / general / own-choice: may not be said to the public in 'uk'"
    assert f"{place}: 'Botox is my own choice. I know that I can still say no.': botox" in told
    assert f"languages/es/{place}: 'Yo elijo el botox.': botox" in told
    assert not [one for one in told if "'us'" in one]


def test_the_sentences_are_within_reach_of_a_reader_of_about_twelve(rules: RuleBase) -> None:
    grades = {sentence: textstat.flesch_kincaid_grade(sentence) for sentence in _sentences(rules)}

    assert {sentence: grade for sentence, grade in grades.items() if grade > 9} == {}
    assert sum(grades.values()) / len(grades) <= 6


def test_the_words_of_a_consent_change_no_assessment_and_so_not_the_fingerprint(rules_folder: Callable[..., Path]) -> None:
    folder = rules_folder(here=FINE)
    before = load_rules(folder).fingerprint
    _change(folder, "This is my own choice.", "I choose this.")

    after = load_rules(folder)

    assert after.fingerprint == before
    assert any(sentence.startswith("I choose this.") for sentence in _sentences(after))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[L5-009, A4-004]", "[L5-0009]", r"consent\.yaml: unknown source 'L5-0009'.*did you mean 'L5-009'"),
        ("sources: [L5-010]", "sources: []", r"consent\.yaml:\d+: forms\[0\]\.general\[2\]\.sources"),
        ("- id: time", "- id: told", "the form 'injectables' has the id 'told' 2 times under 'general'"),
        ("- id: time", "- id: Time to think", r"consent\.yaml:\d+: forms\[0\]\.general\[1\]\.id"),
        ("[uk, us, au, ca, eu, other]", "[uk, us, au, ca, eu]", "'other' has 0 forms: each country has exactly one"),
        ("[uk, us, au, ca, eu, other]", "[uk, uk, us, au, ca, eu, other]", "'uk' has 2 forms: each country has exactly one"),
        ("      dermal_filler:", "      dermal_fillers:", r"consent\.yaml:\d+: .*dermal_filler"),
        ("    version: draft-1\n", "", r"consent\.yaml:\d+: forms\[0\]\.version"),
        ("        sentence: This is", "        sentense: This is", r"consent\.yaml:\d+: .*sentense.*did you mean 'sentence'"),
    ],
)
def test_a_form_that_is_not_whole_is_refused_with_where_and_what(
    rules_folder: Callable[..., Path], old: str, new: str, words: str
) -> None:
    folder = rules_folder(here=FINE)
    _change(folder, old, new)

    with pytest.raises(RuleBaseError, match=words):
        load_rules(folder)


def test_a_form_without_a_treatment_is_refused(rules_folder: Callable[..., Path]) -> None:
    folder = rules_folder(here=FINE)
    text = (folder / "consent.yaml").read_text(encoding="utf-8")
    start, end = text.index("      dermal_filler:"), text.index("    limits:")
    (folder / "consent.yaml").write_text(text[:start] + text[end:], encoding="utf-8")

    with pytest.raises(RuleBaseError, match="the form 'injectables' has no sentence about 'dermal_filler'"):
        load_rules(folder)


def _change(folder: Path, old: str, new: str) -> None:
    file = folder / "consent.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
