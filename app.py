"""The web application of a checkout: ``streamlit run app.py``."""

import streamlit as st

from recommender.web.application import MIDDLEWARE, SITE, lifespan

app = st.App(SITE, middleware=MIDDLEWARE, lifespan=lifespan)
