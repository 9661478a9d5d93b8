"""The mark of the product: a face of two halves, each in the colour and the pattern of one treatment."""

from __future__ import annotations

from recommender.export.drawings.assets import part
from recommender.export.drawings.svg import IN_THE_DARK


def mark_svg(style: str = "") -> str:
    """The mark, as it is on paper."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">{style}{part("mark")}</svg>'


def mark_on_a_screen() -> str:
    """The mark as a picture that follows the dark mode."""
    dark = "".join(f"[fill='{light}']{{fill:{colour}}}" for light, colour in IN_THE_DARK.items())
    return mark_svg(f"<style>@media (prefers-color-scheme:dark){{{dark}[stroke]{{stroke:#10171d}}}}</style>")
