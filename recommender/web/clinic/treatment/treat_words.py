"""The words of the page on which is noted what is done and recorded once decisions are taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.languages import message, plural, speaks

NOT_SAVED: Final = message("{why} Not saved.")
NOT_SAVED_STILL: Final = message("{why} Not saved: the record says {kept}.")
SAVED: Final = message("Saved {time}")
SAVED_ON: Final = message("Saved on {day}, {time}")
NOTHING: Final = message("nothing")
YES_NO: Final[Mapping[str, str]] = {"yes": message("Yes"), "no": message("No")}
LINE: Final = message("What is typed here")
TODAY: Final = message("Today")
NOW: Final = message("Now")
SIGNED_MEANWHILE: Final = message("The record was signed meanwhile and takes no more changes here. This was not saved:")
TO_THE_RECORD: Final = message("To the record")
TO_DECISIONS: Final = message("To the decisions")

CLASH: Final = message("You and somebody else changed the same thing. Nothing is written over until you choose.")
CLASH_ASK: Final = message("{name}: they wrote “{theirs}”, you wrote “{mine}”.")
CLASH_GONE: Final = message(
    "{name}: somebody else changed what this belongs to. You wrote “{mine}”: enter it again where it belongs."
)
CLASH_MINE: Final = message("Keep mine")
CLASH_THEIRS: Final = message("Keep theirs")
CLASH_READ: Final = message("I have read this")

MISSING: Final = message("Still missing on this page")
MISSING_NONE: Final = message("Nothing is missing on this page.")
UNSAVED: Final = message("something is typed that is not saved")

TOLD: Final = message("Information given")
TOLD_LEAD: Final = message("The day on which the patient was told what the treatment is, what it does and what can go wrong.")
TOLD_ON: Final = message("Information given on")
NO_WAIT: Final = message("No days to think are set here.")
WAIT: Final = message("Whole days to think here: {days}.")
WAIT_UNTIL: Final = message("Whole days to think here: {days}. The first day for an injection is {day}.")

CONSENT: Final = message("Consent")
CONSENT_LEAD: Final = message("The form is made for what is agreed on. It is kept in the words that are read today.")
CONSENT_NOTHING: Final = message("Nothing is agreed on yet, so there is nothing to consent to. Decide first.")
CONSENT_LAY: Final = message("Open the consent form")
CONSENT_NO_PRODUCT: Final = message("No product is in the plan yet, so the form cannot name it. Add it first to have it named.")
CONSENT_WHICH: Final = message("Which form")
CONSENT_PRODUCTS: Final = message("Product: {products}.")
CONSENT_UNNAMED: Final = message("The product is not named here.")
CONSENT_PLACES: Final = message("This form does not name {places}. Take a new consent to have it named.")
CONSENT_HAND: Final = message("Give the consent form to the patient")
CONSENT_HAND_HINT: Final = message(
    "This device then shows nothing but the form until somebody of the staff signs in again. Or read it together here."
)
HELD_TITLE: Final = message("Your consent form")
HELD_FOR: Final = message("For {name}{born}")
HELD_BORN: Final = message(", born {day}")
HELD_INFORMED: Final = message("Information given on: {day}")
HELD_NO: Final = message("You said no to {number} of the sentences, so there is nothing to sign. Talk about it with the staff.")
HELD_SIGN: Final = message("Your signature")
HELD_DONE: Final = message("I sign this form")
HELD_SIGNED: Final = message("You have signed this form. Give the device back to the staff.")
HELD_COPY: Final = message("A copy for you")
HELD_CLOSED: Final = message("This form is closed. Give the device back to the staff.")
HELD_STAFF: Final = message("For the staff: sign in to go on with the visit.")
HELD_SIGN_IN: Final = message("Staff: sign in")
CONSENT_VERSION: Final = message("Form {form}, version {version}")
CONSENT_ASK: Final = message("The patient reads each sentence and says yes or no.")
CONSENT_LEFT: Final = plural(
    "{number} sentence is left to answer. The signature comes after it.",
    "{number} sentences are left to answer. The signature comes after them.",
)
CONSENT_NO: Final = message(
    "The patient said no to {number} of the sentences. This is no consent, so there is nothing to sign."
)
CONSENT_SIGN: Final = message("Signature of the patient")
CONSENT_DONE: Final = message("The patient has signed")
CONSENT_DONE_HINT: Final = message("Then the consent is kept as it is and cannot be changed.")
CONSENT_SIGNED: Final = message("The patient signed this on {at}.")
CONSENT_ITEMS: Final = message("What the patient agreed to")
CONSENT_PICTURE: Final = message("Signature of the patient, {at}")
CONSENT_UNREADABLE: Final = message("The kept signature cannot be drawn here.")
CONSENT_UNSAID: Final = message("This form says nothing about {treatments}. Take a new consent for it.")
CONSENT_NEW: Final = message("Take a new consent")
CONSENT_NEW_ASK: Final = message(
    "The consent above is removed from this record, with its answers and its signature. A new form is opened."
)
CONSENT_NEW_SURE: Final = message("Yes, open a new form")
CONSENT_ELSEWHERE: Final = message("Somebody else changed the consent meanwhile. Look at it again.")
ACCEPTED: Final = message("yes")
REFUSED: Final = message("no")
OPEN: Final = message("not answered")

INJECTED: Final = message("Injected")
INJECTED_ASK: Final = message("Was anything injected today?")
INJECTED_ON: Final = message("Day of the injection")
INJECTED_NOT: Final = message("Nothing was injected: plan, aftercare and adverse events are not asked.")

PLAN: Final = message("Plan")
PLAN_LEAD: Final = message("Each product with its lot, and each injection on the face. No amount is worked out here.")
PLAN_NOTHING: Final = message("Nothing is agreed on yet, so no product can be added. Decide first.")
PLAN_AGREED: Final = message("Agreed: {list}.")
PLAN_ADD: Final = message("Add a product: {treatment}")
PLAN_FULL: Final = message("A visit has at most {number} products.")
PRODUCT: Final = message("Product {letter}")
PRODUCT_OF: Final = message("Product {letter}: {treatment}")
PRODUCT_KIND: Final = message("Kind of product")
PRODUCT_BRAND: Final = message("Brand")
PRODUCT_LOT: Final = message("Lot number")
PRODUCT_EXPIRES: Final = message("Expiry date")
PRODUCT_EXPIRED: Final = message("This product expired on {day}. It must not be used.")
PRODUCT_EXPIRED_BECAUSE: Final = message("If it was used: why")
PRODUCT_RECALLED: Final = message("Lot {lot} is recalled. It must not be used.")
PRODUCT_RECALLED_BECAUSE: Final = message("If the recalled lot was used: why")
PRODUCT_CLOSED: Final = message("Lot {lot} is closed in the clinic's list.")
PLAN_PICK: Final = message("{brand}, lot {lot}, expiry {day}")
PLAN_PICK_GONE: Final = message("This lot was closed or recalled, or has expired. Look at the lots again.")
PRODUCT_DILUTION: Final = message("Diluent and volume")
PRODUCT_DEPTH: Final = message("Layer")
PRODUCT_TECHNIQUE: Final = message("Technique")
PRODUCT_POINTS: Final = message("Points on the face")
POINTS_TYPED: Final = message("An amount on the chart cannot be read: correct it, or empty its field.")
USUAL_USE: Final = message("Use your points of {day}: {places} ({points}, {total})")
USUAL_POINTS: Final = plural("{number} point", "{number} points")
USUAL_PROPOSED: Final = message("Your points of {day}, not recorded yet. Compare them with what you inject:")
USUAL_AMOUNTS: Final = message("{place}: {amounts}")
USUAL_RECORD: Final = message("Record {points}, {total}")
USUAL_LEAVE: Final = message("Leave them out")
USUAL_ELSEWHERE: Final = message("Somebody else changed the points meanwhile. Look at them again.")
PRODUCT_TOTAL: Final = message("Total: {total}")
PRODUCT_NOT_AGREED: Final = message(
    "{places}: {treatment} is not agreed on there. Decide on it first, or take these points away."
)
PLACE_NOT_AGREED: Final = message("{place} (not agreed)")
PRODUCT_REMOVE: Final = message("Remove product {letter}")
PRODUCT_REMOVE_ASK: Final = message(
    "The product and its {points} points leave the plan. Adverse events stay, without naming it."
)
PRODUCT_REMOVE_SURE: Final = message("Yes, remove it")
PRODUCT_ELSEWHERE: Final = message("Somebody else changed the products meanwhile. Look at them again.")
CHOOSE: Final = message("Choose")
CHOOSE_OR_TYPE: Final = message("Choose, or type")
DEPTHS: Final[Mapping[str, str]] = {
    "intradermal": message("intradermal"),
    "subcutaneous": message("subcutaneous"),
    "intramuscular": message("intramuscular"),
    "supraperiosteal": message("supraperiosteal"),
    "submucosal": message("submucosal"),
}
TECHNIQUES: Final[Mapping[str, str]] = {
    "single_points": message("single points"),
    "bolus": message("bolus"),
    "linear_threading": message("linear threading"),
    "fanning": message("fanning"),
    "cross_hatching": message("cross-hatching"),
    "cannula": message("cannula"),
}

AFTERCARE: Final = message("Aftercare")
AFTERCARE_HOW: Final = message("How aftercare advice was given")
AFTERCARE_HOWS: Final[Mapping[str, str]] = {"spoken": message("Spoken"), "written": message("Written"), "both": message("Both")}
AFTERCARE_LEAFLET: Final = message("Leaflet (name and version, if one was given)")
AFTERCARE_WHEN: Final = message("Advice given at")
AFTERCARE_NO_HOW: Final = message("Choose how the advice was given.")
AFTERCARE_NO_WHEN: Final = message("Say when the advice was given.")

ADVERSE: Final = message("Adverse events")
ADVERSE_EXPIRED: Final = message("Expired when used: {products}. Check for any harm from it, and record it here.")
ADVERSE_RECALLED: Final = message("From a recalled lot: {products}. Check for any harm from it, and record it here.")
ADVERSE_ASK: Final = message("Did anything go wrong?")
ADVERSE_ASKS: Final[Mapping[str, str]] = {"none": message("None"), "some": message("Something went wrong")}
ADVERSE_FIRST: Final = message("Remove or empty the events below first: then “none” can be said.")
ADVERSE_EVENT: Final = message("Event {number}")
ADVERSE_WHAT: Final = message("What happened")
ADVERSE_DAY: Final = message("Seen on")
ADVERSE_ACTION: Final = message("What was done")
ADVERSE_PRODUCT: Final = message("After which product, if known")
ADVERSE_NO_WHAT: Final = message("Say what happened.")
ADVERSE_NO_DAY: Final = message("Say on which day it was seen.")
ADVERSE_ADD: Final = message("Add another event")
ADVERSE_REMOVE: Final = message("Remove event {number}")
ADVERSE_REMOVE_ASK: Final = message("This event is taken out of the record.")
ADVERSE_REMOVE_SURE: Final = message("Yes, remove it")
ADVERSE_ELSEWHERE: Final = message("Somebody else changed the events meanwhile. Look at them again.")

FOLLOW_UP: Final = message("Follow-up")
FOLLOW_UP_ASK: Final = message("Is a follow-up arranged?")
FOLLOW_UP_ASKS: Final[Mapping[str, str]] = {"day": message("On a day"), "none": message("No follow-up")}
FOLLOW_UP_ON: Final = message("Follow-up on")
FOLLOW_UP_WHY: Final = message("Why there is no follow-up")
FOLLOW_UP_PROPOSED: Final = message("Proposed: {day}. You may choose another day.")
FOLLOW_UP_TAKE: Final = message("Use this day")
FOLLOW_UP_NO_DAY: Final = message("Name the day.")
FOLLOW_UP_NO_WHY: Final = message("Say why there is no follow-up.")

NOTE: Final = message("Note")
NOTE_LABEL: Final = message("Anything else about this visit")

#: a path of the record, its numbers left out → what the page calls it
NAMES: Final[Mapping[str, str]] = {
    "informed_on": TOLD_ON,
    "injected": message("Injected today"),
    "injected_on": INJECTED_ON,
    "products": message("Products"),
    "product": PRODUCT_KIND,
    "brand": PRODUCT_BRAND,
    "lot": PRODUCT_LOT,
    "expires_on": PRODUCT_EXPIRES,
    "expired_because": message("Why an expired product was used"),
    "recalled_because": message("Why a recalled lot was used"),
    "dilution": message("Dilution"),
    "unit": message("Unit"),
    "depth": message("Layer"),
    "technique": message("Technique"),
    "points": message("Points"),
    "consent": message("Consent"),
    "signature": message("Signature of the patient"),
    "signed_at": message("Day of the signature"),
    "aftercare": message("Aftercare"),
    "adverse_events": message("Adverse events"),
    "seen_on": ADVERSE_DAY,
    "follow_up": message("Follow-up"),
    "on": message("Follow-up"),
    "note": message("Note"),
}
SENTENCE: Final = message("Sentence {number} of the form")

speaks(__name__)
