"""Where a request comes from: by HTTPS or not, and from a page of this site or of another."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers

_HOST: Final = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?", re.ASCII)
_SECURE: Final = ("https", "wss")


def is_https(headers: Headers, scheme: str) -> bool:
    """Whether a visitor came by HTTPS, here or at a proxy; somebody who pretends it only loses their own cookie."""
    return scheme in _SECURE or headers.get("x-forwarded-proto", "") in _SECURE


def hosts(headers: Headers) -> frozenset[str]:
    """The names by which the visitor's browser may know this site: as it sent it, and as a proxy says that it did.

    No page of another site can make a browser send either.
    """
    given = (headers.get("host", ""), headers.get("x-forwarded-host", "").partition(",")[0].strip())
    return frozenset(host.lower() for host in given if host)


def plain_hosts(headers: Headers) -> tuple[str, ...]:
    """Those of them that can be written into a header."""
    return tuple(sorted(filter(_HOST.fullmatch, hosts(headers))))


def is_cross_origin(headers: Headers, scheme: str) -> bool:
    """Whether a page of another site sent this, be it on another port or without the HTTPS by which this one is reached.

    A browser says with every form and every socket whose page it was; programs that are no browser need not.
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
