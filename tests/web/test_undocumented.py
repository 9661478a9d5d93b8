"""What we use of Streamlit and it does not document: all there in the installed release, and named where it is not."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.runtime import app_session
from streamlit.web.server.starlette import starlette_server

from recommender.web import application
from recommender.web.streamlit_port import undocumented
from recommender.web.streamlit_port.undocumented import STATIC, StreamlitChanged, check

WEB = Path(application.__file__).parent


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


def test_every_element_that_our_styles_and_scripts_name_is_one_of_its_pages() -> None:
    ours = "".join(file.read_text(encoding="utf-8") for file in sorted(WEB.rglob("*")) if file.suffix in {".css", ".js"})
    theirs = "".join(file.read_text(encoding="utf-8") for file in (STATIC / "static" / "js").glob("*.js"))

    named = set(re.findall(r'data-testid[\^*$]?=\\?"([^"]+)"', ours))

    assert len(named) > 20
    assert {name for name in named if name not in theirs} == set()
