"""The words of the page on which a record is read, signed, signed beside and added to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MISSING_TITLE: Final = "Still missing before anybody signs"
MISSING_LEAD: Final = "Nothing is confirmed past: each of these is put right on its page."
MISSING_ON: Final = "{page}: {number}"
GO_THERE: Final = "Go to {page}"
COMPLETE: Final = "Nothing is missing. Read it through, then sign."
GRADED: Final[Mapping[str, str]] = {"at_rest": "how marked at rest", "on_movement": "how marked on movement"}
NUMBERED: Final[Mapping[str, str]] = {
    "products": "Product {number}",
    "adverse_events.events": "Adverse event {number}",
    "consent.items": "Consent, sentence {number}",
}
FIELDS: Final[Mapping[str, str]] = {
    "findings": "The findings",
    "injected": "Whether anything was injected",
    "injected_on": "The day of the injection",
    "informed_on": "The day the patient was told",
    "products": "Products",
    "product": "kind of product",
    "brand": "brand",
    "lot": "lot",
    "expires_on": "expiry",
    "dilution": "dilution",
    "unit": "unit",
    "depth": "depth",
    "technique": "technique",
    "points": "points on the chart",
    "consent": "Consent",
    "consent.items": "Consent",
    "consent.signature": "The patient's signature",
    "consent.signed_at": "The day of the consent",
    "aftercare": "Aftercare",
    "adverse_events": "Adverse events",
    "seen_on": "day",
    "follow_up": "Follow-up",
    "follow_up.on": "The day of the follow-up",
}

SIGN_TITLE: Final = "Sign"
SIGN_LEAD: Final = "You sign this record as it stands below, as {name}, {role}. It is not changed afterwards, only added to."
SIGN_SURE: Final = "I have read it, and it is what was found, decided and done."
SIGN: Final = "Sign the record"
SIGN_PRESCRIBER: Final = "A prescriber signs beside you before it is locked."
NOT_YOURS: Final = "It waits for whoever may sign it."
WAITS: Final = "It is signed, and waits for a prescriber to sign beside."
CO_SIGN_TITLE: Final = "Sign beside"
CO_SIGN: Final = "Sign beside as {name}, prescriber"
GIVE_BACK_TITLE: Final = "Give it back instead"
GIVE_BACK_ASK: Final = "What has to be put right"
GIVE_BACK: Final = "Give it back"
GIVE_BACK_EMPTY: Final = "Say what has to be put right."
RETURNED: Final = "Given back by {name}, {day}: {because}"
ADD_TITLE: Final = "Add to the record"
ADD_LEAD: Final = "A locked record is never changed. What is added stands below it with your name and the time."
ADD_ASK: Final = "What is to be added"
ADD_EVENT: Final = "It reports an adverse event"
ADD_EVENT_DAY: Final = "Seen on"
ADD_EVENT_ACTION: Final = "What was done"
ADD_EVENT_PRODUCT: Final = "After which product"
ADD_EVENT_UNKNOWN: Final = "Not known"
ADD: Final = "Add it"
ADD_EMPTY: Final = "Write what is to be added."
CONFLICT: Final = "Somebody else changed this record just now. It is shown as it is now: look again."

FILES_TITLE: Final = "Save or print"
FILES_VOICE: Final = "For whom"
VOICES: Final[Mapping[str, str]] = {"clinical": "For the clinic", "patient": "For the patient"}
WHOLE: Final = "The whole record"
