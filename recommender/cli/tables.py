"""Tables on the terminal, in which a cell is text and nothing else."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from recommender.cli.streams import visible

WIDE: Final = 240  # characters in a line of a file or a pipe, where nothing says how wide it is


def table_text(columns: Iterable[str], rows: Iterable[Iterable[str]], *, width: int | None = None) -> str:
    """Rows under their columns, as wide as the terminal or as ``width``; no cell is read as markup or as control characters."""
    draws = (sys.stdout.encoding or "").lower().startswith("utf")
    table = Table(*columns, box=box.HEAVY_HEAD if draws else box.ASCII)
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    sink = io.StringIO()
    Console(file=sink, width=width or (None if sys.stdout.isatty() else WIDE), color_system=None).print(table)
    return sink.getvalue()
