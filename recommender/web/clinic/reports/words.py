"""The words of the adverse events, of a patient's timeline and of the history of changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.languages import message, plural, speaks
from recommender.records.reports.timeline import Happening

EVENTS_TITLE: Final = message("Adverse events")
EVENTS_LEAD: Final = message(
    "Of all patients, with the products that were used. Where nobody said which, all of that visit are named."
)
EVENTS_FROM: Final = message("Seen from")
EVENTS_TO: Final = message("Seen until")
EVENTS_NONE: Final = message("No adverse event was recorded between these days.")
EVENTS_CAPTION: Final = plural("{number} adverse event, the latest first", "{number} adverse events, the latest first")
EVENTS_CUT: Final = message("Only the {number} visits changed last were looked through. Choose a later first day.")
EVENTS_COLUMNS: Final = (message("Patient"), message("Seen on"), message("What happened"), message("After"))
NO_PRODUCT: Final = message("no product recorded")
LOT: Final = message("lot {lot}")

TIMELINE_TITLE: Final = message("Timeline")
TIMELINE_CAPTION: Final = message("What happened when, the latest first")
TIMELINE_COLUMNS: Final = (message("Day"), message("What happened"), message("By"))
HAPPENED: Final[Mapping[Happening, str]] = {
    "begun": message("Visit begun"),
    "informed": message("Information given"),
    "injected": message("Injected"),
    "adverse event": message("Adverse event"),
    "signed": message("Signed"),
    "co-signed": message("Co-signed"),
    "given back": message("Given back"),
    "added to": message("Addendum"),
    "follow-up": message("Follow-up"),
    "discarded": message("Discarded"),
}

HISTORY_TITLE: Final = message("History of changes")
HISTORY_LEAD: Final = message("Who changed what, and when, the latest first. Nothing can be taken out of it.")
HISTORY_OF: Final = message("Only what is about {name}.")
HISTORY_ALL: Final = message("Show the changes of all patients")
HISTORY_NONE: Final = message("Nothing was changed.")
HISTORY_CAPTION: Final = message("Changes, the latest first")
HISTORY_COLUMNS: Final = (message("When"), message("Who"), message("What"), message("About"))
HISTORY_SEE: Final = message("History of changes of this patient")
VISIT_OF: Final = message("visit of {day}")
TIMES: Final = plural("{number} time", "{number} times")
SYSTEM: Final[Mapping[str, str]] = {"system": message("the records themselves"), "command line": message("on the command line")}
#: kind and action of the audit → in words; of an action that ends with an id, its beginning
CHANGED: Final[Mapping[str, Mapping[str, str]]] = {
    "consultation": {
        "begun": message("began a visit"),
        "saved": message("changed a visit"),
        "signed": message("signed a visit"),
        "co-signed": message("co-signed a visit"),
        "given back": message("gave a visit back"),
        "sent to a prescriber": message("sent a plan to a prescriber"),
        "authorised": message("authorised a treatment"),
        "refused": message("refused a treatment"),
        "treats the patient": message("treats the patient as the prescriber"),
        "emergency": message("recorded an emergency medicine"),
        "discarded": message("discarded a visit"),
        "moved": message("moved a visit to another patient"),
        "checked": message("confirmed a visit that was moved"),
        "added to": message("added an addendum to a visit"),
        "erased after retention": message("erased a visit, its time of retention being over"),
        "erased": message("erased a visit"),
    },
    "patient": {
        "added": message("added a patient"),
        "changed": message("changed a patient's name, day of birth or contact"),
        "merged with": message("merged another entry into this patient"),
        "merged into": message("merged this entry into another"),
        "handed out": message("handed out the patient's data"),
        "indexed": message("prepared the name for the search"),
        "erased after retention": message("erased a patient, the time of retention being over"),
        "erased": message("erased a patient"),
    },
    "consent": {"given to the patient": message("gave the consent form to the patient")},
    "account": {
        "added": message("added an account"),
        "role changed": message("changed the role of an account"),
        "opened": message("opened an account again"),
        "shut": message("shut an account"),
        "password changed": message("changed a password"),
        "unlinked": message("separated an account from the clinic's own sign-in"),
        "linked and signed in": message("linked an account with the clinic's own sign-in, and signed in"),
        "signed in": message("signed in"),
        "signed out everywhere": message("signed out everywhere"),
    },
    "lot": {
        "added": message("added a lot"),
        "closed": message("closed a lot"),
        "opened": message("opened a lot again"),
        "recalled": message("recalled a lot"),
        "recall lifted": message("lifted the recall of a lot"),
    },
    "keys": {"key changed": message("went on with another key")},
    "audit": {
        "found broken": message("found the history of changes tampered with, and went on after it"),
        "restored": message("restored a back-up"),
    },
}

speaks(__name__)
