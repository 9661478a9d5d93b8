"""How long is what people read before they unfold anything? Counted on made-up people, as the longest of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from recommender.documents.answers import HISTORY_KEYS
from recommender.documents.vocabulary import Jurisdiction
from recommender.export import summarise, text_of
from recommender.export.sections.patient_summary import MORE
from recommender.inference import assess
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.yaml_files import read_yaml

#: kind of result → the most words that its first page may have
MOST_WORDS: Final[Mapping[str, int]] = {
    "an ordinary result": 450,
    "brown circles": 250,
    "an emergency": 120,
    "an age under 18": 120,
    'nothing but "I don\'t know"': 700,
}
#: the same of what a nurse reads
MOST_WORDS_FOR_A_NURSE: Final[Mapping[str, int]] = {'nothing but "I don\'t know"': 2500}
_PEOPLE: Final = Path(__file__).parent / "length_people.yaml"


@dataclass(frozen=True, slots=True)
class Length:
    """The longest result of one kind: among how many people, its words, the most it may have, and whose it is."""

    kind: str
    people: int
    words: int
    most: int
    longest: str


def lengths(rules: RuleBase, jurisdiction: Jurisdiction) -> tuple[Length, ...]:
    """The longest first page of each kind of result, in the language of the rules."""
    people = read_yaml(_PEOPLE, _PEOPLE.name).data
    for_a_nurse = [("nurse", kind, f"{kind}, for a nurse", most) for kind, most in MOST_WORDS_FOR_A_NURSE.items()]
    found = []
    for respondent, kind, shown, most in (*(("patient", kind, kind, MOST_WORDS[kind]) for kind in people), *for_a_nurse):
        where = {"jurisdiction": jurisdiction, "respondent": respondent}
        words = {one["say"]: words_of(rules, {**_answers(one), **where}) for one in people[kind]}
        longest = max(words, key=lambda say: words[say])
        found.append(Length(shown, len(people[kind]), words[longest], most, longest))
    return tuple(found)


def words_of(rules: RuleBase, answers: Mapping[str, Any]) -> int:
    """How many words of a summary stand before the fold."""
    summary = summarise(assess(rules, answers))
    first = replace(summary, sections=tuple(section for section in summary.sections if section.id != MORE))
    return sum(1 for _ in _words(text_of(first)))


def _words(text: str) -> Iterator[str]:
    """The words of a text; rules of tables and marks of lists are none."""
    return (word for word in text.split() if re.search(r"\w", word))


def _answers(one: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = dict(one["answers"])
    if "otherwise" in one:
        answers["history"] = {**dict.fromkeys(HISTORY_KEYS, one["otherwise"]), **answers.get("history", {})}
    return answers
