"""What we use of Streamlit that it does not document, and the check at the start that all of it is still there.

The rest of this package uses it; our styles and scripts name elements of its pages by ``data-testid``, which
``tests/web/test_undocumented.py`` checks.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Final

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
#: what we change in the page
_ICON: Final = '<link rel="shortcut icon"'
_IN_PAGE: Final = (ROOT, "<title>", _ICON, "<noscript>", '<html lang="en">', "</head>", 'src="./static/js/')


class StreamlitChanged(RecommenderError):  # noqa: N818 (read as a sentence)
    """The installed Streamlit lacks something that we use and it does not document."""

    heading = f"Streamlit {streamlit.__version__} cannot be used: install the release that requirements.txt names"


def check() -> None:
    """Raise StreamlitChanged that names everything that is missing or has changed."""
    problems = [*_functions(), *_page(), *_files()]
    if problems:
        raise StreamlitChanged(problems)


def page() -> str:
    """Its page as it is installed."""
    return (STATIC / "index.html").read_text(encoding="utf-8")


def _functions() -> Iterator[Problem]:
    for (module, name), parameters in _REPLACED.items():
        try:
            function = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError):
            yield Problem(f"{module}.{name}", "is not there any more")
            continue
        found = tuple(inspect.signature(function).parameters)
        if found != parameters:
            yield Problem(f"{module}.{name}", f"takes ({', '.join(found)}) and no longer ({', '.join(parameters)})")


def _page() -> Iterator[Problem]:
    try:
        installed = page()
    except OSError:
        yield Problem("static/index.html", "is not there any more")
        return
    yield from (Problem("static/index.html", f"no longer has {part}") for part in _IN_PAGE if part not in installed)


def _files() -> Iterator[Problem]:
    wanted = {f"static/js/{name}.*.js" for name in (*SHOWN_FIRST, *SHOWN_LATER)} | {f"static/media/{SYMBOLS}*"}
    yield from (
        Problem(pattern, "is not among its files any more") for pattern in sorted(wanted) if not any(STATIC.glob(pattern))
    )
