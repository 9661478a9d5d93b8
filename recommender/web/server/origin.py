"""The origin of a request: HTTPS or not, same site or cross-origin."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers

_HOST: Final = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?", re.ASCII)
_SECURE: Final = ("https", "wss")


def is_https(headers: Headers, scheme: str) -> bool:
    """Whether the visitor uses HTTPS, here or at a proxy; a forged header only loses its sender's cookie."""
    return scheme in _SECURE or headers.get("x-forwarded-proto", "") in _SECURE


def hosts(headers: Headers) -> frozenset[str]:
    """The hosts of this site as the browser may know it: the Host header, and the one that a proxy forwards.

    A page of another site cannot set either.
    """
    given = (headers.get("host", ""), headers.get("x-forwarded-host", "").partition(",")[0].strip())
    return frozenset(host.lower() for host in given if host)


def plain_hosts(headers: Headers) -> tuple[str, ...]:
    """Those that are safe to write into a header."""
    return tuple(sorted(filter(_HOST.fullmatch, hosts(headers))))


def is_cross_origin(headers: Headers, scheme: str) -> bool:
    """Whether a page of another origin sent this: another host or port, or HTTP where this site is reached by HTTPS.

    Browsers send Origin with every form and web socket; other programs need not.
    """
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        sent = urlsplit(origin)
    except ValueError:  # no address at all
        return True
    is_plain = is_https(headers, scheme) and sent.scheme != "https"
    return is_plain or sent.scheme not in ("http", "https") or sent.netloc.lower() not in hosts(headers)
