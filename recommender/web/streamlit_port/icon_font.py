"""The icon font, reduced to the icons that the pages can show: a fiftieth of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Any, Final

from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont

_SYMBOL: Final = re.compile(r":material/([a-z0-9_]+):")
_LETTERS: Final = f"{ascii_lowercase}{digits}_"
_LIGATURES, _EXTENSION = 4, 7  # kinds of tables in a font


def small_symbols(font: Path, *, scripts: Iterable[Path]) -> bytes:
    """The icon font reduced to the icons named in our own pages and in these scripts."""
    own = Path(__file__).parent.parent.rglob("*.py")
    wanted = {name for file in (*own, *scripts) for name in _SYMBOL.findall(file.read_text(encoding="utf-8", errors="replace"))}
    whole = TTFont(font)
    _forget_names(whole, wanted)
    options = Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(text=_LETTERS)
    subsetter.subset(whole)
    file = BytesIO()
    save_font(whole, file, options)
    return file.getvalue()


def _forget_names(font: TTFont, wanted: set[str]) -> None:
    """Remove the ligatures of all other icons; the subsetter then removes their glyphs."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            names = table.ExtSubTable if table.LookupType == _EXTENSION else table
            if names.LookupType == _LIGATURES:
                names.ligatures = dict(_kept(names.ligatures, letters, wanted))


def _kept(ligatures: dict[str, list[Any]], letters: dict[str, str], wanted: set[str]) -> Iterable[tuple[str, list[Any]]]:
    for first, rest in ligatures.items():
        kept = [one for one in rest if "".join(letters.get(glyph, "?") for glyph in (first, *one.Component)) in wanted]
        if kept:
            yield first, kept
