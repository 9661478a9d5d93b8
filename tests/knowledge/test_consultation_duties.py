"""What a visit keeps to beside the rules, and which answers a hard stop can rest on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from recommender import RuleBase, load_rules
from recommender.documents.vocabulary import JURISDICTIONS

STOP = """
- id: here.finds
  title: A finding
  when: {history: {diabetes: yes}}
  find: weak
  because: Weak.
  if_not_known: If so, weak.
  sources: [seed]
- id: here.stops
  title: A stop
  when: {all: [{finding: weak}, {concern: {at_rest: yes}}]}
  hold: {treatment: dermal_filler, effect: hard_stop}
  because: Stop.
  if_not_known: If so, stop.
  sources: [seed]
- id: here.reviews
  title: A review
  when: {history: {hiv: yes}}
  hold: {treatment: dermal_filler, effect: review}
  because: Review.
  if_not_known: If so, review.
  sources: [seed]
"""


def test_a_stop_can_rest_on_what_its_rule_reads_itself_and_on_what_its_findings_read(
    rules_of: Callable[[str], RuleBase],
) -> None:
    rules = rules_of(STOP)

    read = [rules.could_stop(path) for path in ("history.diabetes", "concerns[2].at_rest", "history.hiv", "person.age")]

    assert read == [("dermal_filler",), ("dermal_filler",), (), ()]


def test_every_country_says_for_which_treatments_a_prescriber_signs(rules: RuleBase) -> None:
    named = {where for entry in rules.reference.consultation.prescriber for where in entry.jurisdictions}

    assert named == set(JURISDICTIONS)


def test_a_day_to_be_seen_again_is_that_of_its_source_and_none_without_one(rules_folder: Callable[..., Path]) -> None:
    folder = rules_folder(here=STOP)
    file = folder / "consultation.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("days: 14", "days: 21"), encoding="utf-8")

    duties = load_rules(folder).reference.consultation

    assert (duties.review_after("botulinum_toxin"), duties.review_after("dermal_filler")) == (21, None)
