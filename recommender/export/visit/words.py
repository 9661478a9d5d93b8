"""The words of a visit's summary that no assessment carries: reasons, choices, states, days, amounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from recommender.documents.consultation import Choice, ReasonCode, State
from recommender.documents.plan import Depth, Technique, Unit
from recommender.documents.staff import Staff, StaffRole
from recommender.export.summary import readable
from recommender.languages import clinic_time, day_in_words, message, number_text, spoken, translate

NOT_SAID: Final = message("not said yet")


class Said(NamedTuple):
    """One thing in the words of two audiences."""

    clinical: str
    patient: str


#: a non-adherence reason of HL7 (CDS Hooks 3.0.0-ballot), where "the recipient" is whoever the recommender speaks to
REASONS: Final[Mapping[ReasonCode, Said]] = {
    "patient-ineligible": Said(
        message("The patient is not eligible for it"), message("It is not meant for somebody in your situation.")
    ),
    "action-unsuccessful": Said(message("It was tried and did not succeed"), message("It was tried before and did not help.")),
    "action-performed-no-adverse-effect": Said(
        message("It was done before without an adverse effect"), message("You had it before and nothing went wrong.")
    ),
    "action-not-priority": Said(message("Something else comes first"), message("Something else comes first.")),
    "limited-time": Said(message("There was not enough time"), message("There was not enough time.")),
    "cds-not-applicable": Said(
        message("The recommendation does not apply to this patient"), message("What the rules suggest does not fit you.")
    ),
    "recipient-disagrees-evidence": Said(
        message("Whoever decided sees the evidence otherwise"), message("Whoever decided with you sees the evidence otherwise.")
    ),
    "recipient-concerns-outcomes": Said(
        message("There are concerns about what could come of it"), message("There were concerns about what could come of it.")
    ),
    "does-not-align-preferences": Said(message("It is not what the patient prefers"), message("It is not what you prefer.")),
    "other": Said(message("Another reason"), message("The reason is in the clinic's record. You may ask for it.")),
}
CHOICES: Final[Mapping[Choice, Said]] = {
    "agree": Said(message("Agreed"), message("Decided for it")),
    "otherwise": Said(message("Decided otherwise"), message("Something else was decided")),
    "decline": Said(message("Declined"), message("Decided against it")),
    "void": Said(message("Taken back"), message("Taken back")),
}
STATES: Final[Mapping[State, str]] = {
    "draft": message("Not signed yet: a draft"),
    "signed": message("Signed, and waiting for a prescriber's signature"),
    "locked": message("Signed and locked"),
    "voided": message("Discarded: begun by mistake"),
}
ROLES: Final[Mapping[StaffRole, str]] = {
    "nurse": message("nurse"),
    "prescriber": message("prescriber"),
    "lead": message("clinical lead"),
    "admin": message("administrator"),
}
_REGISTERED: Final = message("{role}, registration number {number}")
UNITS: Final[Mapping[Unit | None, str]] = {"units": message("units"), "ml": message("ml"), None: message("(no unit said)")}
DEPTHS: Final[Mapping[Depth, str]] = {
    "intradermal": message("in the skin (intradermal)"),
    "subcutaneous": message("under the skin (subcutaneous)"),
    "intramuscular": message("in the muscle (intramuscular)"),
    "supraperiosteal": message("on the bone (supraperiosteal)"),
    "submucosal": message("under the mucosa (submucosal)"),
}
TECHNIQUES: Final[Mapping[Technique, str]] = {
    "single_points": message("single points"),
    "bolus": message("bolus"),
    "linear_threading": message("linear threading"),
    "fanning": message("fanning"),
    "cross_hatching": message("cross-hatching"),
    "cannula": message("cannula"),
}


def day(found: date | None) -> str:
    """A day in words: 15 March 2027."""
    return day_in_words(found) if found else spoken(NOT_SAID)


def moment(at: datetime) -> str:
    """A moment in words by the clinic's clock, with what that clock is ahead of UTC: 1 March 2027, 11:00 UTC+01:00."""
    there = clinic_time.local(at)
    ahead = f"{there:%z}" if there.utcoffset() else ""
    return f"{day(there.date())}, {there:%H:%M} UTC{ahead[:3]}{':' if ahead else ''}{ahead[3:]}"


def who(staff: Staff) -> str:
    """Somebody with the role and the registration number they had."""
    role = spoken(ROLES)[staff.role]
    number = typed(staff.registration)
    return f"{typed(staff.name)} ({translate(_REGISTERED).format(role=role, number=number) if number else role})"


def signed(staff: Staff, at: datetime) -> str:
    """Who, and when."""
    return f"{who(staff)}, {moment(at)}"


def typed(text: str) -> str:
    """Typed text as one line, without control characters."""
    return " ".join(readable(text).split())


def amount(found: Decimal, unit: Unit | None) -> str:
    """An amount as it was recorded, without zeros that say nothing."""
    return f"{number_text(found)} {spoken(UNITS)[unit]}"
