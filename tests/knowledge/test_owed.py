"""What the rules owe: a hold for whatever a product's label names, and somebody to see wherever a rule refers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rule_texts import hold, refer, rule

from recommender import RuleBase, assess, load_rules
from recommender.documents.vocabulary import EFFECTS, JURISDICTIONS, Treatment
from recommender.knowledge.checks import issues
from recommender.knowledge.owed import label_problems, unnamed_referrals

Folder = Callable[..., Path]
#: something at each place for which each treatment is offered
OFFERED = {
    "dermal_filler": {
        "lips": {"kind": "fuller"},
        "cheek": {"kind": "volume_loss"},
        "nasolabial_fold": {"kind": "lines", "at_rest": "yes"},
        "chin": {"kind": "contour"},
        "under_eye": {"kind": "hollow", "puffiness_too": "no", "loose_skin_too": "no"},
        "hands": {"kind": "volume_loss"},
    },
    "botulinum_toxin": {
        "glabella": {"kind": "lines", "on_movement": "yes"},
        "masseter": {"kind": "muscle_bulk"},
        "neck": {"kind": "bands"},
    },
}


def _labelled(rules: RuleBase) -> list[tuple[Treatment, str, tuple[str, ...], str, tuple[str, ...]]]:
    treatment_of = {product.id: facts.treatment for facts in rules.reference.treatments for product in facts.products}
    return [
        (treatment_of[label.product], label.product, label.places, answer, label.jurisdictions or JURISDICTIONS)
        for label in rules.reference.labels
        for answer in label.not_with
    ]


@pytest.mark.slow
def test_nothing_is_offered_without_the_hold_that_a_label_of_its_products_names(rules: RuleBase) -> None:
    bare = []
    for treatment, product, places, answer, jurisdictions in _labelled(rules):
        seen = {area: seen for area, seen in OFFERED[treatment].items() if not places or area in places}
        for jurisdiction in jurisdictions:
            concerns = [{"area": area, **of} for area, of in seen.items()]
            given = {"jurisdiction": jurisdiction, "person": {"age": 40}, "concerns": concerns, "history": {answer: "yes"}}
            options = [option for option in assess(rules, given).options if option.treatment == treatment]
            assert {option.area for option in options} >= set(seen)
            bare += [
                (product, answer, jurisdiction, option.area)
                for option in options
                if not any(
                    product in (defeat.products or (product,)) and EFFECTS.index(defeat.effect) >= EFFECTS.index("review")
                    for defeat in option.defeats
                    if f"history.{answer}" in {evidence.path for evidence in defeat.evidence}
                )
            ]

    assert len(_labelled(rules)) >= 20
    assert bare == []


@pytest.mark.parametrize("taken", ["allergy.lidocaine", "allergy.bovine-collagen", "blood.porphyria-filler", "allergy.milk"])
def test_a_hold_that_a_label_asks_for_is_missed(rules: RuleBase, taken: str) -> None:
    left = [rule for rule in rules.rules if rule.id != taken]

    assert list(label_problems(rules.rules, rules.reference)) == []
    assert {problem.where for problem in label_problems(left, rules.reference)} <= {
        f"labels.yaml: {product}"
        for product in ("hyaluronic_acid", "calcium_hydroxylapatite", "pmma_collagen", "abobotulinumtoxinA")
    }
    assert list(label_problems(left, rules.reference))


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

    found = [str(problem) for problem in issues(load_rules(folder))]

    assert [line for line in found if line.startswith(said)]


SHOWN = """examples:
  - say: somebody with old filler
    given: {history: {overfilled: yes}}
    expect: fires"""


@pytest.mark.parametrize(
    ("named", "missing"),
    [
        (None, True),
        ("{history: {overfilled: yes}}", False),
        ("{history: {hiv: yes}}", True),
    ],
    ids=["nobody", "somebody", "somebody for another reason"],
)
def test_a_hold_that_refers_names_somebody_to_see(rules_folder: Folder, named: str | None, *, missing: bool) -> None:
    texts = {"here": rule("old", "{history: {overfilled: yes}}", hold("refer"), SHOWN)}
    if named is not None:
        texts["there"] = rule("who", named, refer("medical", "beside"))

    found = [str(problem) for problem in unnamed_referrals(load_rules(rules_folder(**texts)).rules)]

    wanted = "gallery/here.yaml:2: 'test.old' refers, and nobody to see is named in its example 'somebody with old filler'"
    assert found == ([wanted] if missing else [])


def test_a_hold_on_one_place_is_not_answered_by_somebody_for_another(rules_folder: Folder) -> None:
    shown = SHOWN.replace("{history: {overfilled: yes}}", "{concerns: [{area: lips, kind: lines}, {area: chin, kind: fuller}]}")
    folder = rules_folder(
        here=rule("lips", "{concern: {area: lips}}", hold("refer"), shown),
        there=rule("who", "{concern: {area: chin}}", refer("medical", "instead")),
    )

    assert len(list(unnamed_referrals(load_rules(folder).rules))) == 1
