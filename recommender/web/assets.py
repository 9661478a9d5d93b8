"""The files that stand beside a module and go to the browser."""

from __future__ import annotations

from pathlib import Path


def asset(module: str, name: str) -> str:
    """The text of a file that goes to the browser, beside a module: pass its ``__file__``."""
    return Path(module).with_name(name).read_text(encoding="utf-8")
