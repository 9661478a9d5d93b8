"""What we use of Streamlit that it does not document, and the check at the start that all of it is still there.

The rest of this package uses it, and our styles and scripts name elements of its pages.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import streamlit

from recommender.documents.problems import Problem, RecommenderError

STATIC: Final = Path(streamlit.__file__).parent / "static"
#: the address of the web socket
SOCKET: Final = "/_stcore/stream"
#: what the page asks for before it opens the socket
ASKED_FIRST: Final = ("_stcore/health", "_stcore/host-config")
#: where it has the scripts of components of our own
COMPONENTS: Final = "/_stcore/bidi-components/"
#: the addresses at which it answers for a provider of sign-ins
PROVIDER_ADDRESSES: Final = frozenset({"/auth/login", "/auth/logout", "/oauth2callback"})
#: the cookies that it keeps of a provider's sign-in begin so
PROVIDER_COOKIES: Final = "_streamlit_user"
#: the element into which the scripts draw the page
ROOT: Final = '<div id="root"></div>'
#: the parts of the bundle that are fetched when something of theirs is first shown: on the way to the first question, and after
SHOWN_FIRST: Final = ("Html", "Button", "BidiComponent", "TextInput")
SHOWN_LATER: Final = ("Radio", "Checkbox", "TextArea")
#: the font of symbols has a name with this in it
SYMBOLS: Final = "MaterialSymbols-"

#: module and function that we replace → its parameters
_REPLACED: Final = {
    ("streamlit.runtime.app_session", "_populate_theme_msg"): ("msg", "section"),
    ("streamlit.web.server.starlette.starlette_server", "_bind_socket"): ("address", "port", "backlog"),
}
_SERVER: Final = "streamlit.web.server"
#: module and constant → what we take it to be
_CONSTANTS: Final = {
    (f"{_SERVER}.starlette.starlette_websocket", "_ROUTE_WEBSOCKET_STREAM"): SOCKET.lstrip("/"),
    (f"{_SERVER}.starlette.starlette_routes", "ROUTE_HEALTH"): ASKED_FIRST[0],
    (f"{_SERVER}.starlette.starlette_routes", "ROUTE_HOST_CONFIG"): ASKED_FIRST[1],
    (f"{_SERVER}.starlette.starlette_routes", "_ROUTE_COMPONENTS_V2"): f"{COMPONENTS.lstrip('/')}{{path:path}}",
    (f"{_SERVER}.starlette.starlette_auth_routes", "_ROUTE_AUTH_LOGIN"): "auth/login",
    (f"{_SERVER}.starlette.starlette_auth_routes", "_ROUTE_AUTH_LOGOUT"): "auth/logout",
    (f"{_SERVER}.starlette.starlette_auth_routes", "_ROUTE_OAUTH_CALLBACK"): "oauth2callback",
    (f"{_SERVER}.server_util", "AUTH_COOKIE_NAME"): PROVIDER_COOKIES,
}
_GONE: Final = "is not there any more"
_OURS: Final = Path(__file__).parents[1]
#: what our styles and scripts name of its pages: elements, their classes, and what they say of the connection and the run
_NAMED: Final = re.compile(r"""data-testid[\^*$]?=\\?"([^"]+)"|\.(st[A-Z]\w+)|(data-test-[a-z-]+)|\b(st-key-)""")
#: colours and fonts of the theme
_THEME: Final = re.compile(r"--st-([a-z-]+)")
#: what we change in the page
_ICON: Final = '<link rel="shortcut icon"'
_IN_PAGE: Final = (ROOT, "<title>", _ICON, "<noscript>", '<html lang="en">', "</head>", 'src="./static/js/')


class StreamlitChanged(RecommenderError):  # noqa: N818 (read as a sentence)
    """The installed Streamlit lacks something that we use and it does not document."""

    heading = f"Streamlit {streamlit.__version__} cannot be used: install the release that requirements.txt names"


def check() -> None:
    """Raise StreamlitChanged that names everything that is missing or has changed."""
    problems = [*_functions(), *_constants(), *_page(), *_files(), *_names()]
    if problems:
        raise StreamlitChanged(problems)


def page() -> str:
    """Its page as it is installed."""
    return (STATIC / "index.html").read_text(encoding="utf-8")


def _functions() -> Iterator[Problem]:
    for (module, name), parameters in _REPLACED.items():
        function = _attribute(module, name)
        found = tuple(inspect.signature(function).parameters) if function else ()
        if function is None:
            yield Problem(f"{module}.{name}", _GONE)
        elif found != parameters:
            yield Problem(f"{module}.{name}", f"takes ({', '.join(found)}) and no longer ({', '.join(parameters)})")


def _constants() -> Iterator[Problem]:
    for (module, name), value in _CONSTANTS.items():
        found = _attribute(module, name)
        if found != value:
            yield Problem(f"{module}.{name}", _GONE if found is None else f"is {found!r} and no longer {value!r}")


def _attribute(module: str, name: str) -> Any:
    try:
        return getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None


def _page() -> Iterator[Problem]:
    try:
        installed = page()
    except OSError:
        yield Problem("static/index.html", _GONE)
        return
    yield from (Problem("static/index.html", f"no longer has {part}") for part in _IN_PAGE if part not in installed)


def _files() -> Iterator[Problem]:
    wanted = {f"static/js/{name}.*.js" for name in (*SHOWN_FIRST, *SHOWN_LATER)} | {f"static/media/{SYMBOLS}*"}
    yield from (
        Problem(pattern, "is not among its files any more") for pattern in sorted(wanted) if not any(STATIC.glob(pattern))
    )


def _names() -> Iterator[Problem]:
    """What our styles and scripts name and none of its scripts has; they are read one by one, for they are large."""
    missing = named_by_us()
    for file in (STATIC / "static" / "js").glob("*.js"):
        if not missing:
            return
        script = file.read_text(encoding="utf-8")
        missing = {name for name in missing if name not in script}
    yield from (Problem(name, "is named by none of its scripts any more") for name in sorted(missing))


def named_by_us() -> set[str]:
    """Every name in our styles and scripts that its scripts must have."""
    ours = "".join(
        file.read_text(encoding="utf-8")
        for file in _OURS.rglob("*")
        if file.suffix == ".css" or (file.suffix == ".js" and not file.name.endswith(("testing.js", ".test.js")))
    )
    elements = {name for groups in _NAMED.findall(ours) for name in groups if name}
    return elements | {_in_theme(name) for name in _THEME.findall(ours)}


def _in_theme(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(map(str.title, others))
