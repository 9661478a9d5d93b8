"""The words of the pages themselves: buttons, headings, short notes. Questions and conclusions are worded in the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.answer_path import AGE
from recommender.languages import message, speaks
from recommender.web.about import words as about_words
from recommender.web.consultation import words as consultation_words

PRODUCT: Final = message("Prepare your consultation")
PHASE: Final = message("Draft")
PHASE_TEXT: Final = message("This prepares a consultation. The rules are a draft, not yet signed by a clinician.")

BACK: Final = message("Back")
CONTINUE: Final = message("Continue")
CHANGE: Final = message("Change")
ANSWER: Final = message("Answer", "to press")
DELETE: Final = message("Delete my answers")
DELETE_SURE: Final = message("Yes, delete them now")
DELETE_ASK: Final = message(
    "This removes everything you have answered, and the result. It cannot be undone. Files that you have saved stay on this "
    "device until you delete them."
)
DELETED: Final = message("Your answers have been deleted.")
EXPIRED: Final = message(
    "This address opens no answers here. Answers open only in the browser in which they were given, until they are deleted: "
    "24 hours after the last change, or earlier if you say so. To take a result elsewhere, share it, save it as a PDF or hand "
    "it over from its own page. You can start again."
)
NO_COOKIES: Final = message(
    "Your browser does not keep a cookie of this page. Your answers are here only as long as this page is open: you cannot "
    "load it again or continue later."
)

PARTS: Final[Mapping[str, str]] = {
    "you": message("Part 1 of 4: about you"),
    "face": message("Part 2 of 4: what you see"),
    "health": message("Part 3 of 4: your health and wishes"),
    "check": message("Part 4 of 4: check your answers"),
    "after": message("After an injection"),
}

#: said by the first paint
WAIT: Final = message("One moment. The form is still being loaded.")
WAIT_LONG: Final = message("This takes long. Check your connection, then load this page again.")
#: said below the page while the connection to the server is lost, and after
LINE_DOWN: Final = message("No connection. What you type stays here. Buttons work again when the connection is back.")
LINE_LOST: Final = message("The connection was lost, and this could not be kept. Copy it if you need it:")
LINE_READ: Final = message("I have read this")
NEEDS_SCRIPT: Final = message("This form needs JavaScript. It is switched off in this browser.")

START_TITLE: Final = message("What may help with lines, folds or lost volume?")
START_LEAD: Final = message(
    "Answer questions about what you see and about your health. You get a summary that says what may fit, why, "
    "and what speaks against it. Take it to a nurse or doctor."
)
START_FOR: Final = message("It is for adults. It is not a diagnosis, and it does not replace a consultation.")
START_EXPECT: Final = message("What to expect")
START_POINTS: Final = (
    message("Most questions are a yes, a no or “I don't know”. You are asked only what can change your result."),
    message("You can leave out any health question. A question you leave out does not count as “no”."),
    message("No account and no name. Your answers are kept for 24 hours and then deleted. You can delete them at any time."),
)
START_NOW: Final = message("Start now")
START_ON: Final = message("Continue where you left off")
START_CHANGED: Final = message("Last changed on {day} at {time}.")
START_ANEW: Final = message("Start anew")
AFTER_TITLE: Final = message("Worried after an injection?")
AFTER_LEAD: Final = message("Check the warning signs first. You need not answer anything else before that.")
AFTER_NOW: Final = message("Check the warning signs")
AFTER_LINK: Final = message("Worried after an injection? Check the warning signs")
CALL: Final = message("If you feel very unwell, call now: {number}.")

CALL_NOW: Final = message("Call now: {number}.")
SKIP_NOTE: Final = message(
    "Not sure? Choose “I don't know”. You can also leave a question out. It then stays open and does not count as “no”."
)
WHY: Final = message("Why this is asked")
HOW: Final = message("How to find out")

NO_COUNTRY: Final = (
    "RECOMMENDER_JURISDICTION is not set (uk, us, au, ca, eu or other): each patient is asked for the country, and the pages "
    "of staff follow the rules of no country."
)
COUNTRY_TITLE: Final = message("Where are you?")
COUNTRY_LEAD: Final = message("The emergency number and some of the rules depend on it.")
AGE_LABEL: Final = message("Your age in years")
AGE_ERROR: Final = message("Enter your age in whole years, for example 42")
AGE_YEAR: Final = message("This looks like a year. Enter your age in whole years, for example 42")
DAYS_LABEL: Final = message("Number of days")
DAYS_ERROR: Final = message("Enter the number of days as a whole number, for example 3")
#: the question of a number → its label, and what is wrong with what is none
NUMBERS: Final[Mapping[str, tuple[str, str]]] = {
    AGE: (AGE_LABEL, AGE_ERROR),
    "after_treatment.days_ago": (DAYS_LABEL, DAYS_ERROR),
}
ERRORS_TITLE: Final = message("There is a problem")
ERROR: Final = message("Error")

PLACES_TITLE: Final = message("Where on your face is it about?")
PLACES_HINT: Final = message("Point at every place on the drawing, or tick it in the list. Point again to take it back.")
PLACES_WHY: Final = message("What may help is not the same everywhere on the face, so each place is looked at by itself.")
PLACES_UNSURE: Final = message("Not sure what a place is called? The list says where each of them is.")
PLACES_NONE: Final = message(
    "You can go on without a place if you only want to know whether something about your health matters."
)
PLACES_LIST: Final = message("Choose from a list")
PLACES_DRAWING: Final = message("Drawing of a face with places to choose")
PLACES_SKIP: Final = message("Skip the drawing and use the list")
PLACES_CHOSEN: Final = message("Chosen")
PLACES_NOTHING: Final = message("Nothing chosen yet")

SEEN_TITLE: Final = message("{place}: what do you notice?")
SEEN_HINT: Final = message("Choose everything that fits.")
SEEN_WHY: Final = message("What may help depends on what is there to see. You are asked more only about what you choose.")
SEEN_NONE: Final = message("If nothing fits, or you cannot tell, go on without choosing. The place then stays open.")
DETAILS_TITLE: Final = message("{place}: look a little closer")
DETAILS_HINT: Final = message("A mirror and daylight help. Your own view is enough; your nurse looks again with you.")

CHECK_TITLE: Final = message("Check your answers")
CHECK_LEAD: Final = message(
    "You can change every answer. You need not know everything: “I don't know” can stay, and what you left out does not "
    "count as “no”."
)
CHECK_PARTS: Final[Mapping[str, str]] = {
    "you": message("About you"),
    "face": message("What you see"),
    "health": message("Your health and wishes"),
    "after": message("After an injection"),
}
NOT_ANSWERED: Final = message("Not answered")
SEE_RESULT: Final = message("See my result")

RESULT_OTHER: Final = message("Prepare a consultation as well")
RESULT_CHANGE: Final = message("Change my answers")
RESULT_AGE: Final = message("Correct my age")
ASSESSED_ON: Final = message("Assessed on")
TAKE_TITLE: Final = message("Take it along")
TAKE_JUMP: Final = message("Take it along as a file (PDF and others)")
TAKE_LEAD: Final = message("A file is saved on this device when you press a button. It says what this page says.")
TAKE_COVER: Final = message("Add your name or a note (optional)")
TAKE_COVER_HINT: Final = message("This is only written into the files. It is not kept.")
TAKE_NAME: Final = message("Name")
TAKE_NOTE: Final = message("Note for your consultation")
FILES: Final[Mapping[str, tuple[str, str, str]]] = {
    "pdf": (message("Download PDF"), message("to print or send"), "consultation-summary.pdf"),
    "html": (message("Download HTML"), message("to open in a browser"), "consultation-summary.html"),
    "markdown": (message("Download Markdown"), message("plain text with headings"), "consultation-summary.md"),
    "json": (message("Download JSON"), message("for other programs"), "consultation-summary.json"),
}

#: at the files; the first and the last are said in a browser inside another app, which may not save them
INSIDE_APP: Final[Mapping[str, str]] = {
    "lead": message("This page is open inside another app, where files often cannot be saved. Share them instead."),
    "share": message("Share"),
    "shareHint": message("the PDF, with another app"),
    "again": message("Share the file"),
    "others": message("Other formats"),
    "tried": message(
        "If no file was saved, take pictures of the screen. Your answers cannot be opened in another browser: next time, open "
        "the form in your browser before you answer."
    ),
}
PRINT: Final = message("Print this page")
PRINT_HINT: Final = message("on paper, all of it")

NOT_NOW: Final = message(
    "Your last answer could not be saved. What you answered before is kept. Load the page again in a minute. If this stays so, "
    "tell your clinic."
)
FAILED: Final = message("Something went wrong. What you answered before is kept. Load the page again, or try again later.")
PICTURES: Final[Mapping[str, str]] = {
    "rest": message("At rest"),
    "frown": message("Frown"),
    "raised_brows": message("Raise your eyebrows"),
    "smile": message("Smile"),
    "pursed_lips": message("Purse your lips"),
    "scrunched_nose": message("Wrinkle your nose"),
    "stretch": message("Stretch gently"),
    "lift": message("Lift gently"),
}

TAB_TITLES: Final[Mapping[str, str]] = {
    "start": message("Start"),
    "country": COUNTRY_TITLE,
    "places": PLACES_TITLE,
    "seen": message("What do you notice?"),
    "details": message("Look a little closer"),
    "check": CHECK_TITLE,
    "result": message("Your summary"),
    "how": about_words.TITLE,
    "consultation": consultation_words.TITLE,
}

speaks(__name__)
