"""The style and the script that every page has before Streamlit's: styles beyond the theme, and support for translators."""

from __future__ import annotations

from typing import Final

from recommender.web.assets import asset, script

STYLE: Final = f"<style>{asset(__file__, 'site.css')}</style>"
#: a script that keeps a page intact while the browser translates it
TRANSLATED: Final = script(__file__, "translated.js")
