"""Staff at a real server: signing in, the first account, and which addresses answer at all."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import pytest
from form_server import CHECKOUT, Server
from staff import PASSWORD, QUICK, Visited, records_in, session_of, visited

from recommender.documents.staff import ROLES, StaffRole
from recommender.records.accounts.accounts import Accounts
from recommender.records.accounts.sign_ins import SignIns
from recommender.records.storage.record_store import RecordStore
from recommender.web.clinic.auth import words as said
from recommender.web.clinic.auth.access import COOKIE, first_page
from recommender.web.clinic.auth.routes import FIRST_START, SIGN_IN

pytestmark = pytest.mark.slow  # a real server; test_gate.py and test_walk.py press and open every page without one
HERE: Final = "https://form.example"
_places = count(1)


class Clinic(NamedTuple):
    """A server with an account of every role, a patient and a record."""

    server: Server
    record_store: RecordStore
    kept: Visited
    tokens: dict[StaffRole, str]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    folder = tmp_path_factory.mktemp("clinic")
    server = Server(folder)
    server.start()
    with records_in(folder) as record_store:
        tokens = {role: session_of(record_store, role) for role in ROLES}
        yield Clinic(server, record_store, visited(record_store), tokens)
    server.stop()


@pytest.fixture
def door(clinic: Clinic) -> Iterator[httpx.Client]:
    """Somebody at a place of their own, as a proxy on this machine tells of them."""
    place = {"x-forwarded-for": f"192.0.2.{next(_places)}"}
    with httpx.Client(base_url=clinic.server.address, headers=place, timeout=30) as client:
        yield client


def signs_in(door: httpx.Client, name: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
    return door.post(SIGN_IN, data={"name": name, "password": password}, headers=headers)


def account(clinic: Clinic, login: str) -> str:
    Accounts(clinic.record_store, QUICK).add(login, PASSWORD, role="nurse")
    return login


# signing in


@pytest.mark.parametrize("role", ROLES)
def test_whoever_signs_in_gets_a_cookie_that_no_script_reads_and_no_other_site_sends(
    door: httpx.Client, role: StaffRole
) -> None:
    answer = signs_in(door, f"a.{role}")

    name, _, rest = answer.headers["set-cookie"].partition("=")
    parts = {part.strip().lower() for part in rest.split(";")[1:]}
    assert (answer.status_code, answer.headers["location"]) == (303, f"/?step={first_page(role)}")
    assert name == COOKIE
    assert parts == {"httponly", "path=/", "samesite=strict"}
    assert answer.headers["cache-control"] == "no-store"


def test_by_https_the_cookie_is_for_https_alone(door: httpx.Client) -> None:
    answer = signs_in(door, "a.nurse", **{"x-forwarded-proto": "https"})

    assert "; secure" in answer.headers["set-cookie"].lower()


def test_each_sign_in_is_a_session_of_its_own(door: httpx.Client) -> None:
    cookies = {signs_in(door, "a.nurse").headers["set-cookie"] for _ in range(2)}

    assert len(cookies) == 2


def test_signing_in_anew_ends_the_session_that_the_browser_had(door: httpx.Client, clinic: Clinic) -> None:
    signs_in(door, "a.nurse")
    before = door.cookies[COOKIE]

    answer = signs_in(door, "a.lead", cookie=f"{COOKIE}={before}; _streamlit_user=x; _streamlit_user_1=y")

    assert SignIns(clinic.record_store, QUICK).who(before) is None
    forgotten = [cookie for cookie in answer.headers.get_list("set-cookie") if "Max-Age=0" in cookie]
    assert [cookie.partition("=")[0] for cookie in forgotten] == ["_streamlit_user", "_streamlit_user_1"]


def test_every_refusal_is_the_same_answer(door: httpx.Client, clinic: Clinic) -> None:
    waits, shut = account(clinic, "waits"), account(clinic, "shut.out")
    Accounts(clinic.record_store, QUICK).set_active(shut, active=False)
    for _ in range(5):
        signs_in(door, waits, "a wrong phrase!")

    answers = [
        signs_in(door, "a.lead", "a wrong phrase!"),
        signs_in(door, "nobody.has.this"),
        signs_in(door, ""),
        signs_in(door, waits),
        signs_in(door, shut),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert said.REFUSED in answers[0].text
    assert [answer.headers.get("set-cookie") for answer in answers] == [None] * 5


def test_one_place_has_thirty_attempts_and_another_place_is_not_held_up(door: httpx.Client, clinic: Clinic) -> None:
    refused = {signs_in(door, f"nobody{number}").status_code for number in range(30)}

    right = signs_in(door, "a.nurse")
    with httpx.Client(base_url=clinic.server.address, headers={"x-forwarded-for": "198.51.100.7"}) as elsewhere:
        other = signs_in(elsewhere, "a.nurse")
    assert refused == {401}
    assert right.status_code == 401
    assert other.status_code == 303


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "", "http://127.0.0.1", "file://", "http://[::1"])
def test_what_another_site_sends_is_refused_with_the_right_password_too(door: httpx.Client, origin: str) -> None:
    answer = signs_in(door, "a.nurse", origin=origin)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert said.ELSEWHERE in answer.text


@pytest.mark.parametrize("headers", [{"host": "form.example"}, {"x-forwarded-host": "form.example"}])
def test_what_this_site_sends_is_read_behind_a_proxy_too(door: httpx.Client, headers: dict[str, str]) -> None:
    answer = signs_in(door, "a.nurse", **headers, origin=HERE)

    assert answer.status_code == 303


def test_a_form_that_is_too_large_or_does_not_say_how_large_is_not_read(door: httpx.Client) -> None:
    large = signs_in(door, "a.nurse", "x" * 5000)
    silent = door.post(SIGN_IN, content=iter([b"name=a.nurse&password=x"]))

    assert (large.status_code, silent.status_code) == (403, 403)


def test_a_file_in_the_place_of_a_name_is_a_refusal(door: httpx.Client) -> None:
    answer = door.post(SIGN_IN, files={"name": ("a.nurse", b"x"), "password": (None, PASSWORD.encode())})

    assert answer.status_code in (400, 401)
    assert "set-cookie" not in answer.headers


def test_what_was_typed_is_never_sent_back(door: httpx.Client) -> None:
    answer = signs_in(door, "<script>alert(1)</script>", "quite a secret phrase")

    assert "<script>" not in answer.text
    assert "quite a secret" not in answer.text


def test_the_door_is_read_by_every_method_that_browsers_use(door: httpx.Client) -> None:
    assert [door.get(SIGN_IN).status_code, door.head(SIGN_IN).status_code, door.put(SIGN_IN).status_code] == [200, 200, 405]
    assert said.IDLE in door.get(f"{SIGN_IN}?why=idle").text
    assert "nonsense" not in door.get(f"{SIGN_IN}?why=nonsense").text


# the first account


def link_in(server: Server) -> list[str]:
    return re.findall(rf"{FIRST_START}/([\w-]+)", server.said())


def test_the_link_to_the_first_account_works_until_there_is_one_and_never_again(own_server: Server) -> None:
    (code,) = link_in(own_server)
    form = {"shown": "Admin A.", "password": PASSWORD, "again": PASSWORD}
    with httpx.Client(base_url=own_server.address, timeout=60) as door:
        wrong = door.get(f"{FIRST_START}/{'x' * 32}")
        seen = [door.get(path).text for path in ("/", SIGN_IN, "/_stcore/host-config")]
        refused = door.post(f"{FIRST_START}/{code}", data={**form, "name": "first", "again": "another phrase"})
        weak = door.post(f"{FIRST_START}/{code}", data={**form, "name": "first", "password": "short", "again": "short"})
        foreign = door.post(f"{FIRST_START}/{code}", data={**form, "name": "first"}, headers={"origin": "null"})
        opened = door.get(f"{FIRST_START}/{code}")

        def adds(name: str) -> int:
            return door.post(f"{FIRST_START}/{code}", data={**form, "name": name}).status_code

        with ThreadPoolExecutor(6) as pool:
            added = sorted(pool.map(adds, [f"admin{number}" for number in range(6)]))
        later = [door.get(f"{FIRST_START}/{code}").status_code, adds("later")]

    assert (wrong.status_code, opened.status_code, foreign.status_code) == (404, 200, 403)
    assert (refused.status_code, weak.status_code) == (422, 422)
    assert f"<a href='#again'>{said.DIFFERENT}</a>" in refused.text
    assert [name in refused.text for name in ("value='Admin A.'", "value='first'", PASSWORD)] == [True, True, False]
    assert "aria-describedby='again-error' aria-invalid='true'" in refused.text
    assert "aria-describedby='password-error password-hint' aria-invalid='true'" in weak.text
    assert "take at least 12" in weak.text
    assert all(code not in text for text in [*seen, wrong.text, refused.text, opened.text])
    assert added == [303, 404, 404, 404, 404, 404]
    assert later == [404, 404]

    own_server.stop()
    own_server.start()
    assert link_in(own_server) == [code]  # none was printed by the second start


# records that cannot be opened


def test_without_the_key_the_form_is_open_and_the_door_says_so(tmp_path: Path) -> None:
    server = Server(tmp_path)
    with records_in(tmp_path) as record_store:
        name = visited(record_store).name
    server.start()
    try:
        with httpx.Client(base_url=server.address, timeout=60) as door:
            form, opened, tried = door.get("/"), door.get(SIGN_IN), signs_in(door, "a.nurse")
            first = door.get(f"{FIRST_START}/x")
    finally:
        server.stop()

    assert form.status_code == 200
    assert [answer.status_code for answer in (opened, tried, first)] == [503, 503, 404]
    assert all(said.SHUT_LEAD in answer.text for answer in (opened, tried))
    assert "records.keys" not in opened.text + tried.text
    assert "records.keys" in server.said()
    assert name not in server.said()


# which addresses answer

#: every route of the application → an address of it, and whether anything is answered there
ROUTES: Final = {
    "/staff/sign-in": (SIGN_IN, True),
    "/staff/first-start/{code}": (f"{FIRST_START}/x", True),
    "/_stcore/health": ("/_stcore/health", True),
    "/_stcore/host-config": ("/_stcore/host-config", True),
    "/_stcore/bidi-components/{path:path}": ("/_stcore/bidi-components/x/y.js", True),
    "/_stcore/stream": ("/_stcore/stream", True),
    "": ("/", True),  # the page itself and what it is made of
    "/_stcore/metrics": ("/_stcore/metrics", False),
    "/media/{file_id:path}": ("/media/x.pdf", False),
    "/_stcore/upload_file/{session_id}/{file_id}": ("/_stcore/upload_file/x/y", False),
    "/component/{path:path}": ("/component/x/index.html", False),
    "/auth/login": ("/auth/login", False),
    "/auth/logout": ("/auth/logout", False),
    "/oauth2callback": ("/oauth2callback", False),
    "/_stcore/agent/interact": ("/_stcore/agent/interact", False),
    "/_stcore/agent/openapi.json": ("/_stcore/agent/openapi.json", False),
    "/_stcore/agent/mcp": ("/_stcore/agent/mcp", False),
}
CLOSED: Final = (
    *(address for address, is_open in ROUTES.values() if not is_open),
    "/records",
    "/api/records",
    "/staff",
    "/staff/",
    "/staff/accounts",
    "/staff/sign-in/",
    "/staff/sign-out",
    "/app/static/records.sqlite",
    "/var/records.sqlite",
    "/_stcore/",
    "/_stcore/script-health-check",
    "/_stcore/health/../metrics",
    "/_stcore/bidi-components/../metrics",
    "//_stcore/metrics",
    "/%5fstcore/metrics",
)
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


def routes_of_the_application() -> set[tuple[str, str]]:
    """Every route of the application, as (kind, path)."""
    asked = (
        "import json; from recommender.web.application import app; "
        "print(json.dumps([[type(r).__name__, r.path] for r in app._build_starlette_app().routes]))"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=CHECKOUT, capture_output=True, text=True, check=True, timeout=120)
    return {(kind, path) for kind, path in json.loads(done.stdout.splitlines()[-1])}


def status_of(
    clinic: Clinic, method: str, path: str, *, token: str = "", upgrade: bool = False, told: Sequence[str] = ()
) -> tuple[int, str]:
    """The status and the first part of the body of a raw request: no client makes its path tidy."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 0", *told]
    lines += [f"Cookie: {COOKIE}={token}"] if token else []
    if upgrade:
        key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
        lines += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", key]
        lines += ["Sec-WebSocket-Protocol: streamlit"]
    else:
        lines += ["Connection: close"]
    with socket.create_connection(("127.0.0.1", clinic.server.port), timeout=20) as wire:
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        answer = wire.recv(65536)
        while not upgrade and (more := wire.recv(65536)):
            answer += more
    head, _, body = answer.decode(errors="replace").partition("\r\n\r\n")
    return int(head.split()[1]), body


