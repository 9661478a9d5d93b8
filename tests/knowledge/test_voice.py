"""Words for a reader in a jurisdiction: phrases replaced, names left out, nothing else touched."""

from __future__ import annotations

import pytest
from strategies import shipped

from recommender import RuleBase
from recommender.documents.vocabulary import JURISDICTIONS, Jurisdiction


@pytest.fixture(scope="module")
def rules() -> RuleBase:
    return shipped()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("An anti-wrinkle injection relaxes it.", "A muscle-relaxing injection relaxes it."),
        ("No anti-wrinkle injections now", "No muscle-relaxing injections now"),
        ("Anti-wrinkle injections act on nerves.", "Muscle-relaxing injections act on nerves."),
        ("Ask whether filler fits.", "Ask whether volume treatment fits."),
        ("Only hyaluronic acid filler can be dissolved.", "Only one kind can be dissolved."),
        ("history.toxin_reaction", "history.toxin_reaction"),
        ("Refillers and unfillered", "Refillers and unfillered"),
        ("Nothing to replace.", "Nothing to replace."),
    ],
)
def test_whole_phrases_are_replaced_the_longest_first_and_capitals_stay(rules: RuleBase, written: str, read: str) -> None:
    assert rules.voice("patient", "au").said(written) == read
    assert rules.voice("nurse", "au").said(written) == written


def test_what_may_not_be_quoted_is_left_out(rules: RuleBase) -> None:
    patient, nurse = rules.voice("patient", "ca"), rules.voice("nurse", "ca")

    assert patient.quoted("Botox Cosmetic is labelled for adults.") == ""
    assert patient.quoted("Fillers are labelled for adults.") == "Fillers are labelled for adults."
    assert nurse.quoted("Botox Cosmetic is labelled for adults.") == "Botox Cosmetic is labelled for adults."


def test_a_source_whose_title_may_not_be_shown_is_cited_by_publisher_and_year(rules: RuleBase) -> None:
    whole = rules.reference.sources["T1-001"]
    patient, nurse = rules.voice("patient", "uk").cited("T1-001"), rules.voice("nurse", "uk").cited("T1-001")

    assert (patient.title, patient.url) == ("", None)
    assert (patient.publisher, patient.year) == (whole.publisher, whole.year)
    assert (nurse.title, nurse.url) == (whole.title, whole.url)


def test_the_name_that_people_know_is_told_where_it_may_be_and_to_no_nurse_twice(rules: RuleBase) -> None:
    told = {where: rules.voice("patient", where).reference.treatments[0].known_as for where in JURISDICTIONS}

    assert told == {**dict.fromkeys(JURISDICTIONS), "us": "Botox"}
    assert rules.voice("nurse", "us").reference.treatments[0].known_as is None


@pytest.mark.parametrize(("where", "number"), [("uk", "999"), ("au", "000"), ("other", "your local emergency number")])
def test_a_sentence_that_says_whom_to_call_names_the_number_of_the_country(
    rules: RuleBase, where: Jurisdiction, number: str
) -> None:
    for reader in ("patient", "nurse"):
        wording = rules.voice(reader, where).reference.wording

        assert wording.disclaimer.endswith(f"If you feel very unwell, call {number}.")
        assert "{" not in "".join(wording.outcome_next.values())


def test_a_kind_of_product_that_may_not_be_named_is_left_out_and_has_no_label(rules: RuleBase) -> None:
    shown = rules.voice("patient", "uk")

    assert [len(facts.products) for facts in shown.reference.treatments] == [0, 4]
    assert shown.products["abobotulinumtoxinA"] == ""
    assert rules.voice("nurse", "uk").products["abobotulinumtoxinA"] == "AbobotulinumtoxinA (Azzalure, Dysport)"
    assert {brand for facts in shown.reference.treatments for product in facts.products for brand in product.brands} == set()


def test_the_questions_keep_their_order_and_their_names(rules: RuleBase) -> None:
    written = rules.reference.questions
    for jurisdiction in ("au", "uk", "us"):
        read = rules.voice("patient", jurisdiction).reference.questions

        assert [group.questions for group in read.groups] == [group.questions for group in written.groups]
        assert list(read.questions) == list(written.questions)
        assert {a: said.kinds for a, said in read.areas.items()} == {a: said.kinds for a, said in written.areas.items()}
