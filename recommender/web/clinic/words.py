"""The words of the clinic's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.staff import StaffRole
from recommender.languages import message, speaks

STAFF_ONLY: Final = message("For the clinic's staff")
STAFF_ONLY_LEAD: Final = message(
    "This page opens to nurses and other staff who have an account at this clinic. Patients need no account: the form is open."
)
STAFF_ONLY_LINK: Final = message(
    "Was this the link from a patient? Sign in first, then open the link or scan the code once more."
)
OUT_OF_REACH_LEAD: Final = message(
    "What was saved before is kept. Load this page again in a minute. If it stays so, tell whoever runs this installation: "
    "the log says why. The form for patients is open."
)
NOT_NOW: Final = message(
    "This cannot be saved or opened at the moment. What was saved before is kept; what you typed since may not be. Wait a "
    "minute, then load this page again. If it stays so, tell whoever runs this installation: the log says why."
)
SIGN_IN: Final = message("Sign in")
TO_THE_FORM: Final = message("To the form for patients")
NO_ACCOUNT: Final = message("There is no account for you here")
#: why the clinic's own sign-in opens no account → what is said, and what to do
NO_ACCOUNT_WHY: Final[Mapping[str, str]] = {
    "no account": message(
        "The clinic's own sign-in knows you, and this site does not. Ask whoever manages its accounts to add one with your "
        "e-mail address, as the clinic has verified it; then sign out here and sign in again."
    ),
    "no address": message(
        "The clinic's own sign-in did not tell your e-mail address, by which an account is found. Whoever runs the sign-in "
        "has to let it tell this site the address."
    ),
    "not said": message(
        "The clinic's own sign-in told your e-mail address but not whether it is verified (email_verified), so no account is "
        "opened. Whoever runs this site finds in its documentation what to set."
    ),
    "not verified": message(
        "Your e-mail address is not verified at the clinic's own sign-in, so no account is opened. Verify it there; then sign "
        "out here and sign in again."
    ),
}
NOT_YOURS: Final = message("This page is not open to you")
NOT_YOURS_LEAD: Final = message("You are signed in as {role}. What this page shows is for others.")
SIGN_OUT: Final = message("Sign out")
SIGNED_IN_AS: Final = message("{name}, {role}")
ROLES: Final[Mapping[StaffRole, str]] = {
    "nurse": message("nurse"),
    "prescriber": message("prescriber"),
    "lead": message("clinical lead"),
    "admin": message("account manager"),
}
MENU: Final = message("Pages of the clinic")
PARTS: Final = message("Parts of this record")
NEXT_PART: Final = message("Go on: {page}")
RECORD_OF: Final = message("Consultation of {name}")
BORN: Final = message("born {day}")
RETURNED: Final = message("Given back by {name}, {day}: {because}")
STATES: Final[Mapping[str, str]] = {
    "draft": message("draft, not signed"),
    "signed": message("signed, waits for a prescriber"),
    "locked": message("signed and locked"),
    "voided": message("discarded"),
}
UNKNOWN: Final = message("There is no such record")
UNKNOWN_LEAD: Final = message("It may have been erased, or the address is not whole.")

WHOSE: Final = message("Not saved yet")
WHOSE_LEAD: Final = message("These answers are deleted after 24 hours unless they are saved as a patient's visit.")
WHOSE_CHOOSE: Final = message("Choose the patient and save them")
CHANGED: Final = message("{name} changed this consultation at {time}. What you see includes it.")
NOT_KEPT: Final = message("Your last change is not in the record: {why}.")
NOT_FIRST: Final = message("somebody else was changing it at the same moment; make your change again")
CLASH: Final = message("You and somebody else answered the same question. Yours is not kept yet.")
CLASH_ASK: Final = message("{question}: they say “{theirs}”, you say “{mine}”")
CLASH_MINE: Final = message("Keep mine")
CLASH_THEIRS: Final = message("Keep theirs")
BOTH_TITLE: Final = message("Your findings lead to a different result from the patient's answers ({number})")
BOTH_SAME: Final = message("Your findings lead to the same result as the patient's answers.")
BOTH_TABLE: Final = message("What differs, both by today's rules")
BOTH_COLUMNS: Final = (message("What"), message("By the patient's answers"), message("By your findings"))

KEEP_TITLE: Final = message("Whose answers are these?")
KEEP_FOR: Final = message("Find the patient, or add a new one. On the patient's page you save the answers as a visit.")
KEEP_BACK: Final = message("Back to the answers")
RECORDS_TITLE: Final = message("Records")
FIND_TITLE: Final = message("Find a patient")
FIND_NAME: Final = message("Name, or the first three letters of it")
FIND_BORN: Final = message("Date of birth (optional)")
FIND_NONE: Final = message("Nobody was found. Type the first three letters or more of each word of the name.")
FIND_MANY: Final = message("These are the first {number}. Type more of the name to see the others.")
NEW_PATIENT: Final = message("A new patient")
PATIENT_NAME: Final = message("Name")
PATIENT_BORN: Final = message("Date of birth")
BORN_WRONG: Final = message("{why} Nothing is saved until the date of birth is right, or left out.")
PATIENT_CONTACT: Final = message("Contact (optional)")
PATIENT_ADD: Final = message("Add the patient")
PATIENT_SAVE: Final = message("Save")
PATIENT_EDIT: Final = message("Name, date of birth and contact")
PATIENT_CLASH: Final = message(
    "Somebody else changed this patient meanwhile. They wrote: {theirs}. Save again to write yours over it."
)
SAME: Final = message("There is already a patient of this name, whose date of birth may be the same:")
SAME_ADD: Final = message("This is another person: add them too")
MERGE_TITLE: Final = message("The same patient twice")
MERGE_LEAD: Final = message(
    "The other entry is removed, and its visits move to this patient. Its name still finds this patient; its contact is "
    "added. This cannot be undone. The id of this patient: {id}"
)
MERGE_ID: Final = message("The id of the other entry")
MERGE_FOUND: Final = message("The other entry: {patient}, {visits}.")
MERGE_SURE: Final = message("Yes, both are the same person. The other entry is removed for good.")
MERGE: Final = message("Merge into this patient")
MERGE_NOBODY: Final = message("No patient has this id.")
MERGED: Final = message("Two entries became one: {visits} moved here.")
ALSO: Final = message("also recorded as {names}")
AGE_KNOWN: Final = message("Worked out from the date of birth.")
AGE_DIFFERS: Final = message("The answers say {said}. The record of {name} says born {day}: {age}.")
AGE_DIFFERS_ASK: Final = message("If these are somebody else's answers, go back to Records and choose that patient.")
AGE_DIFFERS_KEEP: Final = message("They are {name}'s: keep them, with the age of {age}")
AGE_SINCE: Final = message(
    "The day of birth was corrected after the signature: these findings are about somebody of {said}, and by the day of birth "
    "it was {age}."
)
VISITS: Final = message("Visits")
NO_VISITS: Final = message("No visit yet.")
VISIT_OPEN: Final = message("Open the visit of {day}")
BEGIN_VISIT: Final = message("Begin a visit")
KEEP_VISIT: Final = message("Save the opened answers as a visit")
LATEST: Final = message("Last changed")
FILTER: Final = message("Show")
TODAY: Final = "today"
FILTERS: Final[Mapping[str, str]] = {
    "": message("all"),
    TODAY: message("today"),
    "draft": message("drafts"),
    "signed": message("waiting for a prescriber"),
    "locked": message("locked"),
    "voided": message("discarded"),
}
NO_RECORDS: Final = message("There is no record yet.")
NONE_TODAY: Final = message("No visit was begun today.")
MORE: Final = message("Earlier ones")
FOR_PATIENT: Final = message("For {name}. What is begun here is kept as a visit at once.")
NAME_MISSING: Final = message("Enter the name of the patient.")
KNOWN_ALERTS: Final = message("Allergies and alerts: {list}")
KNOWN_ALSO: Final = message("Known: {list}")
KNOWN_SINCE: Final = message("{what} ({day})")
KNOWN_WRONG: Final = message("Adverse event, {day}: {what}")
KNOWN_TREATED: Final = message("Treated {day}: {products}")
CONTRADICTED: Final = message("Answered “No”, and the records say otherwise:")
CONTRADICTED_BY: Final[Mapping[str, str]] = {
    "patient": message("{question} – the patient: {answer}"),
    "nurse": message("{question} – the findings: {answer}"),
    "both": message("{question} – the patient and the findings: {answer}"),
}
CONTRADICTED_RECORD: Final = message("{told}; the record of {day}: {record}")
ALL_VISITS: Final = message("The patient and all visits")

speaks(__name__)
