"""Streamlit's scripts, styles and icon font compressed, and its page with early links to what a first visit needs."""

from __future__ import annotations

import gzip
import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from recommender.knowledge.rulebase import RuleBase
from recommender.languages import speaking
from recommender.records.errors import RecordsError
from recommender.web import first_paint, words
from recommender.web.clinic.auth.access import COOKIE
from recommender.web.page_head import ICON, STYLE, TRANSLATED
from recommender.web.patient.start_page import start_title
from recommender.web.server.origin import is_https
from recommender.web.state import device, installation, languages
from recommender.web.state.device import LeftOff
from recommender.web.streamlit_port import undocumented
from recommender.web.streamlit_port.icon_font import small_symbols
from recommender.web.streamlit_port.undocumented import (
    ASKED_FIRST,
    PROVIDER_COOKIES,
    ROOT,
    SHOWN_FIRST,
    SHOWN_LATER,
    STATIC,
    SYMBOLS,
)
from recommender.web.ui import fields

_TYPES: Final = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_FOR_EVER: Final = "public, max-age=31536000, immutable"  # the names hold a hash of the content
_FOR_A_DAY: Final = "public, max-age=86400"  # its symbols depend on our pages too
_QUICK: Final = 4  # what one visitor alone gets is not kept
_QUALITY: Final = 10  # 11 makes it 2 % smaller and takes more than twice as long
_PAGE: Final = "/"
_IMPORT: Final = re.compile(r"(?:from|import)\s*[\"'`]\./([^\"'`]+\.js)[\"'`]")
_NAMED: Final = re.compile(r'(?:src|href)="\./(static/(?:js|css)/[^"]+)"')
_TITLE: Final = re.compile(r"<title>.*?</title>")
_ICON: Final = re.compile(r'<link rel="shortcut icon"[^>]*>')
_NO_SCRIPT: Final = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_FETCHED: Final = re.compile(
    r"""<link rel="(?:stylesheet|modulepreload|preload|prefetch)"[^>]*>|<script [^>]*src=[^>]*></script>"""
)
_FONT_FIRST: Final = re.compile(r'<link\s+rel="preload"[^>]*as="font"[^>]*/>\s*')
_small: Final[dict[str, bytes]] = {}


class CompressedBundle:
    """Serves Streamlit's page, scripts, styles and icon font from memory, each compressed once."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where the file is one of the bundle, else pass the request on."""
        response = None
        if scope["type"] == "http" and scope["method"] == "GET":
            response = _answer(scope, await run_in_threadpool(_left_off, scope) if scope["path"] == _PAGE else None)
        await (response or self._app)(scope, receive, send)


def prepare_in_background() -> None:
    """Compress with brotli and shrink the icon font in a thread while the server already answers; until then gzip is used."""
    threading.Thread(target=_prepare, name="bundle", daemon=True).start()


def _prepare() -> None:
    for path in sorted({*_named_by_page(), *_parts((*SHOWN_FIRST, *SHOWN_LATER))}):
        _small[f"/{path}"] = brotli.compress((STATIC / path).read_bytes(), quality=_QUALITY)
    symbols = _symbols()
    if symbols is not None:
        _small[symbols] = small_symbols(STATIC / symbols.lstrip("/"), scripts=(STATIC / "static" / "js").glob("*.js"))


def _left_off(scope: Scope) -> LeftOff | None:
    """The answers that the visitor can go on with; none where they cannot be read now, which the page itself says."""
    try:
        return device.left_off_by(HTTPConnection(scope).cookies, https=is_https(Headers(scope=scope), scope.get("scheme", "")))
    except RecordsError:
        return None


def _answer(scope: Scope, left_off: LeftOff | None) -> Response | None:
    path, accepted = scope["path"], Headers(scope=scope).get("accept-encoding", "")
    takes = {name.split(";")[0].strip() for name in accepted.split(",")}
    if path == _PAGE:
        return _page_answer(scope, left_off, small="gzip" in takes)
    if path == _symbols() and path in _small:
        return Response(_small[path], media_type="font/woff2", headers={"Cache-Control": _FOR_A_DAY})
    if path not in _files() or Path(path).suffix not in _TYPES:
        return None
    if "br" in takes and path in _small:
        return _compressed(path, "br", _small[path])
    return _compressed(path, "gzip", _gzipped(path)) if "gzip" in takes else None


