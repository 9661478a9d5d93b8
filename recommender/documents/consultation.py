"""The record of one visit (``consultation-record/1``): what was said, found, decided, injected, agreed to and signed.

It is frozen like every document here: each step of its life (``life.py``) gives a new one.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints, model_validator

from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment
from recommender.documents.authorisation import Authorisation, Emergency, SeenAs
from recommender.documents.base import FrozenModel
from recommender.documents.consent import Consent
from recommender.documents.plan import MOST_PRODUCTS, Product
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Area, Jurisdiction, Kind, Severity, Status, Treatment

FreeText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Written = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
State = Literal["draft", "signed", "locked", "voided"]
#: what a prescriber last said of a draft, or is asked; empty where she is in none of it
Stage = Literal["", "asked", "authorised", "changed", "refused", "given_back"]
#: ``void`` takes a decision back where the findings no longer offer what it was about
Choice = Literal["agree", "otherwise", "decline", "void"]

#: Why a recommendation is not followed: codes of HL7's non-adherence reasons (CDS Hooks 3.0.0-ballot), and ``other``.
ReasonCode = Literal[
    "patient-ineligible",
    "action-unsuccessful",
    "action-performed-no-adverse-effect",
    "action-not-priority",
    "limited-time",
    "cds-not-applicable",
    "recipient-disagrees-evidence",
    "recipient-concerns-outcomes",
    "does-not-align-preferences",
    "other",
]


_UNSIGNED: Final = frozenset({"signature", "co_signature", "returns", "addenda"})


class StopQuestion(FrozenModel):
    """An answer nobody gave on which a hard stop of these treatments could rest."""

    path: str
    treatments: tuple[Treatment, ...]


class AssessedAnswers(FrozenModel):
    """Somebody's answers with what the rules of that day made of them: the assessment's own JSON, kept word for word.

    ``public_text`` is the same conclusion in the words that a patient there may be told, where ``text`` speaks to a nurse.
    """

    text: str
    public_text: str = ""
    stop_questions: tuple[StopQuestion, ...] = ()

    @cached_property
    def assessment(self) -> Assessment:
        """The assessment, read from its text."""
        return Assessment.model_validate_json(self.text)

    @cached_property
    def public(self) -> Assessment:
        """The assessment in the words for the patient."""
        return Assessment.model_validate_json(self.public_text) if self.public_text else self.assessment

    @property
    def answers(self) -> Answers:
        """The answers as they were given."""
        return self.assessment.answers


class Duties(FrozenModel):
    """What this visit keeps to beside the rules, as it stood that day: days to think, and what a prescriber signs for.

    ``clinic_days`` are those the clinic asks for by itself; the longer of the two counts and stands in ``cooling_off_days``.
    A prescriber authorises ``authorised_first`` before the injection, and saw the patient ``seen_as``, for at most
    ``valid_days``; a visit that was begun before there was such a duty has none.
    """

    cooling_off_days: Annotated[int, Field(ge=0, le=365)] = 0
    clinic_days: Annotated[int, Field(ge=0, le=365)] = 0
    prescriber_signs: tuple[Treatment, ...] = ()
    authorised_first: tuple[Treatment, ...] = ()
    seen_as: SeenAs = ""
    valid_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    sources: tuple[str, ...] = ()


class Grading(FrozenModel):
    """How marked the nurse finds one concern, with the face still and moving."""

    area: Area
    kind: Kind
    at_rest: Severity | None = None
    on_movement: Severity | None = None


class Decision(FrozenModel):
    """What somebody decided about one treatment at one place, and how the recommender had put it to them (``status``).

    ``against`` are the rules that were not followed: what held a treatment that was agreed to, or what offered one that
    was not. None as ``status`` is a treatment that no rule offered. ``place`` names the area in that day's words: findings
    that do not speak of it any more have none.
    """

    area: Area
    treatment: Treatment
    choice: Choice
    status: Status | None
    against: tuple[str, ...] = ()
    reason: ReasonCode | None = None
    note: FreeText = ""
    confirmed: bool = False
    place: Annotated[str, StringConstraints(max_length=200)] = ""
    by: Staff
    at: AwareDatetime


class Aftercare(FrozenModel):
    """What the patient was told to do and to watch for afterwards."""

    how: Literal["spoken", "written", "both"]
    leaflet: Annotated[str, StringConstraints(max_length=200)] = ""
    given_at: AwareDatetime


class AdverseEvent(FrozenModel):
    """Something that went wrong; ``product`` is the number of the product in the plan that it followed, if it is known."""

    what: Written
    seen_on: date
    action: FreeText = ""
    product: Annotated[int, Field(ge=0)] | None = None


class AdverseEvents(FrozenModel):
    """What went wrong, or that nothing did: "none" is said, never left to be guessed from an empty list."""

    none: bool
    events: Annotated[tuple[AdverseEvent, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _one_or_the_other(self) -> AdverseEvents:
        if self.none == bool(self.events):
            raise ValueError("either there was none, or each one is described")
        return self


class FollowUp(FrozenModel):
    """When the patient is seen again, or why not."""

    on: date | None = None
    none_because: FreeText = ""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> FollowUp:
        if (self.on is None) == (not self.none_because):
            raise ValueError("either a day is named, or why there is none")
        return self


class RecordSignature(FrozenModel):
    """Somebody signed exactly this content (``content`` is its hash)."""

    by: Staff
    at: AwareDatetime
    content: str


class Return(FrozenModel):
    """A prescriber gave a signed record back instead of signing it too."""

    by: Staff
    at: AwareDatetime
    because: Written


class Unsaved(FrozenModel):
    """Something typed that could not be saved: the path of its field, which part of it, and the text. Nobody signs over it."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    part: Annotated[str, StringConstraints(max_length=20)] = ""
    typed: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Voided(FrozenModel):
    """Somebody discarded a draft that was begun by mistake."""

    by: Staff
    at: AwareDatetime
    because: Written


