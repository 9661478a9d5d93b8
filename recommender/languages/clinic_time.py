"""The clinic's time zone: every time that somebody reads or types is in it, whatever the server's is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.localtime import get_localzone

ZONE_VARIABLE: Final = "RECOMMENDER_TIMEZONE"


class NoZone(ValueError):  # noqa: N818 (read as a sentence: there is no such zone)
    """The setting names no time zone, or there is none and the machine's own cannot be told."""


def zone() -> tzinfo:
    """The time zone that the setting names, else the machine's own; raises NoZone."""
    return _zone(os.environ.get(ZONE_VARIABLE, ""), os.environ.get("TZ", ""))


@lru_cache(maxsize=8)
def _zone(named: str, _machine: str) -> tzinfo:
    try:
        return ZoneInfo(named) if named else get_localzone()
    except (LookupError, ValueError, OSError):
        raise NoZone(named) from None


def local(at: datetime) -> datetime:
    """A moment as the clinic's clock shows it, with that clock's offset."""
    there = at.astimezone(zone())
    return there.replace(tzinfo=timezone(there.utcoffset() or timedelta(0)), fold=0)


def now() -> datetime:
    """The moment that it is on the clinic's clock."""
    return local(datetime.now(UTC))


def today() -> date:
    """The day that it is at the clinic."""
    return now().date()


def moments_at(day: date, hour: time) -> tuple[datetime, ...]:
    """The moments at which the clinic's clock shows this: one; none where it is put forward; two where it is put back."""
    shown = datetime.combine(day, hour)
    found = {shown.replace(tzinfo=zone(), fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(local(at) for at in sorted(found) if local(at).replace(tzinfo=None) == shown)
