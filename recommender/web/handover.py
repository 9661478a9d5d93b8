"""Handing over: a patient's choice on the result page. Nothing is made before it is asked for, and what is made is not kept."""

from __future__ import annotations

from html import escape

import streamlit as st

from recommender.documents import Assessment
from recommender.web import fields
from recommender.web import handover_words as said
from recommender.web.handover_components import link_to_give
from recommender.web.handover_link import fragment_of, qr_code
from recommender.web.journey import CONSULTATION
from recommender.web.session import STEP


def hand_over(assessment: Assessment) -> None:
    """The panel. Closed, nothing is made."""
    with st.expander(said.TITLE, key="hand-over", on_change="rerun") as panel:
        if panel.open:
            fields.note(said.LEAD)
            st.html(f"<ul class='points'>{''.join(f'<li>{escape(point)}</li>' for point in said.POINTS)}</ul>")
            _link(assessment)


def _link(assessment: Assessment) -> None:
    here = st.context.url
    if here is None:
        fields.note(said.NO_ADDRESS)
        return
    address = f"{here.partition('#')[0].partition('?')[0].rstrip('/')}/?{STEP}={CONSULTATION.name}#{fragment_of(assessment)}"
    link_to_give(address, qr_code(address), key="hand-over-link")
