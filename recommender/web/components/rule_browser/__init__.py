"""Rules and sources to browse and search."""

from __future__ import annotations

import hashlib

import streamlit as st

from recommender.web.assets import asset

_BROWSER = st.components.v2.component(
    "rule_browser",
    html='<div class="how"></div>',
    css=asset(__file__, "rule_browser.css"),
    js=asset(__file__, "rule_browser.js"),
)


def rule_browser(html: str, *, key: str) -> None:
    """Rules and sources to browse, written by ``AboutHtml``; searches stay in the browser."""
    _BROWSER(key=key, data={"id": hashlib.sha256(html.encode()).hexdigest(), "html": html})
