"""What stands in every page before Streamlit: how it looks beyond what the theme can say, and that it can be translated."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_ASSETS: Final = Path(__file__).parent.parent / "assets"

STYLE: Final = f"<style>{(_ASSETS / 'site.css').read_text(encoding='utf-8')}</style>"
#: what keeps a page whole that the browser translates, as a script in the page
TRANSLATED: Final = (_ASSETS / "translated.js").read_text(encoding="utf-8")
