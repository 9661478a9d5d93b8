"""The words with which a treatment is sent to a prescriber, authorised or refused, before it is injected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.authorisation import EmergencyMedicine, Seen
from recommender.languages import message, speaks

TITLE: Final = message("Authorised by a prescriber first")
LEAD: Final = message("A prescriber authorises this here before it is injected: {treatments}.")
NOTHING: Final = message("Nothing is agreed on yet that has to be authorised.")
PRODUCT: Final = message("Kind of product, {treatment} (optional)")
ANY_PRODUCT: Final = message("Any")
SEND: Final = message("Send to a prescriber")
SEND_AGAIN: Final = message("Send the plan to a prescriber again")

ASKED: Final = message("Sent to a prescriber by {name}, {at}: {plan}. It waits for an answer.")
AUTHORISED: Final = message("Authorised by {name}, {at}: {plan}. Good until {until}.")
CHANGED: Final = message("Changed and authorised by {name}, {at}: {plan}. Good until {until}. Changed: {because}")
REFUSED: Final = message("Refused by {name}, {at}: {because}")
HERSELF: Final = message("{name} treats this patient, {at}: nobody else has to authorise it.")
AFTERWARDS: Final = message("Something was recorded as injected before this was authorised.")
SEEN_TOLD: Final[Mapping[Seen, str]] = {
    "in_person": message("Seen in person on {day}."),
    "video": message("Seen by video on {day}."),
}

WHERE: Final = message("{treatment}: where")
WHICH: Final = message("Kind of product, {treatment}")
OPEN: Final = message("Not answered, and could stop it: {questions}.")
INJECTED: Final = message("The record says that it was injected already. Whatever you answer is kept as given afterwards.")
SEEN_ASK: Final = message("How did you see the patient?")
SEEN: Final[Mapping[Seen, str]] = {"in_person": message("In person"), "video": message("By video")}
SEEN_DAY: Final = message("When did you see the patient?")
SEEN_DAY_IN_PERSON: Final = message("When did you see the patient in person?")
UNTIL: Final = message("Good until")
DAYS: Final[Mapping[str, str]] = {"today": message("Today"), "other": message("Another day")}
SEEN_ON: Final = message("Seen on")
UNTIL_ON: Final = message("Good until the end of")
BECAUSE: Final = message("What you changed, and why")
AUTHORISE: Final = message("Authorise as {name}, prescriber")
NO_PLACE: Final = message("Choose at least one place, or refuse.")
REFUSE_TITLE: Final = message("Refuse it")
TAKE_BACK_TITLE: Final = message("Take the authorisation back")
REFUSE_ASK: Final = message("The reason")
REFUSE: Final = message("Refuse")
TAKE_BACK: Final = message("Take it back")
CHANGE_TITLE: Final = message("Authorise something else")
CONFLICT: Final = message("Somebody changed this record since you opened it. Look again, then answer.")
MYSELF: Final = message("I treat this patient myself")

OUTDATED: Final = message(
    "The findings have changed since this was authorised. Decide again, then send it to a prescriber again."
)
ENDED: Final = message("It has ended: what is injected after that day is not authorised.")
SHUT: Final = message(
    "It is not authorised yet. Products, points and doses open once a prescriber has authorised the treatment."
)
TO_DECISIONS: Final = message("To the decisions, to send it")
TO_ANSWER: Final = message("To the decisions, to authorise it")
NOT_INJECTED: Final = message("Nothing is injected today")
EMERGENCY_TITLE: Final = message("An emergency medicine was given")
EMERGENCY_LEAD: Final = message("It needs no authorisation. It is recorded with your name and the time, and this page opens.")
EMERGENCY_ASK: Final = message("Which medicine")
MEDICINES: Final[Mapping[EmergencyMedicine, str]] = {
    "hyaluronidase": message("hyaluronidase"),
    "adrenaline": message("adrenaline"),
}
EMERGENCY_BECAUSE: Final = message("What happened, and how much was given")
EMERGENCY: Final = message("Record the emergency")
EMERGENCY_EMPTY: Final = message("Say which medicine was given, and what happened.")
EMERGENCY_TOLD: Final = message("Emergency, without an authorisation: {medicine}. {because} ({name}, {at})")

speaks(__name__)
