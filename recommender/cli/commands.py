"""A group of commands whose help shows the whole first sentence of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import typer
from typer.core import TyperGroup

from recommender.documents.problems import nearest

_WHOLE: Final = 1000  # characters: more than any sentence has
#: how the libraries say what is wrong with an option → what should be there
_SAID: Final[Mapping[str, str]] = {
    "Value error, ": "",
    "Input should be a valid integer, unable to parse string as an integer": "should be a whole number",
    "Input should be a valid number, unable to parse string as a number": "should be a number",
    "Input should be": "should be",
    "does not match the formats '%Y-%m-%d'.": "should be a day such as 2026-01-31",
}


class Commands(TyperGroup):
    """A group whose list of commands is not cut to the width of the terminal, but continued on the next line."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each command with its first sentence."""
        found = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(_WHOLE)) for name, one in found if not one.hidden])

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what is wrong with an option is said in our words, with the nearest one that is allowed."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = _in_our_words(error.message)
            raise


def _in_our_words(message: str) -> str:
    for theirs, ours in _SAID.items():
        message = message.replace(theirs, ours)
    given, choice, allowed = message.partition(" is not one of ")
    near = nearest(given.strip("'"), re.findall("'([^']*)'", allowed)) if choice else None
    return f"{message} Did you mean '{near}'?" if near else message
