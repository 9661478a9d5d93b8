"""How a line names its sources: "(source 3)", "(sources 3, 4)", with the numbers as each format writes them."""

from __future__ import annotations

from typing import Final

from recommender.languages import plural

CITED: Final = plural("(source {numbers})", "(sources {numbers})")


def around_numbers(count: int) -> tuple[str, str]:
    """What stands before and after the numbers of so many sources."""
    before, _, after = CITED.of(count).partition("{numbers}")
    return before, after
