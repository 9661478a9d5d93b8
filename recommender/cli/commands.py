"""A group of commands whose help says what each of them does, to the end of its sentence."""

from __future__ import annotations

from typing import Any, Final

from typer.core import TyperGroup

_WHOLE: Final = 1000  # characters: more than any sentence has


class Commands(TyperGroup):
    """A group whose list of commands is not cut to the width of the terminal, but continued on the next line."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each command with its first sentence."""
        found = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(_WHOLE)) for name, one in found if not one.hidden])
