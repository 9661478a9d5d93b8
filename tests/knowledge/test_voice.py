"""Words for a reader in a jurisdiction: phrases replaced, names left out, nothing else touched."""

from __future__ import annotations

import pytest
from strategies import shipped

from recommender import RuleBase


@pytest.fixture(scope="module")
def rules() -> RuleBase:
    return shipped()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("An anti-wrinkle injection relaxes it.", "The treatment for lines and wrinkles relaxes it."),
        ("No anti-wrinkle injections now", "No treatments for lines and wrinkles now"),
        ("Anti-wrinkle injections act on nerves.", "The treatment for lines and wrinkles acts on nerves."),
        ("An anti-wrinkle injection can relax it.", "The same treatment as for lines and wrinkles can relax it."),
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


def test_what_may_not_be_quoted_gives_way_to_saying_so(rules: RuleBase) -> None:
    patient, nurse = rules.voice("patient", "us"), rules.voice("nurse", "us")

    assert patient.quoted("Botox Cosmetic is labelled for adults.") == rules.reference.wording.unnamed
    assert patient.quoted("Fillers are labelled for adults.") == "Fillers are labelled for adults."
    assert nurse.quoted("Botox Cosmetic is labelled for adults.") == "Botox Cosmetic is labelled for adults."


def test_a_citation_leaves_out_what_may_not_be_shown(rules: RuleBase) -> None:
    whole = rules.reference.sources["T1-001"]
    patient, nurse = rules.voice("patient", "us").cited("T1-001"), rules.voice("nurse", "us").cited("T1-001")

    assert (patient.title, patient.url, patient.publisher) == (rules.reference.wording.unnamed, None, whole.publisher)
    assert (nurse.title, nurse.url) == (whole.title, whole.url)


def test_a_kind_of_product_that_may_not_be_named_is_left_out_and_still_has_a_label(rules: RuleBase) -> None:
    shown = rules.voice("patient", "uk")

    assert [len(facts.products) for facts in shown.reference.treatments] == [0, 4]
    assert shown.products["abobotulinumtoxinA"] == rules.reference.wording.unnamed_product
    assert rules.voice("nurse", "uk").products["abobotulinumtoxinA"] == "AbobotulinumtoxinA (Azzalure, Dysport)"
    assert {brand for facts in shown.reference.treatments for product in facts.products for brand in product.brands} == set()


def test_the_questions_keep_their_order_and_their_names(rules: RuleBase) -> None:
    written = rules.reference.questions
    for jurisdiction in ("au", "uk", "us"):
        read = rules.voice("patient", jurisdiction).reference.questions

        assert [group.questions for group in read.groups] == [group.questions for group in written.groups]
        assert list(read.questions) == list(written.questions)
        assert {a: said.kinds for a, said in read.areas.items()} == {a: said.kinds for a, said in written.areas.items()}
