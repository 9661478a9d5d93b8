"""Where the person is: asked first, with one press, where the installation has not said its country."""

from __future__ import annotations

import streamlit as st

from recommender.export.labels import COUNTRIES
from recommender.languages import spoken
from recommender.web import words
from recommender.web.actions import button, country_name
from recommender.web.patient.journey import JourneyStep
from recommender.web.patient.question_pages import emergency_call
from recommender.web.state.session import Visit
from recommender.web.ui import fields


def country_page(visit: Visit, step: JourneyStep) -> None:
    """A button for each country; the one that was named before is marked."""
    st.title(words.COUNTRY_TITLE, anchor=False)
    fields.note(words.COUNTRY_LEAD, kind="intro")
    with st.container(gap="small", key="countries"):
        for country, name in spoken(COUNTRIES).items():
            named = country == visit.draft.country
            button(country_name(country), name, step, type="primary" if named else "secondary", width="stretch")
    emergency_call(visit)
