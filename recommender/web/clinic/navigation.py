"""Turning from one page of the clinic to another: the address names a page, a record or a patient, never what is said there."""

from __future__ import annotations

import streamlit as st

from recommender.web.state.address import ADDRESS, STEP
from recommender.web.state.languages import query_params
from recommender.web.state.session import Visit


def go_to(page: str, **address: str) -> None:
    """Turn to a page of the clinic."""
    named = {**address, STEP: page, **query_params()}
    st.query_params.from_dict({name: value for name, value in named.items() if value})
    st.rerun()


def unsaved_draft_token(visit: Visit) -> str:
    """The token of a nurse's draft that has not been kept as a visit yet; empty where there is none."""
    return st.query_params.get(ADDRESS, "") if visit.is_nurses and not visit.record else ""
