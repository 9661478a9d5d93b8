"""What a visitor may send at once over the socket that a page lives on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from recommender.documents.staff import StaffRole
from recommender.web.application import MIDDLEWARE
from recommender.web.clinic.auth.access import COOKIE
from recommender.web.server import message_size


async def _read_once(_scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    message = await receive()
    if message["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": str(len(message.get("bytes") or message["text"]))})


def sent(told: bytes | str, *, cookie: str = "") -> dict[str, Any]:
    """What goes back to somebody who connects and sends this."""
    kind = "bytes" if isinstance(told, bytes) else "text"
    coming: list[Message] = [{"type": "websocket.connect"}, {"type": "websocket.receive", kind: told}]
    back: list[dict[str, Any]] = []

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        back.append(dict(message))

    headers = [(b"cookie", f"{COOKIE}={cookie}".encode())] if cookie else []
    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": headers}
    asyncio.run(message_size.MessageSizeLimit(_read_once)(scope, receive, send))
    (answer,) = back
    return answer


CLOSED = {"type": "websocket.close", "code": 1009}


@pytest.mark.parametrize("told", [b"1" * (message_size.MOST + 1), b"1" * 12_000_000, "é" * (message_size.MOST // 2 + 1)])
def test_more_than_a_page_has_to_tell_ends_the_socket_of_a_stranger(told: bytes | str) -> None:
    assert sent(told) == CLOSED


def test_what_a_page_has_to_tell_is_passed_on() -> None:
    assert sent(b"1" * message_size.MOST)["text"] == str(message_size.MOST)


def test_a_cookie_that_opens_no_session_makes_nobody_staff(sign_in: Callable[[StaffRole], str]) -> None:
    assert sign_in("nurse")

    assert sent(b"1" * (message_size.MOST + 1), cookie="made-up") == CLOSED


def test_staff_may_open_a_patients_file_and_no_more(sign_in: Callable[[StaffRole], str]) -> None:
    cookie = sign_in("nurse")

    assert sent(b"1" * message_size.MOST_OF_STAFF, cookie=cookie)["text"] == str(message_size.MOST_OF_STAFF)
    assert sent(b"1" * (message_size.MOST_OF_STAFF + 1), cookie=cookie) == CLOSED


def test_the_application_is_served_behind_the_limit() -> None:
    assert message_size.MessageSizeLimit in [one.cls for one in MIDDLEWARE]
