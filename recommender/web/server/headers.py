"""Security headers of every response, and the allowlist of routes."""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose, WebSocketDisconnected

from recommender.web import first_paint
from recommender.web.clinic.auth import provider
from recommender.web.clinic.auth.routes import FIRST_START, SIGN_IN
from recommender.web.page_head import TRANSLATED
from recommender.web.server.origin import is_cross_origin, is_https, plain_hosts
from recommender.web.streamlit_port import bundle, undocumented

#: the routes that are answered: the page, its files and its web socket, and the sign-in pages
_OPEN: Final = frozenset({"/", "/favicon.png", *(f"/{path}" for path in undocumented.ASKED_FIRST), SIGN_IN})
_OPEN_LIKE: Final = re.compile(rf"{re.escape(undocumented.COMPONENTS)}.+|{re.escape(FIRST_START)}/[^/]+")
_A_YEAR: Final = 31_536_000  # seconds
_HEADERS: Final = {
    "Referrer-Policy": "no-referrer",  # the address holds the token of a draft
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex",
}


def content_security_policy() -> str:
    """The policy: only from this host, and inline scripts, Streamlit's and ours, by their hashes."""
    inline = [*re.findall(r"<script>(.*?)</script>", undocumented.page(), flags=re.DOTALL), first_paint.SCRIPT, TRANSLATED]
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in inline)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes} blob:",  # components arrive as blobs
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",  # and the socket of each answer's own host: see SecurityHeaders
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Adds the headers to every response.

    Not every browser applies 'self' to web sockets, so the policy names the socket by the visitor's host.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._policy = content_security_policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                asked, headers = Headers(scope=scope), MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", self._policy_for(asked))
                if is_https(asked, scope.get("scheme", "")):
                    headers.setdefault("Strict-Transport-Security", f"max-age={_A_YEAR}")
                    message["headers"] = [_for_https_alone(*header) for header in message["headers"]]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)

    def _policy_for(self, asked: Headers) -> str:
        sockets = "".join(f" {scheme}://{host}" for host in plain_hosts(asked) for scheme in ("ws", "wss"))
        return self._policy.replace("connect-src 'self'", f"connect-src 'self'{sockets}")


def _for_https_alone(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """The header; a cookie gets the Secure attribute."""
    is_open = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return name, value + b"; Secure" if is_open else value


class RouteAllowlist:
    """Answers 404 to every route that is not on the allowlist.

    The web socket opens only for pages of this site: a browser sends a signed-in nurse's cookie whichever site asks.
    Streamlit's other routes show server metrics, let programs drive the app, and take and serve files.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if its route is on the allowlist."""
        if scope["type"] == "lifespan" or _is_let_in(scope):
            with suppress(WebSocketDisconnected):  # a tab that was closed meanwhile is no failure
                await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        else:
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)


def _is_let_in(scope: Scope) -> bool:
    if scope["type"] != "websocket":
        return is_open(scope["path"])
    headers = MutableHeaders(scope=scope)
    if scope["path"] != undocumented.SOCKET or is_cross_origin(headers, scope.get("scheme", "")):
        return False
    if "origin" in headers:  # Streamlit compares with the host alone, which a proxy may have changed
        headers["host"] = urlsplit(headers["origin"]).netloc
    return True


def is_open(path: str) -> bool:
    """Whether a path other than the web socket is on the allowlist."""
    if path in undocumented.PROVIDER_ADDRESSES:
        return provider.is_on()
    is_named = path in _OPEN or bundle.is_part(path)
    return is_named or (_OPEN_LIKE.fullmatch(path) is not None and "/../" not in path)
