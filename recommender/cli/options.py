"""The options that many commands take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

import typer

from recommender.documents.vocabulary import JURISDICTIONS, Respondent
from recommender.languages import SHIPPED

JurisdictionChoice = StrEnum("JurisdictionChoice", {word.upper(): word for word in JURISDICTIONS})  # type: ignore[misc]
RespondentChoice = StrEnum("RespondentChoice", {word.upper(): word for word in get_args(Respondent)})  # type: ignore[misc]
LanguageChoice = StrEnum("LanguageChoice", {word.upper(): word for word in SHIPPED})  # type: ignore[misc]
RulesFolder = Annotated[Path | None, typer.Option("--rules", help="Folder of the rules (default: those shipped).")]
JurisdictionOption = Annotated[
    JurisdictionChoice,
    typer.Option("--jurisdiction", help="Used where an answers document names none.", envvar="RECOMMENDER_JURISDICTION"),
]
LanguageOption = Annotated[
    LanguageChoice, typer.Option("--language", help="Of what is written; messages of the command itself stay English.")
]
