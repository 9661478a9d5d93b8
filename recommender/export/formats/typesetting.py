"""Sets one document in a process of its own, so that the memory that typst keeps is freed when it ends.

``python -I typesetting.py FONTS TEMPLATE`` reads the data of a summary as JSON and writes the PDF. It needs nothing but typst.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Final

import typst

#: a last page that ends above this holds no more than a few lines
_A_FEW_LINES: Final = 170.0  # points from the top of the page


def set_pdf(template: bytes, data: str, fonts: typst.Fonts) -> bytes:
    """The PDF that a template makes of the data of a summary; closer set where that saves a last page of a few lines."""
    usual, close = {"summary": data}, {"summary": data, "close": "yes"}
    page, end = _end(template, usual, fonts)
    saves = page > 1 and end < _A_FEW_LINES and _end(template, close, fonts)[0] < page
    return typst.compile(
        template,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs=close if saves else usual,
        format="pdf",
        pdf_standards=["ua-1"],
    )


def _end(template: bytes, inputs: dict[str, str], fonts: typst.Fonts) -> tuple[int, float]:
    """The number of the last page, and how far from its top the text ends, in points."""
    found = typst.query(
        template, "<end>", field="value", one=True, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs
    )
    page, end = json.loads(found)
    return int(page), float(end)


@cache
def fonts_in(folder: str) -> typst.Fonts:
    """The fonts of a folder and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


if __name__ == "__main__":
    pdf = set_pdf(Path(sys.argv[2]).read_bytes(), sys.stdin.buffer.read().decode(), fonts_in(sys.argv[1]))
    sys.stdout.buffer.write(pdf)
