"""The explanation document: why not, how far each hold reaches, and what would change an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from recommender.documents.answers import Document
from recommender.documents.assessment import Evidence, Source
from recommender.documents.vocabulary import Area, Effect, Kind, Treatment


class Unmet(Document):
    """A condition of a rule that failed or is not known, in words, and the answer it is about."""

    said: str
    stands: Literal["failed", "not_known"]
    path: str | None = None


class Near(Document):
    """A rule that offers the treatment, and what of it is not met; nothing where another rule speaks against its offer."""

    rule: str
    title: str
    unmet: tuple[Unmet, ...]


class Stop(Document):
    """A hard stop that stands: its rule, its sentence and its sources."""

    rule: str
    because: str
    sources: tuple[str, ...]


class WhyNot(Document):
    """A treatment that is not on the table for something seen at a place, and the rules that came nearest to offering it.

    Without ``nearest`` no rule offers it for this thing seen at this place. ``against`` is what rules it out, whatever else
    were answered and whether or not a rule offers it.
    """

    area: Area
    kind: Kind
    treatment: Treatment
    nearest: tuple[Near, ...]
    against: tuple[Stop, ...]


class Reach(Document):
    """What a hold changed, and what would lift it: waiting, a prescriber, somebody else, an answer, or nothing."""

    rule: str
    area: Area | None
    effect: Effect
    decides: tuple[str, ...]
    lifts: Literal["waiting", "decision", "referral", "answer", "never"]
    until: str | None = None


class Change(Document):
    """Answers that would have to be otherwise, and how an option or an alert would then stand; "" is not on the table."""

    target: str
    now: str
    then: str
    answers: tuple[Evidence, ...]


class Explanation(Document):
    """Everything beside the reasons that an assessment carries already.

    ``with_time`` and ``by_grading`` are changes that none of their answers can be left out of: over what passes by itself, and
    over what is seen (a nurse looks again). No other answer is ever in them. ``sensitivity`` is every single answer that would
    change something; it is for nurses, and empty where a patient answers.

    ``words`` are labels as in ``Assessment.words``, for the answers named here alone: a number stands for the stretch that it
    begins ("18 or more"), and ``passes.history.X`` says when time has turned that "yes" into a "no". ``sources`` are those
    cited here that the assessment does not list.
    """

    schema_: Literal["consultation-explanation/1"] = Field(default="consultation-explanation/1", alias="schema")
    why_not: tuple[WhyNot, ...]
    reaches: tuple[Reach, ...]
    with_time: tuple[Change, ...]
    by_grading: tuple[Change, ...]
    sensitivity: tuple[Change, ...]
    words: Mapping[str, str]
    sources: tuple[Source, ...]
