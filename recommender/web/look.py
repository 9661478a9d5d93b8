"""How the pages look beyond what the theme can say: measures, focus, and the size of what is pressed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

STYLE: Final = f"<style>{(Path(__file__).parent / 'assets' / 'site.css').read_text(encoding='utf-8')}</style>"
