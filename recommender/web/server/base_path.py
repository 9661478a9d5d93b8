"""The path below the host at which the form is served: Streamlit's ``server.baseUrlPath``, empty for the root.

A proxy may pass the path on or strip it: both work, and every link that is written has it.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import get_option

from recommender.documents.problems import Problem
from recommender.records.errors import RecordsError

#: first parts of our own paths, which a base path must not begin with
_OURS: Final = ("staff", "static", "auth", "oauth2callback", "_stcore", "media", "component")
_PATH: Final = re.compile(r"(/[A-Za-z0-9_-][A-Za-z0-9._~-]*)*")


def base_path() -> str:
    """A path as ``/form``, or nothing; raises RecordsError where the setting is none."""
    given = (get_option("server.baseUrlPath") or "").strip("/")
    path = f"/{given}" if given else ""
    if not _PATH.fullmatch(path) or given.partition("/")[0] in _OURS:
        allowed = ("letters, digits, '.', '_', '~', '-' and '/'", f"not beginning with {', '.join(_OURS)}")
        raise RecordsError([Problem("server.baseUrlPath", f"is {given[:60]!r}", allowed)])
    return path


class StripBasePath:
    """Strips the base path from requests; redirects a request for it without its last slash."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on without the base path."""
        base, path = base_path(), scope.get("path", "")
        if base and scope["type"] == "http" and path == base:
            asked = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{base}/{'?' if asked else ''}{asked}", status_code=307)(scope, receive, send)
            return
        inside = path.removeprefix(base) if path.startswith(f"{base}/") else path
        await self._app(_at(scope, inside), receive, send)


class AddBasePath:
    """Adds the base path to requests that Streamlit answers; the sign-in routes are ours and have none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the path that its handler expects."""
        path = scope.get("path", "")
        await self._app(scope if path.startswith("/staff/") else _at(scope, f"{base_path()}{path}"), receive, send)


def _at(scope: Scope, path: str) -> Scope:
    if scope["type"] not in ("http", "websocket") or scope["path"] == path:
        return scope
    return {**scope, "path": path, "raw_path": path.encode()}
