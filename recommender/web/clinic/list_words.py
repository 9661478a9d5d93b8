"""The words of the clinic's lists, counts and accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.consultation import Stage
from recommender.languages import Plural, message, plural, speaks

OPEN_ALOUD: Final = message("{name}, visit of {day}")
PATIENT: Final = message("Patient")
VISIT: Final = message("Visit")
BEGUN: Final = message("Begun")
STATE: Final = message("State")
INJECTED_ON: Final = message("Injected on")
FOLLOW_UP: Final = message("Follow-up")
CONTACT: Final = message("Contact")
NOTHING: Final = "–"
EXPIRED: Final = message("expired product used")
#: what a table of visits says of each
COLUMNS: Final = (PATIENT, BEGUN, STATE, INJECTED_ON, FOLLOW_UP)
VISITS: Final = plural("{number} visit", "{number} visits")
PATIENTS: Final = plural("{number} patient", "{number} patients")
DAYS: Final = plural("{number} day", "{number} days")
CUT: Final = message("Only the first {number} are shown.")
YEARS: Final = plural("{number} year", "{number} years")

SAVE_CSV: Final = message("Save as CSV")
SAVE_CSV_HINT: Final = message("for a spreadsheet")
LATEST_CAPTION: Final = message("{visits}, the one changed last first")
EARLIER_CAPTION: Final = message("{visits} before those, the one changed last first")
TODAY_CAPTION: Final = message("{visits} on {day}, in the order of the day")
DUE_NOW: Final = plural("{number} follow-up is due today", "{number} follow-ups are due today")
LATER: Final = message("Later ones")

WAITING_TITLE: Final = message("Waiting for a prescriber")
WAITING_LEAD: Final = message(
    "Plans to authorise, options that only a prescriber may decide on, and records to co-sign. The longest waiting come first."
)
WAITING_NONE: Final = message("Nothing is waiting for a prescriber.")
WAITS_FOR: Final = message("Waiting for")
TO_SIGN: Final = message("Co-signature, after {name}")
TO_DECIDE: Final = message("A decision")
TO_AUTHORISE: Final = message("An authorisation, for {name}")
#: what a prescriber last did with a draft
STAGES: Final[Mapping[Stage, str]] = {
    "asked": message("sent to a prescriber"),
    "authorised": message("authorised"),
    "changed": message("authorised with changes"),
    "refused": message("refused"),
    "given_back": message("given back"),
}
ANSWERED_TITLE: Final = message("Answered by a prescriber")
ANSWERED_CAPTION: Final = message("Your visits that are not signed yet: {visits}")
SINCE: Final = message("Since")
SINCE_HINT: Final = message("Waiting counts from the last change of a record.")
TODAY: Final = message("today")

DUE_TITLE: Final = message("Follow-ups")
DUE_LEAD: Final = message("Patients who have not been seen again since their visit was signed.")
DUE_FROM: Final = message("Due from")
DUE_TO: Final = message("Due until")
DUE_NONE: Final = message("No follow-up is due between these days.")
DUE_CAPTION: Final = message("{visits} to follow up, {overdue} overdue")
OVERDUE: Final = message("overdue by {days}")
DUE_TODAY: Final = message("today")
DUE_IN: Final = message("in {days}")

RECALL_TITLE: Final = message("Lot recall")
RECALL_LEAD: Final = message(
    "Finds every visit in which a product of a lot was used, in drafts too. Capitals, spaces and dashes do not matter."
)
RECALL_LOT: Final = message("Lot number")
RECALL_NONE: Final = message("No visit is recorded with this lot. Check the number: only whole lot numbers are found.")
RECALL_CAPTION: Final = message("Lot {lot}: {patients}, {visits}")

OVERRIDES_TITLE: Final = message("Overrides")
OVERRIDES_LEAD: Final = message(
    "Rules that were not followed, in signed records: what was decided instead, and for which reason. A rule that is often not "
    "followed is one to look at again."
)
OVERRIDES_NONE: Final = message("In signed records every rule was followed.")
OVERRIDES_CAPTION: Final = message("Rules not followed, the most frequent first")
OVERRIDES_COLUMNS: Final = (message("Rule"), message("Decided"), message("Reason"), message("Times"))
EARLIER_RULE: Final = message("A rule of an earlier version")
NO_REASON: Final = message("No reason was asked for")

AGREEMENT_TITLE: Final = message("Agreement")
AGREEMENT_LEAD: Final = message(
    "For each question: how far the patient's answer and the nurse's finding of the same visit agree beyond chance, as Cohen's "
    "kappa (1 is full agreement, 0 is chance) with its 95 % interval, over signed records. A record begins with the patient's "
    "answers as its findings, and a copy that nobody looked at counts as agreement: such a kappa is “at most” what is shown. A "
    "grading is never copied, and where a nurse graded it is taken instead; but she saw the patient's answers first, so these "
    "are no two blind readings. A patient who comes often counts at each visit, so the interval is somewhat too narrow. Of "
    "fewer than 20 pairs nothing is shown."
)
AGREEMENT_COUNT: Final = message("Calculate")
AGREEMENT_AGAIN: Final = message("Calculate again")
AGREEMENT_SLOW: Final = message("Every signed record is opened for it: about 3 seconds for each 1,000 of them.")
AGREEMENT_NOT_INSTALLED: Final = message(
    "The statistics module that this needs is not installed. Whoever runs this installation adds it with {command} in the "
    "product's folder."
)
AGREEMENT_AT: Final = message("Calculated at {time}.")
AGREEMENT_NONE: Final = message("No signed record has both a patient's answers and a nurse's findings yet.")
AGREEMENT_CAPTION: Final = message("Patient and nurse, question by question")
AGREEMENT_COLUMNS: Final = (message("Question"), message("Kappa"), message("95 % interval"), message("Pairs"), message("Note"))
AT_MOST: Final = message("at most {kappa}")
NO_KAPPA: Final = message("none")
BETWEEN: Final = message("{low} to {high}")
SAME: Final = message("{same} the same")
GRADED: Final = message("{graded} graded by the nurse")
LEFT_OUT: Final = message("{number} left out: one of the two was unsure, or alone in answering")
ORDERED: Final = message("Near answers count for more than far ones.")
WHETHER_NAMED: Final = message("{concern}: whether it was named")
TOO_FEW: Final = message("Of these there are fewer than {fewest} pairs, so nothing is shown:")

SIDE_TITLE: Final = message("Visits side by side")
SIDE_ONE: Final = message("From the second visit on, what was found stands here side by side.")
SIDE_LEAD: Final = message("What nurses found. What is not said is not “no”.")
SIDE_ALL: Final = message("Show also what stayed the same")
SIDE_CAPTION: Final = message("Visits from left to right, each change marked")
SIDE_SAME: Final = message("Nothing that was found changed from visit to visit.")
SIDE_ABOUT: Final = message("What")
DECIDED: Final = message("Decided")
INJECTED: Final = message("Injected")
NOT_SAID: Final = message("not said")
NAMED: Final = message("named")
NOT_INJECTED: Final = message("nothing recorded")
NOT_DECIDED: Final = message("nothing decided")
LOT: Final = message("lot {lot}")

DATA_TITLE: Final = message("The patient's data")
DATA_LEAD: Final = message(
    "Everything that is kept about this patient, readable by whoever has the file. See that it reaches the right person. The "
    "audit notes that you handed it out."
)
DATA_MAKE: Final = message("Make the file")
DATA_SAVE: Final = message("Save as JSON")
DATA_HINT: Final = message("it disappears from this page as soon as you do something else")
ERASE_TITLE: Final = message("Erase the patient")
ERASE_LEAD: Final = message(
    "This erases the patient with every visit, signed ones too. It cannot be undone. Check first whether the records have "
    "to be kept longer. To erase, type this id: {id}"
)
ERASE_ID: Final = message("The patient's id")
ERASE: Final = message("Erase for good")
ERASE_WRONG: Final = message("This is not the id of this patient. Nothing was erased.")
ERASED: Final = message("The patient was erased, with {visits}.")

ACCOUNTS_TITLE: Final = message("Accounts")
ACCOUNTS_CAPTION: Final = message("Who may sign in")
ACCOUNTS_COLUMNS: Final = (
    message("Name"),
    message("Signs in as"),
    message("Role"),
    message("Registration"),
    message("Account"),
)
OPEN: Final = message("open")
SHUT: Final = message("closed")
ADD_TITLE: Final = message("Add an account")
ADD: Final = message("Add the account")
NAME: Final = message("Name, as others will see it")
LOGIN: Final = message("Name to sign in with")
LOGIN_HINT: Final = message("Lower-case letters, digits and . _ @ - + '")
ROLE: Final = message("Role")
REGISTRATION: Final = message("Registration number (optional)")
REGISTRATION_NEW: Final = message("Registration number from now on")
REGISTRATION_SET: Final = message("Change the number")
PASSWORD: Final = message("Password")
AGAIN: Final = message("The password again")
PASSWORD_HINT: Final = message("At least 12 characters. Several words are easier to remember than symbols.")
CHANGE_TITLE: Final = message("Change an account")
CHANGE_LEAD: Final = message("A change signs the owner of the account out everywhere at once.")
WHOSE: Final = message("Account")
ROLE_CHANGE: Final = message("Change the role")
DO_SHUT: Final = message("Close the account")
DO_OPEN: Final = message("Open the account again")
PASSWORD_NEW: Final = message("New password")
NEW_AGAIN: Final = message("The new password again")
ROLE_NEW: Final = message("Role from now on")
PASSWORD_SET: Final = message("Set the new password")
DIFFERENT: Final = message("The two passwords are not the same.")
NOTHING_TYPED: Final = message("Fill in the password twice.")
ADDED: Final = message("{name} may sign in as {login}.")
CHANGED: Final = message("The account of {login} was changed.")

ME_TITLE: Final = message("My account")
ME_IS: Final = message("{name}, {role}")
EVERYWHERE_TITLE: Final = message("Sessions")
EVERYWHERE_LEAD: Final = message("This ends every session of yours, on this device and on all others.")
EVERYWHERE: Final = message("Sign out everywhere")
OWN_TITLE: Final = message("Change my password")
OWN_LEAD: Final = message("Every other session of yours ends. You stay signed in here.")
PRESENT: Final = message("Current password")
OWN_DONE: Final = message("Your password was changed. Every other session has ended.")


def counted(words: Plural, number: int) -> str:
    """A number of things in words: "1 visit", "2 visits"."""
    return words.of(number).format(number=number)


speaks(__name__)
