"""``recommender explain``: why, why not, and what would change it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer

from recommender import inference
from recommender.cli.files import Format, answers_in, write
from recommender.cli.options import JurisdictionChoice, JurisdictionOption, LanguageChoice, LanguageOption, RulesFolder
from recommender.documents.vocabulary import Jurisdiction
from recommender.export import PARTS, Cover, Part, render_explanation
from recommender.knowledge import load_rules


def explain(
    file: Annotated[str, typer.Argument(help="An answers document (JSON or YAML), or - for standard input.")],
    *,
    why: Annotated[bool, typer.Option("--why", help="The way from the answers to each conclusion.")] = False,
    why_not: Annotated[
        bool, typer.Option("--why-not", help="What is not offered, what each hold does and when it lifts.")
    ] = False,
    what_if: Annotated[bool, typer.Option("--what-if", help="What would change the result.")] = False,
    format: Annotated[Format, typer.Option(help="JSON is the whole explanation document.")] = Format.TEXT,  # noqa: A002
    output: Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")] = None,
    rules: RulesFolder = None,
    jurisdiction: JurisdictionOption = JurisdictionChoice.OTHER,  # type: ignore[attr-defined]
    language: LanguageOption = LanguageChoice.EN,  # type: ignore[attr-defined]
) -> None:
    """Explain an assessment: why, why not, and what would change it; all three unless some are named.

    Example: recommender explain answers.yaml --why-not
    """
    base = load_rules(rules, jurisdiction=cast("Jurisdiction", jurisdiction.value), language=language.value)
    assessment = inference.assess(base, answers_in(file))
    asked = {"why": why, "why_not": why_not, "what_if": what_if}
    parts: tuple[Part, ...] = tuple(part for part in PARTS if asked[part]) or PARTS
    explanation = inference.explain(base, assessment)
    written = render_explanation(assessment, explanation, format.value, parts=parts, cover=Cover(on=date.today()))
    write(written, format, output=output, answers=file, rules=rules)
