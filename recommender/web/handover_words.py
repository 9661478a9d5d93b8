"""The words for handing over: a patient's on the result page, and a nurse's where she collects."""

from __future__ import annotations

from typing import Final

TITLE: Final = "Hand over to your nurse"
LEAD: Final = "This makes a link and a square code for the nurse you will see. Nobody gets it unless you give it to them."
POINTS: Final = (
    "It holds your age, all the answers you gave here and what this page says. It has no name and no note.",
    "Whoever has the link or a photo of the code can read your answers. Show it or send it only to your nurse.",
    "We keep nothing for this and send nothing. The answers are in the link itself.",
)
QR: Final = "Square code for your nurse to scan"
QR_HINT: Final = "Your nurse scans this with a camera and opens the link."
QR_TOO_LONG: Final = (
    "You gave too many answers for a square code. Use the link, or save the JSON file below and give that to your nurse."
)
NO_ADDRESS: Final = "The link cannot be made here. Save the JSON file below and give that to your nurse."
LINK: Final = "Link for your nurse"
COPY: Final = "Copy the link"
COPIED: Final = "Copied. It can now be pasted into a message to your nurse."
NOT_COPIED: Final = "It could not be copied. Select the link and copy it by hand."

CAME_TITLE: Final = "A patient's answers have come with this link"
CAME_LEAD: Final = (
    "They are in this browser window alone and no longer in its address. Only the answers are taken; the result is worked "
    "out anew. Loading this page again forgets them: then open the link once more."
)
CAME_BUTTON: Final = "I am a health professional: open the answers"
CAME_PROBLEM: Final = "This link cannot be used"

SEEN_TITLE: Final = "The patient read another result"
SEEN_COLUMNS: Final = ("What", "The patient's page said", "These rules say")
SEEN_RULES: Final = "Rules"
SEEN_RULES_ONLY: Final = (
    "The patient's page had other rules ({then}; here {here}). The short answer and the options are the same."
)
SEEN_SAME: Final = "The patient's page said the same as these rules say of the patient's answers."
SEEN_UNREADABLE: Final = "What the patient's page said cannot be read. Below is what these rules say."
SEEN_NOTE: Final = "This is about the answers as they were handed over, before anything was changed here."
