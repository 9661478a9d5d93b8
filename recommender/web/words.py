"""The words of the pages themselves: buttons, headings, short notes. Questions and conclusions are worded in the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.web import consultation_words, how_words

PRODUCT: Final = "Prepare your consultation"
PHASE: Final = "Draft"
PHASE_TEXT: Final = "This prepares a consultation. The rules are a draft, not yet signed by a clinician."

BACK: Final = "Back"
CONTINUE: Final = "Continue"
CHANGE: Final = "Change"
ANSWER: Final = "Answer"
DELETE: Final = "Delete my answers"
DELETE_SURE: Final = "Yes, delete them now"
DELETE_ASK: Final = "This removes everything you have answered. It cannot be undone."
DELETED: Final = "Your answers have been deleted."
EXPIRED: Final = (
    "There are no answers at this address any more. Answers are deleted 24 hours after the last change, or when somebody "
    "deletes them. You can start again."
)

PARTS: Final[Mapping[str, str]] = {
    "you": "Part 1 of 4: about you",
    "face": "Part 2 of 4: what you see",
    "health": "Part 3 of 4: your health and wishes",
    "check": "Part 4 of 4: check your answers",
    "after": "After an injection",
}

START_TITLE: Final = "What may help with lines, folds or lost volume?"
START_LEAD: Final = (
    "Answer questions about what you see and about your health. You get a summary that says what may fit, why, "
    "and what speaks against it. Take it to a nurse or doctor."
)
START_FOR: Final = "It is for adults. It is not a diagnosis, and it does not replace a consultation."
START_EXPECT: Final = "What to expect"
START_POINTS: Final = (
    "Most questions are a yes, a no or “I don't know”. You are asked only what can change your result.",
    "You can leave out any health question. A question you leave out does not count as “no”.",
    "No account and no name. Your answers are kept for 24 hours and then deleted. You can delete them at any time.",
)
START_NOW: Final = "Start now"
START_ON: Final = "Go on with my answers"
AFTER_TITLE: Final = "Worried after an injection?"
AFTER_LEAD: Final = "Check the warning signs first. You need not answer anything else before that."
AFTER_NOW: Final = "Check the warning signs"
AFTER_LINK: Final = "Worried after an injection? Check the warning signs"
CALL: Final = "If you feel very unwell, call {number} now."

CALL_NOW: Final = "Call {number}."
SKIP_NOTE: Final = (
    "Not sure? Choose “I don't know”. You can also leave a question out. It then stays open and does not count as “no”."
)
WHY: Final = "Why this is asked"
HOW: Final = "How to find out"

AGE_LABEL: Final = "Your age in years"
AGE_ERROR: Final = "Enter your age in whole years, for example 42"
DAYS_LABEL: Final = "Number of days"
DAYS_ERROR: Final = "Enter the number of days as a whole number, for example 3"
ERRORS_TITLE: Final = "There is a problem"
ERROR: Final = "Error"

PLACES_TITLE: Final = "Where on your face is it about?"
PLACES_HINT: Final = "Point at every place on the drawing, or tick it in the list. Point again to take it back."
PLACES_WHY: Final = "What may help is not the same everywhere on the face, so each place is looked at by itself."
PLACES_UNSURE: Final = "Not sure what a place is called? The list says where each of them is."
PLACES_NONE: Final = "You can go on without a place if you only want to know whether something about your health matters."
PLACES_LIST: Final = "Choose from a list"
PLACES_DRAWING: Final = "Drawing of a face with places to choose"
PLACES_SKIP: Final = "Skip the drawing and use the list"
PLACES_CHOSEN: Final = "Chosen"
PLACES_NOTHING: Final = "Nothing chosen yet"

SEEN_TITLE: Final = "{place}: what do you notice?"
SEEN_HINT: Final = "Choose everything that fits."
SEEN_WHY: Final = "What may help depends on what is there to see. You are asked more only about what you choose."
SEEN_NONE: Final = "If nothing fits, or you cannot tell, go on without choosing. The place then stays open."
DETAILS_TITLE: Final = "{place}: look a little closer"
DETAILS_HINT: Final = "A mirror and daylight help. Your own view is enough; your nurse looks again with you."

CHECK_TITLE: Final = "Check your answers"
CHECK_LEAD: Final = (
    "You can change every answer. You need not know everything: “I don't know” can stay, and what you left out does not "
    "count as “no”."
)
CHECK_PARTS: Final[Mapping[str, str]] = {"you": "About you", "face": "What you see", "health": "Your health and wishes"}
NOT_ANSWERED: Final = "Not answered"
SEE_RESULT: Final = "See my result"

RESULT_OTHER: Final = "Prepare a consultation as well"
RESULT_CHANGE: Final = "Change my answers"
RESULT_MORE: Final = "More about your answers"
TAKE_TITLE: Final = "Take it along"
TAKE_JUMP: Final = "Take it along as a file (PDF and others)"
TAKE_LEAD: Final = "A file is saved on this device when you press a button. It says what this page says."
TAKE_COVER: Final = "Add your name or a note (optional)"
TAKE_COVER_HINT: Final = "This is only written into the files. It is not kept."
TAKE_NAME: Final = "Name"
TAKE_NOTE: Final = "Note for your consultation"
FILES: Final[Mapping[str, tuple[str, str, str]]] = {
    "pdf": ("Download PDF", "to print or send", "consultation-summary.pdf"),
    "html": ("Download HTML", "to open in a browser", "consultation-summary.html"),
    "markdown": ("Download Markdown", "plain text with headings", "consultation-summary.md"),
    "json": ("Download JSON", "for other programs", "consultation-summary.json"),
}

PRINT: Final = "Print this page"
PRINT_HINT: Final = "on paper, all of it"

FAILED: Final = "Something went wrong. What you answered before is kept. Load the page again, or try again later."
PICTURES: Final[Mapping[str, str]] = {
    "rest": "At rest",
    "frown": "Frown",
    "raised_brows": "Raise your eyebrows",
    "smile": "Smile",
    "pursed_lips": "Purse your lips",
    "scrunched_nose": "Wrinkle your nose",
    "stretch": "Stretch gently",
    "lift": "Lift gently",
}

TAB_TITLES: Final[Mapping[str, str]] = {
    "start": "Start",
    "places": PLACES_TITLE,
    "seen": "What do you notice?",
    "details": "Look a little closer",
    "check": CHECK_TITLE,
    "result": "Your summary",
    "how": how_words.TITLE,
    "consultation": consultation_words.TITLE,
}
