"""The words of the nurse's page. Questions, conclusions and clinical labels are worded in the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LINK: Final = "For the clinic's staff"
TITLE: Final = "Consultation"

INTRO_TITLE: Final = "A new consultation"
INTRO_LEAD: Final = (
    "On one page you see what is seen, what is still to find out, and the result as it changes. "
    "It uses clinical words and names products."
)
INTRO_POINTS: Final = (
    "It is a draft of its own. What a patient has answered at this address is not touched.",
    "Until you choose the patient it has no name, is kept for 24 hours at its own address and then deleted.",
    "Once you keep it as a visit of a patient it is part of the clinic's records.",
)
BEGIN_BLANK: Final = "Start blank"
FILE_TITLE: Final = "Or start from a patient's file"
FILE_LEAD: Final = (
    "The JSON file that a patient saved at the end of the form. Only its answers are taken; the result is worked out anew."
)
FILE_BUTTON: Final = "Open a file"
FILE_PROBLEM: Final = "This file cannot be used"
FILE_TOO_LARGE: Final = "it is too large for the answers of one person"
FILE_UNREADABLE: Final = "it cannot be read"

NOW: Final = "Now"
LEFT: Final = "{number} still to find out"
NONE_LEFT: Final = "nothing left to find out"
JUMP: Final = "See the result"
RESULT_TITLE: Final = "The result now"

SEEN_TITLE: Final = "What is seen"
SEEN_LEAD: Final = "Point at each place, or tick it. Then say what is seen there, at rest and on movement."
PLACE_SEEN: Final = "What is seen"

OPEN_TITLE: Final = "Still to find out"
GLANCE: Final = "What to find out, at a glance ({number})"
OPEN_LEAD: Final = "Only what can still change something. Not answered is not “no”. An answer can be given right here."
OPEN_NONE: Final = "Nothing is left that could change anything."
OPEN_AT_PLACES: Final = "{number} more with what is seen, above"
ANSWERED_TITLE: Final = "Answered"
COULD_CHANGE_OTHER: Final = "Could add a caution, a referral or a note"
PATIENT_SAID: Final = "Patient: {answer}"
PATIENT_SILENT: Final = "Patient: not answered"
DIFFERS: Final = "differs"
GRADED: Final[Mapping[str, str]] = {"at_rest": "How marked at rest", "on_movement": "How marked on movement"}
TAKE_BACK: Final = "Take back"
NOT_KNOWN: Final = "Not known"
WHOLE_NUMBER: Final = "Enter a whole number from 0 to {most}"
#: group of questions → what a nurse calls it
TOPICS: Final[Mapping[str, str]] = {
    "after_treatment_urgent": "After an injection: urgent signs",
    "after_treatment_what": "After an injection: which, and when",
    "after_treatment_other": "After an injection: other signs",
    "age": "Age",
    "pregnancy_and_feeding": "Pregnancy and breastfeeding",
    "nerves_and_muscles": "Nerves and muscles",
    "allergies": "Allergies and reactions",
    "skin_today": "Skin and health today",
    "blood_and_medicines": "Bleeding and medicines",
    "heart_breathing_eyes": "Airway, heart and eyes",
    "immune_system": "Immune system",
    "earlier_treatments": "Earlier treatments",
    "timing": "Timing",
    "how_you_feel": "Mind and motives",
    "screening": "Screening scores",
    "what_you_want": "Wishes",
}
AFTER_ON: Final = "Ask about signs after an injection"
AFTER_OFF: Final = "Leave out signs after an injection"

WHAT_IF_TITLE: Final = "What if an answer were different?"
WHAT_IF_LEAD: Final = "Try other answers and see what would stand differently. Nothing of it is stored; closing it forgets it."
WHAT_IF_PICK: Final = "Answers to try"
WHAT_IF_PLACEHOLDER: Final = "Choose one or more answers"
WHAT_IF_NOW: Final = "now: {answer}"
WHAT_IF_ASK: Final = "{question} ({now})"
NOT_ASKED: Final = "Not asked"
WHAT_IF_RESET: Final = "Back to now"
WHAT_IF_SAME: Final = "Nothing would stand differently."
WHAT_IF_NONE: Final = "Choose an answer to try."
WHAT_IF_TABLE: Final = "What would stand differently (nothing is stored)"
WHAT_IF_COLUMNS: Final = ("What", "Now", "What if")
OUTCOME: Final = "The short answer"
REFERRAL: Final = "Who else to see"
NOTE: Final = "Note"
NOT_THERE: Final = "Not on the table"
NOT_SAID: Final = "Not said"
SAID: Final = "Said"

FILES_TITLE: Final = "Save as a file"
DELETE: Final = "Delete this consultation"
