"""The words of the pages themselves: buttons, headings, short notes. Questions and conclusions are worded in the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.answer_path import AGE
from recommender.languages import message, plural, speaks
from recommender.web.about import words as about_words
from recommender.web.consultation import words as consultation_words

PRODUCT: Final = message("Prepare your consultation")
PHASE: Final = message("Draft")
PHASE_TEXT: Final = message("This prepares a consultation. The rules are a draft, not yet signed by a clinician.")
#: the same in one line, on every page after the first
PHASE_SHORT: Final = message("Draft, not signed by a clinician.")
TRANSLATION: Final = message("Translation not reviewed.")

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

#: where a page stands among those that this person has
STEP: Final = message("Step {number} of {count}, {time}")
STEP_AT_LEAST: Final = message("Step {number} of at least {count}, {time}")
STEP_FIRST: Final = message("Step {number}, {time} for an adult")
ABOUT_MINUTES: Final = plural("about {number} minute", "about {number} minutes")

NOTHING_NOW: Final = message(
    "What you have told us holds back both treatments for now, whatever else you answer. You can see what that means, or go on "
    "with the questions."
)
SEE_NOW: Final = message("See what it says")

#: said by the first paint
WAIT: Final = message("One moment. The form is still being loaded.")
WAIT_LONG: Final = message("This takes long. Check your connection, then load this page again.")
#: said below the page while the connection to the server is lost, and after
LINE_DOWN: Final = message("No connection. What you type stays here. Buttons work again when the connection is back.")
LINE_LOST: Final = message("The connection was lost, and this could not be kept. Copy it if you need it:")
LINE_READ: Final = message("I have read this")
NEEDS_SCRIPT: Final = message("This form needs JavaScript. It is switched off in this browser.")

#: the question that people bring, of the two treatments by the names that may be said where they are
START_TITLE: Final = message("{one} or {other}?")
START_LEAD: Final = message("Find out what may fit, why, and what speaks against it. Then take it to a nurse or doctor.")
START_POINTS: Final = (
    message("For adults. It is not a diagnosis, and it does not replace a consultation."),
    message("Leave out any health question you like. It then does not count as “no”."),
    message("No account and no name. Your answers are deleted after 24 hours, or whenever you say so."),
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
TICK_NOTE: Final = message(
    "Tick everything that is so for you. What you neither tick nor deny stays open: it does not count as “no”."
)
NONE_OF_OTHERS: Final = message("None of the others")
DOUBTS: Final = message("I don't know about some of these")
DOUBT: Final = message("I don't know: {thing}")
MARK_NO: Final = message("no", "beside a statement that somebody denied")
MARK_UNSURE: Final = message("I don't know", "beside a statement")
MEANINGS: Final = message("What these mean, and why they are asked")
#: asked once, where a group is neither ticked nor denied to its end
ASKS_TITLE: Final = message("Before you go on")
LEFT_OPEN: Final = message("{group} Not answered: {things}.")
LEFT_ASK: Final = message("Not answered: {things}. If none of them applies, tick that. Or press Continue, and they stay open.")
MORE_ASKED: Final = message("What you chose leads to more questions on this page.")
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
AGE_YEAR: Final = message("This looks like a year of birth. Enter how old you are, for example 42")
AGE_UNLIKELY: Final = message("Nobody of this age can answer here. Enter how old you are, for example 42")
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
PLACES_HINT_TOUCH: Final = message("Tap every place on the drawing, or tick it in the list. Tap again to take it back.")
PLACES_WHY: Final = message("What may help is not the same everywhere on the face, so each place is looked at by itself.")
PLACES_UNSURE: Final = message("Not sure what a place is called? The list says where each of them is.")
PLACES_NONE: Final = message(
    "Is your place not in the list? Then this form cannot say what fits it: ask a doctor or nurse. You can go on without a "
    "place. The result then says only what about your health speaks against a treatment, and names none."
)
PLACES_LIST: Final = message("Choose from a list")
PLACES_DRAWING: Final = message("Drawing of a face with places to choose")
PLACES_SKIP: Final = message("Skip the drawing and use the list")
PLACES_TONE: Final = message("Skin tone of the drawing")
PLACES_CHOSEN: Final = message("Chosen")
PLACES_NOTHING: Final = message("Nothing chosen yet")

SEEN_TITLE: Final = message("{place}: what do you notice?")
SEEN_HINT: Final = message("Choose everything that fits.")
SEEN_WHY: Final = message("What may help depends on what is there to see. You are asked more only about what you choose.")
SEEN_NONE: Final = message("If nothing fits, or you cannot tell, go on without choosing. The place then stays open.")
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
#: what was answered to a group of statements: yes, "I don't know", nothing; no, and no to all others
CHECK_GROUP: Final[Mapping[str | None, str]] = {
    "yes": message("Yes: {things}."),
    "unsure": message("I don't know: {things}."),
    None: message("Not answered: {things}."),
}
CHECK_NO: Final = message("No: {things}.")
CHECK_REST: Final = message("No to the others.")
NOT_ANSWERED: Final = message("Not answered")
SEE_RESULT: Final = message("See my result")

BACK_TO_WHERE: Final = message("Back to where you were")
RESULT_OTHER: Final = message("Prepare a consultation as well")
RESULT_CHANGE: Final = message("Change my answers")
RESULT_AGE: Final = message("Correct my age")
ASSESSED_ON: Final = message("Assessed on")
TAKE_TITLE: Final = message("Take it along")
TAKE_LEAD: Final = message("A file is saved on this device when you press a button. It says what this page says.")
TAKE_COVER: Final = message("Add your name or a note (optional)")
TAKE_COVER_HINT: Final = message("This is only written into the files. It is not kept.")
TAKE_NAME: Final = message("Name")
TAKE_NOTE: Final = message("Note for your consultation")
FILES: Final[Mapping[str, tuple[str, str, str]]] = {
    "pdf": (message("Download PDF"), message("to print or send"), "pdf"),
    "html": (message("Download HTML"), message("to open in a browser"), "html"),
    "markdown": (message("Download Markdown"), message("plain text with headings"), "md"),
    "json": (message("Download JSON"), message("for other programs"), "json"),
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
    "country": COUNTRY_TITLE,
    "places": PLACES_TITLE,
    "seen": message("What do you notice?"),
    "check": CHECK_TITLE,
    "result": message("Your summary"),
    "how": about_words.TITLE,
    "consultation": consultation_words.TITLE,
}

speaks(__name__)
