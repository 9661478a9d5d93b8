"""What the patient agreed to: the form as it stood on that day, item by item, and their signature as drawn."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from recommender.documents.base import FrozenModel

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
#: lines and curves of an SVG path and nothing else, so that it can stand in a page or a PDF as it is
Drawing = Annotated[str, StringConstraints(pattern=r"^[Mm][MmLlQqCcZz0-9eE ,.\-+]+$", min_length=8, max_length=200_000)]


class ConsentItem(FrozenModel):
    """One sentence to agree to. ``accepted`` is None until the patient has said."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    sentence: Sentence
    accepted: bool | None = None


class Consent(FrozenModel):
    """A consent form, frozen: its version and every sentence in the words that were read."""

    form: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    version: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    items: Annotated[tuple[ConsentItem, ...], Field(min_length=1, max_length=60)]
    signature: Drawing | None = None
    signed_at: AwareDatetime | None = None

    @property
    def fingerprint(self) -> str:
        """A hash of the form's words alone: two patients who read the same have the same."""
        words = [self.form, self.version, [[item.id, item.sentence] for item in self.items]]
        return "sha256:" + hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()

    def signed(self, drawing: str, *, at: datetime) -> Consent:
        """The form with the patient's signature under it."""
        return Consent.model_validate({**self.model_dump(), "signature": drawing, "signed_at": at})
