"""The words for handing over: a patient's on the result page, and a nurse's where she collects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.languages import message, speaks

TITLE: Final = message("Hand over to your nurse")
LEAD: Final = message(
    "With this the nurse you will see opens your answers. It works only with staff of the clinic whose form this is."
)
POINTS: Final = (
    message("It holds your age, all the answers you gave here and what this page says. It has no name and no note."),
    message("Whoever has the link or a photo of the code can read your answers. Show it or send it only to your nurse."),
    message("We keep nothing for this and send nothing. The answers are in the link itself."),
)
LINK_MAIL: Final = message(
    "Do not send the link by e-mail. Mail programs often check links at other companies first, and these would then receive "
    "your answers. {instead}"
)
MAIL_CODE: Final = message("For e-mail, use the code below.")
MAIL_FILE: Final = message("For e-mail, save the JSON file above and attach that.")
QR: Final = message("Square code for your nurse to scan")
QR_HINT: Final = message("Your nurse scans this with a camera and opens the link.")
QR_TOO_LONG: Final = message(
    "You gave too many answers for a square code. Use the link, or save the JSON file above and give that to your nurse."
)
NO_ADDRESS: Final = message("The link cannot be made here. Save the JSON file above and give that to your nurse.")
LINK: Final = message("Link for your nurse")
COPY: Final = message("Copy the link")
COPIED: Final = message("Copied. It can now be pasted into a message to your nurse.")
NOT_COPIED: Final = message("It could not be copied. Select the link and copy it by hand.")

CODE_TITLE: Final = message("Or leave your answers here for your nurse")
CODE_LEAD: Final = message(
    "You get a code of 15 letters and digits. Your answers are locked with it and kept here until your nurse types it in, for "
    "{days} days at most. Then they are deleted. We do not keep the code, so nobody can read your answers without it."
)
CODE_MAKE: Final = message("Keep my answers and give me a code")
CODE_YOURS: Final = message("Your code")
CODE_ONCE: Final = message(
    "Write it down or print this page now. You cannot see it again once you leave this page. It works once, until {day}."
)
CODE_CARE: Final = message(
    "Give it only to your nurse: whoever has it can read your answers. “Delete my answers” deletes these too, now."
)
CODE_OLD: Final = message("You have changed your answers since. The code holds the old ones. You can make a new one.")
CODE_NONE: Final = message("No code can be made at the moment. Use the link above, or try again in an hour.")

CODE_ENTER: Final = message("Or type a patient's code")
CODE_ENTER_LEAD: Final = message(
    "A code opens the answers once; then they are deleted here and stand in your consultation alone. Small letters will do."
)
CODE_FIELD: Final = message("Code (15 letters and digits)")
CODE_BUTTON: Final = message("Collect the answers")
CODE_REFUSED: Final[Mapping[str, str]] = {
    "mistyped": message(
        "This code is mistyped. A code has 15 letters and digits, never 0, 1, I, L or O. Compare each character with the paper."
    ),
    "unknown": message(
        "Nothing is kept under this code. It may have been collected already or have expired, or it is from another place. "
        "The patient can hand over a link or a file instead."
    ),
    "too_many": message(
        "There were too many wrong codes in the last hour. Try again in an hour, or use the patient's link or file."
    ),
}
MORE: Final = message("and {number} more")

CAME_TITLE: Final = message("A patient's answers have come with this link")
CAME_LEAD: Final = message(
    "They are no longer in the address of this window; loading the page again deletes them. Only the answers are taken; the "
    "result is worked out anew. The browser's list of visited pages may still hold the link: remove it there, or open such "
    "links in a private window."
)
CAME_BUTTON: Final = message("Open the answers")
CAME_PROBLEM: Final = message("This link cannot be used")

SEEN_TITLE: Final = message("The patient read another result")
SEEN_COLUMNS: Final = (message("What"), message("The patient's page said"), message("These rules say"))
SEEN_RULES: Final = message("Rules")
SEEN_RULES_ONLY: Final = message(
    "The patient's page had other rules ({then}; here {here}). The short answer and the options are the same."
)
SEEN_SAME: Final = message("The patient's page said the same as these rules say of the patient's answers.")
SEEN_UNREADABLE: Final = message("What the patient's page said cannot be read. Below is what these rules say.")
SEEN_NOTE: Final = message("This is about the answers as they were handed over, before anything was changed here.")

speaks(__name__)
