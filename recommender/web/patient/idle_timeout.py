"""The idle timeout: when a page that nobody uses goes back to the start, and what is said there.

``RECOMMENDER_IDLE_MINUTES`` (30; 0 is never) is how long a page with answers may lie unused. With
``RECOMMENDER_SHARED_DEVICE=1`` the devices are the clinic's: the answers are deleted then, and a device that wakes too late
does not ask first.
"""

from __future__ import annotations

import os
from typing import Final

from recommender.documents.problems import Problem
from recommender.records.errors import RecordsError
from recommender.web.components.page_effects import Leave
from recommender.web.patient import leaving_words as said
from recommender.web.server.base_path import base_path
from recommender.web.state.address import ADDRESS, STEP
from recommender.web.state.installation import is_shared
from recommender.web.state.languages import link_suffix
from recommender.web.state.session import FINISHED, LEFT, Visit

IDLE_VARIABLE: Final = "RECOMMENDER_IDLE_MINUTES"
IDLE_MINUTES: Final = 30
_MOST_MINUTES: Final = 24 * 60  # by then the answers are gone
_WARNING: Final = 120.0  # seconds


def idle_minutes() -> int:
    """The idle time in minutes; 0 is no limit. Raises RecordsError where the setting is no number of minutes."""
    given = os.environ.get(IDLE_VARIABLE) or str(IDLE_MINUTES)
    if not (given.isascii() and given.isdigit() and int(given) <= _MOST_MINUTES):
        raise RecordsError([Problem(IDLE_VARIABLE, f"is {given[:20]!r}: name minutes", ("0", f"to {_MOST_MINUTES}"))])
    return int(given)


def leave_form(visit: Visit) -> Leave | None:
    """The idle timeout of a page of the form; None without answers or without a limit."""
    after = idle_minutes() * 60.0
    if not after or not visit.has_begun:
        return None
    shared = is_shared()
    to = f"{base_path()}/?" + (f"{ADDRESS}={visit.token}&{STEP}={LEFT}" if shared else f"{STEP}={LEFT}{link_suffix()}")
    return leave_after(after, to, said.SOON_SHARED if shared else said.SOON, at_once=shared, returns=not shared)


def leave_after(after: float, to: str, soon: str, *, at_once: bool, returns: bool) -> Leave:
    """An idle timeout of ``after`` seconds, with a warning that lets the visitor stay."""
    warning = min(_WARNING, after / 2)
    unit, number = (said.MINUTES, warning / 60) if warning >= 2 * 60 else (said.SECONDS, warning)
    told = soon.format(wait=unit.format(number=round(number)))
    words = {"title": said.STILL_THERE, "soon": told, "stay": said.STAY, "leave": said.LEAVE}
    return Leave(after, to, warning, at_once, returns, words)


def delete_if_left(visit: Visit) -> None:
    """Delete the answers where the page timed out on a shared device."""
    if visit.step_name == LEFT and is_shared() and visit.has_begun and not visit.record and not visit.is_nurses:
        visit.delete()


def arrival_note(visit: Visit) -> str:
    """What the start page says after a timeout or after finishing; else empty."""
    if visit.has_begun or visit.deleted:
        return ""
    left = said.LEFT_SHARED if is_shared() else said.LEFT
    return {LEFT: left.format(minutes=idle_minutes()), FINISHED: said.FINISHED}.get(visit.step_name, "")
