"""The facts a rule may test, each with the words or numbers it can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from recommender.documents.answer_path import CONCERN, GROUPS, address, given
from recommender.documents.answers import SYMPTOM_KEYS, Answers
from recommender.documents.vocabulary import SEVERITIES, Jurisdiction

Value = str | int

_RULING_OUT = frozenset({"heavy_lids", "puffiness_too", "loose_skin_too", "bite_problem", "breathing_problem"})


@dataclass(frozen=True, order=True)
class Field:
    """One fact: its group, its name, and what it can say. No ``words`` means a whole number."""

    group: str
    name: str
    words: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether the fact holds a whole number."""
        return not self.words

    @property
    def is_ordered(self) -> bool:
        """Whether ``at_least`` and ``below`` mean something for it."""
        return self.is_number or self.words == SEVERITIES

    @property
    def unsure_counts(self) -> bool:
        """Whether "unsure" is a doubt about safety here and no mere gap: health, symptoms, details that rule a place out."""
        return self.group in ("history", "symptoms") or (self.group == CONCERN and self.name in _RULING_OUT)

    def path(self, concern: int | None = None) -> str:
        """Where the fact stands in the answers document."""
        return address(self.group, self.name, concern)


#: derived, never asked: some sign is there, or may be, or every one of them was denied
DESCRIBED = Field("after_treatment", "symptoms_described", ("yes", "no"))
#: derived, never asked: whether they ask about what followed an injection
ASKS_AFTER = Field("person", "asks_after_injection", ("yes", "no"))
DERIVED = frozenset({DESCRIBED, ASKS_AFTER})

#: group → name → field. ``concern`` also serves ``same_area`` and ``anywhere``.
FIELDS: Mapping[str, Mapping[str, Field]] = {
    group: {name: Field(group, name, words) for name, words in GROUPS[group].words.items()}
    | {one.name: one for one in (DESCRIBED, ASKS_AFTER) if one.group == group}
    for group in (CONCERN, *(group for group in GROUPS if group != CONCERN))
}
AREA, KIND = FIELDS[CONCERN]["area"], FIELDS[CONCERN]["kind"]


@dataclass(frozen=True)
class Facts:
    """One answers document as the facts that rules test: what was answered, and what follows from it.

    ``followed`` are the facts that nobody answered: each with the fact from whose "no" its own follows.
    """

    concerns: tuple[Mapping[str, str], ...]
    values: Mapping[Field, Value]
    after_treatment: bool
    jurisdiction: Jurisdiction
    followed: Mapping[Field, Field] = field(default_factory=dict)

    @classmethod
    def of(
        cls, answers: Answers, default_jurisdiction: Jurisdiction, follows: Mapping[Field, Field] = MappingProxyType({})
    ) -> Facts:
        """The facts in ``answers``; an answer not given is not there, unless it ``follows`` from a "no" that was given.

        An answer given stands, whatever would follow.
        """
        document = answers.document()
        values: dict[Field, Value] = {FIELDS[at.group][at.name]: value for at, value in given(document) if at.seen is None}
        values[ASKS_AFTER] = "no" if answers.after_treatment is None else "yes"
        if answers.after_treatment is not None:
            symptoms = document["after_treatment"]["symptoms"]
            described = set(symptoms.values()) - {"no"} or set(symptoms) == set(SYMPTOM_KEYS)
            values[DESCRIBED] = "yes" if described else "no"
        followed = {fact: before for fact, before in follows.items() if fact not in values and values.get(before) == "no"}
        return cls(
            concerns=tuple(document["concerns"]),
            values=values | dict.fromkeys(followed, "no"),
            after_treatment=answers.after_treatment is not None,
            jurisdiction=answers.jurisdiction or default_jurisdiction,
            followed=followed,
        )
