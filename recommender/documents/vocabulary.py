"""The words of the two documents: one word for one thing, from YAML to PDF."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

Answer = Literal["yes", "no", "unsure"]
Severity = Literal["none", "mild", "moderate", "severe"]
Jurisdiction = Literal["uk", "us", "au", "ca", "eu", "other"]
Respondent = Literal["patient", "nurse"]
Treatment = Literal["botulinum_toxin", "dermal_filler"]
TreatmentAnswer = Literal["botulinum_toxin", "dermal_filler", "unsure"]
DarkCircleCause = Literal["hollow", "pigment", "vessels", "bags", "unsure"]
ScarType = Literal["rolling", "ice_pick", "raised", "unsure"]

Area = Literal[
    "forehead",
    "glabella",
    "brow",
    "upper_eyelid",
    "crows_feet",
    "under_eye",
    "temple",
    "cheek",
    "nose_sides",
    "nose",
    "nasolabial_fold",
    "upper_lip",
    "lips",
    "gums",
    "mouth_corner",
    "marionette",
    "chin",
    "jawline",
    "masseter",
    "neck",
    "hands",
    "underarm",
    "skin",
    "whole_face",
]

Kind = Literal[
    "lines",
    "volume_loss",
    "fuller",
    "hollow",
    "dark_circles",
    "bags",
    "sagging",
    "crepey",
    "muscle_bulk",
    "bands",
    "dimpling",
    "downturned",
    "gum_show",
    "lip_inversion",
    "double_chin",
    "contour",
    "asymmetry",
    "texture",
    "pigmentation",
    "redness",
    "scars",
    "suspicious_lesion",
    "prevention",
    "sweating",
    "migraine",
    "jaw_pain",
    "grinding",
]

Role = Literal["first_line", "second_line"]
Effect = Literal["caution", "review", "defer", "refer", "hard_stop"]
Status = Literal["suggested", "open", "review", "deferred", "referred", "withdrawn"]
Destination = Literal["skin_consultation", "surgical_opinion", "medical", "dental", "psychological", "not_needed"]
Stance = Literal["instead", "beside"]
Urgency = Literal["emergency", "same_day", "contact_injector", "self_care"]
NoteTopic = Literal["what_to_expect", "combining", "timing", "products", "your_wishes", "your_wellbeing", "your_country"]
Scope = Literal["person", "concern"]
Outcome = Literal[
    "emergency",
    "same_day",
    "contact_injector",
    "stop",
    "refer",
    "defer",
    "discuss",
    "review",
    "not_needed",
    "self_care",
    "nothing_found",
]

AREAS: tuple[Area, ...] = get_args(Area)
KINDS: tuple[Kind, ...] = get_args(Kind)
TREATMENTS: tuple[Treatment, ...] = get_args(Treatment)
JURISDICTIONS: tuple[Jurisdiction, ...] = get_args(Jurisdiction)
SEVERITIES: tuple[str, ...] = get_args(Severity)
EFFECTS: tuple[Effect, ...] = get_args(Effect)  # weakest first
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)  # strongest first
DESTINATIONS: tuple[Destination, ...] = get_args(Destination)
OUTCOMES: tuple[str, ...] = get_args(Outcome)

#: how an option stands under a hold
STATUS_OF: Final[Mapping[Effect, Status]] = {
    "caution": "suggested",
    "review": "review",
    "defer": "deferred",
    "refer": "referred",
    "hard_stop": "withdrawn",
}
#: an option that stands so is still to be discussed
ON_THE_TABLE: Final[tuple[Status, ...]] = ("suggested", "open", "review")
#: effects with which a hold leaves nothing to discuss now
MAKES_NO_OPTION: Final = tuple(effect for effect in EFFECTS if STATUS_OF[effect] not in ON_THE_TABLE)
#: effects with which an option is still to be discussed, and a prescriber's to agree to
LEFT_TO_A_PRESCRIBER: Final = tuple(
    effect for effect in EFFECTS if effect not in MAKES_NO_OPTION and STATUS_OF[effect] != "suggested"
)
