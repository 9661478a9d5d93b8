"""Where below its host this installation stands: ``server.baseUrlPath`` of Streamlit, empty for the host itself.

A proxy may pass the path on as it came or without its beginning: both are understood, and what is written always has it.
"""

from __future__ import annotations

import re
from typing import Final

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import get_option

from recommender.documents.problems import Problem
from recommender.records.errors import RecordsError

#: the first parts of our own addresses: below one of them the two could not be told apart
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
    """Takes the base path off what is asked for, for everything inside; asked for without its last slash, it is given one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as one at the host itself."""
        base, path = base_path(), scope.get("path", "")
        if base and scope["type"] == "http" and path == base:
            asked = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{base}/{'?' if asked else ''}{asked}", status_code=307)(scope, receive, send)
            return
        inside = path.removeprefix(base) if path.startswith(f"{base}/") else path
        await self._app(_at(scope, inside), receive, send)


class AddBasePath:
    """Puts the base path before what Streamlit answers; the doors of the clinic are ours."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as its receiver knows it."""
        path = scope.get("path", "")
        await self._app(scope if path.startswith("/staff/") else _at(scope, f"{base_path()}{path}"), receive, send)


def _at(scope: Scope, path: str) -> Scope:
    if scope["type"] not in ("http", "websocket") or scope["path"] == path:
        return scope
    return {**scope, "path": path, "raw_path": path.encode()}
