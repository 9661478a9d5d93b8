"""The style and the script that every page has before Streamlit's: styles beyond the theme, and support for translators."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_ASSETS: Final = Path(__file__).parent.parent / "assets"

STYLE: Final = f"<style>{(_ASSETS / 'site.css').read_text(encoding='utf-8')}</style>"
#: a script that keeps a page intact while the browser translates it
TRANSLATED: Final = (_ASSETS / "translated.js").read_text(encoding="utf-8")
