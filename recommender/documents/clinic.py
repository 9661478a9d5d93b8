"""The clinic as it stands on what it hands out: its name, where it is, whom to call, its registration and its mark."""

from __future__ import annotations

import base64
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from recommender.documents.base import FrozenModel, Text

ClinicLine = Annotated[Text, Field(max_length=120)]
Telephone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\+?[0-9](?:[0-9 ()./-]{1,28})[0-9]$")]


class Mark(FrozenModel):
    """A small picture: the drawing or the pixels as they are in the clinic's file."""

    kind: Literal["svg", "png"]
    content: bytes

    @property
    def address(self) -> str:
        """An address that holds the whole picture; a page shows it as a picture, in which nothing runs."""
        kind = {"svg": "image/svg+xml", "png": "image/png"}[self.kind]
        return f"data:{kind};base64,{base64.b64encode(self.content).decode()}"


class ClinicDetails(FrozenModel):
    """What is said of a clinic; of ``night_telephone`` patients read that it is for the night and for weekends."""

    name: ClinicLine
    address: Annotated[tuple[ClinicLine, ...], Field(min_length=1, max_length=5)]
    telephone: Telephone
    night_telephone: Telephone | None = None
    registration: ClinicLine | None = None


class Clinic(ClinicDetails):
    """The clinic, with its mark where it has one."""

    mark: Mark | None = None
