"""One rule: what it says, what it concludes, and where it stands."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from recommender.documents.base import FrozenModel, Text
from recommender.documents.told import ForAll, ForNurses, Unnamed
from recommender.documents.vocabulary import (
    Destination,
    Effect,
    Jurisdiction,
    NoteTopic,
    Role,
    Scope,
    Stance,
    Treatment,
    Urgency,
)
from recommender.knowledge.conditions import Condition


def _like(pattern: str, otherwise: str) -> AfterValidator:
    """Refuses a text that is not like this, with what is expected of it."""

    def checked(text: str) -> str:
        if not re.fullmatch(pattern, text, re.DOTALL):
            raise ValueError(otherwise)
        return text

    return AfterValidator(checked)


_ID = "an id is a topic, a dot and a name of small letters, digits, _ and -, such as folds.usual-place"
_FINDING = "a finding is named with small letters, digits and _, such as dynamic_lines"
_CLAUSE = "the short reason goes on after 'because' and has no full stop, such as 'movement makes these lines'"
_CONDITIONAL = "a sentence about what is not known starts with 'If', such as 'If you are unwell now, wait.'"
Identifier = Annotated[str, _like(r"[a-z0-9_]+(\.[a-z0-9_-]+)+", _ID)]
FindingName = Annotated[str, _like(r"[a-z][a-z0-9_]*", _FINDING)]


def one_or_more(value: object) -> object:
    """A word alone is a list of one."""
    return [value] if isinstance(value, str) else value


class Find(FrozenModel):
    """A finding, for other rules to read."""

    name: FindingName


class Offer(FrozenModel):
    """An option for the place of the concern."""

    treatment: Treatment
    role: Role


class HoldOn(FrozenModel):
    """What speaks against a treatment. ``until`` says when a ``defer`` lifts; ``products`` limits it to some products."""

    treatment: Annotated[tuple[Treatment, ...], BeforeValidator(one_or_more), Field(min_length=1)]
    effect: Effect
    until: ForAll[Text | None] = None
    products: tuple[str, ...] = ()


class Refer(FrozenModel):
    """Who else to see, instead of an injection or beside it."""

    to: Destination
    stance: Stance


class Raise(FrozenModel):
    """An alert."""

    urgency: Urgency


class Tell(FrozenModel):
    """A note. ``about`` sorts notes for their readers."""

    about: NoteTopic


#: what a rule concludes: exactly one of these
Conclusion = Find | Offer | HoldOn | Refer | Raise | Tell


class Example(FrozenModel):
    """A sentence, a partial answers document, and what the rule makes of it."""

    say: Text
    given: dict[str, Any]
    expect: Literal["fires", "silent", "unknown"]


class RuleText(FrozenModel):
    """A rule as written, in its fixed field order; ``when`` is read apart."""

    id: Identifier
    title: ForAll[Text]
    when: Any
    find: FindingName | None = None
    offer: Offer | None = None
    hold: Unnamed[HoldOn | None] = None
    refer: Refer | None = None
    alert: Raise | None = None
    note: Tell | None = None
    because: ForAll[Text]
    in_short: ForAll[Annotated[Text, _like(r".*[^.]", _CLAUSE)] | None] = None
    if_not_known: ForAll[Annotated[Text, _like(r"If .*", _CONDITIONAL)] | None] = None
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    limits: ForNurses[Text | None] = None
    jurisdictions: tuple[Jurisdiction, ...] = ()
    in_force_from: date | None = None
    in_force_until: date | None = None
    review_by: date | None = None
    status: Literal["draft"] = "draft"
    examples: tuple[Example, ...] = ()


class Signature(FrozenModel):
    """Who has reviewed a rule, when, and the hash of the exact text that was reviewed."""

    name: Text
    role: Text
    registration: Text
    signed_on: date
    text: Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]


def text_hash(text: RuleText) -> str:
    """The hash of everything a reviewer reads in a rule, its examples included."""
    content = json.dumps(text.model_dump(mode="json", exclude_none=True), sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(content.encode()).hexdigest()


CONCLUSIONS = ("find", "offer", "hold", "refer", "alert", "note")
FIELD_ORDER: tuple[str, ...] = tuple(RuleText.model_fields)


@dataclass(frozen=True)
class Rule:
    """A rule ready for use: its text, its condition, whether it is about a concern or the person, and its file and line.

    ``signature`` is there only while it holds for this exact text: a rule that changes is a draft again by itself.
    """

    text: RuleText
    when: Condition
    scope: Scope
    where: str
    signature: Signature | None = None

    @property
    def status(self) -> Literal["draft", "signed"]:
        """Whether a named clinician has signed this exact text."""
        return "draft" if self.signature is None else "signed"

    @property
    def id(self) -> str:
        """The rule's identifier."""
        return self.text.id

    def sentence(self, *, known: bool) -> str:
        """What the person reads; where it is not known whether it is so, the sentence that says so itself."""
        return self.text.because if known or self.text.if_not_known is None else self.text.if_not_known

    @property
    def decides(self) -> bool:
        """Whether the short answer can rest on it: it offers, refers, holds with more than a caution, or calls for help now."""
        match self.concludes:
            case HoldOn(effect=effect):
                return effect != "caution"
            case Raise(urgency=urgency):
                return urgency == "emergency"
            case _:
                return isinstance(self.concludes, Offer | Refer)

    @property
    def speaks_in_doubt(self) -> bool:
        """Whether it says something even where the answer it needs is "unsure": an alert, and a hold that is no caution."""
        return isinstance(self.concludes, Raise) or (isinstance(self.concludes, HoldOn) and self.decides)

    @cached_property
    def conclusion(self) -> str:
        """Which of the six conclusions it draws, as it is named in the file."""
        return next(name for name in CONCLUSIONS if getattr(self.text, name) is not None)

    @cached_property
    def concludes(self) -> Conclusion:
        """What it concludes."""
        if self.text.find is not None:
            return Find(name=self.text.find)
        concluded: Conclusion = getattr(self.text, self.conclusion)
        return concluded

    @property
    def finds(self) -> str | None:
        """The finding that it concludes, if that is what it does."""
        return self.text.find

    @property
    def home(self) -> Jurisdiction:
        """Where its examples live."""
        return self.text.jurisdictions[0] if self.text.jurisdictions else "other"

    def applies_in(self, jurisdiction: str) -> bool:
        """Whether the rule speaks about this jurisdiction."""
        return not self.text.jurisdictions or jurisdiction in self.text.jurisdictions

    def in_force(self, on: date) -> bool:
        """Whether the rule is in force on a day (both ends included)."""
        start, end = self.text.in_force_from, self.text.in_force_until
        return (start is None or start <= on) and (end is None or on <= end)


def conclusions_in(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The conclusions a rule's raw text draws: a good rule has exactly one."""
    return tuple(name for name in CONCLUSIONS if data.get(name) is not None)
