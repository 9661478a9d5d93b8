"""The words of the clinic's pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.staff import Role

STAFF_ONLY: Final = "For the clinic's staff"
STAFF_ONLY_LEAD: Final = (
    "This page opens to nurses and other staff who have an account at this clinic. Patients need no account: the form is open."
)
STAFF_ONLY_LINK: Final = "Was this the link from a patient? Sign in first, then open the link or scan the code once more."
SIGN_IN: Final = "Sign in"
TO_THE_FORM: Final = "To the form for patients"
NO_ACCOUNT: Final = "There is no account for you here"
NO_ACCOUNT_LEAD: Final = (
    "The clinic's own sign-in knows you, and this site does not. Ask whoever manages its accounts to add one with your "
    "e-mail address, as the clinic has verified it; then sign out here and sign in again."
)
NOT_YOURS: Final = "This page is not open to you"
NOT_YOURS_LEAD: Final = "You are signed in as {role}. What this page shows is for others."
SIGN_OUT: Final = "Sign out"
SIGNED_IN_AS: Final = "{name}, {role}"
ROLES: Final[Mapping[Role, str]] = {
    "nurse": "nurse",
    "prescriber": "prescriber",
    "lead": "clinical lead",
    "admin": "account manager",
}
MENU: Final = "Pages of the clinic"
PARTS: Final = "Parts of this record"
#: page → its name in the menu; a page that is not here is reached from another one
MENU_NAMES: Final[Mapping[str, str]] = {
    "records": "Records",
    "consultation": "New consultation",
    "waiting": "Waiting",
    "due": "Follow-ups",
    "recall": "Lot recall",
    "overrides": "Overrides",
    "agreement": "Agreement",
    "accounts": "Accounts",
    "me": "My account",
}
#: page → the title of the browser's tab: the same for every patient
TITLES: Final[Mapping[str, str]] = {
    **MENU_NAMES,
    "consultation": "Consultation",
    "patient": "Patient",
    "decide": "Decisions",
    "treat": "Treatment",
    "record": "Record",
}
RECORD_PARTS: Final[Mapping[str, str]] = {
    "consultation": "1 Findings",
    "decide": "2 Decisions",
    "treat": "3 Treatment",
    "record": "4 Record and signature",
}
RECORD_OF: Final = "Consultation of {name}"
BORN: Final = "born {day}"
STATES: Final[Mapping[str, str]] = {
    "draft": "draft, not signed",
    "signed": "signed, waits for a prescriber",
    "locked": "signed and locked",
}
UNKNOWN: Final = "There is no such record"
UNKNOWN_LEAD: Final = "It may have been erased, or the address is not whole."

WHOSE: Final = "Not kept yet"
WHOSE_LEAD: Final = "These answers are forgotten after 24 hours unless they are kept as a visit of a patient."
WHOSE_CHOOSE: Final = "Choose the patient and keep them"
CHANGED: Final = "{name} changed this consultation at {time}. What you see includes it."
NOT_KEPT: Final = "Your last change is not in the record: {why}."
CLASH: Final = "You and somebody else answered the same question. Yours is not kept yet."
CLASH_ASK: Final = "{question}: they say “{theirs}”, you say “{mine}”"
CLASH_MINE: Final = "Keep mine"
CLASH_THEIRS: Final = "Keep theirs"
BOTH_TITLE: Final = "Your findings come to another result than the patient's answers ({number})"
BOTH_SAME: Final = "Your findings come to the same result as the patient's answers."
BOTH_TABLE: Final = "What stands otherwise, both read by the rules of today"
BOTH_COLUMNS: Final = ("What", "By the patient's answers", "By your findings")

RECORDS_TITLE: Final = "Records"
FIND_TITLE: Final = "Find a patient"
FIND_NAME: Final = "Name (whole words)"
FIND_BORN: Final = "Born on (optional)"
FIND_NONE: Final = "Nobody is found. Check the spelling: only whole words are found."
NEW_PATIENT: Final = "A new patient"
PATIENT_NAME: Final = "Name"
PATIENT_BORN: Final = "Born on"
PATIENT_CONTACT: Final = "Contact (optional)"
PATIENT_ADD: Final = "Add the patient"
PATIENT_OPEN: Final = "Open"
PATIENT_SAVE: Final = "Save"
PATIENT_EDIT: Final = "Name, day of birth and contact"
PATIENT_SAVED: Final = "Saved."
PATIENT_CLASH: Final = "Somebody else changed this patient meanwhile. They wrote: {theirs}. Save again to write yours over it."
VISITS: Final = "Visits"
NO_VISITS: Final = "No visit yet."
VISIT_OPEN: Final = "Open the visit of {day}"
BEGIN_VISIT: Final = "Begin a visit"
KEEP_VISIT: Final = "Keep the opened answers as a visit"
LATEST: Final = "Changed last"
FILTER: Final = "Show"
FILTERS: Final[Mapping[str, str]] = {"": "all", "draft": "drafts", "signed": "waiting for a prescriber", "locked": "locked"}
NO_RECORDS: Final = "There is no record yet."
MORE: Final = "Earlier ones"
FOR_PATIENT: Final = "For {name}. What is begun here is kept as a visit at once."
NAME_MISSING: Final = "Enter the name of the patient."
ALL_VISITS: Final = "The patient and all visits"
