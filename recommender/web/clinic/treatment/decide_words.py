"""The words of the page on which each option is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.consultation import Choice
from recommender.languages import message, speaks

TITLE: Final = message("Decisions")
LEAD: Final = message(
    "Decide on each treatment for each place. What is deferred, referred or ruled out needs no decision, unless a "
    "prescriber goes ahead with it."
)
NOTHING: Final = message("The findings lead to no treatment. There is nothing to decide on.")
CHOICES: Final[Mapping[Choice, str]] = {
    "agree": message("Agree"),
    "otherwise": message("Choose otherwise"),
    "decline": message("Decline"),
    "void": message("Take the decision back"),
}
DECIDED: Final = message("{choice} by {name} ({role}), {day}")
REASON: Final = message("Reason: {reason}")
AGAINST: Final = message("Rules not followed: {rules}")
AGAIN: Final = message("The findings have changed since. Decide again.")
GONE: Final = message("The findings no longer offer it. Take the decision back, or put the place back on Findings.")
NOT_OFFERED: Final = message("The findings as they are do not point to this.")
LET_GO: Final = message("Leave it as it was")
UNDECIDED: Final = message("Not decided yet")
STANDS: Final = message("No decision needed")
CHANGE: Final = message("Decide again")
CHOICE_ASK: Final = message("Your decision")
REASON_ASK: Final = message("Why")
REASON_CHOOSE: Final = message("Choose a reason")
NOTE_ASK: Final = message("In your own words")
CONFIRM: Final = message("A hard stop rules this out. I am going ahead all the same, and I take responsibility for it.")
KEEP: Final = message("Save this decision")
PRESCRIBERS: Final = message("A hold stands against it: agreeing is a prescriber's decision.")
FIND_OUT: Final = message("An answer that decides between treatments is not known yet: find it out before anybody agrees.")
OTHER_TITLE: Final = message("Another treatment")
OTHER_LEAD: Final = message("Only with a reason. Everything that speaks against it still applies.")
OTHER_PLACE: Final = message("Place")
OTHER_TREATMENT: Final = message("Treatment")
OTHER_NONE: Final = message("Choose")
CONFLICT: Final = message("Somebody else changed this record just now. Look again, then decide.")

speaks(__name__)
