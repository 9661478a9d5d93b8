"""What the browser is told about every answer of the server, which routes are closed, and the bundle made small."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STATIC: Final = Path(streamlit.__file__).parent / "static"
_CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent")
_COMPRESSED: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_HEADERS: Final = {
    "Referrer-Policy": "no-referrer",  # the address holds the token of a draft
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex",
}


def content_security_policy() -> str:
    """What the page may load: only from here, and the one inline script of the installed Streamlit by its hash."""
    page = (_STATIC / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in inline)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes} blob:",  # components arrive as blobs
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Adds the headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = _HEADERS | {"Content-Security-Policy": content_security_policy()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class ClosedRoutes:
    """Answers 404 where Streamlit would tell strangers about the server or let programs drive it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless its route is closed."""
        if scope["type"] == "http" and scope["path"].startswith(_CLOSED):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class CompressedBundle:
    """Serves Streamlit's own scripts and styles compressed: each file once, kept in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where the file is one of the bundle, else pass the request on."""
        response = _compressed(scope["path"]) if scope["type"] == "http" and _takes_gzip(scope) else None
        await (response or self._app)(scope, receive, send)


def _takes_gzip(scope: Scope) -> bool:
    return scope["method"] == "GET" and "gzip" in Headers(scope=scope).get("accept-encoding", "")


@cache
def _files() -> frozenset[str]:
    return frozenset(f"/static/{file.relative_to(_STATIC / 'static').as_posix()}" for file in (_STATIC / "static").rglob("*.*"))


def _compressed(path: str) -> Response | None:
    if path not in _files() or Path(path).suffix not in _COMPRESSED:
        return None
    return Response(
        _squeezed(path),
        headers={
            "Content-Encoding": "gzip",
            "Content-Type": _COMPRESSED[Path(path).suffix],
            "Cache-Control": "public, max-age=31536000, immutable",  # the names hold a hash of the content
            "Vary": "Accept-Encoding",
        },
    )


@cache
def _squeezed(path: str) -> bytes:
    return gzip.compress((_STATIC / path.lstrip("/")).read_bytes(), 6, mtime=0)
