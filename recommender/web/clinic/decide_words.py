"""The words of the page on which each option is decided on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.consultation import Choice

TITLE: Final = "What is decided"
LEAD: Final = (
    "Decide on each treatment for each place. What is deferred, referred or ruled out stands as it is and needs no decision, "
    "unless a prescriber goes ahead with it."
)
NOTHING: Final = "The findings lead to no treatment. There is nothing to decide on."
CHOICES: Final[Mapping[Choice, str]] = {"agree": "Agree", "otherwise": "Choose otherwise", "decline": "Decline"}
DECIDED: Final = "{choice} by {name} ({role}), {day}"
REASON: Final = "Reason: {reason}"
AGAINST: Final = "Rules not followed: {rules}"
AGAIN: Final = "The findings have changed since. Decide again."
UNDECIDED: Final = "Not decided yet"
STANDS: Final = "It stands as it is"
CHANGE: Final = "Decide again"
CHOICE_ASK: Final = "Your decision"
REASON_ASK: Final = "Why"
REASON_CHOOSE: Final = "Choose a reason"
NOTE_ASK: Final = "In your own words"
CONFIRM: Final = "A hard stop rules this out. I go ahead with it all the same, and answer for it."
KEEP: Final = "Keep this decision"
PRESCRIBERS: Final = "A hold stands against it: agreeing is a prescriber's decision."
FIND_OUT: Final = "An answer that decides between treatments is not known yet: find it out before anybody agrees."
OTHER_TITLE: Final = "A treatment that no rule offers here"
OTHER_LEAD: Final = "Only where you have a reason. What speaks against it holds all the same."
OTHER_PLACE: Final = "Place"
OTHER_TREATMENT: Final = "Treatment"
OTHER_NONE: Final = "Choose"
CONFLICT: Final = "Somebody else changed this record just now. Look again, then decide."
