"""What the rules owe whoever they hold back: a hold for whatever a label names, and somebody to see wherever they refer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from recommender.documents.answers import HISTORY_KEYS
from recommender.documents.problems import Problem, unknown_word
from recommender.documents.vocabulary import EFFECTS, Area, Jurisdiction, Treatment
from recommender.knowledge.reading import Finders, Reading, finders_of, reading_of
from recommender.knowledge.reference import Label, Reference
from recommender.knowledge.rules import HoldOn, Raise, Refer, Rule

#: the least that a hold says of what a label rules out: a prescriber chooses another product, or decides against it
_LEAST = EFFECTS.index("review")


def label_problems(rules: Sequence[Rule], reference: Reference) -> Iterator[Problem]:
    """Each answer with which a label rules a product out, and no hold on that product stands where it could be offered."""
    finders = finders_of(rules)
    treatment_of = {product.id: facts.treatment for facts in reference.treatments for product in facts.products}
    for label in reference.labels:
        if label.product not in treatment_of:
            yield unknown_word("labels.yaml", "product class", label.product, sorted(treatment_of))
            continue
        holds = [rule for rule in rules if _may_hold(rule, treatment_of[label.product], label.product)]
        for answer in label.not_with:
            if answer not in HISTORY_KEYS:
                yield unknown_word(f"labels.yaml: {label.product}", "answer about health", answer, HISTORY_KEYS)
            elif where := next(_unheld(finders, holds, reference, label, answer), None):
                fault = f"its label names '{answer}', and no hold on it stands at '{where[0]}' in '{where[1]}'"
                yield Problem(f"labels.yaml: {label.product}", fault)


def _unheld(
    finders: Finders, holds: Sequence[Rule], reference: Reference, label: Label, answer: str
) -> Iterator[tuple[Area, Jurisdiction]]:
    """Where and in which country an answer that a label names leaves its product free."""
    areas = label.places or tuple(reference.questions.areas)
    seen = [(area, kind) for area in areas for kind in reference.questions.areas[area].kinds]
    for jurisdiction in label.jurisdictions or get_args(Jurisdiction):
        alone = reading_of({"history": {answer: "yes"}}, jurisdiction, finders)
        if any(rule.scope == "person" and _fires(alone, rule) for rule in holds):
            continue  # whatever is seen, and wherever
        for area, kind in seen:
            given = {"history": {answer: "yes"}, "concerns": [{"area": area, "kind": kind}]}
            reading = reading_of(given, jurisdiction, finders)
            if not any(_fires(reading, rule) for rule in holds):
                yield area, jurisdiction


def _may_hold(rule: Rule, treatment: Treatment, product_class: str) -> bool:
    hold = rule.concludes
    return (
        isinstance(hold, HoldOn)
        and treatment in hold.treatment
        and product_class in (hold.products or (product_class,))
        and EFFECTS.index(hold.effect) >= _LEAST
    )


def unnamed_referrals(rules: Sequence[Rule]) -> Iterator[Problem]:
    """Each hold that refers in an example of its own in which no referral and no alert names somebody to see."""
    naming, finders = [rule for rule in rules if isinstance(rule.concludes, Refer | Raise)], finders_of(rules)
    for rule in rules:
        if not isinstance(rule.concludes, HoldOn) or rule.concludes.effect != "refer":
            continue
        for example in rule.text.examples:
            reading = reading_of(example.given, rule.home, finders)
            fired = [about for about in reading.concerns_of(rule) if reading.rule(rule, about)]
            if not all(any(_names(reading, other, about) for other in naming) for about in fired):
                yield Problem(rule.where, f"'{rule.id}' refers, and nobody to see is named in its example '{example.say}'")
                break


def _names(reading: Reading[bool], rule: Rule, about: int | None) -> bool:
    """Whether a rule speaks of the same concern, or of the person; for a hold on the person, of anything of theirs."""
    if about is None or rule.scope == "person":
        return _fires(reading, rule)
    return reading.rule(rule, about)


def _fires(reading: Reading[bool], rule: Rule) -> bool:
    return any(reading.rule(rule, about) for about in reading.concerns_of(rule))
