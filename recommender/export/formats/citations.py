"""How a line names its sources: "(source 3)", "(sources 3, 4)", as each format writes the numbers; and what tells more."""

from __future__ import annotations

from typing import Final

from recommender.export.blocks import Line
from recommender.languages import plural, translate

CITED: Final = plural("(source {numbers})", "(sources {numbers})")


def around_numbers(count: int) -> tuple[str, str]:
    """What stands before and after the numbers of so many sources."""
    before, _, after = CITED.of(count).partition("{numbers}")
    return before, after


def more_of(line: Line) -> tuple[str, str]:
    """What the link to more about a line says, and for whoever hears it alone."""
    return translate("More"), translate("More: {about}").format(about=line.label or line.text)
