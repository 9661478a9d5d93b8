"""Browser components, for what Streamlit has no widget for: each with its script, its style and its test beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from recommender.web.assets import asset, script


def component(module: str, html: str = "", *, name: str = "", style: str = "") -> Callable[..., Any]:
    """A component whose ``__init__.py`` this is: its script is ``NAME.js``; its style and its HTML, if any, stand beside it.

    ``html`` and, after that of its file, ``style`` are what no file can hold. Where a folder has a second component, ``name``
    is that of its script.
    """
    folder = Path(module).parent
    beside = {kind: f"{folder.name}.{kind}" for kind in ("css", "html") if (folder / f"{folder.name}.{kind}").is_file()}
    drawn = st.components.v2.component(
        name or folder.name,
        html=html or (asset(module, beside["html"]) if "html" in beside else None),
        css=asset(module, beside["css"]) + style if "css" in beside else None,
        js=script(module, f"{name or folder.name}.js"),
    )

    def drawn_with_a_key(*, key: str | None = None, **given: Any) -> Any:
        """With a key that Streamlit takes: none may have two underscores one after the other, as an id in it may."""
        return drawn(key=key and key.replace("__", "_."), **given)

    return drawn_with_a_key
