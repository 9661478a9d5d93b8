"""Going from one page of the clinic to another. The address names a page, a record or a patient, and nothing they contain."""

from __future__ import annotations

import streamlit as st

from recommender.web.state.address import ADDRESS, STEP
from recommender.web.state.languages import query_params
from recommender.web.state.session import Visit


def go_to(page: str, **address: str) -> None:
    """Go to a page of the clinic; this ends the rerun."""
    named = {**address, STEP: page, **query_params()}
    st.query_params.from_dict({name: value for name, value in named.items() if value})
    st.rerun()


def unsaved_draft_token(visit: Visit) -> str:
    """The token of a nurse's draft that has not been kept as a visit yet; empty where there is none."""
    return st.query_params.get(ADDRESS, "") if visit.is_nurses and not visit.record else ""
