"""The browser that somebody uses: a secret in a cookie, without which no draft opens, and the draft that it had open last.

The address of a draft opens nothing without the secret, which scripts cannot read and no page holds; the secret alone finds no
draft, for a draft is known by both together. So neither a copied address nor a cookie that somebody else has set opens
what another person answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import streamlit as st
from streamlit import get_option

from recommender.web.server.base_path import base_path
from recommender.web.state.draft_store import KEPT_FOR_HOURS, DraftStore, is_token, new_token
from recommender.web.state.installation import draft_store, is_shared

#: seconds: a draft is kept for half of it after its last change, which may be as long after the cookie was sent
LASTS: Final = 2 * KEPT_FOR_HOURS * 3600
_DEVICE: Final = "recommender_device"
_LAST: Final = "recommender_draft"
_HELD: Final = "device-secret"
_OPENED: Final = "draft-last"


class LeftOff(NamedTuple):
    """A draft that this browser can go on with, and when it was last changed."""

    token: str
    changed: float


def secret_name(*, https: bool) -> str:
    """The name of the cookie of the secret. By HTTPS no other host, and no page without HTTPS, can set one of this name."""
    own = _own(_DEVICE)
    return own if not https else f"__Secure-{own}" if base_path() else f"__Host-{own}"


def last_name() -> str:
    """The name of the cookie of the draft that was open last."""
    return _own(_LAST)


def _own(name: str) -> str:
    """Cookies belong to a host: each port and path of one has its own."""
    return f"{name}_{get_option('server.port')}{base_path().replace('/', '_')}"


def told(cookies: Mapping[str, str], *, https: bool) -> str:
    """The secret among a browser's cookies; empty where there is none, or nothing that could be one."""
    given = cookies.get(secret_name(https=https), "")
    return given if is_token(given) else ""


def _cookies() -> Mapping[str, str]:
    return st.context.cookies


def _told_here() -> str:
    return told(_cookies(), https=True) or told(_cookies(), https=False)


def secret() -> str:
    """The secret of this session's browser; where that keeps no cookies, one that lasts as long as the page is open."""
    if not st.session_state.get(_HELD):
        st.session_state[_HELD] = _told_here() or new_token()
    return str(st.session_state[_HELD])


def is_known() -> bool:
    """Whether the browser can open again later what is answered now."""
    return secret() == _told_here()


def own_drafts() -> DraftStore:
    """The drafts of this session's browser."""
    return draft_store().of(secret())


def left_off(opened: str) -> LeftOff | None:
    """The draft that is open, else the one that this session's browser had open last, if there still is one."""
    if opened:
        st.session_state[_OPENED] = opened
        return _left_off(own_drafts(), opened)
    return _last(own_drafts(), str(st.session_state.get(_OPENED) or _cookies().get(last_name(), "")))


def left_off_by(cookies: Mapping[str, str], *, https: bool) -> LeftOff | None:
    """The one that a browser with these cookies had open last."""
    device = told(cookies, https=https)
    return _last(draft_store().of(device), cookies.get(last_name(), "")) if device else None


def _last(drafts: DraftStore, token: str) -> LeftOff | None:
    """Nobody is told on a shared device that somebody was there before."""
    return None if is_shared() else _left_off(drafts, token)


def _left_off(drafts: DraftStore, token: str) -> LeftOff | None:
    changed = drafts.changed(token) if is_token(token) else None
    return None if changed is None else LeftOff(token, changed)


def remembers(token: str) -> Mapping[str, str] | None:
    """The cookie by which this browser finds a draft again without its address: its name, what it holds, path and seconds.

    Without a token it is taken back. None where nothing is to be found again.
    """
    if token and (is_shared() or not is_known()):
        return None
    return {"name": last_name(), "token": token, "path": base_path() or "/", "lasts": str(LASTS if token else 0)}
