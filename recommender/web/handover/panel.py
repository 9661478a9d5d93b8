"""Handing over on the patient's result page: a link or a code, made only on request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html import escape

import streamlit as st

from recommender.documents import Assessment
from recommender.languages import clinic_time, day_in_words
from recommender.records.handover.store import are_on, days_kept
from recommender.web.actions import button
from recommender.web.components.handover_link import link_to_give
from recommender.web.handover import words as said
from recommender.web.handover.code import code_was_refused, current_code
from recommender.web.handover.link import fragment_of, qr_code
from recommender.web.patient.journey import CONSULTATION, Journey, JourneyStep
from recommender.web.state.address import STEP
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def handover_panel(visit: Visit, journey: Journey, step: JourneyStep) -> None:
    """The panel. Closed, nothing is made."""
    with st.expander(said.TITLE, key="hand-over", on_change="rerun") as panel:
        if panel.open:
            fields.note(said.LEAD)
            st.html(f"<ul class='points'>{''.join(f'<li>{escape(point)}</li>' for point in said.POINTS)}</ul>")
            fields.note(said.LINK_MAIL.format(instead=said.MAIL_CODE if are_on() else said.MAIL_FILE), kind="plain")
            _link(journey.assessment)
            if are_on():
                _code(visit, journey.assessment, step)


def _link(assessment: Assessment) -> None:
    here = st.context.url
    if here is None:
        fields.note(said.NO_ADDRESS)
        return
    start = here.partition("#")[0].partition("?")[0].rstrip("/")
    address = f"{start}/?{STEP}={CONSULTATION.name}#{fragment_of(assessment)}"
    link_to_give(address, qr_code(address), key="hand-over-link")


def _code(visit: Visit, assessment: Assessment, step: JourneyStep) -> None:
    st.header(said.CODE_TITLE, anchor=False)
    fields.note(said.CODE_LEAD.format(days=days_kept()))
    made = current_code(visit)
    if made is not None:
        day = clinic_time.local(datetime.fromtimestamp(made.expires, tz=UTC)).date() - timedelta(days=1)  # the last whole day
        st.html(
            f'<div class="code" role="status"><p>{said.CODE_YOURS}</p><p class="characters">{made.code}</p>'
            f"<p>{escape(said.CODE_ONCE.format(day=day_in_words(day)))}</p><p>{escape(said.CODE_CARE)}</p></div>"
        )
        if not made.holds(assessment):
            fields.note(said.CODE_OLD, kind="error")
    if code_was_refused(visit):
        fields.note(said.CODE_NONE, kind="error")
    if made is None or not made.holds(assessment):
        button("make-code", said.CODE_MAKE, step)
