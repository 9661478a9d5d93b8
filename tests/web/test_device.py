"""A draft opens only with its address and the secret of the browser in which it was begun, and that browser finds it again."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kept_drafts import DEVICE
from site_runs import heading, opened, values_of
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from recommender.documents.staff import StaffRole
from recommender.web import words
from recommender.web.clinic.auth.access import COOKIE
from recommender.web.server import device_cookie
from recommender.web.server.device_cookie import DeviceCookie
from recommender.web.state import device
from recommender.web.state.draft import RESPONDENT, Draft
from recommender.web.state.draft_store import DraftStore, new_token
from recommender.web.state.installation import SHARED_VARIABLE
from recommender.web.streamlit_port import bundle
from recommender.web.streamlit_port.undocumented import PROVIDER_COOKIES

OTHER = "another-device-secret0"
SignIn = Callable[[StaffRole], str]


@pytest.fixture
def comes_with(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """From then on pages are visited by a browser with this secret, or none, that had this draft open last."""

    def come(secret: str = DEVICE, last: str = "") -> None:
        cookies = {device.secret_name(https=False): secret, device.last_name(): last}
        monkeypatch.setattr(device, "_cookies", lambda: {name: value for name, value in cookies.items() if value})

    return come


def begun(store: DraftStore, **content: object) -> str:
    token = new_token()
    store.save(token, Draft({"values": {"person.age": 42}, "shown": ["person.age"], **content}).content())
    return token


def said(app: AppTest) -> str:
    assert not app.exception
    return " ".join(str(note.value) for note in app.html)


def buttons(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def test_a_token_finds_nothing_with_the_secret_of_another_browser_or_without(store: DraftStore, tmp_path: Path) -> None:
    token = begun(store)
    others = [store.of(OTHER), DraftStore(tmp_path / "drafts.sqlite")]

    assert store.load(token) is not None
    for other in others:
        assert other.load(token) is None
        assert other.changed(token) is None
        assert not other.update(token, {})
        other.delete(token)
    assert store.load(token) is not None
    assert not [file for file in tmp_path.glob("drafts*") if DEVICE.encode() in file.read_bytes()]


@pytest.mark.parametrize("secret", ["", "short", "x" * 21 + "'"])
def test_there_are_no_drafts_of_a_browser_without_a_secret(store: DraftStore, secret: str) -> None:
    with pytest.raises(ValueError, match="without a secret"):
        store.of(secret)


def test_an_address_alone_opens_no_answers_and_says_so(store: DraftStore, comes_with: Callable[..., None]) -> None:
    token = begun(store)
    comes_with(OTHER)

    for step in ("start", "age", "check", "result", "how"):
        app = opened({"d": token, "step": step})

        assert heading(app) != "Summary for your consultation"
        assert words.EXPIRED in said(app)
        assert not buttons(app) & {"delete-start", "delete-how"}
    assert values_of(store, token) == {"person.age": 42}


@pytest.mark.parametrize("secret", ["", "short", "../../../../etc/pass.."])
def test_a_browser_without_a_secret_opens_nothing_either(
    store: DraftStore, comes_with: Callable[..., None], secret: str
) -> None:
    token = begun(store)
    comes_with(secret)

    assert words.EXPIRED in said(opened({"d": token, "step": "age"}))


@pytest.mark.usefixtures("store")
def test_what_was_kept_by_its_address_alone_does_not_open_any_more(tmp_path: Path) -> None:
    token = new_token()
    row = (hashlib.sha256(token.encode()).hexdigest(), json.dumps({"values": {"person.age": 42}}), time.time() + 3600)
    with sqlite3.connect(tmp_path / "drafts.sqlite") as database:
        database.execute("INSERT INTO draft VALUES (?, ?, ?)", row)

    assert words.EXPIRED in said(opened({"d": token, "step": "age"}))


def test_a_nurses_draft_opens_in_her_browser_alone(store: DraftStore, sign_in: SignIn, comes_with: Callable[..., None]) -> None:
    token = begun(store, **{RESPONDENT: "nurse"})
    sign_in("nurse")
    assert words.EXPIRED not in said(opened({"d": token, "step": "consultation"}))

    comes_with(OTHER)
    assert words.EXPIRED in said(opened({"d": token, "step": "consultation"}))


def test_the_browser_that_has_a_draft_goes_on_where_it_was_left(store: DraftStore, comes_with: Callable[..., None]) -> None:
    token = begun(store)
    comes_with(last=token)

    start = opened({})
    assert "Last changed on" in said(start)
    start.button(key="come-back-start").click().run()

    assert start.query_params["d"] == token
    assert start.query_params["step"] == "pregnancy_and_feeding"
    assert values_of(store, token) == {"person.age": 42}


def test_beside_it_one_can_begin_anew(store: DraftStore, comes_with: Callable[..., None]) -> None:
    token = begun(store)
    comes_with(last=token)

    start = opened({})
    start.button(key="begin-start").click().run()

    assert start.query_params["d"] != token
    assert start.query_params["step"] == "age"
    assert values_of(store, token) == {"person.age": 42}
    assert values_of(store, start.query_params["d"]) == {}


def test_going_on_speaks_the_language_of_the_answers(store: DraftStore, comes_with: Callable[..., None]) -> None:
    token = begun(store, language="es")
    comes_with(last=token)

    start = opened({})
    start.button(key="come-back-start").click().run()

    assert heading(start) != words.PLACES_TITLE
    assert "¿" in heading(start)


@pytest.mark.parametrize("why", ["another browser", "deleted", "nonsense", "none", "shared"])
def test_nobody_else_is_offered_to_go_on(
    store: DraftStore, comes_with: Callable[..., None], monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    token = begun(store)
    comes_with(OTHER if why == "another browser" else DEVICE, {"nonsense": "x'--", "none": ""}.get(why, token))
    if why == "deleted":
        store.delete(token)
    if why == "shared":
        monkeypatch.setenv(SHARED_VARIABLE, "1")

    start = opened({})

    assert "come-back-start" not in buttons(start)
    assert "begin-start" in buttons(start)
    assert "Last changed on" not in said(start)


def test_only_a_patients_draft_is_remembered_and_only_where_it_can_be_found_again(
    store: DraftStore, sign_in: SignIn, comes_with: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    patients, nurses = begun(store), begun(store, **{RESPONDENT: "nurse"})
    sign_in("nurse")

    assert remembered(opened({"d": patients, "step": "age"})) == patients
    assert remembered(opened({"d": nurses, "step": "consultation"})) is None
    assert remembered(opened({})) is None
    monkeypatch.setenv(SHARED_VARIABLE, "1")
    assert remembered(opened({"d": patients, "step": "age"})) is None
    comes_with("")
    app = opened({})
    app.button(key="begin-start").click().run()
    assert remembered(app) is None


def remembered(app: AppTest) -> str | None:
    """The draft that the browser is told to remember."""
    found = [
        json.loads(element.proto.json)["effects"][0]["remembers"]
        for element in app.get("bidi_component")
        if element.proto.component_name == "page_effects"
    ]
    assert len(found) == 1
    return found[0] and str(found[0]["token"])


def test_a_browser_that_keeps_no_cookies_has_the_form_while_its_page_is_open(
    store: DraftStore, comes_with: Callable[..., None], tmp_path: Path
) -> None:
    comes_with("")
    app = opened({})
    assert words.NO_COOKIES in said(app)

    app.button(key="begin-start").click().run()
    app.text_input(key="person.age").set_value("42").run()
    assert words.NO_COOKIES in said(app)
    app.button(key="continue-age").click().run()

    assert heading(app) == "Are you pregnant or breastfeeding?"
    token = app.query_params["d"]
    assert store.load(token) is None
    assert DraftStore(tmp_path / "drafts.sqlite").load(token) is None
    assert words.EXPIRED in said(opened({"d": token, "step": "places"}))


def answered(kind: str, *, path: str = "/", cookie: str = "", **told: str) -> list[str]:
    """The cookies that an answer sets."""
    sent: list[Message] = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": []}
        await send(start if scope["type"] == "http" else {"type": "websocket.accept"})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    headers = [(b"cookie", cookie.encode()), *((name.replace("_", "-").encode(), v.encode()) for name, v in told.items())]
    scope = {"type": kind, "method": "GET", "path": path, "headers": headers}
    asyncio.run(DeviceCookie(app)(scope, receive, send))
    return [value.decode() for name, value in sent[0].get("headers", []) if name == b"set-cookie"]


def test_each_browser_gets_a_secret_that_no_script_reads_and_keeps_it() -> None:
    first, second = answered("http"), answered("http")
    assert first != second
    name, _, rest = first[0].partition("=")
    secret, *told = rest.split("; ")
    assert len(secret) == 22
    assert told == ["Path=/", f"Max-Age={device.LASTS}", "HttpOnly", "SameSite=Lax"]

    assert answered("http", cookie=f"{name}={secret}")[0].startswith(f"{name}={secret};")
    assert answered("websocket", path="/_stcore/stream", cookie=f"{name}={secret}")[0].startswith(f"{name}={secret};")
    assert answered("websocket", path="/_stcore/stream") == []
    assert answered("http", path="/_stcore/health", cookie=f"{name}={secret}") == []


@pytest.mark.parametrize("given", ["short", "x" * 23, "a; Path=/; b=c", '"' + "x" * 20 + '"'])
def test_what_is_no_secret_is_replaced(given: str) -> None:
    name = device.secret_name(https=False)

    assert given not in answered("http", cookie=f"{name}={given}")[0]


def test_by_https_the_cookie_is_one_that_no_other_host_can_set(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = f"{device.secret_name(https=False)}={OTHER}"

    [cookie] = answered("http", cookie=planted, x_forwarded_proto="https")
    assert cookie.startswith("__Host-recommender_device_")
    assert OTHER not in cookie
    assert cookie.endswith("; Secure")
    assert "; Path=/;" in cookie

    for module in (device, device_cookie):
        monkeypatch.setattr(module, "base_path", lambda: "/form")
    [below] = answered("http", x_forwarded_proto="https")
    assert below.startswith("__Secure-recommender_device_")
    assert below.partition("=")[0].endswith("_form")
    assert "; Path=/form;" in below


def test_each_port_of_a_host_has_cookies_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    names = set()
    for port in (8501, 8502):
        monkeypatch.setattr(device, "get_option", lambda _, port=port: port)
        names |= {device.secret_name(https=False), device.last_name()}

    assert len(names) == 4


def page_for(cookies: dict[str, str], query: str = "") -> tuple[str, dict[str, str]]:
    """The page that a browser with these cookies fetches, and its headers."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": query.encode(),
        "headers": [(b"cookie", cookie.encode())],
    }
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise AssertionError("the page is answered from memory")

    asyncio.run(bundle.CompressedBundle(nothing)(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return b"".join(message.get("body", b"") for message in sent[1:]).decode(), told


@pytest.mark.parametrize("cookie", [COOKIE, f"{PROVIDER_COOKIES}_0"])
def test_a_browser_in_which_staff_signed_in_has_no_first_paint_which_could_stand_over_a_consent_form(
    store: DraftStore,  # noqa: ARG001 (an empty store)
    cookie: str,
) -> None:
    assert 'id="opening"' in page_for({})[0]
    assert 'id="opening"' not in page_for({cookie: "x"})[0]
    assert 'id="opening"' not in page_for({cookie: "x"}, "lang=es")[0]


def test_the_first_paint_offers_to_go_on_to_the_one_browser_and_keeps_that_for_nobody(store: DraftStore) -> None:
    token = begun(store)
    own = {device.secret_name(https=False): DEVICE, device.last_name(): token}
    others = ({}, {device.last_name(): token}, own | {device.secret_name(https=False): OTHER})

    page, told = page_for(own)
    assert 'data-for="come-back-start"' in page
    assert words.START_ON in page
    assert words.START_ANEW in page
    assert DEVICE not in page
    assert token not in page
    for cookies in others:
        page, told = page_for(cookies)
        assert 'data-for="begin-start"' in page
        assert "come-back-start" not in page
        assert told["cache-control"] == "private, no-store"
        assert "Cookie" in told["vary"]
    assert 'id="opening"' not in page_for(own, f"d={token}")[0]
