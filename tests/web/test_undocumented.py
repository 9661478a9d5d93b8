"""What we use of Streamlit and it does not document: all there in the installed release, and named where it is not."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from streamlit.runtime import app_session
from streamlit.web.server import server_util
from streamlit.web.server.starlette import starlette_server, starlette_websocket

from recommender.web import application
from recommender.web.streamlit_port import undocumented
from recommender.web.streamlit_port.undocumented import StreamlitChanged, check


def test_the_installed_streamlit_has_everything() -> None:
    check()


@pytest.mark.parametrize(("module", "name"), [(app_session, "_populate_theme_msg"), (starlette_server, "_bind_socket")])
def test_a_function_that_is_gone_is_named(module: ModuleType, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(module, name)

    with pytest.raises(StreamlitChanged, match=rf"(?s)install the release.+{module.__name__}\.{name}: is not there any more"):
        check()


def test_a_function_that_takes_something_else_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starlette_server, "_bind_socket", lambda address, port: (address, port))

    with pytest.raises(
        StreamlitChanged, match=r"_bind_socket: takes \(address, port\) and no longer \(address, port, backlog\)"
    ):
        check()


def test_what_the_page_and_the_files_lack_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undocumented, "STATIC", tmp_path)
    monkeypatch.setattr(undocumented, "named_by_us", set)
    (tmp_path / "index.html").write_text("<title></title></head>")

    with pytest.raises(StreamlitChanged) as refused:
        check()

    assert [problem.where for problem in refused.value.problems] == [
        *["static/index.html"] * 5,
        *(
            f"static/js/{name}.*.js"
            for name in sorted(("Html", "Button", "BidiComponent", "TextInput", "Radio", "Checkbox", "TextArea"))
        ),
        "static/media/MaterialSymbols-*",
    ]


def test_the_application_does_not_start_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(app_session, "_populate_theme_msg")

    with pytest.raises(StreamlitChanged):
        application._prepare()


def test_every_name_that_our_styles_and_scripts_have_of_its_pages_is_looked_for() -> None:
    named = undocumented.named_by_us()

    assert {"stMain", "stButton", "data-test-connection-state", "data-test-script-state", "st-key-", "primaryColor"} <= named
    assert len(named) > 50


def test_a_name_that_no_script_of_it_has_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.css").write_text('[data-testid="stGone"], .stButton, .stLost { color: var(--st-primary-color) }')
    (tmp_path / "a" / "a.test.js").write_text('".stTested"')
    monkeypatch.setattr(undocumented, "_OURS", tmp_path)

    with pytest.raises(StreamlitChanged) as refused:
        check()

    assert [problem.where for problem in refused.value.problems] == ["stGone", "stLost"]


def test_an_address_and_a_cookie_that_are_called_otherwise_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starlette_websocket, "_ROUTE_WEBSOCKET_STREAM", "_stcore/line")
    monkeypatch.delattr(server_util, "AUTH_COOKIE_NAME")

    with pytest.raises(StreamlitChanged) as refused:
        check()

    assert [(problem.where.rpartition(".")[2], problem.message) for problem in refused.value.problems] == [
        ("_ROUTE_WEBSOCKET_STREAM", "is '_stcore/line' and no longer '_stcore/stream'"),
        ("AUTH_COOKIE_NAME", "is not there any more"),
    ]
