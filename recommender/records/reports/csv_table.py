"""CSV for spreadsheets: UTF-8, and no cell is run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

#: the start of a cell, whatever separates cells, before a sign that starts a formula (OWASP, CSV injection; full-width
#: signs too), with what a spreadsheet skips in between
_FORMULA: Final = re.compile("(?:^|(?<=[;,\t|\r\n]))(?=[\\s\"'\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠]|[\t\r\n])")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows under their columns as CSV in UTF-8 with a byte-order mark, by which a spreadsheet recognises it."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return sink.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before anything that a spreadsheet could run as a formula."""
    return cell if _NUMBER.fullmatch(cell) else _FORMULA.sub("'", cell)
