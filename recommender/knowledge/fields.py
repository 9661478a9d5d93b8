"""The facts a rule may test, each with the words or numbers it can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import get_args

from recommender.documents.answers import AREA_DETAILS, GOAL_KEYS, HISTORY_KEYS, SCREENING_KEYS, SYMPTOM_KEYS, Answers
from recommender.documents.vocabulary import (
    AREAS,
    KINDS,
    SEVERITIES,
    Answer,
    DarkCircleCause,
    Jurisdiction,
    ScarType,
    TreatmentAnswer,
)

Value = str | int

_THREE = get_args(Answer)
_RULING_OUT = frozenset({"heavy_lids", "puffiness_too", "loose_skin_too", "bite_problem", "breathing_problem"})
_DETAIL_WORDS: Mapping[str, tuple[str, ...]] = {
    "severity": SEVERITIES,
    "cause": get_args(DarkCircleCause),
    "scar_type": get_args(ScarType),
}


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
        return self.group in ("history", "symptoms") or (self.group == "concern" and self.name in _RULING_OUT)

    def path(self, concern: int | None = None) -> str:
        """Where the fact stands in the answers document."""
        if self.group == "concern":
            return f"concerns[{concern}].{self.name}"
        return f"{_PREFIX[self.group]}.{self.name}"


_PREFIX = {
    "person": "person",
    "history": "history",
    "screening": "screening",
    "goals": "goals",
    "after_treatment": "after_treatment",
    "symptoms": "after_treatment.symptoms",
}

#: group → name → field. ``concern`` also serves ``same_area`` and ``anywhere``.
FIELDS: Mapping[str, Mapping[str, Field]] = {
    "concern": {
        "area": Field("concern", "area", AREAS),
        "kind": Field("concern", "kind", KINDS),
        **{name: Field("concern", name, _DETAIL_WORDS.get(name, _THREE)) for name in AREA_DETAILS},
    },
    "person": {
        "age": Field("person", "age"),
        # derived, never asked: whether they ask about what followed an injection
        "asks_after_injection": Field("person", "asks_after_injection", ("yes", "no")),
    },
    "history": {name: Field("history", name, _THREE) for name in HISTORY_KEYS},
    "screening": {name: Field("screening", name) for name in SCREENING_KEYS},
    "goals": {name: Field("goals", name, _THREE) for name in GOAL_KEYS},
    "after_treatment": {
        "treatment": Field("after_treatment", "treatment", get_args(TreatmentAnswer)),
        "days_ago": Field("after_treatment", "days_ago"),
        # derived, never asked: some sign is there, or may be, or every one of them was denied
        "symptoms_described": Field("after_treatment", "symptoms_described", ("yes", "no")),
    },
    "symptoms": {name: Field("symptoms", name, _THREE) for name in SYMPTOM_KEYS},
}

AREA, KIND = FIELDS["concern"]["area"], FIELDS["concern"]["kind"]
DESCRIBED, ASKS_AFTER = FIELDS["after_treatment"]["symptoms_described"], FIELDS["person"]["asks_after_injection"]
#: what nobody is asked
DERIVED = frozenset({DESCRIBED, ASKS_AFTER})


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
        given = answers.document()
        values: dict[Field, Value] = {}
        for group in ("person", "history", "screening", "goals"):
            values |= {FIELDS[group][name]: value for name, value in given.get(group, {}).items()}
        values[FIELDS["person"]["asks_after_injection"]] = "no" if answers.after_treatment is None else "yes"
        if answers.after_treatment is not None:
            after = given["after_treatment"]
            symptoms = after.pop("symptoms")
            values |= {FIELDS["after_treatment"][name]: value for name, value in after.items()}
            values |= {FIELDS["symptoms"][name]: value for name, value in symptoms.items()}
            described = set(symptoms.values()) - {"no"} or set(symptoms) == set(SYMPTOM_KEYS)
            values[FIELDS["after_treatment"]["symptoms_described"]] = "yes" if described else "no"
        followed = {fact: before for fact, before in follows.items() if fact not in values and values.get(before) == "no"}
        return cls(
            concerns=tuple(given["concerns"]),
            values=values | dict.fromkeys(followed, "no"),
            after_treatment=answers.after_treatment is not None,
            jurisdiction=answers.jurisdiction or default_jurisdiction,
            followed=followed,
        )
