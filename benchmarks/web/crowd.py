"""Many people at once, each answering whole forms one after the other and never pausing to think."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field
from typing import Final

from websockets.exceptions import WebSocketException

from benchmarks.web.people import answer_form
from benchmarks.web.visitor import VisitError, Visitor

PATIENCE: Final = 60.0  # seconds for one whole form and more than enough: who waits longer has met an error


@dataclass
class Measured:
    """What a crowd met: the seconds of each step (a press or a choice until the page had come whole), and how it went."""

    steps: list[float] = field(default_factory=list)
    forms: int = 0
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def a_second(self) -> float:
        """How many steps a second the server answered."""
        return len(self.steps) / self.seconds

    def late(self, percent: int) -> float:
        """The milliseconds that so many of a hundred steps took at most."""
        return 1000 * statistics.quantiles(self.steps, n=100)[percent - 1]


async def crowd(address: str, people: int, seconds: float, *, pause: float = 0.0, seed: int = 1) -> Measured:
    """So many people at the form for so long; ``pause`` is how long each waits, on average, between two forms.

    Who comes to an end begins again as somebody else, in a session of their own. What is begun when the time is over counts
    as far as it came.
    """
    measured = Measured()
    until = time.perf_counter() + seconds
    begun = time.perf_counter()
    await asyncio.gather(*(_person(address, random.Random(1000 * seed + n), until, measured, pause) for n in range(people)))
    measured.seconds = min(time.perf_counter() - begun, seconds)  # to close the last sockets takes longer
    return measured


async def _person(address: str, chance: random.Random, until: float, measured: Measured, pause: float) -> None:
    while (left := until - time.perf_counter()) > 0:
        visitor = Visitor(address)
        try:
            async with asyncio.timeout(left):
                await asyncio.sleep(chance.expovariate(1 / pause) if pause else chance.random() / 10)
                async with visitor:
                    await answer_form(visitor, chance)
            measured.forms += 1
        except TimeoutError:
            pass  # the time was over; a step that never ended is counted below
        except (VisitError, WebSocketException, OSError, KeyError) as error:
            measured.errors.append(f"{type(error).__name__}: {error}")
        measured.steps += visitor.taken
