"""The inside of a result, and other pages that are read."""

from __future__ import annotations

import hashlib

import streamlit as st

from recommender.web import words
from recommender.web.assets import asset

_SUMMARY = st.components.v2.component(
    "summary", html='<div class="result"></div>', css=asset(__file__, "summary.css"), js=asset(__file__, "summary.js")
)


def summary(html: str, *, key: str) -> None:
    """The inside of the result page, written by ``SummaryHtml``."""
    _SUMMARY(key=key, data={"id": hashlib.sha256(html.encode()).hexdigest(), "html": html, "back": words.BACK_TO_WHERE})
