"""What the patient agreed to: the form as it stood on that day, item by item, and their signature as drawn."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Annotated, ClassVar, Final

from pydantic import AwareDatetime, Field, StringConstraints

from recommender.documents.base import FrozenModel, GrownModel
from recommender.documents.vocabulary import Area, Treatment

MOST_ITEMS: Final = 60

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
#: lines and curves of an SVG path and nothing else, so that it can stand in a page or a PDF as it is
Drawing = Annotated[str, StringConstraints(pattern=r"^[Mm][MmLlQqCcZz0-9eE ,.\-+]+$", min_length=8, max_length=200_000)]


class ConsentItem(GrownModel):
    """One sentence to agree to, and the heading above it. ``accepted`` is None until the patient has said."""

    LATER: ClassVar[frozenset[str]] = frozenset({"heading"})

    id: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    sentence: Sentence
    accepted: bool | None = None
    heading: Annotated[str, StringConstraints(max_length=300)] = ""


class ConsentSubject(FrozenModel):
    """What a patient consents to: a treatment, the places and the products, in the words that were read."""

    treatment: Treatment
    areas: tuple[Area, ...] = ()
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    places: Annotated[str, StringConstraints(max_length=2000)] = ""
    products: Annotated[tuple[Annotated[str, StringConstraints(max_length=500)], ...], Field(max_length=20)] = ()


class Consent(GrownModel):
    """A consent form, frozen: its version, what it is about, and every sentence in the words that were read.

    What was read by an earlier version has no ``subjects``, headings and ``notice``.
    """

    LATER: ClassVar[frozenset[str]] = frozenset({"subjects", "notice"})

    form: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    version: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    items: Annotated[tuple[ConsentItem, ...], Field(min_length=1, max_length=MOST_ITEMS)]
    signature: Drawing | None = None
    signed_at: AwareDatetime | None = None
    subjects: Annotated[tuple[ConsentSubject, ...], Field(max_length=10)] = ()
    notice: Annotated[str, StringConstraints(max_length=2000)] = ""

    @property
    def fingerprint(self) -> str:
        """A hash of the form's words alone, without what it is about: two patients who read the same have the same."""
        words: list[object] = [self.form, self.version, [[item.id, item.sentence] for item in self.items]]
        if any(item.heading for item in self.items):
            words.append([item.heading for item in self.items])
        return "sha256:" + hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()

    def signed(self, drawing: str, *, at: datetime) -> Consent:
        """The form with the patient's signature under it."""
        return Consent.model_validate({**self.model_dump(), "signature": drawing, "signed_at": at})