def test_every_route_of_the_application_is_known_here_as_open_or_closed() -> None:
    found = routes_of_the_application()

    assert {path for _, path in found} == set(ROUTES)
    assert {path for kind, path in found if kind == "WebSocketRoute"} == {"/_stcore/stream"}


@pytest.mark.parametrize("role", [None, *ROLES])
def test_an_address_that_is_not_open_answers_nothing_to_anybody(clinic: Clinic, role: StaffRole | None) -> None:
    token = clinic.tokens[role] if role else ""

    answers = {(method, path): status_of(clinic, method, path, token=token)[0] for path in CLOSED for method in METHODS}
    sockets = {path: status_of(clinic, "GET", path, token=token, upgrade=True)[0] for path in CLOSED}

    assert {asked: status for asked, status in answers.items() if status not in (404, 400)} == {}
    assert {path: status for path, status in sockets.items() if status != 403} == {}


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (["Origin: http://127.0.0.1"], 101),
        (["Origin: https://form.example", "X-Forwarded-Host: form.example", "X-Forwarded-Proto: https"], 101),
        (["Origin: http://127.0.0.1:3000"], 403),
        (["Origin: http://localhost"], 403),
        (["Origin: http://[::1"], 403),
    ],
)
def test_no_page_of_another_port_or_site_opens_the_socket_of_somebody_who_is_signed_in(
    clinic: Clinic, told: list[str], status: int
) -> None:
    answered, _ = status_of(clinic, "GET", "/_stcore/stream", token=clinic.tokens["nurse"], upgrade=True, told=told)

    assert answered == status


@pytest.mark.parametrize("role", [None, *ROLES])
def test_an_open_address_answers_and_says_nothing_of_a_record(clinic: Clinic, role: StaffRole | None) -> None:
    token = clinic.tokens[role] if role else ""
    ids = f"?step=record&record={clinic.kept.record}&patient={clinic.kept.patient}"

    answers = {path: status_of(clinic, "GET", path + ids, token=token) for path, is_open in ROUTES.values() if is_open}

    stream = status_of(clinic, "GET", "/_stcore/stream" + ids, token=token, upgrade=True)[0]
    assert stream == 101
    assert {path: status for path, (status, _) in answers.items()} == {
        SIGN_IN: 200,
        f"{FIRST_START}/x": 404,
        "/_stcore/health": 200,
        "/_stcore/host-config": 200,
        "/_stcore/bidi-components/x/y.js": 404,
        "/_stcore/stream": 404,  # asked without a socket
        "/": 200,
    }
    assert said.FIRST_OVER_LEAD in answers[f"{FIRST_START}/x"][1]
    assert all(clinic.kept.name not in body for _, body in answers.values())
