"""``recommender schema``: the documents as JSON Schema."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer
from pydantic import BaseModel

from recommender.cli.files import write
from recommender.documents.answers import Answers
from recommender.documents.assessment import Assessment
from recommender.documents.explanation import Explanation


class DocumentChoice(StrEnum):
    """The documents."""

    ANSWERS = "answers"
    ASSESSMENT = "assessment"
    EXPLANATION = "explanation"


def schema(document: Annotated[DocumentChoice, typer.Argument(help="Which document.")]) -> None:
    """Print the JSON Schema of a document.

    Example: recommender schema answers
    """
    models: dict[DocumentChoice, type[BaseModel]] = {
        DocumentChoice.ANSWERS: Answers,
        DocumentChoice.ASSESSMENT: Assessment,
        DocumentChoice.EXPLANATION: Explanation,
    }
    written = json.dumps(models[document].model_json_schema(by_alias=True), indent=2, ensure_ascii=False)
    write(f"{written}\n".encode(), output=None)