class Move(FrozenModel):
    """Somebody moved a draft here from another patient, whose id is ``source``; ``confirmed`` once all of it was checked."""

    by: Staff
    at: AwareDatetime
    because: Written
    source: str
    confirmed: Staff | None = None


class Addendum(FrozenModel):
    """What was added after the record was locked; an adverse event seen later is linked to its product."""

    by: Staff
    at: AwareDatetime
    text: Written
    adverse_event: AdverseEvent | None = None


class Consultation(FrozenModel):
    """One visit. What is None or empty has not been said yet.

    ``unread`` are the paths of answers that a patient brought and nobody has read through with them.
    """

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    schema_: Literal["consultation-record/1"] = Field(default="consultation-record/1", alias="schema")
    jurisdiction: Jurisdiction
    duties: Duties = Duties()
    patient: AssessedAnswers | None = None
    nurse: AssessedAnswers
    gradings: Annotated[tuple[Grading, ...], Field(max_length=200)] = ()
    decisions: Annotated[tuple[Decision, ...], Field(max_length=500)] = ()
    authorisations: Annotated[tuple[Authorisation, ...], Field(max_length=100)] = ()
    emergencies: Annotated[tuple[Emergency, ...], Field(max_length=50)] = ()
    informed_on: date | None = None
    injected: Literal["yes", "no"] | None = None
    injected_on: date | None = None
    products: Annotated[tuple[Product, ...], Field(max_length=MOST_PRODUCTS)] = ()
    consent: Consent | None = None
    aftercare: Aftercare | None = None
    adverse_events: AdverseEvents | None = None
    follow_up: FollowUp | None = None
    note: FreeText = ""
    unsaved: Annotated[tuple[Unsaved, ...], Field(max_length=200)] = ()
    unread: Annotated[tuple[Annotated[str, StringConstraints(min_length=1, max_length=80)], ...], Field(max_length=300)] = ()
    moves: tuple[Move, ...] = ()
    voided: Voided | None = None
    signature: RecordSignature | None = None
    co_signature: RecordSignature | None = None
    returns: tuple[Return, ...] = ()
    addenda: tuple[Addendum, ...] = ()

    @property
    def language(self) -> str:
        """The language in which it is written: that of what the rules said of the findings."""
        return self.nurse.assessment.language

    @property
    def state(self) -> State:
        """Where it is in its life: being written, discarded, signed and waiting for a prescriber, or locked for good."""
        if self.signature is None:
            return "draft" if self.voided is None else "voided"
        return "signed" if self.co_signature is None and self.prescriber_due else "locked"

    @property
    def stage(self) -> Stage:
        """What a prescriber last did with a draft, or is asked to."""
        if self.state != "draft":
            return ""
        if any(one.answer is None for one in self.authorisations):
            return "asked"
        last = next(reversed(self.answers_of_prescribers), None)
        if self.returns and (last is None or last.at is None or last.at < self.returns[-1].at):
            return "given_back"
        return last.answer or "" if last is not None and not last.herself else ""

    @property
    def authorisation(self) -> Authorisation | None:
        """What a prescriber last authorised; None also where she refused since."""
        last = next(reversed(self.answers_of_prescribers), None)
        return last if last is not None and last.answer != "refused" else None

    @property
    def answers_of_prescribers(self) -> list[Authorisation]:
        """What prescribers answered of this patient: what was said before the draft was moved was about somebody else."""
        since = self.moves[-1].at if self.moves else None
        return [one for one in self.authorisations if one.at is not None and (since is None or one.at > since)]

    @property
    def prescriber_due(self) -> bool:
        """Whether a prescriber co-signs what somebody signed.

        So it is where something was injected that a prescriber signs for here, or that a prescriber alone could decide on.
        """
        if self.signature is not None and self.signature.by.role == "prescriber":
            return False
        used = {(area, product.treatment) for product in self.products for area in product.areas}
        held = {(one.area, one.treatment) for one in self.decisions if one.choice == "agree" and one.against}
        return bool(used & held) or any(product.treatment in self.duties.prescriber_signs for product in self.products)

    @property
    def expired_products(self) -> tuple[Product, ...]:
        """What was used after its last day, and recorded as that with the reason."""
        on = self.injected_on
        return tuple(one for one in self.products if one.expired_because and on is not None and one.has_expired(on))

    @property
    def recalled_products(self) -> tuple[Product, ...]:
        """What was used although its lot was recalled, and recorded as that with the reason."""
        return tuple(one for one in self.products if one.recalled_because)

    def decision_on(self, area: Area, treatment: Treatment) -> Decision | None:
        """What was last decided about a treatment at a place; None also where that was taken back."""
        found = [one for one in self.decisions if (one.area, one.treatment) == (area, treatment)]
        return found[-1] if found and found[-1].choice != "void" else None

    def document(self) -> dict[str, Any]:
        """The record as plain data; what older records could not hold is there only where it is used."""
        found = self.model_dump(mode="json", by_alias=True)
        for name in ("unsaved", "unread", "moves", "voided", "authorisations", "emergencies"):
            if not found[name]:
                del found[name]
        if not self.duties.authorised_first:
            for name in ("authorised_first", "seen_as", "valid_days"):
                del found["duties"][name]
        for part, name in (("products", "expired_because"), ("products", "recalled_because"), ("decisions", "place")):
            for one in found[part]:
                if not one[name]:
                    del one[name]
        return found

    def json_text(self) -> str:
        """The record as one line of JSON, the same for the same record."""
        return json.dumps(self.document(), ensure_ascii=False, separators=(",", ":"))

    @property
    def content_hash(self) -> str:
        """A hash of everything that a signature stands for: all but signatures, returns and addenda."""
        content = {name: value for name, value in self.document().items() if name not in _UNSIGNED}
        content["schema_"] = content.pop("schema")
        for reading in filter(None, (content["patient"], content["nurse"])):
            if not reading["public_text"]:  # what was signed before there was any is signed still
                del reading["public_text"]
        return "sha256:" + hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
