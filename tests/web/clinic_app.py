"""The stage of the clinic's components, served as the application is: with its headers, on one port."""

from pathlib import Path

import streamlit as st

from recommender.web.application import MIDDLEWARE

app = st.App(Path(__file__).with_name("clinic_stage.py").resolve(), middleware=MIDDLEWARE)
