"""The regions in which the places are listed, from the top of the face down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.documents.vocabulary import Area

REGIONS: Final[Mapping[str, tuple[Area, ...]]] = {
    "Forehead and eyes": ("forehead", "glabella", "brow", "upper_eyelid", "crows_feet", "under_eye", "temple"),
    "Cheeks and nose": ("cheek", "nose_sides", "nose", "nasolabial_fold"),
    "Mouth and jaw": ("upper_lip", "lips", "gums", "mouth_corner", "marionette", "chin", "jawline", "masseter"),
    "Neck and body": ("neck", "hands", "underarm"),
    "All of the face": ("skin", "whole_face"),
}
