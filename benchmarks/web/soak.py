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
IDLE: Final = 100  # people who open the form at once and do nothing, to see what a session costs
GIVEN_BACK_AFTER: Final = 150.0  # Streamlit forgets a session two minutes after its socket has closed


@dataclass
class Soaked:
    """Readings of the memory in bytes, by seconds since the start; then with sessions open, and when they are given back."""

    readings: list[tuple[float, int]] = field(default_factory=list)
    crowd: Measured = field(default_factory=Measured)
    before_sessions: int = 0
    with_sessions: int = 0
    afterwards: int = 0


async def soak(server: Server, people: int, minutes: float) -> Soaked:
    """So many people for so long; then ``IDLE`` sessions opened and closed. Raises OSError where memory cannot be read."""
    found = Soaked()
    reading = asyncio.create_task(_read(server, found))
    try:
        found.crowd = await crowd(server.address, people, 60 * minutes, pause=PAUSE, seed=2)
    finally:
        reading.cancel()
    await asyncio.sleep(GIVEN_BACK_AFTER)
    found.before_sessions = _memory(server)
    visitors = [Visitor(server.address) for _ in range(IDLE)]
    for visitor in visitors:
        await visitor.__aenter__()
        await visitor.press("begin")
    found.with_sessions = _memory(server)
    for visitor in visitors:
        await visitor.__aexit__(None, None, None)
    await asyncio.sleep(GIVEN_BACK_AFTER)
    found.afterwards = _memory(server)
    return found


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
