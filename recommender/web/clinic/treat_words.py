"""The words of the page on which is noted what is done and recorded once decisions are taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NOT_SAVED: Final = "{why} Not saved."
NOT_SAVED_STILL: Final = "{why} Not saved: the record says {kept}."
SAVED: Final = "Saved {time}"
SAVED_ON: Final = "Saved on {day}, {time}"
NOTHING: Final = "nothing"
YES_NO: Final[Mapping[str, str]] = {"yes": "Yes", "no": "No"}
TODAY: Final = "Today"
NOW: Final = "Now"
DAY_HINT: Final = "2027-03-31 or 31 Mar 2027"

MOMENT_HINT: Final = "14:05, or 2027-03-31 14:05"

DAY_UNREAD: Final = "This is not read as a day. Write it like 2027-03-31 or 31 Mar 2027."
DAY_TWO_WAYS: Final = "This could be read in two ways. Write the month as a word, or the year first."
DAY_IMPOSSIBLE: Final = "There is no such day. Check day, month and year."
MOMENT_UNREAD: Final = "This is not read as a time. Write it like 14:05 for today, or 2027-03-31 14:05."
MOMENT_IMPOSSIBLE: Final = "There is no such time. Check the hour and the minute."

SIGNED_MEANWHILE: Final = "The record was signed meanwhile and takes no more changes here. This was not saved:"
TO_THE_RECORD: Final = "To the record"
TO_DECISIONS: Final = "To the decisions"

CLASH: Final = "You and somebody else changed the same thing. Nothing is written over until you choose."
CLASH_ASK: Final = "{name}: they wrote “{theirs}”, you wrote “{mine}”."
CLASH_GONE: Final = "{name}: somebody else changed what this belongs to. You wrote “{mine}”: enter it again where it belongs."
CLASH_MINE: Final = "Keep mine"
CLASH_THEIRS: Final = "Keep theirs"
CLASH_READ: Final = "I have read this"

MISSING: Final = "Still missing on this page"
MISSING_NONE: Final = "Nothing is missing on this page."
UNSAVED: Final = "something is typed that is not saved"

TOLD: Final = "Told"
TOLD_LEAD: Final = "The day the patient was told what the treatment is, what it does and what can go wrong."
TOLD_ON: Final = "Told on"
NO_WAIT: Final = "No days to think are set here."
WAIT: Final = "Days to think here: {days}."
WAIT_UNTIL: Final = "Days to think here: {days}. The first day for an injection is {day}."

CONSENT: Final = "Consent"
CONSENT_LEAD: Final = "The form is made for what is agreed on. It is kept in the words that are read today."
CONSENT_NOTHING: Final = "Nothing is agreed on yet, so there is nothing to consent to. Decide first."
CONSENT_LAY: Final = "Lay the form before the patient"
CONSENT_VERSION: Final = "Form {form}, version {version}"
CONSENT_ASK: Final = "The patient reads each sentence and says yes or no."
CONSENT_LEFT: Final = "{number} sentences are left to answer. The signature comes after them."
CONSENT_LEFT_ONE: Final = "sentence is left to answer. The signature comes after it."
CONSENT_NO: Final = "The patient said no to {number} of the sentences. This is no consent, so there is nothing to sign."
CONSENT_SIGN: Final = "Signature of the patient"
CONSENT_DONE: Final = "The patient has signed"
CONSENT_DONE_HINT: Final = "Then the consent is kept as it is and cannot be changed."
CONSENT_SIGNED: Final = "The patient signed this on {at}."
CONSENT_ITEMS: Final = "What the patient agreed to"
CONSENT_PICTURE: Final = "Signature of the patient, {at}"
CONSENT_UNREADABLE: Final = "The kept signature cannot be drawn here."
CONSENT_UNSAID: Final = "This form says nothing about {treatments}. Take a new consent for it."
CONSENT_NEW: Final = "Take a new consent"
CONSENT_NEW_ASK: Final = "The consent above leaves this record, with its answers and its signature. A new form is laid."
CONSENT_NEW_SURE: Final = "Yes, lay a new form"
CONSENT_ELSEWHERE: Final = "Somebody else changed the consent meanwhile. Look at it again."
ACCEPTED: Final = "yes"
REFUSED: Final = "no"
OPEN: Final = "not answered"

INJECTED: Final = "Injected"
INJECTED_ASK: Final = "Was anything injected today?"
INJECTED_ON: Final = "Day of the injection"
INJECTED_NOT: Final = "Nothing was injected: plan, aftercare and adverse events are not asked."

PLAN: Final = "Plan"
PLAN_LEAD: Final = "Each product with its lot, and each injection on the face. No amount is suggested here."
PLAN_NOTHING: Final = "Nothing is agreed on yet, so no product can be added. Decide first."
PLAN_AGREED: Final = "Agreed: {list}."
PLAN_ADD: Final = "Add a product: {treatment}"
PLAN_FULL: Final = "A visit has at most {number} products."
PRODUCT: Final = "Product {letter}"
PRODUCT_OF: Final = "Product {letter}: {treatment}"
PRODUCT_KIND: Final = "Kind of product"
PRODUCT_BRAND: Final = "Brand"
PRODUCT_LOT: Final = "Lot number"
PRODUCT_EXPIRES: Final = "Good until"
PRODUCT_EXPIRED: Final = "This product expired on {day}. It must not be used."
PRODUCT_DILUTION: Final = "Diluted with what, and how much"
PRODUCT_DEPTH: Final = "Into which layer"
PRODUCT_TECHNIQUE: Final = "How it is injected"
PRODUCT_POINTS: Final = "Points on the face"
PRODUCT_TOTAL: Final = "Total: {total}"
PRODUCT_NOT_AGREED: Final = "{places}: {treatment} is not agreed on there. Decide on it first, or take these points away."
PLACE_NOT_AGREED: Final = "{place} (not agreed)"
PRODUCT_REMOVE: Final = "Remove product {letter}"
PRODUCT_REMOVE_ASK: Final = "The product and its {points} points leave the plan. Adverse events stay, without naming it."
PRODUCT_REMOVE_SURE: Final = "Yes, remove it"
PRODUCT_ELSEWHERE: Final = "Somebody else changed the products meanwhile. Look at them again."
CHOOSE: Final = "Choose"
CHOOSE_OR_TYPE: Final = "Choose, or type"
DEPTHS: Final[Mapping[str, str]] = {
    "intradermal": "intradermal",
    "subcutaneous": "subcutaneous",
    "intramuscular": "intramuscular",
    "supraperiosteal": "supraperiosteal",
    "submucosal": "submucosal",
}
TECHNIQUES: Final[Mapping[str, str]] = {
    "single_points": "single points",
    "bolus": "bolus",
    "linear_threading": "linear threading",
    "fanning": "fanning",
    "cross_hatching": "cross-hatching",
    "cannula": "cannula",
}

AFTERCARE: Final = "Aftercare"
AFTERCARE_HOW: Final = "How the patient was told what to do and to watch for"
AFTERCARE_HOWS: Final[Mapping[str, str]] = {"spoken": "Spoken", "written": "Written", "both": "Both"}
AFTERCARE_LEAFLET: Final = "Leaflet (name and version, if one was given)"
AFTERCARE_WHEN: Final = "Told at"
AFTERCARE_NO_HOW: Final = "Choose how the patient was told."
AFTERCARE_NO_WHEN: Final = "Say when the patient was told."

ADVERSE: Final = "Adverse events"
ADVERSE_ASK: Final = "Did anything go wrong?"
ADVERSE_ASKS: Final[Mapping[str, str]] = {"none": "None", "some": "Something went wrong"}
ADVERSE_FIRST: Final = "Remove or empty the events below first: then “none” can be said."
ADVERSE_EVENT: Final = "Event {number}"
ADVERSE_WHAT: Final = "What happened"
ADVERSE_DAY: Final = "Seen on"
ADVERSE_ACTION: Final = "What was done"
ADVERSE_PRODUCT: Final = "After which product, if known"
ADVERSE_NO_WHAT: Final = "Say what happened."
ADVERSE_NO_DAY: Final = "Say on which day it was seen."
ADVERSE_ADD: Final = "Add another event"
ADVERSE_REMOVE: Final = "Remove event {number}"
ADVERSE_REMOVE_ASK: Final = "This event is taken out of the record."
ADVERSE_REMOVE_SURE: Final = "Yes, remove it"
ADVERSE_ELSEWHERE: Final = "Somebody else changed the events meanwhile. Look at them again."

FOLLOW_UP: Final = "Follow-up"
FOLLOW_UP_ASK: Final = "Is the patient seen again?"
FOLLOW_UP_ASKS: Final[Mapping[str, str]] = {"day": "On a day", "none": "No follow-up"}
FOLLOW_UP_ON: Final = "Seen again on"
FOLLOW_UP_WHY: Final = "Why there is none"
FOLLOW_UP_PROPOSED: Final = "Proposed: {day}. It is the recommender's proposal: another day is as good."
FOLLOW_UP_TAKE: Final = "Take it"
FOLLOW_UP_NO_DAY: Final = "Name the day."
FOLLOW_UP_NO_WHY: Final = "Say why there is none."

NOTE: Final = "Note"
NOTE_LABEL: Final = "Anything else about this visit"

#: a path of the record, its numbers left out → what the page calls it
NAMES: Final[Mapping[str, str]] = {
    "informed_on": TOLD_ON,
    "injected": "Injected today",
    "injected_on": INJECTED_ON,
    "products": "Products",
    "product": PRODUCT_KIND,
    "brand": PRODUCT_BRAND,
    "lot": PRODUCT_LOT,
    "expires_on": PRODUCT_EXPIRES,
    "dilution": "Dilution",
    "unit": "Unit",
    "depth": "Layer",
    "technique": "Technique",
    "points": "Points",
    "consent": "Consent",
    "signature": "Signature of the patient",
    "signed_at": "Day of the signature",
    "aftercare": "Aftercare",
    "adverse_events": "Adverse events",
    "seen_on": ADVERSE_DAY,
    "follow_up": "Follow-up",
    "on": "Follow-up",
    "note": "Note",
}
SENTENCE: Final = "Sentence {number} of the form"
