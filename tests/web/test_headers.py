"""What the server tells the browser, what it closes, and what it sends small."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import re
import tomllib
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import brotli
import pytest
import streamlit
from fontTools.ttLib import TTFont
from site_runs import start_title
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit import config

from recommender.web import words
from recommender.web.application import MIDDLEWARE
from recommender.web.page_head import STYLE, TRANSLATED
from recommender.web.server.headers import RouteAllowlist
from recommender.web.streamlit_port import bundle
from recommender.web.streamlit_port.icon_font import small_symbols

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


def get(path: str, *, accepts: str = "identity", query: str = "", **told: str) -> Answer:
    """What the stack of middleware answers; behind it, a page that says its path."""
    app = Starlette(routes=[Route("/favicon.png", cookie), Route("/{path:path}", said)], middleware=list(MIDDLEWARE))
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"form.example"), (b"accept-encoding", accepts.encode())]
    headers += [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items()]
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode()}
    scope["headers"] = headers
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
    assert policy["connect-src"] == "'self' ws://form.example wss://form.example"
    assert "http" not in " ".join(policy.values()).replace("https:", "")


def test_the_policy_names_the_socket_by_the_host_that_the_visitor_knows_and_by_nothing_that_is_no_host() -> None:
    by_proxy = get("/", x_forwarded_host="clinic.example:8443, inner").headers["content-security-policy"]
    forged = get("/", x_forwarded_host="x; script-src *").headers["content-security-policy"]

    assert (
        "connect-src 'self' ws://clinic.example:8443 wss://clinic.example:8443 ws://form.example wss://form.example;"
        in by_proxy
    )
    assert "script-src *" not in forged


def test_whoever_came_by_https_is_to_come_by_https_from_now_on() -> None:
    assert get("/", x_forwarded_proto="https").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in get("/").headers


HERE, CLINIC = {"host": "form.example"}, {"host": "inner:8501", "x-forwarded-host": "clinic.example"}
HTTPS = {"x-forwarded-proto": "https"}


@pytest.mark.parametrize(
    ("origin", "told", "opens"),
    [
        ("http://form.example", HERE, [True]),
        ("https://form.example", HERE, [True]),  # a proxy that does not say so
        ("https://clinic.example", CLINIC | HTTPS, [True]),
        ("http://clinic.example", CLINIC | HTTPS, []),
        ("http://form.example:8502", HERE, []),
        ("http://localhost:3000", {"host": "localhost:8501"}, []),
        ("http://127.0.0.1:3000", {"host": "127.0.0.1:8501"}, []),
        ("http://localhost:8501", {"host": "127.0.0.1:8501"}, []),
        ("https://elsewhere.example", HERE, []),
        ("https://form.example.elsewhere.example", HERE, []),
        ("https://form.example@elsewhere.example", HERE, []),
        ("http://[::1", HERE, []),
        ("null", HERE, []),
        ("", HERE, []),
        ("file://form.example", HERE, []),
        (None, HERE, [True]),  # no browser
    ],
)
def test_the_socket_opens_to_a_page_of_this_site_alone(origin: str | None, told: dict[str, str], opens: list[bool]) -> None:
    reached: list[bool] = []

    async def socket(_scope: Scope, _receive: Receive, _send: Send) -> None:
        reached.append(True)

    async def connect() -> Message:
        return {"type": "websocket.connect"}

    async def nothing(_: Message) -> None: ...

    headers = [(name.encode(), value.encode()) for name, value in told.items()]
    headers += [(b"origin", origin.encode())] if origin is not None else []
    asyncio.run(
        RouteAllowlist(socket)(
            {"type": "websocket", "path": "/_stcore/stream", "scheme": "ws", "headers": headers}, connect, nothing
        )
    )

    assert reached == opens


@pytest.mark.parametrize(
    "path",
    ["/static/nothing.js", "/static/", "/static/js", "/static/../index.html", "/_stcore/stream", "/staff/first-start/x/y"],
)
def test_an_address_of_nothing_is_answered_as_nothing_and_not_with_the_page(path: str) -> None:
    assert get(path).status == 404


def test_a_cookie_that_came_by_https_goes_by_https_alone_whoever_set_it() -> None:
    by_https, plain = get("/favicon.png", x_forwarded_proto="https"), get("/favicon.png")

    assert by_https.headers["set-cookie"] == "theirs=x; HttpOnly; Path=/; SameSite=lax; Secure"
    assert plain.headers["set-cookie"] == "theirs=x; HttpOnly; Path=/; SameSite=lax"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp"])
def test_what_tells_strangers_about_the_server_is_closed(path: str) -> None:
    assert get(path).status == 404


def test_a_tab_that_is_closed_while_it_is_written_to_is_no_failure() -> None:
    reached: list[str] = []

    async def closed(scope: Scope, _receive: Receive, _send: Send) -> None:
        reached.append(scope["path"])
        raise WebSocketDisconnected

    async def never() -> Message:
        raise AssertionError

    async def nothing(_: Message) -> None:
        raise AssertionError

    asyncio.run(RouteAllowlist(closed)({"type": "websocket", "path": "/_stcore/stream", "headers": []}, never, nothing))

    assert reached == ["/_stcore/stream"]


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


def test_a_page_of_the_form_names_at_once_what_it_needs() -> None:
    whole = (STATIC / "index.html").read_text()

    page = get("/", query="step=check")
    small = get("/", accepts="gzip, deflate, br", query="step=check")

    text = page.body.decode()
    assert gzip.decompress(small.body) == page.body
    assert small.headers["cache-control"] == "private, no-store"
    ours, theirs = f"<script>{TRANSLATED}</script>", scripts_of(whole)
    assert sorted(scripts_of(text)) == sorted([ours, *theirs])
    for part in ("Html", "Button", "BidiComponent", "TextInput"):
        assert re.search(rf'<link rel="modulepreload" crossorigin href="./static/js/{part}\.[^"]+\.js">', text), part
    for part in ("Radio", "Checkbox", "TextArea"):
        assert re.search(rf'<link rel="prefetch" as="script" crossorigin href="./static/js/{part}\.[^"]+\.js">', text), part
    for asked in ("_stcore/health", "_stcore/host-config"):
        assert f'<link rel="preload" as="fetch" crossorigin href="./{asked}">' in text
    named = re.findall(r'href="\./(static/js/[^"]+)"', text)
    assert len(named) == len(set(named))
    assert all((STATIC / path).is_file() for path in named)
    assert 'as="font"' in whole
    assert 'as="font"' not in text
    assert f'{STYLE}<div id="root">' in text  # behind the styles that Streamlit adds to the head
    assert words.NEEDS_SCRIPT in re.findall(r"<noscript>(.*?)</noscript>", text, re.DOTALL)[0]


def test_the_first_page_stands_before_anything_is_fetched_and_fetches_the_same() -> None:
    first, other = (get("/", query=query).body.decode() for query in ("", "step=check"))

    head, _, body = first.partition("</head>")
    late = re.findall(r'<template id="late">(.*?)</template>', body, re.DOTALL)[0]
    fetched = r'(?:href|src)="\./(static/[^"]+|_stcore/h[^"]+)"'
    assert re.findall(fetched, head) == []
    assert set(re.findall(fetched, late)) == set(re.findall(fetched, other))
    assert late.startswith(
        '<link rel="modulepreload" crossorigin href="./static/js/index.'
    )  # it is fetched first, and run later
    assert body.index("<h1") < body.index('<div id="root">') < body.index('<template id="late">')


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [("", "", "en"), ("", "es-MX,es;q=0.9", "es"), ("lang=en", "es", "en"), ("lang=es", "en", "es"), ("lang=xx", "es", "es")],
)
def test_the_first_page_is_in_the_language_that_is_asked_for(query: str, accepted: str, language: str) -> None:
    page = get("/", query=query, accept_language=accepted)

    text = page.body.decode()
    title = start_title(language=language)
    assert f'<html lang="{language}">' in text
    assert f'<h1 tabindex="-1">{title}</h1>' in text
    assert set(page.headers["vary"].split(", ")) == {"Accept-Encoding", "Accept-Language", "Cookie"}


@pytest.mark.parametrize("query", ["d=0123456789012345678901", "step=result", "record=x", "lang=en&step=how", "x"])
def test_an_address_that_names_anything_else_is_left_to_the_form(query: str) -> None:
    assert 'id="opening"' not in get("/", query=query).body.decode()


def test_who_came_from_the_clinics_provider_is_led_on_and_not_shown_the_patients_start() -> None:
    assert 'id="opening"' not in get("/", cookie="_streamlit_user=signed; _streamlit_xsrf=x").body.decode()
    assert 'id="opening"' in get("/", cookie="_streamlit_xsrf=x").body.decode()


def test_the_policy_allows_the_scripts_in_the_page_and_no_other() -> None:
    page = get("/")

    inline = re.findall(r"<script>(.*?)</script>", page.body.decode(), re.DOTALL)
    allowed = re.findall(r"'sha256-([^']+)'", page.headers["content-security-policy"])
    assert sorted(allowed) == sorted(base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in inline)
    assert len(inline) == 3


def scripts_of(page: str) -> list[str]:
    return re.findall(r"<script[^>]*>.*?</script>", page, re.DOTALL)


@pytest.mark.slow
def test_what_is_ready_comes_smaller_still(monkeypatch: pytest.MonkeyPatch) -> None:
    script = STATIC / re.findall(r'src="\./(static/js/index[^"]+)"', (STATIC / "index.html").read_text())[0]
    path = f"/{script.relative_to(STATIC).as_posix()}"
    monkeypatch.setattr(bundle, "_QUALITY", 1)  # quick
    monkeypatch.setattr(bundle, "_small", {})

    before = get(path, accepts="gzip, br")
    bundle._prepare()
    after = get(path, accepts="gzip, deflate, br")
    without = get(path, accepts="gzip")

    assert before.headers["content-encoding"] == without.headers["content-encoding"] == "gzip"
    assert after.headers["content-encoding"] == "br"
    assert brotli.decompress(after.body) == script.read_bytes()


@pytest.mark.slow
def test_the_symbols_are_those_of_our_pages_and_of_streamlit_and_no_others() -> None:
    font = next((STATIC / "static" / "media").glob("MaterialSymbols-*.woff2"))

    small = small_symbols(font, scripts=(STATIC / "static" / "js").glob("*.js"))

    names = symbols_in(small)
    assert {"arrow_back", "expand_more", "keyboard_arrow_right", "close"} <= names < symbols_in(font.read_bytes())
    assert len(small) < font.stat().st_size / 20


def symbols_in(font: bytes) -> set[str]:
    """The names for which a font draws a symbol."""
    opened = TTFont(BytesIO(font))
    letters = {glyph: chr(code) for code, glyph in opened.getBestCmap().items()}
    tables = [table for lookup in opened["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    ligatures = [getattr(table, "ExtSubTable", table) for table in tables]
    return {
        "".join(letters.get(glyph, "?") for glyph in (first, *one.Component))
        for table in ligatures
        if table.LookupType == 4
        for first, rest in table.ligatures.items()
        for one in rest
    }


@pytest.mark.parametrize("path", ["/static/js/../../index.html", "/static/js/nothing.js", "/static/media/x.woff2"])
def test_nothing_but_the_bundle_is_read_from_the_disk(path: str) -> None:
    assert get(path, accepts="gzip").status == 404


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
