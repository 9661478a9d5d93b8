"""The files that stand beside a module and go to the browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "(\.[^"]+)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?!default)", re.MULTILINE)
_COMMENT: Final = re.compile(r"^ *(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)


def asset(module: str, name: str) -> str:
    """The text of a file that goes to the browser, beside a module: pass its ``__file__``."""
    return (Path(module).parent / name).read_text(encoding="utf-8")


def script(module: str, name: str) -> str:
    """A script beside a module, behind those that it imports: Streamlit takes one text and no address.

    Comments that have a line to themselves stay here: types are for whoever reads the script.
    """
    found: dict[Path, str] = {}
    _collect((Path(module).parent / name).resolve(), found)
    return "".join(found.values())


def _collect(file: Path, found: dict[Path, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for imported in _IMPORT.findall(text):
        other = (file.parent / imported).resolve()
        if other not in found:
            _collect(other, found)
    found[file] = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))
