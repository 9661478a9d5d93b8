"""A program of its own that sets one document and ends: what typst holds of a document goes with it.

``python -I typesetting.py FONTS TEMPLATE`` reads the data of a summary as JSON and writes the PDF. It needs nothing but typst.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import typst


def set_pdf(template: bytes, data: str, fonts: typst.Fonts) -> bytes:
    """The PDF that a template makes of the data of a summary."""
    return typst.compile(
        template,
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"summary": data},
        format="pdf",
        pdf_standards=["ua-1"],
    )


@cache
def fonts_in(folder: str) -> typst.Fonts:
    """The fonts of a folder and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


if __name__ == "__main__":
    pdf = set_pdf(Path(sys.argv[2]).read_bytes(), sys.stdin.buffer.read().decode(), fonts_in(sys.argv[1]))
    sys.stdout.buffer.write(pdf)
