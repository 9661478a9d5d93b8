"""What the browser is told about every answer of the server, and which addresses are open."""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose, WebSocketDisconnected

from recommender.web import opening
from recommender.web.clinic import provider
from recommender.web.clinic.doors import FIRST_START, SIGN_IN, came_by_https
from recommender.web.look import TRANSLATED

_STATIC: Final = Path(streamlit.__file__).parent / "static"
#: what is answered at all: the page itself, what it is made of, the socket that it lives on, and the doors of the clinic
_OPEN: Final = frozenset({"/", "/favicon.png", "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", SIGN_IN})
_OPEN_UNDER: Final = ("/static/", "/_stcore/bidi-components/", f"{FIRST_START}/")
_HEADERS: Final = {
    "Referrer-Policy": "no-referrer",  # the address holds the token of a draft
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex",
}


def content_security_policy() -> str:
    """What the page may load: only from here, and the inline scripts, the installed Streamlit's and ours, by their hashes."""
    page = (_STATIC / "index.html").read_text(encoding="utf-8")
    inline = [*re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL), opening.SCRIPT, TRANSLATED]
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
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if came_by_https(Headers(scope=scope), scope.get("scheme", "")):
                    message["headers"] = [_for_https_alone(*header) for header in message["headers"]]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def _for_https_alone(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header as it was, but that a cookie goes over HTTPS alone."""
    is_open = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return name, value + b"; Secure" if is_open else value


class OpenRoutes:
    """Answers 404 to every address that is not listed as open, whatever stands behind it.

    Streamlit would otherwise tell strangers about the server, let programs drive it, take files and hand them out.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its address is open."""
        if scope["type"] == "lifespan" or is_open(scope["path"]):
            with suppress(WebSocketDisconnected):  # a tab that was closed while it was written to is no failure
                await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        else:
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)


def is_open(path: str) -> bool:
    """Whether anything is answered at an address."""
    if path in provider.ADDRESSES:
        return provider.is_on()
    return path in _OPEN or (path.startswith(_OPEN_UNDER) and "/../" not in path)