def _page_answer(scope: Scope, left_off: LeftOff | None, *, small: bool) -> Response:
    """The page, with the first paint where the address names at most a language and nobody of the staff has signed in here: a
    provider's visitors are sent on to a page of the clinic, and whoever holds a consent form sees that alone.
    """
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
    language = languages.chosen(asked.get(languages.LANGUAGE, ""), Headers(scope=scope).get("accept-language", ""))
    is_staffs = any(name.startswith((COOKIE, PROVIDER_COOKIES)) for name in HTTPConnection(scope).cookies)
    opens = asked.keys() <= {languages.LANGUAGE} and not is_staffs
    rules = installation.rules() if opens else None
    if rules is not None and left_off is not None:
        own = first_paint.with_left_off(_page(rules, language), left_off, language).encode()
        whole = gzip.compress(own, _QUICK, mtime=0) if small else own
    else:
        whole = _gzipped_page(rules, language) if small else _page(rules, language).encode()
    told = {"Cache-Control": "private, no-store", "Vary": "Accept-Encoding, Accept-Language, Cookie"}  # it sets a cookie
    return Response(whole, media_type="text/html", headers=told | ({"Content-Encoding": "gzip"} if small else {}))


@lru_cache(maxsize=16)
def _page(rules: RuleBase | None, language: str) -> str:
    return page(rules, language)


@lru_cache(maxsize=16)
def _gzipped_page(rules: RuleBase | None, language: str) -> bytes:
    return gzip.compress(_page(rules, language).encode(), 9, mtime=0)


def _compressed(path: str, encoding: str, content: bytes) -> Response:
    told = {"Content-Encoding": encoding, "Content-Type": _TYPES[Path(path).suffix]}
    return Response(content, headers={**told, "Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"})


def page(rules: RuleBase | None, language: str) -> str:
    """Streamlit's page, with links to scripts that it would otherwise discover one after the other.

    Our styles are in its body, after those that its scripts add to the head, so that no rerun has to send them. With rules,
    the first paint is shown first, and its script then loads everything else.
    """
    named = set(_named_by_page())
    first = [path for path in _parts(SHOWN_FIRST) if path not in named]
    later = [path for path in _parts(SHOWN_LATER) if path not in (*named, *first)]
    links = [f'<link rel="modulepreload" crossorigin href="./{path}">' for path in first]
    links += [f'<link rel="preload" as="fetch" crossorigin href="./{path}">' for path in ASKED_FIRST]
    links += [f'<link rel="prefetch" as="script" crossorigin href="./{path}">' for path in later]
    whole = _FONT_FIRST.sub("", undocumented.page(), count=1)
    with speaking(language):
        title, said = words.PRODUCT, fields.note_html(words.NEEDS_SCRIPT, kind="failed")
        if rules is not None:
            title = fields.tab_title(start_title(rules.in_language(language).voice("patient", rules.jurisdiction).reference))
    whole = _TITLE.sub(f"<title>{escape(title)}</title>", whole, count=1)
    whole = _ICON.sub(f'<link rel="icon" href="{ICON}">', whole, count=1)
    whole = _NO_SCRIPT.sub("" if rules else f"<noscript>{said}</noscript>", whole, count=1)
    whole = whole.replace('<html lang="en">', f'<html lang="{languages.lang_attribute(language)}">', 1)
    whole = whole.replace("</head>", f"<script>{TRANSLATED}</script>{''.join(links)}</head>", 1)
    if rules is None:
        return whole.replace(ROOT, f"{STYLE}{ROOT}", 1)
    late = "".join(
        (*(f'<link rel="modulepreload" crossorigin href="./{path}">' for path in _run_first()), *_FETCHED.findall(whole))
    )
    shown = f"{STYLE}{first_paint.first_paint_html(rules, language, asks_country=installation.own_country() is None)}{ROOT}"
    after = f'<template id="late">{late}</template><script>{first_paint.SCRIPT}</script>'
    return _FETCHED.sub("", whole).replace(ROOT, shown + after, 1)


def _named_by_page() -> Iterator[str]:
    return iter(_NAMED.findall(undocumented.page()))


def _run_first() -> Iterator[str]:
    """The entry script."""
    return (path for path in _named_by_page() if f'src="./{path}"' in undocumented.page())


def _parts(names: Iterable[str]) -> tuple[str, ...]:
    """The files of some parts of the bundle, with everything that each needs, in the order in which it asks for it."""
    folder = STATIC / "static" / "js"
    waiting = [file.name for name in names for file in folder.glob(f"{name}.*.js")]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(f"static/js/{name}" for name in found)


def is_part(path: str) -> bool:
    """Whether a path is a file of the bundle."""
    return path in _files()


@cache
def _files() -> frozenset[str]:
    return frozenset(f"/static/{file.relative_to(STATIC / 'static').as_posix()}" for file in (STATIC / "static").rglob("*.*"))


@cache
def _symbols() -> str | None:
    return next((path for path in sorted(_files()) if SYMBOLS in path), None)


@cache
def _gzipped(path: str) -> bytes:
    return gzip.compress((STATIC / path.lstrip("/")).read_bytes(), 6, mtime=0)
