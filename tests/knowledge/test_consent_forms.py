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
from recommender.knowledge.consent_forms import OwnFormsError, read_own_forms

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
        ("    version: draft-2\n", "", r"consent\.yaml:\d+: forms\[0\]\.version"),
        ("          under: lasts", "          under: last", "unknown heading of 'lasts' 'last'.*did you mean 'lasts'"),
        ("          under: lasts", "          under: what", "'lasts' stands apart from the other sentences under 'what'"),
        ("      - id: lasts", "      - id: told", "the form 'injectables' has the heading 'told' 2 times"),
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


OWN = """\
form: The clinic's own
version: "2026-03"
headings:
  - id: risks
    heading: Risks
treatments:
  botulinum_toxin:
    - id: risks
      under: risks
      sentence: I was told what can go wrong.
"""


def test_the_clinics_own_forms_are_read_by_name_and_version(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(OWN)
    (tmp_path / "a.yaml").write_text(OWN.replace("2026-03", "2026-04"))
    (tmp_path / "notes.txt").write_text("no form")

    forms = read_own_forms(tmp_path)

    assert [(form.form, form.version, form.language) for form in forms] == [
        ("The clinic's own", "2026-03", "en"),
        ("The clinic's own", "2026-04", "en"),
    ]
    assert forms[0].jurisdictions == JURISDICTIONS


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("under: risks", "under: risk", r"own\.yaml:8: unknown heading of 'risks' 'risk' – did you mean 'risks'"),
        ("botulinum_toxin:", "botulinum:", r"own\.yaml:7: .*botulinum.*did you mean 'botulinum_toxin'"),
        ('"2026-03"', "2026-03-01", r"own\.yaml:2: version: should be text \(in quotes"),
        ("sentence:", "sentense:", r"own\.yaml:10: .*unknown field 'sentense' – did you mean 'sentence'"),
        ("form: The", "language: english\nform: The", r"own\.yaml:1: unknown language 'english'"),
        ("form: The", "jurisdictions: [gb]\nform: The", r"own\.yaml:1: .*unknown word 'gb'.*uk"),
        (OWN[OWN.index("    - id") :], "    []\n", r"own\.yaml:7: .*should not be empty"),
        (OWN, "", r"own\.yaml:1: form: is missing"),
        (OWN, "- a\n", r"own\.yaml:1: .*a mapping of fields"),
    ],
)
def test_a_form_of_the_clinics_own_that_is_not_whole_is_refused_with_where_and_what(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in OWN
    (tmp_path / "own.yaml").write_text(OWN.replace(old, new, 1))

    with pytest.raises(OwnFormsError, match=words):
        read_own_forms(tmp_path)


def test_two_forms_of_one_name_and_version_a_name_that_is_not_read_and_no_form_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OwnFormsError, match="holds no consent form"):
        read_own_forms(tmp_path)
    with pytest.raises(OwnFormsError, match="is not a folder"):
        read_own_forms(tmp_path / "none")
    for name in ("a.yaml", "b.yaml", "c.yml"):
        (tmp_path / name).write_text(OWN)

    with pytest.raises(OwnFormsError) as refused:
        read_own_forms(tmp_path)

    assert [str(problem) for problem in refused.value.problems] == [
        "c.yml: is not read: the name of a form's file ends in .yaml",
        "b.yaml:2: 'The clinic's own', version 2026-03, stands in a.yaml too: give this one another version",
    ]


def test_a_form_has_no_more_sentences_than_a_record_takes(tmp_path: Path) -> None:
    more = "".join(f"    - {{id: s{number}, under: risks, sentence: I know.}}\n" for number in range(60))
    (tmp_path / "own.yaml").write_text(OWN + more)

    with pytest.raises(OwnFormsError, match="has 61 sentences: at most 60"):
        read_own_forms(tmp_path)
