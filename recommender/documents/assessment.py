"""The assessment document: what the recommender concludes (``consultation-assessment/1``).

Everything a summary shows is in it, down to the sources and the facts about the two treatments, so that every screen and
export is a view of this one document and a document kept for years reads the same after the rules have changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Literal

from pydantic import Field

from recommender.documents.answers import Answers, Document
from recommender.documents.told import AsItIs, ForAll, Told, Unnamed
from recommender.documents.vocabulary import (
    Area,
    Destination,
    Effect,
    Jurisdiction,
    Kind,
    NoteTopic,
    Outcome,
    Role,
    Scope,
    Stance,
    Status,
    Treatment,
    Urgency,
)

#: the note on what was named and led to no option, referral or alert
NOTHING_CONCLUDED = "policy.nothing-concluded"


class Evidence(Document):
    """One answer that matched a rule: where it stands in the answers document, and what it says.

    Where nobody gave it, ``follows_from`` is the path of the answer that it follows from: the same word there.
    """

    path: str
    value: str | int
    follows_from: str | None = None


class Reason(Document):
    """A rule that fired: its sentence, the very answers that matched, and its sources.

    ``builds_on`` are the rules whose findings it rests on: they stand beside it. Where a hold or a note rests on any, its
    ``chain`` is the rule with the answers that it matched itself, and then those it rests on. ``in_doubt`` is true where it is
    not known whether it is so ("unsure", or not answered): ``because`` is then the sentence that says so itself ("If …").
    ``in_short`` is the same in a few words that go on after "because", for the short answer; in doubt there is none.
    """

    rule: str
    because: str
    in_short: str | None = None
    evidence: tuple[Evidence, ...]
    sources: tuple[str, ...]
    builds_on: tuple[str, ...] = ()
    in_doubt: bool = False


class Hold(Reason):
    """What speaks against a treatment; ``scope`` says whether about this person or about this place.

    Where the answer behind it was "unsure", the effect is ``review``, whatever "yes" would give.
    """

    treatments: tuple[Treatment, ...]
    effect: Effect
    scope: Scope
    area: Area | None = None
    until: str | None = None
    products: tuple[str, ...] = ()
    chain: tuple[Reason, ...] = ()


class Option(Document):
    """A treatment for a place. A withdrawn option stays, with what defeated it."""

    area: Area
    kinds: tuple[Kind, ...]
    treatment: Treatment
    role: Role
    status: Status
    reasons: tuple[Reason, ...]
    defeats: tuple[Hold, ...]
    deciding: tuple[str, ...] = ()


class Referral(Document):
    """Who else to see, instead of an injection or beside it. Without ``area`` it is about the whole person."""

    to: Destination
    stance: Stance
    area: Area | None = None
    kinds: tuple[Kind, ...] = ()
    reasons: tuple[Reason, ...]


class Alert(Document):
    """What comes before everything else. ``in_doubt``: the sign was answered "unsure"."""

    urgency: Urgency
    reasons: tuple[Reason, ...]
    in_doubt: bool = False


class Note(Reason):
    """Something worth knowing that changes no option. ``about`` sorts notes for their readers."""

    about: NoteTopic | None = None
    chain: tuple[Reason, ...] = ()


class OpenQuestion(Document):
    """An answer that is not known and could still change an option's status or add an alert.

    Where no place is named, ``could_change`` names the treatments that it could hold.
    """

    path: str
    could_change: tuple[str, ...]


class RuleBaseIdentity(Document):
    """Which rules concluded this. ``status`` is "draft" until a named clinician has signed every rule."""

    version: str
    fingerprint: str
    status: Literal["draft", "signed"]


class Source(Document):
    """A cited source."""

    id: str
    title: str
    publisher: str
    year: int | None = None
    url: str | None = None
    strength: str


class ProductClass(Document):
    """A kind of product of one treatment: how long its effect is reported to last, and whether it can be dissolved.

    ``brands`` are for nurses alone.
    """

    id: str
    name: ForAll[str]
    brands: Annotated[tuple[str, ...], Told(public=False, translated=False)] = ()
    lasts: ForAll[str]
    months: tuple[float, float] | None = None
    reversible: ForAll[str]
    sources: tuple[str, ...]


class Timing(Document):
    """When it starts, when it is full and when it wears off: in words and, for drawing, in days (first, last)."""

    text: Unnamed[ForAll[str]]
    days: tuple[float, float] | None = None
    sources: tuple[str, ...]


class Advice(Document):
    """What to do, or what to know, after an injection; with ``areas``, after one there.

    ``for_days`` is how many days after it this holds; ``unless`` are the outcomes that tell the same themselves.
    """

    text: ForAll[str]
    areas: tuple[Area, ...] = ()
    for_days: int | None = None
    unless: tuple[Outcome, ...] = ()
    sources: tuple[str, ...]
    limits: ForAll[str | None] = None


class TreatmentFacts(Document):
    """What a treatment is and does, as shown beside every assessment.

    ``known_as`` is the name by which most people know it, and with ``clinical_name`` is there where its reader may be told.
    ``risk_in_short`` is the rare risk that matters most, for the short answer. ``aftercare`` is advice by name. Documents from
    before either was kept have none.
    """

    treatment: Treatment
    name: ForAll[str]
    known_as: AsItIs[str | None] = None
    clinical_name: ForAll[str | None] = None
    what_it_is: ForAll[str]
    how_it_works: ForAll[str]
    good_for: ForAll[str]
    onset: Timing
    peak: Timing
    lasts: Timing
    reversible: ForAll[str]
    common_effects: ForAll[str]
    serious_risks: ForAll[str]
    risk_in_short: ForAll[str | None] = None
    aftercare: Mapping[str, Advice] = {}
    ask: ForAll[tuple[str, ...]]
    products: tuple[ProductClass, ...]
    sources: tuple[str, ...]
    limits: ForAll[str]

    def advice(self, areas: Collection[Area] = ()) -> tuple[Advice, ...]:
        """The advice after an injection: what holds anywhere, then what holds at these places alone."""
        anywhere = [one for one in self.aftercare.values() if not one.areas]
        return (*anywhere, *(one for one in self.aftercare.values() if not set(areas).isdisjoint(one.areas)))

    def advice_still(self, days_ago: int | None, outcome: Outcome) -> tuple[Advice, ...]:
        """The advice that holds anywhere and so many days after the injection, if known, without what is told already."""
        in_time = (one for one in self.advice() if one.for_days is None or days_ago is None or days_ago <= one.for_days)
        return tuple(one for one in in_time if outcome not in one.unless)


class Assessment(Document):
    """What the rules conclude from one answers document. Same answers and same rules give the same bytes.

    ``language`` is that of every text in it, and of whatever is written from it; documents from before it was kept are English.

    ``words`` are the labels of the words this document uses, for its readers: ``area.lips``, ``kind.lines``,
    ``treatment.dermal_filler``, ``status.suggested``, ``role.first_line``, ``effect.defer``, ``destination.medical``,
    ``stance.instead``, ``urgency.same_day``, ``answer.unsure``, ``product.ha``, ``question.history.pregnant`` (every answer
    given or open, concern details as ``question.on_movement``), and the sentences ``outcome``, ``outcome_next``,
    ``draft``, ``disclaimer``, ``emergency_number``. ``aftercare_sources`` are those that the advice for after an injection
    alone cites.
    """

    schema_: Literal["consultation-assessment/1"] = Field(default="consultation-assessment/1", alias="schema")
    outcome: Outcome
    options: tuple[Option, ...]
    holds: tuple[Hold, ...]
    referrals: tuple[Referral, ...]
    alerts: tuple[Alert, ...]
    notes: tuple[Note, ...]
    open_questions: tuple[OpenQuestion, ...]
    rules: RuleBaseIdentity
    jurisdiction: Jurisdiction
    language: str = Field(default="en", pattern="^[a-z]{2}(-[A-Z]{2})?$")
    answers: Answers
    treatments: tuple[TreatmentFacts, ...]
    sources: tuple[Source, ...]
    aftercare_sources: tuple[Source, ...] = ()
    words: Mapping[str, str]

    @property
    def needs_help_today(self) -> bool:
        """Whether medical help is needed now or today: then a patient reads of no treatment."""
        return self.outcome in ("emergency", "same_day")

    @property
    def tells_aftercare(self) -> bool:
        """Whether somebody asks about an injection and needs no help today: then advice for afterwards is told."""
        return self.answers.after_treatment is not None and not self.needs_help_today

    def json_text(self, *, indent: int | None = None) -> str:
        """The document as JSON, always the same bytes for the same content; nothing unanswered is written."""
        return self.model_dump_json(by_alias=True, exclude_none=True, indent=indent)
