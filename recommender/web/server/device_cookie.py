"""The cookie with the secret of a browser: made with the page, and sent again with each page and each socket."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recommender.web.server.base_path import base_path
from recommender.web.server.origin import is_https
from recommender.web.state import device
from recommender.web.state.draft_store import new_token

_PAGE: Final = "/"


class DeviceCookie:
    """Gives each browser that fetches the page a secret, and lets it keep the one that it has.

    A socket renews the secret and makes none: its page could not tell then whether the browser keeps it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the cookie to its answer."""
        cookie = _cookie(scope)
        starts = "http.response.start" if scope["type"] == "http" else "websocket.accept"

        async def with_cookie(message: Message) -> None:
            if message["type"] == starts:
                message.setdefault("headers", [])
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self._app(scope, receive, with_cookie if cookie else send)


def _cookie(scope: Scope) -> str:
    """The cookie that is sent with the answer; empty where none is."""
    is_page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == _PAGE
    if not is_page and scope["type"] != "websocket":
        return ""
    https = is_https(Headers(scope=scope), scope.get("scheme", ""))
    value = device.told(HTTPConnection(scope).cookies, https=https) or (new_token() if is_page else "")
    if not value:
        return ""
    named = f"{device.secret_name(https=https)}={value}; Path={base_path() or '/'}; Max-Age={device.LASTS}"
    return f"{named}; HttpOnly; SameSite=Lax{'; Secure' if https else ''}"
