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
from recommender.records import handover_store
from recommender.records.errors import StorageError
from recommender.web import bundle, fields, how_page, languages, leaving, memory, session, sweeping, theme, words
from recommender.web.clinic import access, beginning, doors, provider
from recommender.web.clinic import words as clinic_words
from recommender.web.headers import OpenRoutes, SecurityHeaders

SITE: Final = Path(__file__).with_name("site.py").resolve()
MIDDLEWARE: Final = (Middleware(SecurityHeaders), Middleware(OpenRoutes), Middleware(bundle.SmallBundle))


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
        handover_store.days_kept()  # a setting that cannot be is told now
    beginning.days_to_think()  # and so is this one
    leaving.idle_minutes()  # and this
    doors.open_records()
    memory.open_many_files()
    theme.read_once()
    bundle.prepare_beside()
    gc.collect()
    gc.freeze()
    async with memory.given_back(), sweeping.swept():
        yield {}


def tell_of_failure(error: Exception) -> bool:
    """Say calmly that something went wrong, and what to do; the log has the details (and never an answer)."""
    if isinstance(error, StorageError):
        fields.note(clinic_words.NOT_NOW if access.token() else words.NOT_NOW, kind="failed")
    else:
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
