"""The words of the page on which a record is read, signed, co-signed and added to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.languages import message, speaks

MISSING_TITLE: Final = message("Still missing before it can be signed")
MISSING_LEAD: Final = message("Each of these has to be put right on its page.")
MISSING_ON: Final = message("{page}: {number}")
GO_THERE: Final = message("Go to {page}")
COMPLETE: Final = message("Nothing is missing. Read it through, then sign.")
GRADED: Final[Mapping[str, str]] = {"at_rest": message("how marked at rest"), "on_movement": message("how marked on movement")}
FINDINGS: Final = message("The findings")
MOVED: Final = message("The patient")
AUTHORISATION: Final = message("The authorisation")
CONSENT_OPEN: Final = message("{number} sentences are not answered with “yes”")

UNSAVED: Final = message("{name}: “{typed}” is typed and not saved. Correct it, or empty the field.")
BEGUN: Final = message("{what}: “{choice}” is chosen and not kept. Keep it, or leave it as it was.")
CLASH_OPEN: Final = message("{name}: you and somebody else wrote at once. Choose what is kept.")

MISTAKE_TITLE: Final = message("Begun by mistake, or for the wrong patient?")
MISTAKE_LEAD: Final = message("Until it is signed, a visit can be moved or discarded. The reason stays in it, with your name.")
MISTAKE_ASK: Final = message("The reason")
MISTAKE_EMPTY: Final = message("Give the reason.")
MOVE_FIND: Final = message("To move it: name of the right patient")
MOVE_TO: Final = message("The right patient")
MOVE: Final = message("Move it to {name}")
VOID: Final = message("Discard this visit")
VOID_ASK: Final = message("It can be read afterwards, and nothing in it can be changed any more.")
VOID_SURE: Final = message("Yes, discard it")
VOIDED: Final = message("Discarded by {name}, {day}: {because}")
MOVED_FROM: Final = message("Moved from {source} by {name}, {day}: {because}")
CHECK_MOVE_TITLE: Final = message("Check that this visit is that of {name}")
CHECK_MOVE_LEAD: Final = message("It was recorded under another patient before. Nobody can sign it until this is checked.")
CHECK_AGE: Final = message("Age in the findings: {age}")
CHECK_CONSENT: Final = message("Consent signed: {at}")
CHECK_NONE: Final = message("not yet")
CHECK_ERASED: Final = message("a patient who was erased since")
CHECK_MOVE: Final = message("Findings, age and consent are those of {name}")

SIGN_TITLE: Final = message("Sign")
SIGN_LEAD: Final = message(
    "You sign this record as it stands below, as {name}, {role}. It is not changed afterwards, only added to."
)
SIGN_SURE: Final = message("I have read this record. It says what was found, decided and done.")
SIGN: Final = message("Sign the record")
SIGN_PRESCRIBER: Final = message("A prescriber co-signs it before it is locked.")
NOT_YOURS: Final = message("It is waiting for somebody who may sign it.")
WAITS: Final = message("It is signed, and waiting for a prescriber to co-sign.")
CO_SIGN_TITLE: Final = message("Co-sign")
CO_SIGN: Final = message("Co-sign as {name}, prescriber")
GIVE_BACK_TITLE: Final = message("Give it back instead")
GIVE_BACK_ASK: Final = message("What has to be put right")
GIVE_BACK: Final = message("Give it back")
GIVE_BACK_EMPTY: Final = message("Say what has to be put right.")
ADD_TITLE: Final = message("Add to the record")
ADD_LEAD: Final = message("A locked record is never changed. What is added stands below it with your name and the time.")
ADD_ASK: Final = message("What is to be added")
ADD_EVENT: Final = message("It reports an adverse event")
ADD_EVENT_DAY: Final = message("Seen on")
ADD_EVENT_NO_DAY: Final = message("Say on which day it was seen.")
ADD_EVENT_ACTION: Final = message("What was done")
ADD_EVENT_PRODUCT: Final = message("After which product")
ADD_EVENT_UNKNOWN: Final = message("Not known")
ADD: Final = message("Add it")
ADD_EMPTY: Final = message("Write what is to be added.")
CONFLICT: Final = message("Somebody else changed this record just now. It is shown as it is now: look again.")

FILES_TITLE: Final = message("Save or print")
FILES_VOICE: Final = message("For whom")
VOICES: Final[Mapping[str, str]] = {
    "clinical": message("For the clinic"),
    "patient": message("For the patient"),
    "consent": message("The consent form"),
}
WHOLE: Final = message("The whole record")

speaks(__name__)
