"""The words of a visit's summary that no assessment carries: reasons, choices, states, days, amounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from recommender.documents.consultation import Choice, ReasonCode, State
from recommender.documents.plan import Depth, Technique, Unit
from recommender.documents.staff import Role, Staff
from recommender.export.summary import readable

NOT_SAID: Final = "not said yet"


class Said(NamedTuple):
    """One thing in two voices."""

    clinical: str
    patient: str


#: a non-adherence reason of HL7 (CDS Hooks 3.0.0-ballot), where "the recipient" is whoever the recommender speaks to
REASONS: Final[Mapping[ReasonCode, Said]] = {
    "patient-ineligible": Said("The patient is not eligible for it", "It is not meant for somebody in your situation."),
    "action-unsuccessful": Said("It was tried and did not succeed", "It was tried before and did not help."),
    "action-performed-no-adverse-effect": Said(
        "It was done before without an adverse effect", "You had it before and nothing went wrong."
    ),
    "action-not-priority": Said("Something else comes first", "Something else comes first."),
    "limited-time": Said("There was not enough time", "There was not enough time."),
    "cds-not-applicable": Said("The recommendation does not apply to this patient", "What the rules suggest does not fit you."),
    "recipient-disagrees-evidence": Said(
        "Whoever decided sees the evidence otherwise", "Whoever decided with you sees the evidence otherwise."
    ),
    "recipient-concerns-outcomes": Said(
        "There are concerns about what could come of it", "There were concerns about what could come of it."
    ),
    "does-not-align-preferences": Said("It is not what the patient prefers", "It is not what you prefer."),
    "other": Said("Another reason", "The reason is in the clinic's record. You may ask for it."),
}
CHOICES: Final[Mapping[Choice, Said]] = {
    "agree": Said("Agreed", "Decided for it"),
    "otherwise": Said("Decided otherwise", "Something else was decided"),
    "decline": Said("Declined", "Decided against it"),
}
STATES: Final[Mapping[State, str]] = {
    "draft": "Not signed yet: a draft",
    "signed": "Signed, and waiting for a prescriber's signature",
    "locked": "Signed and locked",
}
ROLES: Final[Mapping[Role, str]] = {
    "nurse": "nurse",
    "prescriber": "prescriber",
    "lead": "clinical lead",
    "admin": "administrator",
}
UNITS: Final[Mapping[Unit | None, str]] = {"units": "units", "ml": "ml", None: "(no unit said)"}
DEPTHS: Final[Mapping[Depth, str]] = {
    "intradermal": "in the skin (intradermal)",
    "subcutaneous": "under the skin (subcutaneous)",
    "intramuscular": "in the muscle (intramuscular)",
    "supraperiosteal": "on the bone (supraperiosteal)",
    "submucosal": "under the mucosa (submucosal)",
}
TECHNIQUES: Final[Mapping[Technique, str]] = {
    "single_points": "single points",
    "bolus": "bolus",
    "linear_threading": "linear threading",
    "fanning": "fanning",
    "cross_hatching": "cross-hatching",
    "cannula": "cannula",
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day(found: date | None) -> str:
    """A day in words: 15 March 2027."""
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}" if found else NOT_SAID


def moment(at: datetime) -> str:
    """A moment in words, in the one time zone that needs no place: 1 March 2027, 10:00 UTC."""
    there = at.astimezone(UTC)
    return f"{day(there.date())}, {there:%H:%M} UTC"


def who(staff: Staff) -> str:
    """Somebody with the role they had."""
    return f"{typed(staff.name)} ({ROLES[staff.role]})"


def signed(staff: Staff, at: datetime) -> str:
    """Who, and when."""
    return f"{who(staff)}, {moment(at)}"


def typed(text: str) -> str:
    """What somebody typed, as one line that no character in it can disturb."""
    return " ".join(readable(text).split())


def amount(found: Decimal, unit: Unit | None) -> str:
    """An amount as it was recorded, without zeros that say nothing."""
    return f"{found.normalize():f} {UNITS[unit]}"
