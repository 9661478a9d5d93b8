"""The web application of a checkout: ``streamlit run app.py``."""

import streamlit as st

from recommender.web.application import MIDDLEWARE, ROUTER, lifespan, tell_of_failure
from recommender.web.clinic.auth import provider
from recommender.web.clinic.auth import routes as auth_routes

app = st.App(
    ROUTER,
    secrets=provider.secrets(),
    routes=auth_routes.routes(),
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=tell_of_failure,
)
