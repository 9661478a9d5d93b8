"""The installation stands below a path of its host, behind a proxy that passes the path on or takes it off."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import httpx
import pytest
from form_server import Server
from form_walk import PREGNANCY, Form
from playwright.sync_api import Page, expect
from staff import PASSWORD

from recommender.documents.problems import RecommenderError
from recommender.web import words
from recommender.web.clinic import words as clinic_words
from recommender.web.clinic.auth.access import COOKIE
from recommender.web.clinic.auth.routes import SIGN_IN
from recommender.web.clinic.pages import PAGES
from recommender.web.server import base_path

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
CONFIGURATION = """
pid {folder}/pid; error_log {folder}/error.log; daemon off; worker_processes 1;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;
  proxy_set_header Host $http_host;
  server {{ listen 127.0.0.1:{keeps}; location /form {{ proxy_pass http://127.0.0.1:{to}; }} }}
  server {{ listen 127.0.0.1:{strips}; location /form/ {{ proxy_pass http://127.0.0.1:{to}/; }} }}
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("below"), STREAMLIT_SERVER_BASE_URL_PATH="form")
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in server.said(), server.said()


@pytest.fixture(scope="module")
def proxies(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of the form behind nginx, by what that does with the path."""
    if NGINX is None:
        reason = "no nginx on this machine (apt-get install nginx-light)"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder, keeps, strips = tmp_path_factory.mktemp("nginx"), free_port(), free_port()
    file = folder / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=folder, keeps=keeps, strips=strips, to=server.port))
    proxy = subprocess.Popen([NGINX, "-p", folder, "-c", file, "-e", folder / "error.log"])
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", strips)).close()
            break
        except OSError:
            time.sleep(0.05)
    yield {"keeps": f"http://127.0.0.1:{keeps}/form", "strips": f"http://127.0.0.1:{strips}/form"}
    proxy.terminate()
    proxy.wait(timeout=20)


@pytest.mark.browser
@pytest.mark.filterwarnings("default")  # the driver's own warnings are not ours to mend
@pytest.mark.parametrize("does", ["keeps", "strips"])
def test_form_sign_in_and_clinic_are_whole_below_a_path(page: Page, server: Server, proxies: dict[str, str], does: str) -> None:
    server.session_of("nurse")
    form = Form(page, proxies[does], device=False)
    page.goto(proxies[does])
    form.quiet()
    assert page.url.rstrip("/") == proxies[does]
    form.press("Start now")
    form.at("How old are you?")
    page.get_by_label("Your age in years").fill("42")
    form.go_on()
    kept = [one for one in page.context.cookies() if one["name"].startswith("recommender_")]
    assert {(one["name"].rpartition("_")[2], one["path"]) for one in kept} == {("form", "/form")}
    page.goto(proxies[does])
    form.quiet()
    form.press(words.START_ON)
    form.at(PREGNANCY)
    form.press("Delete my answers")
    form.press(words.DELETE_SURE)
    expect(page.get_by_text("Your answers have been deleted.")).to_be_visible()
    assert page.url.startswith(f"{proxies[does]}/?")

    page.goto(f"{proxies[does]}/?step=records")
    page.get_by_role("link", name=clinic_words.SIGN_IN).click()
    page.locator("#name").fill("a.nurse")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button").click()
    form.quiet()
    assert page.url.startswith(f"{proxies[does]}/?step=")
    form.press(PAGES["records"].menu)
    form.at(clinic_words.RECORDS_TITLE)


@pytest.mark.slow
def test_who_signs_in_below_a_path_has_a_cookie_for_it_alone(server: Server) -> None:
    server.session_of("nurse")
    for base in ("/form", ""):
        answer = httpx.post(f"{server.address}{base}{SIGN_IN}", data={"name": "a.nurse", "password": PASSWORD})

        assert answer.headers["location"].startswith("/form/?step=")
        assert f"{COOKIE}=" in answer.headers["set-cookie"]
        assert "Path=/form;" in answer.headers["set-cookie"]


@pytest.mark.slow
@pytest.mark.parametrize("path", ["", "/", "/favicon.png", "/_stcore/health", SIGN_IN])
def test_what_is_open_is_open_below_the_path_and_without_it(server: Server, path: str) -> None:
    found = [httpx.get(f"{server.address}{base}{path}", follow_redirects=True).status_code for base in ("/form", "")]

    assert found == [200, 200]


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/form/_stcore/metrics", "/form/form/", "/former", "/form/form/_stcore/health", "/form//"])
def test_what_is_shut_is_shut_below_the_path_too(server: Server, path: str) -> None:
    assert httpx.get(f"{server.address}{path}").status_code == 404


@pytest.mark.slow
def test_the_link_to_the_first_account_has_the_path(server: Server) -> None:
    assert f":{server.port}/form/staff/first-start/" in server.said()


@pytest.mark.parametrize(
    ("given", "path"), [("", ""), ("/", ""), ("form", "/form"), ("/form/", "/form"), ("clinic/form", "/clinic/form")]
)
def test_a_path_is_written_with_or_without_its_slashes(monkeypatch: pytest.MonkeyPatch, given: str, path: str) -> None:
    monkeypatch.setattr(base_path, "get_option", lambda _: given)

    assert base_path.base_path() == path


@pytest.mark.parametrize("given", ["staff", "static/x", "a b", "a//b", "../x", "<x>", "form?x"])
def test_a_path_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setattr(base_path, "get_option", lambda _: given)

    with pytest.raises(RecommenderError, match=r"server\.baseUrlPath"):
        base_path.base_path()
