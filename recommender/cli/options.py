"""The options that many commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

import typer

from recommender.documents.vocabulary import JURISDICTIONS, Respondent
from recommender.languages import SHIPPED

Place = StrEnum("Place", {word.upper(): word for word in JURISDICTIONS})  # type: ignore[misc]
Who = StrEnum("Who", {word.upper(): word for word in get_args(Respondent)})  # type: ignore[misc]
Tongue = StrEnum("Tongue", {word.upper(): word for word in SHIPPED})  # type: ignore[misc]
RulesFolder = Annotated[Path | None, typer.Option("--rules", help="Folder of the rules (default: those shipped).")]
Where = Annotated[
    Place, typer.Option("--jurisdiction", help="Used where an answers document names none.", envvar="RECOMMENDER_JURISDICTION")
]
InLanguage = Annotated[
    Tongue, typer.Option("--language", help="Of what is written; messages of the command itself stay English.")
]
