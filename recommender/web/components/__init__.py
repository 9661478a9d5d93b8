"""Browser components, for what Streamlit has no widget for: each with its script, its style and its test beside it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from recommender.web.assets import asset, script


def component(module: str, html: str = "", *, name: str = "", style: str = "") -> ComponentRenderer:
    """A component whose ``__init__.py`` this is: its script is ``NAME.js``; its style and its HTML, if any, stand beside it.

    ``html`` and, after that of its file, ``style`` are what no file can hold. Where a folder has a second component, ``name``
    is that of its script.
    """
    folder = Path(module).parent
    beside = {kind: f"{folder.name}.{kind}" for kind in ("css", "html") if (folder / f"{folder.name}.{kind}").is_file()}
    return st.components.v2.component(
        name or folder.name,
        html=html or (asset(module, beside["html"]) if "html" in beside else None),
        css=asset(module, beside["css"]) + style if "css" in beside else None,
        js=script(module, f"{name or folder.name}.js"),
    )
