"""The server's memory while people come and go for a long time, and when all have gone."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

from benchmarks.web.crowd import Measured, crowd
from benchmarks.web.server import Server
from benchmarks.web.visitor import Visitor

EVERY: Final = 10.0  # seconds between two readings
PAUSE: Final = 2.0  # seconds that a person waits, on average, before each form
FIRST: Final = 20  # people who come before them, so that what the server makes once is made
IDLE: Final = 100  # people who open the form at once and do nothing, to see what a session costs
GIVEN_BACK_AFTER: Final = 150.0  # Streamlit forgets a session two minutes after its socket has closed


@dataclass
class Soaked:
    """Memory in bytes: before and with ``IDLE`` sessions open, by seconds while people come and go, and when all have gone."""

    readings: list[tuple[float, int]] = field(default_factory=list)
    crowd: Measured = field(default_factory=Measured)
    before_sessions: int = 0
    with_sessions: int = 0
    afterwards: int = 0


async def soak(server: Server, people: int, minutes: float) -> Soaked:
    """``IDLE`` sessions opened beside some that are open already; then so many people for so long, and all gone.

    Raises OSError where memory cannot be read.
    """
    found = Soaked()
    first = await _opened(server, FIRST)
    found.before_sessions = _memory(server)
    visitors = await _opened(server, IDLE)
    found.with_sessions = _memory(server)
    for visitor in (*first, *visitors):
        await visitor.__aexit__(None, None, None)
    reading = asyncio.create_task(_read(server, found))
    try:
        found.crowd = await crowd(server.address, people, 60 * minutes, pause=PAUSE, seed=2)
    finally:
        reading.cancel()
    await asyncio.sleep(GIVEN_BACK_AFTER)
    found.afterwards = _memory(server)
    return found


async def _opened(server: Server, how_many: int) -> list[Visitor]:
    """People who stand at the first question."""
    visitors = [Visitor(server.address) for _ in range(how_many)]
    for visitor in visitors:
        await visitor.__aenter__()
        await visitor.press("begin")
    return visitors


async def _read(server: Server, found: Soaked) -> None:
    begun = time.monotonic()
    while True:
        found.readings.append((time.monotonic() - begun, _memory(server)))
        await asyncio.sleep(EVERY)


def _memory(server: Server) -> int:
    memory = server.memory()
    if memory is None:
        raise OSError("this system does not tell the memory of a process")
    return memory
