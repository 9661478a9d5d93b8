"""The words of the clinic's lists, counts and accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OPEN_ALOUD: Final = "{name}, visit of {day}"
PATIENT: Final = "Patient"
VISIT: Final = "Visit"
BEGUN: Final = "Begun"
STATE: Final = "State"
INJECTED_ON: Final = "Injected on"
FOLLOW_UP: Final = "Follow-up"
CONTACT: Final = "Contact"
NOTHING: Final = "–"
VISITS: Final[Mapping[bool, str]] = {True: "1 visit", False: "{number} visits"}
PATIENTS: Final[Mapping[bool, str]] = {True: "1 patient", False: "{number} patients"}
DAYS: Final[Mapping[bool, str]] = {True: "1 day", False: "{number} days"}

SAVE_CSV: Final = "Save as CSV"
SAVE_CSV_HINT: Final = "for a spreadsheet"
LATEST_CAPTION: Final = "{visits}, the one changed last first"
EARLIER_CAPTION: Final = "{visits} before those, the one changed last first"
LATER: Final = "Later ones"

WAITING_TITLE: Final = "Waiting for a prescriber"
WAITING_LEAD: Final = (
    "Options that only a prescriber may decide on, and records to sign beside. The longest waiting come first."
)
WAITING_NONE: Final = "Nothing waits for a prescriber."
WAITS_FOR: Final = "Waits for"
TO_SIGN: Final = "A signature beside that of {name}"
TO_DECIDE: Final = "A decision"
SINCE: Final = "Since"
SINCE_HINT: Final = "Waiting counts from the last change of a record."
TODAY: Final = "today"

DUE_TITLE: Final = "Follow-ups"
DUE_LEAD: Final = "Of patients who have not been seen again since their visit was signed."
DUE_FROM: Final = "Due from"
DUE_TO: Final = "Due until"
DUE_WRONG: Final = "The first day is after the last one."
DUE_NONE: Final = "No follow-up is due between these days."
DUE_CAPTION: Final = "{visits} to follow up, {overdue} overdue"
OVERDUE: Final = "overdue by {days}"
DUE_TODAY: Final = "today"
DUE_IN: Final = "in {days}"

RECALL_TITLE: Final = "Lot recall"
RECALL_LEAD: Final = (
    "Finds every visit in which a product of a lot was used, in drafts too. Capitals, spaces and dashes do not matter."
)
RECALL_LOT: Final = "Lot number"
RECALL_NONE: Final = "No visit is recorded with this lot. Check the number: only whole lot numbers are found."
RECALL_CAPTION: Final = "Lot {lot}: {patients}, {visits}"

OVERRIDES_TITLE: Final = "Overrides"
OVERRIDES_LEAD: Final = (
    "Rules that were not followed, in signed records: what was decided instead, and for which reason. A rule that is often not "
    "followed is one to look at again."
)
OVERRIDES_NONE: Final = "In signed records every rule was followed."
OVERRIDES_CAPTION: Final = "Rules not followed, the most frequent first"
OVERRIDES_COLUMNS: Final = ("Rule", "Decided", "Reason", "Times")
EARLIER_RULE: Final = "A rule of an earlier version"
NO_REASON: Final = "No reason was asked for"

AGREEMENT_TITLE: Final = "Agreement"
AGREEMENT_LEAD: Final = (
    "For each question: how far the patient's answer and the nurse's finding of the same visit agree beyond chance, as Cohen's "
    "kappa (1 is full agreement, 0 is chance) with its 95 % interval, over signed records. A record begins with the patient's "
    "answers as its findings, and a copy that nobody looked at counts as agreement: such a kappa is “at most” what is shown. A "
    "grading is never copied, and where a nurse graded it is taken instead; but she saw the patient's answers first, so these "
    "are no two blind readings. A patient who comes often counts at each visit, so the interval is somewhat too narrow. Of "
    "fewer than 20 pairs nothing is shown."
)
AGREEMENT_COUNT: Final = "Work it out"
AGREEMENT_AGAIN: Final = "Work it out again"
AGREEMENT_SLOW: Final = "Every signed record is opened for it: about 3 seconds for each 1,000 of them."
AGREEMENT_AT: Final = "Worked out at {time}."
AGREEMENT_NONE: Final = "No signed record has both a patient's answers and a nurse's findings yet."
AGREEMENT_CAPTION: Final = "Patient and nurse, question by question"
AGREEMENT_COLUMNS: Final = ("Question", "Kappa", "95 % interval", "Pairs", "Note")
AT_MOST: Final = "at most {kappa}"
NO_KAPPA: Final = "none"
BETWEEN: Final = "{low} to {high}"
SAME: Final = "{same} the same"
GRADED: Final = "{graded} graded by the nurse"
LEFT_OUT: Final = "{number} left out: one of the two was unsure, or alone in answering"
ORDERED: Final = "Near answers count for more than far ones."
WHETHER_NAMED: Final = "{concern}: whether it was named"
TOO_FEW: Final = "Of these there are fewer than {fewest} pairs, so nothing is shown:"

SIDE_TITLE: Final = "Visits side by side"
SIDE_ONE: Final = "From the second visit on, what was found stands here side by side."
SIDE_LEAD: Final = "What nurses found. What is not said is not “no”."
SIDE_ALL: Final = "Show also what stayed the same"
SIDE_CAPTION: Final = "Visits from left to right, each change marked"
SIDE_SAME: Final = "Nothing that was found changed from visit to visit."
SIDE_ABOUT: Final = "What"
DECIDED: Final = "Decided"
INJECTED: Final = "Injected"
NOT_SAID: Final = "not said"
NAMED: Final = "named"
NOT_INJECTED: Final = "nothing recorded"
NOT_DECIDED: Final = "nothing decided"
LOT: Final = "lot {lot}"

DATA_TITLE: Final = "The patient's data"
DATA_LEAD: Final = (
    "Everything that is kept about this patient, readable by whoever has the file. See that it reaches the right person. The "
    "audit notes that you handed it out."
)
DATA_MAKE: Final = "Make the file"
DATA_SAVE: Final = "Save as JSON"
DATA_HINT: Final = "gone from this page when you do something else"
ERASE_TITLE: Final = "Erase the patient"
ERASE_LEAD: Final = (
    "This erases the patient with every visit, signed ones too. It cannot be undone. Whether records have to be kept longer is "
    "for you to know. To erase, type this id: {id}"
)
ERASE_ID: Final = "The patient's id"
ERASE: Final = "Erase for good"
ERASE_WRONG: Final = "This is not the id of this patient. Nothing was erased."
ERASED: Final = "The patient was erased, with {visits}."

ACCOUNTS_TITLE: Final = "Accounts"
ACCOUNTS_CAPTION: Final = "Who may sign in"
ACCOUNTS_COLUMNS: Final = ("Name", "Signs in as", "Role", "Account")
OPEN: Final = "open"
SHUT: Final = "shut"
ADD_TITLE: Final = "Add an account"
ADD: Final = "Add the account"
NAME: Final = "Name, as others will see it"
LOGIN: Final = "Name to sign in with"
LOGIN_HINT: Final = "Small letters, digits and . _ @ -"
ROLE: Final = "Role"
PASSWORD: Final = "Password"  # noqa: S105 (the label of a field)
AGAIN: Final = "The password again"
PASSWORD_HINT: Final = "At least 12 characters. Several words are easier to remember than signs."  # noqa: S105
CHANGE_TITLE: Final = "Change an account"
CHANGE_LEAD: Final = "Whoever's account is changed is signed out everywhere at once."
WHOSE: Final = "Account"
ROLE_CHANGE: Final = "Change the role"
DO_SHUT: Final = "Shut the account"
DO_OPEN: Final = "Open the account again"
PASSWORD_NEW: Final = "New password"  # noqa: S105
NEW_AGAIN: Final = "The new password again"
ROLE_NEW: Final = "Role from now on"
PASSWORD_SET: Final = "Set the new password"  # noqa: S105
DIFFERENT: Final = "The two passwords are not the same."
NOTHING_TYPED: Final = "Fill in the password twice."
ADDED: Final = "{name} may sign in as {login}."
CHANGED: Final = "The account of {login} was changed."

ME_TITLE: Final = "My account"
ME_IS: Final = "{name}, {role}"
EVERYWHERE_TITLE: Final = "Sessions"
EVERYWHERE_LEAD: Final = "This ends every session of yours, on this device and on all others."
EVERYWHERE: Final = "Sign out everywhere"
OWN_TITLE: Final = "Change my password"
OWN_LEAD: Final = "Every other session of yours ends. You stay signed in here."
PRESENT: Final = "Present password"
OWN_DONE: Final = "Your password was changed. Every other session has ended."


def counted(words: Mapping[bool, str], number: int) -> str:
    """A number of things in words: "1 visit", "2 visits"."""
    return words[number == 1].format(number=number)
