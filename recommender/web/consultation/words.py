"""The words of the nurse's page. Questions, conclusions and clinical labels are worded in the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.vocabulary import Outcome
from recommender.languages import message, speaks

LINK: Final = message("For the clinic's staff")
TITLE: Final = message("Consultation")

INTRO_TITLE: Final = message("A new consultation")
INTRO_LEAD: Final = message(
    "On one page you see what is seen, what is still to find out, and the result as it changes. "
    "It uses clinical words and names products."
)
INTRO_POINTS: Final = (
    message("It is a draft of its own. What a patient has answered at this address is not touched."),
    message("Until you choose the patient it has no name, is kept for 24 hours at its own address and then deleted."),
    message("Once you keep it as a visit of a patient it is part of the clinic's records."),
)
BEGIN_BLANK: Final = message("Start blank")
FILE_TITLE: Final = message("Or start from a patient's file")
FILE_LEAD: Final = message(
    "The JSON file that a patient saved at the end of the form. Only its answers are taken; the result is worked out anew."
)
FILE_BUTTON: Final = message("Open a file")
FILE_PROBLEM: Final = message("This file cannot be used")
FILE_TOO_LARGE: Final = message("it is too large for the answers of one person")
FILE_UNREADABLE: Final = message("it cannot be read")

NOW: Final = message("Now")
#: what it comes to in a nurse's words; the rules' own sentences speak to patients
OUTCOMES: Final[Mapping[Outcome, str]] = {
    "emergency": message("Possible emergency"),
    "same_day": message("Medical help today"),
    "contact_injector": message("To be seen by whoever injected"),
    "stop": message("Ruled out"),
    "refer": message("Somebody else first"),
    "defer": message("Not now"),
    "discuss": message("Something to discuss"),
    "review": message("For a prescriber to decide"),
    "not_needed": message("Nothing that needs treatment"),
    "self_care": message("Common after an injection"),
    "nothing_found": message("No treatment suggested"),
}
BECAUSE: Final = message("For it: {answers}")
IN_FULL: Final = message("The result in full, with reasons and sources")
LEFT: Final = message("{number} still to find out")
NONE_LEFT: Final = message("nothing left to find out")
JUMP: Final = message("See the result")
RESULT_TITLE: Final = message("The result now")

SEEN_TITLE: Final = message("What is seen")
SEEN_LEAD: Final = message("Point at each place, or tick it. Then say what is seen there, at rest and on movement.")
PLACE_SEEN: Final = message("What is seen")

READ_TITLE: Final = message("To read through with the patient")
READ_LEAD: Final = message(
    "The patient brought these answers, or an earlier visit has them. An earlier one counts once it is confirmed."
)
READ_YES: Final = message("Answered “Yes”")
ALL_READ: Final = message("All read through with the patient")
DID_READ: Final = message("{number} confirmed")
NO_TO_ALL: Final = message("No to all of these")
DID_NO: Final = message("{number} answered “No”")
RECONFIRM: Final = message("{answer}, from {day}: reconfirm")
BY_RECORD: Final = message("By the record of {day}: {product}")
LAST_INJECTED: Final = message("By the record of {day}: {product}, {ago} before this visit")
AGAINST_RECORD: Final = message("Not what the record of {day} says: {answer}")
UNREAD: Final = message("{number} to read through with the patient")
OPEN_TITLE: Final = message("Still to find out")
GLANCE: Final = message("What to find out, at a glance ({number})")
OPEN_LEAD: Final = message("Only what can still change something. Not answered is not “no”. An answer can be given right here.")
OPEN_NONE: Final = message("Nothing is left that could change anything.")
OPEN_AT_PLACES: Final = message("{number} more with what is seen, above")
ANSWERED_TITLE: Final = message("Answered")
COULD_CHANGE_OTHER: Final = message("Could add a caution, a referral or a note")
PATIENT_SAID: Final = message("Patient: {answer}")
PATIENT_SILENT: Final = message("Patient: not answered")
DIFFERS: Final = message("differs")
BEFORE_SIGNING: Final = message("Needed before anybody signs")
GRADED: Final[Mapping[str, str]] = {"at_rest": message("How marked at rest"), "on_movement": message("How marked on movement")}
TAKE_BACK: Final = message("Take back")
NOT_KNOWN: Final = message("Not known")
AGE_YEAR: Final = message("This looks like a year: enter the age.")
WHOLE_NUMBER: Final = message("Enter a whole number from 0 to {most}")
#: group of questions → what a nurse calls it
TOPICS: Final[Mapping[str, str]] = {
    "after_treatment_urgent": message("After an injection: urgent signs"),
    "after_treatment_what": message("After an injection: which, and when"),
    "after_treatment_other": message("After an injection: other signs"),
    "age": message("Age"),
    "pregnancy_and_feeding": message("Pregnancy and breastfeeding"),
    "nerves_and_muscles": message("Nerves and muscles"),
    "allergies": message("Allergies and reactions"),
    "skin_today": message("Skin and health today"),
    "blood_and_medicines": message("Bleeding and medicines"),
    "heart_breathing_eyes": message("Airway, heart, eyes and immune system"),
    "immune_system": message("Airway, heart, eyes and immune system"),
    "earlier_treatments": message("Earlier treatments and injections"),
    "earlier_injections": message("Earlier treatments and injections"),
    "timing": message("Timing"),
    "how_you_feel": message("Mind and motives"),
    "what_you_want": message("Wishes"),
    "screening": message("Screening scores"),
}
AFTER_ON: Final = message("Ask about signs after an injection")
AFTER_OFF: Final = message("Leave out signs after an injection")

WHAT_IF_TITLE: Final = message("What if an answer were different?")
WHAT_IF_LEAD: Final = message(
    "Try other answers and see what would stand differently. Nothing of it is stored; closing it deletes it."
)
WHAT_IF_PICK: Final = message("Answers to try")
WHAT_IF_PLACEHOLDER: Final = message("Choose one or more answers")
WHAT_IF_NOW: Final = message("now: {answer}")
WHAT_IF_ASK: Final = message("{question} ({now})")
NOT_ASKED: Final = message("Not asked")
WHAT_IF_RESET: Final = message("Back to now")
WHAT_IF_SAME: Final = message("Nothing would stand differently.")
WHAT_IF_NONE: Final = message("Choose an answer to try.")
WHAT_IF_TABLE: Final = message("What would stand differently (nothing is stored)")
WHAT_IF_COLUMNS: Final = (message("What"), message("Now"), message("What if"))
OUTCOME: Final = message("The short answer")
REFERRAL: Final = message("Who else to see")
NOTE: Final = message("Note")
NOT_THERE: Final = message("Not on the table")
NOT_SAID: Final = message("Not said")
SAID: Final = message("Said")

FILES_TITLE: Final = message("Save as a file")
DELETE: Final = message("Delete this consultation")

speaks(__name__)
