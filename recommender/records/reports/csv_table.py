"""Tables as CSV for a spreadsheet, which takes no cell of them for a formula and reads every name as it is written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

#: the start of a cell, or of what is one where a spreadsheet separates cells otherwise, before what may start a formula
#: (OWASP, CSV injection; full-width signs included), whatever a spreadsheet skips on the way to it
_FORMULA: Final = re.compile("(?:^|(?<=[;,\t|\r\n]))(?=[\\s\"'\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠]|[\t\r\n])")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows under their columns as CSV in UTF-8, with the mark by which a spreadsheet knows it."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return sink.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that is text in a spreadsheet, too: an apostrophe stands before what it could run."""
    return cell if _NUMBER.fullmatch(cell) else _FORMULA.sub("'", cell)
