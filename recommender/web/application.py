"""The web application on one port: ``streamlit run`` this file, or app.py of a checkout."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware

from recommender import Answers, assess
from recommender.documents.problems import RecommenderError
from recommender.languages import speaking
from recommender.records.errors import StorageError
from recommender.records.handover import store as handover_store
from recommender.records.storage import settings
from recommender.web import words
from recommender.web.about import page as about_page
from recommender.web.clinic import words as clinic_words
from recommender.web.clinic.auth import access, provider
from recommender.web.clinic.auth import routes as auth_routes
from recommender.web.clinic.records import begin_visit
from recommender.web.patient import idle_timeout
from recommender.web.server import expiry, memory
from recommender.web.server.base_path import AddBasePath, StripBasePath, base_path
from recommender.web.server.device_cookie import DeviceCookie
from recommender.web.server.headers import RouteAllowlist, SecurityHeaders
from recommender.web.server.message_size import MessageSizeLimit
from recommender.web.state import installation, languages
from recommender.web.streamlit_port import bundle, theme, undocumented
from recommender.web.ui import fields

#: the variable in which ``recommender serve`` passes the address that is printed once the form is served
ANNOUNCED: Final = "RECOMMENDER_ANNOUNCED"
_BAD_SETTING: Final = 2  # what the command line says of an input that cannot be used
ROUTER: Final = Path(__file__).with_name("router.py").resolve()
MIDDLEWARE: Final = (
    Middleware(SecurityHeaders),
    Middleware(StripBasePath),
    Middleware(RouteAllowlist),
    Middleware(MessageSizeLimit),
    Middleware(DeviceCookie),
    Middleware(bundle.CompressedBundle),
    Middleware(AddBasePath),
)


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Load the rules and open the records before the first visitor comes; a setting that is wrong ends the process.

    What is loaded is frozen, so that the garbage collector does not scan it again.
    """
    try:
        _prepare()
    except RecommenderError as error:  # raised from here it would be a traceback
        sys.stderr.write(f"{error}\n")
        sys.stderr.flush()
        os._exit(_BAD_SETTING)
    if where := os.environ.get(ANNOUNCED):
        print(f"The form is at {where}{base_path()} (stop with Ctrl-C)", flush=True)  # noqa: T201 (for whoever starts the application)
    gc.collect()
    gc.freeze()
    async with memory.release_memory_periodically(), expiry.delete_expired_periodically():
        yield {}


def _prepare() -> None:
    """Everything that is done once. Each setting is read here, so that a wrong one is reported at the start."""
    undocumented.check()
    base_path()
    settings.refuse_unusable_folder()
    settings.clinic_zone()  # before anything asks for today
    settings.clinic()
    settings.own_forms()
    for language in languages.offered():
        assess(installation.rules().in_language(language), Answers())
        with speaking(language):
            about_page.written(installation.rules().in_language(language), installation.rules().jurisdiction)
    if handover_store.are_on():
        handover_store.days_kept()
    begin_visit.days_to_think()
    idle_timeout.idle_minutes()
    auth_routes.open_records()
    memory.open_many_files()
    theme.cache_theme()
    bundle.prepare_in_background()
    if installation.own_country() is None:
        print(words.NO_COUNTRY, flush=True)  # noqa: T201 (for whoever starts the application)


def tell_of_failure(error: Exception) -> bool:
    """Say that something went wrong, and what to do; the log has the details, and never an answer."""
    if isinstance(error, StorageError):
        fields.note(clinic_words.NOT_NOW if access.token() else words.NOT_NOW, kind="failed")
    else:
        fields.note(words.FAILED, kind="failed")
    return True


app = st.App(
    ROUTER,
    secrets=provider.secrets(),
    routes=auth_routes.routes(),
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=tell_of_failure,
)
