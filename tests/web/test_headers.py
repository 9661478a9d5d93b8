"""What the server tells the browser, what it closes, and what it sends small."""

from __future__ import annotations

import asyncio
import gzip
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message
from streamlit import config

from recommender.web.application import MIDDLEWARE

CHECKOUT = Path(__file__).resolve().parents[2]
STATIC = Path(streamlit.__file__).parent / "static"


async def said(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.url.path)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


async def cookie(_: Request) -> PlainTextResponse:
    answer = PlainTextResponse("")
    answer.set_cookie("theirs", "x", httponly=True)
    return answer


def get(path: str, *, accepts: str = "identity", **told: str) -> Answer:
    """What the stack of middleware answers; behind it, a page that says its path."""
    app = Starlette(routes=[Route("/favicon.png", cookie), Route("/{path:path}", said)], middleware=list(MIDDLEWARE))
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"form.example"), (b"accept-encoding", accepts.encode())]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items()]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": headers}
    asyncio.run(app(scope, receive, send))
    told = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], told, b"".join(message.get("body", b"") for message in sent[1:]))


def test_every_answer_carries_the_policy() -> None:
    headers = get("/").headers

    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["frame-ancestors"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "'sha256-" in policy["script-src"]
    assert "http" not in " ".join(policy.values()).replace("https:", "")


def test_a_cookie_that_came_by_https_goes_by_https_alone_whoever_set_it() -> None:
    by_https, plain = get("/favicon.png", x_forwarded_proto="https"), get("/favicon.png")

    assert by_https.headers["set-cookie"] == "theirs=x; HttpOnly; Path=/; SameSite=lax; Secure"
    assert plain.headers["set-cookie"] == "theirs=x; HttpOnly; Path=/; SameSite=lax"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp"])
def test_what_tells_strangers_about_the_server_is_closed(path: str) -> None:
    assert get(path).status == 404


def test_the_bundle_comes_compressed_to_those_who_take_it() -> None:
    file = next((STATIC / "static" / "js").glob("index.*.js"))
    path = f"/static/js/{file.name}"

    small = get(path, accepts="gzip, br")
    plain = get(path)

    assert small.headers["content-encoding"] == "gzip"
    assert "immutable" in small.headers["cache-control"]
    assert gzip.decompress(small.body) == file.read_bytes()
    assert len(small.body) < len(file.read_bytes()) / 2
    assert plain.body == path.encode()


@pytest.mark.parametrize("path", ["/static/js/../../index.html", "/static/js/nothing.js", "/static/media/x.woff2"])
def test_nothing_but_the_bundle_is_read_from_the_disk(path: str) -> None:
    assert "content-encoding" not in get(path, accepts="gzip").headers


def test_the_settings_of_the_checkout_are_those_of_the_package() -> None:
    packaged = CHECKOUT / "recommender" / "web" / ".streamlit" / "config.toml"

    assert (CHECKOUT / ".streamlit" / "config.toml").read_text() == packaged.read_text()


def test_every_setting_is_one_that_streamlit_knows() -> None:
    settings = tomllib.loads((CHECKOUT / ".streamlit" / "config.toml").read_text())
    names = {
        f"{section}.{name}" if not isinstance(value, dict) else f"{section}.{name}.{inner}"
        for section, entries in settings.items()
        for name, value in entries.items()
        for inner in (value if isinstance(value, dict) else [""])
    }

    assert names <= set(config._config_options_template)
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["browser"]["gatherUsageStats"] is False
