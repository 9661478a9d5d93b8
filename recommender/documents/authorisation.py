"""What a prescriber authorises before an injection, and emergency medicines that nobody waits with."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from recommender.documents.base import FrozenModel
from recommender.documents.plan import Because, Short
from recommender.documents.staff import Staff
from recommender.documents.vocabulary import Area, Treatment

#: how a prescriber saw the patient
Seen = Literal["in_person", "video"]
#: how she has to: in person, or in person or by video; empty where no source says
SeenAs = Literal["", "in_person", "live"]
SEEN_AS: dict[SeenAs, tuple[Seen, ...]] = {
    "": ("in_person", "video"),
    "in_person": ("in_person",),
    "live": ("in_person", "video"),
}
EmergencyMedicine = Literal["hyaluronidase", "adrenaline"]


class Planned(FrozenModel):
    """One treatment of a plan: the places it is for, and the kind of product where one is named."""

    treatment: Treatment
    areas: Annotated[tuple[Area, ...], Field(min_length=1, max_length=100)]
    product: Short = ""


class Authorisation(FrozenModel):
    """A plan that was sent to a prescriber (``asked``), and what she answered; ``answer`` is None while it waits.

    ``plan`` is what she authorises; where it is another one than she was asked for, ``because`` says what she changed, else
    why she refused. ``herself`` is a prescriber who treats the patient, and nobody asked her. ``afterwards``: the record
    said already that something was injected.
    """

    asked_by: Staff | None = None
    asked_at: AwareDatetime | None = None
    asked: Annotated[tuple[Planned, ...], Field(max_length=10)] = ()
    answer: Literal["authorised", "changed", "refused"] | None = None
    by: Staff | None = None
    at: AwareDatetime | None = None
    plan: Annotated[tuple[Planned, ...], Field(max_length=10)] = ()
    because: Because = ""
    seen: Seen | None = None
    seen_on: date | None = None
    valid_until: date | None = None
    herself: bool = False
    afterwards: bool = False

    @model_validator(mode="after")
    def _asked_or_answered(self) -> Authorisation:
        if (self.answer is None) != (self.by is None) or (self.by is None) != (self.at is None):
            raise ValueError("an answer has somebody who gave it, and when")
        if self.answer is None and not self.asked:
            raise ValueError("either something is asked for, or it is answered")
        return self


class Emergency(FrozenModel):
    """An emergency medicine that was given without an authorisation, and what for."""

    medicine: EmergencyMedicine
    because: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
    by: Staff
    at: AwareDatetime
