"""The size limit of a web socket message: Streamlit keeps what the fields hold for as long as the page is open."""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recommender.records.errors import RecordsError
from recommender.web.clinic.auth import provider
from recommender.web.clinic.auth.access import COOKIE
from recommender.web.clinic.stores import sign_ins
from recommender.web.streamlit_port.undocumented import PROVIDER_COOKIES

#: bytes of one message: every field of a patient's page with its longest answer is a few thousand
MOST: Final = 100_000
#: whoever is signed in opens files of half a million characters, and draws signatures
MOST_OF_STAFF: Final = 2_500_000
_TOO_BIG: Final = 1009


class MessageSizeLimit:
    """Closes a web socket on which a message is larger than any page sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the connection on, and its messages as long as they are small enough."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        most = MOST_OF_STAFF if await run_in_threadpool(_is_staff, HTTPConnection(scope)) else MOST

        async def small() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and _size(message) > most:
                await send({"type": "websocket.close", "code": _TOO_BIG})
                return {"type": "websocket.disconnect", "code": _TOO_BIG}
            return message

        await self._app(scope, small, send)


def _size(message: Message) -> int:
    return len(message.get("bytes") or b"") or len((message.get("text") or "").encode())


def _is_staff(connection: HTTPConnection) -> bool:
    """Whether somebody signed in opens the socket; a provider's cookie is not verified here."""
    if provider.is_on() and any(name.startswith(PROVIDER_COOKIES) for name in connection.cookies):
        return True
    given = connection.cookies.get(COOKIE)
    try:
        return bool(given) and sign_ins().who(str(given)) is not None
    except RecordsError:
        return False
