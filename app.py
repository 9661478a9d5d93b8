"""The web application of a checkout: ``streamlit run app.py``."""

import streamlit as st

from recommender.web.application import MIDDLEWARE, SITE, lifespan, tell_of_failure
from recommender.web.clinic import doors, provider

app = st.App(
    SITE,
    secrets=provider.secrets(),
    routes=doors.routes(),
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=tell_of_failure,
)
