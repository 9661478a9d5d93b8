"""The web application on one port: ``streamlit run`` this file, or app.py of a checkout."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware

from recommender import Answers, assess
from recommender.languages import speaking
from recommender.records import handover_store, home
from recommender.web import bundle, fields, how_page, languages, leaving, memory, session, theme, words
from recommender.web.clinic import beginning, doors, provider
from recommender.web.headers import OpenRoutes, SecurityHeaders
from recommender.web.sockets import SmallMessages

SITE: Final = Path(__file__).with_name("site.py").resolve()
MIDDLEWARE: Final = (
    Middleware(SecurityHeaders),
    Middleware(OpenRoutes),
    Middleware(SmallMessages),
    Middleware(bundle.SmallBundle),
)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Load the rules and open the records before the first visitor comes.

    What is loaded stays, so the collector need not look at it again.
    """
    for language in languages.offered():  # a setting that cannot be is told now
        assess(session.rules().in_language(language), Answers())
        with speaking(language):
            how_page.written(session.rules().in_language(language))
    if handover_store.are_on():
        session.handover_store()  # a setting that cannot be is told now
    home.clinic_zone()
    beginning.days_to_think()  # and so is this one
    leaving.idle_minutes()  # and this
    doors.open_records()
    memory.open_many_files()
    theme.read_once()
    bundle.prepare_beside()
    gc.collect()
    gc.freeze()
    async with memory.given_back():
        yield {}


def tell_of_failure(_error: Exception) -> bool:
    """Say calmly that something went wrong; the log has the details (and never an answer)."""
    fields.note(words.FAILED, kind="failed")
    return True


app = st.App(
    SITE,
    secrets=provider.secrets(),
    routes=doors.routes(),
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=tell_of_failure,
)
