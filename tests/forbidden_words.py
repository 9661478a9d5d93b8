"""What the sources say may not be shown to the public, by jurisdiction: written apart from the rules that the product reads."""

from __future__ import annotations

from recommender.documents.vocabulary import Jurisdiction

_BRANDS: tuple[str, ...] = (
    *("botox", "vistabel", "dysport", "azzalure", "xeomin", "bocouture", "jeuveau", "letybo", "daxxify"),
    *("juvederm", "juvéderm", "voluma", "volbella", "restylane", "radiesse", "sculptra", "bellafill", "belotero"),
)
_MEDICINE = ("toxin", "botulinum")
_NICKNAME = (
    *("anti-wrinkle", "antiwrinkle", "wrinkle reducing"),
    *("wrinkle-reducing", "wrinkle relaxing", "wrinkle-relaxing"),
)
_FILLERS = ("filler", "hyaluronic acid", "hydroxylapatite", "lactic acid", "pmma")

FORBIDDEN: dict[Jurisdiction, tuple[str, ...]] = {
    "uk": (*_BRANDS, *_MEDICINE, *_NICKNAME),
    "eu": (*_BRANDS, *_MEDICINE, *_NICKNAME),
    "au": (*_BRANDS, *_MEDICINE, *_NICKNAME, *_FILLERS),
    "ca": (*_BRANDS, *_MEDICINE),
    "us": tuple(brand for brand in _BRANDS if brand != "botox"),  # L5-030: it may be named there
    "other": _BRANDS,
}


def forbidden_in(text: str, jurisdiction: Jurisdiction) -> list[str]:
    """The words in a text that may not be shown to the public there."""
    lowered = text.lower()
    return [word for word in FORBIDDEN[jurisdiction] if word in lowered]
