"""A group of commands whose help shows the whole first sentence of each, and of which only the one called is loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

_WHOLE: Final = 1000  # characters: more than any sentence has
#: how the libraries say what is wrong with an option → what should be there
_SAID: Final[Mapping[str, str]] = {
    "Value error, ": "",
    "Input should be a valid integer, unable to parse string as an integer": "should be a whole number",
    "Input should be a valid number, unable to parse string as a number": "should be a number",
    "Input should be": "should be",
    "does not match the formats '%Y-%m-%d'.": "should be a day such as 2026-01-31",
}


class LazyCommand(TyperCommand):
    """A command of which only the name and the sentence are known, until its function or its group is loaded from ``place``."""

    def __init__(self, name: str, place: str, sentence: str) -> None:
        super().__init__(name, help=sentence)
        self.place = place

    def loaded(self) -> Any:
        """The command itself; ``place`` is written as an entry point, ``module:attribute``."""
        module, _, attribute = self.place.partition(":")
        found = getattr(import_module(module), attribute)
        holder = typer.Typer(add_completion=False, rich_markup_mode=None)
        if isinstance(found, typer.Typer):
            holder.add_typer(found, name=self.name)
        else:
            holder.command(self.name)(found)
        return get_group(holder).commands[str(self.name)]


class Commands(TyperGroup):
    """A group whose list of commands is not cut to the width of the terminal, but continued on the next line."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, loaded now if it was not yet, or None."""
        found = super().get_command(ctx, cmd_name)
        if isinstance(found, LazyCommand):
            found = self.commands[cmd_name] = found.loaded()
        return found

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
    from recommender.documents.problems import nearest  # noqa: PLC0415 (it loads the documents: for who called a command)

    given, choice, allowed = message.partition(" is not one of ")
    near = nearest(given.strip("'"), re.findall("'([^']*)'", allowed)) if choice else None
    return f"{message} Did you mean '{near}'?" if near else message
