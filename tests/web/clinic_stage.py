"""A page that mounts the chart and the signature pad and says what the browser told of them: the stage of their tests.

In the address: ``restless`` runs the page again every 0.3 seconds; ``slow`` makes each run take 0.7; ``full`` starts with as
many points as a product may have; ``refuse`` keeps nothing of what is told; ``broken`` starts with what no chart would tell;
``lang`` is the language of the page.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from decimal import Decimal

import streamlit as st

from recommender import load_rules
from recommender.documents.plan import MOST_POINTS, Point
from recommender.documents.vocabulary import Area
from recommender.knowledge.reference import AreaWords
from recommender.languages import speak
from recommender.web.components.injection_chart import Charted, chart, points_told, typed_told
from recommender.web.components.signature_pad import drawing_told, signature, signature_shown
from recommender.web.page_head import STYLE

POINTS, PAD = "points-2", "pad"


@st.cache_resource
def _areas() -> Mapping[Area, AreaWords]:
    return load_rules().voice("nurse", "uk").reference.questions.areas


@st.fragment(run_every=0.3 if "restless" in st.query_params else None)
def _restless() -> None:
    if "restless" in st.query_params and not st.session_state.pop("whole", False):
        st.session_state["whole"] = True
        st.rerun(scope="app")


speak(st.query_params.get("lang", "en"))
st.set_page_config(page_title="Stage", layout="centered")
st.html(STYLE)
st.title("Injections")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
if "broken" in st.query_params and POINTS not in st.session_state:
    st.session_state[POINTS] = {"told": {"count": 1, "points": [{"area": "moon", "x": 0.5, "y": 0.5, "amount": "1"}]}}
told = points_told(POINTS)
if told is not None and "refuse" not in st.query_params:
    st.session_state["noted"] = told
somewhere = Point(area="forehead", x=0.5, y=0.2, amount=Decimal(1))
noted = st.session_state.get("noted", (somewhere,) * (MOST_POINTS if "full" in st.query_params else 0))
other = (Point(area="lips", x=0.45, y=0.57, amount=Decimal("0.2")), Point(area="lips", x=0.56, y=0.575, amount=Decimal("0.2")))
if not st.checkbox("Hide the chart"):
    chart(
        noted,
        unit="units",
        areas=_areas(),
        key=POINTS,
        typed=typed_told(POINTS),
        product=Charted(2, "Product of the test"),
        others=[
            Charted(1, f"Another product, run {st.session_state['runs']}", other)
        ],  # so that every run tells the chart something new
    )
st.html(f'<pre id="noted" hidden>{json.dumps([point.model_dump(mode="json") for point in noted])}</pre>')
st.html(f'<pre id="typed" hidden>{typed_told(POINTS)}</pre>')
st.header("Signature")
signature(key=PAD)
drawn = drawing_told(PAD)
st.html(f'<pre id="drawn" hidden>{json.dumps(drawn)}</pre>')
if drawn:
    signature_shown(drawn, key="shown", name="Signature of the test")
st.html(f'<pre id="runs" hidden>{st.session_state["runs"]}</pre>')
st.button("Run again")
_restless()
if "slow" in st.query_params:
    time.sleep(0.7)
